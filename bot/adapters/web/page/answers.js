/* What this reader has typed, picked, sent and been told, for each message that has controls. */

import { announce } from "./announcer.js";

const NOTHING = { pending: null, error: "" };

/** What *view* says under its title: the title alone would not say why. */
function withoutTitle({ title, alt }) {
  return (alt.startsWith(title) ? alt.slice(title.length).trim() : alt) || title;
}

/** Keeps drafts and answers, and sends presses. *refresh(seq)* redraws the controls of a message. */
export class Answers {
  #connection;
  #store;
  #refresh;
  #arrived;
  #states = new Map();
  #drafts = new Map();

  constructor(connection, store, { refresh, arrived }) {
    this.#connection = connection;
    this.#store = store;
    this.#refresh = refresh;
    this.#arrived = arrived;
    connection.addEventListener("open", () => this.#refreshPending());
    connection.addEventListener("waiting", () => this.#refreshPending());
  }

  clear() {
    this.#states.clear();
    this.#drafts.clear();
  }

  /** What the controls of message *seq* need to know and may do. */
  context(seq) {
    return {
      seq,
      at: this.#store.find(seq)?.at ?? 0,
      myName: this.#store.me?.name ?? "",
      answerable: (this.#store.find(seq)?.view?.controls ?? []).some((control) => control.type !== "button"),
      labels: () => this.#state(seq).pending ?? this.#accepted(seq),
      marks: () => this.#marks(seq),
      // Who answered takes part; of others the page does not know.
      takesPart: () => (this.#store.find(seq)?.mine ?? null) !== null,
      pending: () => this.#state(seq).pending !== null,
      draft: (action) => this.#drafts.get(`${seq}|${action}`),
      keepDraft: (action, values) => this.#drafts.set(`${seq}|${action}`, values),
      press: (action, picked, typed, labels) => this.#press(seq, { action, picked, typed }, labels),
      say: (text) => this.#say(seq, text),
    };
  }

  /** What the line under the controls of *seq* says. */
  status(seq) {
    const { pending, error } = this.#state(seq);
    // A reveal marks the chosen options themselves.
    const said = this.#store.find(seq)?.view?.tone === "reveal" && this.#marks(seq).length > 0;
    return { pending: pending !== null, waiting: !this.#connection.ready, error, labels: said ? [] : this.#accepted(seq) };
  }

  #state(seq) {
    return this.#states.get(seq) ?? NOTHING;
  }

  #accepted(seq) {
    const mine = this.#store.find(seq)?.mine ?? null;
    if (mine === null) return [];
    return mine.labels ?? Object.values(mine).find((value) => Array.isArray(value?.labels))?.labels ?? [];
  }

  /** The letters of the options that the reader chose. */
  #marks(seq) {
    return this.#store.find(seq)?.mine?.marks ?? [];
  }

  #set(seq, change) {
    this.#states.set(seq, { ...NOTHING, ...change });
    this.#refresh(seq);
  }

  /** A mistake that the page itself can see, told at the control. */
  #say(seq, text) {
    this.#set(seq, { error: text });
    announce(text);
  }

  /** *labels* is null for a plain button, whose press is not an answer. */
  async #press(seq, values, labels) {
    if (labels !== null) this.#set(seq, { pending: labels });
    const control = this.#control(seq, values.action);
    const marks = ["one", "many"].includes(control?.how) ? labels : [];
    try {
      const notice = await this.#connection.send({ type: "press", message: seq, ...values });
      // What is for practice is told how it went, and stays no answer.
      this.#acknowledged(seq, control?.practice ? null : labels, marks, notice);
    } catch (refused) {
      this.#say(seq, refused.message);
    }
  }

  /** The control of *seq* that sends *action*. Only one that chooses options marks any: an order names them all. */
  #control(seq, action) {
    return this.#store.find(seq)?.view?.controls.find((one) => one.action === action);
  }

  #acknowledged(seq, labels, marks, notice) {
    const refused = notice?.view?.tone === "refused";
    if (labels !== null && !refused) this.#store.answered(seq, labels, marks);
    this.#set(seq, refused ? { error: withoutTitle(notice.view) } : {});
    // An answer is confirmed at its question; what another button brings stands at the end.
    if (notice !== null) this.#arrived(notice, { jump: labels === null });
  }

  #refreshPending() {
    for (const [seq, state] of this.#states) if (state.pending !== null) this.#refresh(seq);
  }
}
