"""Who cannot be told before answers close, and which later day would help (R19)."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from bot.facts.events import Draft
from bot.rules.events import better_close_on, is_link, mistakes, too_late, when
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
