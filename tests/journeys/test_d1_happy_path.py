"""D1: a student asks in mixed languages with typos, is introduced, and both are asked how it went."""

from datetime import date, timedelta

from sqlalchemy import func, select

from storage.asks import AskRow
from storage.check_ins import CheckInRow
from storage.introductions import OPEN, IntroductionRow
from tests.journeys.stage import HELSINKI, Cast, Story, story

SANNA = Cast("Sanna Laine", "student", ("0713",), languages=("fi", "en"))
LEENA = Cast(
    "Leena Harjula",
    "mentor",
    ("0713", "0716"),
    languages=("fi", "en"),
    offer="Näytän työsalia.",
    email="leena@example.org",
)
MARKO = Cast("Marko Niemi", "mentor", ("0713",), region="Pirkanmaa", capacity=1)
ASK = "moi! oon sähkäri ja alotan opeopinnot haaga-heliassa, can u find some1 sähköalalta juttelee, mielellää helsinki"


async def test_d1_from_the_first_sentence_to_the_check_in(database_url: str) -> None:
    async with story(database_url, "2027-01-19 10:12", SANNA, LEENA, MARKO) as told:
        await _the_field_is_read_and_confirmed(told)
        await _two_candidates_are_shown_and_leena_is_asked(told)
        await _leena_says_yes_and_the_group_opens(told)
        await _both_are_asked_on_the_seventh_open_day(told)
        await _benefits_are_kept_per_side_and_the_next_question_is_planned(told)


async def _the_field_is_read_and_confirmed(told: Story) -> None:
    await told.writes(SANNA, ASK)
    (question,) = await told.hears(SANNA)
    assert "Sähkö" in question.words
    assert "Uusimaa" in question.words
    assert question.button("fields.confirm")
    assert question.button("fields.change")
    async with told.silta.database.reading() as store:
        ask = await store.asks.latest_of((await told.member(SANNA)).id)
    assert ask is not None
    assert (ask.code, ask.region) == ("0713", "Uusimaa")


async def _two_candidates_are_shown_and_leena_is_asked(told: Story) -> None:
    await told.presses(SANNA, "fields.confirm")
    (cards,) = await told.hears(SANNA)
    asks = [element for element in cards.elements if element["action_id"] == "introductions.request"]
    assert len(asks) == 2
    assert "Leena" in asks[0]["text"]["text"], "the same region comes first"
    assert "Marko" in asks[1]["text"]["text"]
    assert "@" not in cards.words, "no e-mail before both have said yes (R5)"
    await told.asks(SANNA, "Leena", kinds=["see_the_work"], note="haluisin nähä työsalin")
    ((at, _),) = await told.posted_to(LEENA)
    assert at.strftime("%d.%m. %H:%M") == "19.01. 10:12", "Leena's time is open, so she hears at once"
    (request,) = await told.hears(LEENA)
    assert "Sanna Laine" in request.words
    assert "haluisin nähä työsalin" in request.words
    for answer in ("introductions.accept", "introductions.decline", "introductions.pass_on"):
        assert request.button(answer)


async def _leena_says_yes_and_the_group_opens(told: Story) -> None:
    await told.at("2027-01-19 10:40")
    assert await told.groups(SANNA) == [], "nobody is introduced before both have said yes"
    await told.presses(LEENA, "introductions.accept")
    (group,) = await told.groups(SANNA)
    assert len(group["members"]) == 3
    (introduction,) = await told.hears_in_groups(LEENA)
    assert introduction.at.strftime("%H:%M") == "10:40"
    for part in (f"<@{SANNA.id}>", f"<@{LEENA.id}>", "Sähkö"):
        assert part in introduction.words
    async with told.silta.database.reading() as store:
        assert await store.candidates.load_of((await told.member(LEENA)).id) == 1
        session = store.introductions._session
        assert await session.scalar(select(func.count()).select_from(AskRow)) == 1
        (kept,) = (await session.scalars(select(IntroductionRow))).all()
    assert kept.state == OPEN
    assert kept.note is None, "the note has done its work"


async def _both_are_asked_on_the_seventh_open_day(told: Story) -> None:
    before = len(await told.posted_to(SANNA)), len(await told.posted_to(LEENA))
    await told.at("2027-01-28 09:59")
    assert (len(await told.posted_to(SANNA)), len(await told.posted_to(LEENA))) == before, "silent until then"
    await told.at("2027-01-28 10:05")
    for who in (SANNA, LEENA):
        at, _ = (await told.posted_to(who))[-1]
        assert (at.date(), at.hour, at.minute) == (date(2027, 1, 28), 10, 0)
        await told.presses(who, "check_ins.in_touch")
    assert (len(await told.posted_to(SANNA)), len(await told.posted_to(LEENA))) == (before[0] + 1, before[1] + 1)


async def _benefits_are_kept_per_side_and_the_next_question_is_planned(told: Story) -> None:
    await told.chooses(SANNA, "check_ins.benefit", "know_institution")
    await told.chooses(LEENA, "check_ins.benefit", "nothing_yet")
    sanna, leena = await told.member(SANNA), await told.member(LEENA)
    async with told.silta.database.reading() as store:
        rows = (await store.check_ins._session.scalars(select(CheckInRow).order_by(CheckInRow.id))).all()
    assert {row.member_id: row.benefit for row in rows if row.number == 1} == {
        sanna.id: "know_institution",
        leena.id: "nothing_yet",
    }
    following = [row.due_at.astimezone(HELSINKI) for row in rows if row.number == 2]
    assert [at.date() for at in following] == [date(2027, 1, 28) + timedelta(weeks=4)] * 2
    assert [at.hour for at in following] == [10, 10]
