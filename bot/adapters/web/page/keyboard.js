/* Single keys, while no text field has focus. They can be switched off in the keyboard dialog. */

import { recall, remember } from "./browser_memory.js";
import { openReactions } from "./reactions.js";

const KEY = "studyhall.single-keys";

export const singleKeys = () => recall(KEY) ?? true;
export const setSingleKeys = (on) => remember(KEY, on);

/** Listen for the keys; *showKeys* lists them. */
export function startKeyboard(page, showKeys) {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (page.store.me === null || document.querySelector("dialog[open]") !== null) return;
    // Escape leads out of the field of an answer too; every other key is typed there.
    const leaves = event.key === "Escape" && event.target.closest?.("form.typed") != null;
    if (isTyping(event.target) && !leaves) return;
    if (act(event, page, showKeys)) event.preventDefault();
  });
}

function act(event, page, showKeys) {
  if (event.key === "Escape") return page.composer.focus() ?? true;
  if (!singleKeys()) return false;
  if (event.key === "?") return showKeys() ?? true;
  if (event.key === "/") return page.composer.focus("/") ?? true;
  if (event.key === "r") return reactToActive(page);
  return /^[a-jA-J]$/.test(event.key) && pickLetter(event.key.toLowerCase());
}

function reactToActive(page) {
  const row = page.messages.activeRow();
  if (row === null || row.querySelector(".toolbar") === null) return false;
  openReactions(row);
  return true;
}

/** Press that option of the newest question that is open, as if by mouse; one that lasts all day comes after. */
function pickLetter(letter) {
  const inPlay = (card) => [...document.querySelectorAll(`#flow ${card} [data-letter="${letter}"]:not(.practice *)`)].at(-1);
  const option = inPlay(".card:not(.lasting)") ?? inPlay(".card.lasting");
  if (option === undefined) return false;
  option.focus();
  option.click();
  return true;
}

function isTyping(target) {
  return target.matches?.("textarea, select, input:not([type=checkbox])") ?? false;
}
