"""The invented people of the practice workspace."""

import csv
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from sandbox.field_names import shown_fields
from sandbox.ids import TEAM

LOCALES = {"fi": "fi-FI", "de": "de-DE", "nb": "nb-NO", "tr": "tr-TR", "en": "en-GB", "sv": "sv-SE"}
_SEPARATOR = re.compile(r"\s*\|\s*")


@dataclass(frozen=True)
class Person:
    """Somebody with a Slack account; role, field and region are only shown on the page, never sent to the bot."""

    id: str
    name: str
    email: str = ""
    tz: str = "Europe/Helsinki"
    locale: str = "en-GB"
    role: str = ""
    field: str = ""
    country: str = ""
    region: str = ""
    institution: str = ""
    is_bot: bool = False
    deleted: bool = False
    team: str = TEAM
    is_guest: bool = False
    # ISCED-F codes of the members file, for example sentences.
    field_codes: tuple[str, ...] = ()

    @property
    def language(self) -> str:
        """The two letters of the language the person has set in Slack."""
        return self.locale[:2]

    @property
    def handle(self) -> str:
        """The old-style user name Slack still sends beside the real one, such as ``paivi.laine``."""
        plain = unicodedata.normalize("NFKD", self.name.lower()).encode("ascii", "ignore").decode()
        return re.sub(r"[^a-z0-9]+", ".", plain).strip(".") or self.id.lower()


def people_from_csv(path: Path | str) -> list[Person]:
    """The people of a members file (the columns of ``silta members import``), in the order of the file."""
    with Path(path).open(encoding="utf-8-sig", newline="") as file:
        return [_person(row) for row in csv.DictReader(file)]


def _person(row: dict[str, str]) -> Person:
    codes = tuple(filter(None, _SEPARATOR.split((row.get("fields") or "").strip())))
    languages = _SEPARATOR.split((row.get("languages") or "en").strip())
    return Person(
        id=row["slack_user_id"].strip(),
        name=row["name"].strip(),
        email=(row.get("email") or "").strip(),
        tz=(row.get("timezone") or "").strip() or "Europe/Helsinki",
        locale=LOCALES.get(languages[0].strip().lower(), "en-GB"),
        role=_listed(row, "role"),
        field=shown_fields(codes),
        field_codes=codes,
        country=(row.get("country") or "").strip(),
        region=(row.get("region") or "").strip(),
        institution=(row.get("institution") or "").strip(),
    )


def _listed(row: dict[str, str], column: str) -> str:
    return ", ".join(part for part in _SEPARATOR.split((row.get(column) or "").strip()) if part)
