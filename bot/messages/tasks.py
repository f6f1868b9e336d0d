"""Words about how the eight tasks are done at a place."""

from bot.facts.tasks import TaskUnset
from bot.language import Translator
from bot.messages import parts, prompts
from bot.messages.parts import Message


def unset(t: Translator, fact: TaskUnset) -> Message:
    """The one question to a coordinator, what happens meanwhile, and where the answer goes."""
    task = prompts.task(t, fact.task)
    lead = t.markup("How is this task done at {place}: {task}?", place=fact.place, task=task)
    meanwhile = t.text("Nobody has said so yet. Until then I invite people to it once a term.")
    answer = t.text("The programme file has a place for the answer: in use, occasional, possible or not in use.")
    return Message(lead, (parts.says(lead), parts.remarks(meanwhile, answer)))
