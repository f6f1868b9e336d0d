"""How the eight tasks stand where a person works (domain.md 2.2, S37)."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from hashlib import sha256

from bot.programme import Programme, Task
from bot.rules.tasks import TASKS, TaskSetting
from bot.services import people
from storage.members import MemberRow
from storage.outbox import Intent, Priority
from storage.store import Store

UNSET = "tasks.unset"


def settings_of(member: MemberRow, programme: Programme) -> Mapping[str, TaskSetting]:
    """The setting of each task where this person works; a task that might need resources says so."""
    local = people.settings(member, programme).tasks
    tasks = {task: getattr(local, task) for task in TASKS}
    return {task: _setting(one) for task, one in tasks.items()}


async def ask_about_unset(store: Store, members: Collection[MemberRow], programme: Programme, now: datetime) -> None:
    """Asks a coordinator once for each place and task of which nobody has said how it is done there."""
    unset = {key: subject for member in members for key, subject in _unset(member, programme)}
    for workspace in {workspace for workspace, _ in unset}:
        coordinators = await store.members.coordinators(workspace)
        for (where, key), subject in unset.items():
            if coordinators and where == workspace:
                await store.outbox.put(
                    Intent(workspace, key, UNSET, subject, coordinators[0].id, Priority.ANNOUNCEMENT, now)
                )


def place_of(member: MemberRow, programme: Programme) -> str:
    """What the place is called whose settings hold for this person: institution, region, or the whole network."""
    return member.institution or member.region or programme.programme.name


def _setting(task: Task) -> TaskSetting:
    needs_resources = task.needs_resources in ("yes", "might")
    return TaskSetting(task.status, needs_resources, task.mandatory, task.note, task.who_decides)


def _unset(member: MemberRow, programme: Programme) -> Iterator[tuple[tuple[str, str], str]]:
    settings = settings_of(member, programme)
    tasks = [task for task in TASKS if settings[task].status == "unset"]
    place = f"{member.country}/{member.region}/{member.institution}"
    for task in tasks:
        # The key names the place and not the person, so that colleagues do not make it two questions.
        key = f"{UNSET}:{sha256(place.encode()).hexdigest()[:32]}:{task}"
        yield (member.workspace, key), f"{task}.{member.ref}"
