"""Forged presses and forms: the same kind words for somebody else's card as for none at all, and nothing changes."""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from bot.errors import UnknownReference
from bot.language import Translator
from bot.messages import ids, word
from sandbox.interactions.payloads import interaction
from storage.asks import AskRow
from storage.check_ins import CheckInRow
from storage.circles import CircleRow
from storage.introductions import IntroductionRow
from storage.promises import PromiseRow
from storage.prompts import PromptGivenRow
from storage.schema import metadata
from tests.journeys.stage import HELSINKI, Cast, Heard, Story, story

SANNA = Cast("Sanna Laine", "student", ("0713",))
PEKKA = Cast("Pekka Salo", "student", ("0713",))
LEENA = Cast("Leena Harjula", "mentor", ("0713",), offer="Näytän työsalia.")
ONNI = Cast("Onni Aalto", "mentor", ("0713",))
MARKO = Cast("Marko Niemi", "mentor", ("0732",))
"""The one who forges: he has no ask, no request and no contact."""

ABOUT_AN_ASK = (ids.FIELDS_CONFIRM, ids.FIELDS_CHANGE, ids.INTRODUCTIONS_WATCH, ids.INTRODUCTIONS_TELL_COORDINATOR)
ABOUT_A_PAIR = (ids.INTRODUCTIONS_REQUEST, ids.INTRODUCTIONS_WAIT)
ABOUT_A_REQUEST = (
    ids.INTRODUCTIONS_CANCEL,
    ids.INTRODUCTIONS_ACCEPT,
    ids.INTRODUCTIONS_DECLINE,
    ids.INTRODUCTIONS_PASS_ON,
)
ABOUT_A_NEW_CONTACT = (ids.MEMBERS_CONFIRM_CONTACT, ids.MEMBERS_LEAVE_UNCONFIRMED)
ABOUT_A_CHECK_IN = (
    ids.CHECK_INS_IN_TOUCH,
    ids.CHECK_INS_NOT_YET,
    ids.CHECK_INS_NO_LONGER_NEEDED,
    ids.CHECK_INS_KEEP,
    ids.CHECK_INS_CLOSE,
)
ABOUT_ONESELF = (
    *(ids.PROMISES_DONE, ids.PROMISES_DROP),
    *(ids.PROMPTS_OFFER, ids.PROMPTS_DECLINE, ids.PROMPTS_LATER, ids.PROMPTS_TAKE_BACK),
)
ABOUT_A_CIRCLE = (ids.MEETUPS_LEAVE, ids.MEETUPS_PROPOSE, ids.CIRCLES_CHANGE, ids.MEETUPS_JOIN)
ABOUT_A_MEETUP = (
    *(ids.MEETUPS_VOTE, ids.MEETUPS_UNVOTE, ids.MEETUPS_NOT_THIS_TIME, ids.MEETUPS_AGENDA),
    *(ids.MEETUPS_MET, ids.MEETUPS_NOT_MET, ids.MEETUPS_NOT_YET, ids.CIRCLES_AGREE, ids.CIRCLES_DISAGREE),
)
MALFORMED: tuple[Any, ...] = ("", ".", "..", "a.", ".b", "no-such-ref", "x.y", "x" * 2000, "0", "null", "'; --")
NOT_TEXT: tuple[Any, ...] = (None, 7, True, [], {}, ["a"], {"a": 1}, "\0", "é.ü", "a\nb")


@dataclass
class Forger:
    """Sends whatever payload, as Slack never would, in the name of one person."""

    told: Story
    who: Cast
    card: Heard
    seen: int = 0
    sent: int = 0

    async def presses(self, action_id: str, value: Any) -> None:
        """A press with this value on his own card."""
        self.sent += 1
        action = {"action_id": action_id, "type": "button", "action_ts": f"1800000001.{self.sent:06}", "value": value}
        await self._interacts(
            "block_actions",
            actions=[action if value is not None else {key: action[key] for key in action if key != "value"}],
            container={"type": "message", "channel_id": self.card.channel, "message_ts": self.card.ts},
            channel={"id": self.card.channel},
        )

    async def chooses(self, action_id: str, option: Any) -> None:
        """A choice in a menu on his own card."""
        self.sent += 1
        action = {"action_id": action_id, "type": "static_select", "action_ts": f"1800000001.{self.sent:06}"}
        await self._interacts(
            "block_actions",
            actions=[action | {"selected_option": option}],
            container={"type": "message", "channel_id": self.card.channel, "message_ts": self.card.ts},
            channel={"id": self.card.channel},
        )

    async def chooses_somebody(self, action_id: str, user: Any) -> None:
        """A person chosen in a menu on his own card."""
        self.sent += 1
        action = {"action_id": action_id, "type": "users_select", "action_ts": f"1800000001.{self.sent:06}"}
        await self._interacts(
            "block_actions",
            actions=[action | {"selected_user": user}],
            container={"type": "message", "channel_id": self.card.channel, "message_ts": self.card.ts},
            channel={"id": self.card.channel},
        )

    async def submits(self, callback_id: str, **view: Any) -> None:
        """A form that was never opened."""
        self.sent += 1
        made = {"id": f"V0FORGED{self.sent}", "hash": f"{self.sent}.a", "type": "modal", "callback_id": callback_id}
        await self._interacts("view_submission", view=made | view, response_urls=[])

    async def _interacts(self, kind: str, **fields: Any) -> None:
        person = self.told.sandbox.workspace.people.invented[self.who.id]
        trigger_id = self.told.sandbox.workspace.triggers.issue(person.id, None)
        payload = interaction(kind, person) | {"trigger_id": trigger_id} | fields
        ack = await self.told.sandbox.line.ask("interactive", payload, accepts_response=kind == "view_submission")
        assert ack.acked, payload

    async def hears_the_same_words_each_time(self) -> None:
        """As many answers as forgeries, and all of them the words for an unknown card."""
        expected = word(Translator("fi", HELSINKI), UnknownReference()).text
        await self.told._quiet()
        calls = self.told.sandbox.log.since(self.seen)
        answers = [one for one in calls if one.method in ("chat.postEphemeral", "chat.postMessage", "chat.update")]
        assert {one.arguments.get("text") for one in answers} == {expected}
        assert all(one.ok for one in answers)
        assert len(answers) == self.sent


async def _tables(told: Story) -> dict[str, list[tuple[Any, ...]]]:
    """Everything that is kept, except which events came in."""
    async with told.silta.database.engine.connect() as connection:
        tables = [table for table in metadata.sorted_tables if table.name != "inbox"]
        return {
            table.name: sorted((tuple(row) for row in await connection.execute(select(table))), key=str)
            for table in tables
        }


async def _settled_tables(told: Story) -> dict[str, list[tuple[Any, ...]]]:
    """The tables once what was sent is also written down as sent, and nothing is due any more."""
    earlier, now = None, await _tables(told)
    while earlier != now:
        await told.silta.timetable.tick()
        await asyncio.sleep(0.5)
        earlier, now = now, await _tables(told)
    return now


@contextmanager
def _nothing_unhandled(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    with capture_logs() as lines:
        yield
    assert [line for line in lines if line["log_level"] in ("error", "critical")] == []
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR] == []


@asynccontextmanager
async def _forger(database_url: str, caplog: pytest.LogCaptureFixture) -> AsyncIterator[Forger]:
    """Others have an ask, a pending request and an open contact that is asked about; Marko has a card of his own."""
    async with story(database_url, "2027-01-19 10:12", SANNA, PEKKA, LEENA, ONNI, MARKO) as told:
        await told.writes(SANNA, "etsin kontaktia sähköalalta")
        await told.asks(SANNA, "Leena")
        await told.presses(LEENA, ids.INTRODUCTIONS_ACCEPT)
        await told.at("2027-01-28 10:05")
        await told.writes(PEKKA, "etsin kontaktia sähköalalta")
        await told.asks(PEKKA, "Onni")
        await told.writes(LEENA, "lupasin näyttää työsalin")
        await _is_asked_a_light_question(told, LEENA)
        await told.silta.services.circles.join((await told.member(LEENA)).id, "0713")
        await told.writes(MARKO, "moi")
        await told._quiet()
        card = (await told.hears(MARKO))[-1]
        before = await _settled_tables(told)
        assert before["introductions"]
        assert before["check_ins"]
        forger = Forger(told, MARKO, card, seen=len(told.sandbox.log.since(0)))
        with _nothing_unhandled(caplog):
            yield forger
        await told._quiet()
        after = await _tables(told)
        assert {name: set(rows) ^ set(before[name]) for name, rows in after.items() if rows != before[name]} == {}


async def _is_asked_a_light_question(told: Story, who: Cast) -> None:
    member, now = await told.member(who), told.clock.now()
    async with told.silta.database.transaction() as store:
        given = {"workspace": member.workspace, "member_id": member.id, "prompt": "T4.2", "given_at": now}
        await store.prompts.add([given])


async def _references(told: Story) -> dict[str, str]:
    async with told.silta.database.reading() as store:
        session = store.introductions._session
        pending = await session.scalar(select(IntroductionRow).where(IntroductionRow.state == "asked"))
        opened = await session.scalar(select(IntroductionRow).where(IntroductionRow.state == "open"))
        check_in = await session.scalar(select(CheckInRow).order_by(CheckInRow.id))
        ask = await session.scalar(select(AskRow).order_by(AskRow.id))
        promise = await session.scalar(select(PromiseRow))
        prompt = await session.scalar(select(PromptGivenRow))
        circle = await session.scalar(select(CircleRow))
        assert circle
        assert promise
        assert prompt
        assert pending
        assert opened
        assert check_in
        assert ask
        refs = {"ask": ask.ref, "pending": pending.ref, "open": opened.ref, "check_in": check_in.ref}
        refs |= {"promise": promise.ref, "prompt": prompt.ref, "circle": circle.ref}
    return refs | {"leena": (await told.member(LEENA)).ref, "onni": (await told.member(ONNI)).ref}


async def test_somebody_elses_cards_and_unknown_cards_get_the_same_words(
    database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with _forger(database_url, caplog) as marko:
        refs = await _references(marko.told)
        pair = f"{refs['ask']}.{refs['onni']}"
        about_asks = (*product(ABOUT_AN_ASK, (refs["ask"],)), *product(ABOUT_A_PAIR, (pair,)))
        for action_id, about in (*about_asks, *product(ABOUT_A_REQUEST, (refs["pending"], refs["open"]))):
            await marko.presses(action_id, about)
        for action_id in ABOUT_A_CHECK_IN:
            await marko.presses(action_id, refs["check_in"])
        await marko.presses(ids.CHECK_INS_CLOSE, refs["open"])
        await marko.chooses(ids.CHECK_INS_BENEFIT, {"value": f"{refs['check_in']}.know_institution"})
        await marko.chooses(ids.FIELDS_PICK, {"value": f"{refs['ask']}.0732"})
        for action_id in ABOUT_ONESELF:
            await marko.presses(action_id, refs["promise"])
            await marko.presses(action_id, refs["prompt"])
        for action_id, about in product(ABOUT_A_NEW_CONTACT, (refs["leena"], (await marko.told.member(MARKO)).ref)):
            await marko.presses(action_id, about)
        for action_id in (*ABOUT_A_CIRCLE, *ABOUT_A_MEETUP):
            await marko.presses(action_id, refs["circle"])
        everything = (*ABOUT_AN_ASK, *ABOUT_A_REQUEST, *ABOUT_A_CHECK_IN, *ABOUT_ONESELF, *ABOUT_A_NEW_CONTACT)
        for action_id in (*everything, *ABOUT_A_CIRCLE, *ABOUT_A_MEETUP):
            await marko.presses(action_id, "no-such-ref1")
        await marko.hears_the_same_words_each_time()


@pytest.mark.parametrize("values", [MALFORMED, NOT_TEXT], ids=["malformed", "not text"])
async def test_malformed_and_missing_values_get_the_same_words(
    database_url: str, caplog: pytest.LogCaptureFixture, values: tuple[Any, ...]
) -> None:
    async with _forger(database_url, caplog) as marko:
        for value in values:
            for action_id in (ids.FIELDS_CONFIRM, ids.INTRODUCTIONS_REQUEST, ids.INTRODUCTIONS_ACCEPT):
                await marko.presses(action_id, value)
            await marko.presses(ids.CHECK_INS_CLOSE, value)
            for option in (value, {"value": value}, {"text": value}):
                await marko.chooses(ids.CHECK_INS_BENEFIT, option)
            await marko.presses(ids.PROMISES_DONE, value)
            await marko.presses(ids.PROMPTS_OFFER, value)
            await marko.chooses(ids.NUDGES_RHYTHM, {"value": value})
            await marko.chooses(ids.FIELDS_PICK, {"value": value})
            await marko.chooses(ids.MEMBERS_LANGUAGE, {"value": value})
        await marko.hears_the_same_words_each_time()


async def test_forged_forms_get_the_same_words(database_url: str, caplog: pytest.LogCaptureFixture) -> None:
    async with _forger(database_url, caplog) as marko:
        refs = await _references(marko.told)
        pair, state = f"{refs['ask']}.{refs['onni']}", {"values": dict[str, Any]()}
        for metadata_ in (pair, f"{pair}|{marko.card.channel}|1.2", f"{pair}|x", "a|b|c|d", *MALFORMED, *NOT_TEXT):
            await marko.submits(ids.INTRODUCTIONS_SUBMIT_REQUEST, private_metadata=metadata_, state=state)
        chosen = {"values": {ids.COLLEAGUE: {ids.COLLEAGUE: {"selected_option": {"value": refs["leena"]}}}}}
        for metadata_ in (refs["pending"], refs["open"], *MALFORMED, *NOT_TEXT):
            await marko.submits(ids.INTRODUCTIONS_SUBMIT_COLLEAGUE, private_metadata=metadata_, state=chosen)
        await marko.submits(ids.INTRODUCTIONS_SUBMIT_REQUEST)
        await marko.submits(ids.INTRODUCTIONS_SUBMIT_COLLEAGUE)
        for written in (None, 7, ["x"], {"a": 1}, "\u200b\u202e", "   "):
            promised = {"values": {ids.PROMISE: {ids.PROMISE: {"value": written}}}}
            await marko.submits(ids.PROMISES_SUBMIT, state=promised)
        await marko.hears_the_same_words_each_time()


PROFILE: dict[str, Any] = {
    ids.ROLES: {"selected_options": [{"value": "mentor"}]},
    ids.FIELDS: {"value": "0732"},
    ids.REGION: {"selected_option": None},
    ids.SPOKEN: {"selected_options": [{"value": "fi"}]},
    ids.PLACES: {"selected_option": {"value": "2"}},
    ids.RHYTHM: {"selected_option": {"value": "when_needed"}},
}
ODD_CHOICES: dict[str, tuple[Any, ...]] = {
    ids.ROLES: (
        {"selected_options": [{"value": "coordinator"}]},
        {"selected_options": []},
        {"selected_options": "x"},
        {},
        5,
    ),
    ids.REGION: ({"selected_option": {"value": "Atlantis"}}, {"selected_option": {"value": "-"}}),
    ids.SPOKEN: ({"selected_options": [{"value": "not a language"}]}, {"selected_options": [{"value": "x1"}] * 3}),
    ids.PLACES: (
        {"selected_option": {"value": "-1"}},
        {"selected_option": {"value": "51"}},
        {"selected_option": {}},
        None,
    ),
    ids.RHYTHM: ({"selected_option": {"value": "hourly"}}, {"selected_option": 7}, []),
    ids.TASKS: ({"selected_options": [{"value": "T9"}]},),
    ids.PURPOSES: ({"selected_options": [{"value": "everything"}]},),
}


async def test_a_profile_with_forged_choices_is_not_kept(database_url: str, caplog: pytest.LogCaptureFixture) -> None:
    async with _forger(database_url, caplog) as marko:
        for name, odd in ((name, odd) for name, some in ODD_CHOICES.items() for odd in some):
            values = {block: {block: answer} for block, answer in (PROFILE | {name: odd}).items()}
            await marko.submits(ids.MEMBERS_SAVE, state={"values": values})
        for places in ("-1", "51", "two", "", "9" * 30, None, 2):
            await marko.chooses(ids.MEMBERS_CAPACITY, {"value": places})
        states: tuple[Any, ...] = (None, 5, [], {"values": 5}, {"values": {}})
        for state in states:
            await marko.submits(ids.MEMBERS_SAVE, state=state)
        await marko.hears_the_same_words_each_time()


async def test_forged_forms_about_a_circle_get_the_same_words(
    database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with _forger(database_url, caplog) as marko:
        circle = (await _references(marko.told))["circle"]
        wish = {"values": {ids.RHYTHM: _option(ids.RHYTHM, "monthly"), ids.WEEKDAY: _option(ids.WEEKDAY, "any")}}
        for about in (circle, f"{circle}|x", *MALFORMED, *NOT_TEXT):
            await marko.submits(ids.CIRCLES_SUBMIT_CHANGE, private_metadata=about, state=wish)
            note = {"values": {ids.ITEM: {ids.ITEM: {"value": "Hei"}}}}
            await marko.submits(ids.MEETUPS_SUBMIT_AGENDA, private_metadata=about, state=note)
        soon = int((marko.told.clock.now() + timedelta(days=7)).timestamp())
        for named in (circle, *MALFORMED):
            proposal = {ids.CIRCLE: _option(ids.CIRCLE, named), ids.FIRST_TIME: {ids.FIRST_TIME: _at(soon)}}
            await marko.submits(ids.MEETUPS_SUBMIT, state={"values": proposal})
        await marko.hears_the_same_words_each_time()


def _option(block: str, value: Any) -> dict[str, Any]:
    return {block: {"selected_option": {"value": value}}}


def _at(moment: int) -> dict[str, Any]:
    return {"selected_date_time": moment}


async def test_a_form_about_ones_own_request_with_forged_answers_changes_nothing(
    database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with _forger(database_url, caplog) as forger:
        onni = Forger(forger.told, ONNI, (await forger.told.hears(ONNI))[-1], seen=forger.seen)
        refs = await _references(forger.told)
        asker = (await forger.told.member(PEKKA)).ref
        for chosen in (*MALFORMED, *NOT_TEXT, refs["onni"], asker, refs["ask"]):
            for option in ({"value": chosen}, chosen):
                state = {"values": {ids.COLLEAGUE: {ids.COLLEAGUE: {"selected_option": option}}}}
                await onni.submits(ids.INTRODUCTIONS_SUBMIT_COLLEAGUE, private_metadata=refs["pending"], state=state)
        oddities: tuple[Any, ...] = (None, 5, [], {"values": 5}, {"values": {ids.COLLEAGUE: []}})
        for odd in oddities:
            await onni.submits(ids.INTRODUCTIONS_SUBMIT_COLLEAGUE, private_metadata=refs["pending"], state=odd)
        await onni.hears_the_same_words_each_time()


@pytest.mark.parametrize("note", ["a\0b", 7, ["x"], {"a": 1}, "x" * 40_000, "<!channel> <@U0LEENA>"])
async def test_odd_answers_in_a_real_form_are_taken_as_far_as_they_can_be_read(
    database_url: str, caplog: pytest.LogCaptureFixture, note: Any
) -> None:
    async with story(database_url, "2027-01-19 10:12", SANNA, LEENA) as told:
        await told.writes(SANNA, "etsin kontaktia sähköalalta")
        (card,) = await told.hears(SANNA)
        button = card.button(ids.INTRODUCTIONS_REQUEST)
        assert button
        forger = Forger(told, SANNA, card, seen=len(told.sandbox.log.since(0)))
        values = {
            ids.NOTE: {ids.NOTE: {"value": note}},
            ids.KINDS: {ids.KINDS: {"selected_options": [{"value": "see_the_work"}, {"value": "x"}, 5, None, {}]}},
        }

        with _nothing_unhandled(caplog):
            await forger.submits(
                ids.INTRODUCTIONS_SUBMIT_REQUEST, private_metadata=button["value"], state={"values": values}
            )
            await told._quiet()

        async with told.silta.database.reading() as store:
            (request,) = (await store.introductions._session.scalars(select(IntroductionRow))).all()
        assert request.kinds == ("see_the_work",)
        assert request.note is None or len(request.note) <= 1_000
        assert [heard.text for heard in await told.hears(LEENA)]
