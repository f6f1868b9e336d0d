// Block Kit's blocks as nodes, drawn the way Slack draws them. Pure: the same blocks and scene give the same nodes.

import { chrome, h } from "./dom.js";
import { drawElement, image, notDrawn, restoreAnswer } from "./elements.js";
import { richText } from "./rich_text.js";
import { mrkdwn, textObject } from "./text.js";

/**
 * Items for `show`: one per block, kept while the block stays the same. `act` is told (element, choice, node, blockId).
 * `kept` are the answers the workspace holds ({block_id: {action_id: state}}): a block drawn again shows them.
 */
export const blockItems = (blocks, scene, act, kept = {}) =>
  blocks.map((block, place) => ({
    key: block.block_id ?? `block-${place}`,
    signature: JSON.stringify(block),
    draw: () => withAnswers(drawBlock(block, scene, act), kept[block.block_id] ?? {}),
  }));

function withAnswers(node, answers) {
  for (const control of node.querySelectorAll("[data-kind]")) {
    const answer = answers[control.dataset.actionId];
    if (answer) restoreAnswer(control, answer);
  }
  return node;
}

export const drawBlocks = (blocks, scene, act) => blocks.map((block) => drawBlock(block, scene, act));

function drawBlock(block, scene, act) {
  const draw = BLOCKS[block.type];
  const node = draw
    ? draw(block, { scene, blockId: block.block_id, act: (...action) => act(...action, block.block_id) })
    : notDrawn(block.type);
  node.classList.add("block", `block-${block.type}`);
  if (block.block_id) node.dataset.blockId = block.block_id;
  return node;
}

const words = (object, scene, attributes = {}) =>
  h("div", { class: "words", dir: "auto", ...attributes }, textObject(object, scene));

const BLOCKS = {
  section: (block, place) =>
    h(
      "div",
      {},
      h(
        "div",
        { class: "section-words" },
        block.text && words(block.text, place.scene),
        block.fields &&
          h(
            "div",
            { class: "fields" },
            block.fields.map((field) => words(field, place.scene)),
          ),
      ),
      block.accessory && h("div", { class: "accessory" }, drawElement(block.accessory, place)),
    ),
  header: (block, place) => h("h3", { dir: "auto" }, textObject(block.text, place.scene)),
  divider: () => h("hr"),
  context: (block, place) =>
    h(
      "div",
      {},
      block.elements.map((part) => (part.type === "image" ? image(part) : words(part, place.scene))),
    ),
  actions: (block, place) =>
    h(
      "div",
      {},
      block.elements.map((element) => drawElement(element, place)),
    ),
  image: (block, place) =>
    h("figure", {}, block.title && h("figcaption", {}, textObject(block.title, place.scene)), image(block)),
  rich_text: (block, place) => richText(block, place.scene),
  markdown: (block) => h("div", { class: "words", dir: "auto" }, block.text),
  input,
};

let inputNumber = 0;

/** One question: label, control, hint and the place for an error, tied together for screen readers. */
function input(block, place) {
  const id = `input-${(inputNumber += 1)}`;
  const control = drawElement(block.element, {
    ...place,
    id,
    name: `${id}-label`,
    described: `${id}-hint ${id}-error`,
    required: !block.optional,
    dispatches: Boolean(block.dispatch_action),
    act: block.dispatch_action ? place.act : () => {},
  });
  return h(
    "div",
    { "data-required": !block.optional },
    h(
      "label",
      { id: `${id}-label`, for: id, dir: "auto" },
      textObject(block.label, place.scene),
      block.optional && chrome("span", { class: "quiet" }, " (optional)"),
    ),
    control,
    h("p", { class: "quiet hint", id: `${id}-hint`, dir: "auto" }, textObject(block.hint, place.scene) ?? ""),
    h("p", { class: "error", id: `${id}-error`, "data-testid": `error-${block.block_id}`, hidden: true }),
  );
}

/** Show {block_id: sentence} beside the fields, clear all others, and put the focus on the first. True when there was none. */
export function showErrors(container, errors) {
  let first = null;
  for (const block of container.querySelectorAll(".block-input")) {
    const control = block.querySelector("[data-action-id]");
    const place = block.querySelector(".error");
    const sentence = errors[block.dataset.blockId] ?? "";
    place.textContent = sentence;
    place.hidden = !sentence;
    if (!control) continue;
    control.toggleAttribute("data-wrong", Boolean(sentence));
    control.setAttribute("aria-invalid", String(Boolean(sentence)));
    if (sentence) first ??= control;
  }
  (first?.matches(".choices") ? first.querySelector("input") : first)?.focus();
  return first === null;
}

/** What Slack itself refuses before it asks the bot: an empty required field, a text that is too short. */
export function missingAnswers(container, answers) {
  const errors = {};
  for (const block of container.querySelectorAll(".block-input")) {
    const control = block.querySelector("[data-kind]");
    if (!control) continue;
    const answer = answers[control.dataset.blockId]?.[control.dataset.actionId];
    const empty = answer === null || answer.length === 0;
    const least = Number(control.getAttribute("minlength") ?? 0);
    if (empty && "required" in block.dataset) errors[block.dataset.blockId] = "Please complete this required field.";
    else if (!empty && answer.length < least)
      errors[block.dataset.blockId] = `Please write at least ${least} characters.`;
  }
  return errors;
}

/** A message's words when it has no blocks. */
export const plainWords = (text, scene) => h("div", { class: "words", dir: "auto" }, mrkdwn(text, scene));
