"""Whatever arrives at the wire: it is acknowledged, nothing goes wrong unhandled, and nobody else's rows change."""

import asyncio
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from bot.messages import ids
from handlers.audience import AUDIENCE
from sandbox.interactions.payloads import command, interaction
from tests.handlers.test_forged_interactions import _settled_tables
from tests.handlers.test_listeners import _differences, _of_others, _people_with_everything
from tests.journeys.stage import Cast, Story, story

MARKO = Cast("Marko Niemi", "mentor", ("0732",), locale="en-GB")
PARTS = sorted({value for name, value in vars(ids).items() if name.isupper() and "." not in value})

texts = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        ("find", "pause until 99.99.", "resume", "away", "meetup", "help", "profile", "I need a welder", "x" * 5_000)
    ),
)
oddities = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), texts),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=8), inner, max_size=3)),
    max_leaves=6,
)
answers = st.dictionaries(
    st.sampled_from(
        ("value", "selected_option", "selected_options", "selected_user", "selected_date", "selected_date_time")
    ),
    oddities,
    max_size=4,
)
states = st.one_of(
    oddities,
    st.dictionaries(st.sampled_from(PARTS), answers, max_size=6).map(
        lambda given: {"values": {name: {name: answer} for name, answer in given.items()}}
    ),
)
listeners = st.sampled_from(sorted(name for name in AUDIENCE if not name.startswith(("conversation.", "home."))))
events = st.sampled_from(("message", "app_mention", "app_home_opened", "user_change"))
payloads = st.one_of(
    st.tuples(st.just("action"), listeners, answers, oddities),
    st.tuples(st.just("view"), listeners, oddities, states),
    st.tuples(st.just("command"), texts, st.none(), st.none()),
    st.tuples(st.just("message"), texts, st.none(), st.none()),
    st.tuples(st.just("event"), events, texts, oddities),
)


@settings(
    max_examples=1, phases=[Phase.generate], deadline=None, suppress_health_check=list(HealthCheck), print_blob=True
)
@given(st.lists(payloads, min_size=30, max_size=40))
def test_whatever_arrives_is_acknowledged_and_changes_nothing_of_others(arriving: list[Any]) -> None:
    asyncio.run(_arrives(arriving))


async def _arrives(arriving: list[Any]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with story(f"sqlite:///{Path(folder) / 'fuzz.db'}", "2027-01-19 10:12", MARKO) as told:
            for workspace in (told.silta.workspace, "T0ANOTHER"):
                await _people_with_everything(told.silta.database, workspace)
            mine = (await told.member(MARKO)).id
            before = _of_others(await _settled_tables(told), mine)
            with capture_logs() as lines:
                for number, one in enumerate(arriving):
                    assert await _is_acknowledged(told, number, *one), one
                await told._quiet()
            assert [line for line in lines if line["log_level"] in ("error", "critical")] == []
            assert _differences(before, _of_others(await _settled_tables(told), mine)) == {}


async def _is_acknowledged(told: Story, number: int, kind: str, what: str, first: Any, second: Any) -> bool:
    person = told.sandbox.workspace.people.invented[MARKO.id]
    line, place = (
        told.sandbox.line,
        {"type": "message", "channel_id": "D0ODD", "message_ts": "1.1", "is_ephemeral": True},
    )
    trigger = {"trigger_id": told.sandbox.workspace.triggers.issue(person.id, None)}
    match kind:
        case "action":
            pressed = first | {"action_id": what, "type": "button", "action_ts": f"18.{number}", "block_id": second}
            body = interaction("block_actions", person) | trigger | {"actions": [pressed], "container": place}
            return (await line.ask("interactive", body, accepts_response=False)).acked
        case "view":
            view = {"id": f"V{number}", "hash": "1.a", "type": "modal", "callback_id": what}
            body = interaction("view_submission", person) | trigger
            body |= {"view": view | {"private_metadata": first, "state": second}, "response_urls": []}
            return (await line.ask("interactive", body, accepts_response=True)).acked
        case "command":
            body = command(person, what, "C0ODD", "odd", {}) | trigger
            return (await line.ask("slash_commands", body, accepts_response=True)).acked
        case "message":
            await told.writes(MARKO, what or "-")
            return True
    event = {"type": what, "user": MARKO.id, "channel": "C0ODD", "ts": f"17.{number}", "text": first, "tab": second}
    event = {"type": what, "user": person.id, "event_ts": f"17.{number}", "extra": second} | event
    if what == "user_change":
        event["user"] = {"id": MARKO.id, "tz": first, "locale": first}
    body = {"type": "event_callback", "team_id": told.silta.workspace, "event_id": f"Ev{number}", "event": event}
    return (await line.send_event(body)).acked
