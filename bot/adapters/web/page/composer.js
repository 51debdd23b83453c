/* Where people type: lines and commands. */

import { byId, el } from "./dom.js";
import { Completion } from "./completion.js";
import { channelName } from "./store.js";
import { lineNodes } from "./message_rows.js";

const TALLEST_PX = 180;
const SLOW_MS = 700;

/** The message box. What was typed stays with its channel, and comes back when the server refuses it. */
export class Composer {
  #page;
  #box = byId("composer-text");
  #drafts = new Map();
  #channel = null;

  constructor(page) {
    this.#page = page;
    const completion = new Completion(this.#box, page.connection);
    this.#box.addEventListener("input", () => this.#grow());
    this.#box.addEventListener("keydown", (event) => completion.key(event) || this.#key(event));
    byId("composer").addEventListener("submit", (event) => {
      event.preventDefault();
      completion.close();
      this.#send();
    });
    page.store.addEventListener("current", () => this.#changeChannel());
    page.connection.addEventListener("frame", ({ detail }) => this.#echoed(detail));
  }

  /** Put the caret here, unless that would bring up a keyboard on the screen. */
  invite() {
    if (!matchMedia("(pointer: coarse)").matches) this.#box.focus();
  }

  /** Put the caret here; with *text*, start with it. */
  focus(text = null) {
    this.#box.focus();
    if (text !== null && this.#box.value === "") this.#fill(text);
  }

  #fill(text) {
    this.#box.value = text;
    this.#box.dispatchEvent(new Event("input"));
  }

  #key(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    byId("composer").requestSubmit();
  }

  #changeChannel() {
    const channel = this.#page.store.current;
    if (this.#channel !== null) this.#drafts.set(this.#channel, this.#box.value);
    this.#channel = channel;
    this.#fill(this.#drafts.get(channel) ?? "");
    const where = channel === "@me" ? "Just me" : `#${channelName(channel)}`;
    byId("composer-label").textContent = `Message in ${where}`;
    const hint = matchMedia("(max-width: 760px)").matches ? "" : ", or / for commands";
    this.#box.placeholder = channel === "@me" ? "Type / for commands" : `Message ${where}${hint}`;
  }

  #grow() {
    this.#box.style.height = "auto";
    this.#box.style.height = `${Math.min(TALLEST_PX, this.#box.scrollHeight)}px`;
    byId("composer").classList.toggle("has-text", this.#box.value.trim() !== "");
  }

  #send() {
    const text = this.#box.value.trim();
    if (text === "") return;
    const channel = this.#page.store.current;
    this.#fill("");
    this.#page.messages.toNewest();
    this.#post(channel, text);
  }

  async #post(channel, text) {
    const waiting = this.#showUnsent(channel, text);
    try {
      const notice = await this.#page.connection.send({ type: "say", channel, text });
      // The line itself may come a moment after its acknowledgement; until then this one stands for it.
      if (text.startsWith("/")) waiting.remove();
      else setTimeout(() => waiting.remove(), SLOW_MS);
      if (notice !== null) this.#page.arrived(notice);
    } catch (refused) {
      waiting.remove();
      this.#page.tell(refused.message, channel);
      if (this.#page.store.current === channel && this.#box.value === "") this.#fill(text);
    }
  }

  /** The line as it will be, pale, until the server has it. */
  #showUnsent(channel, text) {
    const state = el("p", { class: "unsent-state" });
    const item = el("li", { class: "unsent-line", "data-channel": channel }, lineNodes(text), state);
    item.plain = text;
    byId("unsent").append(item);
    const late = () => {
      state.textContent = this.#page.connection.ready ? "Sending…" : "Not sent yet: it goes out as soon as the connection is back.";
      if (item.isConnected) setTimeout(late, SLOW_MS);
    };
    setTimeout(late, this.#page.connection.ready ? SLOW_MS : 0);
    return item;
  }

  /** Our own line came back as a message: the pale one has done its work. */
  #echoed(frame) {
    if (frame.type !== "message" || !this.#page.store.isMine(frame.message)) return;
    const same = [...byId("unsent").children].find((item) => item.plain === frame.message.text?.trim() && item.dataset.channel === frame.message.channel);
    same?.remove();
  }
}
