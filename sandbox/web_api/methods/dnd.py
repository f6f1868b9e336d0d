"""Who does not want to be disturbed."""

from sandbox.errors import SlackError
from sandbox.shapes import Json
from sandbox.web_api.call import Call
from sandbox.workspace.workspace import Workspace

# What Slack sends for "never": the first second of the epoch.
_NEVER = (1, 1)


def team_info(workspace: Workspace, call: Call) -> Json:
    """``dnd.teamInfo`` for up to fifty people; unknown ones are left out."""
    users = call.listed("users")
    if len(users) > 50:
        raise SlackError("too_many_users")
    known = [user for user in users if workspace.people.find(user)]
    return {"users": {user: _shown(workspace.do_not_disturb.get(user)) for user in known}}


def _shown(times: tuple[int, int] | None) -> Json:
    begins, ends = times or _NEVER
    return {"dnd_enabled": times is not None, "next_dnd_start_ts": begins, "next_dnd_end_ts": ends}
