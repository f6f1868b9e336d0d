// The page of the practice workspace. It keeps nothing of its own but who you are and where you look:
// whatever the feed reports, the page reads the workspace's state again and draws what differs.

import { blockItems } from "./blocks.js";
import { drawClock, drawDue, setClock, wantedMove, workspaceNow } from "./clock.js";
import { conversationName, drawColumn, isWithBot, moveAmongPeople, roleText, unreadMark } from "./column.js";
import { buildComposer, drawComposer, write } from "./composer.js";
import { drawGuide, drawHead, drawMessages, hideNewestWhenReached, scrollToNewest } from "./conversation.js";
import { confirmed, drawViews } from "./dialogs.js";
import { arrived, dueNow, forgetDue, isMoving, startCounting, stopCounting } from "./due.js";
import { answersIn } from "./elements.js";
import { byId, h, show } from "./dom.js";
import { fold, foldClock, isNarrow, wireFrame } from "./frame.js";
import { attempt, clearNotices, notice, sayOffline } from "./notices.js";
import { listen, server } from "./server.js";

const HOME = "home";

const here = { user: null, channel: null };
let state = null;
let messages = [];
let views = [];
let thread = null;
let stopListening = () => {};

// ── Where we are: the address keeps it, so that two windows can be two people ──────────────────────────────

const placeInAddress = () => Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
const addressOf = (user, channel) => `#${new URLSearchParams(channel ? { user, channel } : { user })}`;

const become = (user) => walkTo(addressOf(user));
const go = (channel) => walkTo(addressOf(here.user, channel));

/** On the way nothing can be written: a quick sentence never ends up in the conversation just left. */
function walkTo(address) {
  if (location.hash === address) return fold(false);
  byId("composer").readOnly = true;
  location.hash = address;
}

/** Follow the address: another person, another conversation, or both. */
async function followAddress() {
  await attempt(follow);
  byId("composer").readOnly = false;
}

async function follow() {
  const { user: wanted, channel } = placeInAddress();
  const user = await personOrFirst(wanted);
  if (user !== wanted) history.replaceState(null, "", addressOf(user));
  const somebodyElse = user !== here.user;
  Object.assign(here, { user, channel: (user === wanted && channel) || null });
  thread = null;
  clearNotices();
  fold(false);
  if (somebodyElse) startListening(user);
  await readAgain();
  if (here.channel === HOME) await attempt(() => server.openHome(user));
  if (here.channel !== HOME && !isNarrow()) byId("composer").focus({ preventScroll: true });
}

/** Whoever comes without a known person in the address starts as a student: the story begins with a student's question. */
async function personOrFirst(wanted) {
  if (wanted && wanted === here.user) return wanted;
  const people = (await server.users()).filter((person) => !person.is_bot && !person.deleted);
  const first = people.find((person) => /student/i.test(person.role ?? "")) ?? people[0];
  return (people.find((person) => person.id === wanted) ?? first).id;
}

function startListening(user) {
  stopListening();
  stopListening = listen(user, {
    happened: (event) => (event.type === "notice" ? notice(event.text) : readSoon()),
    connected: () => {
      sayOffline(null);
      readSoon();
    },
    lost: () => sayOffline("The practice workspace does not answer. Trying again…"),
  });
}

// ── Reading: one reading at a time; what happens meanwhile causes one more ─────────────────────────────────

let reading = null;
let readOnceMore = false;

function readAgain() {
  readOnceMore = true;
  reading ??= (async () => {
    while (readOnceMore) {
      readOnceMore = false;
      await attempt(read);
    }
  })().finally(() => {
    reading = null;
  });
  return reading;
}

let soon = null;

/** Several events at once are one reading; a journey of the clock brings hundreds. */
function readSoon() {
  soon ??= setTimeout(
    () => {
      soon = null;
      readAgain();
    },
    isMoving() ? 400 : 40,
  );
}

async function read() {
  const { user } = here;
  const fresh = await server.state(user);
  if (here.user !== user) return;
  const channel = here.channel ?? (await homeConversation(fresh));
  const written = channel === HOME ? [] : await server.messages(user, channel);
  if (here.user !== user || (here.channel && here.channel !== channel)) return;
  if (!here.channel) history.replaceState(null, "", addressOf(user, channel));
  here.channel = channel;
  state = fresh;
  views = fresh.views;
  messages = written;
  setClock(state.now, state.timezone_of_user);
  draw();
  await markRead();
}

/** A person arrives in their direct messages with the bot. */
async function homeConversation({ you, bot, conversations }) {
  const known = conversations.find(isWithBot);
  return known ? known.id : (await server.open({ user: you.id, users: [bot.id] })).channel;
}

let lastRead = "";

/** What is on the screen of somebody who looks at it has been read. */
async function markRead() {
  const conversation = currentConversation();
  if (!conversation?.unread || document.visibilityState !== "visible") return;
  const mark = `${here.user} ${conversation.id} ${conversation.unread} ${messages.at(-1)?.ts}`;
  if (mark === lastRead) return;
  lastRead = mark;
  await server.read(here.user, conversation.id);
}

const currentConversation = () => state?.conversations.find(({ id }) => id === here.channel);
const others = () => state.people.filter(({ id }) => id !== state.you.id);

// ── Doing ──────────────────────────────────────────────────────────────────────────────────────────────────

async function send(text) {
  const { user, channel } = here;
  stopCounting();
  const [word, ...rest] = text.split(" ");
  if (word.startsWith("/") && word !== state.command) {
    write(text);
    return notice(`This workspace knows one command: ${state.command}. Type / to see what can follow it.`);
  }
  const inThread = thread ? { thread_ts: thread.thread_ts ?? thread.ts } : {};
  const sent = await attempt(() =>
    word === state.command
      ? server.command({ user, channel, text: rest.join(" ") })
      : server.send({ user, channel, text, ...inThread }),
  );
  if (!sent) write(text);
  await readAgain();
  scrollToNewest();
}

/** Use an element. `where` names the message, the App Home or the view; the confirm dialog comes first when the bot wants one. */
async function use(where, element, choice, node, blockId, answers) {
  if (node.ariaBusy === "true") return;
  if (element.confirm && !(await confirmed(element.confirm, scene()))) return;
  node.ariaBusy = "true";
  stopCounting();
  await attempt(() =>
    server.press({
      user: here.user,
      ...where,
      action_id: element.action_id,
      block_id: blockId,
      ...choice,
      values: answers,
    }),
  );
  node.ariaBusy = "false";
  await readAgain();
}

const useInMessage = (message, element, choice, node, blockId) =>
  use(
    { channel: here.channel, ts: message.ts },
    element,
    choice,
    node,
    blockId,
    answersIn(node.closest(".content") ?? node),
  );
const useInHome = (element, choice, node, blockId) =>
  use({ channel: HOME }, element, choice, node, blockId, answersIn(byId("home")));

const viewDoing = {
  act: (view, element, choice, node, blockId, answers) =>
    use({ view_id: view.id }, element, choice, node, blockId, answers),
  async submit(view, values) {
    const answer = await attempt(() => server.submit({ user: here.user, view_id: view.id, values }));
    await readAgain();
    return { errors: answer?.errors };
  },
  async close(view) {
    await attempt(() => server.close({ user: here.user, view_id: view.id }));
    await readAgain();
  },
};

/** Move the clock; what becomes due on the way and shortly after is counted and told. */
async function moveClock(name) {
  const move = wantedMove(name);
  if (!move) return byId("clock-field").focus();
  if (isMoving()) return;
  foldClock(false);
  startCounting(state, here, workspaceNow());
  draw();
  const moved = await attempt(() => server.moveClock(move));
  if (moved) arrived(new Date(moved.now));
  else forgetDue();
  await readAgain();
}

// ── Drawing ────────────────────────────────────────────────────────────────────────────────────────────────

/** What the renderers need to know about the world around a text. */
function scene() {
  const names = new Map(
    [...state.people, ...state.conversations.flatMap(({ members }) => members ?? []), state.you, state.bot].map(
      ({ id, name }) => [id, name],
    ),
  );
  const channels = new Map(state.conversations.map(({ id, name }) => [id, name?.replace(/^#/, "")]));
  return {
    you: state.you.id,
    bot: state.bot,
    people: [state.you, ...others()],
    zone: state.timezone_of_user,
    locale: state.you.language || "en",
    now: workspaceNow(),
    nameOf: (id) => names.get(id),
    channelName: (id) => channels.get(id),
  };
}

function draw() {
  const { you, bot } = state;
  document.title = `${you.unread ? `(${you.unread}) ` : ""}${you.name} · ${state.title ?? "Silta"} practice workspace`;
  byId("title").textContent = state.title ?? "Silta";
  sayOffline(bot.connected === false ? `${bot.name} is not connected yet. What you write waits until it is.` : null);
  drawColumn(
    {
      you,
      people: others(),
      conversations: state.conversations,
      bot,
      here: here.channel,
      search: byId("search").value.trim(),
    },
    { become, go },
  );
  drawFoldMark();
  if (here.channel === HOME) drawHome();
  else drawConversation();
  drawViews(views, scene(), you.language, viewDoing);
  const due = dueNow(state, here, messages);
  drawDue(due && { ...due, become, dismiss: () => (forgetDue(), draw()) });
}

function drawFoldMark() {
  const waiting = others().filter((person) => person.unread > 0).length;
  byId("fold-unread").replaceChildren(...[unreadMark(waiting, "people")].filter(Boolean));
}

function drawConversation() {
  const conversation = currentConversation() ?? { id: here.channel, kind: "im", members: [], name: here.channel };
  const withBot = isWithBot(conversation);
  showParts({ home: false });
  drawHead({ ...headOf(conversation), asWhom: state.you });
  drawGuide(withBot && !messages.length ? { you: state.you.name, bot: state.bot.name } : null);
  drawMessages({
    key: `${here.user} ${here.channel}`,
    messages,
    scene: scene(),
    act: useInMessage,
    languageOf: (message) => languageOf(message, withBot),
    reply: withBot
      ? null
      : (message) => {
          thread = message;
          draw();
          byId("composer").focus();
        },
  });
  drawWriting(conversation, withBot && !messages.some(answersForItself));
}

/** Whoever has written knows how, and whoever was asked something has buttons to press: neither needs examples. */
const answersForItself = (message) =>
  message.user === here.user || message.edited || message.blocks?.some(({ type }) => type === "actions");

/** What a person writes is in their own language; the bot speaks yours when it speaks to you alone. */
function languageOf(message, withBot) {
  if (message.user === state.bot.id || message.bot_id)
    return withBot || message.is_ephemeral ? state.you.language : null;
  return [state.you, ...state.people].find(({ id }) => id === message.user)?.language;
}

function headOf(conversation) {
  const name = conversationName(conversation, state.you, state.bot);
  if (isWithBot(conversation))
    return { title: state.bot.name, note: "Direct messages with the bot. Only you two read them." };
  if (conversation.kind === "channel")
    return { title: `#${name}`, note: `A channel. Mention @${state.bot.name} to ask it something.` };
  const withWhom = conversation.with_bot
    ? `A group conversation: you, ${name} and ${state.bot.name}.`
    : `A group conversation: you and ${name}.`;
  return { title: name, note: conversation.kind === "mpim" ? withWhom : "Direct messages" };
}

function drawWriting(conversation, isNew) {
  const { you, bot } = state;
  const title = headOf(conversation).title;
  drawComposer({
    key: `${you.id} ${conversation.id}`,
    label: isWithBot(conversation) ? `Write to ${bot.name} in your own words` : `Write to ${title}`,
    language: you.language,
    command: state.command,
    words: state.command_words ?? [],
    send,
    examples: isNew && state.samples?.length ? { hint: HINT, samples: state.samples } : null,
    people: [
      { ...bot, note: "the bot" },
      ...others().map((person) => ({
        id: person.id,
        name: person.name,
        note: [roleText(person), person.field].filter(Boolean).join(" · "),
      })),
    ],
    thread: thread && (scene().nameOf(thread.user) ?? "this message"),
    stopReply: () => {
      thread = null;
      draw();
    },
  });
}

const HINT = "Write what contact you are looking for, in your own words, or press an example to send it:";

function drawHome() {
  showParts({ home: true });
  drawHead({ title: `${state.bot.name} App Home`, note: "Your own page with the bot", asWhom: state.you });
  drawGuide(null);
  const blocks = state.home?.blocks ?? [];
  const empty = {
    key: "empty",
    signature: "",
    draw: () => h("p", { class: "quiet" }, `${state.bot.name} has not put anything here yet.`),
  };
  const home = byId("home");
  home.lang = state.you.language ?? "";
  const items = blockItems(blocks, scene(), useInHome).map((item) => ({ ...item, key: `${here.user} ${item.key}` }));
  show(home, items.length ? items : [empty]);
}

function showParts({ home }) {
  byId("home").hidden = !home;
  byId("messages").hidden = home;
  byId("writing").hidden = home;
  if (home) byId("newest").hidden = true;
}

function wire() {
  byId("search").oninput = () => state && draw();
  document.querySelector(".others").onkeydown = moveAmongPeople;
  byId("scroll").onscroll = hideNewestWhenReached;
  byId("newest").onclick = scrollToNewest;
  byId("clock-moves").onclick = ({ target }) => target.dataset.move && moveClock(target.dataset.move);
  byId("clock-moves").onsubmit = (event) => {
    event.preventDefault();
    moveClock("field");
  };
  setInterval(drawClock, 1000);
  document.onvisibilitychange = () => state && attempt(markRead);
  window.onhashchange = followAddress;
}

buildComposer();
wireFrame();
wire();
followAddress();
