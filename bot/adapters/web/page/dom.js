/* Making elements. Data enters as text or as an attribute's value, never as markup. */

/** Make an element: `on…` properties listen, true and false switch an attribute, null leaves it out. */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) setProp(node, name, value);
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

function setProp(node, name, value) {
  if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
  else if (value === null || value === undefined || value === false) node.removeAttribute(name);
  else node.setAttribute(name, value === true ? "" : value);
}

export const byId = (id) => document.getElementById(id);

/** Text that only a screen reader meets. */
export const spoken = (text) => el("span", { class: "sr-only" }, text);

let made = 0;
/** An id that nothing else on the page has. */
export const uid = (prefix) => `${prefix}-${(made += 1)}`;

export const SVG = "http://www.w3.org/2000/svg";
const ICONS = {
  menu: "M4 7h16M4 12h16M4 17h16",
  close: "M6 6l12 12M18 6L6 18",
  plus: "M12 5v14M5 12h14",
  send: "M5 12h13M12 5l7 7-7 7",
  clip: "M8 12.500l6-6a3 3 0 0 1 4.300 4.300l-8 8a5 5 0 0 1-7-7l7.500-7.500",
  people: "M9 11a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7zM2.500 20c0-4 3-6 6.500-6s6.500 2 6.500 6M16 4.500a3.500 3.500 0 0 1 0 6.300M18 14.300c2.200.8 3.500 2.800 3.500 5.700",
  keyboard: "M3 6h18v12H3zM7 10h.01M11 10h.01M15 10h.01M7.500 14h9",
  leave: "M14 4H5v16h9M10 12h11M17 8l4 4-4 4",
  sun: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2.500v2M12 19.500v2M2.500 12h2M19.500 12h2M5.300 5.300l1.400 1.400M17.300 17.300l1.400 1.400M18.700 5.300l-1.400 1.400M6.700 17.300l-1.400 1.400",
  moon: "M20 14.500A8.500 8.500 0 0 1 9.500 4a8.500 8.500 0 1 0 10.500 10.500z",
  auto: "M12 3.500a8.500 8.500 0 1 0 0 17zM12 3.500a8.500 8.500 0 0 1 0 17M15 7.500h3.500M15 11h5M15 14.500h4.500",
  up: "M6 15l6-6 6 6",
  down: "M6 9l6 6 6-6",
  grip: "M9 6h.01M15 6h.01M9 12h.01M15 12h.01M9 18h.01M15 18h.01",
  right: "M5 12.500l4.500 4.500L19 7.500",
  wrong: "M7 7l10 10M17 7L7 17",
  eye: "M2.500 12S6 5.500 12 5.500 21.500 12 21.500 12 18 18.500 12 18.500 2.500 12 2.500 12zM12 9.500a2.500 2.500 0 1 0 0 5 2.500 2.500 0 0 0 0-5z",
  smile: "M12 3.500a8.500 8.500 0 1 0 0 17 8.500 8.500 0 0 0 0-17zM8.500 14c.8 1.300 2 2 3.500 2s2.700-.7 3.500-2M9 9.500h.01M15 9.500h.01",
  question: "M12 3.500a8.500 8.500 0 1 0 0 17 8.500 8.500 0 0 0 0-17zM9.700 9.700a2.400 2.400 0 1 1 3.600 2.100c-.8.5-1.300 1-1.300 1.900M12 16.300h.01",
  lobby: "M5 20V5.500L14 3v18zM14 6h5v14M11 12h.01M3 20h18",
  reveal: "M5 20V11M12 20V4M19 20v-6",
  podium: "M9 21V7h6v14M3 21v-8h6M15 11h6v10M2 21h20",
  good: "M12 3.500a8.500 8.500 0 1 0 0 17 8.500 8.500 0 0 0 0-17zM8 12.500l2.800 2.800L16 9.500",
  info: "M12 3.500a8.500 8.500 0 1 0 0 17 8.500 8.500 0 0 0 0-17zM12 11v5M12 8h.01",
  refused: "M12 3.500a8.500 8.500 0 1 0 0 17 8.500 8.500 0 0 0 0-17zM12 8v5M12 16h.01",
};

/** A drawing beside words that say the same: hidden from screen readers. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name] ?? ICONS.info);
  svg.append(path);
  return svg;
}

/** Put the drawings into the buttons that index.html names them for. */
export function drawIcons(root) {
  for (const node of root.querySelectorAll("[data-icon]")) node.prepend(icon(node.dataset.icon));
}

/**
 * Make *parent* hold one child for each of *parts* ({key, make}), in order. A child whose key is still wanted
 * stays the very same node where it is, so what is typed, picked, dragged or focused in it is not disturbed.
 */
export function reconcile(parent, parts) {
  const wanted = new Set(parts.map((part) => part.key));
  for (const child of [...parent.children]) if (!wanted.has(child.partKey)) child.remove();
  let cursor = parent.firstElementChild;
  for (const part of parts) {
    if (cursor !== null && cursor.partKey === part.key) {
      cursor = cursor.nextElementSibling;
      continue;
    }
    const node = part.make();
    node.partKey = part.key;
    parent.insertBefore(node, cursor);
  }
  while (cursor !== null) {
    const extra = cursor;
    cursor = cursor.nextElementSibling;
    extra.remove();
  }
}

/** Run *change*; if the focused control in *root* was replaced by one with the same `data-key`, focus that. */
export function keepFocus(root, change, fallback) {
  const had = document.activeElement;
  const inside = had !== null && root.contains(had);
  const key = inside ? had.dataset.key : undefined;
  const caret = inside && "selectionStart" in had ? [had.selectionStart, had.selectionEnd] : null;
  change();
  if (!inside || had.isConnected) return;
  const now = key === undefined ? null : root.querySelector(`[data-key="${CSS.escape(key)}"]`);
  (now ?? fallback).focus({ preventScroll: true });
  if (now !== null && caret !== null && caret[0] !== null) now.setSelectionRange?.(...caret);
}
