"""People change their minds at any moment; a press too late, twice or on somebody else's card changes nothing."""

from datetime import date

import pytest

from bot.language import Translator
from storage import asks, introductions
from storage.asks import AskRow
from storage.introductions import IntroductionRow
from storage.outbox import CANCELLED, OutboxRow
from storage.waits import GONE, WaitRow
from tests.journeys.stage import Cast, Story, story

OMAR = Cast("Omar Ali", "student", ("0715",), locale="en-GB")
ELLA = Cast("Ella Koski", "student", ("0715",), locale="en-GB")
RISTO = Cast("Risto Ahola", fields=("0715",), capacity=1, locale="en-GB")
PAIVI = Cast("Päivi Laine", fields=("0715",), locale="en-GB")
TAKEN_BACK = "*Omar Ali* took the request back. There is nothing you need to do."
THIRD_OF_FEBRUARY = Translator("en").day(date(2027, 2, 3))
UNKNOWN = "This card does not work any more. Nothing has changed. Write to me and we start again."


async def test_request_taken_back_after_delivery_updates_the_card_in_place(database_url: str) -> None:
    async with story(database_url, "2027-02-03 09:30", OMAR, RISTO) as told:
        await told.asks_in(OMAR, "metal", "Risto", note="salaisuus")
        (card,) = await told.hears(RISTO)
        await told.at("2027-02-03 20:30")
        await told.presses(OMAR, "introductions.cancel")
        assert "Taken back: *Risto Ahola*." in (await told.hears(OMAR))[-1].words
        (updated,) = await told.hears(RISTO)
        assert updated.ts == card.ts, "the same message, so nobody is notified in the evening"
        assert updated.words.splitlines()[0] == TAKEN_BACK
        assert updated.elements == []
        (row,) = await told.rows(IntroductionRow)
        assert (row.state, row.note) == (introductions.CANCELLED, None)
        assert [ask.state for ask in await told.rows(AskRow)] == [asks.WITHDRAWN]


async def test_request_taken_back_in_closed_time_never_reaches_the_contact_person(database_url: str) -> None:
    async with story(database_url, "2027-02-05 18:30", OMAR, ELLA, RISTO) as told:
        await told.asks_in(OMAR, "metal", "Risto")
        await told.writes(OMAR, "peru")
        assert "Taken back: *Risto Ahola*." in (await told.hears(OMAR))[-1].words
        await told.at("2027-02-08 12:00")
        assert await told.posted_to(RISTO) == []
        to_risto = [row for row in await told.rows(OutboxRow) if row.kind == "introductions.request"]
        assert [row.state for row in to_risto] == [CANCELLED]
        assert (await told.hears(OMAR))[1].elements == [], "nothing is left to take back"
        await told.asks_in(ELLA, "metal", "Risto")
        assert len(await told.posted_to(RISTO)) == 1, "the place is free again"


@pytest.mark.parametrize("words", ["peru", "never mind", "vergiss es", "glem det", "vazgeçtim"])
async def test_a_request_is_taken_back_in_words_of_every_language(sqlite_url: str, words: str) -> None:
    async with story(sqlite_url, "2027-02-03 09:30", OMAR, RISTO) as told:
        await told.asks_in(OMAR, "metal", "Risto")
        await told.writes(OMAR, words)
        assert [row.state for row in await told.rows(IntroductionRow)] == [introductions.CANCELLED]


async def test_stale_presses_after_a_cancel_are_explained_and_change_nothing(database_url: str) -> None:
    async with story(database_url, "2027-02-03 09:30", OMAR, RISTO, PAIVI) as told:
        await told.asks_in(OMAR, "metal", "Risto")
        (card,) = await told.hears(RISTO)
        buttons = [card.button(f"introductions.{verb}") for verb in ("accept", "decline", "pass_on")]
        await told.presses(OMAR, "introductions.cancel")
        for button in buttons:
            assert button is not None
            await told.presses_on(RISTO, card, button)
            assert "The request was taken back in the meantime." in (await told.hears(RISTO))[-1].words
        assert [row.state for row in await told.rows(IntroductionRow)] == [introductions.CANCELLED]
        assert await told.groups(OMAR) == []
        assert (await told._get(f"views?user={RISTO.id}"))["views"] == [], "no form opens"


async def test_pressing_twice_changes_nothing(database_url: str) -> None:
    async with story(database_url, "2027-02-03 09:30", OMAR, RISTO) as told:
        await told.asks_in(OMAR, "metal", "Risto")
        asked = (await told.hears(OMAR))[-1]
        (card,) = await told.hears(RISTO)
        yes, no, back = (
            card.button("introductions.accept"),
            card.button("introductions.decline"),
            asked.button("introductions.cancel"),
        )
        assert yes and no and back
        await told.presses_on(RISTO, card, yes)
        before = await _everything(told)
        for button in (yes, no):
            await told.presses_on(RISTO, card, button)
            assert f"This was answered already, on {THIRD_OF_FEBRUARY}." in (await told.hears(RISTO))[-1].words
        await told.presses_on(OMAR, asked, back)
        assert "This was answered already" in (await told.hears(OMAR))[-1].words
        assert await _everything(told) == before
        assert len(await told.groups(OMAR)) == 1
        assert len(await told.hears_in_groups(OMAR)) == 1


async def test_taking_back_twice_says_the_same_twice(database_url: str) -> None:
    async with story(database_url, "2027-02-03 09:30", OMAR, RISTO) as told:
        await told.asks_in(OMAR, "metal", "Risto")
        asked = (await told.hears(OMAR))[-1]
        back = asked.button("introductions.cancel")
        assert back
        await told.presses_on(OMAR, asked, back)
        before = await _everything(told)
        await told.presses_on(OMAR, asked, back)
        assert await _everything(told) == before
        assert "Taken back: *Risto Ahola*." in (await told.hears(OMAR))[-1].words


async def test_ids_of_somebody_else_get_the_same_words_as_unknown_ids_and_change_nothing(database_url: str) -> None:
    async with story(database_url, "2027-02-03 09:30", OMAR, ELLA, RISTO, PAIVI) as told:
        await told.writes(ELLA, "hello")
        (menu,) = await told.hears(ELLA)
        await told.asks_in(OMAR, "metal", "Risto")
        (introduction,) = await told.rows(IntroductionRow)
        (ask,) = await told.rows(AskRow)
        paivi = (await told.member(PAIVI)).ref
        before = await _everything(told)
        for action, foreign, unknown in (
            ("introductions.accept", introduction.ref, "nothing"),
            ("introductions.decline", introduction.ref, "nothing"),
            ("introductions.pass_on", introduction.ref, "nothing"),
            ("introductions.cancel", introduction.ref, "nothing"),
            ("introductions.request", f"{ask.ref}.{paivi}", f"nothing.{paivi}"),
            ("introductions.wait", f"{ask.ref}.{paivi}", f"nothing.{paivi}"),
            ("introductions.watch", ask.ref, "nothing"),
            ("introductions.tell_coordinator", ask.ref, "nothing"),
            ("fields.confirm", ask.ref, "nothing"),
            ("fields.change", ask.ref, "nothing"),
            ("fields.pick", f"{ask.ref}.0715", "nothing.0715"),
            ("check_ins.in_touch", introduction.ref, "nothing"),
            ("check_ins.close", introduction.ref, "nothing"),
        ):
            for value in (foreign, unknown):
                count = len(await told.hears(ELLA))
                await told.presses_on(ELLA, menu, {"action_id": action}, value)
                heard = await told.hears(ELLA)
                assert len(heard) == count + 1, action
                assert heard[-1].text == UNKNOWN, action
        assert await _everything(told) == before
        assert len(await told.hears(OMAR)) == 1
        assert len(await told.hears(RISTO)) == 1


async def test_waiting_for_somebody_is_given_up_in_words_too(database_url: str) -> None:
    async with story(database_url, "2027-02-03 09:30", OMAR, ELLA, RISTO) as told:
        await told.writes(ELLA, "I need a contact in metal")
        await told.asks_in(OMAR, "metal", "Risto")
        await told.presses(ELLA, "introductions.request", "Risto")
        await told.presses(ELLA, "introductions.wait", "Risto")
        await told.writes(ELLA, "peru")
        assert [entry.state for entry in await told.rows(WaitRow)] == [GONE]
        assert "Taken back: *Risto Ahola*." in (await told.hears(ELLA))[-1].words


async def _everything(told: Story) -> list[object]:
    """What no press may change that changes nothing."""
    introduced = [(row.state, row.answered_at, row.ended_at) for row in await told.rows(IntroductionRow)]
    asked = [(row.state, row.code, row.shown) for row in await told.rows(AskRow)]
    return [introduced, asked, await told.rows(WaitRow), len(await told.rows(OutboxRow))]
