"""Three example sentences for somebody who does not know yet what to write, in their language and about their field."""

from collections.abc import Iterable

from sandbox.field_names import field_name
from sandbox.people import Person

# {field} is the person's own field, {from_field} and {from_place} are Finnish forms ("from the electrical field").
SENTENCES: dict[str, tuple[str, str, str]] = {
    "en": (
        "Hi! I am looking for a contact in {field}, preferably in {place}.",
        "I would like to see somebody's working day. My field is {field}.",
        "What can you help me with?",
    ),
    "fi": (
        "Moi! Etsin kontaktia {from_field}, mieluiten {from_place}.",
        "Haluaisin nähdä jonkun työpäivän. Alani on {field}.",
        "Missä kaikessa voit auttaa?",
    ),
    "de": (
        "Hallo! Ich suche einen Kontakt im Bereich {field}, am liebsten in {place}.",
        "Ich würde gern einen Arbeitstag miterleben. Mein Fach ist {field}.",
        "Wobei kannst du mir helfen?",
    ),
    "nb": (
        "Hei! Jeg ser etter en kontakt innen {field}, helst i {place}.",
        "Jeg vil gjerne se en arbeidsdag. Faget mitt er {field}.",
        "Hva kan du hjelpe meg med?",
    ),
    "tr": (
        "Merhaba! Tercihen {place} bölgesinden, {field} alanında bir iletişim kişisi arıyorum.",
        "Birinin iş gününü görmek isterim. Alanım: {field}.",
        "Bana hangi konularda yardım edebilirsin?",
    ),
}
_FROM_PLACE = {
    "Uusimaa": "Uudeltamaalta",
    "Pirkanmaa": "Pirkanmaalta",
    "Varsinais-Suomi": "Varsinais-Suomesta",
    "Pohjois-Pohjanmaa": "Pohjois-Pohjanmaalta",
    "Lappi": "Lapista",
}
# What somebody without a field of their own, such as a coordinator, is shown.
_ANY_FIELD = "0613"


def samples_for(people: Iterable[Person]) -> dict[str, list[str]]:
    """Example sentences for everybody, by user id."""
    return {person.id: _sentences(person) for person in people}


def _sentences(person: Person) -> list[str]:
    code = person.field_codes[0] if person.field_codes else person.field or _ANY_FIELD
    place = person.region or person.country
    words = {
        "field": field_name(code, person.language),
        "from_field": field_name(code, "fi_from"),
        "place": place,
        "from_place": _FROM_PLACE.get(place, place),
    }
    return [sentence.format(**words) for sentence in SENTENCES.get(person.language, SENTENCES["en"])]
