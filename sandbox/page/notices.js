// What the page itself has to say: sentences above the composer, and the strip shown while something is not connected.

import { byId, h } from "./dom.js";

/** Say something that went wrong; the same sentence stands there once. */
export function notice(text) {
  if ([...byId("notices").children].some((node) => node.dataset.text === text)) return;
  const hide = { type: "button", class: "quiet-button", "aria-label": "Hide this line", onclick: () => line.remove() };
  const line = h(
    "div",
    { class: "notice", "data-testid": "notice", "data-text": text },
    h("p", { dir: "auto" }, text),
    h("button", hide, "✕"),
  );
  byId("notices").append(line);
}

export const clearNotices = () => byId("notices").replaceChildren();

/** Show or (with null) take away the strip that says what is not connected. */
export function sayOffline(text) {
  const strip = byId("offline");
  strip.hidden = !text;
  if (strip.textContent !== (text ?? "")) strip.textContent = text ?? "";
}

/** Do it; what goes wrong is said in a sentence instead of being lost. Returns undefined then. */
export async function attempt(deed) {
  try {
    return await deed();
  } catch (error) {
    notice(error.message);
    return undefined;
  }
}
