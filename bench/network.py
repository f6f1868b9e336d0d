"""An invented network of any size, spread over the fields, countries and roles as a real one might be."""

import csv
import random
from collections.abc import Iterator
from pathlib import Path

from sandbox import Person
from sandbox.people import LOCALES

FIELDS = {
    "0713": 14, "0913": 14, "0715": 11, "0732": 9, "1013": 8, "0411": 8, "0716": 7, "0613": 6, "1012": 6, "0922": 5,
    "0722": 4, "1041": 4, "0811": 2, "1011": 2,
}  # fmt: skip
"""Fourteen fields with the share of people in each, in percent: care and electricity are many, forestry is few."""

ROLES = {"student": 45, "mentor": 45, "educator": 4, "leader": 3, "working_life": 3}
"""Shares in percent. Every second person could be asked: more than anybody hopes for, and the hardest for a search."""

PLACES = {
    "FI": ("fi", "Europe/Helsinki", ("Uusimaa", "Pirkanmaa", "Lappi", "Varsinais-Suomi")),
    "DE": ("de", "Europe/Berlin", ("Bayern", "Hamburg", "Hessen", "Sachsen")),
    "NO": ("nb", "Europe/Oslo", ("Trøndelag", "Vestland", "Oslo", "Rogaland")),
    "TR": ("tr", "Europe/Istanbul", ("İzmir", "Antalya", "Ankara", "Bursa")),
}
COUNTRY_SHARES = {"FI": 40, "DE": 30, "NO": 15, "TR": 15}
COLUMNS = (
    "slack_user_id", "name", "role", "country", "region", "institution", "fields", "languages", "capacity", "note"
)  # fmt: skip


def write(path: Path, count: int) -> None:
    """Writes a members file of so many people; the same people every time."""
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(COLUMNS)
        rows.writerows(_people(random.Random(2027), count))


def askers(count: int) -> list[Person]:
    """The first students of that network as people with a Slack account, who ask in the measurements."""
    students = (row for row in _people(random.Random(2027), 100_000) if row[2] == "student")
    return [_as_person(row) for row, _ in zip(students, range(count), strict=False)]


def _people(chance: random.Random, count: int) -> Iterator[tuple[str, ...]]:
    for number in range(count):
        country = _one_of(chance, COUNTRY_SHARES)
        language, _, regions = PLACES[country]
        role = _one_of(chance, ROLES)
        fields = dict.fromkeys(_one_of(chance, FIELDS) for _ in range(chance.choice((1, 1, 1, 2, 3))))
        yield (
            f"U{number:07}",
            f"Person {number}",
            role,
            country,
            chance.choice(regions),
            f"School {number % 200}",
            "|".join(fields),
            language + chance.choice(("", "|en", "|en")),
            str(chance.choice((1, 2, 2, 3))) if role == "mentor" else "",
            "I can show the workshop and say what a day is like." if role == "mentor" else "",
        )


def _one_of(chance: random.Random, shares: dict[str, int]) -> str:
    return chance.choices(list(shares), list(shares.values()))[0]


def _as_person(row: tuple[str, ...]) -> Person:
    language, zone, _ = PLACES[row[3]]
    return Person(id=row[0], name=row[1], tz=zone, locale=LOCALES[language], country=row[3], region=row[4])
