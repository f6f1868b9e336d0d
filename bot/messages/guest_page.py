"""The page of a guest: what, when, where, and three answers, for every browser and without a script.

Every word from outside goes through `_tag`, which escapes it; nothing else writes HTML.
"""

import base64
import hashlib
from collections.abc import Iterable
from html import escape
from typing import Final
from urllib.parse import urlencode

from bot.facts.guests import GuestPage
from bot.language import LANGUAGES, NAMES, Translator, on_one_line
from bot.messages import events

ZONES: Final = (
    "Europe/Helsinki", "Europe/Berlin", "Europe/Oslo", "Europe/Istanbul", "Europe/London", "Europe/Paris",
    "Europe/Madrid", "Europe/Kyiv", "Africa/Nairobi", "Asia/Dubai", "Asia/Kolkata", "Asia/Tokyo",
    "Australia/Sydney", "America/New_York", "America/Chicago", "America/Los_Angeles", "America/Sao_Paulo",
)  # fmt: skip
"""Clocks a guest may choose; the organiser's is always there."""
STYLE: Final = """
:root{color-scheme:light dark;--ink:#1b1f24;--soft:#4a5361;--paper:#fff;--line:#6b7482;--strong:#0b5132;--on:#fff}
@media(prefers-color-scheme:dark){:root{--ink:#eef1f4;--soft:#bcc5d0;--paper:#15191e;--line:#8b95a3;--strong:#8fdcb5;
--on:#0a1f15}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:1.0625rem/1.55 system-ui,sans-serif}
main,nav{max-width:38rem;margin:0 auto;padding:1rem}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1rem;list-style:none;margin:0;padding:0}
h1{font-size:1.6rem;line-height:1.25;margin:.5rem 0;overflow-wrap:anywhere}
a{color:inherit;display:inline-block;padding:.25rem 0}
dl{margin:1.25rem 0}dt{color:var(--soft);font-size:.9rem}dd{margin:0 0 .75rem;overflow-wrap:anywhere}
[aria-current]{font-weight:600;text-decoration:none}
.soft{color:var(--soft);font-size:.95rem}
.state{border-left:.3rem solid var(--strong);padding:.5rem .9rem;font-weight:600}
fieldset{border:0;margin:1.5rem 0;padding:0;display:flex;flex-wrap:wrap;gap:.6rem}
legend{padding:0 0 .5rem;font-weight:600}
button,select{font:inherit;min-height:2.75rem;padding:.45rem 1.1rem;border:2px solid var(--line);border-radius:.5rem;
background:var(--paper);color:var(--ink);max-width:100%}
button[value=yes]{background:var(--strong);border-color:var(--strong);color:var(--on)}
:focus-visible{outline:3px solid #1264e0;outline-offset:3px}
@media(prefers-color-scheme:dark){:focus-visible{outline-color:#9cc4ff}}
.zone{display:flex;flex-wrap:wrap;gap:.5rem;align-items:center}
"""
STYLE_DIGEST: Final = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
"""What the page's policy allows of styles: these and no others."""


def page(t: Translator, fact: GuestPage) -> str:
    """The whole page, by the clock that `t` speaks in."""
    event = fact.event
    inside = [
        _tag("p", events.kind(t, event.kind) + ", " + events.officiality(t, event.officiality), **{"class": "soft"}),
        _tag("h1", on_one_line(event.title)),
        _standing(t, fact),
        _list(_particulars(t, fact)),
        _zone_choice(t, fact),
        _answers(t, fact),
        _calendar(t, fact),
        _tag("p", _privacy(t, fact), **{"class": "soft"}),
    ]
    return _document(t, on_one_line(event.title), "".join(inside))


def nothing_here(t: Translator) -> str:
    """For an address that opens nothing, or nothing any more."""
    title = t.text("This invitation is not valid any more")
    ask = t.text("Perhaps a part of the address is missing. Whoever invited you can give you a new one.")
    return _document(t, title, _tag("h1", title) + _tag("p", ask))


def _standing(t: Translator, fact: GuestPage) -> str:
    """What is so just now, read out first by a screen reader."""
    said = _answer_so_far(t, fact)
    if fact.event.is_cancelled:
        said = t.text("This event does not take place. Sorry for the change.")
    elif fact.is_over:
        said = t.text("This event is over.")
    elif not fact.may_answer:
        said = t.text("This event has begun.")
    elif fact.is_closed and fact.answer in (None, "no"):
        said = t.text("The last day to answer was {day}. Whoever invited you may know more.", day=_close(t, fact))
    return _tag("p", said, role="status", **{"class": "state"}) if said else ""


def _answer_so_far(t: Translator, fact: GuestPage) -> str:
    if fact.waits_as is not None:
        return t.text(
            "All places are taken just now. You are number {place} on the waiting list. This page shows when a place "
            "is yours.",
            place=fact.waits_as,
        )
    return {
        None: t.text("Welcome, {name}. Can you come?", name=fact.name) if fact.name else "",
        "yes": t.text("Good, you are coming."),
        "maybe": t.text("Noted: maybe."),
        "no": t.text("Noted: you are not coming. That is fine."),
    }[fact.answer]


def _particulars(t: Translator, fact: GuestPage) -> Iterable[tuple[str, str]]:
    event = fact.event
    yield t.text("When"), _moment(t, fact)
    if event.place:
        yield t.text("Place"), escape(on_one_line(event.place))
    if event.link:
        yield t.text("Link"), _tag("a", event.link, href=event.link, rel="noreferrer noopener")
    if event.planned_role:
        yield t.text("What you do there"), escape(on_one_line(event.planned_role))
    if event.time_covered_by:
        yield t.text("Who covers the time"), escape(on_one_line(event.time_covered_by))
    if event.organiser:
        yield t.text("Organiser"), escape(on_one_line(event.organiser.name))
    if fact.may_answer:
        yield t.text("Please answer by"), escape(_close(t, fact))


def _moment(t: Translator, fact: GuestPage) -> str:
    """By the organiser's clock, and by the visitor's where it differs."""
    event = fact.event
    own = _span(Translator(t.language, event.zone), fact)
    chosen = _span(t, fact)
    return escape(own) if own == chosen else escape(chosen) + _void("br") + escape(own)


def _span(t: Translator, fact: GuestPage) -> str:
    begins, ends = fact.event.starts_at, fact.event.ends_at
    until = t.time(ends)
    if t.local_day(begins) != t.local_day(ends):
        until = t.day(t.local_day(ends)) + " " + until
    return t.text(
        "{day} at {time} – {until} ({city})",
        day=t.day(t.local_day(begins)),
        time=t.time(begins),
        until=until,
        city=t.city(t.zone.key),
    )


def _zone_choice(t: Translator, fact: GuestPage) -> str:
    zones = dict.fromkeys((fact.event.zone.key, *ZONES))
    options = "".join(
        _tag("option", t.city(zone), value=zone, **({"selected": ""} if zone == t.zone.key else {})) for zone in zones
    )
    label = _tag("label", t.text("Show the time in"), **{"for": "zone"})
    choice = _raw("select", options, id="zone", name="zone")
    language = _void("input", type="hidden", name="lang", value=t.language)
    return _raw("form", label + choice + language + _tag("button", t.text("Show")), method="get", **{"class": "zone"})


def _answers(t: Translator, fact: GuestPage) -> str:
    """Three answers; after the last day only those that take something back."""
    if not fact.may_answer:
        return ""
    labels = {"yes": t.text("I'm coming"), "maybe": t.text("Maybe"), "no": t.text("Not this time")}
    possible = {None: (), "no": (), "maybe": ("no",), "yes": ("maybe", "no")}[fact.answer] if fact.is_closed else labels
    buttons = "".join(
        _tag("button", labels[one], type="submit", name="answer", value=one) for one in possible if one != fact.answer
    )
    if not buttons:
        return ""
    asked = t.text("Can you come?") if fact.answer is None else t.text("Change your answer")
    return _raw("form", _raw("fieldset", _tag("legend", asked) + buttons), method="post")


def _calendar(t: Translator, fact: GuestPage) -> str:
    if fact.answer not in ("yes", "maybe") or not fact.may_answer:
        return ""
    return "".join(
        _raw("p", _tag("a", t.text("Add to calendar"), href=url)) for name, url in fact.event.calendars if not name
    )


def _privacy(t: Translator, fact: GuestPage) -> str:
    kept = t.text(
        "Only your answer is kept, and the name you were invited by, which is deleted 30 days after the event. "
        "This page sets no cookies."
    )
    return kept if fact.is_over else kept + " " + t.text("It always shows what is so: come back to look or to change.")


def _close(t: Translator, fact: GuestPage) -> str:
    return t.day(fact.event.closes_on)


def _document(t: Translator, title: str, inside: str) -> str:
    languages = "".join(_raw("li", _language(t, one)) for one in LANGUAGES)
    head = (
        _void("meta", charset="utf-8")
        + _void("meta", name="viewport", content="width=device-width, initial-scale=1")
        + _tag("title", title)
        + _raw("style", STYLE)
    )
    nav = _raw("nav", _raw("ul", languages), **{"aria-label": t.text("Language")})
    body = _raw("body", nav + _raw("main", inside))
    return "<!doctype html>\n" + _raw("html", _raw("head", head) + body, lang=t.language)


def _language(t: Translator, language: str) -> str:
    query = urlencode({"lang": language, "zone": t.zone.key})
    now = {"aria-current": "true"} if language == t.language else {}
    return _tag("a", NAMES[language], href=f"?{query}", hreflang=language, lang=language, **now)


def _list(pairs: Iterable[tuple[str, str]]) -> str:
    return _raw("dl", "".join(_tag("dt", name) + _raw("dd", inner) for name, inner in pairs))


def _tag(name: str, words: str, /, **attributes: str) -> str:
    """An element around words, which are escaped."""
    return _raw(name, escape(words), **attributes)


def _raw(name: str, inner: str, /, **attributes: str) -> str:
    """An element around HTML that this file has made."""
    return f"{_void(name, **attributes)}{inner}</{name}>"


def _void(name: str, /, **attributes: str) -> str:
    return "<" + " ".join((name, *(f'{key}="{escape(value)}"' for key, value in attributes.items()))) + ">"
