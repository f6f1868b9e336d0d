"""Facts about what people say of themselves: the form, what came of it, and who confirms a contact person."""

from dataclasses import dataclass
from enum import StrEnum

from bot.facts.members import Person


@dataclass(frozen=True)
class Profile:
    """What somebody says of themselves; all of it may be empty.

    `offer` and `wish` are the two lines "I can offer" and "I would like"; `purposes` is what they agree to.
    """

    roles: tuple[str, ...]
    offer: str
    wish: str
    codes: tuple[str, ...]
    region: str | None
    institution: str | None
    languages: tuple[str, ...]
    capacity: int
    tasks: tuple[str, ...]
    rhythm: str
    purposes: tuple[str, ...]


@dataclass(frozen=True)
class RegionChoice:
    """A region to choose; `country` may be empty for one that is not in the list."""

    ref: str
    name: str
    country: str


@dataclass(frozen=True)
class ProfileForm:
    """The form, filled with what is known. `institutions` are examples of how to write one."""

    profile: Profile
    regions: tuple[RegionChoice, ...]
    institutions: tuple[str, ...]


@dataclass(frozen=True)
class ProfileEntered:
    """What came back with the form, as it was written and chosen; `field_words` has one field on each line.

    `region_ref` is that of a `RegionChoice`, or None.
    """

    roles: tuple[str, ...]
    offer: str
    wish: str
    field_words: str
    region_ref: str | None
    institution: str | None
    languages: tuple[str, ...]
    capacity: int
    tasks: tuple[str, ...]
    rhythm: str
    purposes: tuple[str, ...]


@dataclass(frozen=True)
class UnclearWords:
    """Words in which no single field was recognised, and the fields near them."""

    words: str
    near: tuple[str, ...]


class FieldMistake(StrEnum):
    """What else may be wrong with the fields of a profile."""

    MISSING = "missing"
    TOO_MANY = "too_many"


@dataclass(frozen=True)
class ProfileMistakes:
    """The form cannot be saved yet; what was written stays in it."""

    unclear: tuple[UnclearWords, ...] = ()
    fields: FieldMistake | None = None


class Listing(StrEnum):
    """Whether somebody is proposed to people who look for a contact."""

    NOT_A_CONTACT = "not_a_contact"
    PROPOSED = "proposed"
    UNWANTED = "unwanted"
    RESTS = "rests"
    WAITING = "waiting"
    NOT_NOW = "not_now"


@dataclass(frozen=True)
class ProfileSaved:
    """The profile as it is now. `confirmed_by` is whom a contact person waits for, if anybody."""

    profile: Profile
    listing: Listing
    confirmed_by: Person | None = None


@dataclass(frozen=True)
class ContactToConfirm:
    """Somebody of this institution has joined as a contact person: may they be proposed to others?"""

    contact: Person
    codes: tuple[str, ...]
    institution: str | None
    offer: str


@dataclass(frozen=True)
class ContactConfirmed:
    """This contact person is proposed to others from now on."""

    contact: Person


@dataclass(frozen=True)
class ContactNotConfirmed:
    """This contact person is not proposed for now; they are told neutrally."""

    contact: Person


@dataclass(frozen=True)
class Confirmed:
    """To the contact person: they are proposed from now on."""


@dataclass(frozen=True)
class NotConfirmed:
    """To the contact person: they are not proposed for now, and whom to ask about it."""

    coordinator: Person | None
