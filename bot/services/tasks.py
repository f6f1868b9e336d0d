"""How the eight tasks stand where a person works (domain.md 2.2)."""

from collections.abc import Mapping

from bot.programme import Programme
from bot.rules.tasks import JOINT_DEFAULT, TaskSetting
from storage.members import MemberRow


def settings_of(_member: MemberRow, _programme: Programme) -> Mapping[str, TaskSetting]:
    """The setting of each task for this person: what the seed says for all countries together."""
    return JOINT_DEFAULT
