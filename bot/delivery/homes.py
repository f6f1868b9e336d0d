"""Home views that say something that is no longer so are drawn anew, for people who have opened theirs."""

from dataclasses import dataclass

import structlog
from aiohttp import ClientError
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.facts.home import Home
from bot.language import Translator
from bot.messages import home as home_words
from bot.services.home import Homes

log = structlog.get_logger()


@dataclass(frozen=True)
class HomeViews:
    """Draws the home views of one workspace."""

    workspace: str
    homes: Homes
    client: AsyncWebClient

    async def draw_outdated(self) -> None:
        """Draws some of them. One that Slack does not take now is drawn when it changes or is opened again."""
        for home in await self.homes.outdated(self.workspace):
            try:
                await publish(self.client, home)
            except (SlackApiError, ClientError, OSError, TimeoutError) as problem:
                log.warning("home.not_drawn", reason=type(problem).__name__)


async def publish(client: AsyncWebClient, home: Home) -> None:
    """Draws this home view in its person's language of this moment."""
    t = Translator(home.me.language, home.me.zone)
    await client.views_publish(user_id=home.me.person.external_id or "", view=home_words.home(t, home))
