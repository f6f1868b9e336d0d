"""Every address of the sandbox."""

from dataclasses import dataclass
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.types import Scope
from starlette.websockets import WebSocket

from sandbox.control.endpoint import Control
from sandbox.delivery.socket_mode import SocketMode
from sandbox.interactions.response_hooks import ResponseHooks
from sandbox.web_api.endpoint import WebApi
from sandbox.workspace.files import Files

PAGE = Path(__file__).parent / "page"


class _FreshFiles(StaticFiles):
    """Files that a browser asks for again each time, so that a new version is never mixed with an old one."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "no-cache"
        return response


@dataclass(frozen=True)
class Doors:
    """What stands behind the addresses."""

    web_api: WebApi
    sockets: SocketMode
    hooks: ResponseHooks
    control: Control
    files: Files

    def application(self) -> Starlette:
        """The ASGI application."""
        both = ["GET", "POST"]
        routes: list[BaseRoute] = [
            Route("/api/{method}", self.web_api.answer, methods=both),
            WebSocketRoute("/socket", self._socket),
            Route("/hooks/response/{token}", self.hooks.answer, methods=["POST"]),
            Route("/upload/{file_id}", self._upload, methods=["POST"]),
            Route("/files/{file_id}", self._file),
            Route("/_sandbox/feed", self.control.feed),
            Route("/_sandbox/{name}", self.control.answer, methods=both),
            Route("/", _index),
            Mount("/page", _FreshFiles(directory=PAGE, check_dir=False)),
        ]
        return Starlette(routes=routes)

    async def _socket(self, socket: WebSocket) -> None:
        await self.sockets.serve(socket)

    async def _upload(self, request: Request) -> Response:
        file = self.files.find(request.path_params["file_id"])
        if file is None:
            return PlainTextResponse("not found", 404)
        file.content = await request.body()
        return PlainTextResponse(f"OK - {len(file.content)}")

    async def _file(self, request: Request) -> Response:
        file = self.files.find(request.path_params["file_id"])
        if file is None or file.content is None:
            return JSONResponse({"ok": False, "error": "file_not_found"}, 404)
        return Response(file.content, headers={"Content-Disposition": "attachment"})


async def _index(_: Request) -> Response:
    page = PAGE / "index.html"
    if not page.exists():
        return PlainTextResponse("The page of the practice workspace is not part of this installation.", 404)
    return FileResponse(page, headers={"Cache-Control": "no-cache"})
