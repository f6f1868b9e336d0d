// The left column: who you are, everybody else, and your conversations.

import { byId, h, show, unseen } from "./dom.js";
import { avatar } from "./conversation.js";

const ROLE_GROUPS = {
  student: "Teacher students",
  mentor: "Contact persons in institutions",
  leader: "Leaders",
  educator: "Teacher educators",
  coordinator: "Coordinators",
  working_life: "Working life",
};
const ROLE_NAMES = {
  student: "Teacher student",
  mentor: "Contact person",
  leader: "Leader",
  educator: "Teacher educator",
  coordinator: "Coordinator",
  working_life: "Working life",
};

const rolesOf = (person) =>
  String(person.role ?? "")
    .split(/[|,]\s*/)
    .filter(Boolean);
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1).replaceAll("_", " ");
export const roleText = (person) =>
  rolesOf(person)
    .map((role) => ROLE_NAMES[role] ?? capital(role))
    .join(", ");

/** A code ("fi", "FI") in English; what is no code stays as it is. */
function inEnglish(type, code) {
  try {
    return new Intl.DisplayNames("en", { type }).of(code);
  } catch {
    return code;
  }
}
export const languageText = (code) => (code ? inEnglish("language", code.split("-")[0]) : "");
const placeText = (person) =>
  [person.region, person.country && inEnglish("region", person.country)].filter(Boolean).join(", ");
const joined = (...parts) => parts.filter(Boolean).join(" · ");

/** An unread mark: a number, with a word for those who do not see it. */
export const unreadMark = (count, id) =>
  count > 0 && h("span", { class: "unread", "data-testid": `unread-${id}` }, String(count), unseen(" unread"));

/** `view` is {you, people, conversations, bot, here, search}; `actions` is {become(id), go(channel)}. */
export function drawColumn(view, actions) {
  show(byId("you"), [{ key: view.you.id, signature: JSON.stringify(view.you), draw: () => drawYou(view.you) }]);
  drawPeople(view, actions);
  drawRooms(view, actions);
}

const drawYou = (you) =>
  h(
    "div",
    { class: "you-card" },
    avatar(you.name),
    h(
      "div",
      {},
      h("p", { class: "quiet" }, "You are"),
      h("p", { class: "you-name", "data-testid": "you-name" }, you.name),
      h("p", {}, joined(roleText(you), you.field)),
      h("p", { class: "quiet" }, joined(you.institution, placeText(you), languageText(you.language))),
    ),
  );

/** Whoever has something new stands first; all others in the order of their roles. */
function drawPeople({ people, search }, { become }) {
  const found = people.filter((person) => matches(person, search));
  const waiting = found.filter((person) => person.unread > 0);
  const quiet = found.filter((person) => !person.unread);
  const groups = [["Something new for", waiting], ...byRole(quiet)].filter(([, members]) => members.length);
  const items = groups.flatMap(([title, members]) => [
    {
      key: `group ${title}`,
      signature: String(members.length),
      draw: () => h("h3", {}, title, " ", h("span", { class: "quiet" }, String(members.length))),
    },
    ...members.map((person) => ({
      key: person.id,
      signature: JSON.stringify(person),
      draw: () => drawPerson(person, become),
    })),
  ]);
  const nobody = {
    key: "nobody",
    signature: search,
    draw: () => h("p", { class: "quiet nobody", role: "status" }, `Nobody matches “${search}”.`),
  };
  show(byId("people"), items.length ? items : [nobody]);
  keepOneTabStop(byId("people"));
}

const matches = (person, search) => {
  const text = [
    person.name,
    roleText(person),
    person.field,
    placeText(person),
    person.institution,
    languageText(person.language),
  ]
    .join(" ")
    .toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
};

function byRole(people) {
  const known = Object.keys(ROLE_GROUPS);
  const others = [...new Set(people.map((person) => rolesOf(person)[0] ?? ""))].filter((role) => !known.includes(role));
  return [...known, ...others].map((role) => [
    ROLE_GROUPS[role] ?? (capital(role) || "Others"),
    people.filter((person) => (rolesOf(person)[0] ?? "") === role),
  ]);
}

const drawPerson = (person, become) =>
  h(
    "button",
    {
      type: "button",
      class: "person",
      "data-testid": `person-${person.id}`,
      tabindex: "-1",
      title: `Be ${person.name}`,
      onclick: () => become(person.id),
    },
    avatar(person.name),
    h(
      "span",
      { class: "person-words" },
      h("span", { class: "person-name" }, person.name),
      h(
        "span",
        { class: "quiet" },
        joined(person.unread > 0 && roleText(person), person.field, person.region, person.country),
      ),
    ),
    unreadMark(person.unread, person.id),
  );

/** Sixty people are one stop for the Tab key; the arrow keys move among them. */
function keepOneTabStop(list) {
  const buttons = [...list.querySelectorAll("button")];
  if (!buttons.some((button) => button.tabIndex === 0)) buttons[0]?.setAttribute("tabindex", "0");
}

export function moveAmongPeople(event) {
  const buttons = [...byId("people").querySelectorAll("button")];
  const at = buttons.indexOf(document.activeElement);
  const target = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
  if (target === undefined || (at < 0 && event.key !== "ArrowDown")) return;
  event.preventDefault();
  if (target < 0) return void byId("search").focus();
  const next = buttons[Math.min(target, buttons.length - 1)];
  for (const button of buttons) button.tabIndex = button === next ? 0 : -1;
  next?.focus();
}

/** The person's conversation with the bot and its App Home, then their other conversations, then the channels. */
function drawRooms({ you, conversations, bot, here }, { go }) {
  const room = (id, name, { sign, unread = 0, testid = `conversation-${id}`, note = "" }) => ({
    key: `${you.id} ${id}`,
    signature: JSON.stringify([name, unread, note, here === id]),
    draw: () =>
      h(
        "button",
        {
          type: "button",
          class: "room",
          "data-testid": testid,
          "aria-current": here === id ? "page" : null,
          onclick: () => go(id),
        },
        h("span", { class: "room-sign", "aria-hidden": "true" }, sign),
        h("span", { class: "room-name" }, name),
        note && h("span", { class: "quiet" }, note),
        unreadMark(unread, id),
      ),
  });
  const title = (text) => ({ key: text, signature: text, draw: () => h("h2", {}, text) });
  const drawn = (kind, sign, note) =>
    conversations
      .filter(kind)
      .map((each) => room(each.id, conversationName(each, you, bot), { sign, unread: each.unread, note }));
  const withBot = conversations
    .filter(isWithBot)
    .map((each) => room(each.id, bot.name, { sign: "●", unread: each.unread, note: "App" }));
  const direct = [
    ...drawn((each) => each.kind === "mpim", "&", "Group"),
    ...drawn((each) => each.kind === "im" && !isWithBot(each), "@"),
  ];
  const channels = drawn((each) => each.kind === "channel", "#");
  show(byId("rooms"), [
    title("Conversations"),
    ...withBot,
    room("home", `${bot.name} App Home`, { sign: "⌂", testid: "home-tab" }),
    ...direct,
    ...(channels.length ? [title("Channels"), ...channels] : []),
  ]);
}

export const isWithBot = (conversation) => conversation.kind === "im" && conversation.with_bot;

/** A conversation is called after the other people in it. */
export function conversationName(conversation, you, bot) {
  if (conversation.kind === "channel") return conversation.name.replace(/^#/, "");
  const others = (conversation.members ?? []).filter(
    ({ id }) => id !== you.id && (conversation.kind === "im" || id !== bot.id),
  );
  return others.map(({ name }) => name).join(", ") || conversation.name;
}
