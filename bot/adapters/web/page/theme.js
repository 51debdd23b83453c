/* Light, dark, or what the system says; remembered in this browser. */

import { byId, icon } from "./dom.js";
import { recall, remember } from "./browser_memory.js";

const KEY = "studyhall.theme";
const ORDER = ["auto", "light", "dark"];
const LOOK = { auto: ["auto", "Colours: as the system"], light: ["sun", "Colours: light"], dark: ["moon", "Colours: dark"] };

const current = () => document.documentElement.dataset.theme ?? "auto";

function choose(theme) {
  if (theme === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  remember(KEY, theme);
  show();
}

function show() {
  const [drawing, label] = LOOK[current()];
  const button = byId("theme");
  button.replaceChildren(icon(drawing));
  button.setAttribute("aria-label", label);
  button.title = label;
}

/** Let the button go through the three. */
export function startTheme() {
  if (recall(KEY) === null) remember(KEY, "auto");
  byId("theme").addEventListener("click", () => choose(ORDER[(ORDER.indexOf(current()) + 1) % ORDER.length]));
  show();
}
