"""Facts about questions: answered with a source, left to a person, or honestly not known (R14-R16)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from bot.facts.members import Person
from bot.programme import Reachable

NOTHING: Final = "-"
"""What a question is about when no entry of the knowledge pack is."""
SERIOUS: Final = "crisis"
"""What something serious is about: the topic of such entries, and the category that is kept of it (R14)."""
WORDS_AT_MOST: Final = 1_500
"""Characters of a question: what fits into a button, where a question waits until somebody presses."""
ANSWER_AT_MOST: Final = 2_500
"""Characters of an answer, whoever writes it: Slack shows 3,000 in one piece and takes as many in a form."""
IDEA = "ideas"
"""What a suggestion is about: the topic of the pack under which somebody may be responsible for ideas."""


@dataclass(frozen=True)
class Subject:
    """What a card is about: the id of an entry, or `NOTHING`, or `SERIOUS`, and the asker's words.

    The words are kept nowhere but in the buttons of the card, which only the asker sees in Slack.
    """

    entry_id: str
    words: str


@dataclass(frozen=True)
class Help:
    """Who can help: one responsible person, and the office in charge of it, where the programme names them.

    `official_bodies` are those who decide such things officially where the asker is (S17).
    """

    person: Person | None
    office: Reachable | None = None
    official_bodies: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answered:
    """What is known, with its source and the day it was checked (R16); `may_be_old` after twelve months.

    With `was_helpful` the question below the answer has been answered with yes. `with_person` is the route bot+person.
    """

    subject: Subject
    answer: str
    source: str
    checked_on: date
    may_be_old: bool
    with_person: bool
    help: Help
    was_helpful: bool = False


@dataclass(frozen=True)
class Title:
    """A known question as a button."""

    entry_id: str
    title: str


@dataclass(frozen=True)
class DidYouMean:
    """Up to three known questions that may be meant."""

    words: str
    titles: tuple[Title, ...]
    help: Help


@dataclass(frozen=True)
class NotKnown:
    """Nothing fits, and it is said; a person may know (R16)."""

    subject: Subject
    help: Help


@dataclass(frozen=True)
class KnownElsewhere:
    """The best answer holds only in these countries, so it is none here."""

    subject: Subject
    countries: tuple[str, ...]
    help: Help


@dataclass(frozen=True)
class LeftToPerson:
    """The bot never answers this itself (R14): why, and who does. Nothing has been passed on."""

    subject: Subject
    answer: str
    help: Help


@dataclass(frozen=True)
class NotWhatWasNeeded:
    """An answer did not help: a person is offered at once."""

    subject: Subject
    help: Help


@dataclass(frozen=True)
class IdeaHeard:
    """A suggestion: who could take it on. Nothing has been passed on."""

    subject: Subject
    help: Help


@dataclass(frozen=True)
class Serious:
    """Something serious: whom to turn to now, at any hour (R14). Nothing of the words is kept."""

    contacts: tuple[Reachable, ...]
    help: Help


@dataclass(frozen=True)
class PerhapsSerious:
    """Beside another answer: whom to turn to, in case that something serious was meant (R14)."""

    contacts: tuple[Reachable, ...]


@dataclass(frozen=True)
class CoordinatorTold:
    """It stands on the coordinators' weekly list, without a name."""


@dataclass(frozen=True)
class AskForm:
    """The form in which a question goes to a person; the asker sees the words and may change them."""

    subject: Subject
    receiver: Person
    may_be_nameless: bool


@dataclass(frozen=True)
class NowWithAnother:
    """Somebody else is responsible than the person who was named: nothing was sent and nothing is kept.

    `may_pass_on` unless the asker did not want to be named: that is ticked in the form.
    """

    subject: Subject
    receiver: Person
    may_pass_on: bool


@dataclass(frozen=True)
class HandedOver:
    """The question is on its way to this person; `answer_by` is when it goes on if they have no time."""

    question_ref: str
    receiver: Person
    reached_at: datetime
    at_once: bool
    answer_by: date


@dataclass(frozen=True)
class QuestionTakenBack:
    """The asker does not need an answer any more; the words are gone."""


@dataclass(frozen=True)
class Question:
    """A question as its receiver sees it; without an asker it was asked without a name."""

    question_ref: str
    asker: Person | None
    words: str
    moved_on: bool = False


@dataclass(frozen=True)
class QuestionReminder:
    """The one reminder, with the day on which the question goes on."""

    question: Question
    move_on: date


@dataclass(frozen=True)
class QuestionWithdrawn:
    """In place of a receiver's card: the asker took the question back, and its words are gone."""


@dataclass(frozen=True)
class QuestionElsewhere:
    """In place of a receiver's card: the question went on to this person; nobody is blamed."""

    receiver: Person


@dataclass(frozen=True)
class ReplyForm:
    """The form for an answer."""

    question: Question


@dataclass(frozen=True)
class Replied:
    """The answer is on its way to the asker; it may be of use to others, too."""

    question_ref: str
    asker: Person | None


@dataclass(frozen=True)
class AnswerArrived:
    """What a person answered, with their name."""

    answered_by: Person
    words: str
    answer: str


@dataclass(frozen=True)
class WentOn:
    """The question has gone on to this person; no reason is given."""

    receiver: Person


@dataclass(frozen=True)
class NobodyKnew:
    """Nobody could answer in time; the coordinators have it on their list."""
