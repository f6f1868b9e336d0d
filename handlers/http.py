"""Slack over HTTP: nothing is read before the signature holds, and nothing malformed becomes a 500."""

import json
from collections.abc import Awaitable, Callable
from typing import Final
from urllib.parse import parse_qs

from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.signature import SignatureVerifier
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

BODY_AT_MOST: Final = 1_000_000
"""Bytes. Slack's own payloads stay far below it (a view is at most 250 KB)."""


class _TooLarge(Exception):
    pass


def web_app(healthy: Callable[[], Awaitable[bool]], bolt: AsyncApp | None, signing_secret: str | None) -> Starlette:
    """`/healthz`, and `/slack/events` when Slack reaches us over HTTP."""

    async def healthz(_request: Request) -> Response:
        well = await healthy()
        return JSONResponse({"healthy": well}, status_code=200 if well else 503)

    routes = [Route("/healthz", healthz)]
    if bolt is not None and signing_secret is not None:
        routes.append(Route("/slack/events", _slack_events(bolt, signing_secret), methods=["POST"]))
    return Starlette(routes=routes)


def _slack_events(bolt: AsyncApp, signing_secret: str) -> Callable[[Request], Awaitable[Response]]:
    verifier = SignatureVerifier(signing_secret)

    async def slack_events(request: Request) -> Response:
        try:
            body = await _body(request)
        except _TooLarge:
            return PlainTextResponse("The body is too large.", status_code=413)
        if not _is_signed(verifier, body, request):
            return PlainTextResponse("The signature does not fit.", status_code=401)
        if not _can_be_parsed(body, request.headers.get("content-type", "")):
            return PlainTextResponse("The body cannot be read.", status_code=400)
        received = AsyncBoltRequest(body=body.decode("utf-8"), headers=dict(request.headers))
        answer = await bolt.async_dispatch(received)
        return Response(answer.body, status_code=answer.status, headers=answer.first_headers_without_set_cookie())

    return slack_events


async def _body(request: Request) -> bytes:
    received = bytearray()
    async for chunk in request.stream():
        received += chunk
        if len(received) > BODY_AT_MOST:
            raise _TooLarge
    return bytes(received)


def _is_signed(verifier: SignatureVerifier, body: bytes, request: Request) -> bool:
    timestamp = request.headers.get("x-slack-request-timestamp", "")
    signature = request.headers.get("x-slack-signature", "")
    # A timestamp that is no plain number would raise inside the library.
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) < 20 and signature.isascii()):
        return False
    return verifier.is_valid(body, timestamp, signature)


def _can_be_parsed(body: bytes, content_type: str) -> bool:
    """Whether the body is what Bolt expects, looked at with a guard that Bolt lacks (deep nesting)."""
    try:
        text = body.decode("utf-8")
        if "application/json" not in content_type:
            payload = parse_qs(text, strict_parsing=True, max_num_fields=100).get("payload")
            if payload is None:
                return True
            text = payload[0]
        return isinstance(json.loads(text), dict)
    except (ValueError, RecursionError):
        return False
