/* The two dialogs: the keys, and a new channel. */

import { byId } from "./dom.js";
import { setSingleKeys, singleKeys } from "./keyboard.js";

/** Wire the dialogs to their buttons. */
export function startDialogs(page) {
  byId("help").addEventListener("click", showKeys);
  byId("single-keys").addEventListener("change", (event) => setSingleKeys(event.target.checked));
  byId("new-channel").addEventListener("click", showNewChannel);
  for (const button of document.querySelectorAll("[data-close-dialog]")) button.addEventListener("click", () => button.closest("dialog").close());
  byId("channel-form").addEventListener("submit", (event) => {
    event.preventDefault();
    makeChannel(page);
  });
}

/** Show what the keys do. */
export function showKeys() {
  byId("single-keys").checked = singleKeys();
  byId("keyboard-dialog").showModal();
}

function showNewChannel() {
  byId("channel-name").value = "";
  byId("channel-error").textContent = "";
  byId("channel-dialog").showModal();
  byId("channel-name").focus();
}

async function makeChannel(page) {
  const name = byId("channel-name").value.trim().replace(/^#/, "");
  if (name === "") {
    byId("channel-error").textContent = "Type a name for the channel.";
    return;
  }
  try {
    await page.connection.send({ type: "channel", name });
    byId("channel-dialog").close();
    page.openSoon(name);
  } catch (refused) {
    byId("channel-error").textContent = refused.message;
  }
}
