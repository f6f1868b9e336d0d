"""What Slack does to text a person types: markup characters become entities, mentions of people become markup."""

import re
from collections.abc import Iterable

from sandbox.people import Person

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


def with_mentions(text: str, people: Iterable[Person]) -> str:
    """Typing ``@Name`` of somebody who exists becomes ``<@ID>``; longer names are tried first."""
    if "@" not in text:
        return text
    for person in sorted(people, key=lambda one: -len(one.name)):
        text = re.sub(rf"(?<!<)@{re.escape(person.name)}\b", f"<@{person.id}>", text)
    return text
