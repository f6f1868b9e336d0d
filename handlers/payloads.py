"""Typed readers for what Slack sends: parsed once, in one place, failing clearly.

Whatever JSON arrives, a reader answers with a value, with None, or with UnknownReference: the same words that a
reference to nothing gets.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any, Final

from bot.errors import UnknownReference
from bot.facts.knowledge import Entry
from bot.facts.profiles import ProfileEntered
from bot.language import on_one_line, without_invisible_characters
from bot.messages import ids
from bot.messages.ids import (
    CHECKED_ON,
    COLLEAGUE,
    COUNTRIES,
    DUE_ON,
    ENDS_ON,
    ENTRY_ANSWER,
    ENTRY_QUESTIONS,
    ENTRY_SOURCE,
    ENTRY_TITLE,
    KINDS,
    NOTE,
    PROMISE,
    ROUTE,
    STARTS_ON,
    TOPIC,
)
from bot.messages.parts import ITEM, NO_DAYS, REF_SEPARATOR, WORDS_SEPARATOR
from bot.rules.open_time import DayRange

Body = Mapping[str, Any]
REFERENCE_AT_MOST: Final = 255
"""Characters. Slack's ids and ours are plain ASCII and far shorter."""
KEY_AT_MOST: Final = 200
NUMBER_AT_MOST: Final = 6
"""Digits."""
LATEST_SECONDS: Final = 4_102_444_800
"""The year 2100."""


@dataclass(frozen=True)
class CardPlace:
    """Where a message stands, so that it can be updated; `part_of` is the nudge of which one item was pressed."""

    channel: str
    ts: str
    part_of: str | None = None


def value(body: Body) -> str:
    """What the pressed button or chosen option carries. Raises UnknownReference when there is nothing."""
    action = _action(body)
    return _reference(action.get("value")) or _required(_inside(action, "selected_option").get("value"))


def pair(both: str) -> tuple[str, str]:
    """The two references in one value. Raises UnknownReference for anything else."""
    first, separator, second = both.partition(REF_SEPARATOR)
    if not (first and separator and second):
        raise UnknownReference
    return first, second


def subject(body: Body) -> tuple[str, str]:
    """What a card is about and its asker's words, as `parts.about` wrote them. Raises UnknownReference.

    The words may be anything: they are the presser's own, whatever a forged press says.
    """
    both = _action(body).get("value")
    about, separator, words = both.partition(WORDS_SEPARATOR) if isinstance(both, str) else ("", "", "")
    if not separator:
        raise UnknownReference
    return _required(about), without_invisible_characters(_whole(words))


def card_of(body: Body) -> CardPlace | None:
    """The message in which something was pressed; None on the home view and in forms."""
    container = _inside(body, "container")
    if container.get("type") != "message" or container.get("is_ephemeral"):
        return None
    channel, ts = _reference(container.get("channel_id")), _reference(container.get("message_ts"))
    return CardPlace(channel, ts, _part_of(body)) if channel and ts else None


def is_home(body: Body) -> bool:
    """True when something was pressed on the home view."""
    return _inside(body, "view").get("type") == "home"


def form_of(body: Body) -> str | None:
    """The id of the form in which something was pressed, if it was in one."""
    view = _inside(body, "view")
    return _reference(view.get("id")) if view.get("type") == "modal" else None


def somebody(body: Body) -> str:
    """The chat identity of the person chosen in a menu. Raises UnknownReference when nobody was chosen."""
    return _required(_action(body).get("selected_user"))


def remember(chosen: str, card: CardPlace | None) -> str:
    """What a form carries along: the references it is about, and the card to update afterwards."""
    return "|".join((chosen, card.channel, card.ts, card.part_of or "")) if card else chosen


def remembered(body: Body) -> tuple[str, CardPlace | None]:
    """What `remember` kept in this submitted form. Raises UnknownReference when there is nothing."""
    chosen, *place = _required(_inside(body, "view").get("private_metadata")).split("|")
    match place:
        case [channel, ts, *part_of] if channel and ts and len(part_of) <= 1:
            return chosen, CardPlace(channel, ts, "".join(part_of) or None)
    return chosen, None


def kinds(body: Body) -> tuple[str, ...]:
    """What the asker looks for, as ticked in the form."""
    return chosen_several(body, KINDS)


def number(written: str) -> int:
    """A whole number that is not negative. Raises UnknownReference for anything else."""
    if not (written.isdecimal() and len(written) < NUMBER_AT_MOST):
        raise UnknownReference
    return int(written)


def profile(body: Body) -> ProfileEntered:
    """What somebody says of themselves in the form. Raises UnknownReference when a choice is missing."""
    return ProfileEntered(
        roles=chosen_several(body, ids.ROLES),
        offer=_written(body, ids.OFFER) or "",
        wish=_written(body, ids.WISH) or "",
        field_words=_written(body, ids.FIELDS) or "",
        region_ref=_reference(_inside(_input(body, ids.REGION), "selected_option").get("value")),
        institution=line(body, ids.INSTITUTION),
        languages=chosen_several(body, ids.SPOKEN),
        capacity=number(chosen(body, ids.PLACES)),
        tasks=chosen_several(body, ids.TASKS),
        rhythm=chosen(body, ids.RHYTHM),
        purposes=chosen_several(body, ids.PURPOSES),
    )


def note(body: Body) -> str | None:
    """What the asker wrote in the form, as far as it can be seen and kept."""
    return _written(body, NOTE)


def paragraphs(body: Body, name: str) -> str:
    """What was written in that field of the form. Raises UnknownReference when there is nothing to be seen."""
    if (written := (_written(body, name) or "").strip()) == "":
        raise UnknownReference
    return written


def entry(body: Body, language: str, entry_id: str) -> Entry:
    """An entry as a coordinator wrote it in the form. Raises UnknownReference when something is missing."""
    ticked = _input(body, COUNTRIES).get("selected_options")
    options = [one for one in ticked if isinstance(one, Mapping)] if isinstance(ticked, list) else []
    return Entry(
        entry_id=entry_id,
        language=language,
        title=line(body, ENTRY_TITLE) or "",
        questions=tuple(one.strip() for one in paragraphs(body, ENTRY_QUESTIONS).splitlines() if one.strip()),
        answer=paragraphs(body, ENTRY_ANSWER),
        source=line(body, ENTRY_SOURCE) or "",
        checked_on=_day(_required(_input(body, CHECKED_ON).get("selected_date")), "%Y-%m-%d"),
        route=chosen(body, ROUTE),
        countries=tuple(_required(one.get("value")) for one in options),
        topic=line(body, TOPIC),
    )


def promise(body: Body) -> str:
    """What somebody wrote that they promised. Raises UnknownReference when there is nothing to be seen."""
    if (written := _written(body, PROMISE)) is None:
        raise UnknownReference
    return written


def due_on(body: Body) -> date | None:
    """The day chosen in the form, if one was."""
    return chosen_day(body, DUE_ON)


def _written(body: Body, name: str) -> str | None:
    written = _input(body, name).get("value")
    return without_invisible_characters(_whole(written)) or None


def colleague(body: Body) -> str:
    """The colleague chosen in the form. Raises UnknownReference when there is none."""
    return _required(_inside(_input(body, COLLEAGUE), "selected_option").get("value"))


def day_ranges(chosen: str) -> tuple[DayRange, ...]:
    """The days in one value, as `parts.day_ranges` wrote them. Raises UnknownReference for anything else."""
    if chosen == NO_DAYS:
        return ()
    ends = (one.partition("-") for one in chosen.split(REF_SEPARATOR))
    return tuple(DayRange(_day(first, "%Y%m%d"), _day(last, "%Y%m%d")) for first, _, last in ends)


def chosen_days(body: Body) -> DayRange:
    """The first and the last day chosen in the form. Raises UnknownReference when one is missing."""
    first, last = (_required(_input(body, name).get("selected_date")) for name in (STARTS_ON, ENDS_ON))
    return DayRange(_day(first, "%Y-%m-%d"), _day(last, "%Y-%m-%d"))


def chosen(body: Body, name: str) -> str:
    """What was chosen in that menu of the form. Raises UnknownReference when there is nothing."""
    return _required(_inside(_input(body, name), "selected_option").get("value"))


def chosen_several(body: Body, name: str) -> tuple[str, ...]:
    """Everything that was ticked or chosen in that part of the form."""
    ticked = _input(body, name).get("selected_options")
    options = ticked if isinstance(ticked, list) else []
    values = (_reference(option.get("value")) for option in options if isinstance(option, Mapping))
    return tuple(value for value in values if value)


def chosen_day(body: Body, name: str) -> date | None:
    """The day chosen in the form, if one was."""
    try:
        return date.fromisoformat(_reference(_input(body, name).get("selected_date")) or "")
    except ValueError:
        return None


def chosen_time(body: Body, name: str) -> time | None:
    """The time of day chosen in the form, if one was."""
    try:
        return time.fromisoformat(_reference(_input(body, name).get("selected_time")) or "").replace(tzinfo=None)
    except ValueError:
        return None


def line(body: Body, name: str) -> str | None:
    """What was written in that line of the form, on one line, as far as it can be seen and kept."""
    written = _input(body, name).get("value")
    return on_one_line(_whole(written)) or None


def text_of(body: Body, name: str) -> str | None:
    """What was written in that field of the form, as far as it can be seen and kept."""
    return _written(body, name)


def ticked(body: Body, name: str) -> bool:
    """Whether the one box of that name was ticked in the form."""
    options = _input(body, name).get("selected_options")
    return isinstance(options, list) and any(isinstance(one, Mapping) and one.get("value") == name for one in options)


def pressed(body: Body) -> str | None:
    """The id of the button or menu that was used, if one was."""
    return _reference(_action(body).get("action_id")) if body.get("type") == "block_actions" else None


def written(body: Body) -> str:
    """What somebody wrote in a message or after the command; empty for everything else."""
    found = body.get("text") if body.get("command") else _inside(body, "event").get("text")
    return found if isinstance(found, str) else ""


def moment(body: Body, name: str) -> datetime | None:
    """The moment chosen in the form, in UTC; None when there is none. Raises UnknownReference for an absurd one."""
    seconds = _input(body, name).get("selected_date_time")
    if not isinstance(seconds, int) or isinstance(seconds, bool):
        return None
    if not 0 <= seconds <= LATEST_SECONDS:
        raise UnknownReference
    return datetime.fromtimestamp(seconds, tz=UTC)


def without_mention(text: str) -> str:
    """The words of a mention, without the mention itself."""
    return " ".join(part for part in text.split() if not (part.startswith("<@") and part.rstrip(",:").endswith(">")))


def has_the_shape_of_slack(body: Body) -> bool:
    """Whether this is something that Slack posts, with everything in place that Bolt relies on before we are asked."""
    match body.get("type"):
        case "event_callback":
            return event_type(body) is not None
        case "block_actions":
            return bool(_reference(_action(body).get("action_id")))
        case "view_submission" | "view_closed":
            return bool(_reference(_inside(body, "view").get("callback_id")))
        case str():
            return True
    # The check of a new address comes as a form with nothing else in it.
    return isinstance(body.get("command"), str) or "ssl_check" in body


def event_type(body: Body) -> str | None:
    """Which event this is; None for clicks, forms and commands."""
    return _reference(_inside(body, "event").get("type"))


def inbox_key(body: Body) -> str | None:
    """What makes this event, click, form or command one of a kind; None for what needs no memory."""
    match body.get("type"):
        case "view_submission":
            view = _inside(body, "view")
            return _key("view", view.get("id"), view.get("hash"))
        case "block_actions":
            action = _action(body)
            return _key("action", _inside(body, "user").get("id"), action.get("action_id"), action.get("action_ts"))
    if body.get("command"):
        return _key("command", body.get("trigger_id"))
    return _key("event", body.get("event_id"))


def _key(kind: str, *parts: object) -> str | None:
    references = [_reference(part) for part in parts]
    return ":".join((kind, *map(str, references)))[:KEY_AT_MOST] if all(references) else None


def _action(body: Body) -> Mapping[str, Any]:
    actions = body.get("actions")
    first = actions[0] if isinstance(actions, list) and actions else None
    return first if isinstance(first, Mapping) else {}


def _part_of(body: Body) -> str | None:
    """The nudge of which one item was pressed, as `parts.item_id` names it."""
    match (_reference(_action(body).get("block_id")) or "").split(REF_SEPARATOR):
        case [kind, whole_ref, _, _] if kind == ITEM and whole_ref:
            return whole_ref
    return None


def _input(body: Body, name: str) -> Mapping[str, Any]:
    """One answered field of a form; block and action have the same id."""
    return _inside(body, "view", "state", "values", name, name)


def _inside(outer: Mapping[str, Any], *names: str) -> Mapping[str, Any]:
    """The object found by these names, one inside the other; empty when anything else is there."""
    for name in names:
        inner = outer.get(name)
        if not isinstance(inner, Mapping):
            return {}
        outer = inner
    return outer


def _whole(written: object) -> str:
    """The text; half of a character that needs two halves can neither be stored nor sent."""
    return written.encode("utf-8", "replace").decode("utf-8") if isinstance(written, str) else ""


def _day(written: str, how: str) -> date:
    try:
        return datetime.strptime(written, how).date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        raise UnknownReference from None


def _reference(found: object) -> str | None:
    if not isinstance(found, str) or not 0 < len(found) <= REFERENCE_AT_MOST:
        return None
    # Anything else than plain ASCII never came from us or from Slack, and some of it no database would take.
    return found if found.isascii() and found.isprintable() else None


def _required(found: object) -> str:
    if (reference := _reference(found)) is None:
        raise UnknownReference
    return reference
