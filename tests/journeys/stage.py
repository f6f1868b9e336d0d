"""The stage for whole stories: the practice workspace, the unmodified bot connected to it, and chosen time."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import aiohttp
from pydantic import SecretStr
from sqlalchemy import select

from bot.app import Silta, running
from bot.language import language_of
from bot.manifest import BOT_SCOPES
from bot.programme import Break, CheckIns, Delivery, Events, Institution, Programme
from bot.services.members import ROLES
from bot.settings import Settings
from sandbox import Clock, Person, Sandbox
from sandbox.serving import Serving
from sandbox.web_api.faults import Fault, Kind
from storage.database import Database
from storage.members import CONTACT_ROLE, OF_A_CONTACT, MemberRow
from storage.outbox import ATTEMPTING, LEASED, PENDING, OutboxRow
from storage.rows import Row
from tests.storage.rows import time_passes

HELSINKI = ZoneInfo("Europe/Helsinki")
BRISK = Delivery(posts_per_minute=60_000, burst=1_000, seconds_between_in_channel=0)
"""Weeks pass in seconds here; the pace of Slack would be the slowest thing in a story."""
QUIET_SECONDS = 0.1
RESTLESS_SECONDS = 60
R = TypeVar("R", bound=Row)


def helsinki(moment: str) -> datetime:
    """ "2027-01-19 10:12" in Helsinki, as an aware moment in UTC."""
    return datetime.fromisoformat(moment).replace(tzinfo=HELSINKI).astimezone(UTC)


@dataclass(frozen=True)
class Cast:
    """One person of a story, with good defaults; light questions would only disturb most stories, hence the rhythm."""

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
    rhythm: str = "when_needed"
    is_guest: bool = False

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
            region=self.region or "",
            is_guest=self.is_guest,
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
            suggested_language=language_of(self.locale),
            capacity=self.capacity,
            offer=self.offer,
            email=self.email,
            nudge_rhythm=self.rhythm,
            vouched_roles=(self.role,),
            is_guest=self.is_guest,
            welcomed_at=datetime(2026, 9, 1, 8, 0, tzinfo=UTC),
            purposes=OF_A_CONTACT if self.role == CONTACT_ROLE else (),
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

    def labels(self, action_id: str) -> list[str]:
        """What stands on its buttons with that id, in order."""
        return [e["text"]["text"] for e in self.elements if e["action_id"] == action_id]

    @property
    def markup(self) -> list[str]:
        """The texts in it that Slack reads as mrkdwn, where a mention would act."""
        return [self.text, *_markup(self.blocks)]


@dataclass
class Bot:
    """The bot of a story, which can be stopped and started again over the same database."""

    settings: Settings
    clock: Clock
    programme: Programme
    silta: Silta | None = None
    _stop: AsyncExitStack = field(default_factory=AsyncExitStack)

    async def starts(self) -> Silta:
        """Comes up, and first does what has become due."""
        self.silta = await self._stop.enter_async_context(
            running(self.settings, clock=self.clock, programme=self.programme)
        )
        return self.silta

    async def stops(self) -> None:
        """Ends cleanly; time passes without it."""
        self.silta = None
        await self._stop.aclose()

    async def tick(self) -> None:
        """Does what is due, unless it is not running."""
        if self.silta is not None:
            await self.silta.timetable.tick()


@dataclass
class Story:
    """What people do and hear. Every act waits until the bot has nothing more to say about it."""

    sandbox: Sandbox
    bot: Bot
    clock: Clock
    session: aiohttp.ClientSession
    acts: Counter[tuple[str, str]] = field(default_factory=Counter)
    """What people did so far, each act of each person counted as it leaves for the bot."""

    def presses_of(self, who: Cast) -> int:
        """How many buttons this person has pressed, at home, on cards and to send a form."""
        return self.acts[who.id, "press"] + self.acts[who.id, "submit"]

    def sentences_of(self, who: Cast) -> int:
        """How often this person has written something, with the slash command too."""
        return self.acts[who.id, "message"] + self.acts[who.id, "command"]

    @property
    def silta(self) -> Silta:
        """The running program."""
        assert self.bot.silta is not None, "the bot is not running"
        return self.bot.silta

    async def stops(self) -> None:
        """The bot is stopped; what is due waits in its tables."""
        await self.bot.stops()

    async def starts_again(self) -> None:
        """The bot starts again over the same database."""
        await self.bot.starts()
        await self._quiet()

    async def looks_up_what_was_lost(self) -> None:
        """What the timetable does every half minute: asks Slack what became of attempts without an answer."""
        job = self.silta.timetable._scheduler.get_job("look_up_lost")
        await job.func()
        await self._quiet()

    async def _database_goes_on(self, moment: str) -> None:
        """The database's own clock goes on as the story's does."""
        database = Database(self.bot.settings.database_url)
        await time_passes(database, max(helsinki(moment) - self.clock.now(), timedelta()))
        await database.close()

    def will_fail(self, method: str, kind: Kind, **details: Any) -> None:
        """The next call of this method goes wrong in that way."""
        self.sandbox.faults.add(Fault(method, kind, **details))

    async def at(self, moment: str) -> None:
        """Time passes until that moment in Helsinki; whatever is due on the way happens when it is due."""
        await self._database_goes_on(moment)
        await self.clock.travel(helsinki(moment))
        await self._quiet()

    async def leaps_to(self, moment: str) -> None:
        """Many days pass in one step, where nothing is due; whatever was due all the same happens late, at the end."""
        await self._database_goes_on(moment)
        await self.clock._stop_at(helsinki(moment))
        await self._quiet()

    async def writes(self, who: Cast, text: str, channel: str | None = None) -> None:
        """Writes into the direct messages with the bot, or into a channel."""
        await self._act("message", user=who.id, text=text, **({"channel": channel} if channel else {}))

    async def commands(self, who: Cast, text: str, channel: str | None = None) -> None:
        """Uses the slash command with these words after it, in the direct messages or in a channel."""
        await self._act("command", user=who.id, text=text, **({"channel": channel} if channel else {}))

    async def joins(self, who: Cast) -> None:
        """Comes into the workspace, where the bot has not met them yet."""
        person = who.as_person()
        await self._act(
            "join",
            {
                "id": person.id,
                "name": person.name,
                "tz": person.tz,
                "locale": person.locale,
                "is_guest": person.is_guest,
            },
        )

    async def changes_in_slack(self, who: Cast, **profile: Any) -> None:
        """Changes their Slack profile: locale, tz, name or deleted."""
        await self._act("change", {"user": who.id, **profile})

    async def opens_home(self, who: Cast) -> None:
        """Opens the bot's home tab."""
        await self._act("open_home", user=who.id)

    async def opens_conversation(self, who: Cast) -> None:
        """Looks at the conversation with the bot, without a word."""
        await self._act("open_home", user=who.id, tab="messages")

    async def sees_at_home(self, who: Cast) -> Heard:
        """What the home tab says to this person."""
        view = (await self._get(f"home?user={who.id}"))["view"]
        assert view is not None, f"{who.name} has no home view yet"
        return Heard("0", "home", "", view["blocks"])

    async def presses_at_home(self, who: Cast, action_id: str, label: str = "", value: str | None = None) -> None:
        """Presses that button on the home tab, or chooses that value in that menu."""
        home = await self.sees_at_home(who)
        element = home.button(action_id, label)
        assert element is not None, f"{who.name} sees no {action_id} {label} at home"
        chosen = value or element.get("value")
        await self._act("press", user=who.id, channel="home", action_id=action_id, value=chosen)

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
                option = next(o for o in _options_of(menu) if o["value"].endswith(ending))
                await self.presses_on(who, heard, menu, option["value"])
                return
        raise AssertionError(f"{who.name} sees no menu {action_id}")

    async def submits(self, who: Cast, *, force: bool = False, **values: Any) -> dict[str, str]:
        """Sends the form that is open for this person; answers with the mistakes shown in it, if any."""
        view = await self.form_of(who)
        answer = await self._act("submit", user=who.id, view_id=view["id"], values=values, force=force)
        errors: dict[str, str] = answer.get("errors") or {}
        return errors

    async def form_of(self, who: Cast) -> dict[str, Any]:
        """The form that is open for this person."""
        views: list[dict[str, Any]] = (await self._get(f"views?user={who.id}"))["views"]
        assert views, f"{who.name} has no open form"
        return views[-1]

    async def has_no_form_open(self, who: Cast) -> bool:
        """True when no form is open for this person."""
        return not (await self._get(f"views?user={who.id}"))["views"]

    async def asks_in(self, who: Cast, field: str, name: str, **values: Any) -> None:
        """Looks for a contact in that field and asks the person of that name, all in one go."""
        await self.writes(who, f"I need a contact in {field}")
        await self.asks(who, name, **values)

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

    async def rows(self, table: type[R]) -> list[R]:
        """Everything in a table, in the order in which it was written."""
        async with self.silta.database.reading() as store:
            return list((await store.members._session.scalars(select(table).order_by("id"))).all())

    async def shown_in(self, who: Cast, channel: str) -> list[dict[str, Any]]:
        """A channel as this person sees it, by its name, oldest message first."""
        found = self.sandbox.workspace.conversations.channel_named(channel)
        assert found is not None
        messages: list[dict[str, Any]] = (await self._get(f"messages?channel={found.id}&user={who.id}"))["messages"]
        return messages

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

    async def _act(self, act: str, given: dict[str, Any] | None = None, /, **fields: Any) -> dict[str, Any]:
        self.acts[str(fields.get("user")), act] += 1
        async with self.session.post(f"{self.sandbox.url}/_sandbox/{act}", json={**(given or {}), **fields}) as answer:
            assert answer.status == 200, await answer.text()
            said: dict[str, Any] = await answer.json()
        await self._quiet()
        return said

    async def _get(self, path: str) -> dict[str, Any]:
        async with self.session.get(f"{self.sandbox.url}/_sandbox/{path}") as answer:
            assert answer.status == 200, await answer.text()
            found: dict[str, Any] = await answer.json()
            return found

    async def _quiet(self) -> None:
        """Waits until the bot has nothing at hand and has called Slack no more for a little while."""
        calls, since = -1, time.monotonic()
        while calls != len(self.sandbox.log.since(0)) or await self._is_busy():
            assert time.monotonic() - since < RESTLESS_SECONDS, "the bot does not come to rest"
            calls = len(self.sandbox.log.since(0))
            await asyncio.sleep(QUIET_SECONDS)

    async def _is_busy(self) -> bool:
        """True while a listener is at work or something due is on its way."""
        if self.bot.silta is None:
            return False
        # Bolt answers Slack before the listener is done, so the task of the listener tells when that is.
        at_work = {"run_ack_function_asynchronously"}
        if any(_name_of(task).rpartition(".")[2] in at_work for task in asyncio.all_tasks()):
            return True
        now = self.clock.now()
        due = OutboxRow.state.in_((PENDING, LEASED)) & (OutboxRow.not_before <= now)
        # An attempt that takes longer has lost its answer: a story about that must not wait for it.
        leaving = (OutboxRow.state == ATTEMPTING) & (OutboxRow.attempted_at > now - timedelta(seconds=1))
        async with self.silta.database.reading() as store:
            return await store.members._session.scalar(select(OutboxRow.id).where(due | leaving).limit(1)) is not None


def _name_of(task: "asyncio.Task[Any]") -> str:
    return getattr(task.get_coro(), "__qualname__", "")


@asynccontextmanager
async def story(
    database_url: str,
    begins: str,
    *cast: Cast,
    breaks: dict[str, tuple[str, str]] | None = None,
    by_http: bool = False,
    check_ins: CheckIns | None = None,
    programme: Programme | None = None,
    settings_of_programme: dict[str, Any] | None = None,
    channels: Sequence[str] = (),
    public_url: str | None = None,
) -> AsyncIterator[Story]:
    """Opens the stage: these people, this database, this moment in Helsinki.

    `breaks` by institution, `check_ins` where a story wants other numbers than those of R12, `settings_of_programme`
    whatever else its programme says at the top, or a whole `programme`; `channels` are the regions whose channel the
    programme file names; `public_url` is where the bot is told that it can be reached (see `on_the_web`).
    Slack and the bot talk by Socket Mode, or by signed HTTP requests.
    """
    clock = Clock(helsinki(begins))
    workspace = Sandbox(clock=clock, people=[one.as_person() for one in cast], scopes=frozenset(BOT_SCOPES))
    await workspace.serve()
    settings = Settings(
        _env_file=None,
        slack_bot_token=SecretStr(workspace.bot_token),
        slack_app_token=None if by_http else SecretStr(workspace.app_token),
        slack_signing_secret=SecretStr(workspace.signing_secret) if by_http else None,
        slack_api_url=f"{workspace.url}/api/",
        database_url=database_url,
        silta_public_url=public_url,
    )
    made = _programme(breaks or {}, check_ins or CheckIns(), settings_of_programme or {})
    made = made.model_copy(update={"events": _channels(workspace, channels)})
    bot = Bot(settings, clock, programme.model_copy(update={"delivery": BRISK}) if programme else made)
    try:
        silta = await bot.starts()
        async with (
            _reached_by_http(workspace, silta) if by_http else nullcontext(),
            aiohttp.ClientSession() as session,
        ):
            await _join(silta, cast)
            clock.on_move(bot.tick)
            yield Story(workspace, bot, clock, session)
    finally:
        await bot.stops()
        await workspace.close()


def _channels(workspace: Sandbox, regions: Sequence[str]) -> Events:
    """The channels that the practice workspace has for these regions."""
    there = workspace.workspace.region_channels()
    return Events(channels={region: there[region] for region in regions if region in there})


@asynccontextmanager
async def _reached_by_http(workspace: Sandbox, silta: Silta) -> AsyncIterator[None]:
    async with on_the_web(silta) as url:
        workspace.send_events_to(f"{url}/slack/events")
        yield


@asynccontextmanager
async def on_the_web(silta: Silta) -> AsyncIterator[str]:
    """The web server of the running program; the address at which it really listens."""
    serving = Serving(silta.web)
    port = await serving.start("127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        await serving.stop()


async def _join(silta: Silta, cast: Sequence[Cast]) -> None:
    async with silta.database.transaction() as store:
        for one in cast:
            member = one.as_member(silta.workspace)
            store.members.add(member)
            await store.flush()
            await store.members.set_fields(member.id, one.fields)


def _programme(breaks: dict[str, tuple[str, str]], check_ins: CheckIns, more: dict[str, Any]) -> Programme:
    institutions = tuple(
        Institution(
            name=name,
            breaks=(Break(starts_on=date.fromisoformat(first), ends_on=date.fromisoformat(last), source="the story"),),
        )
        for name, (first, last) in breaks.items()
    )
    return Programme(institutions=institutions, check_ins=check_ins, delivery=BRISK, **more)


def _markup(blocks: Any) -> list[str]:
    if isinstance(blocks, dict):
        own = [blocks["text"]] if blocks.get("type") == "mrkdwn" else []
        return own + [text for value in blocks.values() if isinstance(value, (dict, list)) for text in _markup(value)]
    return [text for one in blocks for text in _markup(one)]


def _texts(blocks: Any) -> list[str]:
    if isinstance(blocks, dict):
        own = [blocks["text"]] if isinstance(blocks.get("text"), str) else []
        return own + [text for value in blocks.values() if isinstance(value, (dict, list)) for text in _texts(value)]
    return [text for one in blocks for text in _texts(one)]


def _options_of(menu: dict[str, Any]) -> list[dict[str, Any]]:
    """Every choice of a menu, whether in groups or not."""
    return [*menu.get("options", []), *(one for group in menu.get("option_groups", []) for one in group["options"])]
