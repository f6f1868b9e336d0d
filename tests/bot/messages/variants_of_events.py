"""Every fact and form about events, with good defaults."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from slack_sdk.models.views import View

from bot.facts import events, guests, nudges
from bot.facts.members import Person
from bot.facts.prompts import Prompt
from bot.language import Translator
from bot.messages import event_forms
from bot.messages import guests as guest_words
from tests.bot.messages.flavours import Flavour

REF: Final = "eventRef_008"
STARTS_AT: Final = datetime(2027, 2, 16, 6, 30, tzinfo=UTC)
ENDS_AT: Final = datetime(2027, 2, 16, 7, 15, tzinfo=UTC)
FRIDAY: Final = date(2027, 2, 12)
HELSINKI, BERLIN, ISTANBUL = ZoneInfo("Europe/Helsinki"), ZoneInfo("Europe/Berlin"), ZoneInfo("Europe/Istanbul")
REMEMBERED: Final = f"{REF}|D0123456789|1800000000.000100"
TWELVE: Final = events.Counts(yes=12, maybe=3, waiting=2)


def facts(flavour: Flavour) -> dict[str, object]:
    """Every fact by a name of its own, with the people and words of this flavour."""
    return {**_told(flavour), **_at_the_desk(flavour), **_unclear(flavour), **_guests(flavour)}


def forms(flavour: Flavour) -> dict[str, Callable[[Translator], View]]:
    """Every form by a name of its own."""
    full = events.EventForm(REF, draft(flavour), is_change=True)
    empty = events.EventForm(REF, events.Draft(zone="Europe/Helsinki"))
    return {
        "event-form": lambda t: event_forms.form(t, empty, REMEMBERED),
        "event-form-full": lambda t: event_forms.form(t, full, REMEMBERED),
        "schedule-form": lambda t: event_forms.schedule_form(t, REMEMBERED),
        "guest-form": lambda t: guest_words.form(t, REMEMBERED),
        "lesson-form": lambda t: event_forms.lesson_form(t, events.LessonForm(REF, flavour.name), REMEMBERED),
    }


def event(flavour: Flavour) -> events.Event:
    """An event with everything that one can have."""
    return events.Event(
        ref=REF,
        uid=f"event-{REF}@silta",
        sequence=1,
        title=flavour.name,
        kind="guest_talk",
        starts_at=STARTS_AT,
        ends_at=ENDS_AT,
        zone=HELSINKI,
        place=flavour.offer[:150],
        link="https://example.org/meet",
        regions=("Uusimaa", "Pirkanmaa"),
        fields=("0713",),
        officiality="semi_official",
        planned_role=flavour.offer[:150],
        time_covered_by=flavour.offer[:150],
        capacity=12,
        is_per_region=True,
        closes_on=FRIDAY,
        organiser=Person("tainaRef0009", flavour.asker, "U0TAINA"),
        calendars=(("", "https://silta.example.org/calendar/abcdefghijklmnopqrstuvwx.ics"),),
    )


def draft(flavour: Flavour) -> events.Draft:
    """A draft with everything that one can have."""
    return events.Draft(
        zone="Europe/Helsinki",
        title=flavour.name,
        kind="study_visit",
        on=date(2027, 2, 16),
        begins=time(8, 30),
        ends=time(9, 15),
        place=flavour.offer[:150],
        link="https://example.org/meet",
        regions=("Uusimaa",),
        fields=("0713",),
        institutions=(flavour.institution or "",),
        roles=("mentor", "student"),
        languages=("fi", "nb"),
        unknown_regions=(flavour.word,),
        capacity="12",
        is_per_region=True,
        reply_by=FRIDAY,
        planned_role=flavour.offer[:150],
        time_covered_by=flavour.offer[:150],
    )


def _told(flavour: Flavour) -> dict[str, object]:
    whole = event(flavour)
    bare = replace(
        whole,
        kind="other",
        place="",
        link="",
        planned_role="",
        time_covered_by="",
        organiser=None,
        is_per_region=False,
        calendars=(("Google", "https://calendar.google.com/x"), ("Outlook", "https://outlook.office.com/x")),
    )
    nightly = replace(bare, ends_at=datetime(2027, 2, 17, 7, 15, tzinfo=UTC), capacity=None)
    post = events.EventPosted(REF, "C0UUSIMAA", whole, TWELVE, TWELVE, "Uusimaa", "fi", HELSINKI, is_open=True)
    cancelled = replace(post, event=replace(whole, is_cancelled=True), is_open=False)
    nudge = nudges.Nudge("nudge-Ref_06", (), (), Prompt("promptRef007", "T4.1", needs_resources=False), "weekly")
    return {
        "event-posted": post,
        "event-posted-bare": replace(post, event=bare),
        "event-posted-over": replace(post, is_open=False),
        "event-posted-cancelled": cancelled,
        "event-invited": events.EventInvited(whole, TWELVE, None),
        "event-invited-bare": events.EventInvited(nightly, events.Counts(), None),
        "event-coming": events.EventInvited(whole, TWELVE, "yes"),
        "event-waiting": events.EventInvited(whole, TWELVE, "yes", waits_as=2),
        "event-maybe": events.EventInvited(whole, TWELVE, "maybe"),
        "event-not-coming": events.EventInvited(whole, TWELVE, "no"),
        "event-promoted": events.EventPromoted(whole),
        "event-changed": events.EventChanged(whole, ("title", "time", "place")),
        "event-cancelled": events.EventCancelled(whole),
        "event-cancelled-bare": events.EventCancelled(bare),
        "event-reminder": events.EventReminder(whole, "yes"),
        "event-reminder-maybe": events.EventReminder(bare, "maybe"),
        "event-reminder-and-nudge": nudges.ReminderAndNudge(events.EventReminder(whole, "yes"), nudge),
        "were-you-there": events.WereYouThere(REF, flavour.name, STARTS_AT),
        "was-there": events.PresenceCounted(REF, was_there=True),
        "was-not-there": events.PresenceCounted(REF, was_there=False),
        "lesson-shared": events.LessonShared(is_kept=True),
        "lesson-not-kept": events.LessonShared(is_kept=False),
    }


def _at_the_desk(flavour: Flavour) -> dict[str, object]:
    whole = event(flavour)
    zones = (("DE", BERLIN), ("FI", HELSINKI), ("TR", ISTANBUL))
    preview = events.EventPreview(
        draft_ref=REF,
        event=whole,
        times=tuple(events.LocalTime(country, zone) for country, zone in zones),
        reach=(
            events.Reach("Uusimaa", 230, has_channel=True),
            events.Reach(flavour.region or "Lappi", 1, has_channel=False),
        ),
        people=231,
        invited=40,
        too_late=7,
        better_close_on=date(2027, 2, 15),
        is_wide=True,
        institutions=(flavour.institution or "Siltala",),
        roles=("leader", "mentor"),
        languages=("fi", "nb"),
    )
    small = replace(preview, times=(), reach=(), people=1, invited=1, too_late=1, better_close_on=None, is_wide=False)
    small = replace(small, institutions=(), roles=(), languages=())
    parts = ("title", "time", "place", "role", "capacity", "reply_by", "audience")
    running = events.EventRuns(
        event=whole,
        state="published",
        publish_at=STARTS_AT,
        fan_out=events.FanOut("running", 5_000, 230, 0),
        counts=TWELVE,
        regions=(("Pirkanmaa", events.Counts(5, 0, 0)), ("Uusimaa", TWELVE)),
        not_posted=(flavour.region or "Lappi",),
    )
    people = tuple(
        events.Attendee(flavour.name, flavour.institution or "", "Uusimaa", state, is_guest=False, replied_at=STARTS_AT)
        for state in ("yes", "waiting", "maybe", "no")
    )
    guest = events.Attendee("", "", "Uusimaa", "yes", is_guest=True, replied_at=STARTS_AT)
    return {
        "event-preview": preview,
        "event-preview-small": small,
        "event-preview-change": replace(preview, changes=parts, is_wide=False),
        "event-preview-no-change": replace(preview, changes=(), invited=0, is_wide=False),
        "event-draft-dropped": events.EventDraftDropped(),
        "event-runs": running,
        "event-runs-done": replace(running, fan_out=events.FanOut("done", 40, 40, 0), not_posted=(), regions=()),
        "event-runs-stopped": replace(running, fan_out=events.FanOut("stopped", 5_000, 230, 4_770)),
        "event-runs-scheduled": replace(running, state="scheduled"),
        "event-runs-cancelled": replace(running, state="cancelled"),
        "events-shown": events.EventsShown((whole, whole), may_draft=True),
        "events-many": events.EventsShown((whole,) * 20, may_draft=True),
        "events-shown-member": events.EventsShown((whole,), may_draft=False),
        "events-none": events.EventsShown((), may_draft=False),
        "people-told": events.PeopleTold(whole, (flavour.name,) * 80, 4_770),
        "people-told-one": events.PeopleTold(whole, (flavour.name,), 0),
        "attendance": events.Attendance(whole, (*people * 30, guest), 12, 1, (flavour.note or "…",) * 12),
        "attendance-nobody": events.Attendance(whole, (), 0, 0, ()),
        "event-not-posted": events.EventNotPosted(whole, flavour.region or "Lappi"),
    }


def _unclear(flavour: Flavour) -> dict[str, object]:
    found = tuple(events.Mistake("title", name, flavour.word, FRIDAY) for name in event_forms.MISTAKES)
    return {
        "event-unclear": events.EventUnclear(REF, draft(flavour), found),
        "event-unclear-empty": events.EventUnclear(REF, events.Draft(zone="Europe/Helsinki"), found[:1]),
    }


def _guests(flavour: Flavour) -> dict[str, object]:
    whole, address = event(flavour), "https://silta.example.org/events/" + "a" * 32
    people = tuple(guests.Guest(REF, flavour.name[:80], state) for state in ("yes", "waiting", "maybe", "no", None))
    return {
        "guests-shown": guests.GuestsShown(whole, (*people * 9, guests.Guest(REF, "", None))),
        "guests-none": guests.GuestsShown(whole, ()),
        "guest-invited": guests.GuestInvited(REF, whole, flavour.name[:80], address),
        "guest-invited-nameless": guests.GuestInvited(REF, whole, "", address),
        "feed-opened": guests.FeedOpened("https://silta.example.org/calendar/feed/" + "a" * 32 + ".ics"),
        "feed-there": guests.FeedThere(),
        "feed-stopped": guests.FeedStopped(),
    }
