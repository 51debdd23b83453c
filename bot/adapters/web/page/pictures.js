/* Pictures: drawings of the server's as elements of the page, so that they take on its colours. */

import { el, SVG } from "./dom.js";
import { recallHere, rememberHere } from "./browser_memory.js";

const KEY = "studyhall.pictures-as-text";
/** All that a drawing is made of: anything else in one is not ours. */
const DRAWN = new Set(["svg", "title", "desc", "g", "rect", "circle", "path", "text"]);

/** The drawings of *block*, a wide and a narrow one, and below them *words* that say the same; or words alone. */
export function picture(block, words) {
  const drawings = block.svg.map((svg) => drawing(svg, block.alt));
  if (drawings.length === 0 || drawings.includes(null)) return inWords(words.length > 0 ? words : [el("p", { class: "para" }, block.alt)]);
  return el("figure", { class: "picture" }, drawings, words.length === 0 ? null : asText(words));
}

/** A formula: its drawings, or its source. It stands in a line's place, also inside an option. */
export function formula(block) {
  const drawings = block.svg.map((svg) => drawing(svg, block.alt));
  if (drawings.length === 0 || drawings.includes(null)) return el("code", { class: "code-lines" }, block.alt);
  return el("span", { class: "formula" }, drawings);
}

/** The element of a drawing, named by *alt*; null for what is no drawing of ours. */
function drawing(svg, alt) {
  const root = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
  if (root.localName !== "svg" || ![root, ...root.querySelectorAll("*")].every(isDrawn)) return null;
  for (const node of root.querySelectorAll(":scope > title, :scope > desc")) node.remove();
  root.setAttribute("role", "img");
  root.setAttribute("aria-label", alt);
  return document.importNode(root, true);
}

const isDrawn = (node) => node.namespaceURI === SVG && DRAWN.has(node.localName);

const inWords = (words) => el("div", { class: "in-words" }, words);

/** Closed at first; whoever opens one reads the next ones too. */
function asText(words) {
  const listen = ({ target }) => rememberHere(KEY, target.open);
  return el("details", { class: "as-text", open: recallHere(KEY) === true, ontoggle: listen },
    el("summary", { "data-key": "as-text" }, "Read it as text"), inWords(words));
}
