"""Addresses of pages, as people write them."""

from typing import Final
from urllib.parse import urlsplit

LINK_AT_MOST: Final = 500
"""Characters."""


def is_link(link: str) -> bool:
    """Whether this is an address of a page, and nothing that does something else when it is pressed."""
    try:
        found = urlsplit(link)
    except ValueError:
        return False
    sound = len(link) <= LINK_AT_MOST and link.isascii() and link.isprintable() and " " not in link
    return sound and found.scheme in ("http", "https") and bool(found.hostname)
