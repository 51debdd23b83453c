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
  card.className = `card tone-${view.tone}${view.lasting ? " lasting" : ""}`;
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

/** In reading order: who is called, head, the clock of a question, what is asked, what to answer with, the rest, the buttons. */
function parts(view, context) {
  const asks = view.controls.find((control) => control.type !== "button");
  const taken = asks?.type === "picker" ? takenOver(asks, view.blocks) : { blocks: [] };
  const clock = asks === undefined ? undefined : view.blocks.find((block) => block.type === "countdown");
  const blocks = view.blocks.filter((block) => block !== clock && !taken.blocks.includes(block));
  const rest = blocks.slice(blocks.findLastIndex((block) => !isAside(block)) + 1);
  const head = view.title ? [{ key: `head ${view.tone} ${view.title}`, make: () => cardHead(view) }] : [];
  const show = (some) => some.map((block) => blockPart(block, context));
  const called = view.mention ? [{ key: `called ${view.mention}`, make: () => el("p", { class: "mention" }, el("bdi", { class: "called" }, `@${view.mention}`)) }] : [];
  return [
    ...called,
    ...head,
    ...(clock === undefined ? [] : show([clock])),
    ...show(blocks.slice(0, blocks.length - rest.length)),
    ...view.controls.filter((control) => control.type !== "button").map((control) => controlPart(control, control === asks ? taken : null, context)),
    ...show(rest),
    ...buttonParts(view.controls.filter((control) => control.type === "button" && !(control.newcomers && context.takesPart())), context),
  ];
}

/** What comes after the answer at the end of a question: how many have answered, and what is quiet. */
const isAside = (block) => block.type === "progress" || block.type === "countdown" || block.quiet === true;

function blockPart(block, context) {
  // A card's own answer is shown in its closed options, so they are drawn again when it changes.
  const own = block.type === "choices" ? context.marks().join() : "";
  const speaks = block.type === "countdown" ? context.answerable : "";
  return { key: `${JSON.stringify(block)} ${own} ${speaks}`, make: () => blockNode(block, context) };
}

function controlPart(control, taken, context) {
  const key = JSON.stringify([control, taken?.choices, taken?.stems]);
  return { key, make: () => controlNode(control, taken, context) };
}

/** All buttons together as one row. */
function buttonParts(buttons, context) {
  return buttons.length === 0 ? [] : [{ key: JSON.stringify(buttons), make: () => buttonRow(buttons, context) }];
}
