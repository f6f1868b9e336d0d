// Block Kit's interactive elements. Each carries data-action-id; those that hold an answer also data-kind, by which it is read back.

import { h } from "./dom.js";
import { link, textObject } from "./text.js";
import { fieldValue, instantOfField } from "./times.js";

/**
 * Draw one element. `place` says where it stands: {blockId, scene, act}, and in an input block {name, described, id, required, dispatches}.
 * `act(element, choice)` is called when the person uses it; a choice is {value} or {selected: [values]}.
 */
export function drawElement(element, place) {
  const draw = ELEMENTS[element.type];
  return draw ? draw(element, place) : notDrawn(element.type);
}

/** Said openly, so that a missing drawing is never mistaken for a missing message. */
export const notDrawn = (type) =>
  h("span", { class: "quiet", lang: "en" }, `[${type} is not drawn in this practice workspace]`);

const ELEMENTS = {
  button,
  overflow,
  static_select: select,
  users_select: peopleSelect,
  conversations_select: peopleSelect,
  multi_static_select: choices,
  multi_users_select: peopleChoices,
  checkboxes: choices,
  radio_buttons: choices,
  plain_text_input: textInput,
  email_text_input: textInput,
  url_text_input: textInput,
  number_input: textInput,
  datepicker: typed("date", "initial_date"),
  timepicker: typed("time", "initial_time"),
  datetimepicker: typed("datetime-local", "initial_date_time"),
  image,
};

/** Attributes every interactive element shares. */
const hooks = (element, { blockId, id }) => ({ "data-action-id": element.action_id, "data-block-id": blockId, id });

/** How an element is named for screen readers: by its label's id, or by its own words. */
const named = (element, { name, described, required }) => ({
  "aria-labelledby": name,
  "aria-label": name ? null : (element.placeholder?.text ?? element.action_id),
  "aria-describedby": described,
  "aria-required": required ? "true" : null,
});

function button(element, place) {
  const attributes = {
    ...hooks(element, place),
    class: `button ${element.style ?? ""}`,
    dir: "auto",
    "data-value": element.value,
    "aria-label": element.accessibility_label,
    onclick: ({ currentTarget }) => place.act(element, { value: element.value ?? null }, currentTarget),
  };
  const label = textObject(element.text, place.scene);
  if (element.url) return link(element.url, label, attributes) ?? h("button", { type: "button", ...attributes }, label);
  return h("button", { type: "button", ...attributes }, label);
}

/** The "…" menu: a native disclosure, so that it opens with the keyboard; Escape closes it. */
function overflow(element, place) {
  const pick = (option) => (event) => {
    event.currentTarget.closest("details").open = false;
    place.act(element, { value: option.value }, event.currentTarget);
  };
  const options = element.options.map((option) =>
    h(
      "button",
      { type: "button", "data-value": option.value, onclick: pick(option) },
      textObject(option.text, place.scene),
    ),
  );
  const menu = h(
    "details",
    { ...hooks(element, place), class: "overflow" },
    h("summary", { class: "button", "aria-label": "More actions", title: "More actions" }, "⋯"),
    h("div", { class: "menu" }, options),
  );
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    event.stopPropagation();
    menu.open = false;
    menu.firstElementChild.focus();
  });
  menu.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget && !menu.contains(relatedTarget)) menu.open = false;
  });
  return menu;
}

const optionNode = (option, chosen, scene) =>
  h(
    "option",
    { value: option.value, selected: option.value === chosen },
    textObject({ ...option.text, type: "plain_text" }, scene),
  );

function select(element, place) {
  const chosen = element.initial_option?.value;
  const groups = (element.option_groups ?? []).map((group) =>
    h(
      "optgroup",
      { label: group.label.text },
      group.options.map((option) => optionNode(option, chosen, place.scene)),
    ),
  );
  const options = (element.options ?? []).map((option) => optionNode(option, chosen, place.scene));
  return h(
    "select",
    {
      ...hooks(element, place),
      ...named(element, place),
      "data-kind": element.type,
      onchange: ({ currentTarget }) =>
        currentTarget.value && place.act(element, { value: currentTarget.value }, currentTarget),
    },
    h("option", { value: "" }, element.placeholder?.text ?? "…"),
    options,
    groups,
  );
}

const personOptions = (scene) =>
  scene.people.map(({ id, name }) => ({ value: id, text: { type: "plain_text", text: name } }));

function peopleSelect(element, place) {
  const initial = element.initial_user ?? element.initial_conversation;
  return select(
    { ...element, options: personOptions(place.scene), initial_option: initial && { value: initial } },
    place,
  );
}

function peopleChoices(element, place) {
  const initial = (element.initial_users ?? []).map((value) => ({ value }));
  return choices({ ...element, options: personOptions(place.scene), initial_options: initial }, place);
}

let choiceNumber = 0;

/** Checkboxes, radio buttons, and menus of several: one list of options to tick. */
function choices(element, place) {
  const single = element.type === "radio_buttons";
  const initial = new Set(
    [element.initial_option, ...(element.initial_options ?? [])].filter(Boolean).map((option) => option.value),
  );
  const group = `choice-${(choiceNumber += 1)}`;
  const all = [...(element.options ?? []), ...(element.option_groups ?? []).flatMap((part) => part.options)];
  const box = h(
    "div",
    {
      ...hooks(element, place),
      ...named(element, place),
      "data-kind": element.type,
      role: single ? "radiogroup" : "group",
      class: "choices",
      onchange: () => place.act(element, single ? { value: answerOf(box) } : { selected: answerOf(box) }, box),
    },
    all.map((option, number) =>
      choice(option, { group, number, single, chosen: initial.has(option.value), scene: place.scene }),
    ),
  );
  return box;
}

function choice(option, { group, number, single, chosen, scene }) {
  const note =
    option.description &&
    h("span", { class: "quiet", id: `${group}-${number}` }, textObject(option.description, scene));
  return h(
    "label",
    { class: "choice" },
    h("input", {
      type: single ? "radio" : "checkbox",
      name: group,
      value: option.value,
      "data-value": option.value,
      checked: chosen,
      "aria-describedby": note ? note.id : null,
    }),
    h("span", { dir: "auto" }, textObject(option.text, scene), note),
  );
}

const INPUT_TYPES = {
  email_text_input: "email",
  url_text_input: "url",
  number_input: "number",
  plain_text_input: "text",
};

function textInput(element, place) {
  const attributes = {
    ...hooks(element, place),
    ...named(element, place),
    "data-kind": element.type,
    dir: "auto",
    value: element.initial_value ?? "",
    placeholder: element.placeholder?.text,
    minlength: element.min_length,
    maxlength: element.max_length,
    autofocus: element.focus_on_load,
    min: element.min_value,
    max: element.max_value,
    step: element.is_decimal_allowed ? "any" : null,
    onkeydown: (event) => {
      if (event.key === "Enter" && place.dispatches && !element.multiline) {
        event.preventDefault();
        place.act(element, { value: event.currentTarget.value }, event.currentTarget);
      }
    },
  };
  return element.multiline
    ? h("textarea", { rows: 4, ...attributes })
    : h("input", { type: INPUT_TYPES[element.type], ...attributes });
}

/** Date and time pickers are the browser's own. */
function typed(type, initial) {
  return (element, place) => {
    const start = element[initial];
    const value = typeof start === "number" ? fieldValue(start * 1000, place.scene.zone) : (start ?? "");
    return h("input", {
      ...hooks(element, place),
      ...named(element, place),
      "data-kind": element.type,
      "data-zone": place.scene.zone,
      type,
      value,
      onchange: ({ currentTarget }) =>
        currentTarget.value && place.act(element, { value: answerOf(currentTarget) }, currentTarget),
    });
  };
}

/** Only pictures of this computer are shown; any other address stays unvisited and its words stand in for it. */
export function image(block) {
  const address = block.image_url ?? "";
  const ours = address.startsWith("data:image/") || address.startsWith(`${location.origin}/`);
  return ours
    ? h("img", { src: address, alt: block.alt_text ?? "" })
    : h("span", { class: "picture", role: "img", "aria-label": block.alt_text }, block.alt_text);
}

/** What the person has answered in one control: text, option value, list of values, or null for nothing. */
export function answerOf(control) {
  const ticked = () => [...control.querySelectorAll("input:checked")].map((input) => input.value);
  switch (control.dataset.kind) {
    case "checkboxes":
    case "multi_static_select":
    case "multi_users_select":
      return ticked();
    case "radio_buttons":
      return ticked()[0] ?? null;
    case "datetimepicker":
      return control.value ? instantOfField(control.value, control.dataset.zone) / 1000 : null;
    default:
      return control.value || null;
  }
}

/** Every answer inside a message or a view: {block_id: {action_id: answer}}. */
export function answersIn(container) {
  const answers = {};
  for (const control of container.querySelectorAll("[data-kind]")) {
    const { blockId, actionId } = control.dataset;
    answers[blockId] = { ...answers[blockId], [actionId]: answerOf(control) };
  }
  return answers;
}

/** Put an answer the workspace has kept (Slack's state value) back into a control that was drawn again. */
export function restoreAnswer(control, kept) {
  const {
    value,
    selected_option: one,
    selected_options: several,
    selected_users: users,
    selected_date_time: moment,
  } = kept;
  const picked = users ?? several?.map((option) => option.value) ?? (one ? [one.value] : []);
  if (control.matches(".choices")) {
    for (const input of control.querySelectorAll("input")) input.checked = picked.includes(input.value);
  } else if (moment) control.value = fieldValue(moment * 1000, control.dataset.zone);
  else
    control.value =
      value ??
      picked[0] ??
      kept.selected_user ??
      kept.selected_conversation ??
      kept.selected_date ??
      kept.selected_time ??
      "";
}
