"""The real sender between a real database and the practice workspace."""

from collections.abc import AsyncIterator

import pytest

from storage.database import Database
from tests.bot.delivery.stage import Post, post_office


@pytest.fixture
async def post(database: Database) -> AsyncIterator[Post]:
    """A post office on a Tuesday morning."""
    async with post_office(database) as opened:
        yield opened
