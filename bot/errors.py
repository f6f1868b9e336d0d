"""Every error that Silta expects, as one tree.

SiltaError
├── SettingsProblem             start-up: a setting is missing or malformed; one sentence, exit 2
│   ├── ProgrammeProblem        the programme file: names line or key
│   └── KnowledgeProblem        a knowledge pack: names file, line and key
├── StoreProblem                start-up: the database cannot be opened or is already in use
├── ImportProblem               a members file that cannot be read at all
└── Situation                   a person asked for something that cannot be done now; worded for that person
    ├── UnknownReference        an id that does not exist, or that belongs to somebody else: the same words for both
    ├── AlreadyAnswered         this card was answered before; the earlier answer stands
    ├── RequestWithdrawn        the asker took the request back
    ├── FoundSomeone            the request moved on before the answer came
    ├── AlreadyAsking           one pending request per field (R10)
    ├── NotAskable              that person is not open for contacts just now
    ├── TooManyOpen             so many requests wait for an answer already
    ├── EnoughForToday          so many requests were made today already
    ├── MembersOnly             guests and people of other organisations do not look at people here
    ├── AlreadyEnded            the contact was closed before
    ├── LastCoordinator         nobody else would look after the network
    ├── NotAppointable          a guest, somebody who has left, or nobody Silta knows cannot be a coordinator
    ├── PollIsOver              the groups of this poll are made
    ├── CircleAskedLately       one proposal per circle in two weeks; one wish to change it at a time
    ├── QuestionMovedOn         a question went on to somebody else before the answer came
    ├── TimesNotPossible        a proposed time is over, too soon or too far away, or its link is none
    ├── OnlyCoordinators        events are drafted, announced and changed by coordinators
    ├── EventIsOff              the event was cancelled, or has begun
    ├── TooManyGuests           an event has as many links for guests as fit
    ├── NoPublicAddress         guest pages and calendar addresses need SILTA_PUBLIC_URL
    └── RepliesClosed           the last day to answer is over; the organiser may be asked
"""

from datetime import date, datetime


class SiltaError(Exception):
    """The root of everything Silta expects to go wrong."""


class SettingsProblem(SiltaError):
    """A setting is missing or malformed; the message is one sentence that names it."""


class ProgrammeProblem(SettingsProblem):
    """The programme file cannot be used; the message names the file and the line or key."""


class WordListProblem(SettingsProblem):
    """A word list of fields cannot be read; the message names file and line."""


class KnowledgeProblem(SettingsProblem):
    """A knowledge pack cannot be read; the message names file, line and key."""


class StoreProblem(SiltaError):
    """The database cannot be opened, migrated or is already in use."""


class ImportProblem(SiltaError):
    """A members file cannot be read at all; the message says what to do."""


class Situation(SiltaError):
    """Something a person asked for cannot be done now; `bot.messages` words it, nothing has changed."""


class UnknownReference(Situation):
    """There is no such card for this person. Whether it exists for somebody else is not told."""


class AlreadyAnswered(Situation):
    """The card was answered before; the earlier answer stands (R17)."""

    def __init__(self, answered_at: datetime | None = None) -> None:
        super().__init__()
        self.answered_at = answered_at


class RequestWithdrawn(Situation):
    """The asker withdrew the request before the contact person answered (R10)."""


class FoundSomeone(Situation):
    """The request was released and went on before this answer came (R7, D2); `found` says whether to somebody."""

    def __init__(self, asker: str, *, found: bool, resting: bool) -> None:
        super().__init__()
        self.asker = asker
        self.found = found
        self.resting = resting


class AlreadyAsking(Situation):
    """The asker has a pending request in this field already (R10)."""

    def __init__(self, contact: str, introduction_ref: str) -> None:
        super().__init__()
        self.contact = contact
        self.introduction_ref = introduction_ref


class NotAskable(Situation):
    """That person cannot be asked just now: paused, resting, no longer a contact person, or oneself."""

    def __init__(self, contact: str) -> None:
        super().__init__()
        self.contact = contact


class TooManyOpen(Situation):
    """`at_most` requests of this person wait for an answer already; each can be taken back."""

    def __init__(self, at_most: int) -> None:
        super().__init__()
        self.at_most = at_most


class EnoughForToday(Situation):
    """This person has made as many requests today as one day has room for; tomorrow there is room again."""


class MembersOnly(Situation):
    """This person is a guest or of another organisation, and guests do not look at people here."""

    def __init__(self, coordinator: str | None) -> None:
        super().__init__()
        self.coordinator = coordinator


class AlreadyEnded(Situation):
    """The contact was closed before; nothing more to do."""


class LastCoordinator(Situation):
    """Nobody else looks after this network, so this person cannot stop, or be forgotten, yet."""


class NotAppointable(Situation):
    """A guest, somebody who has left, or somebody who has never written to Silta cannot look after the network."""


class PollIsOver(Situation):
    """The groups of this poll have been made; the next one comes by itself."""


class CircleAskedLately(Situation):
    """The circle is being asked, or was asked lately; `again_at` says from when on it can be asked again."""

    def __init__(self, again_at: datetime) -> None:
        super().__init__()
        self.again_at = again_at


class QuestionMovedOn(Situation):
    """The question went on to `receiver` before this person answered; nobody is blamed."""

    def __init__(self, receiver: str) -> None:
        super().__init__()
        self.receiver = receiver


class TimesNotPossible(Situation):
    """A proposed time is too soon or too far away, or the link is not http(s)."""


class OnlyCoordinators(Situation):
    """Only coordinators draft, announce, change and cancel events; whoever was one a moment ago is none now."""


class EventIsOff(Situation):
    """The event was cancelled, or it has begun: nothing can be answered or changed any more."""

    def __init__(self, title: str, *, is_cancelled: bool) -> None:
        super().__init__()
        self.title = title
        self.is_cancelled = is_cancelled


class TooManyGuests(Situation):
    """`at_most` people have a link to this event already; one that is not needed can be withdrawn."""

    def __init__(self, title: str, at_most: int) -> None:
        super().__init__()
        self.title = title
        self.at_most = at_most


class NoPublicAddress(Situation):
    """Nobody outside the chat can reach Silta: the installation has no public address."""


class RepliesClosed(Situation):
    """Answers have closed; a yes can still be taken back. `organiser` is whom to ask, as the chat knows them."""

    def __init__(self, title: str, closed_on: date, organiser: str | None) -> None:
        super().__init__()
        self.title = title
        self.closed_on = closed_on
        self.organiser = organiser
