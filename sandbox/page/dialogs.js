// Dialogs: the bot's views (modals) and the question before a dangerous button. The browser's own <dialog> keeps everything behind it out of reach.

import { answersIn } from "./elements.js";
import { blockItems, missingAnswers, showErrors } from "./blocks.js";
import { h, show } from "./dom.js";
import { textObject } from "./text.js";

/** Keep Tab inside, and let Escape do what the closing button does. */
function holdKeyboard(dialog, close) {
  dialog.addEventListener("cancel", (event) => event.preventDefault());
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.preventDefault();
      close();
    }
    if (event.key !== "Tab") return;
    const stops = [...dialog.querySelectorAll("button, a[href], input, select, textarea, summary")].filter(
      (node) => node.offsetParent && !node.disabled,
    );
    const edge = event.shiftKey ? stops[0] : stops.at(-1);
    if (document.activeElement !== edge && dialog.contains(document.activeElement)) return;
    event.preventDefault();
    (event.shiftKey ? stops.at(-1) : stops[0])?.focus();
  });
}

/** Ask before acting: resolves to true for the confirming button, false for the other one and for Escape. */
export function confirmed(confirm, scene) {
  return new Promise((resolve) => {
    const answer = (yes) => {
      dialog.close();
      dialog.remove();
      resolve(yes);
    };
    const style = confirm.style === "danger" ? "danger" : "primary";
    const dialog = h(
      "dialog",
      {
        class: "dialog small",
        "data-testid": "confirm",
        role: "alertdialog",
        "aria-labelledby": "confirm-title",
        "aria-describedby": "confirm-text",
      },
      h(
        "div",
        { class: "dialog-head" },
        h("h2", { id: "confirm-title", dir: "auto" }, textObject(confirm.title, scene)),
      ),
      h("div", { class: "dialog-body words", id: "confirm-text", dir: "auto" }, textObject(confirm.text, scene)),
      h(
        "div",
        { class: "dialog-foot" },
        h(
          "button",
          { type: "button", class: "button", "data-testid": "confirm-no", onclick: () => answer(false) },
          textObject(confirm.deny, scene) ?? "Cancel",
        ),
        h(
          "button",
          { type: "button", class: `button ${style}`, "data-testid": "confirm-yes", onclick: () => answer(true) },
          textObject(confirm.confirm, scene) ?? "Yes",
        ),
      ),
    );
    holdKeyboard(dialog, () => answer(false));
    document.body.append(dialog);
    dialog.showModal();
  });
}

let dialog = null;
let opener = null;
let top = null;
let actions = null;

/**
 * Draw the person's open views, the last one on top; those under it wait unseen with what was typed.
 * `doing` is {act(view, element, choice, node, blockId, answers), submit(view, answers), close(view)}; submit resolves to {errors} or {}.
 */
export function drawViews(views, scene, language, doing) {
  actions = doing;
  if (!dialog) buildDialog();
  show(
    dialog,
    views.map((view) => ({ key: view.id, signature: "", draw: () => drawView(view.id) })),
  );
  for (const [place, view] of views.entries()) fillView(dialog.children[place], view, scene, view === views.at(-1));
  dialog.lang = language ?? "";
  const before = top?.id;
  top = views.at(-1) ?? null;
  if (!top) return closeDialog();
  if (!dialog.open) {
    opener = document.activeElement;
    dialog.showModal();
  }
  if (top.id !== before) focusFirst(dialog.lastElementChild);
}

function buildDialog() {
  dialog = h("dialog", { class: "dialog", "data-testid": "modal" });
  holdKeyboard(dialog, () => top && actions.close(top));
  document.body.append(dialog);
}

function closeDialog() {
  if (!dialog.open) return;
  dialog.close();
  const back = opener?.isConnected ? opener : document.getElementById("composer");
  back?.focus({ preventScroll: true });
}

const focusFirst = (form) =>
  (
    form.querySelector("[autofocus]") ??
    form.querySelector("input:not([type=hidden]), select, textarea") ??
    form.querySelector("button.primary, button")
  )?.focus();

function drawView(id) {
  const form = h(
    "form",
    {
      novalidate: true,
      "data-view-id": id,
      onsubmit: (event) => {
        event.preventDefault();
        submit(form);
      },
    },
    h(
      "div",
      { class: "dialog-head" },
      h("h2", { id: `title-${id}`, dir: "auto" }),
      h(
        "button",
        {
          type: "button",
          class: "quiet-button",
          "aria-label": "Close",
          lang: "en",
          onclick: () => actions.close(form.view),
        },
        "✕",
      ),
    ),
    h("div", { class: "dialog-body" }),
    h(
      "div",
      { class: "dialog-foot" },
      h("button", { type: "button", class: "button close", onclick: () => actions.close(form.view) }),
      h("button", { type: "submit", class: "button primary submit" }),
    ),
  );
  return form;
}

/** Bring a view's form up to date; unchanged blocks keep what was typed in them. */
function fillView(form, view, scene, onTop) {
  form.view = view;
  form.hidden = !onTop;
  form.querySelector("h2").textContent = view.title?.text ?? "";
  const close = form.querySelector(".close");
  close.textContent = view.close?.text ?? "Close";
  const send = form.querySelector(".submit");
  send.hidden = !view.submit;
  send.textContent = view.submit?.text ?? "";
  for (const [node, hook] of [
    [send, "modal-submit"],
    [close, "modal-close"],
  ]) {
    if (onTop) node.dataset.testid = hook;
    else delete node.dataset.testid;
  }
  if (onTop) dialog.setAttribute("aria-labelledby", `title-${view.id}`);
  const act = (element, choice, node, blockId) =>
    actions.act(form.view, element, choice, node, blockId, answersIn(form));
  show(form.querySelector(".dialog-body"), blockItems(view.blocks, scene, act, view.state?.values));
}

async function submit(form) {
  const answers = answersIn(form);
  if (form.ariaBusy === "true" || !showErrors(form, missingAnswers(form, answers))) return;
  form.ariaBusy = "true";
  const { errors } = await actions.submit(form.view, answers);
  form.ariaBusy = "false";
  if (errors) showErrors(form, errors);
}
