"""Once a request is settled, no card about it asks for anything any more, wherever it stands (R17)."""

from storage.introductions import IntroductionRow
from tests.journeys.stage import Cast, Heard, Story, story

OMAR = Cast("Omar Ali", "student", ("0715",), locale="en-GB")
ELLA = Cast("Ella Koski", "student", ("0715",), locale="en-GB")
RISTO = Cast("Risto Ahola", fields=("0715",), locale="en-GB", rhythm="weekly")
ANSWERS = ("introductions.accept", "introductions.decline", "introductions.pass_on")


def live(card: Heard, ref: str) -> list[str]:
    """The buttons of this card that still do something about this request."""
    return [one["action_id"] for one in card.elements if one.get("value") == ref]


async def still_live(told: Story, who: Cast) -> list[str]:
    """The buttons about the first request on any card of this person."""
    ref = (await told.rows(IntroductionRow))[0].ref
    return [action for card in await told.hears(who) for action in live(card, ref)]


async def test_a_yes_ends_take_it_back_on_the_card_of_the_asker(database_url: str) -> None:
    async with story(database_url, "2027-02-03 09:30", OMAR, RISTO) as told:
        await told.asks_in(OMAR, "metal", "Risto")
        before = (await told.hears(OMAR))[-1]
        assert await still_live(told, OMAR) == ["introductions.cancel"]

        await told.presses(RISTO, "introductions.accept")

        assert await still_live(told, OMAR) == []
        (after,) = [heard for heard in await told.hears(OMAR) if heard.ts == before.ts]
        assert after.text == "*Risto Ahola* said yes. I bring you together in a conversation of your own."
        assert (await told.hears(RISTO))[-1].text.startswith("Thank you!"), "the answer itself stays as it was"


async def test_after_a_release_neither_side_has_a_live_card_and_a_late_press_is_explained(database_url: str) -> None:
    async with story(database_url, "2027-02-03 09:30", OMAR, RISTO) as told:
        await told.asks_in(OMAR, "metal", "Risto")
        await told.leaps_to("2027-02-08 09:00")
        await told.at("2027-02-08 10:01")
        card = next(heard for heard in await told.hears(RISTO) if "reminder" in heard.text)
        yes = card.button("introductions.accept")
        assert yes is not None
        assert await still_live(told, RISTO) == [*ANSWERS, *ANSWERS], "the request and its reminder"

        await told.at("2027-02-10 10:30")

        assert await still_live(told, RISTO) == []
        assert await still_live(told, OMAR) == []
        await told.presses_on(RISTO, card, yes)
        assert "has moved on in the meantime" in (await told.hears(RISTO))[-1].words


async def test_of_a_nudge_only_the_item_that_was_taken_back_goes(database_url: str) -> None:
    async with story(database_url, "2027-02-08 09:30", OMAR, ELLA, RISTO) as told:
        await told.asks_in(OMAR, "metal", "Risto")
        await told.asks_in(ELLA, "metal", "Risto")
        await told.at("2027-02-09 10:01")
        nudge = (await told.hears(RISTO))[-1]
        omars, ellas = [row.ref for row in await told.rows(IntroductionRow)]
        assert live(nudge, omars) == live(nudge, ellas) == list(ANSWERS)

        await told.presses(OMAR, "introductions.cancel")

        (nudge,) = [heard for heard in await told.hears(RISTO) if heard.ts == nudge.ts]
        assert nudge.text == "*Omar Ali* took the request back. There is nothing you need to do."
        assert (live(nudge, omars), live(nudge, ellas)) == ([], list(ANSWERS))
        assert await still_live(told, RISTO) == []


async def test_a_request_taken_back_in_words_changes_the_card_with_the_button_too(sqlite_url: str) -> None:
    async with story(sqlite_url, "2027-02-03 09:30", OMAR, RISTO) as told:
        await told.asks_in(OMAR, "metal", "Risto")
        await told.writes(OMAR, "never mind")
        assert await still_live(told, OMAR) == []
        assert await still_live(told, RISTO) == []
