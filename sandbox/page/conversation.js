// The middle: one conversation grouped by day, threads inside their message, newest at the bottom.

import { drawBlocks, plainWords } from "./blocks.js";
import { byId, chrome, h, show, unseen } from "./dom.js";
import { emojiNamed, link, unescaped } from "./text.js";
import { dayText, instantOfTs, timeText } from "./times.js";

const NEAR_THE_BOTTOM = 120;
const ABOVE_THE_NEWEST = 8;
const SAME_BREATH = 5 * 60_000;

/**
 * Draw the messages of one conversation.
 * `view` is {key, messages, scene, languageOf(message), act(message, …action), reply(message)}; `key` names person and conversation.
 * What is new or changed is highlighted shortly and read out, except when the conversation has just been opened.
 */
export function drawMessages(view) {
  const list = byId("messages");
  const opened = list.dataset.key !== view.key;
  const atNewest = opened || isAtNewest();
  list.dataset.key = view.key;
  const { added, changed } = show(list, itemsByDay(view));
  if (!opened) {
    for (const node of [...added, ...changed]) node.classList.add("fresh");
  }
  announce(view, opened);
  if (!view.messages.length) byId("scroll").scrollTop = 0;
  else if (atNewest) scrollToNewest();
  else if (added.length) byId("newest").hidden = false;
}

/** Where the scroll stands when the newest message is shown: at the end, or at the beginning of a message higher than the window. */
function newestTop() {
  const scroll = byId("scroll");
  const newest = byId("messages").lastElementChild;
  const start = newest ? newest.getBoundingClientRect().top - scroll.getBoundingClientRect().top + scroll.scrollTop : 0;
  return Math.min(scroll.scrollHeight - scroll.clientHeight, start - ABOVE_THE_NEWEST);
}

const isAtNewest = () => byId("scroll").scrollTop > newestTop() - NEAR_THE_BOTTOM;

export function scrollToNewest() {
  byId("scroll").scrollTop = newestTop();
  byId("newest").hidden = true;
}

export function hideNewestWhenReached() {
  if (isAtNewest()) byId("newest").hidden = true;
}

let heard = new Map();

/** Screen readers hear what is new or changed, threads included; a card is read out by its notification text, as Slack does. */
function announce({ messages, scene }, opened) {
  const now = new Map(messages.map((message) => [message.ts, JSON.stringify([message.text, message.blocks])]));
  const fresh = messages.filter(({ ts, user }) => !opened && user !== scene.you && heard.get(ts) !== now.get(ts));
  if (fresh.length)
    byId("announcer").replaceChildren(
      ...fresh.map((message) => h("p", {}, `${authorOf(message, scene)}: ${spoken(message)}`)),
    );
  heard = now;
}

const authorOf = (message, scene) => scene.nameOf(message.user) ?? message.username ?? message.user ?? scene.bot.name;

function itemsByDay({ key, messages, scene, languageOf, act, reply }) {
  const replies = repliesByThread(messages);
  const present = new Set(messages.map((message) => message.ts));
  const items = [];
  let before = null;
  for (const message of messages.filter((each) => !isReply(each) || !present.has(each.thread_ts))) {
    const day = dayText(instantOfTs(message.ts), scene.zone);
    if (day !== before?.day)
      items.push({ key: `${key} ${day}`, signature: day, draw: () => h("li", { class: "day" }, h("h3", {}, day)) });
    const thread = replies.get(message.ts) ?? [];
    const continued = day === before?.day && continues(message, before.message);
    items.push({
      key: `${key} ${message.ts}`,
      signature: JSON.stringify([message, thread, continued]),
      draw: () => drawMessage(message, { scene, languageOf, act, reply, thread, continued }),
    });
    before = { day, message };
  }
  return items;
}

const isReply = (message) => Boolean(message.thread_ts) && message.thread_ts !== message.ts;

function repliesByThread(messages) {
  const groups = new Map();
  for (const message of messages.filter(isReply))
    groups.set(message.thread_ts, [...(groups.get(message.thread_ts) ?? []), message]);
  return groups;
}

/** Written by the same person shortly after: drawn without repeating the name. */
const continues = (message, before) =>
  message.user === before.user &&
  !message.subtype &&
  !isPrivate(message) &&
  !isPrivate(before) &&
  (wasTyped(message) || !message.blocks?.length) &&
  !before.thread_ts &&
  instantOfTs(message.ts) - instantOfTs(before.ts) < SAME_BREATH;

export const isPrivate = (message) => Boolean(message.is_ephemeral ?? message.ephemeral);

function drawMessage(message, { scene, languageOf, act, reply, thread = [], continued = false }) {
  const instant = instantOfTs(message.ts);
  const author = authorOf(message, scene);
  const isBot = Boolean(message.bot_id) || message.user === scene.bot.id;
  return h(
    "li",
    {
      class: `message ${continued ? "continued" : ""} ${isPrivate(message) ? "private" : ""}`,
      tabindex: "-1",
      "data-testid": "message",
      "data-ts": message.ts,
      "data-user": message.user,
      "data-own": String(message.user === scene.you),
    },
    avatar(author, isBot),
    h(
      "div",
      { class: "message-body" },
      isPrivate(message) && chrome("p", { class: "quiet only-you" }, "Only visible to you"),
      h(
        "p",
        { class: "byline" },
        h("span", { class: "author" }, author),
        isBot && chrome("span", { class: "app" }, "App"),
        h("time", { class: "quiet", datetime: instant.toISOString() }, timeText(instant, scene.zone)),
      ),
      drawContent(message, { scene, languageOf, act }),
      drawFiles(message.files ?? []),
      drawReactions(message.reactions ?? []),
      drawThread(message, { scene, languageOf, act, reply, thread }),
    ),
  );
}

const spoken = (message) => unescaped((message.text ?? "").replace(/<[^>|]*\|([^>]*)>/g, "$1").replace(/<[^>]*>/g, ""));

function drawContent(message, { scene, languageOf, act }) {
  const content = h(
    "div",
    { class: message.subtype ? "content quiet" : "content", lang: languageOf(message) },
    message.blocks?.length
      ? drawBlocks(message.blocks, scene, (...action) => act(message, ...action))
      : plainWords(message.text ?? "", scene),
  );
  if (message.edited && !message.blocks?.length) content.append(chrome("span", { class: "quiet edited" }, " (edited)"));
  return content;
}

const drawFiles = (files) =>
  files.length > 0 &&
  h(
    "ul",
    { class: "files" },
    files.map((file) =>
      h(
        "li",
        {},
        link(file.url_private_download ?? file.url_private ?? file.permalink ?? "", file.title ?? file.name, {
          download: file.name,
        }) ?? file.name,
      ),
    ),
  );

/** A person's own words, not a card of the bot. */
const wasTyped = (message) => Boolean(message.client_msg_id);

const drawReactions = (reactions) =>
  reactions.length > 0 &&
  h(
    "p",
    { class: "reactions" },
    reactions.map(({ name, count, users }) =>
      h("span", { class: "reaction" }, emojiNamed(name), ` ${count ?? users?.length ?? 1}`),
    ),
  );

function drawThread(message, { thread, reply, ...rest }) {
  if (isPrivate(message)) return null;
  const button =
    reply &&
    h(
      "button",
      { type: "button", class: "quiet-button reply", lang: "en", onclick: () => reply(message) },
      "Reply in thread",
    );
  if (!thread.length) return button;
  const title = `${thread.length} ${thread.length === 1 ? "reply" : "replies"}`;
  return h(
    "div",
    { class: "thread" },
    chrome("p", { class: "quiet" }, title),
    h(
      "ol",
      { "aria-label": "Thread" },
      thread.map((each) => drawMessage(each, { ...rest, reply: null })),
    ),
    button,
  );
}

/** A person's initials; the bot carries the product's own mark. Decoration: the name stands beside it. */
export function avatar(name, isBot = false) {
  const initials = name
    .split(/\s+/)
    .map((part) => part[0])
    .filter(Boolean);
  const letters = [initials[0], initials.length > 1 ? initials.at(-1) : ""].join("").toUpperCase();
  return h("span", { class: isBot ? "avatar bot" : "avatar", "aria-hidden": "true" }, letters);
}

/** The head of the middle: what this is and who is in it. */
export function drawHead({ title, note, asWhom }) {
  byId("middle-head").replaceChildren(
    h("div", {}, h("h2", { id: "middle-title" }, title), h("p", { class: "quiet" }, note)),
    h("p", { class: "as-whom" }, unseen("You are "), avatar(asWhom.name), h("span", {}, asWhom.name)),
  );
}

/** What to do here, in three steps, until the person has written their first message. */
export function drawGuide(guide) {
  show(byId("guide"), guide ? [{ key: "guide", signature: JSON.stringify(guide), draw: () => drawSteps(guide) }] : []);
}

const drawSteps = ({ you, bot }) =>
  h(
    "section",
    { class: "guide", "data-testid": "guide" },
    h("h3", {}, `You are ${you}, talking with ${bot}`),
    h(
      "ol",
      {},
      h(
        "li",
        {},
        h("strong", {}, "Write"),
        ` to ${bot} below in your own words and press the buttons it answers with.`,
      ),
      h(
        "li",
        {},
        h("strong", {}, "Become somebody else"),
        ": a number beside a name means there is something new for that person.",
      ),
      h(
        "li",
        {},
        h("strong", {}, "Move the clock"),
        " at the top: requests, reminders and check-ins arrive at their own time.",
      ),
    ),
  );
