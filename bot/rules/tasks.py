"""The eight tasks somebody may take on (T1-T8), and how far each is in use (domain.md 2.2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

Status = Literal["in_use", "occasional", "possible", "not_in_use", "unset"]


@dataclass(frozen=True)
class TaskSetting:
    """How one country or institution sees a task; `needs_resources` when somebody has to cover the time."""

    status: Status
    needs_resources: bool = False


JOINT_DEFAULT: Final[Mapping[str, TaskSetting]] = MappingProxyType(
    {
        "T1": TaskSetting("possible"),
        "T2": TaskSetting("in_use"),
        "T3": TaskSetting("occasional"),
        "T4": TaskSetting("occasional", needs_resources=True),
        "T5": TaskSetting("possible", needs_resources=True),
        "T6": TaskSetting("possible"),
        "T7": TaskSetting("occasional"),
        "T8": TaskSetting("occasional"),
    }
)
"""What the seed says for all countries together, until a coordinator says otherwise."""

TASKS: Final = tuple(JOINT_DEFAULT)
