"""The one endpoint behind every Web API method: token, faults, pace, scopes, the work, the log."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sandbox.errors import SlackError
from sandbox.shapes import Json
from sandbox.web_api.call import Call, for_the_log, read_arguments
from sandbox.web_api.faults import Fault, Faults
from sandbox.web_api.log import CallLog
from sandbox.web_api.methods import METHODS
from sandbox.web_api.pace import Pace
from sandbox.web_api.scopes import NEEDED
from sandbox.web_api.tokens import Tokens
from sandbox.workspace.workspace import Workspace


@dataclass(frozen=True)
class Reply:
    """What goes back to the caller."""

    body: Json
    status: int = 200
    retry_after: int | None = None
    is_dropped: bool = False


@dataclass(frozen=True)
class WebApi:
    """Answers ``/api/{method}``; ``hang_up`` closes the caller's connection without an answer."""

    workspace: Workspace
    tokens: Tokens
    scopes: frozenset[str] | None
    log: CallLog
    faults: Faults
    pace: Pace
    hang_up: Callable[[Request], None]

    async def answer(self, request: Request) -> Response:
        """Serve one call and write it down."""
        method = request.path_params["method"]
        at, started = self.workspace.clock.now().isoformat(), time.perf_counter()
        fault = self.faults.next_for(method)
        arguments: Json = {}
        try:
            arguments = await read_arguments(request)
            reply = await self._reply(method, arguments, request, fault)
        except SlackError as error:
            reply = Reply(error.answer())
        real_ms = round((time.perf_counter() - started) * 1000, 3)
        kind = fault.kind if fault else None
        self.log.add(method, for_the_log(arguments), at, real_ms, reply.status, reply.body, kind)
        return await self._send(request, reply)

    async def _reply(self, method: str, arguments: Json, request: Request, fault: Fault | None) -> Reply:
        wait = fault.retry_after if fault and fault.kind == "rate_limited" else None
        wait = wait or self.pace.retry_after(method, str(arguments.get("channel", "")))
        if wait is not None:
            return Reply({"ok": False, "error": "ratelimited"}, 429, wait)
        if fault and fault.kind == "drop_before":
            return Reply({"ok": False, "error": "dropped_before_any_work"}, is_dropped=True)
        if fault and fault.kind == "error":
            raise SlackError(fault.error)
        if fault and fault.kind == "slow":
            await asyncio.sleep(fault.seconds)
        body = self._work(method, arguments, request)
        return Reply(body, is_dropped=fault is not None and fault.kind == "drop_after")

    def _work(self, method: str, arguments: Json, request: Request) -> Json:
        work = METHODS.get(method)
        if work is None:
            raise SlackError("unknown_method", req_method=method)
        token = str(arguments.pop("token", "")) or request.headers.get("authorization", "").removeprefix("Bearer ")
        self.tokens.check(method, token.strip())
        call = Call(method, arguments, self.scopes)
        call.need(*NEEDED.get(method, ()))
        return {"ok": True, **work(self.workspace, call)}

    async def _send(self, request: Request, reply: Reply) -> Response:
        if reply.is_dropped:
            self.hang_up(request)
            # Let the closed connection be noticed, so that the answer below goes nowhere.
            await asyncio.sleep(0.01)
        headers = {"X-Slack-Req-Id": f"{time.monotonic_ns():x}"}
        if reply.retry_after is not None:
            headers["Retry-After"] = str(reply.retry_after)
        if self.scopes is not None:
            headers["X-OAuth-Scopes"] = ",".join(sorted(self.scopes))
        return JSONResponse(reply.body, reply.status, headers)
