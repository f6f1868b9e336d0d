"""Cursor pages, as Slack's listing methods use them."""

import base64
import binascii
from collections.abc import Sequence
from typing import TypeVar

from sandbox.errors import SlackError
from sandbox.shapes import Json
from sandbox.web_api.call import Call

Item = TypeVar("Item")


def page(call: Call, items: Sequence[Item], default: int, most: int = 1_000) -> tuple[list[Item], Json]:
    """One page of ``items`` and the ``response_metadata`` to continue with; an empty cursor ends the list.

    Raises:
        SlackError: invalid_cursor or invalid_limit.
    """
    limit = call.whole("limit", default)
    if limit < 0 or limit > most:
        raise SlackError("invalid_limit")
    start = _offset(call.text("cursor"))
    end = start + (limit or default)
    following = _cursor(end) if end < len(items) else ""
    return list(items[start:end]), {"next_cursor": following}


def _cursor(offset: int) -> str:
    return base64.b64encode(f"next:{offset}".encode()).decode()


def _offset(cursor: str) -> int:
    if not cursor:
        return 0
    try:
        return int(base64.b64decode(cursor, validate=True).decode().removeprefix("next:"))
    except (ValueError, binascii.Error):
        raise SlackError("invalid_cursor") from None
