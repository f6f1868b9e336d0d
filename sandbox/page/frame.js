// The frame of the page: the column and the clock's buttons fold away on a narrow window.

import { byId } from "./dom.js";

export const isNarrow = () => matchMedia("(max-width: 760px)").matches;
const isOpen = (name) => document.body.classList.contains(name);

/** Unfold (true) or fold away the left column; it lies over the conversation there. */
export function fold(open) {
  document.body.classList.toggle("column-open", open);
  byId("fold").setAttribute("aria-expanded", String(open));
  byId("veil").hidden = !open;
  if (open) byId("column").focus();
}

/** Show or fold away the buttons that move the clock, where the window is narrow. */
export function foldClock(open) {
  document.body.classList.toggle("clock-open", open);
  byId("clock-fold").setAttribute("aria-expanded", String(open));
}

export function wireFrame() {
  byId("skip").onclick = (event) => {
    event.preventDefault();
    (byId("writing").hidden ? byId("scroll") : byId("composer")).focus();
  };
  byId("fold").onclick = () => fold(!isOpen("column-open"));
  byId("veil").onclick = () => fold(false);
  byId("clock-fold").onclick = () => foldClock(!isOpen("clock-open"));
  byId("column").onkeydown = (event) => {
    if (event.key !== "Escape" || !isOpen("column-open")) return;
    fold(false);
    byId("fold").focus();
  };
}
