"""The words for every fact, in the reader's language. Pure: (translator, fact) -> Message."""

from collections.abc import Callable
from typing import Any, Final

from bot.errors import Situation
from bot.facts import check_ins as check_in_facts
from bot.facts import fields as field_facts
from bot.facts import introductions as introduction_facts
from bot.facts import members as member_facts
from bot.facts import nudges as nudge_facts
from bot.language import Translator
from bot.messages import check_ins, fields, introductions, members, nudges, requests, situations
from bot.messages.parts import Message

_WORDS: Final[dict[type, Callable[[Translator, Any], Message]]] = {
    member_facts.Welcome: members.welcome,
    member_facts.NotUnderstood: members.not_understood,
    member_facts.AnsweredPrivately: members.answered_privately,
    member_facts.KeptApart: members.kept_apart,
    member_facts.NotKeptApart: members.not_kept_apart,
    member_facts.Paused: members.paused,
    member_facts.Resumed: members.resumed,
    member_facts.Rested: members.rested,
    member_facts.Sorry: members.sorry,
    field_facts.FieldInferred: fields.inferred,
    field_facts.FieldUnclear: fields.unclear,
    field_facts.FieldMenu: fields.menu,
    field_facts.CandidatesFound: fields.candidates_found,
    field_facts.NobodyOpen: fields.nobody_open,
    introduction_facts.Asked: introductions.asked,
    introduction_facts.PlacesFilled: introductions.places_filled,
    introduction_facts.OnWaitingList: introductions.on_waiting_list,
    introduction_facts.Watching: introductions.watching,
    introduction_facts.WithCoordinator: introductions.with_coordinator,
    introduction_facts.NeedsCoordinator: introductions.needs_coordinator,
    introduction_facts.Withdrawn: introductions.withdrawn,
    introduction_facts.NotAvailable: introductions.not_available,
    introduction_facts.StillInterested: introductions.still_interested,
    introduction_facts.SomeoneOpened: introductions.someone_opened,
    introduction_facts.Introduction: introductions.introduction,
    introduction_facts.MeetDirectly: introductions.meet_directly,
    introduction_facts.Request: requests.request,
    introduction_facts.Reminder: requests.reminder,
    introduction_facts.Accepted: requests.accepted,
    introduction_facts.Declined: requests.declined,
    introduction_facts.PassedOn: requests.passed_on,
    introduction_facts.TakenBack: requests.taken_back,
    introduction_facts.Thanked: check_ins.thanked,
    introduction_facts.Faded: check_ins.faded,
    check_in_facts.CheckIn: check_ins.check_in,
    check_in_facts.KeepOrClose: check_ins.keep_or_close,
    check_in_facts.InTouch: check_ins.in_touch,
    check_in_facts.NotYet: check_ins.not_yet,
    check_in_facts.BenefitNoted: check_ins.benefit_noted,
    check_in_facts.Kept: check_ins.kept,
    nudge_facts.Nudge: nudges.nudge,
    nudge_facts.RhythmChosen: nudges.rhythm_chosen,
    nudge_facts.Snoozed: nudges.snoozed,
}


def word(t: Translator, fact: object) -> Message:
    """The message for this fact or situation. A fact without words is a mistake in the program: KeyError."""
    if isinstance(fact, Situation):
        return situations.situation(t, fact)
    return _WORDS[type(fact)](t, fact)
