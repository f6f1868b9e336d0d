"""The stage for whole stories: the practice workspace, the unmodified bot connected to it, and chosen time."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp
from pydantic import SecretStr

from bot.app import Silta, running
from bot.manifest import BOT_SCOPES
from bot.programme import Break, Institution, Programme
from bot.services.members import ROLES
from bot.settings import Settings
from sandbox import Clock, Person, Sandbox
from storage.members import MemberRow

HELSINKI = ZoneInfo("Europe/Helsinki")
QUIET_SECONDS = 0.15


def helsinki(moment: str) -> datetime:
    """ "2027-01-19 10:12" in Helsinki, as an aware moment in UTC."""
    return datetime.fromisoformat(moment).replace(tzinfo=HELSINKI).astimezone(UTC)


@dataclass(frozen=True)
class Cast:
    """One person of a story, with good defaults."""

    name: str
    role: str = "mentor"
    fields: tuple[str, ...] = ()
    region: str | None = "Uusimaa"
    languages: tuple[str, ...] = ("fi",)
    capacity: int = 2
    country: str = "FI"
    timezone: str = "Europe/Helsinki"
    locale: str = "fi-FI"
    institution: str | None = None
    offer: str = ""
    email: str | None = None
    rhythm: str = "weekly"

    @property
    def id(self) -> str:
        """How Slack knows them: "Sanna Laine" is U0SANNA."""
        first = self.name.split(" ", maxsplit=1)[0].upper()
        return "U0" + first.replace("Ä", "A").replace("Ö", "O").replace("İ", "I")

    def as_person(self) -> Person:
        """Them in the practice workspace."""
        return Person(
            id=self.id,
            name=self.name,
            email=self.email or f"{self.id.lower()}@example.org",
            tz=self.timezone,
            locale=self.locale,
            role=self.role,
            country=self.country,
            region=self.region,
        )

    def as_member(self, workspace: str) -> MemberRow:
        """Them in the network."""
        assert self.role in ROLES
        return MemberRow(
            workspace=workspace,
            external_id=self.id,
            name=self.name,
            roles=(self.role,),
            country=self.country,
            region=self.region,
            institution=self.institution,
            languages=self.languages,
            timezone=self.timezone,
            suggested_language=self.locale.split("-", maxsplit=1)[0],
            capacity=self.capacity,
            offer=self.offer,
            email=self.email,
            nudge_rhythm=self.rhythm,
        )


@dataclass(frozen=True)
class Heard:
    """One message as a person sees it."""

    ts: str
    channel: str
    text: str
    blocks: Sequence[dict[str, Any]] = field(default_factory=list)

    @property
    def at(self) -> datetime:
        """When it was posted, on the story's clock, in Helsinki."""
        return datetime.fromtimestamp(float(self.ts), tz=HELSINKI)

    @property
    def words(self) -> str:
        """Everything that can be read in it."""
        return "\n".join([self.text, *_texts(self.blocks)])

    @property
    def elements(self) -> list[dict[str, Any]]:
        """Its buttons and menus."""
        found = []
        for block in self.blocks:
            found += [element for element in block.get("elements", []) if "action_id" in element]
            if "action_id" in block.get("accessory", {}):
                found.append(block["accessory"])
        return found

    def button(self, action_id: str, label: str = "") -> dict[str, Any] | None:
        """Its button with that id whose label contains those words."""
        fitting = (
            e for e in self.elements if e["action_id"] == action_id and label in e.get("text", {}).get("text", "")
        )
        return next(fitting, None)


@dataclass
class Story:
    """What people do and hear. Every act waits until the bot has nothing more to say about it."""

    sandbox: Sandbox
    silta: Silta
    clock: Clock
    session: aiohttp.ClientSession

    async def at(self, moment: str) -> None:
        """Time passes until that moment in Helsinki; whatever is due on the way happens when it is due."""
        await self.clock.travel(helsinki(moment))
        await self._quiet()

    async def writes(self, who: Cast, text: str, channel: str | None = None) -> None:
        """Writes into the direct messages with the bot, or into a channel."""
        await self._act("message", user=who.id, text=text, **({"channel": channel} if channel else {}))

    async def commands(self, who: Cast, text: str) -> None:
        """Uses the slash command with these words after it."""
        await self._act("command", user=who.id, text=text)

    async def presses(self, who: Cast, action_id: str, label: str = "") -> None:
        """Presses the newest button with that id (and label) among what they see from the bot."""
        for heard in reversed(await self.hears(who)):
            if (element := heard.button(action_id, label)) is not None:
                await self.presses_on(who, heard, element)
                return
        raise AssertionError(f"{who.name} sees no {action_id} {label}")

    async def presses_on(self, who: Cast, card: Heard, element: dict[str, Any], value: str | None = None) -> None:
        """Presses that very button, or chooses that value in that menu."""
        await self._act(
            "press",
            user=who.id,
            channel=card.channel,
            ts=card.ts,
            action_id=element["action_id"],
            value=value or element.get("value"),
        )

    async def chooses(self, who: Cast, action_id: str, ending: str) -> None:
        """Chooses the option whose value ends so in the newest menu with that id."""
        for heard in reversed(await self.hears(who)):
            if (menu := heard.button(action_id)) is not None:
                option = next(o for o in menu["options"] if o["value"].endswith(ending))
                await self.presses_on(who, heard, menu, option["value"])
                return
        raise AssertionError(f"{who.name} sees no menu {action_id}")

    async def submits(self, who: Cast, **values: Any) -> None:
        """Sends the form that is open for this person."""
        views = (await self._get(f"views?user={who.id}"))["views"]
        assert views, f"{who.name} has no open form"
        await self._act("submit", user=who.id, view_id=views[-1]["id"], values=values)

    async def asks(self, who: Cast, name: str, **values: Any) -> None:
        """Presses "Ask …" on the card of that person and sends the form."""
        await self.presses(who, "introductions.request", name)
        await self.submits(who, **values)

    async def hears(self, who: Cast) -> list[Heard]:
        """What the bot has said to this person in direct messages, oldest first, as it reads now."""
        return await self._messages(who, lambda one: one["kind"] == "im" and one["with_bot"])

    async def groups(self, who: Cast) -> list[dict[str, Any]]:
        """The group conversations this person is in."""
        conversations = (await self._get(f"conversations?user={who.id}"))["conversations"]
        return [one for one in conversations if one["kind"] == "mpim"]

    async def hears_in_groups(self, who: Cast) -> list[Heard]:
        """What the bot has said in this person's group conversations."""
        return await self._messages(who, lambda one: one["kind"] == "mpim")

    async def posted_to(self, who: Cast) -> list[tuple[datetime, str]]:
        """Every message the bot has posted to this person by itself or in answer, with its moment in Helsinki."""
        conversations = (await self._get(f"conversations?user={who.id}"))["conversations"]
        places = {who.id, *(one["id"] for one in conversations if one["kind"] == "im" and one["with_bot"])}
        posted = []
        for call in self.sandbox.log.since(0, "chat.postMessage"):
            message = call.response.get("message", {})
            if call.ok and call.arguments["channel"] in places:
                posted.append((datetime.fromtimestamp(float(message["ts"]), tz=HELSINKI), message["text"]))
        return posted

    async def member(self, who: Cast) -> MemberRow:
        """This person as the network knows them."""
        async with self.silta.database.reading() as store:
            member = await store.members.by_external_id(self.silta.workspace, who.id)
            assert member is not None
            return member

    async def _messages(self, who: Cast, wanted: Callable[[dict[str, Any]], bool]) -> list[Heard]:
        conversations = (await self._get(f"conversations?user={who.id}"))["conversations"]
        heard = []
        for conversation in filter(wanted, conversations):
            answer = await self._get(f"messages?channel={conversation['id']}&user={who.id}")
            heard += [
                Heard(one["ts"], conversation["id"], one.get("text", ""), one.get("blocks") or [])
                for one in answer["messages"]
                if one.get("bot_id")
            ]
        return sorted(heard, key=lambda one: one.ts)

    async def _act(self, name: str, **fields: Any) -> None:
        async with self.session.post(f"{self.sandbox.url}/_sandbox/{name}", json=fields) as answer:
            assert answer.status == 200, await answer.text()
        await self._quiet()

    async def _get(self, path: str) -> dict[str, Any]:
        async with self.session.get(f"{self.sandbox.url}/_sandbox/{path}") as answer:
            assert answer.status == 200, await answer.text()
            found: dict[str, Any] = await answer.json()
            return found

    async def _quiet(self) -> None:
        """Waits until the bot has called Slack no more for a little while."""
        calls = -1
        while calls != len(self.sandbox.log.since(0)):
            calls = len(self.sandbox.log.since(0))
            await asyncio.sleep(QUIET_SECONDS)


@asynccontextmanager
async def story(
    database_url: str, begins: str, *cast: Cast, breaks: dict[str, tuple[str, str]] | None = None
) -> AsyncIterator[Story]:
    """Opens the stage: these people, this database, this moment in Helsinki; `breaks` by institution."""
    clock = Clock(helsinki(begins))
    workspace = Sandbox(clock=clock, people=[one.as_person() for one in cast], scopes=frozenset(BOT_SCOPES))
    await workspace.serve()
    settings = Settings(
        _env_file=None,
        slack_bot_token=SecretStr(workspace.bot_token),
        slack_app_token=SecretStr(workspace.app_token),
        slack_api_url=f"{workspace.url}/api/",
        database_url=database_url,
    )
    try:
        async with (
            running(settings, clock=clock, programme=_programme(breaks or {})) as silta,
            aiohttp.ClientSession() as session,
        ):
            await _join(silta, cast)
            clock.on_move(silta.timetable.tick)
            yield Story(workspace, silta, clock, session)
    finally:
        await workspace.close()


async def _join(silta: Silta, cast: Sequence[Cast]) -> None:
    async with silta.database.transaction() as store:
        for one in cast:
            member = one.as_member(silta.workspace)
            store.members.add(member)
            await store.flush()
            await store.members.set_fields(member.id, one.fields)


def _programme(breaks: dict[str, tuple[str, str]]) -> Programme:
    institutions = tuple(
        Institution(
            name=name,
            breaks=(Break(starts_on=first, ends_on=last, source="the story"),),  # type: ignore[arg-type]  # ISO days
        )
        for name, (first, last) in breaks.items()
    )
    return Programme(institutions=institutions)


def _texts(blocks: Any) -> list[str]:
    if isinstance(blocks, dict):
        own = [blocks["text"]] if isinstance(blocks.get("text"), str) else []
        return own + [text for value in blocks.values() if isinstance(value, (dict, list)) for text in _texts(value)]
    return [text for one in blocks for text in _texts(one)]
