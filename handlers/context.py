"""What every listener finds in Bolt's context: one `Turn`, with the services, the person, and ways to answer them."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final

from aiohttp import ClientError
from slack_bolt import BoltResponse
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_sdk.errors import SlackApiError
from slack_sdk.models.views import View
from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery.homes import publish
from bot.delivery.slack import error_of
from bot.facts.away import AwayEnded, AwayNoted, CapacityChosen
from bot.facts.events import EventPreview, EventRuns, EventUnclear
from bot.facts.introductions import Accepted, Asked, Declined, PassedOn, Thanked, Withdrawn
from bot.facts.meetups import Joined, Left
from bot.facts.members import KeptApart, Me, NotKeptApart, Paused, Resumed, Welcome
from bot.facts.nudges import RhythmChosen
from bot.facts.profiles import ContactConfirmed, ContactNotConfirmed
from bot.facts.promises import PromiseDone, PromiseDropped, PromiseNoted
from bot.facts.reports import PartedWays
from bot.facts.roles import Appointed, SteppedBack
from bot.facts.roles import Withdrawn as RoleWithdrawn
from bot.language import Translator
from bot.messages import ids, word
from bot.messages import nudges as nudge_words
from bot.messages import own_data as own_data_words
from bot.messages.parts import Message
from bot.services import Services
from bot.services.members import Profile
from bot.understanding.own_data import read_wish
from handlers.payloads import Body, CardPlace, card_of, event_type, form_of, inbox_key, is_home, pressed, written

ABOUT_SOMEBODY: Final = {"user_change", "team_join"}
"""Events in which nobody talks to Silta; the person in them may be somebody it never meets."""

NOT_SHOWN: Final = {"user_not_visible", "user_not_found"}
"""How Slack answers about somebody of another organisation whom this one does not see."""

ABOUT_OWN_DATA: Final = {ids.MEMBERS_EXPORT, ids.MEMBERS_FORGET, ids.MEMBERS_CONFIRM_FORGET}
"""Nobody is stored for asking what is stored."""

CHANGES_HOME: Final = (
    *(Accepted, Asked, Declined, Joined, KeptApart, Left, NotKeptApart, PassedOn, Paused, Resumed, Thanked, Withdrawn),
    *(AwayEnded, AwayNoted, CapacityChosen, PartedWays),
    *(PromiseDone, PromiseDropped, PromiseNoted, RhythmChosen),
    *(ContactConfirmed, ContactNotConfirmed, Appointed, RoleWithdrawn, SteppedBack),
)
"""Facts after which the person's home view would say something that is no longer so."""

Next = Callable[[], Awaitable[Any]]


@dataclass(frozen=True)
class Turn:
    """One thing a person did, and how to answer it. Answers to it go out at once, at any hour (R1)."""

    services: Services
    client: AsyncWebClient
    me: Me
    body: Body
    channel: str | None
    respond: AsyncRespond | None

    @property
    def t(self) -> Translator:
        """Speaks this person's language."""
        return Translator(self.me.language, self.me.zone)

    async def answer(self, fact: object) -> None:
        """Posts the words for this fact into the person's direct messages; of several, each in a message of its own."""
        for one in fact if isinstance(fact, tuple) else (fact,):
            await self._post(one)

    async def _post(self, fact: object) -> None:
        message = word(self.t, fact)
        channel = self.channel if self.in_direct_messages else self.me.person.external_id
        posted = await self.client.chat_postMessage(
            channel=channel or "", text=message.text, blocks=list(message.blocks), unfurl_links=False
        )
        await self._note_where(fact, posted["channel"], posted["ts"])

    async def replace(self, fact: object, card: CardPlace | None = None) -> None:
        """Puts the words for this fact in place of the card that was pressed; without a card, posts them.

        Of a card with several items, those that are still to be answered stay below.
        """
        card = card or card_of(self.body)
        if card is None:
            await self.answer(fact)
        else:
            message = await self._with_rest(word(self.t, fact), card)
            await self.client.chat_update(
                channel=card.channel, ts=card.ts, text=message.text, blocks=list(message.blocks)
            )
            await self._note_where(fact, card.channel, card.ts)
        if type(fact) in CHANGES_HOME:
            await self.show_home()

    async def whisper(self, fact: object) -> None:
        """Shows the words for this fact to this person only, where they are."""
        message = word(self.t, fact)
        card = card_of(self.body)
        if card is not None:
            await self.client.chat_postEphemeral(
                channel=card.channel,
                user=self.me.person.external_id or "",
                text=message.text,
                blocks=list(message.blocks),
            )
        elif self.body.get("command") and self.respond is not None:
            await self.respond(text=message.text, blocks=list(message.blocks), response_type="ephemeral")
        else:
            await self.answer(fact)

    async def settle(self, fact: object) -> None:
        """In direct messages in place of the card; in a channel, where the card is everybody's, to this person only."""
        if self.in_direct_messages:
            await self.replace(fact)
        else:
            await self.whisper(fact)

    async def send_file(self, name: str, content: bytes) -> None:
        """Sends a file into the person's direct messages."""
        channel = self.channel
        if not self.in_direct_messages:
            opened = await self.client.conversations_open(users=[self.me.person.external_id or ""])
            channel = opened["channel"]["id"]
        await self.client.files_upload_v2(channel=channel, filename=name, title=name, content=content)

    async def reply_in_thread(self, fact: object, thread_ts: str) -> None:
        """Posts the words for this fact into the thread of the message that mentioned Silta."""
        message: Message = word(self.t, fact)
        await self.client.chat_postMessage(
            channel=self.channel or "", thread_ts=thread_ts, text=message.text, blocks=list(message.blocks)
        )

    async def open(self, form: View) -> None:
        """Opens a form; Slack allows it within three seconds of the press."""
        await self.client.views_open(trigger_id=self.body["trigger_id"], view=form)

    async def turn_page(self, page: View) -> None:
        """Puts another page in place of the form in which something was pressed, if it was in one."""
        if (view_id := form_of(self.body)) is not None:
            await self.client.views_update(view_id=view_id, view=page)

    async def _with_rest(self, message: Message, card: CardPlace) -> Message:
        rest = await self.services.nudges.rest(self.me.id, card.part_of) if card.part_of else None
        return nudge_words.with_rest(self.t, message, rest) if rest else message

    async def _note_where(self, fact: object, channel: str, ts: str) -> None:
        """A card that is to change with what it is about is remembered, until something else stands there."""
        match fact:
            case Asked():
                await self.services.introductions.card_stands(self.me.id, fact.introduction_ref, channel, ts)
            case EventRuns():
                await self.services.event_progress.follow(self.me.id, fact.event.ref, channel, ts)
            case EventPreview() | EventUnclear():
                await self.services.event_progress.leave(self.me.id, channel, ts)

    async def open_home(self) -> None:
        """Draws the home view of a person who looks at it."""
        homes = self.services.homes
        home = await (homes.of_stranger(self.me) if self.me.is_stranger else homes.open(self.me.id))
        await publish(self.client, home)

    async def greet(self) -> None:
        """Says hello to somebody who looks in for the first time, in their conversation with Silta."""
        if not self.me.is_stranger:
            hello = await self.services.conversation.welcome_once(self.me.id)
        else:
            hello = await self._welcome_to_stranger()
        if hello is not None:
            await self.answer(hello)

    async def _welcome_to_stranger(self) -> Welcome | None:
        """The hello, unless it was said before: nothing tells that here, but then the conversation is not empty."""
        said = await self.client.conversations_history(channel=self.channel or "", limit=1)
        # Both tabs may be opened at the same moment, and then neither hello stands there yet.
        key = f"hello:{self.me.person.external_id}"
        if said["messages"] or not await self.services.inbox.is_first(self.me.workspace, key):
            return None
        return Welcome(self.me.is_contact, self.me.availability)

    async def show_home(self) -> None:
        """Draws the person's home view anew, if they have ever opened it."""
        home = await self.services.homes.draw(self.me.id)
        if home is not None:
            await publish(self.client, home)

    @property
    def is_at_home(self) -> bool:
        """True when something was pressed on the home view."""
        return is_home(self.body)

    async def empty_home(self) -> None:
        """Draws the home view of somebody of whom nothing is stored."""
        await self.client.views_publish(
            user_id=self.me.person.external_id or "", view=own_data_words.empty_home(self.t)
        )

    @property
    def in_direct_messages(self) -> bool:
        """True when the person is in their direct messages with Silta already."""
        return self.channel is not None and self.channel.startswith("D")


class LastingAck(AsyncAck):
    """An acknowledgement that stands once it was given.

    Bolt takes it back when the listener fails afterwards, and if that happens before its next look at it, a hundredth
    of a second later, Slack never hears of it.
    """

    _given: BoltResponse | None = None

    @property
    def response(self) -> BoltResponse | None:
        """What Slack is answered; None as long as the listener has not acknowledged."""
        return self._given

    @response.setter
    def response(self, given: BoltResponse | None) -> None:
        self._given = given or self._given


def receive(services: Services) -> Callable[..., Awaitable[BoltResponse | None]]:
    """Middleware: lets each event, click, form and command through once, and puts the `Turn` of its person on the
    context, meeting them first if they are new.
    """

    async def once(body: Body, context: AsyncBoltContext, client: AsyncWebClient, next_: Next) -> BoltResponse | None:
        context["services"] = services
        context["ack"] = LastingAck()  # type: ignore[no-untyped-call]  # Bolt gives its own no types
        if not await _is_new(services, body, context, client):
            return BoltResponse(status=200, body="")
        await next_()
        return None

    return once


async def _is_new(services: Services, body: Body, context: AsyncBoltContext, client: AsyncWebClient) -> bool:
    """Notes what came and makes the `Turn` of whoever talks; False when it came before or is nobody's."""
    talks = event_type(body) not in ABOUT_SOMEBODY
    if context.team_id is None or (talks and context.user_id is None):
        return False
    user_id = context.user_id if talks else None
    received = await services.inbox.receive(context.team_id, inbox_key(body), user_id)
    if received.is_new and user_id is not None:
        me = received.me or await _meet(services, client, body, context.team_id, user_id)
        if me is None:
            return False
        context["turn"] = Turn(services, client, me, body, context.channel_id, context.respond)
    return received.is_new


async def _meet(services: Services, client: AsyncWebClient, body: Body, workspace: str, user_id: str) -> Me | None:
    """Keeps somebody who is new, unless they only look in or ask about their data; None for a bot, to whom Silta has
    nothing to say.
    """
    profile = await _profile(client, user_id, workspace)
    if profile.is_bot:
        return None
    asks_about_data = pressed(body) in ABOUT_OWN_DATA or read_wish(written(body)) is not None
    if asks_about_data or event_type(body) == "app_home_opened":
        return services.members.stranger(workspace, profile)
    return await services.members.meet(workspace, profile, is_at_home=is_home(body))


async def _profile(client: AsyncWebClient, user_id: str, workspace: str) -> Profile:
    try:
        return profile_of((await client.users_info(user=user_id, include_locale=True))["user"], workspace)
    except (SlackApiError, ClientError, OSError, TimeoutError) as problem:
        # Whoever writes is answered even when Slack cannot say who they are; name and language follow with the next
        # refresh of all people. Whom Slack does not show at all is of another organisation.
        hidden = isinstance(problem, SlackApiError) and error_of(problem) in NOT_SHOWN
        return Profile(user_id, user_id, None, None, is_guest=hidden)


def profile_of(user: Body, workspace: str) -> Profile:
    """What Silta may know of a person, from Slack's description of them."""
    return Profile(
        external_id=user["id"],
        name=user.get("real_name") or user.get("name") or user["id"],
        locale=user.get("locale"),
        timezone=user.get("tz"),
        is_gone=bool(user.get("deleted") or user.get("is_bot")),
        is_guest=_is_guest(user, workspace),
        is_bot=bool(user.get("is_bot")),
    )


def _is_guest(user: Body, workspace: str) -> bool:
    """True for a guest of the workspace and for somebody of another organisation (Slack Connect)."""
    # In an Enterprise organisation somebody may carry the team of another workspace; then the list of teams tells.
    teams = (user.get("enterprise_user") or {}).get("teams") or [user.get("team_id") or workspace]
    said = any(user.get(name) for name in ("is_restricted", "is_ultra_restricted", "is_stranger"))
    return said or workspace not in teams
