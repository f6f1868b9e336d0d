"""Free text -> an entry of the knowledge pack, or the plain statement that nothing in it answers."""

from bot.understanding.answers.pack import KnowledgeEntry, own_pack, read_pack
from bot.understanding.answers.recogniser import AnswerMatch, AnswerReading, AnswerRecogniser

__all__ = ["AnswerMatch", "AnswerReading", "AnswerRecogniser", "KnowledgeEntry", "own_pack", "read_pack"]
