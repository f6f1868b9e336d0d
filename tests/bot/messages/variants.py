"""Every fact and every view that Silta can word, in each of its situations, with good defaults."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, Final
from urllib.parse import quote
from zoneinfo import ZoneInfo

from slack_sdk.models.views import View

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
    TimesNotPossible,
    TooManyGuests,
    TooManyOpen,
    UnknownReference,
)
from bot.facts import (
    away,
    check_ins,
    fields,
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
    roles,
    tasks,
)
from bot.facts.away import AwayDays, AwayForm, AwayPeriod, Together
from bot.facts.fields import CandidatesFound, Card, NobodyOpen, Reach
from bot.facts.home import Coming, Contact, EventAhead, Gap, Home, Network, Undelivered, Unmet
from bot.facts.introductions import KINDS, Colleague, PassOnForm, Request, RequestForm
from bot.facts.members import Me, Person
from bot.facts.nudges import Nudge
from bot.facts.promises import Promise
from bot.facts.prompts import Prompt
from bot.language import Translator
from bot.messages import away as away_words
from bot.messages import circles as circle_words
from bot.messages import home as home_words
from bot.messages import introductions as introduction_words
from bot.messages import knowledge as knowledge_words
from bot.messages import meetups as meetup_words
from bot.messages import own_data as own_data_words
from bot.messages import profiles as profile_words
from bot.messages import promises as promise_words
from bot.messages import questions as question_words
from bot.messages import reports as report_words
from bot.messages import requests as request_words
from bot.programme import Reachable
from bot.programme.local import EMERGENCY
from bot.rules.candidates import Reason
from bot.rules.prompts import BANK
from bot.rules.tasks import TASKS
from bot.understanding.fields import FieldCatalogue
from bot.understanding.regions import RegionRecogniser
from tests.bot.messages import variants_of_events
from tests.bot.messages.flavours import ORDINARY, Flavour

HELSINKI: Final = ZoneInfo("Europe/Helsinki")
ASK: Final = "ask-Ref_0001"
THEIRS: Final = "theirRef0002"
CARD: Final = "cardRef_0003"
REMEMBERED: Final = f"{ASK}.{THEIRS}|D0123456789|1800000000.000100"
MONDAY: Final = date(2027, 1, 25)
MONDAY_EIGHT: Final = datetime(2027, 1, 25, 6, 0, tzinfo=UTC)
WEEK_10: Final = AwayDays(date(2027, 3, 8), date(2027, 3, 14), date(2027, 3, 15))
BENEFITS: Final = dict.fromkeys((*check_ins.ASKER_BENEFITS, *check_ins.CONTACT_BENEFITS))
ALL_CODES: Final = FieldCatalogue.load().codes
CODE: Final = "0713"

Draw = Callable[[Translator], View]


def facts(flavour: Flavour = ORDINARY) -> dict[str, object]:
    """Every fact and situation by a name of its own, with the people and words of this flavour."""
    groups = (
        *(_members, _away, _fields, _asking, _answering, _waiting, _check_ins, _nudges, _promises, _prompts),
        *(_circles, _meetups, _profiles, variants_of_events.facts, _own_data, _reports),
        *(_situations, _questions, _asked_people, _knowledge, _roles),
    )
    return {name: fact for group in groups for name, fact in group(flavour).items()}


def views(flavour: Flavour = ORDINARY) -> dict[str, Draw]:
    """Every form and home view by a name of its own; each draws itself in a given language."""
    forms = _forms(flavour) | _meetup_forms(flavour) | _profile_forms(flavour) | _question_forms(flavour)
    return {**forms, **_report_forms(flavour), **variants_of_events.forms(flavour), **_homes(flavour)}


def _members(flavour: Flavour) -> dict[str, object]:
    welcome = members.Welcome
    return {
        "welcome": welcome(is_contact=False, availability="open"),
        "welcome-profile": welcome(is_contact=False, availability="open", has_profile=True),
        "welcome-contact": welcome(is_contact=True, availability="open", has_profile=True),
        "welcome-contact-paused": welcome(is_contact=True, availability="paused", has_profile=True),
        "welcome-unknown-word": welcome(is_contact=False, availability="open", unknown_word=flavour.word),
        "not-understood": members.NotUnderstood(),
        "you-are-welcome": members.YouAreWelcome(),
        "all-right": members.AllRight(),
        "becoming-contact": members.BecomingContact(),
        "own-settings": members.OwnSettings("nb"),
        "not-understood-words": members.NotUnderstood(flavour.note or "asdf"),
        "answered-privately": members.AnsweredPrivately(),
        "kept-apart": members.KeptApart(contact(flavour)),
        "not-kept-apart": members.NotKeptApart(contact(flavour)),
        "paused": members.Paused(),
        "resumed": members.Resumed(),
        "still-right": members.StillRight((CODE, "0716"), flavour.institution, flavour.region, 2, flavour.offer),
        "still-right-bare": members.StillRight((CODE,), None, None, 1, ""),
        "profile-confirmed": members.ProfileConfirmed(),
        "rested": members.Rested(),
        "sorry": members.Sorry("7F3A", None),
        "sorry-coordinator": members.Sorry("7F3A", contact(flavour)),
    }


def _away(flavour: Flavour) -> dict[str, object]:
    one_day = AwayDays(MONDAY, MONDAY, date(2027, 1, 26))
    without_end_in_sight = AwayDays(MONDAY, date(2027, 7, 1), None)
    periods = tuple(AwayPeriod(f"awayRef{number:05}", WEEK_10) for number in range(20))
    return {
        "away-heard": away.AwayHeard((WEEK_10,)),
        "away-heard-one-day": away.AwayHeard((one_day,)),
        "away-heard-eight": away.AwayHeard((WEEK_10, one_day, without_end_in_sight) * 2 + (WEEK_10, one_day)),
        "away-unclear": away.AwayUnclear(),
        "away-noted": away.AwayNoted(periods[:1]),
        "away-noted-many": away.AwayNoted(periods),
        "away-ended": away.AwayEnded(),
        "capacity-none": away.CapacityChosen(0),
        "capacity-one": away.CapacityChosen(1),
        "capacity-many": away.CapacityChosen(50),
        "away-and-capacity": Together((away.AwayHeard((WEEK_10,)), away.CapacityChosen(1))),
        "contact-away": introductions.ContactAway(CARD, contact(flavour), WEEK_10),
        "contact-away-no-return": introductions.ContactAway(CARD, contact(flavour), without_end_in_sight),
    }


def _fields(flavour: Flavour) -> dict[str, object]:
    return {
        "field-inferred": fields.FieldInferred(ASK, CODE, None),
        "field-inferred-others": fields.FieldInferred(ASK, CODE, None, ("0716", "0714")),
        "field-inferred-region": fields.FieldInferred(ASK, CODE, flavour.region),
        "field-unclear": fields.FieldUnclear(ASK, ALL_CODES[:3]),
        "field-unclear-none": fields.FieldUnclear(ASK, ()),
        "field-menu": fields.FieldMenu(ASK, ALL_CODES),
        "candidates-one": found(flavour, 1),
        "candidates-three": found(flavour, 3),
        "candidates-further": found(flavour, 3, Reach.NEIGHBOURING_OR_ABROAD),
        "candidates-unit": units(flavour),
        "candidates-fresh": CandidatesFound(ASK, CODE, None, fresh(flavour), Reach.NEARBY),
        "candidates-called": CandidatesFound(
            ASK, CODE, None, (replace(card(flavour), called={"en": flavour.word}),), Reach.NEARBY
        ),
        "candidates-away": CandidatesFound(ASK, CODE, None, (card(flavour, away=True),), Reach.NEARBY),
        "nobody": nobody(flavour, full=0, with_coordinator=False),
        "nobody-coordinator": nobody(flavour, full=0, with_coordinator=True),
        "nobody-three-full": nobody(flavour, full=3, with_coordinator=True),
    }


def _asking(flavour: Flavour) -> dict[str, object]:
    def asked(*kinds: str, at_once: bool = True) -> introductions.Asked:
        return introductions.Asked(CARD, contact(flavour), CODE, kinds, MONDAY_EIGHT, at_once, MONDAY)

    def not_available(then: CandidatesFound | NobodyOpen, *, suggested: bool = False) -> introductions.NotAvailable:
        return introductions.NotAvailable(contact(flavour), suggested, then)

    both = asker(flavour), contact(flavour)
    no_chat = Person(THEIRS, flavour.asker, None)
    return {
        "asked-at-once": asked(),
        "asked-later": asked(at_once=False),
        "asked-with-kinds": asked(*KINDS),
        "places-filled": introductions.PlacesFilled(ASK, contact(flavour), found(flavour, 3)),
        "places-filled-nobody": introductions.PlacesFilled(ASK, contact(flavour), nobody(flavour)),
        "with-coordinator": introductions.WithCoordinator(contact(flavour)),
        "with-coordinator-none": introductions.WithCoordinator(None),
        "needs-coordinator": introductions.NeedsCoordinator(asker(flavour), CODE, flavour.region),
        "needs-coordinator-no-region": introductions.NeedsCoordinator(asker(flavour), CODE, None),
        "needs-coordinator-no-chat": introductions.NeedsCoordinator(no_chat, CODE, flavour.region),
        "withdrawn": introductions.Withdrawn(contact(flavour)),
        "withdrawn-watch": introductions.Withdrawn(None),
        "said-yes": introductions.SaidYes(contact(flavour)),
        "no-longer-asked": introductions.NoLongerAsked(contact(flavour)),
        "not-available-one": not_available(found(flavour, 1)),
        "not-available-three": not_available(found(flavour, 3)),
        "not-available-suggested": not_available(found(flavour, 2), suggested=True),
        "not-available-nobody": not_available(nobody(flavour)),
        "introduction": introductions.Introduction(*both, CODE, (), ("en",)),
        "introduction-with-kinds": introductions.Introduction(*both, CODE, KINDS, ("en",)),
        "introduction-two-languages": introductions.Introduction(*both, CODE, KINDS, ("en", "en")),
        "introduction-called": introductions.Introduction(*both, CODE, (), ("en",), {"en": flavour.word}),
        "meet-directly": introductions.MeetDirectly(asker(flavour), CODE),
        "meet-directly-no-chat": introductions.MeetDirectly(no_chat, CODE),
    }


def _answering(flavour: Flavour) -> dict[str, object]:
    return {
        "request": request(flavour),
        "request-for-unit": replace(request(flavour), for_unit=True),
        "request-bare": Request(CARD, asker(flavour), CODE, (), None, None, ()),
        "reminder": introductions.Reminder(request(flavour), MONDAY),
        "accepted-at-once": introductions.Accepted(CARD, asker(flavour), MONDAY_EIGHT, at_once=True),
        "accepted-later": introductions.Accepted(CARD, asker(flavour), MONDAY_EIGHT, at_once=False),
        "declined": introductions.Declined(asker(flavour)),
        "request-moved-on": introductions.MovedOn(asker(flavour)),
        "passed-on": introductions.PassedOn(asker(flavour), contact(flavour)),
        "taken-back": introductions.TakenBack(asker(flavour)),
    }


def _waiting(flavour: Flavour) -> dict[str, object]:
    return {
        "on-waiting-list": introductions.OnWaitingList(CARD, contact(flavour)),
        "watching": introductions.Watching(CARD, CODE),
        "still-interested": introductions.StillInterested(ASK, CARD, contact(flavour), CODE, MONDAY),
        "someone-opened": introductions.SomeoneOpened(found(flavour, 2)),
    }


def _check_ins(flavour: Flavour) -> dict[str, object]:
    other = contact(flavour)
    everything = tuple(BENEFITS)

    def noted(benefit: str, next_on: date | None = None) -> check_ins.BenefitNoted:
        return check_ins.BenefitNoted(CARD, other, benefit, everything, next_on)

    return {
        "check-in": check_ins.CheckIn(CARD, other, CODE),
        "keep-or-close-one-week": check_ins.KeepOrClose(CARD, other, CODE, 1),
        "keep-or-close": check_ins.KeepOrClose(CARD, other, CODE, 12),
        "in-touch-asker": check_ins.InTouch(CARD, other, check_ins.ASKER_BENEFITS, MONDAY),
        "in-touch-contact": check_ins.InTouch(CARD, other, check_ins.CONTACT_BENEFITS, None),
        "not-yet": check_ins.NotYet(CARD, other, MONDAY),
        "not-yet-last": check_ins.NotYet(CARD, other, None),
        **{f"benefit-noted-{benefit.replace('_', '-')}": noted(benefit) for benefit in everything},
        "benefit-noted": noted("teaching", MONDAY),
        "kept": check_ins.Kept(other, MONDAY),
        "kept-last": check_ins.Kept(other, None),
        "thanked-by-me": introductions.Thanked(other, by_me=True),
        "thanked-by-them": introductions.Thanked(other, by_me=False),
        "faded": introductions.Faded(other),
    }


def _nudges(flavour: Flavour) -> dict[str, object]:
    rhythms = ("weekly", "fortnightly", "monthly", "when_needed")
    chosen = {f"rhythm-chosen-{rhythm.replace('_', '-')}": nudges.RhythmChosen(rhythm) for rhythm in rhythms}
    slow = {rhythm: replace(nudge(flavour), rhythm=rhythm, slowed_down=True) for rhythm in rhythms[1::2]}
    return {
        "nudge-one": nudge(flavour, waiting=1, promised=0, prompt=None),
        "nudge-three": nudge(flavour, waiting=3, promised=0, prompt=None, rhythm="when_needed"),
        "nudge-mixed": nudge(flavour),
        "nudge-promises": nudge(flavour, waiting=0, promised=3, prompt=None, rhythm="monthly"),
        "nudge-prompt": nudge(flavour, waiting=0, promised=0, rhythm="fortnightly"),
        "nudge-prompt-decided": replace(
            nudge(flavour, waiting=0, promised=0),
            prompt=Prompt("promptRef007", "T4.1", needs_resources=True, note=flavour.offer, who_decides=flavour.word),
        ),
        **{f"nudge-slowed-down-{rhythm.replace('_', '-')}": fact for rhythm, fact in slow.items()},
        "reminder-and-nudge": nudges.ReminderAndNudge(introductions.Reminder(request(flavour), MONDAY), nudge(flavour)),
        "settled": nudges.Settled(introductions.TakenBack(asker(flavour))),
        "settled-others-wait": nudges.Settled(introductions.TakenBack(asker(flavour)), nudge(flavour)),
        **chosen,
        "snoozed": nudges.Snoozed(MONDAY),
    }


def _promises(flavour: Flavour) -> dict[str, object]:
    return {
        "promise-noted": promises.PromiseNoted(promise(flavour), MONDAY),
        "promise-noted-no-nudges": promises.PromiseNoted(promise(flavour, due_on=MONDAY), None),
        "promise-done": promises.PromiseDone(),
        "promise-dropped": promises.PromiseDropped(),
        "too-many-promises": promises.TooManyPromises(tuple(promise(flavour, number) for number in range(10))),
    }


def _prompts(flavour: Flavour) -> dict[str, object]:
    asked = {
        f"prompt-{key.replace('.', '-').lower()}": nudge(flavour, waiting=0, promised=0, prompt=key)
        for bank in BANK.values()
        for key in bank
    }
    return {
        **asked,
        **{f"task-offered-{task.lower()}": prompts.TaskOffered(CARD, task) for task in TASKS},
        "task-declined": prompts.TaskDeclined(CARD, "T6"),
        "asked-another-time": prompts.AskedAnotherTime(),
        "offer-taken-back": prompts.OfferTakenBack("T4"),
        "task-unset": tasks.TaskUnset("T4", "Siltarannan ammattiopisto"),
    }


def _circles(flavour: Flavour) -> dict[str, object]:
    card = circle_card(flavour)
    bare = meetups.CircleCard(meetups.Circle(CARD, None, ""), 1, "pause", "", None, None, ())
    offers = (meetups.CircleOffer(CODE, circle(flavour), 0), meetups.CircleOffer("leaders", bare.circle, 12))

    def wish(rhythm: str, weekday: str, *, agrees: bool | None = None) -> meetups.ChangeVote:
        return meetups.ChangeVote(CARD, circle(flavour), rhythm, weekday, MONDAY_EIGHT, agrees)

    return {
        "circles-none": meetups.CirclesShown((), ()),
        "circles-offered": meetups.CirclesShown((), offers),
        "circles-mine": meetups.CirclesShown((card, bare), offers),
        "circles-many": meetups.CirclesShown((card,) * 12, offers * 4),
        "circle-joined": meetups.Joined(card),
        "circle-left": meetups.Left(circle(flavour)),
        "circle-wish": wish("two_months", ""),
        "circle-wish-pause": wish("pause", "friday"),
        "circle-wish-yes": wish("quarterly", "monday", agrees=True),
        "circle-wish-no": wish("monthly", "wednesday", agrees=False),
    }


def _meetups(flavour: Flavour) -> dict[str, object]:
    full, two = gathering(flavour), gathering(flavour, people=2, zones=(HELSINKI,), place="", link="", agenda=())
    file_only = gathering(
        flavour, languages=("en",), agenda=(), calendars=(("", "https://example.org/calendar/x.ics"),)
    )
    answers = ("met", "not_met", "not_yet")
    return {
        "poll": poll(flavour),
        "poll-answered": poll(flavour, suits=True, answered=True),
        "poll-not-this-time": poll(flavour, answered=True),
        "poll-proposed": poll(flavour, proposed=True),
        "meetup-proposed": meetups.Proposed(circle(flavour), 7),
        "meetup-proposed-alone": meetups.Proposed(circle(flavour), 1),
        "meetup-group": meetups.GroupOpened(full),
        "meetup-group-two": meetups.GroupOpened(two),
        "meetup-group-file": meetups.GroupOpened(file_only),
        "meetup-not-opened": meetups.GroupNotOpened(full),
        "meetup-reminder": meetups.MeetupReminder(full),
        "meetup-reminder-two": meetups.MeetupReminder(two),
        "meetup-reminder-and-nudge": nudges.ReminderAndNudge(meetups.MeetupReminder(full), nudge(flavour)),
        "meetup-cancelled": meetups.MeetupCancelled(circle(flavour), MONDAY_EIGHT),
        "meetup-alone": meetups.AloneThisTime(circle(flavour), MONDAY),
        "meetup-alone-resting": meetups.AloneThisTime(circle(flavour), None),
        "did-you-meet": meetups.DidYouMeet(CARD, circle(flavour), MONDAY_EIGHT),
        **{f"counted-{answer.replace('_', '-')}": meetups.MeetingCounted(answer) for answer in answers},
    }


def _questions(flavour: Flavour) -> dict[str, object]:
    about = questions.Subject("k17", flavour.note or "…")
    office = Reachable(name=flavour.name, phone="+358 9 1234", url="https://example.org")
    person, nobody_there = questions.Help(contact(flavour), office), questions.Help(None)
    titles = tuple(questions.Title(f"k{number}", flavour.offer[:75] or "…") for number in range(3))

    def answered(help_: questions.Help, **given: bool) -> questions.Answered:
        flags = {"may_be_old": False, "with_person": False, "was_helpful": False} | given
        answer = flavour.offer or "…"
        return questions.Answered(about, answer, flavour.institution or "Seed", MONDAY, help=help_, **flags)

    return {
        "answered": answered(nobody_there),
        "answered-person-old": answered(person, may_be_old=True, with_person=True),
        "answered-helpful": answered(person, was_helpful=True),
        "did-you-mean": questions.DidYouMean(about.words, titles, person),
        "not-known": questions.NotKnown(about, person),
        "not-known-nobody": questions.NotKnown(about, nobody_there),
        "known-elsewhere": questions.KnownElsewhere(about, ("FI", "NO"), person),
        "left-to-person": questions.LeftToPerson(about, flavour.offer or "…", person),
        "left-to-person-no-words": questions.LeftToPerson(questions.Subject("k17", ""), "The office decides.", person),
        "left-to-person-official": questions.LeftToPerson(
            about, flavour.offer or "…", replace(person, official_bodies=(flavour.word, flavour.name))
        ),
        "left-to-person-nobody": questions.LeftToPerson(about, flavour.offer or "…", nobody_there),
        "not-what-was-needed": questions.NotWhatWasNeeded(about, person),
        "idea-heard": questions.IdeaHeard(about, person),
        "idea-heard-nobody": questions.IdeaHeard(about, nobody_there),
        "serious": questions.Serious((EMERGENCY, office), person),
        "serious-no-contacts": questions.Serious((), nobody_there),
        "perhaps-serious": questions.PerhapsSerious((EMERGENCY, office)),
        "perhaps-serious-no-contacts": questions.PerhapsSerious(()),
        "coordinator-told": questions.CoordinatorTold(),
    }


def _asked_people(flavour: Flavour) -> dict[str, object]:
    asked = questions.Question(CARD, asker(flavour), flavour.note or "…")
    nameless = questions.Question(CARD, None, flavour.note or "…", moved_on=True)
    about = questions.Subject("k17", flavour.note or "…")

    def handed(*, at_once: bool) -> questions.HandedOver:
        return questions.HandedOver(CARD, contact(flavour), MONDAY_EIGHT, at_once, MONDAY)

    return {
        "handed-over": handed(at_once=True),
        "handed-over-later": handed(at_once=False),
        "now-with-another": questions.NowWithAnother(about, contact(flavour), may_pass_on=True),
        "now-with-another-nameless": questions.NowWithAnother(about, contact(flavour), may_pass_on=False),
        "question-taken-back": questions.QuestionTakenBack(),
        "question-withdrawn": questions.QuestionWithdrawn(),
        "question-elsewhere": questions.QuestionElsewhere(contact(flavour)),
        "question": asked,
        "question-nameless": nameless,
        "question-reminder": questions.QuestionReminder(asked, MONDAY),
        "question-reminder-and-nudge": nudges.ReminderAndNudge(
            questions.QuestionReminder(asked, MONDAY), nudge(flavour)
        ),
        "replied": questions.Replied(CARD, asker(flavour)),
        "replied-nameless": questions.Replied(CARD, None),
        "answer-arrived": questions.AnswerArrived(contact(flavour), flavour.note or "…", flavour.offer or "…"),
        "went-on": questions.WentOn(contact(flavour)),
        "nobody-knew": questions.NobodyKnew(),
    }


def _knowledge(flavour: Flavour) -> dict[str, object]:
    titles = tuple(questions.Title(f"k{number}", flavour.offer[:75] or "…") for number in range(7))
    drafts = tuple(knowledge.Draft(CARD, entry(flavour), is_new, contact(flavour)) for is_new in (True, False))
    weekly, told = knowledge.WeeklyList, ((None, 2), ("pay", 1), ("own_topic", 1))
    return {
        "entries-shown": knowledge.EntriesShown("en", (("", titles), ("pay", titles)), titles, drafts),
        "entries-shown-retired": knowledge.EntriesShown("en", (("", titles),), (), (), titles),
        "entries-shown-none": knowledge.EntriesShown("en", (), (), ()),
        "draft": drafts[0],
        "draft-everywhere": knowledge.Draft(CARD, replace(entry(flavour), countries=(), route="person"), True, None),
        "entry-saved": knowledge.EntrySaved(flavour.offer[:75] or "…"),
        "entry-retired": knowledge.EntryRetired("k17", "fi", flavour.offer[:75] or "…"),
        "draft-dropped": knowledge.DraftDropped(),
        "draft-kept": knowledge.DraftKept(contact(flavour)),
        "draft-kept-nobody": knowledge.DraftKept(None),
        "weekly-list": weekly(told, (flavour.note or "…",) * 12, 2, titles, 1),
        "weekly-list-short": weekly(((None, 1),), (), 0, (), 0),
    }


def _own_data(flavour: Flavour) -> dict[str, object]:
    words = ('"note": ' + json.dumps(flavour.note or flavour.name, ensure_ascii=False), '"email": "leena@example.org"')
    return {
        "data-link": own_data.DataLink("https://silta.example.org/my-data/x.zip"),
        "data-part": own_data.DataPart("JSON", 1, 2, words),
        "nothing-stored": own_data.NothingStored(),
        "consequences-none": own_data.Consequences(CARD, 0, 0, 0, 0, 0, 0),
        "consequences-one": own_data.Consequences(CARD, 1, 1, 1, 1, 1, 1),
        "consequences-many": own_data.Consequences(CARD, 2, 3, 4, 5, 6, 7),
        "forgotten": own_data.Forgotten(),
        "contact-ended": own_data.ContactEnded(CODE, MONDAY),
        "card-ended": own_data.CardEnded(),
        "request-ended": own_data.RequestEnded(CODE, found(flavour, 3)),
        "request-ended-nobody": own_data.RequestEnded(CODE, nobody(flavour)),
    }


def _reports(flavour: Flavour) -> dict[str, object]:
    other, readers = contact(flavour), (asker(flavour), contact(flavour))

    def reported(*, with_words: bool, at_once: bool, can_part: bool) -> reports.Reported:
        return reports.Reported(CARD, other, readers, with_words, at_once, can_part)

    return {
        "reported": reported(with_words=False, at_once=False, can_part=True),
        "reported-at-once": reported(with_words=True, at_once=True, can_part=False),
        "nobody-to-tell": reports.NobodyToTell(),
        **{
            f"report-{category.replace('_', '-')}": reports.Report(asker(flavour), other, category, flavour.note)
            for category in reports.CATEGORIES
        },
        "report-no-words": reports.Report(asker(flavour), other, reports.NO_ANSWER, None),
        "parted-ways": reports.PartedWays(other),
    }


def _report_forms(flavour: Flavour) -> dict[str, Draw]:
    form = reports.ReportForm(CARD, contact(flavour), (asker(flavour), contact(flavour)))
    return {
        "report-form": lambda t: report_words.form(t, form, REMEMBERED),
        "home-empty": own_data_words.empty_home,
    }


def _roles(flavour: Flavour) -> dict[str, object]:
    return {
        "role-appointed": roles.Appointed(contact(flavour)),
        "role-withdrawn": roles.Withdrawn(contact(flavour)),
        "role-stepped-back": roles.SteppedBack(),
        "role-now-coordinator": roles.NowCoordinator((contact(flavour), asker(flavour))),
        "role-now-coordinator-alone": roles.NowCoordinator(()),
        "role-no-longer": roles.NoLongerCoordinator(),
    }


def _situations(flavour: Flavour) -> dict[str, object]:
    return {
        "last-coordinator": LastCoordinator(),
        "not-appointable": NotAppointable(),
        "only-coordinators": OnlyCoordinators(),
        "unknown-reference": UnknownReference(),
        "already-answered": AlreadyAnswered(),
        "already-answered-on": AlreadyAnswered(MONDAY_EIGHT),
        "request-withdrawn": RequestWithdrawn(),
        "found-someone": FoundSomeone(flavour.asker, found=True, resting=False),
        "found-someone-resting": FoundSomeone(flavour.asker, found=True, resting=True),
        "moved-on": FoundSomeone(flavour.asker, found=False, resting=False),
        "already-asking": AlreadyAsking(flavour.name, CARD),
        "not-askable": NotAskable(flavour.name),
        "too-many-open-one": TooManyOpen(1),
        "too-many-open": TooManyOpen(3),
        "enough-for-today": EnoughForToday(),
        "members-only": MembersOnly(None),
        "members-only-coordinator": MembersOnly(flavour.name),
        "already-ended": AlreadyEnded(),
        "poll-is-over": PollIsOver(),
        "question-moved-on": QuestionMovedOn(flavour.name),
        "circle-asked-lately": CircleAskedLately(MONDAY_EIGHT),
        "times-not-possible": TimesNotPossible(),
        "event-is-cancelled": EventIsOff(flavour.name, is_cancelled=True),
        "event-has-begun": EventIsOff(flavour.name, is_cancelled=False),
        "no-public-address": NoPublicAddress(),
        "too-many-guests": TooManyGuests(flavour.name, 200),
        "replies-closed": RepliesClosed(flavour.name, MONDAY, "U0LEENA"),
        "replies-closed-nobody": RepliesClosed(flavour.name, MONDAY, None),
    }


def _forms(flavour: Flavour) -> dict[str, Draw]:
    def passing_on(to: int) -> Draw:
        colleagues = tuple(
            Colleague(Person(f"colleague{number:03}", flavour.name, "U0LEENA"), flavour.institution)
            for number in range(to)
        )
        form = PassOnForm(CARD, asker(flavour), colleagues)
        return lambda t: request_words.pass_on_form(t, form, REMEMBERED)

    asking = RequestForm(ASK, contact(flavour), CODE)
    return {
        "promise-form": lambda t: promise_words.form(t, promises.PromiseForm()),
        "request-form": lambda t: introduction_words.request_form(t, asking, REMEMBERED),
        "away-form": lambda t: away_words.form(t, AwayForm(WEEK_10.starts_on, WEEK_10.ends_on), REMEMBERED),
        "away-form-empty": lambda t: away_words.form(t, AwayForm(None, None), REMEMBERED),
        "pass-on-form-nobody": passing_on(0),
        "pass-on-form-one": passing_on(1),
        "pass-on-form-150": passing_on(150),
    }


def _meetup_forms(flavour: Flavour) -> dict[str, Draw]:
    proposing = meetups.ProposeForm((circle(flavour), meetups.Circle("circle000002", None, "")))
    changing = meetups.ChangeForm(circle_card(flavour))
    lines = meetups.AgendaForm(CARD, (flavour.note or "…",) * 12)
    return {
        "propose-form": lambda t: meetup_words.propose_form(t, proposing),
        "agenda-form": lambda t: meetup_words.agenda_form(t, meetups.AgendaForm(CARD, ()), REMEMBERED),
        "agenda-form-full": lambda t: meetup_words.agenda_form(t, lines, REMEMBERED),
        "change-form": lambda t: circle_words.change_form(t, changing),
    }


def _profiles(flavour: Flavour) -> dict[str, object]:
    listings = {
        f"profile-saved-{listing.value.replace('_', '-')}": profiles.ProfileSaved(profile(flavour), listing)
        for listing in profiles.Listing
    }
    waiting = profiles.ProfileSaved(profile(flavour), profiles.Listing.WAITING, contact(flavour))
    nothing = profiles.ProfileSaved(profile(flavour, said=False), profiles.Listing.NOT_A_CONTACT)
    return listings | {
        "profile-saved-waiting-for": waiting,
        "profile-saved-nothing-said": nothing,
        "contact-to-confirm": profiles.ContactToConfirm(
            contact(flavour), (CODE, "0715"), flavour.institution, flavour.offer
        ),
        "contact-to-confirm-nothing-said": profiles.ContactToConfirm(contact(flavour), (CODE,), None, ""),
        "contact-confirmed": profiles.ContactConfirmed(contact(flavour)),
        "contact-not-confirmed": profiles.ContactNotConfirmed(contact(flavour)),
        "confirmed": profiles.Confirmed(),
        "not-confirmed": profiles.NotConfirmed(None),
        "not-confirmed-coordinator": profiles.NotConfirmed(contact(flavour)),
    }


def _profile_forms(flavour: Flavour) -> dict[str, Draw]:
    regions = [profiles.RegionChoice(quote(one.name), one.name, one.country) for one in RegionRecogniser.load().all()]
    if flavour.region:
        regions.insert(0, profiles.RegionChoice("-", flavour.region, ""))
    institutions = (flavour.institution,) * 4 if flavour.institution else ()
    full = profiles.ProfileForm(profile(flavour), tuple(regions), institutions)
    empty = profiles.ProfileForm(profile(flavour, said=False), tuple(regions[-1:]), ())
    return {
        "profile-form": lambda t: profile_words.form(t, full),
        "profile-form-empty": lambda t: profile_words.form(t, empty),
    }


def profile(flavour: Flavour, *, said: bool = True) -> profiles.Profile:
    """Everything somebody may say of themselves, or nothing but a role."""
    return profiles.Profile(
        roles=("student", "mentor", "leader", "educator", "working_life") if said else ("student",),
        offer=flavour.offer if said else "",
        wish=flavour.offer if said else "",
        codes=ALL_CODES[:6] if said else (),
        region=flavour.region if said else None,
        institution=flavour.institution if said else None,
        languages=flavour.languages if said else (),
        capacity=50 if said else 0,
        tasks=TASKS if said else (),
        rhythm="weekly",
        purposes=("found", "nudges", "events", "meetups") if said else (),
    )


def _question_forms(flavour: Flavour) -> dict[str, Draw]:
    asking = questions.AskForm(questions.Subject("k17", flavour.note or ""), contact(flavour), may_be_nameless=True)
    replying = questions.ReplyForm(questions.Question(CARD, asker(flavour), flavour.note or "…"))
    suggesting = knowledge.DraftForm(CARD, flavour.note or "", flavour.offer)
    changing = knowledge.EntryForm(entry(flavour), may_retire=True)
    retired = knowledge.EntryRetired("k17", "fi", flavour.offer[:75] or "…")
    adding = knowledge.EntryForm(knowledge.Entry("own-", "en", "", (), "", "", MONDAY, "bot"))
    return {
        "ask-form": lambda t: question_words.ask_form(t, asking, REMEMBERED),
        "reply-form": lambda t: question_words.reply_form(t, replying, REMEMBERED),
        "draft-form": lambda t: knowledge_words.draft_form(t, suggesting, REMEMBERED),
        "entry-form": lambda t: knowledge_words.form(t, changing, REMEMBERED),
        "entry-retired-page": lambda t: knowledge_words.retired_page(t, retired),
        "entry-form-new": lambda t: knowledge_words.form(t, adding, REMEMBERED),
    }


def _homes(flavour: Flavour) -> dict[str, Draw]:
    def home(
        name: str,
        *,
        waiting: int = 0,
        contacts: int = 0,
        requests: int = 0,
        promised: int = 0,
        circles: int = 0,
        me: str = "open",
        periods: int = 0,
        avoided: int = 0,
        joined: bool = True,
        **seen: Any,
    ) -> dict[str, Draw]:
        back_on = MONDAY if periods else None

        def draw(t: Translator) -> View:
            fact = Home(
                me=_me(flavour, t.language, is_contact=me != "student", availability="open" if me == "student" else me),
                waiting_for_me=tuple(_contact(flavour, is_open=False) for _ in range(waiting)),
                contacts=tuple(_contact(flavour, is_open=True, back_on=back_on) for _ in range(contacts)),
                requests=tuple(_contact(flavour, is_open=False, back_on=back_on) for _ in range(requests)),
                coordinator=None if me == "student" else contact(flavour),
                away=tuple(AwayPeriod(f"awayRef{number:05}", WEEK_10) for number in range(periods)),
                promises=tuple(promise(flavour, number) for number in range(promised)),
                rhythm="monthly" if promised else "weekly" if joined else None,
                circles=(circle_card(flavour),) * circles,
                has_profile=joined,
                waits_for_confirmation=bool(avoided),
                confirmed_by=contact(flavour) if avoided > 1 else None,
                avoided=(asker(flavour),) * avoided,
            )
            return home_words.home(t, replace(fact, **seen))

        return {name: draw}

    me, bodies = _me(flavour, "en", is_contact=False, availability="open").person, (flavour.word,)
    to_confirm = tuple(profiles.ContactToConfirm(contact(flavour), ("0713",), flavour.word, "") for _ in range(4))
    network = Network(
        waiting=None,
        gaps=(Gap("0732", "Uusimaa", 7), Gap("0913", flavour.word, None), Gap(None, None, None)),
        unmet=(Unmet(asker(flavour), "0732", "Uusimaa"), Unmet(contact(flavour), None, None)),
        undelivered=2,
        coordinators=(me, *(contact(flavour),) * 6),
        latest=(
            Undelivered(contact(flavour), MONDAY, "user_not_found"),
            Undelivered(asker(flavour), MONDAY, None),
        ),
        open_questions=2,
        events=tuple(EventAhead((flavour.word * 200)[:200], MONDAY_EIGHT, number) for number in range(5)),
    )
    counted = Network(waiting=12, gaps=(Gap("0732", "Uusimaa", 7),), unmet=(), undelivered=0, coordinators=(me,))
    coming = (
        Coming(flavour.word, MONDAY_EIGHT, "yes"),
        Coming(flavour.word, MONDAY_EIGHT, "yes", has_place=False),
        Coming(flavour.word, MONDAY_EIGHT, "maybe"),
    )
    quiet = Network(waiting=3, gaps=(), unmet=(), undelivered=0, coordinators=(me,))
    return {
        **home("home-student", me="student"),
        **home("home-first-visit", me="student", joined=False),
        **home("home-unconfirmed", avoided=1),
        **home("home-contact"),
        **home("home-contact-called", called={"en": flavour.word}),
        **home("home-contact-paused", me="paused"),
        **home("home-some", waiting=1, contacts=1, requests=1, circles=1, events=coming),
        **home("home-away", contacts=1, requests=1, periods=1),
        **home("home-student-promises", promised=1, me="student"),
        **home("home-promises", waiting=50, promised=10),
        **home("home-many-waiting", waiting=80),
        **home("home-leader", roles=("leader",), to_confirm=to_confirm[:1], shortages=("0732", "0913")),
        **home("home-educator", me="student", roles=("educator",), shortages=("0732",), official_bodies=bodies),
        **home("home-coordinator", me="student", roles=("coordinator",), network=network),
        **home("home-coordinator-counted", me="student", roles=("coordinator",), network=counted),
        **home(
            "home-coordinator-alone", me="student", roles=("coordinator",), network=quiet, to_confirm=to_confirm[:1]
        ),
        **home(
            "home-everything",
            waiting=30,
            contacts=30,
            requests=3,
            periods=9,
            circles=9,
            avoided=9,
            promised=9,
            roles=("leader", "coordinator"),
            network=network,
            to_confirm=to_confirm,
            shortages=("0732",),
            next_meeting=circle_card(flavour),
            events=coming * 4,
            official_bodies=bodies,
        ),
        **home("home-many-contacts", waiting=3, contacts=60, requests=20, periods=20, circles=9, avoided=9),
    }


def entry(flavour: Flavour) -> knowledge.Entry:
    """An entry for two countries, in the words of this flavour."""
    asked = (flavour.note or "…",) * 3
    words = (flavour.offer[:75] or "…", asked, flavour.offer or "…", flavour.institution or "Seed")
    return knowledge.Entry("k17", "fi", *words, MONDAY, "bot+person", ("FI", "SE"), "pay")


def contact(flavour: Flavour) -> Person:
    """The contact person."""
    return Person(THEIRS, flavour.name, "U0LEENA")


def asker(flavour: Flavour) -> Person:
    """Whoever looks for a contact."""
    return Person("askerRef0004", flavour.asker, "U0SANNA")


def nudge(
    flavour: Flavour, *, waiting: int = 1, promised: int = 1, prompt: str | None = "T4.1", rhythm: str = "weekly"
) -> Nudge:
    """A nudge with so many people who wait, so many promises, and a prompt or none."""
    return Nudge(
        nudge_ref="nudge-Ref_06",
        waiting=tuple(request(flavour) for _ in range(waiting)),
        promises=tuple(promise(flavour, number, due_on=MONDAY if number else None) for number in range(promised)),
        prompt=Prompt("promptRef007", prompt, needs_resources=prompt[:2] in {"T4", "T5"}) if prompt else None,
        rhythm=rhythm,
    )


def promise(flavour: Flavour, number: int = 0, due_on: date | None = None) -> Promise:
    """What somebody noted for themselves, in whatever words."""
    return Promise(f"promise{number:05}", (flavour.note or flavour.name)[: promise_words.WORDS_AT_MOST], due_on)


def request(flavour: Flavour) -> Request:
    """A request with everything in it."""
    return Request(CARD, asker(flavour), CODE, KINDS, flavour.note, flavour.region, flavour.languages)


def card(flavour: Flavour, number: int = 0, *, away: bool = False) -> Card:
    """What an asker sees of a contact person, for every reason there is."""
    return Card(
        person=Person(f"contact{number:05}", flavour.name, "U0LEENA"),
        codes=(CODE, "0715"),
        institution=flavour.institution,
        region=flavour.region,
        languages=flavour.languages,
        offer=flavour.offer,
        reasons=tuple(reason.value for reason in Reason) if flavour.languages else (),
        away_until=MONDAY if away else None,
        reached_at=MONDAY_EIGHT,
    )


def units(flavour: Flavour) -> CandidatesFound:
    """A contact of an institution, who teaches nothing that is known."""
    reasons = (Reason.UNIT_CONTACT.value, Reason.SHARED_LANGUAGE.value)
    one = replace(card(flavour), codes=(), reasons=reasons)
    return CandidatesFound(ASK, CODE, None, (one,), Reach.UNIT_CONTACTS)


def fresh(flavour: Flavour) -> tuple[Card, ...]:
    """Somebody who can be reached now and confirmed lately, and somebody who has not for a year."""
    now = replace(card(flavour), at_once=True, confirmed_on=MONDAY)
    return now, replace(card(flavour), confirmed_on=MONDAY, is_fresh=False)


def found(flavour: Flavour, people: int, reach: Reach = Reach.NEARBY) -> CandidatesFound:
    """So many candidates."""
    return CandidatesFound(ASK, CODE, flavour.region, tuple(card(flavour, number) for number in range(people)), reach)


def nobody(flavour: Flavour, *, full: int = 1, with_coordinator: bool = True) -> NobodyOpen:
    """Nobody to ask; so many whose places are taken."""
    people = tuple(Person(f"full{number:08}", flavour.name, "U0LEENA") for number in range(full))
    return NobodyOpen(ASK, CODE, flavour.region, people, contact(flavour) if with_coordinator else None)


def _me(flavour: Flavour, language: str, *, is_contact: bool, availability: str) -> Me:
    me = Person("meRef0000005", flavour.name, "U0LEENA")
    return Me(1, me, "T0SILTA", language, HELSINKI, is_contact, is_contact, availability)


def _contact(flavour: Flavour, *, is_open: bool, back_on: date | None = None) -> Contact:
    return Contact(CARD, asker(flavour), CODE, is_open, i_asked=True, back_on=back_on)


def circle(flavour: Flavour) -> meetups.Circle:
    """A circle of one field and region."""
    return meetups.Circle(CARD, CODE, flavour.region or "")


def circle_card(flavour: Flavour) -> meetups.CircleCard:
    """A circle with everything in it."""
    changes = (meetups.Change(MONDAY, "two_months", "thursday"), meetups.Change(MONDAY, "monthly", "tuesday"))
    return meetups.CircleCard(circle(flavour), 7, "two_months", "thursday", MONDAY, MONDAY_EIGHT, changes)


def poll(flavour: Flavour, *, suits: bool = False, answered: bool = False, proposed: bool = False) -> meetups.Poll:
    """Three times."""
    slots = tuple(meetups.Slot(f"slot{number:08}", MONDAY_EIGHT, suits and number < 2) for number in range(3))
    return meetups.Poll(
        round_ref=CARD,
        circle=circle(flavour),
        slots=slots,
        minutes=45,
        answered=answered,
        closes_at=MONDAY_EIGHT,
        proposed_by=contact(flavour) if proposed else None,
        place=(flavour.institution or "") if proposed else "",
        link="https://example.org/room" if proposed else "",
        changes=(meetups.Change(MONDAY, "quarterly", ""),) if proposed else (),
    )


def gathering(flavour: Flavour, **given: Any) -> meetups.Gathering:
    """A group of five in two zones who speak two languages, with a full agenda."""
    number = given.pop("people", 5)
    everybody = (contact(flavour), asker(flavour))
    calendars = (("Google", "https://calendar.google.com/x"), ("Outlook", "https://outlook.office.com/x"))
    defaults: dict[str, Any] = {
        "meetup_ref": CARD,
        "circle": circle(flavour),
        "people": tuple(everybody[place % 2] for place in range(number)),
        "starts_at": MONDAY_EIGHT,
        "minutes": 45,
        "zones": (HELSINKI, ZoneInfo("Europe/Istanbul")),
        "languages": ("en", "en"),
        "place": flavour.institution or "",
        "link": "https://example.org/room",
        "agenda": (flavour.note or "…", "phones"),
        "calendars": calendars,
    }
    return meetups.Gathering(**(defaults | given))
