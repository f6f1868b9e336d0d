"""What a message says: text, blocks, attachments and metadata, read and checked."""

import json
from dataclasses import dataclass

from sandbox.block_limits.message import check_message
from sandbox.errors import SlackError
from sandbox.shapes import Json
from sandbox.web_api.call import Call

# Slack: text longer than this is refused; metadata may have 16 KB.
LONGEST_TEXT = 40_000
LARGEST_METADATA = 16_000


@dataclass(frozen=True)
class Content:
    """The content of one message; ``blocks`` is None when none were given, empty when they are to go."""

    text: str
    blocks: list[Json] | None
    metadata: Json | None
    attachments: Json
    has_text: bool


def read_content(call: Call) -> Content:
    """The content of this call.

    Raises:
        SlackError: no_text, msg_too_long, invalid_blocks, invalid_metadata_format, metadata_too_large.
    """
    text = call.text("text") or call.text("markdown_text")
    blocks, attachments = call.structure("blocks"), call.structure("attachments")
    if not text.strip() and not blocks and not attachments:
        raise SlackError("no_text")
    if len(text) > LONGEST_TEXT:
        raise SlackError("msg_too_long")
    if blocks is not None:
        check_message(blocks)
    given = {"attachments": attachments} if attachments else {}
    has_text = call.arguments.get("text") is not None
    return Content(text, blocks, _metadata(call), given, has_text)


def _metadata(call: Call) -> Json | None:
    metadata: Json | None = call.structure("metadata")
    if metadata is None:
        return None
    if not isinstance(metadata, dict) or not isinstance(metadata.get("event_payload"), dict):
        raise SlackError("invalid_metadata_format")
    if not isinstance(metadata.get("event_type"), str) or not metadata["event_type"]:
        raise SlackError("invalid_metadata_format")
    if len(json.dumps(metadata)) > LARGEST_METADATA:
        raise SlackError("metadata_too_large")
    return metadata
