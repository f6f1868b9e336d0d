"""Reporting a problem with a contact: coordinators read it, the reported one never hears of it (R14)."""

from dataclasses import dataclass

from bot.clock import Clock
from bot.errors import UnknownReference
from bot.facts.reports import CATEGORIES, SERIOUS, NobodyToTell, PartedWays, Reported, ReportForm
from bot.services import people
from bot.services.avoids import keep_apart
from bot.services.intents import about
from bot.services.leaving import say_goodbye
from storage import introductions
from storage.database import Database
from storage.introductions import IntroductionRow
from storage.members import MemberRow
from storage.outbox import Priority
from storage.reports import ReportRow
from storage.store import Store

WORDS_AT_MOST = 1_000


@dataclass(frozen=True)
class Reports:
    """What people report, and parting ways."""

    database: Database
    clock: Clock

    async def form(self, member_id: int, ref: str) -> ReportForm | NobodyToTell:
        """The form about the contact of this card (a contact or one of its check-ins). Raises UnknownReference."""
        async with self.database.reading() as store:
            introduction, other = await _contact(store, member_id, ref)
            receivers = await _receivers(store, member_id, other)
            if not receivers:
                return NobodyToTell()
            return ReportForm(introduction.ref, people.person(other), tuple(map(people.person, receivers)))

    async def report(
        self, member_id: int, ref: str, category: str, words: str | None, *, pass_words_on: bool
    ) -> Reported | NobodyToTell:
        """Passes on that there is a problem; the words only if the person ticked it. Raises UnknownReference.

        Coordinators hear of it in their open time, of a serious one at once.
        """
        if category not in CATEGORIES:
            raise UnknownReference
        async with self.database.transaction() as store:
            introduction, other = await _contact(store, member_id, ref)
            receivers = await _receivers(store, member_id, other)
            if not receivers:
                return NobodyToTell()
            now = self.clock.now()
            report = ReportRow(
                workspace=introduction.workspace,
                category=category,
                reported_at=now,
                reporter_id=member_id,
                reported_id=other.id,
                words=(words or "").strip()[:WORDS_AT_MOST] or None if pass_words_on else None,
            )
            store.reports.add(report)
            await store.flush()
            kind = "reports.at_once" if category in SERIOUS else "reports.tell"
            for receiver in receivers:
                await store.outbox.put(about(report, kind, receiver, Priority.ANSWER, now))
            store.audit.note(report.workspace, now, "reports.submit", outcome=category)
            return Reported(
                introduction.ref,
                people.person(other),
                tuple(map(people.person, receivers)),
                with_words=report.words is not None,
                at_once=category in SERIOUS,
                can_part=introduction.state == introductions.OPEN,
            )

    async def part(self, member_id: int, ref: str) -> PartedWays:
        """Ends the contact, if it still is one, and keeps the two apart; the other one hears only that it has ended.

        Raises UnknownReference.
        """
        async with self.database.transaction() as store:
            introduction, other = await _contact(store, member_id, ref)
            now = self.clock.now()
            await keep_apart(store, await store.members.by_id(member_id), other, now)
            if introduction.state == introductions.OPEN:
                introduction.state, introduction.ended_at = introductions.CLOSED, now
                await store.outbox.cancel(introduction.ref, now, "withdrawn")
                await say_goodbye(store, other, introduction, now)
            return PartedWays(people.person(other))


async def _contact(store: Store, member_id: int, ref: str) -> tuple[IntroductionRow, MemberRow]:
    """A contact that both have said yes to, by its own reference or that of a check-in; nobody else's.

    The two are held, before the contact is, as everywhere.
    """
    check_in = await store.check_ins.of_person(member_id, ref)
    if check_in is not None:
        ref = (await store.introductions.by_id(check_in.introduction_id)).ref
    found = await store.introductions.by_ref(ref)
    if found is None or member_id not in (found.asker_id, found.contact_id):
        raise UnknownReference
    await store.members.hold({found.asker_id, found.contact_id})
    introduction = await store.introductions.with_person(member_id, ref)
    if introduction is None or introduction.state not in (
        introductions.OPEN,
        introductions.CLOSED,
        introductions.FADED,
    ):
        raise UnknownReference
    i_asked = introduction.asker_id == member_id
    return introduction, await store.members.by_id(introduction.contact_id if i_asked else introduction.asker_id)


async def _receivers(store: Store, member_id: int, other: MemberRow) -> list[MemberRow]:
    """Every coordinator who can be written to, apart from the two."""
    coordinators = await store.members.coordinators(other.workspace)
    return [one for one in coordinators if one.id not in (member_id, other.id) and one.external_id is not None]
