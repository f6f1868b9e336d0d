"""Writing and reading: messages, conversations, the App Home."""

from collections.abc import Mapping
from dataclasses import dataclass

from sandbox.control.act import Act, acknowledged
from sandbox.control.request import Ask
from sandbox.delivery.subscriptions import Subscriptions
from sandbox.errors import UnclearRequest
from sandbox.escaping import as_typed, with_mentions
from sandbox.ids import BOT_USER
from sandbox.shapes import Json


@dataclass(frozen=True)
class WritingActs:
    """What people do with conversations, as Slack's own client would."""

    subscriptions: Subscriptions

    def by_name(self) -> Mapping[str, Act]:
        """Every act under the name of its path."""
        return {"message": self.message, "open_home": self.open_home, "read": self.read, "open": self.open}

    async def message(self, ask: Ask) -> Json:
        """Write something; it is stored escaped, with @Name as a mention.

        Tests may write a mention as ``<@ID>``; the page says ``is_typed``, and then that too is only words.
        """
        person = ask.person()
        conversation = ask.conversation(person)
        if not conversation.has(person.id):
            raise UnclearRequest(f"{person.id} is not in {conversation.id}.")
        people = ask.workspace.people
        markup = () if ask.optional("is_typed") else people.ids()
        text = with_mentions(as_typed(ask.text("text"), markup), people.everybody())
        thread_ts = ask.optional("thread_ts")
        message = ask.workspace.messages.post_typed(conversation, person, text, thread_ts)
        waiting = self.subscriptions.last_message
        answer = acknowledged(await waiting) if waiting else {"acked": False, "ack_ms": None}
        return {"channel": conversation.id, "ts": message.ts, **answer}

    async def open_home(self, ask: Ask) -> Json:
        """Look at the App Home, or with ``tab`` "messages" at the conversation beside it."""
        person = ask.person()
        channel = ask.workspace.between(person.id, BOT_USER)[0].id
        tab = str(ask.optional("tab") or "home")
        return acknowledged(await self.subscriptions.home_opened(person.id, channel, tab))

    async def read(self, ask: Ask) -> Json:
        """See everything in a conversation."""
        person = ask.person()
        conversation = ask.conversation(person)
        newest = next(reversed(conversation.messages), "0000000000.000000")
        ask.workspace.unread.read(conversation, person.id, newest)
        return {"channel": conversation.id}

    async def open(self, ask: Ask) -> Json:
        """Open the conversation with these people."""
        person, users = ask.person(), ask.optional("users")
        if not isinstance(users, list) or not users:
            raise UnclearRequest("'users' has to be a list of ids.")
        unknown = [user for user in users if ask.workspace.people.find(str(user)) is None]
        if unknown:
            raise UnclearRequest(f"There is nobody with the id '{unknown[0]}'.")
        return {"channel": ask.workspace.between(person.id, *map(str, users))[0].id}
