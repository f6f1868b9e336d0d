"""Facts about the eight tasks."""

from dataclasses import dataclass


@dataclass(frozen=True)
class TaskUnset:
    """Nobody has said how this task is done at that place."""

    task: str
    place: str
