"""The words for every fact, in the reader's language. Pure: (translator, fact) -> Message."""

from collections.abc import Callable
from typing import Any, Final

from bot.errors import Situation
from bot.facts import away as away_facts
from bot.facts import check_ins as check_in_facts
from bot.facts import events as event_facts
from bot.facts import fields as field_facts
from bot.facts import guests as guest_facts
from bot.facts import introductions as introduction_facts
from bot.facts import knowledge as knowledge_facts
from bot.facts import meetups as meetup_facts
from bot.facts import members as member_facts
from bot.facts import nudges as nudge_facts
from bot.facts import own_data as own_data_facts
from bot.facts import profiles as profile_facts
from bot.facts import promises as promise_facts
from bot.facts import prompts as prompt_facts
from bot.facts import questions as question_facts
from bot.facts import reports as report_facts
from bot.facts import roles as role_facts
from bot.facts import tasks as task_facts
from bot.language import Translator
from bot.messages import (
    away,
    check_ins,
    circles,
    event_desk,
    events,
    fields,
    guests,
    introductions,
    knowledge,
    meetups,
    members,
    nudges,
    own_data,
    profiles,
    promises,
    prompts,
    questions,
    reports,
    requests,
    roles,
    situations,
    tasks,
)
from bot.messages.parts import Message

_WORDS: Final[dict[type, Callable[[Translator, Any], Message]]] = {
    member_facts.Welcome: members.welcome,
    member_facts.NotUnderstood: members.not_understood,
    member_facts.YouAreWelcome: members.you_are_welcome,
    member_facts.AllRight: members.all_right,
    member_facts.BecomingContact: members.becoming_contact,
    member_facts.OwnSettings: members.own_settings,
    member_facts.AnsweredPrivately: members.answered_privately,
    member_facts.KeptApart: members.kept_apart,
    member_facts.NotKeptApart: members.not_kept_apart,
    member_facts.Paused: members.paused,
    member_facts.Resumed: members.resumed,
    member_facts.Rested: members.rested,
    member_facts.StillRight: members.still_right,
    member_facts.ProfileConfirmed: members.profile_confirmed,
    member_facts.Sorry: members.sorry,
    away_facts.AwayHeard: away.heard,
    away_facts.AwayUnclear: away.unclear,
    away_facts.AwayNoted: away.noted,
    away_facts.AwayEnded: away.ended,
    away_facts.CapacityChosen: away.capacity_chosen,
    introduction_facts.ContactAway: away.contact_away,
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
    introduction_facts.SaidYes: introductions.said_yes,
    introduction_facts.NoLongerAsked: introductions.no_longer_asked,
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
    introduction_facts.MovedOn: requests.moved_on,
    introduction_facts.Thanked: check_ins.thanked,
    introduction_facts.Faded: check_ins.faded,
    check_in_facts.CheckIn: check_ins.check_in,
    check_in_facts.KeepOrClose: check_ins.keep_or_close,
    check_in_facts.InTouch: check_ins.in_touch,
    check_in_facts.NotYet: check_ins.not_yet,
    check_in_facts.BenefitNoted: check_ins.benefit_noted,
    check_in_facts.Kept: check_ins.kept,
    own_data_facts.DataLink: own_data.data_link,
    own_data_facts.DataPart: own_data.data_part,
    own_data_facts.NothingStored: own_data.nothing_stored,
    own_data_facts.Consequences: own_data.consequences,
    own_data_facts.Forgotten: own_data.forgotten,
    own_data_facts.ContactEnded: own_data.contact_ended,
    own_data_facts.CardEnded: own_data.card_ended,
    own_data_facts.RequestEnded: own_data.request_ended,
    report_facts.Reported: reports.reported,
    report_facts.NobodyToTell: reports.nobody_to_tell,
    report_facts.Report: reports.report,
    report_facts.PartedWays: reports.parted_ways,
    nudge_facts.Nudge: nudges.nudge,
    nudge_facts.RhythmChosen: nudges.rhythm_chosen,
    nudge_facts.Snoozed: nudges.snoozed,
    profile_facts.ProfileSaved: profiles.saved,
    profile_facts.ContactToConfirm: profiles.to_confirm,
    profile_facts.ContactConfirmed: profiles.contact_confirmed,
    profile_facts.ContactNotConfirmed: profiles.contact_not_confirmed,
    profile_facts.Confirmed: profiles.confirmed,
    profile_facts.NotConfirmed: profiles.not_confirmed,
    promise_facts.PromiseNoted: promises.noted,
    promise_facts.PromiseDone: promises.done,
    promise_facts.PromiseDropped: promises.dropped,
    promise_facts.TooManyPromises: promises.too_many,
    prompt_facts.TaskOffered: prompts.task_offered,
    prompt_facts.TaskDeclined: prompts.task_declined,
    prompt_facts.AskedAnotherTime: prompts.asked_another_time,
    prompt_facts.OfferTakenBack: prompts.offer_taken_back,
    task_facts.TaskUnset: tasks.unset,
    question_facts.Answered: questions.answered,
    question_facts.DidYouMean: questions.did_you_mean,
    question_facts.NotKnown: questions.not_known,
    question_facts.KnownElsewhere: questions.known_elsewhere,
    question_facts.LeftToPerson: questions.left_to_person,
    question_facts.NotWhatWasNeeded: questions.not_what_was_needed,
    question_facts.IdeaHeard: questions.idea_heard,
    question_facts.Serious: questions.serious,
    question_facts.PerhapsSerious: questions.perhaps_serious,
    question_facts.CoordinatorTold: questions.coordinator_told,
    question_facts.NowWithAnother: questions.now_with_another,
    question_facts.HandedOver: questions.handed_over,
    question_facts.QuestionTakenBack: questions.taken_back,
    question_facts.Question: questions.question,
    question_facts.QuestionReminder: questions.reminder,
    question_facts.QuestionWithdrawn: questions.withdrawn,
    question_facts.QuestionElsewhere: questions.elsewhere,
    question_facts.Replied: questions.replied,
    question_facts.AnswerArrived: questions.answer_arrived,
    question_facts.WentOn: questions.went_on,
    question_facts.NobodyKnew: questions.nobody_knew,
    knowledge_facts.EntriesShown: knowledge.shown,
    knowledge_facts.Draft: knowledge.draft,
    knowledge_facts.EntrySaved: knowledge.saved,
    knowledge_facts.EntryRetired: knowledge.retired,
    knowledge_facts.DraftDropped: knowledge.dropped,
    knowledge_facts.DraftKept: knowledge.draft_kept,
    knowledge_facts.WeeklyList: knowledge.weekly_list,
    event_facts.EventPreview: event_desk.preview,
    event_facts.EventUnclear: event_desk.unclear,
    event_facts.EventDraftDropped: event_desk.dropped,
    event_facts.EventRuns: event_desk.runs,
    event_facts.EventsShown: event_desk.shown,
    event_facts.PeopleTold: event_desk.told,
    event_facts.Attendance: event_desk.attendance,
    event_facts.EventNotPosted: event_desk.not_posted,
    event_facts.EventPosted: events.posted,
    event_facts.EventInvited: events.invited,
    event_facts.EventPromoted: events.promoted,
    event_facts.EventChanged: events.changed,
    event_facts.EventCancelled: events.cancelled,
    event_facts.EventReminder: events.reminder,
    event_facts.WereYouThere: events.were_you_there,
    event_facts.PresenceCounted: events.presence_counted,
    event_facts.LessonShared: events.lesson_shared,
    role_facts.Appointed: roles.appointed,
    role_facts.Withdrawn: roles.withdrawn,
    role_facts.SteppedBack: roles.stepped_back,
    role_facts.NowCoordinator: roles.now_coordinator,
    role_facts.NoLongerCoordinator: roles.no_longer_coordinator,
    guest_facts.GuestsShown: guests.shown,
    guest_facts.GuestInvited: guests.invited,
    guest_facts.FeedOpened: guests.feed_opened,
    guest_facts.FeedThere: guests.feed_there,
    guest_facts.FeedStopped: guests.feed_stopped,
    meetup_facts.CirclesShown: circles.shown,
    meetup_facts.Joined: circles.joined,
    meetup_facts.Left: circles.left,
    meetup_facts.ChangeVote: circles.change_vote,
    meetup_facts.Poll: meetups.poll,
    meetup_facts.Proposed: meetups.proposed,
    meetup_facts.GroupOpened: meetups.group_opened,
    meetup_facts.GroupNotOpened: meetups.group_not_opened,
    meetup_facts.MeetupReminder: meetups.reminder,
    meetup_facts.MeetupCancelled: meetups.cancelled,
    meetup_facts.AloneThisTime: meetups.alone,
    meetup_facts.DidYouMeet: meetups.did_you_meet,
    meetup_facts.MeetingCounted: meetups.counted,
}


def word(t: Translator, fact: object) -> Message:
    """The message for this fact or situation. A fact without words is a mistake in the program: KeyError."""
    if isinstance(fact, away_facts.Together):
        messages = [word(t, one) for one in fact.facts]
        return Message(" ".join(one.text for one in messages), tuple(block for one in messages for block in one.blocks))
    if isinstance(fact, nudge_facts.ReminderAndNudge):
        return nudges.with_rest(t, word(t, fact.reminder), fact.nudge)
    if isinstance(fact, nudge_facts.Settled):
        message = word(t, fact.outcome)
        return nudges.with_rest(t, message, fact.rest) if fact.rest else message
    if isinstance(fact, Situation):
        return situations.situation(t, fact)
    return _WORDS[type(fact)](t, fact)
