"""Delivery by HTTP: signed POST requests to the bot's Request URL."""

import hashlib
import hmac
import json
import time
from urllib.parse import urlencode

import aiohttp

from sandbox.delivery.envelopes import Ack, Envelope, as_payload
from sandbox.shapes import Json

_FORM = "application/x-www-form-urlencoded"


class HttpDelivery:
    """Signs and posts payloads the way Slack does; the time in the signature is the real one."""

    timeout_reason = "http_timeout"

    def __init__(self, url: str, signing_secret: str) -> None:
        self.url = url
        self._secret = signing_secret.encode()
        self._session: aiohttp.ClientSession | None = None

    @property
    def is_connected(self) -> bool:
        """Over HTTP there is always an address to try."""
        return True

    async def wait_until_connected(self) -> None:
        """Return at once."""

    async def deliver(self, envelope: Envelope, within: float) -> Ack:
        """Post one payload; any 2xx answer is an acknowledgement."""
        body, content_type = _body(envelope)
        headers = {"Content-Type": content_type, **self._signature(body), **_retry_headers(envelope)}
        started = time.perf_counter()
        try:
            return await self._post(body, headers, within, started)
        except TimeoutError:
            return Ack(acked=False, reason=self.timeout_reason)
        except aiohttp.ClientSSLError:
            return Ack(acked=False, reason="ssl_error")
        except aiohttp.TooManyRedirects:
            return Ack(acked=False, reason="too_many_redirects")
        except aiohttp.ClientError:
            return Ack(acked=False, reason="connection_failed")

    async def verify(self, within: float) -> bool:
        """Slack's ``url_verification``: true when the address answers with the challenge."""
        challenge = hashlib.sha256(str(time.time_ns()).encode()).hexdigest()
        payload = {"token": "sandbox", "challenge": challenge, "type": "url_verification"}
        ack = await self.deliver(Envelope("events_api", payload), within)
        answer = ack.payload or {}
        return challenge in (answer.get("challenge"), answer.get("text"))

    async def close(self) -> None:
        """Close the connections to the bot."""
        if self._session:
            await self._session.close()

    async def _post(self, body: str, headers: dict[str, str], within: float, started: float) -> Ack:
        self._session = self._session or aiohttp.ClientSession()
        limit = aiohttp.ClientTimeout(total=within)
        post = self._session.post(self.url, data=body.encode(), headers=headers, timeout=limit, max_redirects=2)
        async with post as response:
            text = await response.text()
            ms = round((time.perf_counter() - started) * 1000, 3)
            if 200 <= response.status < 300:
                return Ack(acked=True, ms=ms, payload=_answer(text))
            is_final = response.headers.get("X-Slack-No-Retry") == "1"
            return Ack(acked=False, reason="http_error", is_final=is_final)

    def _signature(self, body: str) -> dict[str, str]:
        timestamp = str(int(time.time()))
        signature = hmac.new(self._secret, f"v0:{timestamp}:{body}".encode(), hashlib.sha256).hexdigest()
        return {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": f"v0={signature}"}


def _body(envelope: Envelope) -> tuple[str, str]:
    match envelope.type:
        case "events_api":
            return json.dumps(envelope.payload, ensure_ascii=False), "application/json"
        case "interactive":
            return urlencode({"payload": json.dumps(envelope.payload, ensure_ascii=False)}), _FORM
        case "slash_commands":
            return urlencode(envelope.payload), _FORM


def _retry_headers(envelope: Envelope) -> dict[str, str]:
    if not envelope.retry_attempt:
        return {}
    return {"X-Slack-Retry-Num": str(envelope.retry_attempt), "X-Slack-Retry-Reason": envelope.retry_reason}


def _answer(text: str) -> Json | None:
    try:
        return as_payload(json.loads(text))
    except ValueError:
        return as_payload(text)
