// What became due when the clock was moved: for whom there is more unread than before, and what came for yourself.

/** How long (ms) after the clock has arrived what comes in still counts: the bot looks every few seconds. */
const DUE_COMES_WITHIN = 6000;

let due = null;

/** Remember what everybody had unread before the clock moves. `here` is {user, channel}. */
export function startCounting({ people, conversations }, { user, channel }, since) {
  const before = new Map(people.map(({ id, unread }) => [id, unread]));
  const elsewhere = unreadElsewhere(conversations, channel);
  due = { moving: true, user, since, before, elsewhere, found: new Map(), yours: 0 };
}

export function arrived(at) {
  Object.assign(due, { moving: false, at, until: performance.now() + DUE_COMES_WITHIN });
}

/** What somebody causes by acting is no longer what the clock has caused. */
export function stopCounting() {
  if (due && !due.moving) due.until = 0;
}

export const isMoving = () => Boolean(due?.moving);
/** While this is true a reading may still find something due. */
const isCounting = () => due !== null && (due.moving || performance.now() < due.until);
export const forgetDue = () => {
  due = null;
};

/** What the strip shows ({moving, at, news, yours, anything}); null when there is no strip. News is shown while it is unread. */
export function dueNow(state, here, messages) {
  if (!due) return null;
  if (isCounting()) count(state, here, messages);
  const news = state.people
    .filter(({ id, unread }) => id !== here.user && due.found.has(id) && unread > 0)
    .map(({ id, name, unread }) => ({ id, name, count: Math.min(unread, due.found.get(id)) }));
  const yours = here.user === due.user ? due.yours : 0;
  return { moving: due.moving, at: due.at, news, yours, anything: due.found.size > 0 || due.yours > 0 };
}

function count({ people, conversations }, { user, channel }, messages) {
  for (const { id, unread } of people) {
    const more = unread - (due.before.get(id) ?? 0);
    if (more > 0 && id !== due.user) due.found.set(id, Math.max(more, due.found.get(id) ?? 0));
  }
  if (user !== due.user) return;
  const inView = messages.filter((message) => message.user !== user && Number(message.ts) * 1000 >= due.since).length;
  due.yours = Math.max(due.yours, inView + unreadElsewhere(conversations, channel) - due.elsewhere);
}

const unreadElsewhere = (conversations, channel) =>
  conversations.reduce((sum, { id, unread }) => sum + (id === channel ? 0 : (unread ?? 0)), 0);
