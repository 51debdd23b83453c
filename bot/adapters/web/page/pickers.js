/* Picking from options: one, many, in order, or one for each stem. */

import { el, icon, uid } from "./dom.js";
import { folded, inlineText } from "./inline.js";
import { blockNodes, letterBadge } from "./views.js";
import { orderList } from "./order_list.js";

const FOLD_OVER = 600;
const SELECT_OVER = 60;

/**
 * What *picker* shows itself, so that nothing is said twice: {choices, stems, blocks}, where *blocks* are not to
 * be shown beside it. What is rich in a block stays rich in the picker.
 */
export function takenOver(picker, blocks) {
  const choices = blocks.find((block) => block.type === "choices" && sameLetters(picker, block)) ?? null;
  const stems = picker.how === "match" ? blocks.find((block) => isStems(picker, block)) ?? null : null;
  // Lines to match have their options in drop-down lists, which are too narrow for long ones.
  const showsOptions = picker.how !== "match" || picker.options.every((option) => option.length <= SELECT_OVER);
  return { choices, stems, blocks: [showsOptions ? choices : null, stems].filter((block) => block !== null) };
}

const sameLetters = (picker, block) => picker.letters.join() === block.choices.map((choice) => choice.letter).join();

const isStems = (picker, block) => block.type === "bullets" && block.start === 1 && block.items.length === picker.stems.length;

/** The element of *picker* and what brings it up to date: {node, update}. */
export function picker(control, taken, context) {
  const kinds = { one: pickOne, many: pickMany, order: pickOrder, match: pickMatch };
  return kinds[control.how](control, taken, context);
}

/** The positions that the reader's accepted or pending labels stand for. */
function positions(control, context) {
  return context.labels().map((label) => control.letters.indexOf(label)).filter((at) => at >= 0);
}

const lettersOf = (control, picked) => picked.map((at) => control.letters[at] ?? String(at + 1));

/** An option's content: as the choices block has it, else its plain text. */
function optionContent(control, taken, at, context) {
  const choice = taken.choices?.choices[at];
  const nodes = choice ? blockNodes(choice.content, context, true) : [el("span", { class: "para", dir: "auto" }, control.options[at])];
  return el("span", { class: "option-text" }, nodes);
}

const isLongOption = (control, taken, at) =>
  (taken.choices ? taken.choices.choices[at].content.map((block) => block.text ?? inlineText(block.content ?? [])).join("") : control.options[at]).length > FOLD_OVER;

/** An option with, when it is very long, a button beside it that shows all of it. */
function optionItem(control, taken, at, node, text) {
  const more = isLongOption(control, taken, at) ? folded(text, ` of ${control.letters[at]}`) : null;
  return el("li", {}, node, more);
}

function group(control, ...children) {
  const id = uid("pick");
  const label = el("p", { class: "control-label", id }, control.label);
  return el("div", { class: `picker ${control.how}`, role: "group", "aria-labelledby": id }, label, children);
}

function pickOne(control, taken, context) {
  const buttons = control.options.map((_, at) => {
    const text = optionContent(control, taken, at, context);
    const button = el("button", {
      type: "button", class: "option", "aria-pressed": "false",
      "data-key": `${control.action}:${at}`, "data-letter": control.letters[at].toLowerCase(),
    }, letterBadge(control.letters[at]), text, icon("right"));
    button.addEventListener("click", () => context.press(control.action, [at], null, lettersOf(control, [at])));
    return { button, item: optionItem(control, taken, at, button, text) };
  });
  const list = el("ul", { class: "options" }, buttons.map(({ item }) => item));
  const update = () => {
    const picked = positions(control, context);
    buttons.forEach(({ button }, at) => {
      button.setAttribute("aria-pressed", String(picked.includes(at)));
      button.toggleAttribute("data-pending", context.pending() && picked.includes(at));
    });
  };
  return { node: group(control, list), update };
}

/** A submit button that stays focusable while an answer is on its way. */
function submitButton(control, context, send) {
  const button = el("button", { type: "button", class: "button primary", "data-key": `${control.action}:send` }, el("span", {}, control.submit));
  button.addEventListener("click", () => context.pending() || send());
  return { button, busy: () => button.setAttribute("aria-busy", String(context.pending())) };
}

function pickMany(control, taken, context) {
  const start = context.draft(control.action)?.picked ?? positions(control, context);
  const boxes = control.options.map((_, at) => checkOption(control, taken, at, start.includes(at), context));
  const picked = () => boxes.flatMap(({ box }, at) => (box.checked ? [at] : []));
  const send = () => {
    const wrong = countProblem(control, picked().length);
    if (wrong !== null) context.say(wrong);
    else context.press(control.action, picked(), null, lettersOf(control, picked()));
  };
  const { button, busy } = submitButton(control, context, send);
  const node = group(control, el("ul", { class: "options" }, boxes.map(({ item }) => item)), button);
  node.addEventListener("change", () => context.keepDraft(control.action, { picked: picked() }));
  return { node, update: busy };
}

function checkOption(control, taken, at, checked, context) {
  const text = optionContent(control, taken, at, context);
  const box = el("input", { type: "checkbox", "data-key": `${control.action}:${at}`, "data-letter": control.letters[at].toLowerCase() });
  box.checked = checked;
  const label = el("label", { class: "option" }, box, letterBadge(control.letters[at]), text);
  return { box, item: optionItem(control, taken, at, label, text) };
}

function countProblem({ least, most }, count) {
  if (count >= least && count <= most) return null;
  if (least === most) return `Choose exactly ${least}; you have ${count}.`;
  if (count < least) return `Choose at least ${least}; you have ${count}.`;
  return `Choose at most ${most}; you have ${count}.`;
}

function pickOrder(control, taken, context) {
  const mine = positions(control, context);
  const natural = control.options.map((_, at) => at);
  const start = context.draft(control.action)?.picked ?? (mine.length === natural.length ? mine : natural);
  const items = start.map((at) => ({ at, letter: control.letters[at], text: optionContent(control, taken, at, context), plain: control.options[at] }));
  const list = orderList(items, control.action, (picked) => context.keepDraft(control.action, { picked }));
  const { button, busy } = submitButton(control, context, () =>
    context.press(control.action, list.picked(), null, lettersOf(control, list.picked())));
  return { node: group(control, list.node, button), update: busy };
}

function pickMatch(control, taken, context) {
  const mine = positions(control, context);
  const start = context.draft(control.action)?.picked ?? (mine.length === control.stems.length ? mine : []);
  const rows = control.stems.map((stem, row) => matchRow(control, stemContent(stem, row, taken, context), row, start[row] ?? -1));
  const picked = () => rows.map(({ select }) => Number(select.value));
  const send = () => {
    const empty = picked().findIndex((at) => at < 0);
    if (empty < 0) return context.press(control.action, picked(), null, lettersOf(control, picked()));
    context.say("Choose an option for every line first.");
    return rows[empty].select.focus();
  };
  const { button, busy } = submitButton(control, context, send);
  const node = group(control, el("ul", { class: "stems" }, rows.map(({ item }) => item)), button);
  node.addEventListener("change", () => context.keepDraft(control.action, { picked: picked() }));
  return { node, update: busy };
}

function stemContent(stem, row, taken, context) {
  return taken.stems ? blockNodes(taken.stems.items[row], context, true) : [el("span", { dir: "auto" }, stem)];
}

function matchRow(control, stem, row, value) {
  const id = uid("stem");
  const options = control.options.map((text, at) => el("option", { value: at }, `${control.letters[at]} · ${shortened(text)}`));
  const select = el("select", { id, "data-key": `${control.action}:${row}` }, el("option", { value: -1 }, "Choose…"), options);
  select.value = String(value);
  return { select, item: el("li", { class: "stem" }, el("label", { for: id }, stem), select) };
}

const shortened = (text) => (text.length > SELECT_OVER ? `${text.slice(0, SELECT_OVER).trimEnd()}…` : text);
