/* A list that is put in order: by dragging, or by the buttons of each line. */

import { el, icon } from "./dom.js";
import { announce } from "./announcer.js";
import { letterBadge } from "./views.js";

/** A list of *items* ({at, letter, text, plain}); *changed* hears the new order of positions. */
export function orderList(items, key, changed) {
  const node = el("ol", { class: "order" });
  const picked = () => [...node.children].map((row) => Number(row.dataset.at));
  const refresh = () => {
    [...node.children].forEach((row, place) => showPlace(row, place, node.children.length));
    changed(picked());
  };
  node.append(...items.map((item) => orderRow(item, key, node, refresh)));
  [...node.children].forEach((row, place) => showPlace(row, place, node.children.length));
  return { node, picked };
}

function showPlace(row, place, count) {
  row.querySelector(".place").textContent = `${place + 1}`;
  row.querySelector(".move-up").setAttribute("aria-disabled", String(place === 0));
  row.querySelector(".move-down").setAttribute("aria-disabled", String(place === count - 1));
}

function orderRow(item, key, list, refresh) {
  const handle = el("span", { class: "grip", "aria-hidden": "true" }, icon("grip"));
  const row = el("li", { class: "order-row", "data-at": item.at }, handle, el("span", { class: "place", "aria-hidden": "true" }),
    letterBadge(item.letter), item.text, moveButtons(item, key, list, refresh));
  drag(handle, row, list, refresh);
  return row;
}

function moveButtons(item, key, list, refresh) {
  const button = (way, words) => {
    const node = el("button", { type: "button", class: `icon-button move-${way}`, "aria-label": `Move ${item.letter} ${words}`, "data-key": `${key}:${item.at}:${way}` }, icon(way));
    node.addEventListener("click", () => move(node, way, item, list, refresh));
    return node;
  };
  return el("span", { class: "move" }, button("up", "up"), button("down", "down"));
}

function move(button, way, item, list, refresh) {
  const row = button.closest("li");
  const beside = way === "up" ? row.previousElementSibling : row.nextElementSibling;
  if (beside === null) return;
  if (way === "up") beside.before(row);
  else beside.after(row);
  refresh();
  // Moving a node takes the focus from it.
  button.focus();
  announce(`${item.letter} is now number ${[...list.children].indexOf(row) + 1} of ${list.children.length}`);
}

/** Dragging by the handle, with a mouse or a finger: the row changes place as soon as it passes another. */
function drag(handle, row, list, refresh) {
  const follow = (event) => {
    for (const other of list.children) {
      if (other === row) continue;
      const box = other.getBoundingClientRect();
      if (event.clientY < box.top || event.clientY > box.bottom) continue;
      const isBelow = row.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING;
      const middle = box.top + box.height / 2;
      if (isBelow && event.clientY > middle) other.after(row);
      else if (!isBelow && event.clientY < middle) other.before(row);
      return;
    }
  };
  const drop = () => {
    document.removeEventListener("pointermove", follow);
    row.classList.remove("dragged");
    refresh();
  };
  handle.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    row.classList.add("dragged");
    document.addEventListener("pointermove", follow);
    document.addEventListener("pointerup", drop, { once: true });
    document.addEventListener("pointercancel", drop, { once: true });
  });
}
