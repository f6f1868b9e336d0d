// Slack's texts as nodes. `plain_text` is never parsed. In `mrkdwn` only a raw `<…>` is a mention, a date or a link:
// what a person typed arrives escaped (&lt; &gt; &amp;) and is therefore drawn literally, here as in Slack.

import { h } from "./dom.js";
import { slackDate } from "./times.js";

/** A text object {type, text} as nodes. The scene knows names, the person's zone and language. */
export function textObject(object, scene) {
  if (!object) return null;
  return object.type === "mrkdwn" ? mrkdwn(object.text, scene) : object.text;
}

/** Slack's mrkdwn as a list of nodes. */
export function mrkdwn(text, scene) {
  return text
    .split(/```\n?([\s\S]+?)\n?```/)
    .flatMap((part, place) => (place % 2 ? [h("pre", {}, inline(part, scene, LITERAL))] : paragraphs(part, scene)));
}

const QUOTE = /^(?:>|&gt;) ?/;

/** Lines as they are, with neighbouring `>` lines gathered into one quotation. */
function paragraphs(text, scene) {
  const runs = [];
  for (const line of text.split("\n")) {
    const quoted = QUOTE.test(line);
    const words = line.replace(QUOTE, "");
    const last = runs.at(-1);
    if (last?.quoted === quoted) last.lines.push(words);
    else runs.push({ quoted, lines: [words] });
  }
  return runs.flatMap(({ quoted, lines }) => {
    const nodes = inline(lines.join("\n"), scene);
    return quoted ? [h("blockquote", {}, nodes)] : nodes;
  });
}

/** A pair of marks around words: opened and closed at the edge of a word, on one line. */
const between = (mark, name) =>
  `(?<![\\p{L}\\p{N}${mark}])${mark}(?![\\s${mark}])(?<${name}>[^${mark}\\n]*[^\\s${mark}])${mark}(?![\\p{L}\\p{N}${mark}])`;

const MARKUP = "<(?<markup>[^<>\\n]+)>";
const LITERAL = new RegExp(MARKUP, "gu");
const RICH = new RegExp(
  [
    MARKUP,
    "`(?<code>[^`\\n]+)`",
    between("\\*", "bold"),
    between("_", "italic"),
    between("~", "strike"),
    ":(?<emoji>[a-z0-9_+-]+):",
  ].join("|"),
  "gu",
);

function inline(text, scene, pattern = RICH) {
  const nodes = [];
  let end = 0;
  for (const found of text.matchAll(pattern)) {
    nodes.push(unescaped(text.slice(end, found.index)), meaning(found, scene));
    end = found.index + found[0].length;
  }
  nodes.push(unescaped(text.slice(end)));
  return nodes.filter((node) => node !== "");
}

function meaning(found, scene) {
  const { markup, code, bold, italic, strike, emoji } = found.groups;
  if (markup) return marked(markup, scene) ?? unescaped(found[0]);
  if (code) return h("code", {}, inline(code, scene, LITERAL));
  if (bold) return h("strong", {}, inline(bold, scene));
  if (italic) return h("em", {}, inline(italic, scene));
  if (strike) return h("s", {}, inline(strike, scene));
  return emojiNamed(emoji);
}

const ENTITIES = { "&lt;": "<", "&gt;": ">", "&amp;": "&" };
export const unescaped = (text) => text.replace(/&(?:lt|gt|amp);/g, (entity) => ENTITIES[entity]);

/** What stands between raw `<` and `>`: null when it is no markup after all. */
function marked(markup, scene) {
  const [target, ...labels] = markup.split("|");
  const label = labels.length ? unescaped(labels.join("|")) : null;
  if (/^@[UW]\w+$/.test(target)) return person(target.slice(1), scene, label);
  if (/^#C\w+$/.test(target)) return channel(target.slice(1), scene, label);
  if (target.startsWith("!date^")) return date(target, label, scene);
  if (/^!(channel|here|everyone)$/.test(target)) return h("span", { class: "mention" }, `@${target.slice(1)}`);
  if (target.startsWith("!subteam^")) return h("span", { class: "mention" }, label ?? "@group");
  return link(unescaped(target), label);
}

export const person = (id, scene, label = null) =>
  h(
    "span",
    { class: id === scene.you ? "mention mine" : "mention", "data-user": id },
    `@${scene.nameOf(id) ?? label ?? id}`,
  );

export const channel = (id, scene, label = null) =>
  h("span", { class: "mention" }, `#${scene.channelName(id) ?? label ?? id}`);

function date(target, label, scene) {
  const [, seconds, format] = target.split("^");
  if (!/^\d{1,11}$/.test(seconds ?? "") || !format) return label;
  return h(
    "time",
    { datetime: new Date(seconds * 1000).toISOString(), title: label },
    slackDate(Number(seconds), unescaped(format), scene),
  );
}

/** A link, when the address is of a kind that is safe to press; otherwise null. */
export function link(address, label, attributes = {}) {
  if (!/^(https?:\/\/|mailto:|tel:)/i.test(address)) return null;
  return h(
    "a",
    { href: address, target: "_blank", rel: "noopener noreferrer", ...attributes },
    label ?? address.replace(/^(mailto|tel):/i, ""),
  );
}

const EMOJI = {
  wave: "👋",
  tada: "🎉",
  white_check_mark: "✅",
  heavy_check_mark: "✔️",
  x: "❌",
  thumbsup: "👍",
  "+1": "👍",
  thumbsdown: "👎",
  seedling: "🌱",
  bridge_at_night: "🌉",
  calendar: "📅",
  date: "📅",
  spiral_calendar_pad: "🗓️",
  bulb: "💡",
  handshake: "🤝",
  hourglass: "⌛",
  hourglass_flowing_sand: "⏳",
  speech_balloon: "💬",
  mag: "🔍",
  house: "🏠",
  heart: "❤️",
  smile: "😄",
  blush: "😊",
  slightly_smiling_face: "🙂",
  bell: "🔔",
  no_bell: "🔕",
  warning: "⚠️",
  information_source: "ℹ️",
  question: "❓",
  point_right: "👉",
  eyes: "👀",
  pray: "🙏",
  coffee: "☕",
  zap: "⚡",
  wrench: "🔧",
  hammer_and_wrench: "🛠️",
  star: "⭐",
  sparkles: "✨",
  clap: "👏",
  busts_in_silhouette: "👥",
  school: "🏫",
  books: "📚",
  pencil: "📝",
  memo: "📝",
  lock: "🔒",
  clock10: "🕙",
  sunny: "☀️",
  rocket: "🚀",
  envelope: "✉️",
  email: "📧",
  round_pushpin: "📍",
  globe_with_meridians: "🌐",
  zzz: "💤",
  pause_button: "⏸️",
  arrow_right: "➡️",
};

/** The sign of a common emoji; an unknown name stays as it was written. */
export const emojiNamed = (name) =>
  EMOJI[name]
    ? h("span", { class: "emoji", role: "img", "aria-label": name.replaceAll("_", " ") }, EMOJI[name])
    : `:${name}:`;
