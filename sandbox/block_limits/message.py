"""The blocks of a message."""

from typing import Any

from sandbox.block_limits.layouts import MESSAGE_BLOCK
from sandbox.block_limits.rules import several
from sandbox.block_limits.together import check_ids, check_markdown_and_tables
from sandbox.errors import SlackError

# Slack: at most fifty blocks in a message.
MOST_BLOCKS = 50
_BLOCKS = several(MESSAGE_BLOCK, MOST_BLOCKS, 0)


def check_message(blocks: Any) -> None:
    """Refuse blocks that Slack would refuse.

    Raises:
        SlackError: invalid_blocks_format (not a list) or invalid_blocks, with messages that point at what is wrong.
    """
    if not isinstance(blocks, list):
        raise SlackError("invalid_blocks_format")
    found: list[str] = []
    _BLOCKS(blocks, "/blocks", found)
    if not found:
        check_ids(blocks, "/blocks", found)
        check_markdown_and_tables(blocks, found)
    if found:
        short = [message.removeprefix("[ERROR] ") for message in found]
        raise SlackError("invalid_blocks", errors=short, response_metadata={"messages": found})
