"""How an intent for the outbox is named: its kind, what it is about, and for whom; the key keeps it single."""

from datetime import datetime
from typing import Protocol

from storage.members import MemberRow
from storage.outbox import Intent, Priority


class _Subject(Protocol):
    @property
    def ref(self) -> str: ...

    @property
    def workspace(self) -> str: ...


def about(
    subject: _Subject,
    kind: str,
    recipient: MemberRow,
    priority: Priority,
    not_before: datetime,
    *,
    occurrence: str = "",
    expires_at: datetime | None = None,
) -> Intent:
    """One message of this kind about this subject to this person; `occurrence` tells repeated ones apart."""
    key = f"{kind}:{subject.ref}:{recipient.id}" + (f":{occurrence}" if occurrence else "")
    return Intent(subject.workspace, key, kind, subject.ref, recipient.id, priority, not_before, expires_at)
