"""Which one light prompt a person gets: a question about a task, never the same one twice within a year (R4, S37)."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from hashlib import sha256
from typing import Final

from bot.rules.tasks import TASKS, TaskSetting

PER_TASK: Final = 8
BANK: Final = {task: tuple(f"{task}.{number}" for number in range(1, PER_TASK + 1)) for task in TASKS}
"""The keys of all prompts by task. A key means one question for good: a new question gets a new number."""

NOT_REPEATED_FOR: Final = timedelta(days=366)
SPRING_ENDS_IN: Final = 7
"""July is the last month of the spring term; the autumn term begins in August."""


@dataclass(frozen=True)
class Given:
    """A prompt this person was given, the local day, and whether they said that its task is not for them."""

    prompt: str
    on: date
    is_declined: bool = False


def task_of(prompt: str) -> str:
    """The task that a prompt asks about: "T4.2" asks about T4."""
    return prompt.partition(".")[0]


def choose(
    settings: Mapping[str, TaskSetting], offered: Collection[str], given: Sequence[Given], today: date, person: str
) -> str | None:
    """The prompt for this person on this day, or None when none is left.

    Never about a task that is switched off or a duty, that they offer already or that they said is not for them; about
    one that is merely possible or occasional once a term (domain.md 2.2). The task asked about longest ago comes first.
    `person` is an opaque reference: it decides between equals, always in the same way, so that replicas choose alike.
    """
    declined = {task_of(one.prompt) for one in given if one.is_declined}
    recent = {one.prompt for one in given if today - one.on < NOT_REPEATED_FOR}
    last_on: defaultdict[str, date] = defaultdict(lambda: date.min)
    for one in given:
        for what in (one.prompt, task_of(one.prompt)):
            last_on[what] = max(one.on, last_on[what])
    open_tasks = [
        task
        for task, setting in settings.items()
        if task not in offered and task not in declined and _may_ask(setting, last_on[task], today)
    ]
    longest_ago = partial(_longest_ago_first, last_on, person)
    for task in sorted(open_tasks, key=longest_ago):
        if left := [prompt for prompt in BANK[task] if prompt not in recent]:
            return min(left, key=longest_ago)
    return None


def _longest_ago_first(last_on: Mapping[str, date], person: str, thing: str) -> tuple[date, bytes]:
    return last_on[thing], sha256(f"{person}:{thing}".encode()).digest()


def _may_ask(setting: TaskSetting, last_on: date, today: date) -> bool:
    if setting.status == "not_in_use" or setting.is_mandatory:
        return False
    return setting.status == "in_use" or _term(last_on) != _term(today)


def _term(day: date) -> tuple[int, bool]:
    """The half of the year that a day belongs to: January to July, or August to December."""
    return day.year, day.month > SPRING_ENDS_IN
