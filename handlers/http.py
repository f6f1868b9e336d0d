"""Slack over HTTP: nothing is read before the signature holds, and nothing malformed becomes a 500."""

import re
from collections.abc import Awaitable, Callable, Iterable
from typing import Any, Final

from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.signature import SignatureVerifier
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.services.guests import Guests
from handlers.guest_pages import Allowance, calendar_feed, route
from handlers.payloads import has_the_shape_of_slack

BODY_AT_MOST: Final = 1_000_000
"""Bytes. Slack's own payloads stay far below it (a view is at most 250 KB)."""
NESTED_AT_MOST: Final = 60
"""Objects and lists inside each other. Slack's deepest payload, rich text in a modal, has about fifteen."""
METRICS_TYPE: Final = "text/plain; version=0.0.4"
"""Prometheus' text format."""
CONTENT_TYPES: Final = ("application/json", "application/x-www-form-urlencoded")
CalendarOf = Callable[[str], Awaitable[bytes | None]]
"""The calendar file behind an address that only the people of a meetup know; None when there is none."""
_CALENDAR_KEY: Final = re.compile(r"[A-Za-z0-9_-]{16,32}")
CopyFor = Callable[[str], Awaitable[bytes | None]]
"""The copy of somebody's data behind a one-time address; None when there is none (any more)."""
_PRIVATE: Final = {
    "Cache-Control": "private, no-store",
    "Content-Disposition": 'attachment; filename="silta-my-data.zip"',
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_SECONDS: Final = re.compile(r"[0-9]{1,12}")


class _TooLarge(Exception):
    pass


def web_app(
    healthy: Callable[[], Awaitable[bool]],
    bolt: AsyncApp | None,
    signing_secret: str | None,
    measured: Callable[[], Awaitable[str]] | None = None,
    calendar_of: CalendarOf | None = None,
    copy_for: CopyFor | None = None,
    feed_of: CalendarOf | None = None,
    guests: Guests | None = None,
) -> Starlette:
    """`/healthz`, `/metrics`, calendar files, copies of own data, pages of guests; `/slack/events` when Slack reaches
    us over HTTP.
    """
    routes = [Route("/healthz", _healthz(healthy)), Route("/metrics", _metrics(measured))]
    routes += _behind_secrets(calendar_of, copy_for, feed_of, guests)
    if bolt is not None and signing_secret is not None:
        routes.append(Route("/slack/events", _slack_events(bolt, signing_secret), methods=["POST"]))
    return Starlette(routes=routes)


def _behind_secrets(
    calendar_of: CalendarOf | None, copy_for: CopyFor | None, feed_of: CalendarOf | None, guests: Guests | None
) -> list[Route]:
    """Whoever knows the address may read it; it cannot be guessed."""
    routes = []
    if calendar_of is not None:
        routes.append(Route("/calendar/{key}.ics", _calendar(calendar_of)))
    if copy_for is not None:
        routes.append(Route("/my-data/{secret}.zip", _my_data(copy_for), methods=["GET"]))
    if feed_of is not None:
        routes.append(calendar_feed(feed_of))
    if guests is not None:
        routes.append(route(guests, Allowance()))
    return routes


def _healthz(healthy: Callable[[], Awaitable[bool]]) -> Callable[[Request], Awaitable[Response]]:
    async def healthz(_request: Request) -> Response:
        well = await healthy()
        return JSONResponse({"healthy": well}, status_code=200 if well else 503)

    return healthz


def _metrics(measured: Callable[[], Awaitable[str]] | None) -> Callable[[Request], Awaitable[Response]]:
    async def metrics(_request: Request) -> Response:
        return PlainTextResponse(await measured() if measured else "", media_type=METRICS_TYPE)

    return metrics


def _calendar(calendar_of: CalendarOf) -> Callable[[Request], Awaitable[Response]]:
    async def calendar(request: Request) -> Response:
        key = request.path_params["key"]
        found = await calendar_of(key) if _CALENDAR_KEY.fullmatch(key) else None
        if found is None:
            return PlainTextResponse("There is no such calendar.", status_code=404)
        return Response(found, media_type="text/calendar", headers={"Cache-Control": "private, no-store"})

    return calendar


def _my_data(copy_for: CopyFor) -> Callable[[Request], Awaitable[Response]]:
    async def my_data(request: Request) -> Response:
        secret = request.path_params["secret"]
        # Whoever only asks whether there is something (HEAD) must not use it up.
        wanted = request.method == "GET" and _CALENDAR_KEY.fullmatch(secret) is not None
        found = await copy_for(secret) if wanted else None
        if found is None:
            return PlainTextResponse("There is nothing here (any more). Ask Silta again for your data.", 404)
        return Response(found, media_type="application/zip", headers=_PRIVATE)

    return my_data


def _slack_events(bolt: AsyncApp, signing_secret: str) -> Callable[[Request], Awaitable[Response]]:
    verifier = SignatureVerifier(signing_secret)

    async def slack_events(request: Request) -> Response:
        try:
            body = await _body(request)
        except _TooLarge:
            return PlainTextResponse("The body is too large.", status_code=413)
        except ClientDisconnect:
            return PlainTextResponse("The body is not complete.", status_code=400)
        if not _is_signed(verifier, body, request):
            return PlainTextResponse("The signature does not fit.", status_code=401)
        received = _received(body, request)
        if received is None:
            return PlainTextResponse("The body cannot be read.", status_code=400)
        answer = await bolt.async_dispatch(received)
        return Response(answer.body, status_code=answer.status, headers=answer.first_headers_without_set_cookie())

    return slack_events


async def _body(request: Request) -> bytes:
    if int(request.headers.get("content-length", 0)) > BODY_AT_MOST:
        raise _TooLarge
    received = bytearray()
    async for chunk in request.stream():
        received += chunk
        # A body that comes in chunks says nothing about its length beforehand.
        if len(received) > BODY_AT_MOST:
            raise _TooLarge
    return bytes(received)


def _is_signed(verifier: SignatureVerifier, body: bytes, request: Request) -> bool:
    timestamp = request.headers.get("x-slack-request-timestamp", "")
    signature = request.headers.get("x-slack-signature", "")
    # The library would raise for a timestamp that is no number and for a signature that is not ASCII.
    if not _SECONDS.fullmatch(timestamp) or not signature.isascii():
        return False
    try:
        return verifier.is_valid(body, timestamp, signature)
    except UnicodeDecodeError:
        # The library signs text only, as Slack does; such bytes were never signed.
        return False


def _received(body: bytes, request: Request) -> AsyncBoltRequest | None:
    """What Bolt reads in a signed body; None when it cannot be read or is nothing that Slack sends."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() not in CONTENT_TYPES:
        return None
    try:
        received = AsyncBoltRequest(body=body.decode("utf-8"), headers=dict(request.headers))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        # Bolt looks into the payload at once and trusts its shape; these are its ways to stumble over one.
        return None
    is_usable = has_the_shape_of_slack(received.body) and not _is_nested_too_deeply(received.body)
    return received if is_usable else None


def _is_nested_too_deeply(payload: object) -> bool:
    """Whether later code might run out of stack on it; looked at level by level, so that this code cannot."""
    level: list[Any] = [payload]
    for _ in range(NESTED_AT_MOST):
        level = [inner for outer in level for inner in _inside(outer)]
        if not level:
            return False
    return True


def _inside(outer: object) -> Iterable[object]:
    if isinstance(outer, dict):
        return outer.values()
    return outer if isinstance(outer, list) else ()
