"""What people decide for themselves: pause, language; and what Slack tells about them."""

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext

from bot.messages import profiles as profile_words
from bot.services import Services
from handlers.context import Turn, profile_of
from handlers.payloads import Body, number, profile, value


async def pause(ack: AsyncAck, context: AsyncBoltContext) -> None:
    """ "Pause" was pressed."""
    await ack()
    turn: Turn = context["turn"]
    await turn.replace(await turn.services.members.pause(turn.me.id))


async def resume(ack: AsyncAck, context: AsyncBoltContext) -> None:
    """ "I'm back" was pressed."""
    await ack()
    turn: Turn = context["turn"]
    await turn.replace(await turn.services.members.resume(turn.me.id))


async def confirm(ack: AsyncAck, context: AsyncBoltContext) -> None:
    """ "Still right" was pressed."""
    await ack()
    turn: Turn = context["turn"]
    await turn.replace(await turn.services.freshness.confirm(turn.me.id))


async def avoid(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """ "Not with this person" was pressed."""
    await ack()
    turn: Turn = context["turn"]
    await turn.replace(await turn.services.avoids.avoid(turn.me.id, value(body)))


async def unavoid(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """ "Undo" was pressed."""
    await ack()
    turn: Turn = context["turn"]
    await turn.replace(await turn.services.avoids.undo(turn.me.id, value(body)))


async def language(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """Another language was chosen; the home view is the answer."""
    await ack()
    turn: Turn = context["turn"]
    await turn.services.members.choose_language(turn.me.id, value(body))
    await turn.show_home()


async def capacity(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """Another number of places was chosen at home."""
    await ack()
    turn: Turn = context["turn"]
    await turn.replace(await turn.services.members.want_places(turn.me.id, number(value(body))))


async def edit(ack: AsyncAck, context: AsyncBoltContext) -> None:
    """ "Join" or "Profile" was pressed: the form opens."""
    await ack()
    turn: Turn = context["turn"]
    await turn.open(profile_words.form(turn.t, await turn.services.profiles.form(turn.me.id)))


async def save(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """The form came back without mistakes."""
    await ack()
    turn: Turn = context["turn"]
    await turn.answer(await turn.services.profiles.save(turn.me.id, profile(body)))
    await turn.show_home()


async def confirm_contact(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """A leader or coordinator confirms somebody as a contact person."""
    await ack()
    turn: Turn = context["turn"]
    await turn.replace(await turn.services.confirmations.confirm(turn.me.id, value(body)))


async def leave_unconfirmed(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """A leader or coordinator says "not now"."""
    await ack()
    turn: Turn = context["turn"]
    await turn.replace(await turn.services.confirmations.not_now(turn.me.id, value(body)))


async def export(ack: AsyncAck, context: AsyncBoltContext) -> None:
    """ "My data" was pressed."""
    await ack()
    turn: Turn = context["turn"]
    await turn.answer(await turn.services.own_data.export(turn.me.id))


async def copy(ack: AsyncAck) -> None:
    """The address of a copy was followed; Slack tells us, and there is nothing to do."""
    await ack()


async def forget(ack: AsyncAck, context: AsyncBoltContext) -> None:
    """ "Forget me" was pressed: the consequences are shown, and nothing has changed."""
    await ack()
    turn: Turn = context["turn"]
    await turn.answer(await turn.services.leaving.consequences(turn.me.id))


async def confirm_forget(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """ "Forget me" was pressed below the consequences."""
    await ack()
    turn: Turn = context["turn"]
    await turn.replace(await turn.services.leaving.forget(turn.me.id, value(body)))
    await turn.empty_home()


async def changed(ack: AsyncAck, context: AsyncBoltContext, event: Body) -> None:
    """Slack says that somebody's name, zone, language or membership changed."""
    await ack()
    services: Services = context["services"]
    workspace = context.team_id or ""
    await services.members.refresh(workspace, [profile_of(event["user"], workspace)])
