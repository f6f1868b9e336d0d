"""D2: a contact person who never answers is reminded once, released kindly, rests after the second time."""

from storage import introductions
from storage.introductions import IntroductionRow
from storage.members import OPEN, RESTING
from tests.journeys.stage import Cast, Story, story

# Omar and Ella hear English, so that what they are told can be read here.
OMAR = Cast("Omar Ali", "student", ("0715",), locale="en-GB")
ELLA = Cast("Ella Koski", "student", ("0715",), locale="en-GB")
LATER = Cast("Ilona Saari", "student", ("0715",), locale="en-GB")
RISTO = Cast("Risto Ahola", fields=("0715",), capacity=1, locale="en-GB")
PAIVI = Cast("Päivi Laine", fields=("0715",))
TAINA = Cast("Taina Korpi", "coordinator", locale="en-GB")


async def test_d2_the_mentor_who_never_answers(database_url: str) -> None:
    async with story(database_url, "2027-02-03 09:30", OMAR, ELLA, LATER, RISTO, PAIVI, TAINA) as told:
        await _omar_asks_risto(told)
        await _risto_is_reminded_once_and_released(told)
        await _omar_is_told_kindly_and_asks_paivi_in_his_own_words(told)
        await _the_second_silence_lets_risto_rest(told)
        await _a_late_yes_is_thanked_and_changes_nothing(told)


async def _omar_asks_risto(told: Story) -> None:
    await told.writes(OMAR, "etsin kontaktia metallialalta")
    (cards,) = await told.hears(OMAR)
    assert sorted(cards.labels("introductions.request")) == ["Ask Päivi", "Ask Risto"], "both fit"
    await told.asks(OMAR, "Risto")
    ((at, _),) = await told.posted_to(RISTO)
    assert f"{at:%d.%m. %H:%M}" == "03.02. 09:30"


async def _risto_is_reminded_once_and_released(told: Story) -> None:
    await told.leaps_to("2027-02-08 09:00")
    await told.at("2027-02-08 09:59")
    assert len(await told.posted_to(RISTO)) == 1, "no reminder before open day 3, Monday at 10:00"
    await told.at("2027-02-08 10:01")
    _, (reminded_at, _) = await told.posted_to(RISTO)
    assert f"{reminded_at:%d.%m. %H:%M}" == "08.02. 10:00"
    await told.at("2027-02-10 09:59")
    assert await _states(told) == [introductions.ASKED]
    await told.at("2027-02-10 10:30")
    assert await _states(told) == [introductions.RELEASED]
    about_omar = [heard for heard in await told.hears(RISTO) if "Omar" in heard.words]
    assert len(about_omar) == 2, "the request and the reminder, no more"


async def _omar_is_told_kindly_and_asks_paivi_in_his_own_words(told: Story) -> None:
    at, text = (await told.posted_to(OMAR))[-1]
    assert f"{at:%d.%m. %H:%M}" == "10.02. 10:00"
    assert text == "*Risto Ahola* is not available right now. Who also fits: Päivi."
    answer = (await told.hears(OMAR))[-1]
    assert not [word for word in _WORDS_OF_BLAME if word in answer.words.lower()], answer.words
    await told.writes(OMAR, "juu laita päivi")
    await told.at("2027-02-10 11:00")
    await told.presses(PAIVI, "introductions.accept")
    assert await _states(told) == [introductions.RELEASED, introductions.OPEN]
    (group,) = await told.groups(OMAR)
    assert {one["id"] for one in group["members"]} >= {OMAR.id, PAIVI.id}
    assert (await told.member(RISTO)).availability == OPEN, "one silence is no reason to rest"


async def _the_second_silence_lets_risto_rest(told: Story) -> None:
    await told.leaps_to("2027-02-17 09:30")
    await told.asks_in(ELLA, "metal", "Risto")
    await told.leaps_to("2027-02-22 09:00")
    await told.at("2027-02-24 09:59")
    assert (await told.member(RISTO)).availability == OPEN
    await told.at("2027-02-24 10:30")
    assert (await told.member(RISTO)).availability == RESTING
    note = (await told.hears(RISTO))[-1]
    assert f"{note.at:%d.%m. %H:%M}" == "24.02. 10:00"
    assert "I let you rest" in note.words
    assert note.labels("members.resume") == ["I'm back"]
    assert len([heard for heard in await told.hears(RISTO) if "Ella" in heard.words]) == 2
    await told.writes(LATER, "I need a contact in metal")
    assert (await told.hears(LATER))[-1].labels("introductions.request") == ["Ask Päivi"]
    to_coordinator = " ".join(heard.words for heard in await told.hears(TAINA))
    assert "Risto" not in to_coordinator, "silence is calendar, not character: nobody is reported"


async def _a_late_yes_is_thanked_and_changes_nothing(told: Story) -> None:
    await told.leaps_to("2027-03-01 09:00")
    first = (await told.hears(RISTO))[0]
    assert first.text == "The request from *Omar Ali* has moved on. There is nothing you need to do."
    assert first.elements == []
    # Slack may still show the card as it was: on a phone without a connection, for example.
    yes = {"action_id": "introductions.accept", "value": (await told.rows(IntroductionRow))[0].ref}
    before = await _states(told), await told.groups(RISTO)
    await told.presses_on(RISTO, first, yes)
    thanks = (await told.hears(RISTO))[-1]
    assert "Thank you! Omar Ali has found someone in the meantime." in thanks.words
    assert "Would you like to be open for others?" in thanks.words
    assert (await _states(told), await told.groups(RISTO)) == before, "a late yes makes no contact"
    await told.presses(RISTO, "members.resume")
    assert (await told.member(RISTO)).availability == OPEN


async def _states(told: Story) -> list[str]:
    return [row.state for row in await told.rows(IntroductionRow)]


_WORDS_OF_BLAME = ("answer", "respon", "silen", "ignor", "late", "unfortunately", "because", "busy", "declin", "reject")
