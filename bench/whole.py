"""The whole of `silta run` in processes that die: migrating, connected by Socket Mode, ticking and sending."""

import asyncio
import os
import sys
from collections.abc import Callable
from functools import partial
from unittest.mock import patch

import structlog
from pydantic import SecretStr

from bench.senders import TOKEN, Post
from bot import app
from bot.delivery.sender import Sender
from bot.delivery.steps import Step
from bot.settings import Settings

APP_TOKEN = "xapp-sandbox"
LOOKS_EVERY_SECONDS, GIVES_UP_AFTER_SECONDS = 0.1, 20.0


def fork_whole(post: Post, passing: Callable[[Step], None]) -> int:
    """Starts `silta run` as a process of its own; answers its id. It ends when nothing is due any more, if it lives."""
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))

        async def identity(_settings: Settings) -> dict[str, str]:
            # The series is written for a workspace of its own name.
            return {"team_id": post.workspace, "user": "silta"}

        with patch.object(app, "Sender", partial(Sender, passing=passing)), patch.object(app, "identity", identity):
            asyncio.run(_run(post))
        code = 0
    finally:
        # The parent's own business at exit is not the child's.
        sys.stdout.flush()
        os._exit(code)


async def _run(post: Post) -> None:
    settings = Settings(
        _env_file=None,
        slack_bot_token=SecretStr(TOKEN),
        slack_app_token=SecretStr(APP_TOKEN),
        slack_api_url=post.api_url,
        database_url=post.database_url,
    )
    async with (
        asyncio.timeout(GIVES_UP_AFTER_SECONDS),
        app.running(settings, clock=post.clock, programme=post.programme) as silta,
    ):
        while await silta.services.agenda.has_something_due():  # noqa: ASYNC110 - a state in a table has no event
            await asyncio.sleep(LOOKS_EVERY_SECONDS)
