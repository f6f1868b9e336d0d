"""What people agree to, and that they did: written down for them and for data officers, without a word of theirs."""

from datetime import datetime

from storage.members import MemberRow
from storage.store import Store


def agree(store: Store, member: MemberRow, now: datetime, *purposes: str) -> None:
    """The person agrees to these purposes too, by something they did."""
    before = member.purposes
    member.agree(*purposes)
    note_consent(store, member, before, now)


def note_consent(store: Store, member: MemberRow, before: tuple[str, ...], now: datetime) -> None:
    """Writes down what the person agrees to from now on, if it is something else than before."""
    if member.purposes != before:
        agreed = "_".join(member.purposes) or "nothing"
        store.audit.note(member.workspace, now, "members.agree", actor_id=member.id, outcome=agreed)
