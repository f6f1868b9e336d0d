"""The practice workspace: everything that exists in it, in memory."""

from collections.abc import Iterable

from sandbox.clock import Clock
from sandbox.errors import SlackError
from sandbox.feed import Feed
from sandbox.ids import BOT_USER
from sandbox.people import Person
from sandbox.timestamps import Timestamps
from sandbox.workspace.conversations import Conversation, Conversations
from sandbox.workspace.files import Files
from sandbox.workspace.messages import Messages
from sandbox.workspace.people_book import PeopleBook
from sandbox.workspace.response_urls import ResponseUrls
from sandbox.workspace.triggers import Triggers
from sandbox.workspace.unread import Unread
from sandbox.workspace.views import Views

DOMAIN = "silta-practice"


class Workspace:
    """One team with its people, conversations, views and open tickets."""

    def __init__(self, clock: Clock, people: Iterable[Person], title: str) -> None:
        self.clock = clock
        self.title = title
        self.url = ""
        self.feed = Feed()
        self.people = PeopleBook(people, title)
        self.conversations = Conversations()
        self.unread = Unread(self.feed)
        timestamps = Timestamps(clock)
        self.messages = Messages(timestamps, self.feed, self.unread)
        self.views = Views(timestamps, self.feed)
        self.triggers = Triggers()
        self.response_urls = ResponseUrls(clock)
        self.files = Files()
        self.socket_tickets: set[str] = set()
        # Who does not want to be disturbed: id -> (from, until) in epoch seconds.
        self.do_not_disturb: dict[str, tuple[int, int]] = {}
        self._open_the_channels()

    def now(self) -> int:
        """The moment it is, in whole epoch seconds as Slack writes creation times."""
        return int(self.clock.now().timestamp())

    def person(self, person_id: str) -> Person:
        """The account with this id.

        Raises:
            SlackError: user_not_found.
        """
        found = self.people.find(person_id)
        if found is None:
            raise SlackError("user_not_found")
        return found

    def conversation_of_bot(self, conversation_id: str) -> Conversation:
        """A conversation as the bot sees it: private ones it is not in do not exist for it.

        Raises:
            SlackError: channel_not_found.
        """
        found = self.conversations.find(conversation_id)
        if found is None or (found.is_private and not found.has(BOT_USER)):
            raise SlackError("channel_not_found")
        return found

    def between(self, *people: str) -> tuple[Conversation, bool]:
        """The conversation of exactly these people, and whether it was there already."""
        handles = {one: self.person(one).handle for one in people}
        conversation, was_there = self.conversations.open_between(people, handles, self.now())
        if not was_there:
            self.feed.tell(people, {"type": "conversation", "channel": conversation.id})
        return conversation, was_there

    def add_person(self, person: Person) -> None:
        """Somebody joins the team, and with it #general."""
        self.people.put(person)
        general = self.conversations.channel_named("general")
        if general and not person.is_bot:
            self.conversations.add_member(general, person.id)

    def _open_the_channels(self) -> None:
        invented = list(self.people.invented.values())
        self.conversations.create_channel("general", [*(one.id for one in invented), BOT_USER], self.now())
        for region in dict.fromkeys(one.region for one in invented if one.region):
            members = [one.id for one in invented if one.region == region]
            self.conversations.create_channel(channel_name(region), [*members, BOT_USER], self.now())

    def region_channels(self) -> dict[str, str]:
        """The id of the channel of each region that has one."""
        regions = {one.region for one in self.people.invented.values() if one.region}
        found = {region: self.conversations.channel_named(channel_name(region)) for region in sorted(regions)}
        return {region: channel.id for region, channel in found.items() if channel}


def channel_name(text: str) -> str:
    """A name as Slack allows it for channels: lower case, no spaces or punctuation, at most 80 characters."""
    return "-".join("".join(c if c.isalnum() else " " for c in text.lower()).split())[:80]
