"""Five languages from the first sentence on: each person hears their own, never the other's or the server's."""

from bot.language import Translator
from bot.messages import parts
from storage.members import MemberRow
from tests.journeys.stage import Cast, story

SANNA = Cast("Sanna Laine", "student", ("0713",), locale="fi-FI")
LEENA = Cast("Leena Harjula", fields=("0713",), languages=("fi", "de"), locale="de-DE")
MEHMET = Cast("Mehmet Demir", fields=("0713",), languages=("fi", "tr"), locale="tr-TR", region="Pirkanmaa")
NEWCOMER = Cast("Ingrid Dahl", "student", country="NO", timezone="Europe/Oslo", locale="nb-NO")
SWEDISH = Cast("Anna Berg", "student", locale="sv-SE")


def _says(language: str, sentence: str, **facts: object) -> str:
    """The sentence in that language; it must be translated, or nothing would be shown by it."""
    said = Translator(language).text(sentence, **facts)
    assert language == "en" or said != Translator("en").text(sentence, **facts), f"{language} lacks {sentence}"
    return said


async def test_each_person_hears_their_own_slack_language(database_url: str) -> None:
    async with story(database_url, "2027-01-19 10:12", SANNA, LEENA) as told:
        await told.writes(SANNA, "sähkö")
        (cards,) = await told.hears(SANNA)
        assert _says("fi", "Ask {name}", name="Leena") in cards.labels("introductions.request")
        await told.asks(SANNA, "Leena")
        (request,) = await told.hears(LEENA)
        assert request.labels("introductions.accept") == [_says("de", "Yes, introduce us")]
        assert request.labels("introductions.pass_on") == [_says("de", "Suggest a colleague")]
        await told.presses(LEENA, "introductions.decline")
        assert (await told.hears(SANNA))[-1].text == _says(
            "fi", "*{name}* is not available right now.", name="Leena Harjula"
        )


async def test_the_group_is_greeted_in_both_languages(database_url: str) -> None:
    async with story(database_url, "2027-01-19 10:12", SANNA, LEENA) as told:
        await told.writes(SANNA, "sähkö")
        await told.asks(SANNA, "Leena")
        await told.presses(LEENA, "introductions.accept")
        (greeting,) = await told.hears_in_groups(SANNA)
        assert len(greeting.blocks) == 2
        for language, block in zip(("fi", "de"), greeting.blocks, strict=True):
            text = block["text"]["text"]
            assert parts.field(Translator(language), "0713") in text
            assert f"<@{SANNA.id}>" in text
            assert f"<@{LEENA.id}>" in text


async def test_two_people_of_one_language_are_greeted_once(database_url: str) -> None:
    leena = Cast("Leena Harjula", fields=("0713",))
    async with story(database_url, "2027-01-19 10:12", SANNA, leena) as told:
        await told.writes(SANNA, "sähkö")
        await told.asks(SANNA, "Leena")
        await told.presses(leena, "introductions.accept")
        (greeting,) = await told.hears_in_groups(SANNA)
        assert len(greeting.blocks) == 1


async def test_a_chosen_language_holds_whatever_slack_says_later(database_url: str) -> None:
    async with story(database_url, "2027-01-19 10:12", SANNA, LEENA, MEHMET) as told:
        await told.opens_home(MEHMET)
        assert _says("tr", "Find a contact") in (await told.sees_at_home(MEHMET)).words
        await told.presses_at_home(MEHMET, "members.language", value="nb")
        assert _says("nb", "Find a contact") in (await told.sees_at_home(MEHMET)).words, "the home view is the answer"
        await told.changes_in_slack(MEHMET, locale="de-DE")
        await told.changes_in_slack(LEENA, locale="en-GB")
        await told.writes(SANNA, "sähkö")
        await told.asks(SANNA, "Mehmet")
        (request,) = await told.hears(MEHMET)
        assert request.labels("introductions.accept") == [_says("nb", "Yes, introduce us")]
        await told.writes(LEENA, "hello")
        find = (await told.hears(LEENA))[-1].labels("fields.start")
        assert find == ["Find a contact"], "without a choice of her own, Silta follows Slack"


async def test_somebody_unknown_who_writes_first_is_met_in_their_language(database_url: str) -> None:
    async with story(database_url, "2027-01-19 10:12", LEENA) as told:
        await told.joins(NEWCOMER)
        await told.writes(NEWCOMER, "hei")
        (welcome,) = await told.hears(NEWCOMER)
        assert welcome.labels("fields.start") == [_says("nb", "Find a contact")]
        met = await told.member(NEWCOMER)
        assert (met.name, met.timezone, met.suggested_language) == ("Ingrid Dahl", "Europe/Oslo", "nb")
        assert (met.email, met.roles, met.country) == (None, (), None), "nothing more than is needed"
        await told.writes(NEWCOMER, "hei")
        assert len([row for row in await told.rows(MemberRow) if row.external_id == NEWCOMER.id]) == 1


async def test_a_language_that_silta_does_not_speak_is_answered_in_one_the_person_knows(database_url: str) -> None:
    async with story(database_url, "2027-01-19 10:12", SWEDISH, LEENA) as told:
        await told.writes(SWEDISH, "hello")
        (welcome,) = await told.hears(SWEDISH)
        assert _says("fi", "Find a contact") in welcome.labels("fields.start"), "her profile says she knows Finnish"
