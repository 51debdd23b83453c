/* Runs of text: what a view says inline, and what people write. */

import { el } from "./dom.js";

const LONG = 1200;
const TALL = 24;

/** The nodes of an inline tuple. With *flat* a link is only its text, as inside a button. */
export function inlineNodes(parts, flat = false) {
  return parts.map((part) => inlineNode(part, flat));
}

function inlineNode(part, flat) {
  switch (part.type) {
    case "code": return el("code", {}, part.text);
    case "strong": return el("strong", {}, inlineNodes(part.children, flat));
    case "emphasis": return el("em", {}, inlineNodes(part.children, flat));
    case "link": return flat ? el("span", {}, inlineNodes(part.children, true)) : link(part.url, inlineNodes(part.children, true));
    case "break": return el("br");
    case "moment": return moment(part);
    case "role": return el("bdi", { class: "called" }, `@${part.id}`);
    case "channel": return el("bdi", { class: "called" }, `#${part.id}`);
    default: return document.createTextNode(part.text ?? "");
  }
}

const MOMENT = new Intl.DateTimeFormat(undefined, { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });

/** A moment by the reader's own clock; what the server says of it stands behind it. */
function moment(part) {
  return el("time", { datetime: part.at, title: part.text }, MOMENT.format(Date.parse(part.at)));
}

/** The plain characters of an inline tuple. */
export function inlineText(parts) {
  return parts.map((part) => (part.type === "break" ? " " : part.text ?? part.id ?? inlineText(part.children ?? []))).join("");
}

/** A link that opens beside the chat; anything but http and https stays text. */
function link(url, children) {
  if (!/^https?:\/\//i.test(url)) return el("span", {}, children);
  return el("a", { href: url, target: "_blank", rel: "noopener noreferrer nofollow" }, children);
}

const ADDRESS = /https?:\/\/[^\s<>"'`]+[^\s<>"'`.,;:!?)\]}]/gi;

/** What a person wrote, as text with its addresses made into links. */
export function linkified(text) {
  const nodes = [];
  let end = 0;
  for (const match of text.matchAll(ADDRESS)) {
    nodes.push(text.slice(end, match.index), link(match[0], match[0]));
    end = match.index + match[0].length;
  }
  nodes.push(text.slice(end));
  return nodes.filter((node) => node !== "");
}

/** Whether *text* would take over the screen. */
export function isLong(text) {
  return text.length > LONG || text.split("\n").length > TALL;
}

/** *node* cut to a few lines with a button that shows the rest, beside it and never inside a control. */
export function folded(node, what = "") {
  node.classList.add("folded");
  const button = el("button", { class: "button small unfold", type: "button", "aria-expanded": "false" });
  const show = (open) => {
    node.classList.toggle("open", open);
    button.setAttribute("aria-expanded", String(open));
    button.textContent = `${open ? "Show less" : "Show all"}${what}`;
  };
  button.addEventListener("click", () => show(button.getAttribute("aria-expanded") === "false"));
  show(false);
  return button;
}
