"""Free text -> a field of education (ISCED-F 2013)."""

from bot.understanding.fields.catalogue import FieldCatalogue
from bot.understanding.fields.recogniser import FieldMatch, FieldReading, FieldRecogniser

__all__ = ["FieldCatalogue", "FieldMatch", "FieldReading", "FieldRecogniser"]
