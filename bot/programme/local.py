"""What a whole network, a country or an institution may decide; whatever one does not set is taken from the one before.

The order is: the defaults, what is known of the country, the country in the file, the institution in the file.
"""

from functools import reduce
from typing import Annotated, Final, TypeVar
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field

from bot.programme.parts import (
    Break,
    Capacity,
    CountryCode,
    Handover,
    Nudges,
    OpenTime,
    Part,
    PublicHolidays,
    Questions,
    Reachable,
    Reply,
    Task,
    Tasks,
)

P = TypeVar("P", bound=Part)


def _zone(name: str) -> str:
    try:
        return ZoneInfo(name).key
    except (KeyError, ValueError, OSError):
        raise ValueError(f"“{name}” is no time zone; Europe/Helsinki is one") from None


Zone = Annotated[str, AfterValidator(_zone)]
LanguageCode = Annotated[str, Field(pattern="^[a-z]{2}$")]
ContactWord = Annotated[str, Field(min_length=1, max_length=40)]

EMERGENCY: Final = Reachable(name="Emergency number", phone="112")
"""Holds in the four countries of the programme (R14); for others no number is guessed. A programme gives the rest."""


class Local(Part):
    """The settings that may differ from place to place (domain.md 2.2)."""

    timezone: Zone | None = None
    open_time: OpenTime = OpenTime()
    public_holidays: PublicHolidays = PublicHolidays()
    breaks: tuple[Break, ...] = ()
    reply: Reply = Reply()
    nudges: Nudges = Nudges()
    capacity: Capacity = Capacity()
    languages: tuple[LanguageCode, ...] = ()
    contact_words: dict[LanguageCode, ContactWord] = Field(default_factory=dict)
    tasks: Tasks = Tasks()
    official_bodies: tuple[str, ...] = ()
    practicum_handover: Reachable | None = None
    data_officer: Reachable | None = None
    crisis_contacts: tuple[Reachable, ...] = ()
    questions: Questions = Questions()
    handover: tuple[Handover, ...] = ()
    leader_confirms_contact: bool = False
    guests_see_people: bool = False
    minimum_cell_size: Annotated[int, Field(ge=2, le=50)] = 5


class Institution(Local):
    """A school, a teacher education unit or a partner, by the name it has in the members file."""

    name: Annotated[str, Field(min_length=1)]
    country: CountryCode | None = None
    region: str | None = None
    contact: Annotated[str, Field(pattern="^[A-Z][A-Z0-9_]{1,63}$")] | None = None
    """The Slack user id of somebody who knows who teaches what there (unit-level contact)."""


OF_COUNTRY: Final = {
    "FI": Local(timezone="Europe/Helsinki", languages=("fi", "sv", "en")),
    "DE": Local(timezone="Europe/Berlin", languages=("de",)),
    "NO": Local(timezone="Europe/Oslo", languages=("nb", "nn")),
    "TR": Local(timezone="Europe/Istanbul", languages=("tr",), leader_confirms_contact=True),
}
"""What holds in a country unless the file says otherwise."""


def together(layers: list[Local]) -> Local:
    """The settings of the first layer with whatever each following one sets.

    Breaks of all layers count, and so do the lines that say who answers: the nearest layer's come first.
    """
    settled = reduce(_over, layers, Local())
    breaks = tuple(dict.fromkeys(one for layer in layers for one in layer.breaks))
    handover = tuple(one for layer in reversed(layers) for one in layer.handover)
    return settled.model_copy(update={"breaks": breaks, "handover": handover})


def _over(base: P, above: Part) -> P:
    """A part with the keys that another one sets, key by key inside the parts of both."""
    changed: dict[str, object] = {}
    for key in above.model_fields_set & type(base).model_fields.keys():
        before, after = getattr(base, key), getattr(above, key)
        if isinstance(before, dict):
            changed[key] = {**before, **after}
        elif isinstance(before, Part) and isinstance(after, Part) and not isinstance(after, Reachable):
            changed[key] = _over(before, after)
        else:
            changed[key] = after
    return base.model_copy(update=changed)


__all__ = ["EMERGENCY", "OF_COUNTRY", "Institution", "Local", "Task", "together"]
