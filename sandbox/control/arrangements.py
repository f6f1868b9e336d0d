"""What tests and the page arrange: the time, faults, the connection to the bot, who is in the team."""

import dataclasses
import math
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime

from sandbox.control.act import Act
from sandbox.control.request import Ask
from sandbox.delivery.bot_line import BotLine
from sandbox.delivery.http_delivery import HttpDelivery
from sandbox.delivery.socket_mode import SocketMode
from sandbox.delivery.subscriptions import Subscriptions
from sandbox.errors import UnclearRequest
from sandbox.moments import read_moment, read_span
from sandbox.people import Person
from sandbox.shapes import Json
from sandbox.web_api.faults import KINDS, Fault, Faults

_CHANGEABLE = frozenset(field.name for field in fields(Person)) - {"id"}


@dataclass(frozen=True)
class Arrangements:
    """Changes around the bot that no person of the workspace makes."""

    faults: Faults
    line: BotLine
    sockets: SocketMode
    subscriptions: Subscriptions
    signing_secret: str

    def by_name(self) -> Mapping[str, Act]:
        """Every arrangement under the name of its path."""
        return {
            "clock": self.clock,
            "faults": self.order_fault,
            "refresh": self.refresh,
            "redeliver": self.redeliver,
            "connect": self.connect,
            "join": self.join,
            "change": self.change,
        }

    async def clock(self, ask: Ask) -> Json:
        """Set or advance the clock; answers when everything on the way has happened."""
        clock = ask.workspace.clock
        if ask.optional("set") is not None:
            goal = read_moment(ask.text("set"))
        elif ask.optional("advance") is not None:
            goal = _later(ask)
        else:
            raise UnclearRequest("Say 'set' with an ISO moment or 'advance' with a span such as 3d4h.")
        await clock.travel(goal)
        now = clock.now().isoformat()
        ask.workspace.feed.tell_everyone({"type": "clock", "now": now})
        return {"now": now}

    async def order_fault(self, ask: Ask) -> Json:
        """Let calls of a method go wrong the next few times; ``times`` 0 takes all faults back."""
        kind = ask.text("kind")
        if kind not in KINDS:
            raise UnclearRequest(f"'{kind}' is not a kind of fault; there are {', '.join(KINDS)}.")
        fault = Fault(ask.text("method"), kind)  # type: ignore[arg-type]  # checked in the line above
        fault.times = int(_number(ask, "times", 1))
        fault.retry_after = int(_number(ask, "retry_after", fault.retry_after))
        fault.seconds = _number(ask, "seconds", fault.seconds)
        fault.error = str(ask.optional("error") or fault.error)
        if fault.times > 0:
            self.faults.add(fault)
        else:
            self.faults.clear()
        return {}

    async def refresh(self, _: Ask) -> Json:
        """Ask every socket to reconnect."""
        return {"told": await self.sockets.refresh()}

    async def redeliver(self, ask: Ask) -> Json:
        """Deliver an event once more."""
        delivery = self.line.deliveries.of_event(ask.text("event_id"))
        if delivery is None:
            raise UnclearRequest(f"There is no event '{ask.text('event_id')}'.")
        ack = await self.line.redeliver(delivery)
        return {"acked": ack.acked, "ack_ms": ack.ms}

    async def connect(self, ask: Ask) -> Json:
        """Deliver by HTTP to ``request_url``, or by sockets again when it is null; tries the address first."""
        url = ask.optional("request_url")
        http = HttpDelivery(str(url), self.signing_secret) if url else None
        self.line.use_http(http)
        return {"verified": await http.verify(self.line.ack_seconds)} if http else {}

    async def join(self, ask: Ask) -> Json:
        """Somebody new comes into the team."""
        given = {name: value for name, value in ask.fields.items() if name in _CHANGEABLE}
        person = Person(ask.text("id"), **({"name": ask.text("id")} | given))
        ask.workspace.add_person(person)
        ack = await self.subscriptions.joined(person)
        return {"acked": ack.acked, "ack_ms": ack.ms}

    async def change(self, ask: Ask) -> Json:
        """Somebody's profile changes: zone, language, name, or the account is closed."""
        given = {name: value for name, value in ask.fields.items() if name in _CHANGEABLE}
        if not given:
            raise UnclearRequest(f"Nothing to change; there are {', '.join(sorted(_CHANGEABLE))}.")
        person = dataclasses.replace(ask.person(), **given)
        ask.workspace.people.put(person)
        ack = await self.subscriptions.changed(person)
        return {"acked": ack.acked, "ack_ms": ack.ms}


def _later(ask: Ask) -> datetime:
    try:
        return ask.workspace.clock.now() + read_span(ask.text("advance"))
    except OverflowError:
        raise UnclearRequest("That is later than any calendar goes.") from None


def _number(ask: Ask, name: str, default: float) -> float:
    value = ask.optional(name)
    try:
        number = float(default if value is None else value)
    except (TypeError, ValueError):
        raise UnclearRequest(f"'{name}' has to be a number, not {value!r}.") from None
    if not math.isfinite(number):
        raise UnclearRequest(f"'{name}' has to be a finite number.")
    return number
