"""Every way in leads to the same answer; whatever is written is answered sensibly and shown literally."""

import pytest

from sandbox.ids import BOT_USER
from storage.asks import AskRow
from storage.introductions import OPEN, IntroductionRow
from storage.outbox import SENT, OutboxRow
from tests.journeys.stage import Cast, Heard, Story, story

OMAR = Cast("Omar Ali", "student", ("0715",), locale="en-GB")
RISTO = Cast("Risto Ahola", fields=("0715",), locale="en-GB")
TAINA = Cast("Taina Korpi", "coordinator", locale="en-GB")
FOUND = "I found one person in *Mechanics and metal trades* whom you can ask."
NOT_UNDERSTOOD = "I did not understand that."
BIDI, BELL = "\u202e", "\x07"
HOSTILE = f"<!channel> <@{RISTO.id}> *bold* `mono` _it_ ~no~ <https://evil.example|here> {BIDI}tsiaF{BELL}"


async def test_a_direct_message_shows_people(database_url: str) -> None:
    async with story(database_url, "2027-02-03 09:30", OMAR, RISTO) as told:
        await told.writes(OMAR, "I need a contact in metal")
        (cards,) = await told.hears(OMAR)
        assert cards.text == FOUND
        assert cards.labels("introductions.request") == ["Ask Risto"]


async def test_a_mention_is_answered_in_the_thread_and_people_are_shown_privately(database_url: str) -> None:
    async with story(database_url, "2027-02-03 09:30", OMAR, RISTO) as told:
        await told.writes(OMAR, f"<@{BOT_USER}> I need a contact in metal", channel="#general")
        question, answer = await told.shown_in(RISTO, "general")
        assert answer["thread_ts"] == question["ts"]
        assert "I have answered you in a direct message" in answer["text"]
        assert "Risto" not in str(answer)
        (cards,) = await told.hears(OMAR)
        assert cards.labels("introductions.request") == ["Ask Risto"]


async def test_a_channel_in_which_silta_is_not_mentioned_is_not_read(database_url: str) -> None:
    async with story(database_url, "2027-02-03 09:30", OMAR, RISTO) as told:
        await told.writes(OMAR, "I need a contact in metal", channel="#general")
        assert len(await told.shown_in(OMAR, "general")) == 1
        assert await told.hears(OMAR) == []
        assert await told.rows(AskRow) == []


async def test_silta_find_in_a_channel_shows_people_in_direct_messages(database_url: str) -> None:
    async with story(database_url, "2027-02-03 09:30", OMAR, RISTO) as told:
        await told.commands(OMAR, "find metal", channel="#general")
        (cards,) = await told.hears(OMAR)
        assert cards.labels("introductions.request") == ["Ask Risto"]
        (note,) = await told.shown_in(OMAR, "general")
        assert "I have answered you in a direct message" in note["text"]
        assert await told.shown_in(RISTO, "general") == [], "nobody else sees that Omar asked"


async def test_silta_find_alone_asks_about_ones_own_field(database_url: str) -> None:
    async with story(database_url, "2027-02-03 09:30", OMAR, RISTO) as told:
        await told.commands(OMAR, "find")
        (question,) = await told.hears(OMAR)
        assert "You are looking for a contact in *Mechanics and metal trades*. Right?" in question.words
        await told.presses(OMAR, "fields.confirm")
        assert (await told.hears(OMAR))[-1].text == FOUND


@pytest.mark.parametrize("words", ["", "help", "HELP"])
async def test_silta_alone_shows_the_menu(database_url: str, words: str) -> None:
    async with story(database_url, "2027-02-03 09:30", OMAR, RISTO) as told:
        await told.commands(OMAR, words, channel="#general")
        (menu,) = await told.shown_in(OMAR, "general")
        assert "I help you find a contact person in your field" in menu["text"]
        assert await told.shown_in(RISTO, "general") == []


async def test_silta_with_an_unknown_word_says_so_and_shows_the_menu(database_url: str) -> None:
    async with story(database_url, "2027-02-03 09:30", OMAR, RISTO) as told:
        await told.commands(OMAR, "frobnicate")
        (menu,) = await told.hears(OMAR)
        assert "I did not know “frobnicate”." in menu.words
        assert menu.labels("fields.start") == ["Find a contact"]


async def test_the_button_at_home_begins_an_ask(database_url: str) -> None:
    async with story(database_url, "2027-02-03 09:30", OMAR, RISTO) as told:
        await told.opens_home(OMAR)
        await told.presses_at_home(OMAR, "fields.start")
        (question,) = await told.hears(OMAR)
        assert question.button("fields.confirm")
        await told.presses(OMAR, "fields.confirm")
        assert (await told.hears(OMAR))[-1].text == FOUND


async def test_whatever_is_written_is_answered_once_and_never_mentions_anybody(database_url: str) -> None:
    async with story(database_url, "2027-02-03 09:30", OMAR, RISTO) as told:
        for text in (
            "",
            "   \n\t ",
            "🦄🎉👩‍🏭",
            "<!channel>",
            f"<@{RISTO.id}>",
            "*bold* _italic_ `mono` ~gone~ > quoted",
            f"{BIDI}qxz{BELL}\u200b\ufeff",
            HOSTILE,
            "asdf " * 8_000,
            "{name} %s {0} {{}}",
            "'; OR 1=1; --",
        ):
            heard = await _answer_to(told, text)
            assert heard.text in (NOT_UNDERSTOOD, "I do not know that."), text[:40]
            assert _mentions_nobody(heard), heard.markup
            ways_on = ("fields.start", "questions.ask_person", "questions.tell_coordinator")
            assert any(heard.labels(way) for way in ways_on), "and there is a way on"
        assert await told.rows(AskRow) == [], "nothing is invented"
        assert (await _answer_to(told, "metal " * 6_600)).text == FOUND
        assert "*Mechanics and metal trades*" in (await _answer_to(told, f"metal {HOSTILE}")).text


async def test_hostile_words_after_the_command_are_shown_literally(database_url: str) -> None:
    async with story(database_url, "2027-02-03 09:30", OMAR, RISTO) as told:
        for word in ("<!channel>", f"<@{RISTO.id}>", "*bold*", f"{BIDI}{BELL}abc", "x" * 3_000):
            await told.commands(OMAR, word)
            menu = (await told.hears(OMAR))[-1]
            assert "I did not know" in menu.words
            assert _mentions_nobody(menu), menu.markup
            assert not {BIDI, BELL} & set(menu.words)


async def test_hostile_notes_names_and_offers_are_shown_literally(database_url: str) -> None:
    bob = Cast("Bob <!here> *Boss*", fields=("0715",), locale="en-GB", offer=HOSTILE, institution="<!channel> & co")
    eve = Cast(f"Eve <@{RISTO.id}>{BIDI}", "student", ("0715",), locale="en-GB")
    async with story(database_url, "2027-02-03 09:30", eve, bob, RISTO) as told:
        await told.writes(eve, "I need a contact in metal")
        (cards,) = await told.hears(eve)
        assert _mentions_nobody(cards), cards.markup
        assert "&lt;!channel&gt; &amp; co" in cards.words
        await told.asks(eve, "Bob", note=HOSTILE)
        (request,) = await told.hears(bob)
        assert _mentions_nobody(request), request.markup
        assert "<!channel>" in request.words, "quoted as it was typed, in text that Slack does not parse"
        assert not {BIDI, BELL} & set(request.words)
        await told.presses(bob, "introductions.accept")
        (greeting,) = await told.hears_in_groups(eve)
        assert f"<@{RISTO.id}>" not in greeting.words


async def test_the_same_event_delivered_three_times_acts_once(database_url: str) -> None:
    async with story(database_url, "2027-02-03 09:30", OMAR, RISTO) as told:
        await told.writes(OMAR, "I need a contact in metal")
        event = next(one for one in told.sandbox.line.deliveries.since(0) if one.kind == "message")
        for _ in range(2):
            await told._act("redeliver", event_id=event.event_id)
        assert len(await told.hears(OMAR)) == 1
        assert len(await told.rows(AskRow)) == 1


async def test_an_error_of_slack_is_told_to_the_person_with_a_reference(database_url: str) -> None:
    async with story(database_url, "2027-02-03 21:30", OMAR, RISTO, TAINA) as told:
        told.will_fail("chat.postMessage", "error", error="internal_error")
        await told.writes(OMAR, "I need a contact in metal")
        (sorry,) = await told.hears(OMAR)
        assert "Something went wrong on the way." in sorry.words
        assert "tell Taina Korpi: reference " in sorry.words
        await told.writes(OMAR, "I need a contact in metal")
        assert (await told.hears(OMAR))[-1].text == FOUND


async def test_when_slack_takes_no_messages_the_person_is_told_later(database_url: str) -> None:
    async with story(database_url, "2027-02-03 09:30", OMAR, RISTO) as told:
        told.will_fail("chat.postMessage", "rate_limited", times=4, retry_after=1)
        await told.writes(OMAR, "I need a contact in metal")
        assert await told.hears(OMAR) == []
        await told.at("2027-02-03 09:35")
        (sorry,) = await told.hears(OMAR)
        assert "Something went wrong on the way." in sorry.words
        assert [row.state for row in await told.rows(OutboxRow)] == [SENT]


async def test_an_answer_that_slack_did_not_show_is_kept_all_the_same(database_url: str) -> None:
    async with story(database_url, "2027-02-03 09:30", OMAR, RISTO) as told:
        await told.writes(OMAR, "I need a contact in metal")
        await told.asks(OMAR, "Risto")
        told.will_fail("chat.update", "error", error="internal_error")
        await told.presses(RISTO, "introductions.accept")
        assert [row.state for row in await told.rows(IntroductionRow)] == [OPEN]
        assert len(await told.groups(OMAR)) == 1
        assert "Something went wrong on the way." in (await told.hears(RISTO))[-1].words
        await told.at("2027-02-03 09:35")
        assert not any(one.labels("introductions.accept") for one in await told.hears(RISTO)), "no card waits any more"


async def _answer_to(told: Story, text: str) -> Heard:
    before = len(await told.hears(OMAR))
    await told.writes(OMAR, text)
    heard = await told.hears(OMAR)
    assert len(heard) == before + 1, f"one answer to {text[:40]!r}"
    return heard[-1]


def _mentions_nobody(heard: Heard) -> bool:
    return not any("<!" in text or "<@" in text or "<http" in text for text in heard.markup)
