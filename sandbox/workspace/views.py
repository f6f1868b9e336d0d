"""Views: the App Home of each person, and the stack of modals a person has open."""

import copy
import secrets
from dataclasses import dataclass

from sandbox.errors import SlackError
from sandbox.feed import Feed
from sandbox.ids import APP, BOT, TEAM, fresh
from sandbox.interactions.element_state import initial_state
from sandbox.shapes import Json
from sandbox.timestamps import Timestamps
from sandbox.workspace.message_shapes import with_ids

# Slack keeps at most three modals on top of each other.
DEEPEST_STACK = 3
_OWN_KEYS = ("private_metadata", "callback_id", "external_id")
_FLAGS = ("clear_on_close", "notify_on_close", "submit_disabled")


@dataclass
class View:
    """One view; ``body`` is the object Slack shows, including id, hash and state."""

    user: str
    body: Json

    @property
    def id(self) -> str:
        """Slack's id of the view."""
        view_id: str = self.body["id"]
        return view_id

    def shown(self) -> Json:
        """The view as it is now, which later changes leave alone."""
        return copy.deepcopy(self.body)


class Views:
    """All views there are; a view that was closed is not found any more."""

    def __init__(self, timestamps: Timestamps, feed: Feed) -> None:
        self._timestamps = timestamps
        self._feed = feed
        self._by_id: dict[str, View] = {}
        self._stacks: dict[str, list[View]] = {}
        self._homes: dict[str, View] = {}

    def find(self, view_id: str) -> View | None:
        """The open view (or App Home) with this id."""
        return self._by_id.get(view_id)

    def with_external_id(self, external_id: str) -> View | None:
        """The view the bot gave this id of its own."""
        return next((one for one in self._by_id.values() if one.body["external_id"] == external_id), None)

    def home_of(self, user: str) -> View | None:
        """What the bot has published on the person's App Home."""
        return self._homes.get(user)

    def open_for(self, user: str) -> list[View]:
        """The person's modals, the visible one last."""
        return list(self._stacks.get(user, []))

    def open(self, user: str, given: Json) -> View:
        """Open a modal; whatever modal was open is gone, as in Slack."""
        self.clear(user)
        return self._push(user, given)

    def push(self, user: str, given: Json) -> View:
        """Put a modal on top of the open ones.

        Raises:
            SlackError: push_limit_reached when three are open already.
        """
        if len(self._stacks.get(user, [])) >= DEEPEST_STACK:
            raise SlackError("push_limit_reached")
        return self._push(user, given)

    def replace(self, view: View, given: Json) -> None:
        """Change a view in place: same id, new hash; answers in fields that are still there are kept."""
        answers = view.body["state"]["values"]
        view.body |= self._stored(given)
        _keep_answers(view.body["state"]["values"], answers)
        self._tell(view, "home" if view.body["type"] == "home" else "view_updated")

    def publish(self, user: str, given: Json) -> View:
        """Show this on the person's App Home."""
        home = self._homes.get(user)
        if home is None:
            home = self._homes[user] = self._new(user, given)
            self._tell(home, "home")
        else:
            self.replace(home, given)
        return home

    def close(self, view: View) -> None:
        """Close a modal and what lies on top of it; the one below shows again."""
        stack = self._stacks.get(view.user, [])
        if view in stack:
            for gone in stack[stack.index(view) :]:
                self._forget(gone)
            del stack[stack.index(view) :]

    def clear(self, user: str) -> None:
        """Close all modals of this person."""
        for gone in self._stacks.pop(user, []):
            self._forget(gone)

    def _push(self, user: str, given: Json) -> View:
        view = self._new(user, given)
        stack = self._stacks.setdefault(user, [])
        view.body["root_view_id"] = stack[0].id if stack else view.id
        view.body["previous_view_id"] = stack[-1].id if stack else None
        stack.append(view)
        self._tell(view, "view_opened")
        return view

    def _new(self, user: str, given: Json) -> View:
        view_id = fresh("V")
        own = {"id": view_id, "team_id": TEAM, "app_id": APP, "bot_id": BOT, "app_installed_team_id": TEAM}
        body = own | {"root_view_id": view_id, "previous_view_id": None} | self._stored(given)
        if body["external_id"] and self.with_external_id(body["external_id"]):
            raise SlackError("duplicate_external_id")
        view = self._by_id[view_id] = View(user, body)
        return view

    def _stored(self, given: Json) -> Json:
        blocks = with_ids(given["blocks"])
        return {
            "type": given["type"],
            "title": given.get("title"),
            "submit": given.get("submit"),
            "close": given.get("close"),
            "blocks": blocks,
            "state": {"values": initial_state(blocks)},
            "hash": f"{self._timestamps.next()}.{secrets.token_hex(4)}",
            **{key: given.get(key) or "" for key in _OWN_KEYS},
            **{key: bool(given.get(key)) for key in _FLAGS},
        }

    def _forget(self, view: View) -> None:
        self._by_id.pop(view.id, None)
        self._feed.tell([view.user], {"type": "view_closed", "view_id": view.id})

    def _tell(self, view: View, happening: str) -> None:
        self._feed.tell([view.user], {"type": happening, "view": view.body})


def _keep_answers(now: Json, before: Json) -> None:
    for block_id, answers in now.items():
        for action_id, answer in answers.items():
            old = before.get(block_id, {}).get(action_id)
            if old is not None and old["type"] == answer["type"]:
                answers[action_id] = old
