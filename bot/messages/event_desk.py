"""Words for coordinators: the preview of an event, how its announcement goes, who comes."""

import csv
from collections.abc import Iterator
from io import StringIO
from typing import Final

from slack_sdk.models.blocks import Block, ButtonElement, ConfirmObject

from bot.facts.events import (
    Attendance,
    Attendee,
    EventDraftDropped,
    EventNotPosted,
    EventPreview,
    EventRuns,
    EventsShown,
    EventUnclear,
    LocalTime,
    PeopleTold,
    Reach,
)
from bot.language import Markup, Translator, on_one_line, shown_literally
from bot.messages import event_forms, events, ids, parts
from bot.messages.parts import Message
from bot.rules.tables import safe_cell

NAMES_AT_MOST: Final = 60
"""People listed in a message; the file has all."""
NAMES_LETTERS_AT_MOST: Final = 2_000
"""Together with what stands around them they stay within Slack's 3,000."""
REGIONS_AT_MOST: Final = 30
EVENTS_AT_MOST: Final = 20


def preview(t: Translator, fact: EventPreview) -> Message:
    """What would go out, by each clock, to how many, and who cannot be told in time. Nothing has gone out yet."""
    lead = t.markup("Nothing has gone out yet. This is what people will see:")
    if fact.changes is not None:
        parts_changed = t.all_of([events.change(t, one) for one in fact.changes])
        lead = (
            t.markup("Nothing has gone out yet. You change: {what}.", what=parts_changed)
            if fact.changes
            else t.markup("You have changed nothing so far.")
        )
    publish, schedule = t.text("Publish"), t.text("Schedule")
    buttons = [
        parts.button(publish, ids.EVENTS_PUBLISH, fact.draft_ref, style="primary", confirm=_if_wide(t, fact, publish)),
        parts.button(t.text("Edit"), ids.EVENTS_EDIT, fact.draft_ref),
    ]
    if fact.changes is None:
        asked_back = _if_wide(t, fact, schedule)
        buttons.append(parts.button(schedule, ids.EVENTS_SCHEDULE, fact.draft_ref, confirm=asked_back))
    buttons.append(parts.button(t.text("Cancel"), ids.EVENTS_CANCEL, fact.draft_ref))
    return Message(
        lead,
        (parts.says(lead), *events.card(t, fact.event), *_times(t, fact), *_audience(t, fact), parts.buttons(*buttons)),
    )


def unclear(t: Translator, fact: EventUnclear) -> Message:
    """What is missing or wrong, each in its own sentence; the draft is kept."""
    lead = t.markup("Nothing has gone out. Before I can announce this, please look at:")
    sentences = [parts.says(shown_literally(f"• {event_forms.mistake(t, one)}")) for one in fact.mistakes]
    edit = parts.button(t.text("Edit"), ids.EVENTS_EDIT, fact.draft_ref, style="primary")
    drop = parts.button(t.text("Cancel"), ids.EVENTS_CANCEL, fact.draft_ref)
    title = [parts.says(parts.bold(parts.clipped(fact.draft.title, 150)))] if fact.draft.title.strip() else []
    return Message(lead, (parts.says(lead), *title, *sentences, parts.buttons(edit, drop)))


def dropped(t: Translator, _fact: EventDraftDropped) -> Message:
    """The draft is gone."""
    lead = t.markup("The draft is deleted. Nothing has gone out.")
    return Message(lead, (parts.says(lead),))


def runs(t: Translator, fact: EventRuns) -> Message:
    """How an announced event stands: answers, invitations, what could not be posted."""
    lead = _state(t, fact)
    blocks: list[Block] = [parts.says(lead), *events.card(t, fact.event)]
    blocks.append(parts.remarks(events.total(t, fact.event, fact.counts)))
    blocks += [
        parts.remarks(f"{region}: {events.numbers(t, counts, fact.event.capacity)}")
        for region, counts in fact.regions[:REGIONS_AT_MOST]
    ]
    if fact.not_posted:
        missing = t.all_of(list(fact.not_posted))
        blocks.append(parts.says(t.markup("The post could not be made in the channel of: {regions}.", regions=missing)))
    if fact.state == "published":
        blocks.append(parts.says(_progress(t, fact)))
    return Message(lead, (*blocks, parts.buttons(*_ways_on(t, fact))))


def shown(t: Translator, fact: EventsShown) -> Message:
    """What is ahead, soonest first."""
    lead = t.markup("What is ahead:") if fact.events else t.markup("No events are ahead just now.")
    blocks: list[Block] = [parts.says(lead)]
    for event in fact.events[:EVENTS_AT_MOST]:
        line = parts.says(events.headline(t, event))
        if fact.may_draft:
            line.accessory = parts.button(t.text("Open"), ids.EVENTS_SHOW, event.ref)
        blocks.append(line)
    buttons = [parts.button(t.text("Subscribe in my calendar"), ids.FEEDS_SUBSCRIBE, "feed")]
    if fact.may_draft:
        buttons.insert(0, parts.button(t.text("New event"), ids.EVENTS_DRAFT, "new", style="primary"))
    return Message(lead, (*blocks, parts.buttons(*buttons)))


def told(t: Translator, fact: PeopleTold) -> Message:
    """Whom personal invitations have reached."""
    lead = t.markup_plural(
        "*{title}*: {count} person got a personal invitation.",
        "*{title}*: {count} people got a personal invitation.",
        len(fact.names),
        title=fact.event.title,
    )
    blocks: list[Block] = [parts.says(lead)]
    if fact.names:
        blocks.append(parts.says(_names(fact.names) or "?"))
    if fact.not_told:
        blocks.append(parts.remarks(_not_written(t, fact.not_told)))
    return Message(lead, tuple(blocks))


def attendance(t: Translator, fact: Attendance) -> Message:
    """Who comes, may come, waits and does not; the file has everybody."""
    lead = t.markup("Who comes to *{title}*:", title=fact.event.title)
    blocks: list[Block] = [parts.says(lead)]
    for state in ("yes", "waiting", "maybe", "no"):
        people = [one for one in fact.people if one.state == state]
        if people:
            names = _names(tuple(_name(t, one) for one in people))
            said = t.markup("*{state}* ({count}): {names}", state=_said(t, state), count=len(people), names=names)
            blocks.append(parts.says(said))
    if not fact.people:
        blocks.append(parts.says(t.markup("Nobody has answered yet.")))
    if fact.was_there or fact.was_not_there:
        there = t.text("Were there: {yes} · were not: {no}", yes=fact.was_there, no=fact.was_not_there)
        blocks.append(parts.remarks(there))
    if fact.lessons:
        blocks.append(parts.says(t.markup("*What people took home*")))
        blocks += [parts.quotes(t, words) for words in fact.lessons[:10]]
    if fact.people:
        blocks.append(parts.buttons(parts.button(t.text("Download as a table"), ids.EVENTS_EXPORT, fact.event.ref)))
    return Message(lead, tuple(blocks))


def attendance_file(t: Translator, fact: Attendance) -> bytes:
    """Everybody's last answer as CSV, which a spreadsheet opens without running anything in it."""
    written = StringIO()
    rows = csv.writer(written, lineterminator="\r\n")
    rows.writerow(
        [t.text("Name"), t.text("Institution"), t.text("Region"), t.text("Answer"), t.text("Guest"), t.text("Answered")]
    )
    for one in fact.people:
        guest = t.text("yes") if one.is_guest else t.text("no")
        at = one.replied_at.astimezone(t.zone).strftime("%Y-%m-%d %H:%M")
        cells = (_name(t, one), one.institution, one.region, _said(t, one.state), guest, at)
        rows.writerow([safe_cell(on_one_line(cell)) for cell in cells])
    # The mark lets spreadsheets know the encoding.
    return ("\ufeff" + written.getvalue()).encode()


def not_posted(t: Translator, fact: EventNotPosted) -> Message:
    """A channel did not take the post; what to do about it."""
    lead = t.markup(
        "*{title}* could not be posted in the channel of {region}. Is Silta a member of it? Whoever wants personal "
        "invitations gets them all the same.",
        title=fact.event.title,
        region=fact.region,
    )
    return Message(lead, (parts.says(lead),))


def _times(t: Translator, fact: EventPreview) -> list[Block]:
    """By each clock of the audience, unless all of them show what the reader's own does."""
    offsets = {
        fact.event.starts_at.astimezone(zone).utcoffset() for zone in (t.zone, *(one.zone for one in fact.times))
    }
    if len(offsets) < 2:
        return []
    return [parts.says(Markup("\n".join(_time(t, fact, one) for one in fact.times)))]


def _time(t: Translator, fact: EventPreview, one: LocalTime) -> str:
    there = Translator(t.language, one.zone)
    at = fact.event.starts_at
    return t.markup(
        "{country}: {day} at {time}",
        country=t.country_name(one.country),
        day=there.day(there.local_day(at)),
        time=there.time(at),
    )


def _audience(t: Translator, fact: EventPreview) -> list[Block]:
    lines = [*(_reach(t, one) for one in fact.reach[:REGIONS_AT_MOST]), *_limits(t, fact)]
    lines.append(t.markup_plural("In all it is for {count} person.", "In all it is for {count} people.", fact.people))
    if fact.changes is None or fact.invited:
        lines.append(
            t.markup_plural(
                "{count} of them gets a personal invitation, in their open time.",
                "{count} of them get a personal invitation, in their open time.",
                fact.invited,
            )
        )
    blocks: list[Block] = [parts.says(Markup("\n".join(lines)))]
    if fact.too_late:
        late = t.markup_plural(
            "{count} person is on a break or holiday until answers close.",
            "{count} people are on a break or holiday until answers close.",
            fact.too_late,
        )
        if fact.better_close_on:
            day = t.day(fact.better_close_on)
            better = t.markup("With {day} as the last day to answer they could be told in time.", day=day)
            late = f"{late} {better}"
        blocks.append(parts.says(late))
    return blocks


def _limits(t: Translator, fact: EventPreview) -> Iterator[str]:
    """Everything beside its region that somebody must be to be told."""
    roles = event_forms.roles(t)
    for names in (
        parts.fields(t, fact.event.fields) if fact.event.fields else "",
        ", ".join(fact.institutions),
        ", ".join(roles[one] for one in fact.roles if one in roles),
    ):
        if names:
            yield t.markup("Only for: {fields}", fields=names)
    if fact.languages:
        names = t.all_of([t.language_name(one) for one in fact.languages])
        yield t.markup("Only for people who speak: {languages}", languages=names)


def _reach(t: Translator, one: Reach) -> str:
    if one.has_channel:
        return t.markup_plural("{region}: {count} person", "{region}: {count} people", one.people, region=one.region)
    return t.markup_plural(
        "{region}: {count} person, no channel, so only personal invitations",
        "{region}: {count} people, no channel, so only personal invitations",
        one.people,
        region=one.region,
    )


def _if_wide(t: Translator, fact: EventPreview, sure: str) -> ConfirmObject | None:
    if not fact.is_wide:
        return None
    question = t.text("This is for {count} people. Is that what you want?", count=fact.people)
    return events.asked_back(t, t.text("To so many people?"), question, sure)


def _state(t: Translator, fact: EventRuns) -> str:
    if fact.state == "cancelled":
        return t.markup("This event is cancelled. Whoever said yes or maybe is told.")
    if fact.state == "scheduled":
        day, time = t.day(t.local_day(fact.publish_at)), t.time(fact.publish_at)
        return t.markup("This goes out on {day} at {time}.", day=day, time=time)
    return t.markup("This event is announced.")


def _progress(t: Translator, fact: EventRuns) -> str:
    out = fact.fan_out
    said = t.markup("Personal invitations: {told} of {all} have gone out.", told=out.told, all=out.invited)
    if out.state == "running":
        said = t.markup("Personal invitations are on their way: {told} have gone out so far.", told=out.told)
    return f"{said} {_not_written(t, out.not_told)}" if out.not_told else said


def _not_written(t: Translator, count: int) -> str:
    return t.markup_plural("{count} was not sent.", "{count} were not sent.", count)


def _ways_on(t: Translator, fact: EventRuns) -> list[ButtonElement]:
    ref = fact.event.ref
    buttons = [
        parts.button(t.text("Refresh"), ids.EVENTS_SHOW, ref),
        parts.button(t.text("Who comes"), ids.EVENTS_ATTENDANCE, ref),
        parts.button(t.text("Who was told"), ids.EVENTS_TOLD, ref),
    ]
    if fact.state == "cancelled":
        return buttons
    buttons.append(parts.button(t.text("Edit"), ids.EVENTS_EDIT, ref))
    if fact.state == "published":
        buttons.append(parts.button(t.text("Guests"), ids.GUESTS_SHOW, ref))
    may_stop = fact.fan_out.state in ("running", "done") and not fact.fan_out.is_over
    if fact.state == "published" and may_stop:
        buttons.append(parts.button(t.text("Stop invitations"), ids.EVENTS_STOP, ref))
    sure = events.asked_back(
        t, t.text("Cancel the event?"), t.text("Whoever said yes or maybe is told."), t.text("Cancel the event")
    )
    buttons.append(parts.button(t.text("Cancel the event"), ids.EVENTS_CANCEL, ref, style="danger", confirm=sure))
    return buttons


def _name(t: Translator, one: Attendee) -> str:
    return one.name or t.text("Guest")


def _names(names: tuple[str, ...]) -> Markup:
    """As many names as fit, and how many more there are."""
    shown: list[str] = []
    for name in names[:NAMES_AT_MOST]:
        literal = shown_literally(on_one_line(name))
        if sum(map(len, shown)) + len(literal) > NAMES_LETTERS_AT_MOST:
            break
        shown.append(literal)
    rest = len(names) - len(shown)
    together = ", ".join(shown)
    return Markup(f"{together} + {rest}" if rest else together)


def _said(t: Translator, state: str) -> str:
    return {
        "yes": t.text("Coming"),
        "waiting": t.text("Waiting for a place"),
        "maybe": t.text("Maybe"),
        "no": t.text("Not coming"),
    }[state]
