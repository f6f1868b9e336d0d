"""The kinds of sentences Silta tells apart."""

from enum import StrEnum
from typing import Final


class Intent(StrEnum):
    """What somebody wants; the value is the name of its list in `data/intents`."""

    FIND_CONTACT = "find_contact"
    QUESTION = "question"
    AWAY = "away"
    CAPACITY = "capacity"
    LESS_OFTEN = "less_often"
    CHANGE_OF_MIND = "change_of_mind"
    CANCEL = "cancel"
    SUGGESTION = "suggestion"
    EVENT = "event"
    MY_DATA = "my_data"
    FORGET_ME = "forget_me"
    THANKS = "thanks"
    GREETING = "greeting"
    SERIOUS = "serious"
    NONE = "none"


POLITE: Final = frozenset({Intent.THANKS, Intent.GREETING, Intent.NONE})
"""Kinds that ask for nothing; beside another kind they need no answer of their own."""
