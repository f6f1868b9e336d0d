"""The whole list of listeners, played by each role with what is not theirs: nothing of others changes."""

import asyncio
import importlib.util
import secrets
from datetime import date, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from sqlalchemy import select

from bot.errors import OnlyCoordinators, UnknownReference
from bot.facts.roles import SteppedBack
from bot.language import Translator
from bot.messages import word
from bot.services.roles import Roles
from handlers.audience import AUDIENCE, Names, Who
from sandbox import Clock
from storage.asks import AskRow
from storage.away_periods import AwayPeriodRow
from storage.check_ins import CheckInRow
from storage.circles import CircleChangeRow, CircleMemberRow, CircleRow
from storage.database import Database
from storage.events import EventDraftRow, EventRow
from storage.guests import GuestRow
from storage.introductions import OPEN, IntroductionRow
from storage.knowledge import KnowledgeEntryRow
from storage.meetups import MeetupMemberRow, MeetupRow, RoundRow, SlotRow
from storage.members import WAITING, MemberRow
from storage.nudges import NudgeRow
from storage.promises import PromiseRow
from storage.prompts import PromptGivenRow
from storage.questions import QuestionRow
from storage.schema import metadata
from storage.waits import WaitRow
from tests.handlers.test_forged_interactions import Forger, _nothing_unhandled, _settled_tables
from tests.journeys.stage import HELSINKI, Cast, Story, story
from tests.storage.rows import NOW, add_member

ROOT = Path(__file__).parents[2]
SCHOOL, OTHER_SCHOOL = "Siltaranta", "Harjukoski"
ROLES = (
    Cast("Sanna Laine", "student"),
    Cast("Marko Niemi", "mentor", ("0732",)),
    Cast("Riikka Haavisto", "leader", institution=OTHER_SCHOOL),
    Cast("Mika Rantaharju", "educator"),
    Cast("Outi Kesäranta", "coordinator"),
)
"""The coordinator has lost the role by the time she presses."""
TAINA = Cast("Taina Koskivuo", "coordinator")
ANOTHER_WORKSPACE = "T0ANOTHER"

REFERENCES = {
    Names.PERSON: ("waiting", "coordinator"),
    Names.ASK: ("ask",),
    Names.ASK_AND_PERSON: ("ask.waiting",),
    Names.ASK_AND_FIELD: ("ask.0713",),
    Names.REQUEST: ("request", "contact"),
    Names.WAIT: ("request", "wait"),
    Names.CHECK_IN: ("check_in",),
    Names.CHECK_IN_OR_CONTACT: ("check_in", "contact"),
    Names.BENEFIT: ("check_in.know_institution",),
    Names.NUDGE: ("nudge",),
    Names.PROMISE: ("promise",),
    Names.PROMPT: ("prompt",),
    Names.DAYS: ("away",),
    Names.CIRCLE: ("circle",),
    Names.CIRCLE_CHANGE: ("change",),
    Names.SLOT: ("slot",),
    Names.ROUND: ("round",),
    Names.MEETUP: ("meetup",),
    Names.QUESTION: ("question",),
    Names.ENTRY: ("entry",),
    # Anybody may answer a published event for themselves, and then its post shows another number: this one is not
    # announced yet, so there is nothing to answer.
    Names.EVENT: ("event",),
    Names.GUEST: ("guest",),
    Names.EVENT_DRAFT: ("event_draft", "event"),
    Names.NOTHING: (),
    Names.CHOICE: (),
}
OWNERS = {
    "members": "id",
    "outbox": "recipient_id",
    "asks": "asker_id",
    "introductions": "asker_id",
    "waits": "asker_id",
    "audit_entries": "actor_id",
}


def _maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_listeners", ROOT / "docs/make_listeners.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_listener_says_who_may_use_it_and_no_other_does() -> None:
    assert {name for name, _, _ in _maker().heard()} == set(AUDIENCE)


def test_page_of_listeners_is_the_newest() -> None:
    made = _maker().page()

    assert (ROOT / "docs/listeners.md").read_text(encoding="utf-8") == made, "run docs/make_listeners.py"


async def test_nobody_changes_what_is_not_theirs_whatever_they_press(
    database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with story(database_url, "2027-01-19 10:12", *ROLES, TAINA) as told:
        here = await _people_with_everything(told.silta.database, told.silta.workspace)
        there = await _people_with_everything(told.silta.database, ANOTHER_WORKSPACE)
        for who in ROLES:
            await _loses_the_role_of_coordinator(told, who)
            await told.writes(who, "moi")
            forger = Forger(told, who, (await told.hears(who))[-1])
            mine = (await told.member(who)).id
            before = _of_others(await _settled_tables(told), mine)

            with _nothing_unhandled(caplog):
                await _plays_the_whole_list(forger, here, there)
                await told._quiet()

            assert _differences(before, _of_others(await _settled_tables(told), mine)) == {}, who.role


async def _plays_the_whole_list(forger: Forger, *networks: dict[str, str]) -> None:
    for name, kind, what in _maker().heard():
        if kind not in ("action", "view"):
            continue
        values = [_value(network, shape) for network in networks for shape in REFERENCES[AUDIENCE[name].names]]
        for value in (*values, *values[:1], "no-such-ref"):
            if kind == "view":
                await forger.submits(what, private_metadata=value, state={"values": {}})
            else:
                await forger.presses(what, value)
        if kind == "action" and AUDIENCE[name].who is Who.COORDINATOR:
            await forger.chooses_somebody(what, TAINA.id)
            await forger.chooses_somebody(what, forger.who.id)


def _value(network: dict[str, str], shape: str) -> str:
    return ".".join(network.get(part, part) for part in shape.split("."))


def _of_others(tables: dict[str, list[tuple[Any, ...]]], *mine: int) -> dict[str, set[tuple[Any, ...]]]:
    """Every row that belongs to somebody else; what people do about themselves is theirs to do."""
    kept = {}
    for name, rows in tables.items():
        columns = metadata.tables[name].columns.keys()
        owner = OWNERS.get(name, "member_id")
        place = columns.index(owner) if owner in columns else None
        others = [row for row in rows if place is None or row[place] not in mine]
        kept[name] = {tuple(str(part) if isinstance(part, dict) else part for part in row) for row in others}
    return kept


def _differences(before: dict[str, set[tuple[Any, ...]]], after: dict[str, set[tuple[Any, ...]]]) -> dict[str, Any]:
    return {name: rows ^ before[name] for name, rows in after.items() if rows != before[name]}


async def _loses_the_role_of_coordinator(told: Story, who: Cast) -> None:
    async with told.silta.database.transaction() as store:
        member = await store.members.by_id((await told.member(who)).id)
        member.roles = tuple(role for role in member.roles if role != "coordinator")


async def _people_with_everything(database: Database, workspace: str) -> dict[str, str]:
    """Two people of this workspace with one of everything that a button can name, and their references."""
    people = [
        await add_member(database, "0713", workspace=workspace, institution=SCHOOL, **given)
        for given in (
            {"roles": ("student",)},
            {},
            {"confirmation": WAITING},
            {"roles": ("coordinator",), "vouched_roles": ("coordinator",)},
        )
    ]
    asker, contact, waiting, coordinator = people
    async with database.transaction() as store:
        session = store.members._session

        async def keep(row: Any) -> Any:
            row.workspace = workspace
            session.add(row)
            await store.flush()
            return row

        ask = await keep(AskRow(asker_id=asker.id, code="0713", asked_at=NOW))
        two: dict[str, Any] = {"ask_id": ask.id, "asker_id": asker.id, "contact_id": contact.id, "code": "0713"}
        far = NOW + timedelta(weeks=9)
        request = await keep(IntroductionRow(**two, requested_at=NOW, release_at=far))
        opened = await keep(IntroductionRow(**two, state=OPEN, requested_at=NOW, answered_at=NOW, quiet_since=NOW))
        asked = {"introduction_id": opened.id, "member_id": asker.id, "number": 1}
        check_in = await keep(CheckInRow(**asked, due_at=NOW, asked_at=NOW, fade_at=far))
        wait = await keep(WaitRow(ask_id=ask.id, asker_id=asker.id, contact_id=waiting.id, since=NOW))
        promise = await keep(PromiseRow(member_id=contact.id, words="to show", noted_at=NOW, forget_at=far))
        prompt = await keep(PromptGivenRow(member_id=contact.id, prompt="T4.2", given_at=NOW))
        nudge = await keep(NudgeRow(member_id=contact.id, week="2027-W03", planned_at=NOW, carried_by="x"))
        days = {"starts_on": date(2027, 3, 1), "ends_on": date(2027, 3, 5)}
        away = await keep(AwayPeriodRow(member_id=contact.id, said_at=NOW, **days))
        founded = {"code": "0713", "country": "FI", "region": "Lappi", "zone": "Europe/Helsinki", "rhythm": "monthly"}
        circle = await keep(CircleRow(**founded, founded_at=NOW))
        for one in (asker, contact):
            await keep(CircleMemberRow(circle_id=circle.id, member_id=one.id, joined_at=NOW))
        wish = {"rhythm": "monthly", "proposed_at": NOW, "closes_at": far}
        change = await keep(CircleChangeRow(circle_id=circle.id, **wish))
        held = await keep(RoundRow(circle_id=circle.id, number=1, begun_at=NOW, closes_at=far, minutes=45))
        slot = await keep(SlotRow(round_id=held.id, starts_at=far))
        times = {"starts_at": far, "ends_at": far + timedelta(hours=1), "changed_at": NOW}
        meetup = await keep(MeetupRow(round_id=held.id, **times))
        await keep(MeetupMemberRow(meetup_id=meetup.id, member_id=asker.id))
        question = await keep(QuestionRow(asker_id=asker.id, receiver_id=contact.id, words="…", asked_at=NOW))
        written = {"entry_id": "k1", "language": "en", "title": "About", "questions": "what is it", "answer": "A bot."}
        entry = await keep(KnowledgeEntryRow(**written, source="us", checked_on=NOW.date(), route="bot"))
        draft = await keep(EventDraftRow(author_id=coordinator.id, content={}, changed_at=NOW))
        announced = {"state": "scheduled", "kind": "other", "title": "Coffee", "zone": "Europe/Helsinki"}
        event = await keep(
            EventRow(
                **announced,
                organiser_id=coordinator.id,
                officiality="semi_official",
                starts_at=far,
                ends_at=far + timedelta(hours=1),
                replies_close_at=far,
                publish_at=far,
                changed_at=NOW,
            )
        )
        guest = await keep(GuestRow(event_id=event.id, key_digest=secrets.token_hex(16), invited_at=NOW))
        rows = {"ask": ask, "request": request, "contact": opened, "check_in": check_in, "wait": wait}
        rows |= {"promise": promise, "prompt": prompt, "nudge": nudge, "away": away, "circle": circle}
        rows |= {"question": question, "entry": entry, "event": event, "event_draft": draft, "guest": guest}
        rows |= {"change": change, "round": held, "slot": slot, "meetup": meetup}
        return {name: row.ref for name, row in (rows | {"waiting": waiting, "coordinator": coordinator}).items()}


async def test_when_all_coordinators_step_back_at_once_one_stays(database: Database) -> None:
    there = [await add_member(database, roles=("coordinator",)) for _ in range(5)]
    roles = Roles(database, Clock(NOW))

    outcomes = await asyncio.gather(*(roles.withdraw(one.id, one.ref) for one in there), return_exceptions=True)

    async with database.reading() as store:
        left = await store.members.coordinators(there[0].workspace)
        assert len(left) == 1
    assert [type(one) for one in outcomes].count(SteppedBack) == 4
    assert UnknownReference not in {type(one) for one in outcomes}


async def test_role_withdrawn_between_the_home_and_the_press_counts_no_more(database_url: str) -> None:
    outi, sanna = ROLES[4], ROLES[0]
    async with story(database_url, "2027-01-19 10:12", outi, TAINA, sanna) as told:
        await told.opens_home(outi)
        await _loses_the_role_of_coordinator(told, outi)

        await told.presses_at_home(outi, "roles.appoint", value=sanna.id)

        assert not (await told.member(sanna)).is_coordinator
        assert (await told.sees_at_home(outi)).button("roles.appoint") is None, "the home was drawn anew"


async def test_role_withdrawn_between_opening_and_sending_a_form_counts_no_more(database_url: str) -> None:
    outi = ROLES[4]
    async with story(database_url, "2027-01-19 10:12", outi, TAINA) as told:
        await told.commands(outi, "event")
        before = [(row.content, row.is_published) for row in await told.rows(EventDraftRow)]
        await _loses_the_role_of_coordinator(told, outi)

        await told.submits(outi, force=True, title="Forged")

        assert [(row.content, row.is_published) for row in await told.rows(EventDraftRow)] == before
        assert (await told.hears(outi))[-1].text == word(Translator("fi", HELSINKI), OnlyCoordinators()).text


async def test_coordinator_shares_the_network_and_it_goes_on_without_her(database_url: str) -> None:
    sanna = ROLES[0]
    async with story(database_url, "2027-01-19 10:12", TAINA, sanna) as told:
        await told.opens_home(TAINA)
        await told.opens_home(sanna)
        await told.presses_at_home(TAINA, "roles.withdraw")
        assert (await told.member(TAINA)).is_coordinator, "the last one stays"

        await told.presses_at_home(TAINA, "roles.appoint", value=sanna.id)
        await told.at("2027-01-19 10:20")
        assert (await told.sees_at_home(sanna)).button("roles.appoint"), "her home shows the network"
        assert len(await told.hears(sanna)) == 1

        await told.presses_at_home(TAINA, "roles.withdraw")
        async with told.silta.database.reading() as store:
            session = store.members._session
            roles = {one.external_id: one.roles for one in await session.scalars(select(MemberRow))}
        assert roles[TAINA.id] == ()
        assert "coordinator" in roles[sanna.id]
