"""The sandbox as one object: built from a clock and people, served inside the running event loop."""

import asyncio
import time
from collections.abc import Sequence

from starlette.applications import Starlette
from starlette.requests import Request

from sandbox.clock import Clock
from sandbox.control.arrangements import Arrangements
from sandbox.control.endpoint import Control
from sandbox.control.interaction_acts import InteractionActs
from sandbox.control.page_state import PageState
from sandbox.control.reading import Reading
from sandbox.control.writing_acts import WritingActs
from sandbox.delivery.bot_line import RETRY_AFTER_SECONDS, BotLine
from sandbox.delivery.http_delivery import HttpDelivery
from sandbox.delivery.socket_mode import SocketMode
from sandbox.delivery.subscriptions import Subscriptions
from sandbox.interactions.commands import Commands
from sandbox.interactions.presses import Presses
from sandbox.interactions.response_hooks import ResponseHooks
from sandbox.interactions.submissions import Submissions
from sandbox.people import Person
from sandbox.routes import Doors
from sandbox.samples import samples_for
from sandbox.serving import Serving
from sandbox.web_api.endpoint import WebApi
from sandbox.web_api.faults import Faults
from sandbox.web_api.log import CallLog
from sandbox.web_api.pace import Bucket, Limit, Pace
from sandbox.web_api.tokens import Tokens
from sandbox.workspace.workspace import Workspace

# During a long journey of the clock open pages are shown the time at most this often (real seconds).
_SHOW_CLOCK_EVERY = 0.05


class Sandbox:
    """A practice workspace that real Slack clients connect to at ``url`` + ``/api/``.

    ``scopes`` None means every scope; ``retry_after`` are the real seconds between attempts to deliver an event;
    ``echoes`` False keeps the bot's own messages from coming back to it as events, which Slack does.
    """

    def __init__(
        self,
        *,
        clock: Clock,
        people: Sequence[Person],
        scopes: frozenset[str] | None = None,
        signing_secret: str = "sandbox-signing-secret",  # noqa: S107 - invented, for this computer only
        bot_token: str = "xoxb-sandbox",  # noqa: S107
        app_token: str = "xapp-sandbox",  # noqa: S107
        title: str = "Silta",
        retry_after: Sequence[float] = RETRY_AFTER_SECONDS,
        echoes: bool = True,
    ) -> None:
        self.clock = clock
        self.signing_secret = signing_secret
        self.bot_token, self.app_token = bot_token, app_token
        self.samples = samples_for(people)
        self.workspace = Workspace(clock, people, title)
        self.log, self.faults, self._pace = CallLog(), Faults(), Pace()
        self.sockets = SocketMode(self.workspace.socket_tickets)
        self.line = BotLine(clock, self.sockets, retry_after)
        self._subscriptions = Subscriptions(self.workspace, self.line, echoes=echoes)
        self.workspace.messages.listener = self._subscriptions.on_message
        self.sockets.on_change = self._show_connection
        clock.on_move(self._show_clock)
        self._clock_shown = 0.0
        tokens = Tokens(bot_token, app_token)
        web_api = WebApi(self.workspace, tokens, scopes, self.log, self.faults, self._pace, self._hang_up)
        hooks = ResponseHooks(self.workspace)
        self.app: Starlette = Doors(web_api, self.sockets, hooks, self._control(), self.workspace.files).application()
        self._serving: Serving | None = None

    @property
    def url(self) -> str:
        """``http://127.0.0.1:PORT`` while the sandbox is served."""
        return self.workspace.url

    async def serve(self, host: str = "127.0.0.1", port: int = 0) -> int:
        """Start listening in this event loop; returns the port really bound.

        Raises:
            OSError: the port is taken.
        """
        self._serving = Serving(self.app)
        bound = await self._serving.start(host, port)
        self.workspace.url = f"http://{host}:{bound}"
        return bound

    async def close(self) -> None:
        """Hang up on everybody and stop listening."""
        self.workspace.feed.close()
        await self.line.close()
        await self.sockets.close()
        if self._serving:
            await self._serving.stop()
            self._serving = None

    def send_events_to(self, url: str | None) -> None:
        """Deliver by signed HTTP requests to this Request URL; None goes back to sockets."""
        self.line.use_http(HttpDelivery(url, self.signing_secret) if url else None)

    def limit(
        self, method: str, calls: int, seconds: float = 60.0, *, per_channel: bool = False, burst: int | None = None
    ) -> None:
        """Answer ``method`` with 429 beyond so many calls in so many real seconds.

        With ``burst`` so many may come at once and the others as fast as calls flow in, as Slack's own limits do.
        """
        limit = Bucket(calls, seconds, burst, per_channel) if burst else Limit(calls, seconds, per_channel)
        self._pace.limit(method, limit)

    def _control(self) -> Control:
        workspace, line = self.workspace, self.line
        writing = WritingActs(self._subscriptions)
        interactions = InteractionActs(
            Presses(workspace, line), Submissions(workspace, line), Commands(workspace, line)
        )
        arrangements = Arrangements(self.faults, line, self.sockets, self._subscriptions, self.signing_secret)
        reading = Reading(self.log, line, PageState(workspace, line, self.samples))
        acts = {**writing.by_name(), **interactions.by_name(), **arrangements.by_name()}
        return Control(workspace, acts, reading.by_name())

    def _hang_up(self, request: Request) -> None:
        if self._serving:
            self._serving.hang_up(request)

    def _show_connection(self) -> None:
        bot = {"name": self.workspace.title, "connected": self.line.transport.is_connected}
        self.workspace.feed.tell_everyone({"type": "bot", "bot": bot})

    async def _show_clock(self) -> None:
        # Long journeys make thousands of stops; give everything else a turn at each of them.
        await asyncio.sleep(0)
        if time.monotonic() - self._clock_shown >= _SHOW_CLOCK_EVERY:
            self._clock_shown = time.monotonic()
            self.workspace.feed.tell_everyone({"type": "clock", "now": self.clock.now().isoformat()})
