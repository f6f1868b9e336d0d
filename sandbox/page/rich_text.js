// The rich_text block: already structured, so nothing in it is parsed.

import { h } from "./dom.js";
import { channel, emojiNamed, link, person } from "./text.js";
import { slackDate } from "./times.js";

export const richText = (block, scene) =>
  h(
    "div",
    { class: "rich", dir: "auto" },
    block.elements.map((part) => piece(part, scene)),
  );

function piece(part, scene) {
  const words = () => part.elements.map((element) => word(element, scene));
  switch (part.type) {
    case "rich_text_section":
      return h("div", {}, words());
    case "rich_text_quote":
      return h("blockquote", {}, words());
    case "rich_text_preformatted":
      return h("pre", {}, words());
    case "rich_text_list": {
      const tag = part.style === "ordered" ? "ol" : "ul";
      return h(
        tag,
        { class: `indent-${part.indent ?? 0}`, start: part.offset ? part.offset + 1 : null },
        words().map((item) => h("li", {}, item)),
      );
    }
    default:
      return word(part, scene);
  }
}

const STYLES = [
  ["bold", "strong"],
  ["italic", "em"],
  ["strike", "s"],
  ["code", "code"],
  ["underline", "u"],
];

function word(element, scene) {
  const plain = meaning(element, scene);
  return STYLES.reduce((inner, [style, tag]) => (element.style?.[style] ? h(tag, {}, inner) : inner), plain);
}

function meaning(element, scene) {
  switch (element.type) {
    case "text":
      return element.text;
    case "link":
      return link(element.url, element.text) ?? element.text ?? element.url;
    case "user":
      return person(element.user_id, scene);
    case "channel":
      return channel(element.channel_id, scene);
    case "emoji":
      return emojiNamed(element.name);
    case "date":
      return slackDate(element.timestamp, element.format, scene);
    case "broadcast":
      return h("span", { class: "mention" }, `@${element.range}`);
    case "rich_text_section":
      return piece(element, scene);
    default:
      return element.text ?? "";
  }
}
