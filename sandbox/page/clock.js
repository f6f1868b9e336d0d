// The clock of the practice workspace: shows its day and time, moves it, and says for whom something became due.

import { byId, h, unseen } from "./dom.js";
import { clockText, fieldValue, instantOfField, nextTuesdayAtTen, tomorrowAtTen, zoneText } from "./times.js";

let anchor = null;

/** Take over the workspace's time; between two answers it flows on like real time. */
export function setClock(now, zone) {
  anchor = { now: Date.parse(now), heard: performance.now(), zone };
  drawClock();
  const field = byId("clock-field");
  if (document.activeElement !== field) field.value = fieldValue(workspaceNow(), zone);
}

export const workspaceNow = () => (anchor ? new Date(anchor.now + performance.now() - anchor.heard) : new Date());

export function drawClock() {
  if (!anchor) return;
  const face = byId("clock");
  const text = clockText(workspaceNow(), anchor.zone);
  if (face.textContent !== text) face.textContent = text;
  face.dateTime = workspaceNow().toISOString();
  byId("clock-zone").textContent = zoneText(anchor.zone);
}

/** Where a button or the field leads, as the control interface wants it; null when the field is empty. */
export function wantedMove(name) {
  const now = workspaceNow();
  const { zone } = anchor;
  switch (name) {
    case "tomorrow":
      return { set: tomorrowAtTen(now, zone).toISOString() };
    case "tuesday":
      return { set: nextTuesdayAtTen(now, zone).toISOString() };
    case "week":
      return { advance: "1w" };
    default:
      return byId("clock-field").value ? { set: instantOfField(byId("clock-field").value, zone).toISOString() } : null;
  }
}

const SHOWN = 6;

/**
 * The strip under the top bar. `due` is null, or {moving, at, news: [{id, name, count}], yours, anything, become(id), dismiss()}:
 * `at` is where the clock arrived, `news` are the people who have more unread than before, `yours` is what came for yourself.
 */
export function drawDue(due) {
  document.body.classList.toggle("moving", Boolean(due?.moving));
  const strip = byId("due");
  const wanted = JSON.stringify([due, anchor.zone]);
  if (strip.dataset.wanted === wanted) return;
  strip.dataset.wanted = wanted;
  strip.hidden = !due;
  const hadFocus = strip.contains(document.activeElement);
  strip.replaceChildren(...(due ? (due.moving ? [h("p", {}, "Moving the clock…")] : dueWords(due)) : []));
  if (hadFocus) (strip.querySelector("button") ?? byId("conversation")).focus();
}

function dueWords({ at, news, yours, anything, become, dismiss }) {
  const now = h("strong", {}, `The clock went to ${clockText(at, anchor.zone)}.`);
  const close = h(
    "button",
    {
      type: "button",
      class: "quiet-button",
      "data-testid": "due-dismiss",
      "aria-label": "Hide this line",
      onclick: dismiss,
    },
    "✕",
  );
  if (!news.length && !yours)
    return [h("p", {}, now, anything ? " Everything new has been read." : " Nothing new for anybody."), close];
  const names = news
    .slice(0, SHOWN)
    .map(({ id, name, count }) =>
      h(
        "button",
        { type: "button", class: "chip", "data-testid": `due-${id}`, title: `Be ${name}`, onclick: () => become(id) },
        name,
        h("span", { class: "unread" }, String(count), unseen(" new")),
      ),
    );
  const more = news.length > SHOWN && h("span", {}, `and ${news.length - SHOWN} more`);
  const own = yours > 0 && h("span", {}, `For you: ${yours} new ${yours === 1 ? "message" : "messages"}.`);
  return [
    h("p", {}, now, " ", own, news.length ? " New for" : ""),
    ...(names.length ? [h("div", { class: "chips" }, names, more)] : []),
    close,
  ];
}
