"""Words for what cannot be done now: kind, short, and with a way on (R17)."""

from collections.abc import Callable
from typing import Any, Final

from bot.errors import (
    AlreadyAnswered,
    AlreadyAsking,
    AlreadyEnded,
    CircleAskedLately,
    EnoughForToday,
    EventIsOff,
    FoundSomeone,
    LastCoordinator,
    MembersOnly,
    NoPublicAddress,
    NotAppointable,
    NotAskable,
    OnlyCoordinators,
    PollIsOver,
    QuestionMovedOn,
    RepliesClosed,
    RequestWithdrawn,
    Situation,
    TimesNotPossible,
    TooManyGuests,
    TooManyOpen,
    UnknownReference,
)
from bot.language import Markup, Translator
from bot.messages import ids, parts
from bot.messages.parts import Message


def situation(t: Translator, fact: Situation) -> Message:
    """The words for any situation; one that has no words of its own is treated as an unknown card."""
    words = _WORDS.get(type(fact), _unknown_reference)
    return words(t, fact)


def _unknown_reference(t: Translator, _fact: Situation) -> Message:
    return _only(t.markup("This card does not work any more. Nothing has changed. Write to me and we start again."))


def _already_answered(t: Translator, fact: AlreadyAnswered) -> Message:
    if fact.answered_at is None:
        return _only(t.markup("This was answered already. Your earlier answer stands."))
    day = t.day(t.local_day(fact.answered_at))
    return _only(t.markup("This was answered already, on {day}. The earlier answer stands.", day=day))


def _request_withdrawn(t: Translator, _fact: RequestWithdrawn) -> Message:
    return _only(t.markup("The request was taken back in the meantime. There is nothing you need to do."))


def _found_someone(t: Translator, fact: FoundSomeone) -> Message:
    if fact.found:
        lead = t.markup("Thank you! {name} has found someone in the meantime.", name=fact.asker)
    else:
        lead = t.markup("Thank you! The request from {name} has moved on in the meantime.", name=fact.asker)
    if not fact.resting:
        return _only(lead)
    resume = parts.button(t.text("I'm back"), ids.MEMBERS_RESUME, "resume", style="primary")
    return Message(
        lead, (parts.says(lead), parts.says(t.markup("Would you like to be open for others?")), parts.buttons(resume))
    )


def _already_asking(t: Translator, fact: AlreadyAsking) -> Message:
    lead = t.markup(
        "You have asked *{name}* in this field already. One at a time: wait for the answer, or take it back.",
        name=fact.contact,
    )
    withdraw = parts.button(t.text("Take it back"), ids.INTRODUCTIONS_CANCEL, fact.introduction_ref)
    return Message(lead, (parts.says(lead), parts.buttons(withdraw)))


def _not_askable(t: Translator, fact: NotAskable) -> Message:
    return _only(t.markup("*{name}* cannot be asked just now. Ask me again and I look for others.", name=fact.contact))


def _too_many_open(t: Translator, fact: TooManyOpen) -> Message:
    lead = t.markup_plural(
        "One request of yours is waiting for an answer already. That is as many as fit at a time.",
        "{count} requests of yours are waiting for an answer already. That is as many as fit at a time.",
        fact.at_most,
    )
    ways = t.markup("You hear of every answer. If you would rather ask somebody else, take one back in my Home.")
    return Message(lead, (parts.says(lead), parts.says(ways)))


def _enough_for_today(t: Translator, _fact: EnoughForToday) -> Message:
    return _only(t.markup("You have asked several people today. Tomorrow you can ask again."))


def _members_only(t: Translator, fact: MembersOnly) -> Message:
    lead = t.markup("You are a guest here, and only members of this network look for contacts.")
    if fact.coordinator is None:
        return Message(lead, (parts.says(lead), parts.says(t.markup("Whoever invited you can help you."))))
    help_ = t.markup("*{name}* looks after this network and can help you.", name=fact.coordinator)
    return Message(lead, (parts.says(lead), parts.says(help_)))


def _already_ended(t: Translator, _fact: AlreadyEnded) -> Message:
    return _only(t.markup("This contact was closed already. There is nothing you need to do."))


def _poll_is_over(t: Translator, _fact: PollIsOver) -> Message:
    return _only(t.markup("This poll is over and the groups are made. The next one comes by itself."))


def _circle_asked_lately(t: Translator, fact: CircleAskedLately) -> Message:
    day = t.day(t.local_day(fact.again_at))
    return _only(t.markup("This circle was asked only lately. From {day} on you can propose again.", day=day))


def _question_moved_on(t: Translator, fact: QuestionMovedOn) -> Message:
    return _only(t.markup("Thank you! The question has gone on to *{name}* in the meantime.", name=fact.receiver))


def _times_not_possible(t: Translator, _fact: TimesNotPossible) -> Message:
    return _only(
        t.markup(
            "Nothing was sent. Please choose times between two days and two months from now, and a link that begins "
            "with https:// or http://."
        )
    )


def _event_is_off(t: Translator, fact: EventIsOff) -> Message:
    if fact.is_cancelled:
        return _only(t.markup("*{title}* was cancelled, so there is nothing to answer any more.", title=fact.title))
    return _only(t.markup("*{title}* has begun or is over, so nothing can be changed any more.", title=fact.title))


def _replies_closed(t: Translator, fact: RepliesClosed) -> Message:
    day = t.day(fact.closed_on)
    lead = t.markup("The last day to answer *{title}* was {day}.", title=fact.title, day=day)
    if fact.organiser:
        ask = t.markup("You may ask {name} whether there is room.", name=Markup(f"<@{fact.organiser}>"))
        return Message(lead, (parts.says(lead), parts.says(ask)))
    return _only(lead)


def _too_many_guests(t: Translator, fact: TooManyGuests) -> Message:
    return _only(
        t.markup(
            "*{title}* has {count} links for guests already, and no more fit. Withdraw one that is not needed, or put "
            "the invitation where all of them read.",
            title=fact.title,
            count=fact.at_most,
        )
    )


def _no_public_address(t: Translator, _fact: NoPublicAddress) -> Message:
    return _only(
        t.markup(
            "For this Silta needs an address on the web, and it has none yet. Whoever runs Silta can set {setting}.",
            setting="SILTA_PUBLIC_URL",
        )
    )


def _only(lead: str) -> Message:
    return Message(lead, (parts.says(lead),))


def _last_coordinator(t: Translator, _fact: LastCoordinator) -> Message:
    return _only(
        t.markup("Nobody else looks after this network. Please share it with somebody in my Home first; then it works.")
    )


def _only_coordinators(t: Translator, _fact: OnlyCoordinators) -> Message:
    return _only(t.markup("This is for people who look after the network. Nothing has changed."))


def _not_appointable(t: Translator, _fact: NotAppointable) -> Message:
    return _only(
        t.markup(
            "I cannot share it with them: it has to be a member of this workspace who has written to me once. "
            "Nothing has changed."
        )
    )


_WORDS: Final[dict[type[Situation], Callable[[Translator, Any], Message]]] = {
    UnknownReference: _unknown_reference,
    AlreadyAnswered: _already_answered,
    RequestWithdrawn: _request_withdrawn,
    FoundSomeone: _found_someone,
    AlreadyAsking: _already_asking,
    NotAskable: _not_askable,
    TooManyOpen: _too_many_open,
    EnoughForToday: _enough_for_today,
    LastCoordinator: _last_coordinator,
    NotAppointable: _not_appointable,
    OnlyCoordinators: _only_coordinators,
    MembersOnly: _members_only,
    AlreadyEnded: _already_ended,
    PollIsOver: _poll_is_over,
    CircleAskedLately: _circle_asked_lately,
    QuestionMovedOn: _question_moved_on,
    TimesNotPossible: _times_not_possible,
    EventIsOff: _event_is_off,
    RepliesClosed: _replies_closed,
    TooManyGuests: _too_many_guests,
    NoPublicAddress: _no_public_address,
}
