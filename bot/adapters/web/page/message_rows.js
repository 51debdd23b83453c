/* One message as a row: who, when, what, and its reactions. */

import { el, icon } from "./dom.js";
import { avatar } from "./avatars.js";
import { serverNow } from "./clock.js";
import { folded, isLong, linkified } from "./inline.js";
import { drawCard, drawStatus, newCard } from "./cards.js";
import { drawReactions, toolbar } from "./reactions.js";

const TIME = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const DAY = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" });
const TOGETHER_MS = 5 * 60_000;

/** A new row for *message*; fill it with drawRow. */
export function newRow(message, page) {
  const head = el("div", { class: "row-head" }, el("bdi", { class: "name" }, message.author.name),
    message.author.bot ? el("span", { class: "tag" }, "tutor") : null,
    el("time", { datetime: new Date(message.at).toISOString() }, TIME.format(message.at)));
  const row = el("li", { class: rowClass(message, page), tabindex: "-1", "data-seq": message.seq },
    el("div", { class: "day", hidden: true }), el("div", { class: "new-mark", hidden: true }, el("span", {}, "New")),
    el("div", { class: "row-inner" }, avatar(message.author),
      el("div", { class: "row-main" }, head, message.private ? onlyYou() : null, el("div", { class: "body" }), el("div", { class: "reactions" }))),
    message.private ? null : toolbar(message.seq, page));
  return row;
}

function rowClass(message, page) {
  const kinds = [message.author.bot ? "by-bot" : "by-person", message.private ? "private" : "", page.store.isMine(message) ? "own" : ""];
  return `row ${kinds.join(" ")}`;
}

const onlyYou = () => el("p", { class: "only-you" }, icon("eye"), "Only you can see this");

/** Bring *row* to what *message* says now. */
export function drawRow(row, message, page) {
  row.setAttribute("aria-label", `${message.author.name}, ${TIME.format(message.at)}`);
  const body = row.querySelector(".body");
  if (message.view) drawView(row, body, message, page);
  else if (body.textContent !== message.text) body.replaceChildren(...lineNodes(message.text ?? ""));
  drawReactions(row.querySelector(".reactions"), message, page);
}

function drawView(row, body, message, page) {
  if (body.firstElementChild === null) body.append(newCard());
  const { answers } = page;
  drawCard(body.firstElementChild, message.view, answers.context(message.seq), answers.status(message.seq), row);
}

/** Show what became of the reader's answer in *row*. */
export function drawRowStatus(row, message, page) {
  const card = row.querySelector(".card");
  if (card === null) return;
  const hasPicker = message.view.controls.some((control) => control.type !== "button");
  if (hasPicker) drawStatus(card, page.answers.status(message.seq));
  else drawRow(row, message, page);
}

/** What a person wrote. */
export function lineNodes(text) {
  const line = el("p", { class: "line", dir: "auto" }, linkified(text));
  return isLong(text) ? [line, folded(line)] : [line];
}

/** Set *row* off from the row before it: a new day, the first unread, or the same person going on. */
export function placeRow(row, message, before, isFirstNew) {
  const newDay = before === null || DAY.format(before.at) !== DAY.format(message.at);
  const day = row.querySelector(".day");
  day.hidden = !newDay;
  day.replaceChildren(el("span", {}, dayName(message.at)));
  row.querySelector(".new-mark").hidden = !isFirstNew;
  row.classList.toggle("grouped", !newDay && !isFirstNew && goesOn(before, message));
}

function goesOn(before, message) {
  return before.author.id === message.author.id && before.author.bot === message.author.bot
    && message.at - before.at < TOGETHER_MS;
}

function dayName(at) {
  return DAY.format(at) === DAY.format(serverNow()) ? "Today" : DAY.format(at);
}
