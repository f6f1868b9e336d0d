"""What every interaction payload has in common, and the payloads of modals."""

from sandbox.delivery.events import VERIFICATION_TOKEN
from sandbox.ids import APP, TEAM
from sandbox.people import Person
from sandbox.shapes import Json
from sandbox.workspace.views import View
from sandbox.workspace.workspace import DOMAIN


def interaction(kind: str, person: Person) -> Json:
    """Who did something, in which team, for which app."""
    return {
        "type": kind,
        "user": {"id": person.id, "username": person.handle, "name": person.handle, "team_id": person.team},
        "api_app_id": APP,
        "token": VERIFICATION_TOKEN,
        "team": {"id": TEAM, "domain": DOMAIN},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def view_submission(person: Person, view: View, values: Json, trigger_id: str) -> Json:
    """A person sends a modal off."""
    shown = view.shown() | {"state": {"values": values}}
    return interaction("view_submission", person) | {"trigger_id": trigger_id, "view": shown, "response_urls": []}


def view_closed(person: Person, view: View, *, is_cleared: bool) -> Json:
    """A person closes a modal without sending it; ``is_cleared`` when all modals went at once."""
    return interaction("view_closed", person) | {"view": view.shown(), "is_cleared": is_cleared}


def command(person: Person, text: str, channel_id: str, channel_name: str, urls: Json) -> Json:
    """A slash command, as the flat form Slack sends; ``urls`` carries response_url and trigger_id."""
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": TEAM,
        "team_domain": DOMAIN,
        "channel_id": channel_id,
        "channel_name": channel_name,
        "user_id": person.id,
        "user_name": person.handle,
        "command": "/silta",
        "text": text,
        "api_app_id": APP,
        "is_enterprise_install": "false",
        **urls,
    }
