"""Free text -> what kind of sentence it is: a wish for a contact, a question, days away, something serious …"""

from bot.understanding.intents.kinds import Intent
from bot.understanding.intents.recogniser import IntentRecogniser, Said

__all__ = ["Intent", "IntentRecogniser", "Said"]
