"""What people type every day, and what kind of answer they hear."""

from pathlib import Path

import pytest

from storage.introductions import IntroductionRow
from tests.journeys.stage import Cast, Heard, Story, story

ASKING = {
    "en": Cast("Sam Student", "student", ("0713",), locale="en-GB"),
    "fi": Cast("Sanna Laine", "student", ("0713",), locale="fi-FI"),
    "de": Cast("Jonas Weber", "student", ("0715",), locale="de-DE"),
    "nb": Cast("Ida Berg", "student", ("0913",), locale="nb-NO"),
    "tr": Cast("Ayşe Demir", "student", ("0716",), locale="tr-TR"),
}
SAM = ASKING["en"]
LEENA = Cast("Leena Harjula", "mentor", ("0713",))
TAINA = Cast("Taina Korpi", "coordinator")

KINDS = {
    "settings": {"members.language", "members.edit"},
    "menu": {"fields.start", "members.edit"},
    "becoming": {"members.edit"},
    "idea": {"questions.pass_words_on", "questions.tell_coordinator"},
    "left to a person": {"questions.pass_words_on"},
    "answer": {"questions.helpful"},
    "search": {"fields.confirm"},
    "a person": {"questions.ask_person"},
    "nod": set[str](),
}
"""By buttons that an answer has; the first kind whose buttons are all there is meant."""

SAID = {
    "en": {
        "is this free?": "answer", "do i have to pay for this": "answer",
        "how do I become a contact person": "becoming",
        "i wanna be a mentor": "becoming", "how do I change my language": "settings",
        "change my field to carpentry": "settings",
        "my profile is wrong, how do i fix it": "settings", "can i sit in on a lesson": "search",
        "I want to talk to a human": "a person", "whos the coordinator": "a person",
        "can someone check my contract": "left to a person",
        "can someone look at my grade its unfair": "left to a person",
        "suggestion: dark mode": "idea", "what happened to my idea": "answer", "my contact does not answer": "answer",
        "lol ok": "nod", "no": "nod", "👍": "nod",
    },
    "fi": {
        "onks tää ilmanen": "answer", "miten pääsen yhteyshenkilöksi": "becoming",
        "haluaisin ruveta mentoriksi": "becoming",
        "vaihda kieli englanniksi": "settings", "haluun vaihtaa alan": "settings", "puhu englantia": "settings",
        "haluan puhua koordinaattorin kanssa": "a person", "voiko joku kattoo mun arvosanan": "left to a person",
        "tarviin harkkapaikan": "left to a person", "mun kontakti ei oo vastannut": "answer",
        "saako tulla kattoo jonkun tuntia": "search", "ehdotus: lisää vierailuja": "idea", "ei kiitos": "nod",
        "joo": "nod",
    },
    "de": {
        "Was kostet das?": "answer", "wie werde ich Ansprechpartner?": "becoming",
        "ich will Mentor werden": "becoming",
        "Sprache auf Englisch umstellen": "settings", "wie ändere ich mein Profil": "settings",
        "ich will mit einem Menschen sprechen": "a person", "kann jemand meine Note prüfen": "left to a person",
        "ich brauche einen Praktikumsplatz": "left to a person", "mein Kontakt meldet sich nicht": "answer",
        "Kann ich bei jemandem hospitieren?": "search", "Vorschlag: mehr Betriebsbesuche bei uns": "idea",
        "wo ist meine idee geblieben": "answer", "jo passt": "nod", "nein": "nod",
    },
    "nb": {
        "hva koster det": "answer", "hvordan blir jeg kontaktperson": "becoming",
        "bytt språk til engelsk": "settings",
        "jeg vil snakke med et menneske": "a person", "kan noen se på kontrakten min": "left to a person",
        "hvorfor svarer ingen": "answer", "kan jeg hospitere hos noen": "search",
        "forslag: flere bedriftsbesøk for oss": "idea", "greit": "nod", "nei": "nod",
    },
    "tr": {
        "bu ücretli mi": "answer", "nasıl mentor olabilirim": "becoming", "profilimi nasıl değiştiririm": "settings",
        "dili ingilizce yap": "settings", "bir insanla konuşmak istiyorum": "a person",
        "biri sözleşmeme bakabilir mi": "left to a person", "kişim cevap vermiyor": "answer",
        "birinin dersini izleyebilir miyim": "search", "öneri: daha çok işyeri ziyareti olsun": "idea",
        "hayır": "nod",
    },
}  # fmt: skip


def kind_of(heard: Heard) -> str:
    there = {element["action_id"] for element in heard.elements}
    fitting = (kind for kind, buttons in KINDS.items() if buttons <= there and (buttons or not there))
    return next(fitting, "another")


@pytest.mark.parametrize("language", list(SAID))
async def test_everyday_words_get_the_kind_of_answer_they_ask_for(tmp_path: Path, language: str) -> None:
    asking = ASKING[language]
    async with story(f"sqlite:///{tmp_path}/silta.db", "2027-01-19 10:12", asking, TAINA) as told:
        heard = {}
        for text in SAID[language]:
            await told.writes(asking, text)
            heard[text] = kind_of((await told.hears(asking))[-1])

        assert heard == SAID[language]


async def test_an_idea_for_a_meetup_can_be_passed_on_or_proposed(database_url: str) -> None:
    async with story(database_url, "2027-01-19 10:12", SAM, TAINA) as told:
        await told.writes(SAM, "I have an idea for a meetup")

        idea, circles = (await told.hears(SAM))[-2:]
        assert idea.button("questions.pass_words_on") is not None
        assert circles.button("meetups.join") is not None
        assert await told.posted_to(TAINA) == [], "nothing goes on before it is sent"
        await told.presses(SAM, "questions.pass_words_on")
        assert len(await told.posted_to(TAINA)) == 1


async def _sees_leena(told: Story) -> None:
    await told.writes(SAM, "I need a contact in electrical engineering")
    assert "Leena" in (await told.hears(SAM))[-1].words


async def test_a_bare_yes_asks_the_only_person_right_after_they_were_shown(database_url: str) -> None:
    async with story(database_url, "2027-01-19 10:12", SAM, LEENA) as told:
        await _sees_leena(told)

        await told.writes(SAM, "ok")

        assert (await told.hears(SAM))[-1].text == "I have asked *Leena Harjula* for you."


async def test_a_yes_that_comes_late_or_after_other_words_asks_nobody(database_url: str) -> None:
    async with story(database_url, "2027-01-19 10:12", SAM, LEENA) as told:
        await _sees_leena(told)
        await told.writes(SAM, "who are you")
        await told.writes(SAM, "ok")
        assert kind_of((await told.hears(SAM))[-1]) == "nod"

        await _sees_leena(told)
        await told.at("2027-01-19 10:30")
        await told.writes(SAM, "yes please")
        assert kind_of((await told.hears(SAM))[-1]) == "nod"
        assert await told.rows(IntroductionRow) == []

        await told.writes(SAM, "ask Leena")
        assert len(await told.rows(IntroductionRow)) == 1, "a name chooses at any time"


async def test_no_thanks_takes_no_request_back(database_url: str) -> None:
    async with story(database_url, "2027-01-19 10:12", SAM, LEENA) as told:
        await _sees_leena(told)
        await told.writes(SAM, "ask Leena")

        await told.writes(SAM, "no thanks")

        assert kind_of((await told.hears(SAM))[-1]) == "nod"
        (request,) = await told.rows(IntroductionRow)
        assert request.state == "asked"


async def test_a_bare_yes_or_no_answers_whether_the_field_is_right(database_url: str) -> None:
    async with story(database_url, "2027-01-19 10:12", SAM, LEENA) as told:
        await told.writes(SAM, "find me a contact")
        assert (await told.hears(SAM))[-1].button("fields.confirm") is not None
        await told.writes(SAM, "yes")
        assert "Leena" in (await told.hears(SAM))[-1].words

        await told.writes(SAM, "find me a contact")
        await told.writes(SAM, "no")
        assert (await told.hears(SAM))[-1].button("fields.confirm") is None
        assert kind_of((await told.hears(SAM))[-1]) != "nod"
