"""Contrast as WCAG 2.2 measures it, of what a browser really shows."""

import re
from dataclasses import dataclass
from typing import Final

from playwright.async_api import Page

OF_WORDS: Final = 4.5
"""Success criterion 1.4.3 (AA), without the allowance for large letters."""
OF_CONTROLS: Final = 3.0
"""Success criterion 1.4.11 (AA): edges of controls, and what shows where the focus is."""
_SHOWN: Final = """() => {
  const ground = (one) => {
    for (; one; one = one.parentElement) {
      const colour = getComputedStyle(one).backgroundColor;
      if (!/^rgba\\(.*, 0\\)$/.test(colour)) return colour;
    }
    return 'none';
  };
  const seen = [];
  for (const one of document.querySelectorAll('body *')) {
    if (one.tagName === 'OPTION') continue;
    const style = getComputedStyle(one), name = `${one.tagName} ${one.textContent.trim().slice(0, 40)}`;
    const hasWords = one.tagName === 'SELECT' || [...one.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
    if (hasWords) seen.push([name, style.color, ground(one), true]);
    for (const side of ['Left', 'Top']) {
      if (parseFloat(style[`border${side}Width`])) {
        seen.push([`${name}, edge`, style[`border${side}Color`], ground(one.parentElement), false]);
      }
    }
    if (one === document.activeElement) {
      const around = ground(one.parentElement);
      const isSeen = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth);
      seen.push([`${name}, focus`, isSeen ? style.outlineColor : around, around, false]);
    }
  }
  return seen;
}"""
_NUMBER: Final = re.compile(r"[\d.]+")


@dataclass(frozen=True)
class Seen:
    """Something that must stand out from its ground."""

    name: str
    colour: str
    ground: str
    is_words: bool

    @property
    def is_enough(self) -> bool:
        """Whether it does, by AA."""
        return contrast(self.colour, self.ground) >= (OF_WORDS if self.is_words else OF_CONTROLS)


async def seen_on(page: Page) -> list[Seen]:
    """Every piece of words, every edge of a control and the focus on the page, as it is shown now."""
    return [Seen(*one) for one in await page.evaluate(_SHOWN)]


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours that a browser writes as rgb(…), from 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue, *alpha = (float(part) for part in _NUMBER.findall(colour))
    assert alpha in ([], [1.0]), f"{colour} lets through what is behind it"
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in _shares(red, green, blue)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _shares(*parts: float) -> list[float]:
    return [part / 255 for part in parts]
