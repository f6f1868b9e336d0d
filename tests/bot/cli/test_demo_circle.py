"""The circle of the practice workspace can be played: its poll comes when the clock moves to the next morning."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import sandbox
from bot import programme as programmes
from bot import services as all_services
from bot.app import Silta
from bot.cli.demo import CIRCLE, _found_a_circle
from bot.services.members_file import MembersFile
from storage.database import Database
from tests.storage.rows import WORKSPACE

HERE = Path(sandbox.__file__).parent
TUESDAY = datetime(2027, 1, 19, 8, 12, tzinfo=UTC)


async def test_the_demo_circle_is_polled_the_next_morning(database: Database) -> None:
    clock = sandbox.Clock(TUESDAY)
    programme = programmes.load(HERE / "programme.toml")
    services = all_services.build(database, clock, programme)
    await MembersFile(database, services.fields.recogniser, programme, clock).bring_in(WORKSPACE, HERE / "people.csv")
    silta = Silta(WORKSPACE, "silta", database, services, timetable=None, web=None)  # type: ignore[arg-type]

    await _found_a_circle(silta, programme, clock.now())
    clock._set(datetime(2027, 1, 20, 8, tzinfo=UTC))
    await services.meetups.hold_rounds()

    async with database.reading() as store:
        claimed = await store.outbox.claim(WORKSPACE, "test", clock.now() + timedelta(seconds=1), 20)
        invited = await store.members.by_ids({row.recipient_id for row in claimed})
    assert {row.kind for row in claimed} == {"meetups.poll"}
    assert {member.external_id for member in invited.values()} == set(CIRCLE)
