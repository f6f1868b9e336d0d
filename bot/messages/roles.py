"""Words for who looks after the network."""

from bot.facts.roles import Appointed, NoLongerCoordinator, NowCoordinator, SteppedBack, Withdrawn
from bot.language import Translator
from bot.messages import parts
from bot.messages.parts import Message


def appointed(t: Translator, fact: Appointed) -> Message:
    """To whoever appointed."""
    return _only(t.markup("*{name}* looks after this network with you now.", name=fact.other.name))


def withdrawn(t: Translator, fact: Withdrawn) -> Message:
    """To whoever took the role back."""
    return _only(t.markup("*{name}* does not look after this network any more.", name=fact.other.name))


def stepped_back(t: Translator, _fact: SteppedBack) -> Message:
    """To whoever gave the role up."""
    return _only(t.markup("You do not look after this network any more. Thank you for all you did."))


def now_coordinator(t: Translator, fact: NowCoordinator) -> Message:
    """To the one who was appointed: what it means, and with whom."""
    lead = t.markup("You look after this network now.")
    note = t.markup("In my Home you see who waits for a person. You can step back there whenever you like.")
    blocks = [parts.says(lead), parts.says(note)]
    if fact.others:
        names = t.all_of([parts.first_name(one) for one in fact.others])
        blocks.append(parts.says(t.markup("You share it with {names}.", names=names)))
    return Message(lead, tuple(blocks))


def no_longer_coordinator(t: Translator, _fact: NoLongerCoordinator) -> Message:
    """To the one whose role was taken back, without a reason."""
    return _only(t.markup("You do not look after this network any more. Thank you for all you did."))


def _only(lead: str) -> Message:
    return Message(lead, (parts.says(lead),))
