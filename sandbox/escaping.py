"""What Slack does to text a person types: markup characters become entities, mentions of people become markup."""

import re
from collections.abc import Iterable

from sandbox.people import Person
from sandbox.shapes import Json

_MENTION = re.compile(r"<@([A-Z0-9]+)>")


def escape(text: str) -> str:
    """Replace ``&``, ``<`` and ``>``, in that order, and nothing else."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def as_typed(text: str, known_ids: Iterable[str]) -> str:
    """The stored form of typed text: everything escaped, except ``<@ID>`` of somebody who exists."""
    known = frozenset(known_ids)
    pieces = _MENTION.split(text)
    # re.split with one group alternates plain text and captured ids.
    return "".join(
        (f"<@{piece}>" if piece in known else escape(f"<@{piece}>")) if at % 2 else escape(piece)
        for at, piece in enumerate(pieces)
    )


def unescape(text: str) -> str:
    """The characters the person typed."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def typed_elements(text: str) -> list[Json]:
    """The elements of a rich_text section that say the same as stored text: raw words, and mentions as users."""
    return [
        {"type": "user", "user_id": piece} if at % 2 else {"type": "text", "text": unescape(piece)}
        for at, piece in enumerate(_MENTION.split(text))
        if piece
    ]


def with_mentions(text: str, people: Iterable[Person]) -> str:
    """Typing ``@Name`` of somebody who exists, in any case, becomes ``<@ID>``; longer names are tried first."""
    if "@" not in text:
        return text
    for person in sorted(people, key=lambda one: -len(one.name)):
        # A letter before the @ makes it an address, as in somebody@silta.fi.
        text = re.sub(rf"(?<![\w<])@{re.escape(person.name)}(?!\w)", f"<@{person.id}>", text, flags=re.IGNORECASE)
    return text
