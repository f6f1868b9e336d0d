"""Reading who people are."""

from sandbox.errors import SlackError
from sandbox.people import Person
from sandbox.shapes import Json
from sandbox.web_api.call import Call
from sandbox.web_api.paging import page
from sandbox.workspace.people_book import user_object
from sandbox.workspace.workspace import Workspace


def info(workspace: Workspace, call: Call) -> Json:
    """``users.info``: one person; the locale only when it is asked for."""
    return {"user": _shown(workspace, call, workspace.person(call.text("user")))}


def list_all(workspace: Workspace, call: Call) -> Json:
    """``users.list``: everybody, bots and Slackbot and the deleted included, in pages."""
    people, following = page(call, workspace.people.everybody(), default=len(workspace.people.ids()), most=10**6)
    return {
        "members": [_shown(workspace, call, person) for person in people],
        "cache_ts": workspace.now(),
        "response_metadata": following,
    }


def lookup_by_email(workspace: Workspace, call: Call) -> Json:
    """``users.lookupByEmail``: the person with this address."""
    person = workspace.people.with_email(call.required("email"))
    if person is None or person.deleted:
        raise SlackError("users_not_found")
    return {"user": _shown(workspace, call, person)}


def _shown(workspace: Workspace, call: Call, person: Person) -> Json:
    return user_object(
        person,
        workspace.clock.now(),
        with_locale=call.truth("include_locale"),
        with_email=call.scopes is None or "users:read.email" in call.scopes,
    )
