"""Every fact and every view that Silta can word, in each of its situations, with good defaults."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from slack_sdk.models.views import View

from bot.errors import (
    AlreadyAnswered,
    AlreadyAsking,
    AlreadyEnded,
    FoundSomeone,
    NotAskable,
    RequestWithdrawn,
    UnknownReference,
)
from bot.facts import check_ins, fields, introductions, members, nudges
from bot.facts.fields import CandidatesFound, Card, NobodyOpen, Reach
from bot.facts.introductions import KINDS, Colleague, PassOnForm, Request, RequestForm
from bot.facts.members import Contact, Home, Me, Person
from bot.language import Translator
from bot.messages import introductions as introduction_words
from bot.messages import members as member_words
from bot.messages import requests as request_words
from bot.rules.candidates import Reason
from bot.understanding.fields import FieldRecogniser
from tests.bot.messages.flavours import ORDINARY, Flavour

HELSINKI: Final = ZoneInfo("Europe/Helsinki")
ASK: Final = "ask-Ref_0001"
THEIRS: Final = "theirRef0002"
CARD: Final = "cardRef_0003"
REMEMBERED: Final = f"{ASK}.{THEIRS}|D0123456789|1800000000.000100"
MONDAY: Final = date(2027, 1, 25)
MONDAY_EIGHT: Final = datetime(2027, 1, 25, 6, 0, tzinfo=UTC)
BENEFITS: Final = dict.fromkeys((*check_ins.ASKER_BENEFITS, *check_ins.CONTACT_BENEFITS))
ALL_CODES: Final = tuple(field.code for field in FieldRecogniser.load().all())
CODE: Final = "0713"

Draw = Callable[[Translator], View]


def facts(flavour: Flavour = ORDINARY) -> dict[str, object]:
    """Every fact and situation by a name of its own, with the people and words of this flavour."""
    groups = (_members, _fields, _asking, _answering, _waiting, _check_ins, _nudges, _situations)
    return {name: fact for group in groups for name, fact in group(flavour).items()}


def views(flavour: Flavour = ORDINARY) -> dict[str, Draw]:
    """Every form and home view by a name of its own; each draws itself in a given language."""
    return {**_forms(flavour), **_homes(flavour)}


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


def _fields(flavour: Flavour) -> dict[str, object]:
    return {
        "field-inferred": fields.FieldInferred(ASK, CODE, None),
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
    return {
        "nudge-one": nudges.Nudge((request(flavour),)),
        "nudge-three": nudges.Nudge((request(flavour), request(flavour), request(flavour))),
        **chosen,
        "snoozed": nudges.Snoozed(),
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
        "request-form": lambda t: introduction_words.request_form(t, asking, REMEMBERED),
        "pass-on-form-nobody": passing_on(0),
        "pass-on-form-one": passing_on(1),
        "pass-on-form-150": passing_on(150),
    }


def _homes(flavour: Flavour) -> dict[str, Draw]:
    def home(name: str, *, waiting: int = 0, contacts: int = 0, requests: int = 0, me: str = "open") -> dict[str, Draw]:
        def draw(t: Translator) -> View:
            fact = Home(
                me=_me(flavour, t.language, is_contact=me != "student", availability="open" if me == "student" else me),
                waiting_for_me=tuple(_contact(flavour, is_open=False) for _ in range(waiting)),
                contacts=tuple(_contact(flavour, is_open=True) for _ in range(contacts)),
                requests=tuple(_contact(flavour, is_open=False) for _ in range(requests)),
                coordinator=None if me == "student" else contact(flavour),
            )
            return member_words.home(t, fact)

        return {name: draw}

    return {
        **home("home-student", me="student"),
        **home("home-contact"),
        **home("home-contact-paused", me="paused"),
        **home("home-some", waiting=1, contacts=1, requests=1),
        **home("home-many-waiting", waiting=80),
        **home("home-many-contacts", waiting=3, contacts=60, requests=20),
    }


def contact(flavour: Flavour) -> Person:
    """The contact person."""
    return Person(THEIRS, flavour.name, "U0LEENA")


def asker(flavour: Flavour) -> Person:
    """Whoever looks for a contact."""
    return Person("askerRef0004", flavour.asker, "U0SANNA")


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


def _contact(flavour: Flavour, *, is_open: bool) -> Contact:
    return Contact(CARD, asker(flavour), CODE, is_open, i_asked=True)
