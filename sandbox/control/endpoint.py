"""The HTTP side of the control interface."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from sandbox.control.act import Act
from sandbox.control.reading import Look
from sandbox.control.request import read_ask
from sandbox.errors import Refused, UnclearRequest
from sandbox.shapes import Json
from sandbox.workspace.workspace import Workspace

_NO_CACHE = {"Cache-Control": "no-store"}


@dataclass(frozen=True)
class Control:
    """Serves ``/_sandbox/{name}``: POST acts, GET looks, and ``feed`` streams."""

    workspace: Workspace
    acts: Mapping[str, Act]
    looks: Mapping[str, Look]

    async def answer(self, request: Request) -> Response:
        """One request; complaints come as 400 with a sentence."""
        try:
            if request.method == "POST":
                return JSONResponse({"ok": True, **await self._act(request)})
            return JSONResponse({"ok": True, **await self._look(request)}, headers=_NO_CACHE)
        except Refused as refusal:
            return JSONResponse({"ok": False, "error": str(refusal)}, 400)

    async def feed(self, request: Request) -> Response:
        """The stream of what happens to one person."""
        try:
            person = (await read_ask(request, self.workspace)).person()
        except UnclearRequest as refusal:
            return JSONResponse({"ok": False, "error": str(refusal)}, 400)
        stream: AsyncIterator[str] = self.workspace.feed.watch(person.id)
        return StreamingResponse(stream, media_type="text/event-stream", headers=_NO_CACHE)

    async def _act(self, request: Request) -> Json:
        act = self.acts.get(request.path_params["name"])
        if act is None:
            raise UnclearRequest(f"There is nothing to do called '{request.path_params['name']}'.")
        return await act(await read_ask(request, self.workspace))

    async def _look(self, request: Request) -> Json:
        look = self.looks.get(request.path_params["name"])
        if look is None:
            raise UnclearRequest(f"There is nothing to see called '{request.path_params['name']}'.")
        return look(await read_ask(request, self.workspace))
