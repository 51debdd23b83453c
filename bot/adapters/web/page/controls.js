/* A view's controls. Each made control has an `update()` in *updaters*, run when the reader's answer changes. */

import { el } from "./dom.js";
import { picker } from "./pickers.js";

export const updaters = new WeakMap();

/** Bring every control in *root* up to date with the reader's answer. */
export function updateControls(root) {
  for (const node of root.querySelectorAll("[data-control]")) updaters.get(node)?.();
}

/** The element of a picker or form; *taken* holds the blocks that a picker shows itself, or null. */
export function controlNode(control, taken, context) {
  const { node, update } = control.type === "form" ? form(control, context) : picker(control, taken ?? {}, context);
  node.dataset.control = control.action;
  node.classList.toggle("practice", control.practice === true);
  updaters.set(node, update);
  update();
  return node;
}

/** A row of buttons. */
export function buttonRow(buttons, context) {
  return el("div", { class: "buttons" }, buttons.map((button) => actionButton(button, context)));
}

function actionButton(button, context) {
  const name = button.hint && !button.hint.includes(button.label) ? `${button.label}: ${button.hint}` : button.hint;
  const node = el("button", {
    type: "button",
    class: `button ${button.style}`,
    "aria-label": name || null,
    title: button.hint || null,
    // An edit may change what a button sends: who turns pages stays at the button for the next.
    "data-key": `button ${button.label}`,
  }, el("span", {}, button.label));
  node.addEventListener("click", () => pressButton(node, button, context));
  return node;
}

/** A press in flight shows that it is; a second one meanwhile does nothing. The focus stays where it is. */
async function pressButton(node, button, context) {
  if (node.getAttribute("aria-busy") === "true") return;
  node.setAttribute("aria-busy", "true");
  try {
    await context.press(button.action, null, null, null);
  } finally {
    node.removeAttribute("aria-busy");
  }
}

function form(control, context) {
  const start = context.draft(control.action) ?? { typed: control.fields.map((field) => field.value ?? "") };
  const inputs = control.fields.map((field, at) => formField(field, `${control.action}:${at}`, start.typed[at] ?? ""));
  const typed = () => inputs.map(({ input }) => input.value);
  const submit = el("button", { class: "button primary", type: "submit", "data-key": `${control.action}:send` }, control.submit);
  const lines = inputs.map(({ line }) => line);
  const node = el("form", { class: "typed", novalidate: true, "aria-label": control.label }, legend(control.label), lines, submit);
  node.addEventListener("input", () => context.keepDraft(control.action, { typed: typed() }));
  node.addEventListener("submit", (event) => {
    event.preventDefault();
    sendTyped(control, inputs, typed(), context);
  });
  return { node, update: () => submit.toggleAttribute("aria-busy", context.pending()) };
}

function sendTyped(control, inputs, typed, context) {
  const empty = typed.findIndex((text, at) => text.trim() === "" && !control.fields[at].optional);
  if (empty >= 0) {
    context.say(`Type something in “${control.fields[empty].label}” first.`);
    inputs[empty].input.focus();
    return;
  }
  context.press(control.action, null, typed, typed);
}

function formField(field, key, value) {
  const hint = field.hint ? el("span", { class: "field-hint" }, field.hint) : null;
  const input = el(field.lines ? "textarea" : "input", {
    type: field.lines ? null : "text",
    rows: field.lines ? 4 : null,
    maxlength: field.longest,
    // No number pad: on many phones it has neither a minus sign nor letters for a unit.
    class: field.numeric ? "numeric" : null,
    autocomplete: "off",
    autocapitalize: "off",
    spellcheck: "false",
    dir: "auto",
    "data-key": key,
  });
  input.value = value;
  return { input, line: el("label", { class: "field" }, el("span", { class: "field-label" }, field.label), input, hint) };
}

/** What a control asks for, above it. */
export const legend = (text) => (text ? el("p", { class: "control-label" }, text) : null);

/** The line under the controls: what is being sent, what was answered, or why not. */
export function statusLine(state) {
  if (state.error) return el("p", { class: "status refused" }, state.error);
  if (state.pending) return el("p", { class: "status" }, state.waiting ? "Waiting for the connection…" : "Sending…");
  if (state.labels.length === 0) return null;
  return el("p", { class: "status answered", dir: "auto" }, "Your answer: ", el("strong", {}, state.labels.join(", ")));
}
