"""Limits that concern all blocks of a message or view together."""

from sandbox.block_limits.elements import duplicate_action_ids
from sandbox.block_limits.rules import note
from sandbox.shapes import Json


def check_ids(blocks: list[Json], pointer: str, found: list[str]) -> None:
    """No library checks these: a block_id that stands twice, and an action_id that stands twice in one block."""
    seen: set[str | None] = set()
    for index, block in enumerate(blocks):
        block_id = block.get("block_id")
        if block_id is not None and block_id in seen:
            note(found, f'block_id "{block_id}" is used more than once', f"{pointer}/{index}/block_id")
        seen.add(block_id)
        for action_id in duplicate_action_ids(block):
            what = f'action_id "{action_id}" is used more than once in this block'
            note(found, what, f"{pointer}/{index}/elements")


def check_markdown_and_tables(blocks: list[Json], found: list[str]) -> None:
    """At most 12,000 characters of markdown and one table in a message."""
    markdown = sum(len(block.get("text") or "") for block in blocks if block["type"] == "markdown")
    if markdown > 12_000:
        note(found, "markdown blocks must have less than 12001 characters together", "/blocks")
    if sum(block["type"] == "table" for block in blocks) > 1:
        note(found, "only one table is allowed", "/blocks")
