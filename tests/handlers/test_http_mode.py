"""The same bot, unmodified, over signed HTTP requests instead of Socket Mode."""

from tests.journeys.stage import Cast, Story, story

SANNA = Cast("Sanna Laine", "student", ("0713",), languages=("fi", "en"))
LEENA = Cast("Leena Harjula", "mentor", ("0713",), languages=("fi", "en"), offer="Näytän työsalia.")
ASK = "moi! oon sähkäri ja alotan opeopinnot haaga-heliassa, can u find some1 sähköalalta juttelee, mielellää helsinki"


async def test_a_contact_is_found_asked_and_introduced_over_http(database_url: str) -> None:
    async with story(database_url, "2027-01-19 10:12", SANNA, LEENA, by_http=True) as told:
        await told.writes(SANNA, ASK)
        await told.presses(SANNA, "fields.confirm")
        await told.asks(SANNA, "Leena", kinds=["see_the_work"], note="haluisin nähä työsalin")
        (request,) = await told.hears(LEENA)
        assert "haluisin nähä työsalin" in request.words

        await told.presses(LEENA, "introductions.accept")

        (group,) = await told.groups(SANNA)
        assert len(group["members"]) == 3
        _everything_was_acknowledged_at_the_first_attempt(told)


async def test_slash_command_is_answered_over_http(sqlite_url: str) -> None:
    async with story(sqlite_url, "2027-01-19 10:12", SANNA, LEENA, by_http=True) as told:
        await told.commands(SANNA, "find sähköala")
        await told.commands(LEENA, "pause")

        (cards,) = await told.hears(SANNA)
        assert cards.button("introductions.request", "Leena")
        assert (await told.member(LEENA)).availability == "paused"
        _everything_was_acknowledged_at_the_first_attempt(told)


async def test_the_same_event_delivered_three_times_over_http_acts_once(sqlite_url: str) -> None:
    async with story(sqlite_url, "2027-01-19 10:12", SANNA, LEENA, by_http=True) as told:
        await told.writes(SANNA, "etsin kontaktia sähköalalta")
        event = told.sandbox.line.deliveries.since()[0]
        assert event.payload["event"]["user"] == SANNA.id

        for _ in range(2):
            assert (await told.sandbox.line.redeliver(event)).acked

        assert len(await told.hears(SANNA)) == 1


def _everything_was_acknowledged_at_the_first_attempt(told: Story) -> None:
    delivered = told.sandbox.line.deliveries.since()
    assert delivered
    assert all([attempt.acked for attempt in one.attempts] == [True] for one in delivered)
