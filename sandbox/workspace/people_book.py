"""Everybody with an account, and the user object Slack shows of them."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from sandbox.ids import APP, BOT, BOT_USER, SLACKBOT, TEAM
from sandbox.people import Person
from sandbox.shapes import Json

_PICTURE_SIZES = (24, 32, 48, 72, 192, 512)


class PeopleBook:
    """The accounts of the workspace: the invented people, the bot, and Slackbot, which every workspace has."""

    def __init__(self, people: Iterable[Person], bot_name: str) -> None:
        self.invented: dict[str, Person] = {person.id: person for person in people}
        self._machines = {
            BOT_USER: Person(BOT_USER, bot_name, tz="Europe/Helsinki", locale="en-US", is_bot=True),
            SLACKBOT: Person(SLACKBOT, "Slackbot", tz="America/Los_Angeles", locale="en-US"),
        }

    def find(self, person_id: str) -> Person | None:
        """The account with this id."""
        return self.invented.get(person_id) or self._machines.get(person_id)

    def with_email(self, email: str) -> Person | None:
        """The person with this address, whatever its case."""
        wanted = email.casefold()
        return next((one for one in self.invented.values() if one.email and one.email.casefold() == wanted), None)

    def everybody(self) -> list[Person]:
        """Every account, people first, in the order they were made."""
        return [*self.invented.values(), *self._machines.values()]

    def ids(self) -> set[str]:
        """The ids that a mention may name."""
        return {*self.invented, *self._machines}

    def put(self, person: Person) -> None:
        """Add or replace an account."""
        self.invented[person.id] = person

    @property
    def bot(self) -> Person:
        """The bot's own account."""
        return self._machines[BOT_USER]


def user_object(person: Person, now: datetime, *, with_locale: bool = False, with_email: bool = True) -> Json:
    """The ``user`` object of ``users.info``; Slackbot is, as in Slack, not marked as a bot."""
    shown: Json = {
        "id": person.id,
        "team_id": person.team or TEAM,
        "name": person.handle,
        "deleted": person.deleted,
        "color": "4bbe2e",
        "real_name": person.name,
        **_zone(person, now),
        "profile": _profile(person, with_email=with_email),
        "is_admin": False,
        "is_owner": False,
        "is_primary_owner": False,
        "is_restricted": person.is_guest,
        "is_ultra_restricted": False,
        "is_bot": person.is_bot,
        "is_app_user": False,
        "updated": 1_790_000_000,
        "is_email_confirmed": not person.is_bot,
        "who_can_share_contact_card": "EVERYONE",
    }
    if with_locale:
        shown["locale"] = person.locale
    return shown


def _zone(person: Person, now: datetime) -> Json:
    local = now.astimezone(ZoneInfo(person.tz))
    offset = local.utcoffset()
    return {"tz": person.tz, "tz_label": local.tzname(), "tz_offset": int(offset.total_seconds()) if offset else 0}


def _profile(person: Person, *, with_email: bool) -> Json:
    first, _, last = person.name.partition(" ")
    profile: Json = {
        "title": "",
        "phone": "",
        "skype": "",
        "real_name": person.name,
        "real_name_normalized": person.name,
        "display_name": person.name,
        "display_name_normalized": person.name,
        "fields": None,
        "status_text": "",
        "status_emoji": "",
        "status_expiration": 0,
        "avatar_hash": "g" + person.id.lower(),
        "first_name": first,
        "last_name": last,
        "team": person.team or TEAM,
        **{f"image_{size}": f"https://example.invalid/{person.id}-{size}.png" for size in _PICTURE_SIZES},
    }
    if person.is_bot:
        profile |= {"api_app_id": APP, "bot_id": BOT, "always_active": True}
    elif with_email and person.email:
        profile["email"] = person.email
    return profile
