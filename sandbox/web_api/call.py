"""One call of a Web API method: its arguments, however they were sent."""

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request

from sandbox.errors import SlackError
from sandbox.shapes import Json

# Arguments that are JSON inside a string when a call is form-encoded, and the error Slack gives when they are not.
_STRUCTURED = {
    "blocks": "invalid_blocks_format",
    "attachments": "invalid_attachments",
    "metadata": "invalid_metadata_format",
    "view": "invalid_arguments",
    "files": "invalid_arguments",
}


@dataclass(frozen=True)
class Call:
    """A method with its arguments; ``scopes`` is what the app was given, None for everything."""

    method: str
    arguments: Json
    scopes: frozenset[str] | None = None

    def text(self, name: str, default: str = "") -> str:
        """A string argument."""
        value = self.arguments.get(name)
        return default if value is None else str(value)

    def required(self, name: str) -> str:
        """A string argument that must be there.

        Raises:
            SlackError: invalid_arguments, naming it.
        """
        value = self.text(name)
        if not value:
            message = f"[ERROR] missing required field: {name}"
            raise SlackError("invalid_arguments", response_metadata={"messages": [message]})
        return value

    def truth(self, name: str, *, default: bool = False) -> bool:
        """A boolean argument; forms send it as 1, 0, true or false."""
        value = self.arguments.get(name)
        return default if value is None else str(value).lower() in ("1", "true")

    def whole(self, name: str, default: int) -> int:
        """A whole number, such as ``limit``."""
        try:
            return int(self.text(name) or default)
        except ValueError:
            raise SlackError("invalid_arguments") from None

    def listed(self, name: str) -> list[str]:
        """A list of ids, sent as a JSON list or separated by commas."""
        value = self.arguments.get(name)
        if isinstance(value, str) and value.startswith("["):
            value = _parsed(value, "invalid_arguments")
        if isinstance(value, list):
            return [str(item) for item in value]
        return [part.strip() for part in str(value or "").split(",") if part.strip()]

    def structure(self, name: str) -> Any:
        """A JSON argument, or None when it is absent or empty text."""
        value = self.arguments.get(name)
        if isinstance(value, str):
            return _parsed(value, _STRUCTURED.get(name, "invalid_arguments")) if value else None
        return value

    def need(self, *scopes: str) -> None:
        """Insist that the app has one of these scopes.

        Raises:
            SlackError: missing_scope, saying what is needed and what is provided.
        """
        if self.scopes is not None and scopes and self.scopes.isdisjoint(scopes):
            raise SlackError("missing_scope", needed=",".join(scopes), provided=",".join(sorted(self.scopes)))


async def read_arguments(request: Request) -> Json:
    """The arguments of a request: query string, form or JSON body together.

    Raises:
        SlackError: invalid_json or json_not_object.
    """
    arguments: Json = dict(request.query_params)
    body = await request.body()
    if body and request.headers.get("content-type", "").startswith("application/json"):
        parsed = _parsed(body.decode(errors="replace"), "invalid_json")
        if not isinstance(parsed, dict):
            raise SlackError("json_not_object")
        arguments |= parsed
    elif body:
        arguments |= dict(parse_qsl(body.decode(errors="replace"), keep_blank_values=True))
    return arguments


def for_the_log(arguments: Json) -> Json:
    """The arguments as they were meant: token left out, JSON strings read."""
    shown = {name: value for name, value in arguments.items() if name != "token"}
    for name in _STRUCTURED.keys() & shown.keys():
        try:
            shown[name] = _parsed(shown[name], "") if isinstance(shown[name], str) else shown[name]
        except SlackError:
            continue
    return shown


def _parsed(text: str, error: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise SlackError(error) from None
