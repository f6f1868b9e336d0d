"""What people write in their own words leads where it should, whatever the service."""

import pytest

from tests.journeys.stage import Cast, story

SANNA = Cast("Sanna Laine", "student", ("0713",), locale="en-GB")
TAINA = Cast("Taina Koski", "coordinator", locale="fi-FI")


async def test_data_and_forgetting_are_understood_in_ones_own_words(database_url: str) -> None:
    async with story(database_url, "2027-01-19 10:12", SANNA) as told:
        await told.writes(SANNA, "could you send me all the data you have about me please")
        shown = await told.hears(SANNA)
        assert any("Everything I have stored about you as JSON" in one.text for one in shown)

        await told.writes(SANNA, "please delete everything you know about me")

        assert (await told.hears(SANNA))[-1].button("members.confirm_forget") is not None


async def test_coordinator_who_writes_an_event_gets_its_preview_and_everybody_else_what_is_ahead(
    database_url: str,
) -> None:
    async with story(database_url, "2027-02-01 09:00", SANNA, TAINA) as told:
        await told.writes(TAINA, "järjestetään aamukahvit ti 16.2. 8.30-9.15 uusimaa, ilmo 12.2. mennessä, teams")
        assert (await told.hears(TAINA))[-1].button("events.publish") is not None

        await told.writes(SANNA, "are there any events coming up?")

        assert (await told.hears(SANNA))[-1].text == "No events are ahead just now."


@pytest.mark.parametrize("word", ["help", "Apua!", "moi, ohje", "Hilfe", "hjelp", "yardım"])
async def test_the_plain_word_for_help_shows_the_menu_and_is_taken_for_nothing_else(
    database_url: str, word: str
) -> None:
    async with story(database_url, "2027-01-19 10:12", SANNA) as told:
        await told.writes(SANNA, word)

        assert (await told.hears(SANNA))[-1].button("fields.start") is not None
