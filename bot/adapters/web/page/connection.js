/*
 * The socket to the server. A frame with an id is kept until the server acknowledges that id, and sent again
 * with the same id after every reconnect, so an answer is never lost and never counted twice.
 */

import { recallHere, rememberHere } from "./browser_memory.js";

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 5000;
const SILENT_MS = 8000;
const WATCH_MS = 2000;
const UNSENT = "studyhall.unsent";

/** The server said no to a frame, in one sentence. */
export class RefusedError extends Error {}

/**
 * Fires `frame` (detail: the frame), `open` after each welcome, `waiting` (detail: {tries}) while away, and
 * `refused` (detail: why) for a frame that was sent before a reload.
 */
export class Connection extends EventTarget {
  #token;
  #hello = null;
  #socket = null;
  #welcomed = false;
  #tries = 0;
  #timer = null;
  #kept = new Map();

  constructor(token) {
    super();
    this.#token = token;
    for (const frame of recallHere(UNSENT) ?? []) this.#kept.set(frame.id, { frame, since: Date.now() });
    setInterval(() => this.#watch(), WATCH_MS);
    addEventListener("online", () => this.retryNow());
    document.addEventListener("visibilitychange", () => document.hidden || this.retryNow());
  }

  get ready() {
    return this.#welcomed;
  }

  /** Connect and stay connected; *hello* makes the first frame of each connection. */
  start(hello) {
    this.stop();
    this.#hello = hello;
    this.#connect();
  }

  /** Disconnect and stay away. */
  stop() {
    this.#hello = null;
    clearTimeout(this.#timer);
    this.#timer = null;
    this.#drop();
  }

  /** Try at once instead of waiting. */
  retryNow() {
    if (this.#hello === null || this.#timer === null) return;
    clearTimeout(this.#timer);
    this.#connect();
  }

  /** Send *body* under a new id; resolves with the acknowledgement's notice, rejects with RefusedError. */
  send(body) {
    const frame = { ...body, id: newId() };
    return new Promise((resolve, reject) => {
      this.#kept.set(frame.id, { frame, since: Date.now(), resolve, reject });
      this.#store();
      this.#write(frame);
    });
  }

  /** Send *frame* if connected; nobody waits for it. Returns whether it went out. */
  ask(frame) {
    return this.#write(frame);
  }

  /** Forget what waits, because this tab becomes somebody else. */
  forgetUnsent() {
    this.#kept.clear();
    this.#store();
  }

  #connect() {
    this.#timer = null;
    this.#drop();
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const socket = new WebSocket(`${scheme}://${location.host}/socket?token=${encodeURIComponent(this.#token)}`);
    this.#socket = socket;
    socket.addEventListener("open", () => socket.send(JSON.stringify({ type: "hello", ...this.#hello() })));
    socket.addEventListener("message", (event) => this.#socket === socket && this.#take(JSON.parse(event.data)));
    socket.addEventListener("close", () => this.#socket === socket && this.#lost());
  }

  #drop() {
    const socket = this.#socket;
    this.#socket = null;
    this.#welcomed = false;
    socket?.close();
  }

  #lost() {
    this.#socket = null;
    this.#welcomed = false;
    if (this.#hello === null) return;
    const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.#tries);
    this.#tries += 1;
    // Some chance in it, so that a hundred pages do not come back in the same moment.
    this.#timer = setTimeout(() => this.#connect(), wait * (0.75 + Math.random() / 4));
    this.#tell("waiting", { tries: this.#tries });
  }

  #take(frame) {
    if (frame.type === "welcome") {
      this.#welcomed = true;
      this.#tries = 0;
    }
    this.#tell("frame", frame);
    if (frame.type === "welcome") this.#welcome();
    if (frame.type === "ack") this.#settle(frame.id, (kept) => kept.resolve?.(frame.notice ?? null));
    if (frame.type === "refused" && frame.id) this.#settle(frame.id, (kept) => this.#refuse(kept, frame.text));
  }

  /** Nobody waits any more for what was sent before a reload; its refusal is told all the same. */
  #refuse(kept, text) {
    if (kept.reject === undefined) this.#tell("refused", text);
    else kept.reject(new RefusedError(text));
  }

  #welcome() {
    this.#tell("open");
    for (const kept of this.#kept.values()) {
      kept.since = Date.now();
      this.#write(kept.frame);
    }
  }

  #settle(id, finish) {
    const kept = this.#kept.get(id);
    if (kept === undefined) return;
    this.#kept.delete(id);
    this.#store();
    finish(kept);
  }

  /** A socket that looks open but answers nothing is closed, which starts a reconnect. */
  #watch() {
    if (!this.#welcomed) return;
    const silent = [...this.#kept.values()].some((kept) => Date.now() - kept.since > SILENT_MS);
    if (silent) this.#socket?.close();
  }

  #write(frame) {
    if (!this.#welcomed || this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(JSON.stringify(frame));
    return true;
  }

  #store() {
    const frames = [...this.#kept.values()].map((kept) => kept.frame);
    rememberHere(UNSENT, frames.length === 0 ? null : frames);
  }

  #tell(type, detail = null) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

/** A random UUID; `crypto.randomUUID` is missing on plain http from another machine. */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
