"""The one type alias of the sandbox: a JSON object as Slack sends and receives it."""

from typing import Any

Json = dict[str, Any]
