"""Facts about what Silta answers, for the coordinators who look after it."""

from dataclasses import dataclass
from datetime import date

from bot.facts.members import Person
from bot.facts.questions import Title


@dataclass(frozen=True)
class Entry:
    """One entry in one language, as a coordinator reads and changes it. `questions` are how people ask for it."""

    entry_id: str
    language: str
    title: str
    questions: tuple[str, ...]
    answer: str
    source: str
    checked_on: date
    route: str
    countries: tuple[str, ...] = ()
    topic: str | None = None


@dataclass(frozen=True)
class EntriesShown:
    """Every answer in one language, by topic; which may be old; what waits for a coordinator's yes; what is retired."""

    language: str
    titles: tuple[tuple[str, tuple[Title, ...]], ...]
    old: tuple[Title, ...]
    drafts: tuple["Draft", ...]
    retired: tuple[Title, ...] = ()


@dataclass(frozen=True)
class EntryForm:
    """The form for an entry: a new one is empty but for its language, and cannot be retired."""

    entry: Entry
    may_retire: bool = False


@dataclass(frozen=True)
class Draft:
    """An entry that answers nobody yet: as it will be shown, and whether there is one like it already."""

    draft_ref: str
    entry: Entry
    is_new: bool
    by: Person | None


@dataclass(frozen=True)
class DraftForm:
    """The form in which whoever answered a question suggests the answer for everybody."""

    question_ref: str
    words: str
    answer: str


@dataclass(frozen=True)
class DraftKept:
    """The suggestion waits for a coordinator."""

    coordinator: Person | None


@dataclass(frozen=True)
class EntrySaved:
    """The entry answers from now on, within seconds."""

    title: str


@dataclass(frozen=True)
class EntryRetired:
    """The entry answers nobody any more, within seconds and in no language; it can be brought back."""

    entry_id: str
    language: str
    title: str


@dataclass(frozen=True)
class DraftDropped:
    """The draft is gone; what was answered before is answered still."""


@dataclass(frozen=True)
class WeeklyList:
    """What nobody could answer since the list before, and what is to be looked after. No names; words only of those
    who agreed.

    `unanswered` counts by topic, None for no topic.
    """

    unanswered: tuple[tuple[str | None, int], ...]
    words: tuple[str, ...]
    open_questions: int
    old: tuple[Title, ...]
    drafts: int
