// Where the person writes: a text field with completion of the command and of names, the three examples, and the hint above them.

import { byId, h, show } from "./dom.js";

/** What each word after the command does, for those who see it the first time. An unknown word is shown without a note. */
const WORD_NOTES = {
  find: "find a contact, e.g. find electrical work in Tampere",
  pause: "take a break",
  resume: "come back from a break",
  help: "what Silta can do",
};
const SHOWN = 10;

const drafts = new Map();
let now = null;
let chosen = 0;

/** Build the composer once. */
export function buildComposer() {
  const field = h("textarea", {
    id: "composer",
    "data-testid": "composer",
    rows: "1",
    dir: "auto",
    autocomplete: "off",
    "aria-autocomplete": "list",
    "aria-controls": "completion",
    oninput: () => {
      keepDraft();
      complete();
    },
    onkeydown: pressed,
    onblur: () => setTimeout(closeCompletion, 150),
  });
  const form = h(
    "form",
    { class: "composer", onsubmit: submitted },
    h("div", { id: "completion", class: "completion", role: "listbox", "aria-label": "Completions", hidden: true }),
    h("p", { id: "replying", class: "replying", hidden: true }),
    h(
      "div",
      { class: "composer-row" },
      field,
      h("button", { type: "submit", class: "button primary", "data-testid": "send" }, "Send"),
    ),
  );
  byId("writing").replaceChildren(
    h("div", { id: "examples" }),
    form,
    h("p", { class: "keys quiet" }, "Enter sends · Shift + Enter new line · / for commands · @ for names"),
  );
}

/**
 * `view` is {key, label, language, examples: null | {hint, samples}, command, words, people, thread, send(text), stopReply()}.
 * Each conversation of each person keeps its own draft.
 */
export function drawComposer(view) {
  const switched = now?.key !== view.key;
  now = view;
  const field = byId("composer");
  field.placeholder = view.label;
  field.setAttribute("aria-label", view.label);
  if (switched) {
    field.value = drafts.get(view.key) ?? "";
    closeCompletion();
    grow();
  }
  drawExamples(view);
  drawReplying(view);
}

function drawExamples({ examples, send, key, language }) {
  const draw = () =>
    h(
      "div",
      { class: "examples" },
      h("p", { class: "hint", "data-testid": "hint" }, examples.hint),
      h(
        "div",
        { class: "samples", lang: language },
        examples.samples.map((sample, place) =>
          h(
            "button",
            {
              type: "button",
              class: "sample",
              dir: "auto",
              "data-testid": `sample-${place}`,
              onclick: () => {
                send(sample);
                byId("composer").focus();
              },
            },
            sample,
          ),
        ),
      ),
    );
  show(byId("examples"), examples ? [{ key, signature: JSON.stringify(examples), draw }] : []);
}

function drawReplying({ thread, stopReply }) {
  const line = byId("replying");
  line.hidden = !thread;
  line.replaceChildren(
    ...(thread
      ? [
          `Replying in the thread of ${thread} `,
          h("button", { type: "button", class: "quiet-button", onclick: stopReply }, "Stop"),
        ]
      : []),
  );
}

function keepDraft() {
  drafts.set(now.key, byId("composer").value);
  grow();
}

/** The field is as high as its text, up to a third of the window (CSS holds it there). */
function grow() {
  const field = byId("composer");
  field.rows = Math.min(8, field.value.split("\n").length);
}

function submitted(event) {
  event.preventDefault();
  const field = byId("composer");
  const text = field.value.trim();
  if (!text) return field.focus();
  write("");
  closeCompletion();
  now.send(text);
}

/** Put words into the field, e.g. those that could not be sent. */
export function write(text) {
  byId("composer").value = text;
  keepDraft();
}

/** What could follow at the caret: {start, options: [{text, note}]}. */
function completions() {
  const field = byId("composer");
  const before = field.value.slice(0, field.selectionStart);
  if (before.startsWith("/") && !before.includes("\n")) {
    const options = [
      { text: `${now.command} `, note: "the menu" },
      ...now.words.map((word) => ({ text: `${now.command} ${word} `, note: WORD_NOTES[word] ?? "" })),
    ];
    return {
      start: 0,
      options: options.filter(({ text }) => text.startsWith(before.toLowerCase()) && text.trim() !== before.trim()),
    };
  }
  const name = before.match(/(?:^|\s)@([^@\n]{0,40})$/u);
  if (!name) return { start: 0, options: [] };
  const wanted = name[1].toLowerCase();
  const found = now.people.filter(
    (person) => person.name.toLowerCase().startsWith(wanted) && person.name.toLowerCase() !== wanted,
  );
  return {
    start: before.length - name[1].length - 1,
    options: found.map((person) => ({ text: `@${person.name} `, note: person.note ?? "" })),
  };
}

function complete() {
  chosen = 0;
  drawCompletion();
}

function drawCompletion() {
  const list = byId("completion");
  const options = completions().options.slice(0, SHOWN);
  chosen = Math.max(0, Math.min(chosen, options.length - 1));
  list.hidden = options.length === 0;
  list.replaceChildren(
    ...options.map(({ text, note }, place) =>
      h(
        "div",
        {
          role: "option",
          id: `completion-${place}`,
          "aria-selected": String(place === chosen),
          "data-testid": `completion-${place}`,
          onmousedown: (event) => {
            event.preventDefault();
            accept(place);
          },
        },
        h("span", {}, text.trim()),
        note && h("span", { class: "quiet" }, note),
      ),
    ),
  );
  const field = byId("composer");
  if (options.length) field.setAttribute("aria-activedescendant", `completion-${chosen}`);
  else field.removeAttribute("aria-activedescendant");
}

function closeCompletion() {
  byId("completion").hidden = true;
  byId("composer").removeAttribute("aria-activedescendant");
}

function accept(place) {
  const field = byId("composer");
  const { start, options } = completions();
  const after = field.value.slice(field.selectionStart);
  const text = options[place].text;
  write(field.value.slice(0, start) + text + after);
  field.setSelectionRange(start + text.length, start + text.length);
  complete();
}

/** Enter sends; while completions are open the arrow keys choose and Tab takes one, Escape closes them. */
function pressed(event) {
  if (event.isComposing) return;
  const open = !byId("completion").hidden;
  if (open && ["ArrowDown", "ArrowUp"].includes(event.key)) {
    chosen += event.key === "ArrowDown" ? 1 : -1;
    drawCompletion();
  } else if (open && event.key === "Tab" && !event.shiftKey) accept(chosen);
  else if (open && event.key === "Escape") closeCompletion();
  else if (open && event.key === "Enter" && !event.shiftKey && unfinished()) accept(chosen);
  else if (event.key === "Enter" && !event.shiftKey) return submitted(event);
  else return;
  event.preventDefault();
}

/** Enter completes what nobody could want to send: the beginning of the command or of a name. */
function unfinished() {
  const text = byId("composer").value;
  return text.startsWith("/") ? !text.startsWith(now.command) : true;
}
