"""All a page needs to draw itself for one person."""

from dataclasses import dataclass

from sandbox.delivery.bot_line import BotLine
from sandbox.ids import BOT_USER
from sandbox.people import Person
from sandbox.shapes import Json
from sandbox.workspace.conversations import Conversation
from sandbox.workspace.workspace import Workspace

COMMAND = "/silta"
# What the page offers to complete; a word belongs here once the bot answers it.
COMMAND_WORDS = ("find", "pause", "resume", "help")


@dataclass(frozen=True)
class PageState:
    """Describes the workspace from one person's seat; ``samples`` maps user ids to example sentences."""

    workspace: Workspace
    line: BotLine
    samples: dict[str, list[str]]

    def of(self, person: Person) -> Json:
        """The whole state."""
        workspace = self.workspace
        home = workspace.views.home_of(person.id)
        bot = workspace.people.bot
        return {
            "now": workspace.clock.now().isoformat(),
            "timezone_of_user": person.tz,
            "title": workspace.title,
            "you": self.person(person),
            "people": [self.person(one) for one in workspace.people.invented.values()],
            "conversations": self.conversations(person),
            "home": home.shown() if home else None,
            "views": [view.shown() for view in workspace.views.open_for(person.id)],
            "bot": {"id": BOT_USER, "name": bot.name, "connected": self.line.transport.is_connected},
            "samples": self.samples.get(person.id, []),
            "command": COMMAND,
            "command_words": list(COMMAND_WORDS),
        }

    def person(self, person: Person) -> Json:
        """What the page shows of somebody."""
        return {
            "id": person.id,
            "name": person.name,
            "role": person.role,
            "field": person.field,
            "country": person.country,
            "region": person.region,
            "institution": person.institution,
            "language": person.language,
            "locale": person.locale,
            "tz": person.tz,
            "deleted": person.deleted,
            "unread": self.workspace.unread.total(person.id),
        }

    def conversations(self, person: Person) -> list[Json]:
        """This person's conversations; the direct messages with the bot are always among them."""
        self.workspace.between(person.id, BOT_USER)
        return [self._conversation(one, person) for one in self.workspace.conversations.of(person.id)]

    def _conversation(self, conversation: Conversation, person: Person) -> Json:
        members = [self._member(one) for one in conversation.members]
        others = [member["name"] for member in members if member["id"] != person.id]
        visible = conversation.visible_to(person.id)
        return {
            "id": conversation.id,
            "kind": conversation.kind,
            "name": conversation.name if conversation.kind == "channel" else ", ".join(others),
            "members": members,
            "unread": conversation.unread.get(person.id, 0),
            "last_ts": visible[-1].ts if visible else None,
            "last_read": conversation.last_read.get(person.id),
            "with_bot": conversation.has(BOT_USER),
            "is_archived": conversation.is_archived,
        }

    def _member(self, person_id: str) -> Json:
        person = self.workspace.people.find(person_id)
        return {"id": person_id, "name": person.name if person else person_id}
