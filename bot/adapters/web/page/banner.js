/* The strip over the messages while the server is away. */

import { byId, el } from "./dom.js";

const QUIET_TRIES = 1;
const LONG_TRIES = 6;

/** Say that the connection is away; the first try is so quick that nobody needs to hear of it. */
export function showAway(tries, connection) {
  if (tries <= QUIET_TRIES) return;
  if (tries < LONG_TRIES) return show("Reconnecting…");
  const button = el("button", { type: "button", class: "button small" }, "Try now");
  button.addEventListener("click", () => connection.retryNow());
  return show("Study Hall does not answer. It is tried again every few seconds; what you send is kept.", button);
}

/** Say what the server said as it stopped. */
export const showBye = (text) => show(text);

export const showHere = () => byId("banner").replaceChildren();

function show(text, ...more) {
  const banner = byId("banner");
  if (banner.firstElementChild?.textContent === text) return;
  banner.replaceChildren(el("span", {}, text), ...more);
}
