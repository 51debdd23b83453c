/* A view's blocks as elements. Every text goes in as text. */

import { el, icon, spoken, uid } from "./dom.js";
import { folded, inlineNodes, inlineText, isLong } from "./inline.js";
import { countdown } from "./clock.js";
import { fileNode } from "./files.js";
import { formula, picture } from "./pictures.js";

/**
 * The element of one block. *flat* makes it fit inside a button or a label: only spans, no links.
 * *context* knows the reader's name (their own row of a table) and whether the message can be answered.
 */
export function blockNode(block, context, flat = false) {
  switch (block.type) {
    case "heading": return el(flat ? "strong" : "h3", { dir: "auto" }, inlineNodes(block.content, flat));
    case "paragraph": return paragraph(block, flat);
    case "code_block": return codeBlock(block, flat);
    case "bullets": return bullets(block, context, flat);
    case "quote": return el(flat ? "span" : "blockquote", { dir: "auto" }, blockNodes(block.children, context, flat));
    case "table": return table(block, context);
    case "choices": return choices(block, context);
    case "countdown": return countdown(block, context.answerable, context.at);
    case "progress": return progress(block);
    case "podium": return podium(block);
    case "file": return fileNode(block, context.seq);
    case "formula": return formula(block);
    case "picture": return picture(block, blockNodes(block.text, context));
    default: return el("p", {}, block.text ?? "");
  }
}

export const blockNodes = (blocks, context, flat = false) => blocks.map((block) => blockNode(block, context, flat));

function paragraph(block, flat) {
  const node = el(flat ? "span" : "p", { class: block.quiet ? "para quiet" : "para", dir: "auto" }, inlineNodes(block.content, flat));
  if (flat || !isLong(inlineText(block.content))) return node;
  return el("div", { class: "fold" }, node, folded(node));
}

function codeBlock(block, flat) {
  const code = el("code", { class: "code-lines" }, block.text);
  if (flat) return code;
  return scrolling(el("pre", {}, code), block.language ? `Code, ${block.language}` : "Code");
}

function bullets(block, context, flat) {
  if (flat) return el("span", { class: "para" }, block.items.flatMap((item) => ["• ", ...blockNodes(item, context, true)]));
  const items = block.items.map((item) => el("li", { dir: "auto" }, blockNodes(item, context)));
  if (block.start === null) return el("ul", {}, items);
  return el("ol", { start: block.start }, items);
}

/** Wide things scroll in themselves; the keyboard can reach them once they are too wide. */
function scrolling(node, label) {
  const box = el("div", { class: "scroll-x" }, node);
  const watch = new ResizeObserver(() => {
    const wide = box.scrollWidth > box.clientWidth + 1;
    if (wide) for (const [name, value] of [["tabindex", "0"], ["role", "group"], ["aria-label", label]]) box.setAttribute(name, value);
    else for (const name of ["tabindex", "role", "aria-label"]) box.removeAttribute(name);
  });
  watch.observe(box);
  return box;
}

function table(block, context) {
  const side = (at) => (block.align[at] === "right" ? "num" : null);
  const head = el("tr", {}, block.header.map((text, at) => el("th", { scope: "col", class: side(at) }, text)));
  const rows = block.rows.map((row, at) => tableRow(row, side, ownCell(block, row, at, context)));
  const caption = block.caption ? el("caption", {}, block.caption) : null;
  return scrolling(el("table", {}, caption, el("thead", {}, head), el("tbody", {}, rows)), block.caption || "Table");
}

/** Where the reader's name stands in a row of theirs, else -1. What says whose its rows are is not guessed at. */
function ownCell(block, row, at, context) {
  const byName = row.findIndex((cell) => inlineText(cell) === context.myName);
  if (block.mine == null || byName < 0) return block.mine?.includes(at) ? block.align.indexOf("left") : byName;
  return block.mine.includes(at) ? byName : -1;
}

function tableRow(row, side, own) {
  const cells = row.map((cell, at) => el("td", { class: side(at), dir: "auto" }, inlineNodes(cell)));
  if (own >= 0) cells[own].append(el("span", { class: "you" }, "you"));
  return el("tr", { class: own >= 0 ? "own" : null }, cells);
}

/** The options of a question that cannot be answered (any more). */
function choices(block, context) {
  const picked = context.marks();
  return el("ul", { class: "choices" }, block.choices.map((choice) => choiceItem(choice, picked.includes(choice.letter), context)));
}

const MARK_WORDS = { right: "Right", wrong: "Wrong" };

function choiceItem(choice, mine, context) {
  const text = el("div", { class: "choice-text" }, blockNodes(choice.content, context));
  const line = el("div", { class: "choice-line" }, letterBadge(choice.letter), text, choiceMarks(choice, mine));
  const feedback = choice.feedback.length === 0 ? null : el("div", { class: "feedback" }, blockNodes(choice.feedback, context));
  return el("li", { class: `choice mark-${choice.mark}${mine ? " mine" : ""}` }, line, tallyBar(choice), feedback);
}

function choiceMarks(choice, mine) {
  const mark = MARK_WORDS[choice.mark];
  return el(
    "span",
    { class: "choice-marks" },
    mine ? el("span", { class: "chip mine-chip" }, "Your answer") : null,
    mark ? el("span", { class: `chip ${choice.mark}` }, icon(choice.mark), mark) : null,
  );
}

/** How many chose it, as a bar and as words. */
function tallyBar(choice) {
  if (choice.count === null || choice.count === undefined) return null;
  const bar = el("span", { class: "tally-bar" });
  bar.style.width = `${choice.of ? (100 * choice.count) / choice.of : 0}%`;
  const words = choice.of ? `${choice.count} of ${choice.of}` : String(choice.count);
  return el(
    "div",
    { class: "tally" },
    el("span", { class: "tally-track", "aria-hidden": "true" }, bar),
    el("span", { class: "tally-words" }, words, spoken(" chose it")),
  );
}

export const letterBadge = (letter) => el("span", { class: "letter" }, letter);

const MOST_DOTS = 16;

function progress(block) {
  if (block.total === 0) return el("p", { class: "progress" }, el("span", {}, block.label));
  const shown = block.total <= MOST_DOTS ? dots(block) : meter(block);
  return el("p", { class: "progress" }, shown, el("span", {}, block.label));
}

function dots(block) {
  const each = Array.from({ length: block.total }, (_, at) => el("span", { class: at < block.value ? "pip on" : "pip" }));
  return el("span", { class: "pips", "aria-hidden": "true" }, each);
}

function meter(block) {
  const bar = el("span", { class: "tally-bar" });
  bar.style.width = `${(100 * block.value) / block.total}%`;
  return el("span", { class: "tally-track", "aria-hidden": "true" }, bar);
}

const PLACES = { 1: "1st", 2: "2nd", 3: "3rd" };

/** Three steps; those who tie stand together on one. */
function podium(block) {
  const ranks = [...new Set(block.steps.map((step) => step.rank))].sort((a, b) => a - b);
  const steps = ranks.map((rank) => podiumStep(rank, block.steps.filter((step) => step.rank === rank)));
  return el("ol", { class: "podium", "aria-label": "Podium" }, steps);
}

function podiumStep(rank, people) {
  const names = people.map((step) =>
    el("span", { class: "podium-person" }, el("bdi", { class: "podium-name" }, step.name), el("span", { class: "podium-points" }, step.points)));
  const place = PLACES[rank] ?? `${rank}th`;
  return el("li", { class: `step rank-${rank}` }, el("span", { class: "podium-people" }, names), el("span", { class: "podium-block" }, place));
}

/** The top of a card: what kind of message it is, and its title. */
export function cardHead(view) {
  if (!view.title) return null;
  const id = uid("card");
  return el("header", { class: "card-head" }, icon(view.tone), el("h2", { id, dir: "auto" }, view.title));
}
