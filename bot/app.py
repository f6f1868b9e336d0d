"""The composition root: the one file that knows all rooms and puts them together. Stand-ins are welcome."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial
from typing import Any

import structlog
from aiohttp import ClientError
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette

from bot import programme as programmes
from bot import services as all_services
from bot.clock import Clock, SystemClock
from bot.delivery.homes import HomeViews
from bot.delivery.sender import Sender
from bot.delivery.slack import Slack, error_of
from bot.errors import SettingsProblem
from bot.metrics import Metrics
from bot.programme import Programme
from bot.rules import public_holidays
from bot.services import Services
from bot.settings import Settings
from bot.timetable import Timetable
from handlers import register
from handlers.context import profile_of
from handlers.http import web_app
from storage.database import Database
from storage.listening import listen
from storage.one_sender import the_only_sender
from storage.schema import migrate

HTTP_TIMEOUT_SECONDS = 30
PEOPLE_PER_PAGE = 200
NOT_SLACK = "SLACK_API_URL does not answer as Slack does; .env.example says how to set it."

log = structlog.get_logger()


@dataclass(frozen=True)
class Silta:
    """The running program."""

    workspace: str
    bot_name: str
    database: Database
    services: Services
    timetable: Timetable
    web: Starlette


@asynccontextmanager
async def running(
    settings: Settings, *, clock: Clock | None = None, programme: Programme | None = None
) -> AsyncIterator[Silta]:
    """Silta at work: migrated, connected, ticking. Ends cleanly; whatever is due then stays in the tables.

    Raises SettingsProblem or StoreProblem, each one sentence.
    """
    clock = clock or SystemClock()
    programme = programme or programmes.load(settings.silta_programme)
    async with _opened(settings.database_url) as database:
        talking, sending = _clients(settings)
        me = await identity(settings)
        services = all_services.build(database, clock, programme, settings.silta_public_url)
        sender = Sender(me["team_id"], database, clock, programme, services.outgoing, Slack(sending))

        async def refresh_people() -> None:
            await _refresh_people(talking, services, me["team_id"])

        homes = HomeViews(me["team_id"], services.homes, talking)
        timetable = Timetable(services, sender, refresh_people, homes.draw_outdated)
        metrics = Metrics(me["team_id"], database, clock, timetable, sender.counters)
        bolt = AsyncApp(client=talking, request_verification_enabled=False, raise_error_for_unhandled_request=False)
        register(bolt, services)
        secret = None if settings.uses_sockets else settings.signing_secret()

        async def healthy() -> bool:
            return timetable.ticked_lately and await database.answers()

        async def calendar_of(key: str) -> bytes | None:
            # Loaded by the first calendar that is asked for: seven megabytes.
            from bot.messages import calendars

            entry = await services.meetups.invitation(key) or await services.events.entry(key)
            return calendars.calendar_file(entry) if entry else None

        async def feed_of(key: str) -> bytes | None:
            from bot.messages import calendars

            found = await services.feeds.feed(key)
            return calendars.feed(found) if found else None

        await services.members.appoint_coordinators(
            me["team_id"], (*settings.silta_coordinators, *programme.programme.coordinators)
        )
        silta = Silta(
            workspace=me["team_id"],
            bot_name=me["user"],
            database=database,
            services=services,
            timetable=timetable,
            web=web_app(
                healthy,
                bolt if secret else None,
                secret,
                metrics.text,
                calendar_of,
                copy_for=services.own_data.copy_for,
                feed_of=feed_of,
                guests=services.guests,
            ),
        )
        await services.weekly_lists.begin(me["team_id"])
        beside, once_heard = (refresh_people(), listen(database)), partial(services.knowledge.keep_up, me["team_id"])
        async with _working(settings, bolt, timetable, sender, beside, once_heard):
            yield silta


@asynccontextmanager
async def _opened(database_url: str) -> AsyncIterator[Database]:
    """The database, migrated and ours to send from."""
    database = Database(database_url)
    try:
        await migrate(database)
        with the_only_sender(database):
            yield database
    finally:
        await database.close()


@asynccontextmanager
async def _working(
    settings: Settings,
    bolt: AsyncApp,
    timetable: Timetable,
    sender: Sender,
    beside: Sequence[Coroutine[Any, Any, None]],
    once_heard: Callable[[], Coroutine[Any, Any, None]],
) -> AsyncIterator[None]:
    socket = AsyncSocketModeHandler(bolt, settings.app_token()) if settings.uses_sockets else None
    await timetable.tick()
    timetable.start()
    tasks: list[asyncio.Task[None]] = [
        asyncio.create_task(sender.run()),
        *(asyncio.create_task(one) for one in beside),
        asyncio.create_task(asyncio.to_thread(public_holidays.load)),
    ]
    try:
        if socket is not None:
            await _connect(socket)
        # What takes a while begins when people are heard.
        tasks.append(asyncio.create_task(once_heard()))
        yield
    finally:
        await timetable.stop()
        for task in tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        if socket is not None:
            await socket.close_async()  # type: ignore[no-untyped-call]


async def _connect(socket: AsyncSocketModeHandler) -> None:
    """Opens the socket; the library would go on trying for ever with a token that Slack refuses."""
    try:
        opened = await socket.client.web_client.apps_connections_open(app_token=socket.client.app_token)
        socket.client.wss_uri = opened["url"]
    except SlackApiError as problem:
        raise _refused("SLACK_APP_TOKEN", problem) from None
    except (OSError, ClientError):
        # Slack answered a moment ago; the library waits until it does so again.
        log.warning("socket.not_open_yet")
    await socket.connect_async()  # type: ignore[no-untyped-call]


def _clients(settings: Settings) -> tuple[AsyncWebClient, AsyncWebClient]:
    """One client to talk with, which waits when Slack says 429, and one to send with, which never retries."""
    token, url = settings.bot_token(), settings.slack_api_url
    talking = AsyncWebClient(token=token, base_url=url, timeout=HTTP_TIMEOUT_SECONDS, retry_handlers=[])
    # A 429 means that nothing was done, so this retry cannot double anything.
    talking.retry_handlers.append(AsyncRateLimitErrorRetryHandler(max_retry_count=2))
    return talking, AsyncWebClient(token=token, base_url=url, timeout=HTTP_TIMEOUT_SECONDS, retry_handlers=[])


async def identity(settings: Settings) -> dict[str, str]:
    """Which workspace and bot user our token belongs to (auth.test). Raises SettingsProblem."""
    client, _ = _clients(settings)
    try:
        return dict((await client.auth_test()).data)  # type: ignore[arg-type]  # auth.test answers with a JSON object
    except SlackApiError as problem:
        raise _refused("SLACK_BOT_TOKEN", problem) from None
    except (OSError, ClientError) as problem:
        raise SettingsProblem(
            f"SLACK_API_URL {settings.slack_api_url} cannot be reached ({str(problem) or type(problem).__name__}); "
            "check the network, and .env.example for the address."
        ) from None
    except AttributeError:
        # The library expects an object in every answer and stumbles over plain text.
        raise SettingsProblem(NOT_SLACK) from None


def _refused(setting: str, problem: SlackApiError) -> SettingsProblem:
    error = error_of(problem)
    if error is None:
        return SettingsProblem(NOT_SLACK)
    return SettingsProblem(f"{setting} is not accepted by Slack ({error}); .env.example says where to find it.")


async def _refresh_people(client: AsyncWebClient, services: Services, workspace: str) -> None:
    """Language, zone and membership of everybody Silta knows, page by page and never one by one."""
    cursor: str | None = None
    while cursor != "":
        try:
            page = await client.users_list(include_locale=True, limit=PEOPLE_PER_PAGE, cursor=cursor)
        except (SlackApiError, ClientError, OSError, TimeoutError) as problem:
            log.warning("people.not_refreshed", reason=type(problem).__name__)
            return
        await services.members.refresh(workspace, [profile_of(user, workspace) for user in page["members"]])
        cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
