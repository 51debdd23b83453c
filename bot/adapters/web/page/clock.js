/* The server's clock, and the countdowns that run by it. */

import { el } from "./dom.js";
import { announce } from "./announcer.js";

const SPOKEN_AT = [10, 5];
const EVERY_MS = 250;
const DAY_MIN = 24 * 60;

let offset = 0;
const running = new Set();
const saidFor = new Set();

/** Learn the server's time from a frame that just came. */
export function setServerNow(epochMs) {
  offset = epochMs - Date.now();
}

/** The server's time now, in epoch milliseconds. */
export const serverNow = () => Date.now() + offset;

/** Seconds as people read them: 45 s, 2:05, 11 h 58 min, 2 d 3 h. */
export function clockText(seconds) {
  if (seconds < 100) return `${seconds} s`;
  const minutes = Math.ceil(seconds / 60);
  if (minutes >= 2 * DAY_MIN) return `${Math.floor(minutes / DAY_MIN)} d ${Math.floor((minutes % DAY_MIN) / 60)} h`;
  if (seconds >= 3600) return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/**
 * A bar that empties and its seconds. With *speak* its last seconds are said, sparingly. A countdown that does
 * not say when it started has run since *since*.
 */
export function countdown(block, speak, since) {
  const bar = el("span", { class: "countdown-bar" });
  const figure = el("span", { class: "countdown-figure" });
  const node = el(
    "div",
    { class: "countdown", role: "timer", "aria-live": "off" },
    el("span", { class: "countdown-text" }, figure, " ", el("span", {}, block.label)),
    el("span", { class: "countdown-track", "aria-hidden": "true" }, bar),
  );
  const timer = { node, bar, figure, label: block.label, speak, born: false };
  timer.end = Date.parse(block.end);
  timer.start = Math.min(Date.parse(block.start), timer.end);
  if (timer.start === timer.end) timer.start = since;
  running.add(timer);
  draw(timer);
  return node;
}

function draw(timer) {
  const left = Math.max(0, timer.end - serverNow());
  const seconds = Math.ceil(left / 1000);
  const share = timer.end > timer.start ? Math.min(1, left / (timer.end - timer.start)) : 0;
  timer.bar.style.transform = `scaleX(${share.toFixed(4)})`;
  const text = clockText(seconds);
  if (timer.figure.textContent !== text) timer.figure.textContent = text;
  timer.node.classList.toggle("late", seconds <= SPOKEN_AT[0]);
  timer.node.classList.toggle("over", seconds === 0);
  if (timer.speak) speakAt(timer, seconds);
}

/** Say 10 and 5 seconds once each, only in a window long enough for it to be news. */
function speakAt(timer, seconds) {
  if (!SPOKEN_AT.includes(seconds) || timer.end - timer.start < (seconds + 2) * 1000) return;
  const key = `${timer.end}:${seconds}`;
  if (saidFor.has(key)) return;
  saidFor.add(key);
  announce(`${seconds} seconds ${timer.label}`);
}

setInterval(() => {
  for (const timer of running) {
    // A countdown is drawn before it is put on the page; afterwards a missing one was replaced.
    if (!timer.node.isConnected && timer.born) running.delete(timer);
    else draw(timer);
    timer.born ||= timer.node.isConnected;
  }
}, EVERY_MS);
