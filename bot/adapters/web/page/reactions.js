/* Reactions: counts under a message, a small bar beside it, and a menu with more. */

import { el, icon, keepFocus, spoken } from "./dom.js";

const QUICK = ["👍", "🎉", "😄"];
const MORE = ["👍", "👎", "🎉", "😄", "😅", "🤔", "😮", "😢", "❤️", "🔥", "👏", "🙏", "👀", "💡", "✅", "❌"];
const NAMES = {
  "👍": "thumbs up", "👎": "thumbs down", "🎉": "party", "😄": "laughing", "😅": "phew", "🤔": "thinking",
  "😮": "surprised", "😢": "sad", "❤️": "heart", "🔥": "fire", "👏": "applause", "🙏": "thanks", "👀": "looking",
  "💡": "idea", "✅": "tick", "❌": "cross",
};

/** The reactions that *message* has, each a button that takes part in it. */
export function drawReactions(box, message, page) {
  const entries = Object.entries(message.reactions ?? {}).filter(([, ids]) => ids.length > 0);
  keepFocus(box, () => box.replaceChildren(...entries.map(([emoji, ids]) => counted(message.seq, emoji, ids, page))), box.closest(".row"));
}

function counted(seq, emoji, ids, page) {
  const mine = ids.includes(page.store.me?.id);
  const names = ids.slice(0, 12).map((id) => page.store.nameOf(id)).join(", ");
  const button = el("button", { type: "button", class: "reaction", "aria-pressed": String(mine), title: names, "data-key": `react:${emoji}` },
    el("span", { "aria-hidden": "true" }, emoji), spoken(`${NAMES[emoji] ?? emoji}, `), el("span", { class: "reaction-count" }, String(ids.length)));
  button.addEventListener("click", () => react(seq, emoji, !mine, page));
  return button;
}

function react(seq, emoji, on, page) {
  // What the server says afterwards is shown; a refusal has nothing to undo.
  page.connection.send({ type: "react", message: seq, emoji, on }).catch((refused) => page.tell(refused.message));
}

function toggle(seq, emoji, page) {
  const ids = page.store.find(seq)?.reactions?.[emoji] ?? [];
  react(seq, emoji, !ids.includes(page.store.me.id), page);
}

/** The bar that appears at a message under the pointer or with focus. */
export function toolbar(seq, page) {
  const bar = el("div", { class: "toolbar", role: "toolbar", "aria-label": "React" });
  for (const emoji of QUICK) bar.append(emojiButton(emoji, () => toggle(seq, emoji, page)));
  const more = el("button", { type: "button", class: "more", "aria-label": "More reactions", "aria-expanded": "false", tabindex: "-1" }, icon("smile"));
  more.addEventListener("click", () => (bar.querySelector(".emoji-menu") ? closeMenu(bar) : openMenu(bar, seq, page)));
  bar.append(more);
  bar.addEventListener("keydown", (event) => walk(event, bar));
  bar.addEventListener("focusout", (event) => bar.contains(event.relatedTarget) || closeMenu(bar, false));
  return bar;
}

function emojiButton(emoji, press) {
  return el("button", { type: "button", tabindex: "-1", "aria-label": NAMES[emoji] ?? emoji, onclick: press }, emoji);
}

/** Open the menu of *bar* with its first emoji focused. */
function openMenu(bar, seq, page) {
  const take = (emoji) => () => {
    toggle(seq, emoji, page);
    closeMenu(bar);
  };
  const menu = el("div", { class: "emoji-menu", role: "group", "aria-label": "Reactions" }, MORE.map((emoji) => emojiButton(emoji, take(emoji))));
  bar.append(menu);
  const row = bar.closest(".row");
  menu.classList.toggle("above", row.getBoundingClientRect().top > innerHeight / 2);
  bar.querySelector(".more").setAttribute("aria-expanded", "true");
  menu.firstElementChild.focus();
}

function closeMenu(bar, focus = true) {
  const menu = bar.querySelector(".emoji-menu");
  if (menu === null) return;
  const more = bar.querySelector(".more");
  more.setAttribute("aria-expanded", "false");
  if (focus) more.focus();
  menu.remove();
}

/** Arrows go along the bar or the menu; Escape closes the menu, then leaves the bar for its message. */
function walk(event, bar) {
  if (event.key === "Escape") {
    event.stopPropagation();
    if (bar.querySelector(".emoji-menu")) closeMenu(bar);
    else bar.closest(".row").focus();
    return;
  }
  const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -8, ArrowDown: 8 }[event.key];
  if (step === undefined) return;
  event.preventDefault();
  const inside = event.target.closest(".emoji-menu") ?? bar;
  const buttons = [...inside.querySelectorAll(":scope > button")];
  buttons[Math.max(0, Math.min(buttons.length - 1, buttons.indexOf(event.target) + step))].focus();
}

/** Open the reactions of *row*, for the `r` key. */
export function openReactions(row) {
  row.focus();
  row.querySelector(".toolbar .more")?.click();
}
