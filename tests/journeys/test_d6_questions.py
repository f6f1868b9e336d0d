"""D6: answers with a source, people where people decide, and the plain truth where nothing is known."""

from bot.programme import Handover
from storage.questions import HandoverRow, QuestionRow, UnansweredRow
from tests.journeys.stage import HELSINKI, Cast, Story, story

# Noora writes Finnish and hears English, so that what she is told can be read here.
NOORA = Cast("Noora Virta", "student", ("0913",), locale="en-GB")
MIKA = Cast("Mika Rantaharju", "educator", locale="en-GB")
TAINA = Cast("Taina Korpi", "coordinator", locale="en-GB")
ADMISSIONS = {"handover": (Handover(topics=("eligibility",), person=MIKA.id, deputy=TAINA.id),)}


async def test_d6_questions_and_knowing_when_to_stop(database_url: str) -> None:
    async with story(database_url, "2027-01-19 10:12", NOORA, MIKA, TAINA, settings_of_programme=ADMISSIONS) as told:
        await _facts_have_a_source_and_a_day(told)
        await _whether_she_is_eligible_is_left_to_a_named_person(told)
        await _her_words_go_with_her_press(told)
        await _whom_to_hire_is_not_said(told)
        await _nothing_is_invented_for_noise(told)


async def _facts_have_a_source_and_a_day(told: Story) -> None:
    await told.writes(NOORA, "paljonks op harkka on")
    extent = (await told.hears(NOORA))[-1].words
    assert "9 credits" in extent
    await told.writes(NOORA, "ja maksaaks hamk ohjaajalle mitä")
    pay = (await told.hears(NOORA))[-1]
    assert "295 €" in pay.words
    for words in (extent, pay.words):
        assert "Source: HAMK, opetusharjoittelu, hamk.fi" in words
        assert "Checked on 23 Nov 2026." in words
        assert "Was this what you needed?" in words
    assert pay.button("questions.ask_person") is not None
    await told.presses(NOORA, "questions.helpful")
    assert "Good to hear." in (await told.hears(NOORA))[-1].words
    assert "295 €" in (await told.hears(NOORA))[-1].words, "the answer stays where it is"
    assert (await told.rows(HandoverRow), await told.rows(QuestionRow)) == ([], []), "questions are not kept"


async def _whether_she_is_eligible_is_left_to_a_named_person(told: Story) -> None:
    await told.writes(NOORA, "onko mun amk tutkinto sairaanhoitaja + 4v kokemusta tarpeeks??")
    left = (await told.hears(NOORA))[-1]
    assert "admissions office" in left.words
    assert "*Mika Rantaharju* can help you. I have passed nothing on." in left.words
    said = {word.strip(".,:!?*").lower() for word in left.text.split()}
    assert not said & {"yes", "no", "kyllä", "ei"}, "nothing is decided here"
    (kept,) = await told.rows(HandoverRow)
    mika = await told.member(MIKA)
    assert (kept.category, kept.receiver_id) == ("eligibility", mika.id)
    assert f"{kept.handed_at.astimezone(HELSINKI):%d.%m. %H:%M}" == "19.01. 10:12"
    assert await told.rows(QuestionRow) == [], "no text before the press"
    assert await told.posted_to(MIKA) == []


async def _her_words_go_with_her_press(told: Story) -> None:
    await told.presses(NOORA, "questions.pass_words_on")
    assert "*Mika Rantaharju* has your question now." in (await told.hears(NOORA))[-1].words
    (kept,) = await told.rows(QuestionRow)
    assert kept.words == "onko mun amk tutkinto sairaanhoitaja + 4v kokemusta tarpeeks??"
    ((_, text),) = await told.posted_to(MIKA)
    assert text == "*Noora Virta* has a question for you."


async def _whom_to_hire_is_not_said(told: Story) -> None:
    await told.writes(NOORA, "kuka mun tulis palkata oppilaitokseen")
    declined = (await told.hears(NOORA))[-1]
    assert "decided by people on the official road" in declined.words
    assert "*Taina Korpi* can help you." in declined.words, "nobody is named for this, so a coordinator is"
    assert [one.category for one in await told.rows(HandoverRow)] == ["eligibility", "hiring"]


async def _nothing_is_invented_for_noise(told: Story) -> None:
    await told.writes(NOORA, "asdf")
    lost = (await told.hears(NOORA))[-1]
    assert lost.text in ("I did not understand that.", "I do not know that.")
    assert await told.rows(UnansweredRow) == []
    await told.presses(NOORA, "questions.tell_coordinator")
    (counted,) = await told.rows(UnansweredRow)
    assert (counted.words, counted.topic) == ("asdf", None)
    assert "without your name" in (await told.hears(NOORA))[-1].words
