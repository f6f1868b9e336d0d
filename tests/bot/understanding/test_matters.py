import pytest

from bot.understanding import matters


@pytest.mark.parametrize(
    "text",
    ["I want to talk to a human", "can i speak with a real person pls", "human please", "haluun puhua ihmiselle",
     "onko täällä ketään oikeeta ihmistä", "voinko jutella oikean ihmisen kanssa",
     "ich will mit einem Menschen sprechen",
     "gibt es hier einen echten Menschen?", "jeg vil snakke med et menneske",
     "kan jeg få snakke med et ekte menneske",
     "bir insanla konuşmak istiyorum", "gerçek bir insan var mı", "who is the coordinator",
     "wie erreiche ich die Koordination"],
)  # fmt: skip
def test_wish_for_a_human_is_understood(text: str) -> None:
    assert matters.asks_for_human(text)


@pytest.mark.parametrize(
    "text",
    ["", "I want to talk to a human resources teacher", "I want to talk to a welding teacher", "hi", "ihmistieteet",
     "a human hurt me", "ich suche jemanden aus der Pflege", "bir kaynak öğretmeniyle konuşmak istiyorum", "👍"],
)  # fmt: skip
def test_whoever_names_anything_else_asks_for_more_than_a_human(text: str) -> None:
    assert not matters.asks_for_human(text)


@pytest.mark.parametrize(
    "text",
    ["can someone check my contract", "I need someone to look at my payslip", "who can help me with my salary",
     "voiko joku tarkistaa mun työsopimuksen", "palkkani on väärin", "kann jemand meinen Vertrag prüfen",
     "kan noen se på kontrakten min", "biri sözleşmeme bakabilir mi", "maaşım eksik yattı"],
)  # fmt: skip
def test_own_contract_and_pay_are_a_persons_matter(text: str) -> None:
    assert matters.speaks_of_own_matter(text)


@pytest.mark.parametrize(
    "text",
    ["I need a contact who knows about my pay system", "a teacher of contract law", "my field is welding",
     "etsin sähköalan opettajaa", "mein Berufsfeld ist Elektrotechnik", "kaynak öğretmeni arıyorum"],
)  # fmt: skip
def test_a_field_is_no_matter_of_ones_own(text: str) -> None:
    assert not matters.speaks_of_own_matter(text)


@pytest.mark.parametrize(
    "text",
    ["how do I change my language", "change my field to carpentry", "vaihda kieli englanniksi",
     "miten muutan profiilia",
     "englanniksi kiitos", "wie ändere ich die Sprache", "auf Deutsch bitte", "hvordan bytter jeg språk",
     "dili değiştir", "branşımı nasıl değiştiririm"],
)  # fmt: skip
def test_wish_to_change_ones_settings_is_understood(text: str) -> None:
    assert matters.wants_to_change_settings(text)


@pytest.mark.parametrize(
    "text",
    ["I teach languages", "change my contact please", "etsin kieltenopettajaa", "ich suche eine Sprachlehrerin",
     "can you find me somebody who teaches welding in English"],
)  # fmt: skip
def test_a_language_alone_is_no_wish_to_change_anything(text: str) -> None:
    assert not matters.wants_to_change_settings(text)


@pytest.mark.parametrize(
    "text",
    ["how do I become a contact person", "I want to be a mentor", "miten pääsen yhteyshenkilöksi",
     "haluisin mentoriksi", "wie werde ich Ansprechpartner?", "ich möchte Mentorin werden",
     "hvordan blir jeg kontaktperson",
     "nasıl mentor olabilirim", "iletişim kişisi olmak istiyorum"],
)  # fmt: skip
def test_wish_to_become_a_contact_person_is_understood(text: str) -> None:
    assert matters.wants_to_become_contact(text)


@pytest.mark.parametrize(
    "text", ["my contact does not answer", "mun kontakti ei oo vastannut", "mein Kontakt meldet sich nicht",
             "kontakten min svarer ikke", "kişim cevap vermiyor"]
)  # fmt: skip
def test_a_silent_contact_is_told_from_a_new_one(text: str) -> None:
    assert matters.says_contact_is_silent(text)


@pytest.mark.parametrize(
    "text", ["find me a contact", "etsin mentoria", "ich suche einen Ansprechpartner", "mentor arıyorum"]
)
def test_looking_for_a_contact_is_none_of_all_this(text: str) -> None:
    assert not matters.wants_to_become_contact(text)
    assert not matters.says_contact_is_silent(text)


@pytest.mark.parametrize(
    "text",
    ["ok", "no", "joo", "👍", ":+1:", ":thumbsup: :smile:", "ei kiitos", "not now", "ok thanks",
     "alles klar", "greit", "tamam", "hayır", "ok, got it"],
)  # fmt: skip
def test_a_nod_is_understood(text: str) -> None:
    assert matters.is_nod(text)


@pytest.mark.parametrize(
    "text", ["", "asdf", "ok Leena", "yes please ask Leena", "right?", "no teacher answers", "🙂 hitsaus"]
)
def test_what_says_more_is_no_nod(text: str) -> None:
    assert not matters.is_nod(text)


@pytest.mark.parametrize(
    "text",
    ["what happened to the idea i sent", "where did my idea go", "mitä mun ehdotukselle tapahtui",
     "eteneekö mun idea",
     "wo ist meine idee geblieben", "stand meines vorschlags", "hva skjedde med ideen jeg sendte", "fikrim ne oldu"],
)  # fmt: skip
def test_the_state_of_an_idea_is_told_from_a_new_one(text: str) -> None:
    assert matters.asks_after_idea(text)


@pytest.mark.parametrize(
    "text",
    ["I have an idea for a meetup", "mulla ois idea tapaamiseksi", "idee für ein Treffen", "buluşma için fikrim var"],
)
def test_an_idea_for_a_meetup_is_understood(text: str) -> None:
    assert matters.names_gathering(text)
    assert not matters.asks_after_idea(text)
