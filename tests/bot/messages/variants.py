"""Every fact and every view that Silta can word, in each of its situations, with good defaults."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from slack_sdk.models.views import View

from bot.errors import (
    AlreadyAnswered,
    AlreadyAsking,
    AlreadyEnded,
    CircleAskedLately,
    EventIsOff,
    FoundSomeone,
    NoPublicAddress,
    NotAskable,
    OnlyCoordinators,
    PollIsOver,
    RepliesClosed,
    RequestWithdrawn,
    TimesNotPossible,
    UnknownReference,
)
from bot.facts import away, check_ins, fields, introductions, meetups, members, nudges, promises, prompts
from bot.facts.away import AwayDays, AwayForm, AwayPeriod, Together
from bot.facts.fields import CandidatesFound, Card, NobodyOpen, Reach
from bot.facts.introductions import KINDS, Colleague, PassOnForm, Request, RequestForm
from bot.facts.members import Contact, Home, Me, Person
from bot.facts.nudges import Nudge
from bot.facts.promises import Promise
from bot.facts.prompts import Prompt
from bot.language import Translator
from bot.messages import away as away_words
from bot.messages import circles as circle_words
from bot.messages import introductions as introduction_words
from bot.messages import meetups as meetup_words
from bot.messages import members as member_words
from bot.messages import promises as promise_words
from bot.messages import requests as request_words
from bot.rules.candidates import Reason
from bot.rules.prompts import BANK
from bot.rules.tasks import TASKS
from bot.understanding.fields import FieldCatalogue
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
        *(_circles, _meetups, variants_of_events.facts, _situations),
    )
    return {name: fact for group in groups for name, fact in group(flavour).items()}


def views(flavour: Flavour = ORDINARY) -> dict[str, Draw]:
    """Every form and home view by a name of its own; each draws itself in a given language."""
    return {
        **_forms(flavour),
        **_meetup_forms(flavour),
        **variants_of_events.forms(flavour),
        **_homes(flavour),
    }


def _members(flavour: Flavour) -> dict[str, object]:
    welcome = members.Welcome
    return {
        "welcome": welcome(is_contact=False, availability="open"),
        "welcome-contact": welcome(is_contact=True, availability="open"),
        "welcome-contact-paused": welcome(is_contact=True, availability="paused"),
        "welcome-unknown-word": welcome(is_contact=False, availability="open", unknown_word=flavour.word),
        "not-understood": members.NotUnderstood(),
        "answered-privately": members.AnsweredPrivately(),
        "kept-apart": members.KeptApart(contact(flavour)),
        "not-kept-apart": members.NotKeptApart(contact(flavour)),
        "paused": members.Paused(),
        "resumed": members.Resumed(),
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
        "not-available-one": not_available(found(flavour, 1)),
        "not-available-three": not_available(found(flavour, 3)),
        "not-available-suggested": not_available(found(flavour, 2), suggested=True),
        "not-available-nobody": not_available(nobody(flavour)),
        "introduction": introductions.Introduction(*both, CODE, (), ("en",)),
        "introduction-with-kinds": introductions.Introduction(*both, CODE, KINDS, ("en",)),
        "introduction-two-languages": introductions.Introduction(*both, CODE, KINDS, ("en", "en")),
        "meet-directly": introductions.MeetDirectly(asker(flavour), CODE),
        "meet-directly-no-chat": introductions.MeetDirectly(no_chat, CODE),
    }


def _answering(flavour: Flavour) -> dict[str, object]:
    return {
        "request": request(flavour),
        "request-bare": Request(CARD, asker(flavour), CODE, (), None, None, ()),
        "reminder": introductions.Reminder(request(flavour), MONDAY),
        "accepted-at-once": introductions.Accepted(asker(flavour), MONDAY_EIGHT, at_once=True),
        "accepted-later": introductions.Accepted(asker(flavour), MONDAY_EIGHT, at_once=False),
        "declined": introductions.Declined(asker(flavour)),
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
        **{f"nudge-slowed-down-{rhythm.replace('_', '-')}": fact for rhythm, fact in slow.items()},
        "reminder-and-nudge": nudges.ReminderAndNudge(introductions.Reminder(request(flavour), MONDAY), nudge(flavour)),
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
        "meetup-cancelled": meetups.MeetupCancelled(circle(flavour), MONDAY_EIGHT),
        "meetup-alone": meetups.AloneThisTime(circle(flavour), MONDAY),
        "meetup-alone-resting": meetups.AloneThisTime(circle(flavour), None),
        "did-you-meet": meetups.DidYouMeet(CARD, circle(flavour), MONDAY_EIGHT),
        **{f"counted-{answer.replace('_', '-')}": meetups.MeetingCounted(answer) for answer in answers},
    }


def _situations(flavour: Flavour) -> dict[str, object]:
    return {
        "unknown-reference": UnknownReference(),
        "already-answered": AlreadyAnswered(),
        "already-answered-on": AlreadyAnswered(MONDAY_EIGHT),
        "request-withdrawn": RequestWithdrawn(),
        "found-someone": FoundSomeone(flavour.asker, found=True, resting=False),
        "found-someone-resting": FoundSomeone(flavour.asker, found=True, resting=True),
        "moved-on": FoundSomeone(flavour.asker, found=False, resting=False),
        "already-asking": AlreadyAsking(flavour.name, CARD),
        "not-askable": NotAskable(flavour.name),
        "already-ended": AlreadyEnded(),
        "poll-is-over": PollIsOver(),
        "circle-asked-lately": CircleAskedLately(MONDAY_EIGHT),
        "times-not-possible": TimesNotPossible(),
        "only-coordinators": OnlyCoordinators(),
        "event-is-cancelled": EventIsOff(flavour.name, is_cancelled=True),
        "event-has-begun": EventIsOff(flavour.name, is_cancelled=False),
        "no-public-address": NoPublicAddress(),
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
                rhythm="monthly" if promised else "weekly",
                circles=(circle_card(flavour),) * circles,
            )
            return member_words.home(t, fact)

        return {name: draw}

    return {
        **home("home-student", me="student"),
        **home("home-contact"),
        **home("home-contact-paused", me="paused"),
        **home("home-some", waiting=1, contacts=1, requests=1, circles=1),
        **home("home-away", contacts=1, requests=1, periods=1),
        **home("home-student-promises", promised=1, me="student"),
        **home("home-promises", waiting=50, promised=10),
        **home("home-many-waiting", waiting=80),
        **home("home-many-contacts", waiting=3, contacts=60, requests=20, periods=20, circles=9),
    }


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


def found(flavour: Flavour, people: int, reach: Reach = Reach.NEARBY) -> CandidatesFound:
    """So many candidates."""
    return CandidatesFound(ASK, CODE, flavour.region, tuple(card(flavour, number) for number in range(people)), reach)


def nobody(flavour: Flavour, *, full: int = 1, with_coordinator: bool = True) -> NobodyOpen:
    """Nobody to ask; so many whose places are taken."""
    people = tuple(Person(f"full{number:08}", flavour.name, "U0LEENA") for number in range(full))
    return NobodyOpen(ASK, CODE, flavour.region, people, contact(flavour) if with_coordinator else None)


def _me(flavour: Flavour, language: str, *, is_contact: bool, availability: str) -> Me:
    me = Person("meRef0000005", flavour.name, "U0LEENA")
    return Me(1, me, "T0SILTA", language, HELSINKI, is_contact, False, availability)


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
