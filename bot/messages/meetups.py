"""Words for polls and meetups: light, semi-official, and any answer is a good one."""

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from slack_sdk.models.blocks import (
    Block,
    ButtonElement,
    DateTimePickerElement,
    InputBlock,
    PlainTextInputElement,
    StaticSelectElement,
)
from slack_sdk.models.views import View

from bot.facts.meetups import (
    AgendaForm,
    AloneThisTime,
    DidYouMeet,
    Gathering,
    GroupNotOpened,
    GroupOpened,
    MeetingCounted,
    MeetupCancelled,
    MeetupReminder,
    Poll,
    Proposed,
    ProposeForm,
    Slot,
)
from bot.language import Markup, Translator
from bot.messages import circles, ids, parts
from bot.messages.parts import Message

WORDS_AT_MOST: Final = 200
AGENDA_SHOWN: Final = 10
CIRCLES_AT_MOST: Final = 50


def poll(t: Translator, fact: Poll) -> Message:
    """When could you meet? Each time is a button, and so is "not this time"."""
    lead = t.markup("*{circle}* (semi-official): when could you meet?", circle=circles.name(t, fact.circle))
    about = t.markup_plural(
        "A small group, {count} minute. Press every time that suits you.",
        "A small group, {count} minutes. Press every time that suits you.",
        fact.minutes,
    )
    blocks: list[Block] = [parts.says(lead), *circles.news(t, fact.changes)]
    if fact.proposed_by:
        blocks.append(parts.says(t.markup("*{name}* proposes it.", name=fact.proposed_by.name)))
    if fact.place:
        blocks.append(parts.remarks(t.text("Place: {place}", place=fact.place)))
    blocks += [parts.says(about), *(_slot(t, slot) for slot in fact.slots)]
    if fact.answered and not any(slot.suits for slot in fact.slots):
        blocks.append(parts.says(t.markup("Noted: not this time. That is fine.")))
    until = t.text("Open until {day}. You can change your answer until then.", day=t.day(t.local_day(fact.closes_at)))
    last: list[ButtonElement] = [parts.button(t.text("Not this time"), ids.MEETUPS_NOT_THIS_TIME, fact.round_ref)]
    return Message(lead, (*blocks, parts.remarks(until), parts.buttons(*last, *_visit(t, fact.link))))


def group_opened(t: Translator, fact: GroupOpened) -> Message:
    """The group conversation: who, when in each zone, where, and an agenda that may stay empty."""
    gathering = fact.gathering
    speaks = [Translator(language, t.zone) for language in gathering.languages] or [t]
    texts = [_group(one, gathering) for one in speaks]
    agenda = _agenda(speaks[0], gathering.agenda)
    add = parts.button(speaks[0].text("Add to the agenda"), ids.MEETUPS_AGENDA, gathering.meetup_ref)
    buttons = parts.buttons(add, *_visit(speaks[0], gathering.link), *_calendars(speaks[0], gathering))
    return Message(texts[0], (*(parts.says(text) for text in texts), *agenda, buttons))


def group_not_opened(t: Translator, fact: GroupNotOpened) -> Message:
    """Who and when, because the conversation could not be opened."""
    lead = t.markup(
        "You meet in a small group ({circle}, semi-official), but I could not open a conversation for you. "
        "Please write to each other directly.",
        circle=circles.name(t, fact.gathering.circle),
    )
    when = parts.says(_moment(t, fact.gathering.starts_at))
    calendars = parts.buttons(*_calendars(t, fact.gathering))
    return Message(lead, (parts.says(lead), _who(t, fact.gathering), when, calendars))


def reminder(t: Translator, fact: MeetupReminder) -> Message:
    """One reminder."""
    at = fact.gathering.starts_at
    lead = t.markup(
        "You meet soon: *{circle}* (semi-official), {day} at {time}.",
        circle=circles.name(t, fact.gathering.circle),
        day=t.day(t.local_day(at)),
        time=t.time(at),
    )
    buttons = [*_visit(t, fact.gathering.link), *_calendars(t, fact.gathering)]
    return Message(
        lead,
        (
            parts.says(lead),
            _who(t, fact.gathering),
            *_agenda(t, fact.gathering.agenda),
            parts.buttons(*buttons),
        ),
    )


def cancelled(t: Translator, fact: MeetupCancelled) -> Message:
    """Too few are left."""
    lead = t.markup(
        "The meetup of *{circle}* on {day} does not take place: too few are left. The circle goes on.",
        circle=circles.name(t, fact.circle),
        day=t.day(t.local_day(fact.starts_at)),
    )
    return Message(lead, (parts.says(lead),))


def alone(t: Translator, fact: AloneThisTime) -> Message:
    """Said honestly, with a way on."""
    lead = t.markup(
        "Thank you for answering. Nobody else in *{circle}* could come at your times, so there is no group for you "
        "this time.",
        circle=circles.name(t, fact.circle),
    )
    blocks: list[Block] = [parts.says(lead)]
    if fact.next_on:
        blocks.append(parts.says(t.markup("I ask again on {day}.", day=t.day(fact.next_on))))
    propose = parts.button(t.text("Propose a meetup"), ids.MEETUPS_PROPOSE, fact.circle.ref)
    return Message(lead, (*blocks, parts.buttons(propose)))


def did_you_meet(t: Translator, fact: DidYouMeet) -> Message:
    """The one question."""
    lead = t.markup(
        "*{circle}*, {day}: did you meet?",
        circle=circles.name(t, fact.circle),
        day=t.day(t.local_day(fact.held_at)),
    )
    yes = parts.button(t.text("Yes"), ids.MEETUPS_MET, fact.meetup_ref, style="primary")
    no = parts.button(t.text("No"), ids.MEETUPS_NOT_MET, fact.meetup_ref)
    not_yet = parts.button(t.text("Not yet"), ids.MEETUPS_NOT_YET, fact.meetup_ref)
    remark = t.text("Answers are only counted. Nobody sees who said what, and I ask no more.")
    return Message(lead, (parts.says(lead), parts.remarks(remark), parts.buttons(yes, no, not_yet)))


def counted(t: Translator, fact: MeetingCounted) -> Message:
    """Thanks, whatever the answer."""
    lead = {
        "met": t.markup("Good to hear. Thank you."),
        "not_met": t.markup("That happens. Thank you for telling me."),
        "not_yet": t.markup("Not yet is fine. Thank you."),
    }[fact.answer]
    return Message(lead, (parts.says(lead),))


def proposed(t: Translator, fact: Proposed) -> Message:
    """The poll is on its way."""
    lead = t.markup_plural(
        "Thank you. {count} member of *{circle}* is asked in working time, you too.",
        "Thank you. The {count} members of *{circle}* are asked in their own working time, you too.",
        fact.members,
        circle=circles.name(t, fact.circle),
    )
    return Message(lead, (parts.says(lead),))


def propose_form(t: Translator, fact: ProposeForm) -> View:
    """Which circle, up to three times or none, and where."""
    options = [parts.option(circles.name(t, one), one.ref) for one in fact.circles[:CIRCLES_AT_MOST]]
    which = StaticSelectElement(action_id=ids.CIRCLE, options=options, initial_option=options[0])
    times = (
        (ids.FIRST_TIME, t.text("First time")),
        (ids.SECOND_TIME, t.text("Second time")),
        (ids.THIRD_TIME, t.text("Third time")),
    )
    return View(
        type="modal",
        callback_id=ids.MEETUPS_SUBMIT,
        title=parts.plain(t.text("Propose a meetup"), 24),
        submit=parts.plain(t.text("Propose"), 24),
        close=parts.plain(t.text("Back"), 24),
        blocks=[
            parts.says(t.markup("Leave the times empty and I find three that suit most members. It is semi-official.")),
            _input(ids.CIRCLE, t.text("Circle"), which, optional=False),
            *(_input(block, label, DateTimePickerElement(action_id=block)) for block, label in times),
            _input(ids.PLACE, t.text("Place"), _line(ids.PLACE)),
            _input(ids.LINK, t.text("Link (https://…)"), _line(ids.LINK)),
        ],
    )


def agenda_form(t: Translator, fact: AgendaForm, remembered: str) -> View:
    """What is there, and room for one more line."""
    say = t.markup("One line is enough, and it may stay empty. It is shown to your group and deleted after the meetup.")
    return View(
        type="modal",
        callback_id=ids.MEETUPS_SUBMIT_AGENDA,
        private_metadata=remembered,
        title=parts.plain(t.text("Agenda"), 24),
        submit=parts.plain(t.text("Add"), 24),
        close=parts.plain(t.text("Back"), 24),
        blocks=[
            parts.says(say),
            *_agenda(t, fact.agenda),
            _input(ids.ITEM, t.text("I would like to talk about"), _line(ids.ITEM)),
        ],
    )


def _slot(t: Translator, slot: Slot) -> Block:
    day, time = t.day(t.local_day(slot.starts_at)), t.time(slot.starts_at)
    if slot.suits:
        section = parts.says(t.markup("*{day} at {time}*: suits you", day=day, time=time))
        section.accessory = parts.button(t.text("Not after all"), ids.MEETUPS_UNVOTE, slot.ref)
    else:
        section = parts.says(t.markup("{day} at {time}", day=day, time=time))
        section.accessory = parts.button(t.text("Suits me"), ids.MEETUPS_VOTE, slot.ref)
    return section


def _group(t: Translator, gathering: Gathering) -> str:
    names = Markup(t.all_of([parts.mention(one) for one in gathering.people]))
    sentences = [
        t.markup(
            "{names}: this is your meetup. *{circle}*, semi-official.",
            names=names,
            circle=circles.name(t, gathering.circle),
        ),
        *_times(t, gathering),
    ]
    if len(gathering.people) == 2:
        sentences.append(t.markup("You are two this time: a good size for a real conversation."))
    if gathering.place:
        sentences.append(t.markup("Place: {place}", place=gathering.place))
    sentences.append(
        t.markup_plural(
            "{count} minute, and no preparation is needed. Agree here where to meet. I remind you once, and am silent "
            "otherwise.",
            "{count} minutes, and no preparation is needed. Agree here where to meet. I remind you once, and am silent "
            "otherwise.",
            gathering.minutes,
        )
    )
    return "\n".join(sentences)


def _times(t: Translator, gathering: Gathering) -> list[str]:
    """The time in the zone of each of them; the zone is named only where there are several."""
    if len(gathering.zones) == 1:
        return [_moment(Translator(t.language, gathering.zones[0]), gathering.starts_at)]
    return [f"{_moment(Translator(t.language, zone), gathering.starts_at)} ({_city(zone)})" for zone in gathering.zones]


def _city(zone: ZoneInfo) -> str:
    return zone.key.rpartition("/")[2].replace("_", " ")


def _moment(t: Translator, at: datetime) -> str:
    return t.markup("*{day} at {time}*", day=t.day(t.local_day(at)), time=t.time(at))


def _who(t: Translator, gathering: Gathering) -> Block:
    names = Markup(t.all_of([parts.mention(one) for one in gathering.people]))
    return parts.says(t.markup("With: {names}", names=names))


def _agenda(t: Translator, agenda: tuple[str, ...]) -> list[Block]:
    if not agenda:
        return []
    return [parts.says(t.markup("*Agenda*")), *(parts.quotes(t, words) for words in agenda[:AGENDA_SHOWN])]


def _visit(t: Translator, link: str) -> tuple[ButtonElement, ...]:
    if not link:
        return ()
    return (_to(t.text("Open the link"), ids.MEETUPS_VISIT, link),)


def _calendars(t: Translator, gathering: Gathering) -> tuple[ButtonElement, ...]:
    places = (ids.MEETUPS_CALENDAR, ids.MEETUPS_OUTLOOK)
    label = t.text("Add to calendar")
    return tuple(
        _to(f"{label}: {calendar}" if calendar else label, place, url)
        for place, (calendar, url) in zip(places, gathering.calendars, strict=False)
    )


def _to(label: str, action_id: str, url: str) -> ButtonElement:
    return ButtonElement(text=parts.plain(label, parts.BUTTON_AT_MOST), action_id=action_id, url=url)


def _line(name: str) -> PlainTextInputElement:
    return PlainTextInputElement(action_id=name, max_length=WORDS_AT_MOST)


def _input(
    block_id: str,
    label: str,
    element: StaticSelectElement | DateTimePickerElement | PlainTextInputElement,
    *,
    optional: bool = True,
) -> InputBlock:
    return InputBlock(block_id=block_id, label=parts.plain(label, 2000), element=element, optional=optional)
