"""Who the caller is, and whether the API is there at all."""

from sandbox.ids import APP, BOT, BOT_USER, TEAM
from sandbox.shapes import Json
from sandbox.web_api.call import Call
from sandbox.workspace.message_shapes import bot_profile
from sandbox.workspace.workspace import DOMAIN, Workspace


def api_test(_: Workspace, call: Call) -> Json:
    """``api.test`` returns what it was given."""
    return {"args": {name: value for name, value in call.arguments.items() if name != "token"}}


def auth_test(workspace: Workspace, _: Call) -> Json:
    """``auth.test`` names the team and the bot."""
    return {
        "url": workspace.url + "/",
        "team": f"{workspace.title} practice workspace",
        "user": workspace.people.bot.handle,
        "team_id": TEAM,
        "user_id": BOT_USER,
        "bot_id": BOT,
        "is_enterprise_install": False,
    }


def team_info(workspace: Workspace, _: Call) -> Json:
    """``team.info`` describes the workspace."""
    name = f"{workspace.title} practice workspace"
    return {"team": {"id": TEAM, "name": name, "domain": DOMAIN, "email_domain": "", "icon": {"image_default": True}}}


def bots_info(workspace: Workspace, _: Call) -> Json:
    """``bots.info`` describes the bot."""
    return {"bot": bot_profile(workspace.people.bot) | {"app_id": APP}}
