"""Whatever arrives at the wire: it is acknowledged, nothing goes wrong unhandled, and nobody else's rows change."""

import asyncio
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from bot.messages import ids
from handlers.audience import AUDIENCE
from sandbox.interactions.payloads import command, interaction
from tests.handlers.test_forged_interactions import _settled_tables
from tests.handlers.test_listeners import (
    ANOTHER_WORKSPACE,
    OTHER_SCHOOL,
    REFERENCES,
    _differences,
    _of_others,
    _people_with_everything,
    _value,
)
from tests.journeys.stage import Cast, Story, story


class Reference(NamedTuple):
    """Stands for what a button of somebody else would name: in which of the two workspaces, and what."""

    workspace: int
    shape: str


CAST = (
    Cast("Marko Niemi", "mentor", ("0732",), locale="en-GB"),
    Cast("Sanna Laine", "student", locale="fi-FI"),
    Cast("Riikka Haavisto", "leader", locale="de-DE", institution=OTHER_SCHOOL),
    Cast("Gita Guest", "educator", locale="tr-TR", is_guest=True),
)
"""Nobody of them may decide anything for others here: no coordinator, and a leader of another school."""
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
references = st.builds(Reference, st.integers(0, 1), st.sampled_from(sorted(set().union(*REFERENCES.values()))))
values = st.one_of(oddities, references, references)
answers = st.dictionaries(
    st.sampled_from(
        ("value", "selected_option", "selected_options", "selected_user", "selected_date", "selected_date_time")
    ),
    st.one_of(values, st.fixed_dictionaries({"value": values})),
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
senders = st.sampled_from(CAST)
payloads = st.one_of(
    st.tuples(senders, st.just("action"), listeners, answers, oddities),
    st.tuples(senders, st.just("view"), listeners, values, states),
    st.tuples(senders, st.just("command"), texts, st.none(), st.none()),
    st.tuples(senders, st.just("message"), texts, st.none(), st.none()),
    st.tuples(senders, st.just("event"), events, texts, oddities),
)


@settings(
    max_examples=1, phases=[Phase.generate], deadline=None, suppress_health_check=list(HealthCheck), print_blob=True
)
@given(st.lists(payloads, min_size=30, max_size=40))
def test_whatever_arrives_is_acknowledged_and_changes_nothing_of_others(arriving: list[Any]) -> None:
    asyncio.run(_arrives(arriving))


async def _arrives(arriving: list[Any]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with story(f"sqlite:///{Path(folder) / 'fuzz.db'}", "2027-01-19 10:12", *CAST) as told:
            networks = [
                await _people_with_everything(told.silta.database, workspace)
                for workspace in (told.silta.workspace, ANOTHER_WORKSPACE)
            ]
            cast = [(await told.member(one)).id for one in CAST]
            before = _of_others(await _settled_tables(told), *cast)
            with capture_logs() as lines:
                for number, one in enumerate(_filled_in(arriving, networks)):
                    assert await _is_acknowledged(told, number, *one), one
                await told._quiet()
            assert [line for line in lines if line["log_level"] in ("error", "critical")] == []
            assert _differences(before, _of_others(await _settled_tables(told), *cast)) == {}


def _filled_in(arriving: Any, networks: list[dict[str, str]]) -> Any:
    """The same with real references of other people in place of what stands for them."""
    match arriving:
        case Reference(workspace, shape):
            return _value(networks[workspace], shape)
        case dict():
            return {name: _filled_in(one, networks) for name, one in arriving.items()}
        case list() | tuple():
            return type(arriving)(_filled_in(one, networks) for one in arriving)
    return arriving


async def _is_acknowledged(told: Story, number: int, who: Cast, kind: str, what: str, first: Any, second: Any) -> bool:
    person = told.sandbox.workspace.people.invented[who.id]
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
            await told.writes(who, what or "-")
            return True
    event = {"type": what, "user": person.id, "channel": "C0ODD", "ts": f"17.{number}", "text": first, "tab": second}
    event |= {"event_ts": f"17.{number}", "extra": second}
    if what == "user_change":
        event["user"] = {"id": person.id, "tz": first, "locale": first}
    body = {"type": "event_callback", "team_id": told.silta.workspace, "event_id": f"Ev{number}", "event": event}
    return (await line.send_event(body)).acked
