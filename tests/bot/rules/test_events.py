"""Who cannot be told before answers close, and which later day would help (R19)."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

import pytest

from bot.facts.events import Draft
from bot.messages.event_forms import MISTAKES
from bot.rules.events import better_close_on, mistakes, too_late, when
from bot.rules.links import is_link
from bot.rules.open_time import Calendar, DayRange

HELSINKI = ZoneInfo("Europe/Helsinki")
ALWAYS = Calendar(HELSINKI, time(8), time(16))
BREAK = Calendar(HELSINKI, time(8), time(16), closed=(DayRange(date(2027, 2, 8), date(2027, 2, 12)),))
NOW = datetime(2027, 2, 6, 9, 0, tzinfo=UTC)
"""A Saturday."""
STARTS_AT = datetime(2027, 2, 23, 7, 0, tzinfo=UTC)
CLOSES_AT = datetime(2027, 2, 12, 22, 0, tzinfo=UTC)


def test_whoever_is_on_a_break_until_answers_close_cannot_be_told() -> None:
    assert too_late([ALWAYS, BREAK, BREAK], NOW, CLOSES_AT) == 2


def test_a_day_after_the_break_is_suggested() -> None:
    assert better_close_on([ALWAYS, BREAK], NOW, STARTS_AT, CLOSES_AT, HELSINKI) == date(2027, 2, 16)


def test_nothing_is_suggested_when_the_event_begins_before_anybody_is_back() -> None:
    early = datetime(2027, 2, 15, 5, 0, tzinfo=UTC)

    assert better_close_on([ALWAYS, BREAK], NOW, early, CLOSES_AT, HELSINKI) is None


def test_answers_close_at_midnight_after_the_last_day_and_never_after_the_beginning() -> None:
    draft = Draft("Europe/Helsinki", "Coffee", on=date(2027, 2, 16), begins=time(8, 30), reply_by=date(2027, 2, 12))
    late = Draft("Europe/Helsinki", "Coffee", on=date(2027, 2, 16), begins=time(8, 30), reply_by=date(2027, 2, 16))

    found, same_day = when(draft), when(late)

    assert found is not None
    assert found.closes_at == CLOSES_AT
    assert same_day is not None
    assert same_day.closes_at == same_day.starts_at


def test_a_sound_draft_has_no_mistakes_and_each_field_at_most_one() -> None:
    sound = Draft("Europe/Helsinki", "Coffee", on=date(2027, 2, 16), begins=time(8, 30))
    empty = mistakes(Draft("Europe/Helsinki", "=@channel" + "x" * 200), NOW)

    assert mistakes(sound, NOW) == ()
    assert sorted(one.field for one in empty) == ["begins", "on", "title"]


def test_only_addresses_of_pages_are_links() -> None:
    assert is_link("https://example.org/meet?a=1")
    for bad in ("javascript:alert(1)", "ftp://example.org", "https://", "https://exa mple.org", "//example.org", "x"):
        assert not is_link(bad), bad


SOUND = Draft("Europe/Helsinki", "Coffee", on=date(2027, 2, 16), begins=time(8, 30), ends=time(9), capacity="12")
SLIPS: Final = (
    ("title", "title_missing", replace(SOUND, title=" ")),
    ("title", "title_too_long", replace(SOUND, title="A" * 5_000)),
    ("title", "title_calls_everybody", replace(SOUND, title="Coffee <!channel>")),
    ("title", "title_is_a_formula", replace(SOUND, title="=1+1")),
    ("on", "day_missing", replace(SOUND, on=None)),
    ("on", "day_does_not_exist", replace(SOUND, on=None, unreadable_day="31.2.")),
    ("on", "weekday_does_not_fit", replace(SOUND, weekday=0)),
    ("on", "is_over", replace(SOUND, on=date(2027, 2, 5))),
    ("on", "too_far_away", replace(SOUND, on=date(2028, 6, 1))),
    ("begins", "begins_missing", replace(SOUND, begins=None)),
    ("ends", "ends_before_it_begins", replace(SOUND, ends=time(8))),
    ("reply_by", "reply_by_after_the_start", replace(SOUND, reply_by=date(2027, 2, 17))),
    ("reply_by", "reply_by_is_over", replace(SOUND, reply_by=date(2027, 2, 5))),
    ("regions", "region_unknown", replace(SOUND, unknown_regions=("Atlantis",))),
    ("fields", "field_unknown", replace(SOUND, unknown_fields=("alchemy",))),
    ("institutions", "institution_unknown", replace(SOUND, unknown_institutions=("Nowhere",))),
    ("capacity", "capacity_is_no_number", replace(SOUND, capacity="twelve")),
    ("capacity", "capacity_too_small", replace(SOUND, capacity="0")),
    ("capacity", "capacity_too_small", replace(SOUND, capacity="-1")),
    ("capacity", "places_are_taken", replace(SOUND, capacity="2")),
    ("link", "link_is_none", replace(SOUND, link="javascript:alert(1)")),
    ("place", "words_too_long", replace(SOUND, place="A" * 151)),
    ("planned_role", "role_missing", replace(SOUND, kind="guest_talk", time_covered_by="the work plan")),
    ("time_covered_by", "time_not_covered", replace(SOUND, kind="study_visit", planned_role="hosts")),
)
WHEN_PUBLISHED: Final = {"publish_at_not_possible", "changed_meanwhile"}
"""Slips that only publishing can find."""


@pytest.mark.parametrize(("field", "name", "draft"), SLIPS)
def test_every_slip_is_found_by_its_own_name_beside_its_field(field: str, name: str, draft: Draft) -> None:
    assert [(one.field, one.name) for one in mistakes(draft, NOW, {"Uusimaa": 3})] == [(field, name)]


def test_every_slip_has_a_sentence_and_every_sentence_a_slip() -> None:
    assert {name for _, name, _ in SLIPS} | WHEN_PUBLISHED == set(MISTAKES)
