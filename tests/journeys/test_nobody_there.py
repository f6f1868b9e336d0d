"""Nobody in the field: fields close by, other countries, being told later, or a human. Every ask has an outcome."""

from datetime import date

from bot.language import Translator
from storage.asks import WITH_COORDINATOR, AskRow
from storage.introductions import IntroductionRow
from storage.waits import GONE, OFFERED, WAITING, WaitRow
from tests.journeys.stage import Cast, story

STUDENT = Cast("Sanna Laine", "student", languages=("fi", "en"), locale="en-GB")
ELLA = Cast("Ella Koski", "student", languages=("fi", "en"), locale="en-GB")
HAIR = Cast("Helka Harju", fields=("1012",), locale="en-GB")
BAKER = Cast("Bertta Pulla", fields=("1013",), locale="en-GB")
WELDER = Cast("Veikko Rauta", fields=("0715",), locale="en-GB")
IN_GERMANY = Cast(
    "Frieda Scher", fields=("1012",), country="DE", region="Bayern", languages=("de", "en"), timezone="Europe/Berlin"
)
IN_NORWAY = Cast("Nora Saks", fields=("1012",), country="NO", region="Oslo", languages=("nb",), timezone="Europe/Oslo")
EIGHTH_OF_FEBRUARY = Translator("en").day(date(2027, 2, 8))
TAINA = Cast("Taina Korpi", "coordinator", locale="en-GB")


async def test_a_neighbouring_field_is_offered_and_said_to_be_one(database_url: str) -> None:
    async with story(database_url, "2027-02-03 09:30", STUDENT, BAKER, WELDER) as told:
        await told.writes(STUDENT, "I need a contact in hairdressing")
        (cards,) = await told.hears(STUDENT)
        assert "Nobody in *Hair and beauty services* near you can be asked just now." in cards.words
        assert cards.labels("introductions.request") == ["Ask Bertta"], "welding is not close to hair"
        assert "a field close to yours" in cards.words
        assert cards.button("introductions.watch")
        await told.asks(STUDENT, "Bertta")
        assert len(await told.posted_to(BAKER)) == 1


async def test_another_country_is_offered_only_with_a_shared_language(database_url: str) -> None:
    async with story(database_url, "2027-02-03 09:30", STUDENT, IN_GERMANY, IN_NORWAY) as told:
        await told.writes(STUDENT, "I need a contact in hairdressing")
        (cards,) = await told.hears(STUDENT)
        assert cards.labels("introductions.request") == ["Ask Frieda"]
        assert "a language you share, in another country" in cards.words


async def test_whoever_watches_is_told_in_open_time_when_someone_opens(database_url: str) -> None:
    async with story(database_url, "2027-02-05 09:30", STUDENT, HAIR) as told:
        await told.commands(HAIR, "pause")
        await told.writes(STUDENT, "I need a contact in hairdressing")
        await told.presses(STUDENT, "introductions.watch")
        assert (
            "I will tell you when someone in *Hair and beauty services* can be asked."
            in (await told.hears(STUDENT))[-1].words
        )
        await told.at("2027-02-06 12:00")
        await told.commands(HAIR, "resume")
        await told.at("2027-02-08 07:59")
        assert await told.posted_to(STUDENT) == [(await told.posted_to(STUDENT))[0]], "not on a Saturday"
        await told.at("2027-02-08 08:05")
        at, text = (await told.posted_to(STUDENT))[-1]
        assert f"{at:%d.%m. %H:%M}" == "08.02. 08:00"
        assert text == "Someone in *Hair and beauty services* can be asked now."
        assert (await told.hears(STUDENT))[-1].labels("introductions.request") == ["Ask Helka"]
        await told.at("2027-02-09 12:00")
        assert len(await told.posted_to(STUDENT)) == 2, "told once"


async def test_a_coordinator_hears_the_askers_name_because_they_pressed_for_it(database_url: str) -> None:
    async with story(database_url, "2027-02-05 18:00", STUDENT, TAINA) as told:
        await told.writes(STUDENT, "I need a contact in hairdressing")
        (nobody,) = await told.hears(STUDENT)
        assert "Nobody in *Hair and beauty services* can be asked just now." in nobody.words
        assert nobody.labels("introductions.tell_coordinator") == ["Ask Taina, the coordinator"]
        await told.presses(STUDENT, "introductions.tell_coordinator")
        assert "I have told Taina Korpi that you are looking for a contact." in (await told.hears(STUDENT))[-1].words
        await told.at("2027-02-08 07:59")
        assert await told.posted_to(TAINA) == []
        await told.at("2027-02-08 08:05")
        ((at, text),) = await told.posted_to(TAINA)
        assert f"{at:%H:%M}" == "08:00"
        assert f"<@{STUDENT.id}> looks for a contact and nobody could be asked: *Hair and beauty services*." in text
        assert [ask.state for ask in await told.rows(AskRow)] == [WITH_COORDINATOR]


async def test_a_place_that_is_not_wanted_any_more_goes_to_the_next_who_waits(database_url: str) -> None:
    first = Cast("Eka Testi", "student", locale="en-GB")
    full = Cast("Helka Harju", fields=("1012",), capacity=1, locale="en-GB")
    async with story(database_url, "2027-02-03 09:30", first, STUDENT, ELLA, full) as told:
        await told.asks_in(first, "hairdressing", "Helka")
        for who in (STUDENT, ELLA):
            await told.writes(who, "I need a contact in hairdressing")
            await told.presses(who, "introductions.wait", "Helka")
        await told.presses(full, "introductions.decline")
        await told.at("2027-02-03 10:05")
        assert "has a free place now. Are you still interested?" in (await told.hears(STUDENT))[-1].words
        assert [entry.state for entry in await told.rows(WaitRow)] == [OFFERED, WAITING], "one place, one question"
        await told.presses(STUDENT, "introductions.cancel", "No, thank you")
        await told.at("2027-02-03 11:05")
        assert [entry.state for entry in await told.rows(WaitRow)] == [GONE, OFFERED]
        assert "has a free place now" in (await told.hears(ELLA))[-1].words
        assert len(await told.posted_to(full)) == 1, "Helka heard of the first request only"
        assert len(await told.rows(IntroductionRow)) == 1


async def test_an_offered_place_that_nobody_takes_goes_on_by_itself(database_url: str) -> None:
    first = Cast("Eka Testi", "student", locale="en-GB")
    full = Cast("Helka Harju", fields=("1012",), capacity=1, locale="en-GB")
    async with story(database_url, "2027-02-03 09:30", first, STUDENT, ELLA, full) as told:
        await told.asks_in(first, "hairdressing", "Helka")
        for who in (STUDENT, ELLA):
            await told.writes(who, "I need a contact in hairdressing")
            await told.presses(who, "introductions.wait", "Helka")
        await told.presses(full, "introductions.decline")
        await told.at("2027-02-03 10:05")
        assert f"I keep the place for you until {EIGHTH_OF_FEBRUARY}." in (await told.hears(STUDENT))[-1].words
        await told.leaps_to("2027-02-08 19:30")
        assert [entry.state for entry in await told.rows(WaitRow)] == [OFFERED, WAITING]
        await told.at("2027-02-08 20:05")
        assert [entry.state for entry in await told.rows(WaitRow)] == [GONE, OFFERED]
        await told.at("2027-02-09 08:05")
        assert "has a free place now" in (await told.hears(ELLA))[-1].words
