"""Every table as a person meets it: why it exists, whose its rows are, who sees them, and how long they are kept.

`my data`, "forget me", retention and docs/privacy.md all read this one list; tests/storage/test_traces.py fails for a
table or a column that is missing here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from sqlalchemy import ColumnElement, Table, exists, select, union_all

from storage.events import INVITATION, POST, EventPostRow, EventRow
from storage.introductions import ASKED, HOLDING_A_PLACE, IntroductionRow
from storage.meetups import MeetupRow
from storage.outbox import ATTEMPTING, CANCELLED, EXPIRED, FAILED, LEASED, PENDING, SENT, UNKNOWN, OutboxRow
from storage.waits import OFFERED, WAITING, WaitRow

Condition = Callable[[Table], ColumnElement[bool]]
A_MONTH: Final = timedelta(days=30)
A_YEAR: Final = timedelta(days=365)
EVERYWHERE: Final = frozenset({"id", "ref", "workspace"})
"""Columns that say nothing about anybody: numbers and opaque references of the tables themselves."""


@dataclass(frozen=True)
class Mine:
    """Rows are mine when this column holds my number; of them I am shown these columns.

    `reads` gives values another word, where the word we keep would tell what nobody is told (R7).
    """

    by: str
    shows: tuple[str, ...]
    only: Condition | None = None
    reads: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Kept:
    """Deleted so long after the moment in this column, if the condition holds."""

    since: str
    time: timedelta
    only: Condition | None = None


@dataclass(frozen=True)
class Summed:
    """What stays of a deleted row: plus one for this month and this value, without anybody."""

    value: str
    month_of: str


@dataclass(frozen=True)
class Trace:
    """One table. Its rows are found by `mine`; `others` are columns that name somebody who is not shown the row.

    What happens on "forget me" follows from the database itself: CASCADE deletes the row, SET NULL takes the name out.
    """

    table: str
    why: str
    seen_by: str
    kept: str
    mine: tuple[Mine, ...] = ()
    others: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    forgotten: Kept | None = None
    summed: Summed | None = None


NOT_AVAILABLE: Final = dict.fromkeys(("declined", "released", "passed_on", "unavailable"), "not_available")
"""Whoever asked is told the same, whatever the reason (R7)."""


def _arrived(table: Table) -> ColumnElement[bool]:
    """A request that its contact person has been sent."""
    return exists().where(
        OutboxRow.subject == table.c.ref,
        OutboxRow.kind == "introductions.request",
        OutboxRow.state.in_((SENT, UNKNOWN)),
    )


def _was_sent(table: Table) -> ColumnElement[bool]:
    return table.c.state == SENT


def _has_ended(table: Table) -> ColumnElement[bool]:
    return table.c.state.not_in(HOLDING_A_PLACE)


def _leads_nowhere(table: Table) -> ColumnElement[bool]:
    """An ask of which neither a request nor a place in a waiting list is left."""
    requests = exists().where(IntroductionRow.ask_id == table.c.id)
    waiting = exists().where(WaitRow.ask_id == table.c.id, WaitRow.state.in_((WAITING, OFFERED)))
    return ~requests & ~waiting


def _is_settled(table: Table) -> ColumnElement[bool]:
    """Ended, and nothing looks at it.

    The silence in a group (R11), the reply clock of a request, the post of an event that is to change in its place,
    and that nobody is invited twice rest on it.
    """
    running = select(IntroductionRow.ref).where(IntroductionRow.state == ASKED)
    lasting = table.c.kind.in_(("introductions.introduce", "meetups.group", POST, INVITATION))
    alive = union_all(*(select(one.ref) for one in (IntroductionRow, MeetupRow, EventPostRow, EventRow)))
    return (
        table.c.state.in_((SENT, FAILED, CANCELLED, EXPIRED, UNKNOWN))
        & table.c.subject.not_in(running)
        & ~(lasting & table.c.subject.in_(alive))
    )


def _is_told(table: Table) -> ColumnElement[bool]:
    """Nothing about it is still to be sent."""
    return ~exists().where(OutboxRow.subject == table.c.ref, OutboxRow.state.in_((PENDING, LEASED, ATTEMPTING)))


def _is_over(table: Table) -> ColumnElement[bool]:
    return table.c.state.not_in((WAITING, OFFERED))


_OF_A_REQUEST: Final = ("code", "kinds", "note", "state", "requested_at", "ended_at")

TRACES: Final = (
    Trace(
        "asks",
        "what somebody looks for (a field, perhaps a region), so that it ends in an outcome",
        "the asker; the coordinator if the asker presses for it",
        "12 months after the ask, once no request or waiting place hangs on it",
        (Mine("asker_id", ("code", "region", "kinds", "state", "asked_at")),),
        # The references of the people shown last: other people, and not introduced.
        hidden=("shown",),
        forgotten=Kept("asked_at", A_YEAR, _leads_nowhere),
    ),
    Trace(
        "audit_entries",
        "who did what of consequence, without words: coordinators' acts, consent, copies of data, forgetting",
        "coordinators, by `silta audit`",
        "24 months",
        (Mine("actor_id", ("at", "action", "outcome")),),
        hidden=("about",),
        forgotten=Kept("at", 2 * A_YEAR),
    ),
    Trace(
        "avoids",
        "who does not want to be brought together with whom",
        "nobody but the one who wished it; the other never learns of it, also not by `my data`",
        "until it is taken back",
        (Mine("member_id", ("other_id", "since")),),
        others=("other_id",),
    ),
    Trace(
        "away_periods",
        "days away, so that nobody is written to then",
        "the person; who waits for them learns the day of return if it delays the answer for long",
        "two weeks after their end",
        (Mine("member_id", ("starts_on", "ends_on", "said_at")),),
    ),
    Trace(
        "calendar_feeds",
        "the address at which somebody's calendar follows what they go to, as a digest",
        "nobody",
        "until it is stopped",
        (Mine("member_id", ("made_at",)),),
        hidden=("key_digest",),
    ),
    Trace(
        "check_ins",
        "when each side of a contact is asked how it goes, and what they said",
        "each side its own; sums for the programme",
        "with the contact",
        (
            Mine(
                "member_id",
                (
                    "introduction_id",
                    "number",
                    "kind",
                    "due_at",
                    "asked_at",
                    "fade_at",
                    "answer",
                    "answered_at",
                    "benefit",
                ),
            ),
        ),
        summed=Summed("benefit", "due_at"),
    ),
    Trace(
        "circle_change_votes",
        "answers to a wish to change a circle, while it is voted on",
        "nobody but the person",
        "until the vote is over",
        (Mine("member_id", ("change_id", "agrees")),),
    ),
    Trace(
        "circle_changes",
        "how a circle has decided to work; who wished it is not kept",
        "the circle",
        "24 months after the decision",
        hidden=("circle_id", "rhythm", "weekday", "state", "proposed_at", "closes_at", "decided_at"),
        forgotten=Kept("decided_at", 2 * A_YEAR),
    ),
    Trace(
        "circle_members",
        "who joined a circle, by their own press",
        "the members see how many they are",
        "until they leave",
        (Mine("member_id", ("circle_id", "joined_at")),),
    ),
    Trace(
        "circles",
        "a field and region whose people like to meet now and then",
        "everybody",
        "for good: nobody is in it",
        hidden=("code", "country", "region", "zone", "rhythm", "weekday", "founded_at", "next_poll_at"),
    ),
    Trace(
        "counts",
        "how many, by month: all that is left of deleted requests, answers and people",
        "the programme; cells under 5 are hidden",
        "for good: nobody is in it",
        hidden=("month", "what", "number"),
    ),
    Trace(
        "data_links",
        "the one-time address of a copy of one's data; it holds nothing of the copy",
        "nobody",
        "24 hours, or until it is opened",
        (Mine("member_id", ("made_at",)),),
        hidden=("key",),
        forgotten=Kept("made_at", timedelta(hours=24)),
    ),
    Trace(
        "event_drafts",
        "an event as a coordinator prepares it",
        "coordinators",
        "a month after the last change",
        (Mine("author_id", ("content", "changed_at")),),
        hidden=("event_id", "is_published"),
    ),
    Trace(
        "event_guests",
        "somebody outside Slack whom a coordinator invited to an event: a name if one was given",
        "coordinators",
        "30 days after the event",
        (Mine("invited_by", ("event_id", "invited_at")),),
        hidden=("name", "key_digest"),
    ),
    Trace(
        "event_lessons",
        "a line that somebody took home from an event and ticked to be shared; who it was is not kept",
        "everybody",
        "with the event",
        hidden=("event_id", "words"),
    ),
    Trace(
        "event_posts",
        "where an event was posted",
        "operators",
        "with the event",
        hidden=("event_id", "region", "channel", "shown_version"),
    ),
    Trace(
        "event_replies",
        "who comes to an event, or may come, or does not",
        "the person, and the coordinators",
        "with the event",
        (Mine("member_id", ("event_id", "answer", "region", "has_place", "replied_at", "has_told")),),
        # The key of a guest, who is no member, and the order of the waiting list.
        hidden=("guest_key", "place"),
    ),
    Trace(
        "events",
        "what is announced",
        "everybody whom it is for",
        "12 months after its end",
        (Mine("organiser_id", ("title", "starts_at", "ends_at", "place")),),
        hidden=(
            *("state", "kind", "zone", "link", "officiality", "planned_role", "time_covered_by", "regions", "fields"),
            *("institutions", "roles", "languages", "capacity", "is_per_region", "replies_close_at", "publish_at"),
            *("changed_at", "last_changes", "sequence", "version", "last_place", "fan_out", "invited_up_to"),
            *("calendar_key", "was_there", "was_not_there"),
        ),
        forgotten=Kept("ends_at", A_YEAR),
    ),
    Trace(
        "farewells",
        "that something of a person's has ended because somebody left: a field and a day, no name",
        "the person",
        "90 days",
        (Mine("member_id", ("kind", "code", "since", "made_at")),),
        hidden=("channel", "ts"),
        forgotten=Kept("made_at", 3 * A_MONTH),
    ),
    Trace(
        "handovers",
        "that something was left to a person (R14): the kind and the time, neither who asked nor what",
        "coordinators, as numbers",
        "24 months",
        (Mine("receiver_id", ("category", "handed_at")),),
        forgotten=Kept("handed_at", 2 * A_YEAR),
    ),
    Trace(
        "homes",
        "whose home view is drawn, and whether it is still right; not when it was opened",
        "nobody",
        "with the person",
        (Mine("member_id", ("is_outdated",)),),
    ),
    Trace(
        "inbox",
        "digests of what was received, so that a repeated click acts once",
        "nobody",
        "25 hours",
        hidden=("key", "received_at"),
    ),
    Trace(
        "introductions",
        "requests and the contacts that come of them",
        "the two of them; sums for the programme",
        "12 months after the end",
        (
            Mine("asker_id", ("contact_id", *_OF_A_REQUEST), reads={"state": NOT_AVAILABLE}),
            Mine("contact_id", ("asker_id", *_OF_A_REQUEST, "answered_at", "suggested_id"), _arrived),
        ),
        others=("suggested_id",),
        # To the asker these would tell "not now" from silence (R7); to both they are only our clock.
        hidden=("ask_id", "remind_at", "release_at", "quiet_since", "card_channel", "card_ts"),
        forgotten=Kept("ended_at", A_YEAR, _has_ended),
        summed=Summed("state", "requested_at"),
    ),
    Trace(
        "knowledge_changes",
        "who changed which answer, and how",
        "coordinators",
        "for good: answers must be traceable; who leaves is taken out",
        (Mine("changed_by_id", ("entry_id", "language", "changed_at")),),
        hidden=("what",),
    ),
    Trace(
        "knowledge_entries",
        "what this network answers otherwise than Silta does",
        "everybody",
        "for good; who drafted it until they leave",
        (Mine("drafted_by_id", ("entry_id", "language", "state", "title")),),
        hidden=("questions", "answer", "source", "checked_on", "route", "countries", "topic"),
    ),
    Trace(
        "listings",
        "the directory as it is searched, made from members",
        "whoever looks for a contact, without names until both said yes to be shown",
        "with the person",
        (Mine("member_id", ("code", "language", "country", "region", "institution", "load")),),
        hidden=("fullness", "last_contact_at"),
    ),
    Trace(
        "meetup_agenda_items",
        "lines of an agenda; who typed them is not kept",
        "the group",
        "until the meetup is over",
        hidden=("meetup_id", "words"),
    ),
    Trace(
        "meetup_members",
        "who is in a small group",
        "the group",
        "13 months after the poll",
        (Mine("member_id", ("meetup_id", "has_told")),),
    ),
    Trace(
        "meetup_rounds",
        "a poll of a circle",
        "the circle, with the name of whoever proposed it",
        "13 months after it began",
        (Mine("proposed_by", ("begun_at", "place", "link")),),
        hidden=("circle_id", "number", "state", "closes_at", "minutes"),
        forgotten=Kept("begun_at", 13 * A_MONTH),
    ),
    Trace(
        "meetup_slots",
        "the times of a poll",
        "the circle",
        "with the poll",
        hidden=("round_id", "starts_at"),
    ),
    Trace(
        "meetup_votes",
        "which times suit somebody",
        "nobody but the person",
        "with the poll",
        (Mine("member_id", ("round_id",)),),
        hidden=("slots",),
    ),
    Trace(
        "meetups",
        "a small group at one time; whether they met is counted, never by whom it was said",
        "the group",
        "with the poll",
        hidden=(
            *("round_id", "state", "starts_at", "ends_at", "changed_at", "sequence", "calendar_key"),
            *("met", "not_met", "not_yet"),
        ),
    ),
    Trace(
        "member_fields",
        "the fields of a contact person",
        "whoever looks for a contact",
        "with the person",
        (Mine("member_id", ("code",)),),
    ),
    Trace(
        "members",
        "who is in the network, what they offer and when they can be asked",
        "as the profile says; e-mail and reachability nobody but coordinators",
        "until \u201cforget me\u201d, or 12 months after the account was deactivated",
        (
            Mine(
                "id",
                (
                    *("platform", "external_id", "name", "roles", "country", "region", "institution", "languages"),
                    *(
                        "chosen_language",
                        "suggested_language",
                        "timezone",
                        "seen_timezone",
                        "capacity",
                        "tasks",
                        "offer",
                    ),
                    *("email", "availability", "nudge_rhythm", "nudges_snoozed_until", "nudge_due_at"),
                    *("releases_in_a_row", "last_contact_at", "deactivated_at"),
                    *("wish", "purposes", "welcomed_at", "joined_at", "confirmation", "vouched_roles", "is_guest"),
                    *("confirmed_on", "confirm_due_on"),
                ),
            ),
        ),
    ),
    Trace(
        "nudges",
        "which weekly nudge was planned, and whether anything came back",
        "nobody",
        "13 months",
        (Mine("member_id", ("week", "planned_at", "rhythm", "was_answered")),),
        hidden=("carried_by",),
    ),
    Trace(
        "outbox",
        "what is to be sent and what became of it; no words, no names",
        "operators, as numbers",
        "90 days after its end; the opening of a group conversation as long as the contact is known, posts and "
        "invitations as long as their event",
        (Mine("recipient_id", ("kind", "not_before", "finished_at"), _was_sent),),
        hidden=(
            *("delivery_id", "dedup_key", "subject", "priority", "expires_at", "state", "reason", "owner"),
            *("leased_until", "attempts", "attempted_at", "looked_up_at", "spread_at", "channel", "ts"),
        ),
        forgotten=Kept("finished_at", 3 * A_MONTH, _is_settled),
    ),
    Trace(
        "paces",
        "how fast may be posted, also into one conversation",
        "operators, as numbers",
        "an hour without a message",
        hidden=("method", "channel", "arrival_at", "blocked_until", "slowed_until", "share", "reason"),
    ),
    Trace(
        "promises",
        "what people noted for themselves",
        "nobody but the person",
        "until done, dropped or eight weeks old",
        (Mine("member_id", ("words", "due_on", "noted_at", "forget_at")),),
    ),
    Trace(
        "prompts_given",
        "which light prompts somebody was given, so that none is repeated",
        "nobody",
        "13 months; a \u201cnot for me\u201d holds for good",
        (Mine("member_id", ("prompt", "given_at", "answer")),),
        hidden=("nudge_id",),
    ),
    Trace(
        "questions",
        "what somebody sent to one responsible person, in their own words",
        "the two of them",
        "the words until 90 days after the end, the rest 12 months",
        (
            Mine("asker_id", ("topic", "words", "answer", "state", "asked_at", "ended_at", "without_name")),
            Mine("receiver_id", ("topic", "words", "answer", "state", "asked_at", "ended_at")),
        ),
        others=("earlier_id",),
        hidden=("remind_at", "move_on_at"),
        forgotten=Kept("ended_at", A_YEAR),
    ),
    Trace(
        "reports",
        "that somebody reported a problem: the kind and the time",
        "the coordinators it was passed on to, never the reported one",
        "names and words until they were passed on (an hour at most), the kind and the time 24 months",
        (Mine("reporter_id", ("category", "reported_at", "words", "reported_id")),),
        others=("reported_id",),
        forgotten=Kept("reported_at", 2 * A_YEAR, _is_told),
        summed=Summed("category", "reported_at"),
    ),
    Trace(
        "unanswered",
        "what nobody could answer; the words only if somebody pressed that a coordinator should know; never who",
        "coordinators",
        "the words 90 days; a topic and a day for good",
        hidden=("topic", "words", "told_at"),
    ),
    Trace(
        "waits",
        "who waits for a contact person, or for anybody",
        "the one who waits",
        "12 months after it was made, once it is over",
        (Mine("asker_id", ("state", "since", "offer_ends_at")),),
        others=("contact_id",),
        hidden=("ask_id",),
        forgotten=Kept("since", A_YEAR, _is_over),
    ),
    Trace(
        "weekly_lists",
        "when coordinators get their next list",
        "nobody",
        "for good: nobody is in it",
        hidden=("due_at",),
    ),
)
"""Every table, in the order of the alphabet."""
