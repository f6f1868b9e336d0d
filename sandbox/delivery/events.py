"""Events as the Events API words them."""

from sandbox.ids import APP, BOT_USER, TEAM, fresh
from sandbox.shapes import Json

# What Slack sends as the old verification token; nobody should look at it.
VERIFICATION_TOKEN = "sandbox"  # noqa: S105 - not a secret


def event_callback(event: Json, now: int) -> Json:
    """The envelope of an event: ids, time (epoch seconds) and for whom it is."""
    event_id = fresh("Ev")
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": TEAM,
        "context_team_id": TEAM,
        "context_enterprise_id": None,
        "api_app_id": APP,
        "event": event,
        "type": "event_callback",
        "event_id": event_id,
        "event_time": now,
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": TEAM,
                "user_id": BOT_USER,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": False,
        "event_context": f"4-{event_id}",
    }
