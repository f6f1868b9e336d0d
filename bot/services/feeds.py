"""A calendar that follows what a member goes to, at an address that only they know and can change at any time."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bot.clock import Clock
from bot.errors import NoPublicAddress
from bot.facts.guests import Feed, FeedOpened, FeedStopped, FeedThere
from bot.services import people
from bot.services.addresses import Addresses
from bot.services.event_facts import entry_of
from bot.services.meetups import invitation_of
from storage import events
from storage.database import Database
from storage.guests import FeedRow, digest_of, new_key

LOOKS_BACK: Final = timedelta(days=90)
"""So long what is over stays in a calendar; then it would only be a record of where somebody was."""


@dataclass(frozen=True)
class Feeds:
    """Opens, changes and stops calendar addresses, and answers at them."""

    database: Database
    clock: Clock
    addresses: Addresses

    async def subscribe(self, member_id: int) -> FeedOpened | FeedThere:
        """Makes an address; one that is there already stays as it is. Raises NoPublicAddress."""
        return await self._open(member_id, anew=False)

    async def renew(self, member_id: int) -> FeedOpened | FeedThere:
        """Makes a new address; the old one shows nothing from now on. Raises NoPublicAddress."""
        return await self._open(member_id, anew=True)

    async def stop(self, member_id: int) -> FeedStopped:
        """The address shows nothing from now on; twice is the same as once."""
        async with self.database.transaction() as store:
            await store.members.locked(member_id)
            feed = await store.guests.feed_of(member_id)
            if feed is not None:
                await store.guests.stop_feed(feed)
            return FeedStopped()

    async def feed(self, key: str) -> Feed | None:
        """What the member with that key goes to; None when the key opens nothing. Nobody else is named in it."""
        since = self.clock.now() - LOOKS_BACK
        async with self.database.reading() as store:
            me = await store.guests.reader_of(key)
            if me is None:
                return None
            language = people.language(me)
            meetups = [
                await invitation_of(store, one, self.addresses, language)
                for one in await store.meetups.of_member(me.id, since)
            ]
            entries = [
                await entry_of(store, event, language, is_certain=reply.has_place)
                for event, reply in await store.events.of_member(me.id, since, (events.YES, events.MAYBE))
            ]
            return Feed(tuple(meetups), tuple(entries))

    async def _open(self, member_id: int, *, anew: bool) -> FeedOpened | FeedThere:
        key = new_key()
        address = self.addresses.of_feed(key)
        if address is None:
            raise NoPublicAddress
        async with self.database.transaction() as store:
            me = await store.members.locked(member_id)
            feed = await store.guests.feed_of(member_id)
            if feed is not None and not anew:
                return FeedThere()
            if feed is None:
                feed = FeedRow(member_id=me.id, workspace=me.workspace)
                store.guests.add(feed)
            feed.key_digest, feed.made_at = digest_of(key), self.clock.now()
            return FeedOpened(address)
