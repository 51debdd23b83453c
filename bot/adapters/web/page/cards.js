/* A view as a card: its head, blocks, controls, and the line that tells what became of an answer. */

import { el, keepFocus, reconcile } from "./dom.js";
import { blockNode, cardHead } from "./views.js";
import { buttonRow, controlNode, statusLine, updateControls } from "./controls.js";
import { takenOver } from "./pickers.js";

/** A new card for message *seq*; fill it with drawCard. */
export function newCard() {
  return el("div", { class: "card" }, el("div", { class: "card-body" }), el("div", { class: "card-status" }));
}

/** Bring *card* to what *view* says now, leaving every part that did not change in place. */
export function drawCard(card, view, context, status, fallback) {
  card.className = `card tone-${view.tone}`;
  keepFocus(card, () => {
    reconcile(card.querySelector(".card-body"), parts(view, context));
    drawStatus(card, status);
  }, fallback);
}

/** Show what became of the reader's answer without touching the rest. */
export function drawStatus(card, status) {
  updateControls(card);
  const line = statusLine(status);
  card.querySelector(".card-status").replaceChildren(...(line === null ? [] : [line]));
}

function parts(view, context) {
  const picker = view.controls.find((control) => control.type === "picker");
  const taken = picker === undefined ? { blocks: new Set() } : takenOver(picker, view.blocks);
  const head = view.title ? [{ key: `head ${view.tone} ${view.title}`, make: () => cardHead(view) }] : [];
  const blocks = view.blocks.flatMap((block) => {
    if (block === taken.place) return [controlPart(picker, taken, context)];
    return taken.blocks.has(block) ? [] : [blockPart(block, context)];
  });
  const controls = view.controls.filter((control) => control !== picker || !taken.place);
  return [...head, ...blocks, ...controlParts(controls, context)];
}

function blockPart(block, context) {
  // A card's own answer is shown in its closed options, so they are drawn again when it changes.
  const own = block.type === "choices" ? context.labels().join() : "";
  const speaks = block.type === "countdown" ? context.answerable : "";
  return { key: `${JSON.stringify(block)} ${own} ${speaks}`, make: () => blockNode(block, context) };
}

function controlPart(control, taken, context) {
  const key = JSON.stringify([control, taken?.choices, taken?.stems]);
  return { key, make: () => controlNode(control, taken, context) };
}

/** Pickers and forms each as a part, then all buttons together as one row. */
function controlParts(controls, context) {
  const asked = controls.filter((control) => control.type !== "button").map((control) => controlPart(control, null, context));
  const buttons = controls.filter((control) => control.type === "button");
  if (buttons.length === 0) return asked;
  return [...asked, { key: JSON.stringify(buttons), make: () => buttonRow(buttons, context) }];
}
