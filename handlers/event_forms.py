"""What the form of an event says, and what is wrong in it, before Slack hears that it was received."""

from collections.abc import Mapping, Sequence
from typing import Any

from slack_bolt.context.async_context import AsyncBoltContext

from bot.messages import event_forms as words
from bot.messages import ids
from handlers.context import Turn
from handlers.payloads import Body, chosen, chosen_day, chosen_several, chosen_time, line, moment, remembered


async def mistakes(context: AsyncBoltContext, body: Body) -> Mapping[str, str]:
    """The sentences that belong beside the fields of the form; the draft is kept with what was filled in."""
    turn: Turn = context["turn"]
    draft_ref, _ = remembered(body)
    found = await turn.services.event_drafts.mistakes(turn.me.id, draft_ref, filled(body))
    return words.mistakes(turn.t, found)


async def schedule_mistakes(context: AsyncBoltContext, body: Body) -> Mapping[str, str]:
    """Whether an announcement may wait for the moment that was chosen."""
    turn: Turn = context["turn"]
    draft_ref, _ = remembered(body)
    at = moment(body, ids.PUBLISH_AT)
    return words.mistakes(turn.t, await turn.services.events.schedule_mistakes(turn.me.id, draft_ref, at))


def filled(body: Body) -> dict[str, Any]:
    """Everything in the form, by the names that a draft has for it."""
    return {
        "title": line(body, ids.TITLE) or "",
        "kind": chosen(body, ids.KIND),
        "on": chosen_day(body, ids.ON),
        "begins": chosen_time(body, ids.BEGINS),
        "ends": chosen_time(body, ids.ENDS),
        "place": line(body, ids.PLACE) or "",
        "link": line(body, ids.LINK) or "",
        "regions": _parts(line(body, ids.REGIONS)),
        "fields": _parts(line(body, ids.FIELDS)),
        "institutions": _parts(line(body, ids.INSTITUTIONS)),
        "roles": chosen_several(body, ids.ROLES),
        "languages": chosen_several(body, ids.LANGUAGES),
        "capacity": line(body, ids.CAPACITY) or "",
        **_details(body),
    }


def _details(body: Body) -> dict[str, Any]:
    return {
        "is_per_region": bool(chosen_several(body, ids.IS_PER_REGION)),
        "reply_by": chosen_day(body, ids.REPLY_BY),
        "officiality": chosen(body, ids.OFFICIALITY),
        "planned_role": line(body, ids.PLANNED_ROLE) or "",
        "time_covered_by": line(body, ids.TIME_COVERED_BY) or "",
    }


def _parts(written: str | None) -> Sequence[str]:
    return [part.strip() for part in (written or "").split(",") if part.strip()]
