"""Running an ASGI application inside the event loop that is already there."""

import asyncio
import contextlib
import socket
from collections.abc import Iterator
from typing import Any

import uvicorn
from starlette.requests import Request
from starlette.types import ASGIApp


class _QuietServer(uvicorn.Server):
    """A uvicorn server that leaves the signals to whoever owns the loop."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class Serving:
    """One application on one port."""

    def __init__(self, app: ASGIApp) -> None:
        # The sans-io WebSocket implementation is the one that websockets still maintains for servers like this.
        config = uvicorn.Config(
            app,
            log_config=None,
            log_level="warning",
            access_log=False,
            lifespan="off",
            http="h11",
            ws="websockets-sansio",
            timeout_graceful_shutdown=1,
        )
        self._server = _QuietServer(config)
        self._task: asyncio.Task[None] | None = None

    async def start(self, host: str, port: int) -> int:
        """Listen; returns the port really bound (0 asks for any free one).

        Raises:
            OSError: the port is taken.
        """
        listening = socket.create_server((host, port), backlog=256)
        listening.setblocking(False)
        self._task = asyncio.create_task(self._server.serve(sockets=[listening]))
        while not self._server.started:
            if self._task.done():
                await self._task
                raise RuntimeError("The server ended before it had started.")
            await asyncio.sleep(0.005)
        bound: int = listening.getsockname()[1]
        return bound

    async def stop(self) -> None:
        """Stop listening and close every connection."""
        if self._task is None:
            return
        self._server.should_exit = True
        await self._task
        self._task = None

    def hang_up(self, request: Request) -> None:
        """Close the connection of this request at once, without an answer."""
        caller: Any = request.scope.get("client")
        for connection in list(self._server.server_state.connections):
            transport = getattr(connection, "transport", None)
            if transport is not None and getattr(connection, "client", None) == caller:
                transport.abort()
