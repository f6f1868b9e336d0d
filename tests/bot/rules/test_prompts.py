"""R4, S37: one light prompt at a time, never the same one twice within a year, never about a task that is off."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.rules.prompts import BANK, PER_TASK, Given, choose, task_of
from bot.rules.tasks import TASKS, Status, TaskSetting

TUESDAY = date(2027, 1, 19)
ALL_IN_USE = {task: TaskSetting("in_use") for task in TASKS}
STATUSES: tuple[Status, ...] = ("in_use", "occasional", "possible", "not_in_use", "unset")
SETTINGS = st.fixed_dictionaries({task: st.sampled_from(STATUSES).map(TaskSetting) for task in TASKS})
TASK_SETS = st.frozensets(st.sampled_from(TASKS))


def weeks_of(
    settings: dict[str, TaskSetting], weeks: int, offered: frozenset[str] = frozenset(), person: str = "leena"
) -> list[Given]:
    """What somebody is given week after week who answers nothing."""
    past: list[Given] = []
    for week in range(weeks):
        today = TUESDAY + timedelta(weeks=week)
        prompt = choose(settings, offered, past, today, person)
        if prompt is not None:
            past.append(Given(prompt, today))
    return past


@given(settings=SETTINGS, offered=TASK_SETS, person=st.text(max_size=12))
def test_no_prompt_is_repeated_within_a_year(
    settings: dict[str, TaskSetting], offered: frozenset[str], person: str
) -> None:
    past = weeks_of(settings, 110, offered, person)

    for place, one in enumerate(past):
        year = [other for other in past[place + 1 :] if other.on - one.on <= timedelta(days=365)]
        assert one.prompt not in {other.prompt for other in year}


@given(settings=SETTINGS, offered=TASK_SETS, declined=TASK_SETS)
def test_a_task_that_is_off_offered_or_declined_is_never_asked_about(
    settings: dict[str, TaskSetting], offered: frozenset[str], declined: frozenset[str]
) -> None:
    past = [Given(BANK[task][0], TUESDAY - timedelta(days=900), is_declined=True) for task in sorted(declined)]

    prompt = choose(settings, offered, past, TUESDAY, "leena")

    allowed = {task for task, setting in settings.items() if setting.status != "not_in_use"} - offered - declined
    assert (prompt is None) == (not allowed)
    assert prompt is None or task_of(prompt) in allowed


@given(settings=SETTINGS)
def test_possible_and_occasional_tasks_come_up_once_a_term(settings: dict[str, TaskSetting]) -> None:
    rare = [one for one in weeks_of(settings, 60) if settings[task_of(one.prompt)].status != "in_use"]

    terms = [(task_of(one.prompt), one.on.year, one.on.month > 7) for one in rare]
    assert len(terms) == len(set(terms))


def test_the_task_asked_about_longest_ago_comes_first() -> None:
    past = weeks_of(ALL_IN_USE, 64)

    for begin in range(0, 64, len(TASKS)):
        assert {task_of(one.prompt) for one in past[begin : begin + len(TASKS)]} == set(TASKS)


def test_the_whole_bank_lasts_more_than_a_year_of_weeks() -> None:
    prompts = [one.prompt for one in weeks_of(ALL_IN_USE, len(TASKS) * PER_TASK)]

    assert len(prompts) == len(set(prompts)) == 64


def test_with_nothing_left_there_is_no_prompt() -> None:
    one_task = {"T2": TaskSetting("in_use")}

    past = weeks_of(one_task, 52)

    assert len(past) == PER_TASK
    assert choose(one_task, (), past, TUESDAY + timedelta(weeks=52), "leena") is None
    assert choose(one_task, (), past, TUESDAY + timedelta(days=366), "leena") == past[0].prompt


@given(person=st.text(max_size=20), settings=SETTINGS)
def test_two_replicas_choose_alike(person: str, settings: dict[str, TaskSetting]) -> None:
    shuffled = dict(sorted(settings.items(), reverse=True))

    assert choose(settings, (), [], TUESDAY, person) == choose(shuffled, (), [], TUESDAY, person)


def test_people_do_not_all_get_the_same_question() -> None:
    asked = {choose(ALL_IN_USE, (), [], TUESDAY, f"person{number}") for number in range(200)}

    assert len(asked) > 30


def test_a_task_switched_off_is_silent_and_comes_back_when_it_is_switched_on() -> None:
    off = {"T2": TaskSetting("not_in_use")}

    assert choose(off, (), [], TUESDAY, "leena") is None
    assert choose({"T2": TaskSetting("in_use")}, (), [], TUESDAY, "leena") in BANK["T2"]


def test_a_duty_is_nothing_to_offer() -> None:
    duty = {"T2": TaskSetting("in_use", is_mandatory=True)}

    assert choose(duty, (), [], TUESDAY, "leena") is None
