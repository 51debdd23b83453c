/* The list of channels, their unread marks, and the page's title. */

import { byId, el, icon, reconcile } from "./dom.js";
import { channelName, MINE_ONLY } from "./store.js";

/** Draws the list and keeps it. */
export function startChannels(page) {
  const draw = () => drawList(page);
  for (const type of ["channels", "unread", "current"]) page.store.addEventListener(type, draw);
}

function drawList(page) {
  const { store } = page;
  reconcile(byId("channel-list"), store.channels.map((name) => ({ key: `${name}`, make: () => el("li", {}, channelButton(name, page)) })));
  [...byId("channel-list").children].forEach((item, at) => showState(item.firstElementChild, store.channels[at], store));
  const total = store.channels.reduce((sum, name) => sum + store.unread(name), 0);
  byId("rail-badge").hidden = total - store.unread(store.current) === 0;
  document.title = `${total > 0 ? `(${total}) ` : ""}${channelName(store.current)} · Study Hall`;
}

function channelButton(name, page) {
  const mark = name === MINE_ONLY ? icon("eye") : el("span", { class: "hash", "aria-hidden": "true" }, "#");
  const button = el("button", { type: "button", class: "channel" }, mark, el("bdi", { class: "channel-name" }, channelName(name)), el("span", { class: "unread" }));
  button.addEventListener("click", () => {
    page.drawers.close();
    page.store.open(name);
    page.composer.invite();
  });
  return button;
}

function showState(button, name, store) {
  const unread = store.unread(name);
  button.toggleAttribute("data-unread", unread > 0);
  if (name === store.current) button.setAttribute("aria-current", "page");
  else button.removeAttribute("aria-current");
  const badge = button.querySelector(".unread");
  badge.replaceChildren(...(unread > 0 ? [unread > 99 ? "99+" : String(unread), el("span", { class: "sr-only" }, " unread")] : []));
}
