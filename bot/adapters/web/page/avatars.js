/* A person's mark: initials on a colour that follows from the name. */

import { el } from "./dom.js";

const HUES = 12;

/** The first characters of the first and the last word. */
function initials(name) {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const first = [...(words[0] ?? "?")][0];
  const last = words.length > 1 ? [...words.at(-1)][0] : "";
  return (first + last).toUpperCase();
}

function hueOf(name) {
  let mixed = 2166136261;
  for (const character of name.slice(0, 200)) mixed = Math.imul(mixed ^ character.codePointAt(0), 16777619);
  return ((mixed ^ (mixed >>> 15)) >>> 0) % HUES;
}

/** The mark of *author* ({name, bot}); words beside it say who it is. */
export function avatar(author) {
  if (author.bot) return el("img", { class: "avatar", src: "/page/icon.svg", alt: "", width: 40, height: 40 });
  return el("span", { class: `avatar hue-${hueOf(author.name)}`, "aria-hidden": "true" }, initials(author.name));
}
