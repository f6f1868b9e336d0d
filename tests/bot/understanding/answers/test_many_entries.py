"""A large pack is learnt by counting: it still finds its entries, and still says when it has none."""

from bench.questions import questions
from bot.understanding.answers import AnswerRecogniser
from bot.understanding.answers.head import MOST_EXAMPLES


def test_a_thousand_entries_are_told_apart_by_their_own_words() -> None:
    pack = questions()
    assert sum(map(len, pack.values())) > MOST_EXAMPLES
    asked = {entry: ways[-1] for entry, ways in pack.items()}

    recogniser = AnswerRecogniser.learn({entry: ways[:-1] for entry, ways in pack.items()})
    right = sum(recogniser.read(text).answer == entry for entry, text in asked.items())

    assert right / len(asked) > 0.85


def test_a_question_of_other_words_has_no_answer_among_many() -> None:
    recogniser = AnswerRecogniser.learn(questions())

    assert recogniser.read("Wo finde ich den Fahrplan der Fähre?").answer is None
