/* Suggestions while a command is typed. The words come from the server; the keyboard never leaves the box. */

import { announce } from "./announcer.js";
import { byId, el, uid } from "./dom.js";
import { newId } from "./connection.js";

const PAUSE_MS = 70;

export class Completion {
  #box;
  #connection;
  #panel = byId("suggest");
  #list = byId("suggest-list");
  #items = [];
  #active = -1;
  #asked = null;
  #timer = null;

  constructor(box, connection) {
    this.#box = box;
    this.#connection = connection;
    box.addEventListener("input", () => this.#typed());
    box.addEventListener("blur", () => this.close());
    connection.addEventListener("frame", ({ detail }) => this.#suggested(detail));
  }

  /** Take *event* if it is meant for the list; says whether it was. */
  key(event) {
    if (event.isComposing) return false;
    if (this.#panel.hidden) {
      // What was asked for and has not come yet is not wanted any more.
      if (event.key === "Escape") this.close();
      return false;
    }
    const acts = {
      ArrowDown: () => this.#move(1),
      ArrowUp: () => this.#move(-1),
      // Backwards the focus leaves: past the list, which is gone by then.
      Tab: () => (event.shiftKey ? this.close() ?? false : this.#accept(Math.max(0, this.#active))),
      Enter: () => !event.shiftKey && this.#active >= 0 && this.#accept(this.#active),
      Escape: () => this.close(),
    };
    if (!(event.key in acts) || acts[event.key]() === false) return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  close() {
    clearTimeout(this.#timer);
    this.#asked = null;
    this.#items = [];
    this.#panel.hidden = true;
    this.#mark(-1);
    this.#list.replaceChildren();
  }

  #typed() {
    clearTimeout(this.#timer);
    const text = this.#box.value;
    if (!text.startsWith("/") || text.includes("\n")) return this.close();
    this.#timer = setTimeout(() => this.#ask(text), PAUSE_MS);
    return undefined;
  }

  #ask(text) {
    this.#asked = newId();
    this.#connection.ask({ type: "complete", id: this.#asked, text });
  }

  #suggested(frame) {
    if (frame.type !== "suggestions" || frame.id !== this.#asked) return;
    const chosen = this.#items[this.#active]?.insert;
    // What is already typed whole is no suggestion.
    this.#items = frame.items.filter((item) => item.insert.trim() !== this.#box.value.trim());
    if (this.#items.length === 0 || document.activeElement !== this.#box) return this.close();
    this.#list.replaceChildren(...this.#items.map((item, at) => this.#option(item, at)));
    this.#panel.hidden = false;
    // Whoever chooses faster than suggestions come keeps what they chose.
    this.#mark(this.#items.findIndex((item) => item.insert === chosen));
    announce(this.#items.length === 1 ? "1 suggestion" : `${this.#items.length} suggestions`);
    return undefined;
  }

  #option(item, at) {
    const node = el("li", { role: "option", id: uid("suggestion"), "aria-selected": "false" },
      el("span", { class: "suggest-label" }, item.label), " ", el("span", { class: "suggest-hint" }, item.hint));
    // Before the box would lose the focus.
    node.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      this.#accept(at);
    });
    return node;
  }

  #move(step) {
    const count = this.#items.length;
    this.#mark(this.#active < 0 && step < 0 ? count - 1 : (this.#active + step + count) % count);
    return true;
  }

  #mark(at) {
    this.#active = at;
    [...this.#list.children].forEach((node, each) => node.setAttribute("aria-selected", String(each === at)));
    const node = this.#list.children[at];
    if (node === undefined) this.#box.removeAttribute("aria-activedescendant");
    else this.#box.setAttribute("aria-activedescendant", node.id);
    node?.scrollIntoView({ block: "nearest" });
  }

  /** Take a suggestion; a word that is finished gets its space, so that the next can be suggested. */
  #accept(at) {
    const { insert } = this.#items[at];
    this.#box.value = /[\s:/,=]$/.test(insert) ? insert : `${insert} `;
    this.#box.setSelectionRange(this.#box.value.length, this.#box.value.length);
    this.close();
    this.#box.dispatchEvent(new Event("input"));
    return true;
  }
}
