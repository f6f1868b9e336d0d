"""Learning in the background: letters answer at once, meanings come after them, and a change goes first."""

from collections.abc import Sequence

import pytest
from structlog.testing import capture_logs

from bot.clock import SystemClock
from bot.services import entries_known, knowledge
from bot.services.entries import Entries
from bot.services.knowledge import Knowledge
from bot.understanding.answers.landmarks import Likeness
from bot.understanding.answers.meanings import Sentences
from storage.database import Database
from tests.knowledge import Money, entry
from tests.storage.rows import WORKSPACE

PAY = entry("pay", "Do I get paid?", "What is the salary?", "How much money will I earn?")
ROOM = entry("room", "Which room do we meet in?", "Where is the meeting?", "What is the address?")
IN_OTHER_WORDS = "euros bitte"


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Money:
    """As if the extra were installed, and the product brought no entries of its own."""
    money = Money()
    kept = Sentences(money)
    monkeypatch.setattr(entries_known, "own_pack", lambda language: ())
    monkeypatch.setattr(knowledge, "sentences", lambda: kept)
    return money


@pytest.fixture
async def learner(database: Database, model: Money) -> Knowledge:
    await Entries(database, SystemClock(), Knowledge(database)).bring_in(WORKSPACE, [PAY, ROOM], "en")
    learner = Knowledge(database)
    await learner.learn(WORKSPACE)
    return learner


async def best(learner: Knowledge, text: str) -> str | None:
    found = await learner.read(WORKSPACE, text, None, "en")
    return found.answer.id if found.answer else None


async def test_meanings_answer_what_shares_no_word_with_an_example(learner: Knowledge) -> None:
    before = await best(learner, IN_OTHER_WORDS)

    await learner.learn_meanings(WORKSPACE)

    assert before is None
    assert await best(learner, IN_OTHER_WORDS) == "pay"
    assert await best(learner, "Where is the meeting?") == "room"


async def test_a_change_goes_first_and_meanings_go_on_where_they_stopped(
    learner: Knowledge, model: Money, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(knowledge, "_EMBEDDED_AT_ONCE", 2)
    answer = model.query

    def changed_meanwhile(texts: Sequence[str]) -> Likeness:
        learner.look_again()
        return answer(texts)

    monkeypatch.setattr(model, "query", changed_meanwhile)
    await learner.learn_meanings(WORKSPACE)
    stopped_after = list(model.asked)
    learner._outdated.clear()
    monkeypatch.setattr(model, "query", answer)
    await learner.learn_meanings(WORKSPACE)

    assert len(stopped_after) == 2
    assert sorted(model.asked) == sorted((*PAY.questions, *ROOM.questions))
    assert await best(learner, IN_OTHER_WORDS) == "pay"


async def test_without_the_extra_letters_and_words_go_on_answering(
    learner: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(knowledge, "sentences", lambda: None)

    await learner.learn_meanings(WORKSPACE)

    assert await best(learner, "What is the salary?") == "pay"
    assert await best(learner, IN_OTHER_WORDS) is None


async def test_very_many_examples_are_counted_without_meanings_and_that_is_logged(
    learner: Knowledge, model: Money, monkeypatch: pytest.MonkeyPatch, database: Database
) -> None:
    monkeypatch.setattr(knowledge, "MOST_EXAMPLES", 5)
    afresh = Knowledge(database)

    with capture_logs() as lines:
        await afresh.learn(WORKSPACE)
    await afresh.learn_meanings(WORKSPACE)

    assert next(line for line in lines if line["event"] == "knowledge.counted_only")["examples"] == 6
    assert model.asked == []
