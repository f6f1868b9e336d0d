"""The measure of things: a bare Bolt listener with one committed insert and one chat.postMessage."""

import asyncio
import os
from typing import Any

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.models.blocks import ActionsBlock, ButtonElement
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Database
from storage.rows import Row

BUTTON = "fields.confirm"


class HeardRow(Row):
    """One line per event."""

    __tablename__ = "heard"

    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]


async def main() -> None:
    """Listens until it is ended."""
    client = AsyncWebClient(token=os.environ["SLACK_BOT_TOKEN"], base_url=os.environ["SLACK_API_URL"])
    app = AsyncApp(client=client, request_verification_enabled=False)
    # The engine of the program itself, so that both sides have the same settings of SQLite.
    engine = Database(os.environ["DATABASE_URL"]).engine
    async with engine.connect() as connection:
        await connection.execution_options(silta_writing=True)
        await connection.run_sync(HeardRow.metadata.create_all)
        await connection.commit()

    async def keep_and_answer(text: str, channel: str, ack: Any) -> None:
        await ack()
        async with engine.connect() as connection:
            writing = await connection.execution_options(silta_writing=True)
            async with AsyncSession(writing) as session, session.begin():
                session.add(HeardRow(text=text))
        button = ActionsBlock(elements=[ButtonElement(action_id=BUTTON, text="Yes", value="yes")])
        await app.client.chat_postMessage(channel=channel, text="Heard.", blocks=[button])

    async def on_message(ack: Any, event: dict[str, Any]) -> None:
        await keep_and_answer(event["text"], event["channel"], ack)

    async def on_press(ack: Any, body: dict[str, Any]) -> None:
        await keep_and_answer(body["actions"][0]["value"], body["channel"]["id"], ack)

    app.event({"type": "message", "subtype": None})(on_message)
    app.action(BUTTON)(on_press)
    await AsyncSocketModeHandler(app, os.environ["SLACK_APP_TOKEN"]).start_async()  # type: ignore[no-untyped-call]


if __name__ == "__main__":
    asyncio.run(main())
