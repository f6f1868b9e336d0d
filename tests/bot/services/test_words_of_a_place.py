"""What the programme says of a place in its own words reaches the people who read about it there (domain.md 2.2)."""

from bot import services as all_services
from bot.facts.fields import CandidatesFound
from bot.facts.introductions import Introduction
from bot.facts.nudges import Nudge
from bot.language import Translator
from bot.messages import home as home_words
from bot.messages import word
from bot.programme import Institution, Local, Programme, Task, Tasks
from bot.services import Services
from sandbox import Clock
from storage import introductions
from storage.database import Database
from storage.nudges import NudgeRow
from storage.prompts import PromptGivenRow
from tests.storage.rows import NOW, WORKSPACE, add_ask, add_introduction, add_member

PROGRAMME = Programme(
    countries={"FI": Local(official_bodies=("opetuksen järjestäjä",))},
    institutions=(
        Institution(
            name="Koulu",
            country="FI",
            contact_words={"en": "field guide", "fi": "alaopas"},
            tasks=Tasks(T4=Task(status="in_use", who_decides="the head of unit", note="Only on Fridays.")),
        ),
    ),
)


def services_of(database: Database) -> Services:
    return all_services.build(database, Clock(NOW), PROGRAMME)


async def test_a_contact_person_is_called_on_the_card_as_their_institution_calls_them(database: Database) -> None:
    sanna, _ = await add_member(database, roles=("student",)), await add_member(database, "0713", institution="Koulu")
    await add_member(database, "0713", institution="Another school")

    found = await services_of(database).fields.confirm(sanna.id, (await add_ask(database, sanna)).ref)

    assert isinstance(found, CandidatesFound)
    words = {language: str(word(Translator(language), found).blocks) for language in ("en", "fi", "de")}
    assert (words["en"].count("field guide"), words["fi"].count("alaopas")) == (1, 1)
    assert "field guide" not in words["de"], "a place without a word for this language leaves it to the catalogue"


async def test_the_introduction_calls_them_so_in_the_language_of_each(database: Database) -> None:
    sanna = await add_member(database, roles=("student",), chosen_language="fi")
    leena = await add_member(database, "0713", institution="Koulu", chosen_language="en")
    asked = await add_introduction(database, await add_ask(database, sanna), leena, state=introductions.OPEN)

    async with database.reading() as store:
        fact = await services_of(database).outgoing.fact(store, "introductions.introduce", asked.ref, sanna, NOW)

    assert isinstance(fact, Introduction)
    said = [block.text.text for block in word(Translator("fi"), fact).blocks]  # type: ignore[attr-defined]
    assert [f"<@{leena.external_id}> (alaopas)" in one for one in said] == [True, False]
    assert f"<@{leena.external_id}> (field guide)" in said[1]


async def test_their_home_calls_them_so_and_nobody_elses(database: Database) -> None:
    leena = await add_member(database, "0713", institution="Koulu", chosen_language="en")
    sanna = await add_member(database, institution="Koulu", roles=("student",), chosen_language="en")
    homes = services_of(database).homes

    drawn = [str(home_words.home(Translator("en"), await homes.open(one.id)).blocks) for one in (leena, sanna)]

    assert ["field guide" in one for one in drawn] == [True, False]


async def test_who_decides_officially_stands_with_official_matters_only(database: Database) -> None:
    student = await add_member(database, chosen_language="en")
    services = services_of(database)

    official = await services.questions.not_helpful(student.id, "k17", "")
    ordinary = await services.questions.not_helpful(student.id, "k1", "")

    assert official.help.official_bodies == ("opetuksen järjestäjä",)
    assert ordinary.help.official_bodies == ()
    assert "Officially decides: opetuksen järjestäjä." in str(word(Translator("en"), official).blocks)


async def test_a_light_question_says_who_decides_about_its_task_and_what_is_noted(database: Database) -> None:
    leena = await add_member(database, "0713", institution="Koulu")
    async with database.transaction() as store:
        nudge = NudgeRow(workspace=WORKSPACE, member_id=leena.id, week="2027-W03", planned_at=NOW, carried_by="x")
        session = store.members._session
        session.add(nudge)
        await store.flush()
        given = {"workspace": WORKSPACE, "member_id": leena.id, "nudge_id": nudge.id, "prompt": "T4.1"}
        session.add(PromptGivenRow(**given, given_at=NOW))

    fact = await services_of(database).nudges.rest(leena.id, nudge.ref)

    assert isinstance(fact, Nudge)
    drawn = str(word(Translator("en"), fact).blocks)
    assert "decided by: the head of unit." in drawn
    assert "Only on Fridays." in drawn
