"""Joining in a minute, changing one's mind at any time, and nobody proposed who has not agreed or is not confirmed."""

import asyncio
from typing import Any
from urllib.parse import quote

from bot import services as all_services
from bot.programme import Institution, Programme
from bot.services.members import Profile
from sandbox import Clock
from sandbox.interactions.payloads import interaction
from storage.database import Database
from storage.members import CONFIRMED, FOUND, MEETUPS, NOT_NOW, NUDGES, WAITING, MemberRow
from storage.outbox import OutboxRow
from tests.journeys.stage import Cast, Story, story
from tests.storage.rows import NOW, WORKSPACE

SANNA = Cast("Sanna Laine", "student", ("0713",), locale="en-GB")
LEENA = Cast("Leena Harjula", "mentor", ("0713",), locale="en-GB")
TAINA = Cast("Taina Korpi", "coordinator", locale="en-GB")
SCHOOL, OTHER_SCHOOL = "İzmir Meslek Okulu", "Ankara Meslek Okulu"
AYSE = Cast("Ayse Demir", "leader", region="İzmir", country="TR", institution=SCHOOL, locale="en-GB")
MEHMET = Cast("Mehmet Kaya", "leader", region="Ankara", country="TR", institution=OTHER_SCHOOL, locale="en-GB")
EMRE = Cast("Emre Yilmaz", "mentor", locale="en-GB", timezone="Europe/Istanbul")
BEGINS = "2027-02-02 09:30"
TURKIYE = Programme(institutions=(Institution(name=SCHOOL, country="TR"), Institution(name=OTHER_SCHOOL, country="TR")))
A_MENTOR: dict[str, Any] = {
    "roles": ["mentor"],
    "fields": "electrician",
    "purposes": ["found", "nudges"],
    "region": quote("Uusimaa"),
    "spoken": ["fi", "en"],
}


async def test_student_joins_asks_and_is_introduced_in_four_presses_and_one_sentence(database_url: str) -> None:
    newcomer = Cast("Noora Salmi", "student", locale="en-GB")
    async with story(database_url, BEGINS, LEENA) as told:
        await told.joins(newcomer)
        await told.opens_home(newcomer)
        (hello,) = await told.hears(newcomer)
        assert "I help you find a contact person" in hello.text

        await told.writes(newcomer, "I am an electrician near Helsinki and would like to talk to a teacher")
        await told.presses(newcomer, "fields.confirm")
        await told.presses(newcomer, "introductions.request", "Leena")
        await told.submits(newcomer)
        await told.presses(LEENA, "introductions.accept")

        assert len(await told.groups(newcomer)) == len(await told.groups(LEENA)) == 1
        assert (told.presses_of(newcomer), told.sentences_of(newcomer)) == (3, 1)
        assert (told.presses_of(LEENA), told.sentences_of(LEENA)) == (1, 0)


async def test_student_who_joins_by_the_form_first_needs_four_presses_and_one_sentence_too(database_url: str) -> None:
    newcomer = Cast("Noora Salmi", "student", locale="en-GB")
    async with story(database_url, BEGINS, LEENA) as told:
        await told.joins(newcomer)
        await told.opens_home(newcomer)
        await told.presses(newcomer, "members.edit", "Join")
        assert await told.submits(newcomer, roles=["student"], region=quote("Uusimaa"), spoken=["fi"]) == {}
        await told.writes(newcomer, "I need a contact in electricity")
        await told.presses(newcomer, "introductions.request", "Leena")
        await told.submits(newcomer)
        await told.presses(LEENA, "introductions.accept")

        assert (await told.member(newcomer)).roles == ("student",)
        assert len(await told.groups(newcomer)) == len(await told.groups(LEENA)) == 1
        assert (told.presses_of(newcomer), told.sentences_of(newcomer)) == (4, 1)
        assert (told.presses_of(LEENA), told.sentences_of(LEENA)) == (1, 0)


async def test_nobody_is_stored_for_looking_in_and_the_first_press_is_an_act(database_url: str) -> None:
    newcomer = Cast("Noora Salmi", "student", locale="en-GB")
    async with story(database_url, BEGINS, LEENA) as told:
        await told.joins(newcomer)
        await told.opens_conversation(newcomer)
        await told.opens_home(newcomer)
        assert len(await told.hears(newcomer)) == 1, "one hello, whatever is opened how often"
        home = await told.sees_at_home(newcomer)
        assert "With two lines about yourself you join" in home.words
        assert await _known(told) == [LEENA.name]

        await told.presses_at_home(newcomer, "members.language", value="fi")

        assert await _known(told) == [LEENA.name, newcomer.name]
        assert "Hei Noora" in (await told.sees_at_home(newcomer)).words, "drawn anew for somebody who has opened it"
        await told.opens_home(newcomer)
        assert len(await told.hears(newcomer)) == 1


async def test_who_was_forgotten_looks_in_again_and_stays_forgotten(database_url: str) -> None:
    async with story(database_url, BEGINS, SANNA, LEENA) as told:
        await told.commands(SANNA, "forget-me")
        await told.presses(SANNA, "members.confirm_forget")
        before = len(await told.hears(SANNA))

        await told.opens_home(SANNA)
        await told.opens_conversation(SANNA)

        assert await _known(told) == [LEENA.name]
        assert len(await told.hears(SANNA)) == before, "no hello in the conversation in which the goodbye stands"
        assert "With two lines about yourself you join" in (await told.sees_at_home(SANNA)).words


async def test_two_presses_of_somebody_new_at_once_are_one_person(database: Database) -> None:
    members = all_services.build(database, Clock(NOW), Programme()).members
    noora = Profile("U0NOORA", "Noora Salmi", "fi-FI", "Europe/Helsinki")

    met = await asyncio.gather(*(members.meet(WORKSPACE, noora) for _ in range(10)))

    assert len({one.id for one in met}) == 1
    async with database.reading() as store:
        assert len(await store.members.everyone(WORKSPACE)) == 1


async def test_hello_is_said_once_and_to_nobody_who_has_not_looked_in(database_url: str) -> None:
    newcomer, silent = Cast("Noora Salmi", "student", locale="en-GB"), Cast("Ville Aho", "student", locale="en-GB")
    async with story(database_url, BEGINS, LEENA) as told:
        await told.joins(newcomer)
        await told.joins(silent)
        for _ in range(2):
            await told.opens_home(newcomer)
        await told.writes(newcomer, "I need a contact in metal")

        assert [one.text for one in await told.hears(newcomer)].count((await told.hears(newcomer))[0].text) == 1
        assert await told.hears(silent) == []


async def test_somebody_joins_as_a_contact_person_and_can_be_found_at_once(database_url: str) -> None:
    newcomer = Cast("Marko Niemi", locale="en-GB")
    async with story(database_url, BEGINS, SANNA) as told:
        await told.joins(newcomer)
        await told.opens_home(newcomer)
        await told.presses(newcomer, "members.edit", "Join")
        assert not await told.submits(
            newcomer,
            **A_MENTOR,
            offer="A look into our workshop",
            wish="Others in my field",
            institution="  Siltaranta ",
        )

        saved = (await told.hears(newcomer))[-1]
        assert "Your profile is saved." in saved.words
        assert "Electricity and energy" in saved.words, "the field that was recognised is shown back"
        assert "A look into our workshop" in saved.words
        assert "You are always asked first." in saved.words
        member = await told.member(newcomer)
        assert (member.roles, member.purposes, member.country) == (("mentor",), (FOUND, NUDGES), "FI")
        assert member.institution == "Siltaranta"

        await told.writes(SANNA, "I need a contact in electricity")
        assert (await told.hears(SANNA))[-1].labels("introductions.request") == ["Ask Marko"]


async def test_mistakes_stand_beside_the_field_and_nothing_is_lost(database_url: str) -> None:
    async with story(database_url, BEGINS, LEENA) as told:
        await told.commands(LEENA, "profile")
        errors = await told.submits(LEENA, fields="qwertyuiop", offer="New words")
        assert "I do not know “qwertyuiop” as a field." in errors["fields"]
        assert (await told.member(LEENA)).offer == "", "nothing is kept before all of it is clear"
        errors = await told.submits(LEENA, fields="", offer="New words")
        assert "Which field may people ask you about?" in errors["fields"]

        assert await told.submits(LEENA, fields="electrician\nwelder", offer="New words") == {}

        assert await told.has_no_form_open(LEENA)
        assert (await told.member(LEENA)).offer == "New words"
        assert "Electricity and energy" in (await told.hears(LEENA))[-1].words


async def test_form_is_filled_with_what_is_known_and_saving_it_as_it_is_changes_nothing(database_url: str) -> None:
    leena = Cast("Leena Harjula", "mentor", ("0713", "0716"), locale="fi-FI", institution="Siltaranta", offer="Työsali")
    async with story(database_url, BEGINS, leena) as told:
        before = await told.member(leena)
        await told.opens_home(leena)
        await told.presses_at_home(leena, "members.edit")
        assert await told.submits(leena) == {}

        after = await told.member(leena)
        for name in ("roles", "offer", "region", "country", "institution", "languages", "capacity", "purposes"):
            assert getattr(after, name) == getattr(before, name), name
        async with told.silta.database.reading() as store:
            assert (await store.members.fields_of([after.id]))[after.id] == ("0713", "0716")


async def test_coordinator_cannot_be_chosen_in_the_form_and_stays_one_who_is(database_url: str) -> None:
    async with story(database_url, BEGINS, LEENA, TAINA) as told:
        await told.commands(LEENA, "profile")
        forged = {"type": "checkboxes", "selected_options": [{"value": "coordinator"}, {"value": "mentor"}]}
        await told.submits(LEENA, force=True, roles=forged)
        assert (await told.member(LEENA)).roles == ("mentor",)
        assert "does not work any more" in (await told.hears(LEENA))[-1].words

        await told.commands(TAINA, "profile")
        assert await told.submits(TAINA, roles=["educator"]) == {}
        assert (await told.member(TAINA)).roles == ("educator", "coordinator")


async def test_who_does_not_want_to_be_found_any_more_lets_nobody_wait(database_url: str) -> None:
    async with story(database_url, BEGINS, SANNA, LEENA) as told:
        await told.asks_in(SANNA, "electricity", "Leena")
        await told.commands(LEENA, "profile")
        assert await told.submits(LEENA, purposes=["nudges"]) == {}

        assert "not available right now" in (await told.hears(SANNA))[-1].words
        assert "you have not agreed to be found" in (await told.hears(LEENA))[-1].words
        await told.writes(SANNA, "I need a contact in electricity")
        assert (await told.hears(SANNA))[-1].labels("introductions.request") == []


async def test_places_and_the_private_list_are_changed_at_home(database_url: str) -> None:
    async with story(database_url, BEGINS, SANNA, LEENA) as told:
        await told.asks_in(SANNA, "electricity", "Leena")
        await told.presses(LEENA, "members.avoid")
        await told.opens_home(LEENA)
        assert "I do not bring you and *Sanna Laine* together." in (await told.sees_at_home(LEENA)).words
        assert "together" not in (await told.sees_at_home(LEENA)).words.replace("and *Sanna Laine* together.", "")

        await told.presses_at_home(LEENA, "members.unavoid")
        await told.presses_at_home(LEENA, "members.capacity", value="5")

        home = await told.sees_at_home(LEENA)
        assert "Sanna Laine" not in home.words
        assert (await told.member(LEENA)).capacity == 5
        assert home.button("members.capacity")["initial_option"]["value"] == "5"  # type: ignore[index]


async def test_contact_person_is_proposed_only_after_a_leader_of_the_institution_has_confirmed(
    database_url: str,
) -> None:
    student = Cast("Sanna Laine", "student", ("0713",), region="İzmir", country="TR", locale="en-GB")
    async with story(database_url, BEGINS, AYSE, MEHMET, TAINA, student, programme=TURKIYE) as told:
        await _emre_joins(told)
        assert (await told.member(EMRE)).confirmation == WAITING
        assert "Waiting for confirmation as a contact person by Ayse Demir." in (await told.hears(EMRE))[-1].words
        await told.writes(student, "I need a contact in electricity")
        assert (await told.hears(student))[-1].labels("introductions.request") == []
        assert await told.hears(MEHMET) == [], "the leader of another institution is not asked"
        assert await told.hears(TAINA) == []

        await told.presses(AYSE, "members.confirm_contact")

        assert (await told.member(EMRE)).confirmation == CONFIRMED
        assert "You are confirmed as a contact person." in (await told.hears(EMRE))[-1].words
        await told.writes(student, "I need a contact in electricity")
        assert (await told.hears(student))[-1].labels("introductions.request") == ["Ask Emre"]


async def test_not_now_is_neutral_and_nobody_confirms_without_the_right_to(database_url: str) -> None:
    async with story(database_url, BEGINS, AYSE, MEHMET, LEENA, programme=TURKIYE) as told:
        await _emre_joins(told)
        card = (await told.hears(AYSE))[-1]
        button = card.button("members.confirm_contact")
        assert button is not None
        ref = button["value"]
        for nobody in (EMRE, MEHMET, LEENA):
            await _presses_forged(told, nobody, "members.confirm_contact", ref)
            assert (await told.member(EMRE)).confirmation == WAITING, nobody.name

        await told.presses(AYSE, "members.leave_unconfirmed")

        assert (await told.member(EMRE)).confirmation == NOT_NOW
        assert "not proposed as a contact person for now" in (await told.hears(EMRE))[-1].words


async def test_who_says_to_be_a_leader_cannot_confirm_anybody(database_url: str) -> None:
    friend = Cast("Deniz Arslan", "leader", locale="en-GB")
    async with story(database_url, BEGINS, TAINA, programme=TURKIYE) as told:
        await told.joins(friend)
        await told.opens_home(friend)
        await told.presses(friend, "members.edit")
        await told.submits(friend, roles=["leader"], region=quote("İzmir"), institution=SCHOOL)
        await _emre_joins(told)
        assert await told.hears(friend) != []
        ref = (await told.member(EMRE)).ref

        await _presses_forged(told, friend, "members.confirm_contact", ref)

        assert (await told.member(EMRE)).confirmation == WAITING
        assert "Emre Yilmaz" in (await told.hears(TAINA))[-1].words, "a coordinator is asked instead"


GUEST = Cast("Gita Guest", "student", ("0713",), locale="en-GB", is_guest=True)


async def test_guest_is_told_of_a_human_and_sees_nobody(database_url: str) -> None:
    async with story(database_url, BEGINS, GUEST, LEENA, TAINA) as told:
        for words in ("I need a contact in electricity", "find a contact"):
            await told.writes(GUEST, words)
            heard = (await told.hears(GUEST))[-1]
            assert "You are a guest here" in heard.words
            assert "Taina Korpi" in heard.words
            assert "Leena" not in heard.words


async def test_guest_looks_around_where_the_programme_says_so(sqlite_url: str) -> None:
    async with story(sqlite_url, BEGINS, GUEST, LEENA, programme=Programme(guests_see_people=True)) as told:
        await told.writes(GUEST, "I need a contact in electricity")
        assert (await told.hears(GUEST))[-1].labels("introductions.request") == ["Ask Leena"]


async def test_somebody_of_another_organisation_is_a_guest_and_a_bot_is_nobody(sqlite_url: str) -> None:
    stranger, robot = Cast("Sten Stranger", "student", locale="en-GB"), Cast("Robo Bot", "student", locale="en-GB")
    async with story(sqlite_url, BEGINS, LEENA) as told:
        await told.joins(stranger)
        await told.joins(robot)
        await told.changes_in_slack(stranger, team="T0ELSEWHERE")
        await told.changes_in_slack(robot, is_bot=True)
        await told.writes(stranger, "I need a contact in electricity")
        await told.writes(robot, "I need a contact in electricity")

        assert "You are a guest here" in (await told.hears(stranger))[-1].words
        assert await told.hears(robot) == []


async def test_meetups_are_agreed_to_by_joining_and_withdrawn_in_the_profile(sqlite_url: str) -> None:
    async with story(sqlite_url, BEGINS, LEENA) as told:
        await told.commands(LEENA, "meetup")
        await told.presses(LEENA, "meetups.join")
        assert MEETUPS in (await told.member(LEENA)).purposes

        await told.commands(LEENA, "profile")
        await told.submits(LEENA, purposes=["found"])
        await told.leaps_to("2027-03-02 12:00")

        assert [row.state for row in await told.rows(OutboxRow) if row.kind == "meetups.poll"] == []


async def _known(told: Story) -> list[str]:
    """The names of everybody who is stored."""
    return [one.name for one in await told.rows(MemberRow)]


async def _emre_joins(told: Story) -> None:
    await told.joins(EMRE)
    await told.opens_home(EMRE)
    await told.presses(EMRE, "members.edit")
    given = A_MENTOR | {"region": quote("İzmir"), "institution": SCHOOL.upper()}
    assert await told.submits(EMRE, **given) == {}


async def _presses_forged(told: Story, who: Cast, action_id: str, value: str) -> None:
    """A press on a card of one's own, with an action and a reference that never were on it."""
    await told.writes(who, "help")
    card = (await told.hears(who))[-1]
    payload = interaction("block_actions", told.sandbox.workspace.people.invented[who.id]) | {
        "trigger_id": "1.forged",
        "actions": [{"action_id": action_id, "type": "button", "action_ts": "1800000001.000001", "value": value}],
        "container": {"type": "message", "channel_id": card.channel, "message_ts": card.ts},
        "channel": {"id": card.channel},
    }
    assert (await told.sandbox.line.ask("interactive", payload, accepts_response=False)).acked
    await told._quiet()
