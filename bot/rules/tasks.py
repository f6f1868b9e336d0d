"""The eight tasks somebody may take on (T1-T8), and how far each is in use (domain.md 2.2)."""

from dataclasses import dataclass
from typing import Final, Literal

Status = Literal["in_use", "occasional", "possible", "not_in_use", "unset"]
TASKS: Final = ("T1", "T2", "T3", "T4", "T5", "T6", "T7", "T8")


@dataclass(frozen=True)
class TaskSetting:
    """How one country or institution sees a task; `needs_resources` when somebody has to cover the time.

    Where it is a duty (`is_mandatory`), nobody is asked whether they could offer it. `note` and `who_decides` are the
    programme's own words.
    """

    status: Status
    needs_resources: bool = False
    is_mandatory: bool = False
    note: str = ""
    who_decides: str = ""
