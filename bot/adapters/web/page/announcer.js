/* What a screen reader hears: new messages in the log, small news in the notice. Both are polite. */

import { byId, el } from "./dom.js";

const KEPT = 20;

/** Say that a message came, by its one sentence. */
export function announceMessage(text) {
  const log = byId("log");
  log.append(el("p", {}, text));
  while (log.children.length > KEPT) log.firstElementChild.remove();
}

/** Say small news, such as the seconds left. */
export function announce(text) {
  const notice = byId("notice");
  // The same words twice are news twice: a reader hears only a change.
  notice.textContent = notice.textContent === text ? `${text}\u00a0` : text;
}
