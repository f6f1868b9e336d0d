"""The page of a guest over HTTP: no account, no cookie, no script; the secret address is the only key."""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from time import monotonic
from typing import Final
from urllib.parse import parse_qs, urlencode
from zoneinfo import ZoneInfo

from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.facts.guests import GuestPage
from bot.language import Translator, language_of
from bot.messages import guest_page
from bot.services.guests import Guests

ANSWERS: Final = ("yes", "maybe", "no")
FORM_AT_MOST: Final = 1_000
"""Bytes. An answer has ten."""
PER_MINUTE: Final = 120
"""Requests from one address; a school behind one address may have a few guests at once."""
ADDRESSES_AT_MOST: Final = 10_000
KEY: Final = re.compile(r"[A-Za-z0-9_-]{32}")
HEADERS: Final = {
    # Nothing is loaded from anywhere, nothing runs, nobody frames the page, and forms come back here only.
    "Content-Security-Policy": (
        f"default-src 'none'; style-src 'sha256-{guest_page.STYLE_DIGEST}'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    # The address is the secret, so no other page may learn it.
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
    "Cache-Control": "no-store",
    "Vary": "Accept-Language",
}


@dataclass
class Allowance:
    """So many requests a minute from one address; what is counted is forgotten with the minute."""

    per_minute: int = PER_MINUTE
    clock: Callable[[], float] = monotonic
    _minute: int = -1
    _counted: dict[str, int] = field(default_factory=dict)

    def allows(self, address: str) -> bool:
        """Counts one request, and says whether it is one too many."""
        minute = int(self.clock() // 60)
        if minute != self._minute or len(self._counted) >= ADDRESSES_AT_MOST:
            self._minute, self._counted = minute, {}
        self._counted[address] = self._counted.get(address, 0) + 1
        return self._counted[address] <= self.per_minute


def route(guests: Guests, allowance: Allowance) -> Route:
    """`/events/KEY`: GET shows the page, POST answers.

    A forged POST from another site would have to know the key, and whoever knows it may answer anyway: so there is no
    token against it, and no cookie that a browser would send along.
    """

    async def guest(request: Request) -> Response:
        if not allowance.allows(request.client.host if request.client else ""):
            return PlainTextResponse("Too many requests. Please wait a minute.", 429, {"Retry-After": "60"})
        key = request.path_params["key"]
        if request.method == "POST":
            return await _answered(guests, key, request)
        return _shown(await guests.page(key) if KEY.fullmatch(key) else None, request)

    return Route("/events/{key}", guest, methods=["GET", "POST"])


def calendar_feed(feed_of: Callable[[str], Awaitable[bytes | None]]) -> Route:
    """`/calendar/feed/KEY.ics`: what the member with that key goes to."""

    async def feed(request: Request) -> Response:
        key = request.path_params["key"]
        found = await feed_of(key) if KEY.fullmatch(key) else None
        if found is None:
            return PlainTextResponse("There is no such calendar.", 404, {"Cache-Control": "no-store"})
        headers = {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex", "Referrer-Policy": "no-referrer"}
        return Response(found, media_type="text/calendar", headers=headers)

    return Route("/calendar/feed/{key}.ics", feed)


async def _answered(guests: Guests, key: str, request: Request) -> Response:
    """Notes the answer and shows the page anew, so that loading it again sends nothing twice."""
    answer = await _answer_in(request)
    if answer is None:
        return PlainTextResponse("The answer cannot be read.", 400, HEADERS)
    found = await guests.answer(key, answer) if KEY.fullmatch(key) else None
    if found is None:
        return _shown(None, request)
    chosen = {name: request.query_params[name] for name in ("lang", "zone") if name in request.query_params}
    # Relative, because a proxy may serve us below a path of its own.
    return RedirectResponse(f"{key}?{urlencode(chosen)}" if chosen else key, 303, HEADERS)


async def _answer_in(request: Request) -> str | None:
    received = bytearray()
    try:
        async for chunk in request.stream():
            received += chunk
            if len(received) > FORM_AT_MOST:
                return None
    except ClientDisconnect:
        return None
    (answer, *_) = parse_qs(received.decode("ascii", "replace")).get("answer", [""])
    return answer if answer in ANSWERS else None


def _shown(fact: GuestPage | None, request: Request) -> Response:
    language = _language(request.query_params, request.headers.get("accept-language", ""))
    if fact is None:
        return HTMLResponse(guest_page.nothing_here(Translator(language)), 404, HEADERS)
    zone = request.query_params.get("zone")
    t = Translator(language, ZoneInfo(zone) if zone in guest_page.ZONES else fact.event.zone)
    return HTMLResponse(guest_page.page(t, fact), headers=HEADERS)


def _language(query: Mapping[str, str], accepted: str) -> str:
    """The chosen language, else the first of the browser's that we speak, as it weighs them."""
    weighed = sorted(map(_weighed, accepted[:500].split(",")), key=lambda one: -one[0])
    wanted = (query.get("lang"), *(code for weight, code in weighed if weight > 0))
    return next((known for one in wanted if (known := language_of(one))), "en")


def _weighed(one: str) -> tuple[float, str]:
    code, _, rest = one.strip().partition(";")
    found = re.fullmatch(r"\s*q=([01](?:\.\d{1,3})?)\s*", rest)
    return (float(found[1]) if found else 0.0 if rest else 1.0), code.strip()
