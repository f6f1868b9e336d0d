"""Words for coordinators who invite guests by a link, and for members whose calendar follows what they go to."""

from slack_sdk.models.blocks import Block, ButtonElement, InputBlock, PlainTextInputElement
from slack_sdk.models.views import View

from bot.facts.guests import FeedOpened, FeedStopped, FeedThere, Guest, GuestInvited, GuestsShown
from bot.language import Markup, Translator
from bot.messages import ids, parts
from bot.messages.parts import Message

GUESTS_AT_MOST = 40
NAME_AT_MOST = 80


def shown(t: Translator, fact: GuestsShown) -> Message:
    """Everybody who was invited by a link, and what they said."""
    lead = t.markup("Guests of *{title}*:", title=fact.event.title)
    if not fact.guests:
        lead = t.markup("*{title}* has no guests from outside Slack yet.", title=fact.event.title)
    blocks: list[Block] = [parts.says(lead), *(_guest(t, one) for one in fact.guests[:GUESTS_AT_MOST])]
    if (rest := len(fact.guests) - GUESTS_AT_MOST) > 0:
        more = t.text("And {count} more; each link can be withdrawn where it was made.", count=rest)
        blocks.append(parts.remarks(more))
    invite = parts.button(t.text("Invite a guest"), ids.GUESTS_INVITE, fact.event.ref, style="primary")
    return Message(lead, (*blocks, parts.buttons(invite)))


def invited(t: Translator, fact: GuestInvited) -> Message:
    """The link, and how to treat it."""
    lead = t.markup("This is the link for one guest of *{title}*:", title=fact.event.title)
    if fact.name:
        lead = t.markup("This is the link for {name} to *{title}*:", name=fact.name, title=fact.event.title)
    remark = t.text(
        "Whoever has the link can answer for this guest, so send it to them only. I show it this once. The name is "
        "deleted 30 days after the event."
    )
    withdraw = _withdraw(t, fact.guest_ref)
    return Message(
        lead, (parts.says(lead), parts.says(Markup(fact.address)), parts.remarks(remark), parts.buttons(withdraw))
    )


def form(t: Translator, remembered: str) -> View:
    """The guest's name, if the coordinator wants to tell guests apart."""
    label = parts.plain(t.text("Name of the guest"), 2000)
    name = PlainTextInputElement(action_id=ids.GUEST_NAME, max_length=NAME_AT_MOST)
    return View(
        type="modal",
        callback_id=ids.GUESTS_SUBMIT,
        private_metadata=remembered,
        title=parts.plain(t.text("Invite a guest"), 24),
        submit=parts.plain(t.text("Make a link"), 24),
        close=parts.plain(t.text("Back"), 24),
        blocks=[
            parts.says(t.markup("You get a link for one guest. It needs no account and no Slack.")),
            InputBlock(block_id=ids.GUEST_NAME, label=label, element=name, optional=True),
        ],
    )


def feed_opened(t: Translator, fact: FeedOpened) -> Message:
    """The address, and how to treat it."""
    lead = t.markup("Subscribe to this address in your calendar; it follows your meetups and events:")
    remark = t.text("Keep it to yourself: whoever has it sees when and where you go. I show it this once.")
    return Message(lead, (parts.says(lead), parts.says(Markup(fact.address)), parts.remarks(remark), _ways_on(t)))


def feed_there(t: Translator, _fact: FeedThere) -> Message:
    """It is kept as it is; a lost one is replaced."""
    lead = t.markup("You have a calendar address already. If it is lost, take a new one; the old one then ends.")
    return Message(lead, (parts.says(lead), _ways_on(t)))


def feed_stopped(t: Translator, _fact: FeedStopped) -> Message:
    """Nothing is told any more."""
    lead = t.markup("The address shows nothing any more. What is in your calendar already, you can delete there.")
    return Message(lead, (parts.says(lead),))


def _ways_on(t: Translator) -> Block:
    anew = parts.button(t.text("New address"), ids.FEEDS_RENEW, "new")
    stop = parts.button(t.text("Stop the calendar address"), ids.FEEDS_STOP, "stop")
    return parts.buttons(anew, stop)


def _guest(t: Translator, one: Guest) -> Block:
    said = {
        None: t.text("no answer yet"),
        "yes": t.text("Coming"),
        "waiting": t.text("Waiting for a place"),
        "maybe": t.text("Maybe"),
        "no": t.text("Not coming"),
    }[one.state]
    line = parts.says(t.markup("{name}: {state}", name=one.name or t.text("Guest"), state=said))
    line.accessory = _withdraw(t, one.ref)
    return line


def _withdraw(t: Translator, guest_ref: str) -> ButtonElement:
    return parts.button(t.text("Withdraw the link"), ids.GUESTS_WITHDRAW, guest_ref)
