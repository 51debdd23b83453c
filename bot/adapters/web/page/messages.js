/* The messages of the open channel: kept in order, kept in place, older ones on demand. */

import { announceMessage } from "./announcer.js";
import { byId } from "./dom.js";
import { drawRow, drawRowStatus, newRow, placeRow } from "./message_rows.js";
import { channelName, MINE_ONLY } from "./store.js";

const NEAR_PX = 90;
const NEWS_PX = 24;
const GAP_PX = 6;

/** Draws the store's open channel into the page. */
export class Messages {
  #page;
  #rows = new Map();
  #list = byId("flow");
  #scroller = byId("scroller");
  /** The row whose top stays in sight while the reader follows along: the newest, or the open question. */
  #anchor = null;
  #follows = true;
  #below = 0;
  #firstNew = null;
  #asked = false;

  constructor(page) {
    this.#page = page;
    const { store } = page;
    store.addEventListener("current", () => this.show());
    store.addEventListener("message", ({ detail }) => this.#take(detail));
    store.addEventListener("page", ({ detail }) => this.#paged(detail));
    this.#scroller.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    this.#scroller.addEventListener("keydown", (event) => this.#walk(event));
    this.#list.addEventListener("focusin", (event) => this.#activate(event.target.closest(".row")));
    byId("older").addEventListener("click", () => this.#askOlder());
    byId("to-newest").addEventListener("click", () => this.toNewest());
    const keep = new ResizeObserver(() => this.#follows && this.#follow());
    for (const node of [this.#list, this.#scroller, byId("unsent")]) keep.observe(node);
    document.addEventListener("visibilitychange", () => this.#look());
    addEventListener("focus", () => this.#look());
  }

  /** Draw the open channel from nothing. */
  show() {
    const { store } = this.#page;
    this.#rows.clear();
    this.#list.replaceChildren();
    this.#asked = false;
    this.#follows = true;
    const seqs = store.channel(store.current).order();
    this.#firstNew = this.#firstUnread(seqs);
    for (const seq of seqs) this.#put(store.find(seq));
    this.#placeAll();
    this.#showStart();
    this.#anchorNewest();
    this.#look();
  }

  /** Go to the newest message, whatever its kind, and follow from there. */
  toNewest() {
    this.#follows = true;
    this.#anchor = this.#list.lastElementChild;
    this.#follow();
    this.#look();
  }

  /** Show what became of the reader's answer to message *seq*. */
  refresh(seq) {
    const message = this.#page.store.find(seq);
    if (this.#rows.has(seq) && message?.view) drawRowStatus(this.#rows.get(seq), message, this.#page);
  }

  row(seq) {
    return this.#rows.get(seq) ?? null;
  }

  /** The row that has focus, else the newest. */
  activeRow() {
    return document.activeElement?.closest?.(".row") ?? this.#list.lastElementChild;
  }

  #firstUnread(seqs) {
    const { store } = this.#page;
    const read = store.lastRead(store.current);
    if (store.unread(store.current) === 0) return null;
    return seqs.find((seq) => seq > read && !store.isMine(store.find(seq))) ?? null;
  }

  #take({ message, added, live }) {
    if (message.channel !== this.#page.store.current) return;
    if (!added) {
      if (this.#rows.has(message.seq)) drawRow(this.#rows.get(message.seq), message, this.#page);
      return;
    }
    this.#put(message);
    if (!live) return;
    this.#placeAround(message.seq);
    this.#showStart();
    this.#arrived(message);
  }

  #put(message) {
    const row = newRow(message, this.#page);
    this.#rows.set(message.seq, row);
    drawRow(row, message, this.#page);
    let after = this.#list.lastElementChild;
    while (after !== null && Number(after.dataset.seq) > message.seq) after = after.previousElementSibling;
    if (after === null) this.#list.prepend(row);
    else after.after(row);
  }

  #arrived(message) {
    const own = this.#page.store.isMine(message);
    const row = this.#rows.get(message.seq);
    if (own) this.toNewest();
    else announceMessage(spokenForm(message));
    if (!isAside(message) && !isOpenQuestion(this.#anchor)) this.#anchor = row;
    if (this.#follows) this.#follow();
    if (!own && !isConfirmation(message) && this.#isBelow(row)) this.#countBelow(this.#below + 1);
    this.#look();
  }

  #isBelow(row) {
    return row.getBoundingClientRect().top > this.#scroller.getBoundingClientRect().bottom - NEWS_PX;
  }

  /** Mark as read what the reader can see now. */
  #look() {
    const { store } = this.#page;
    if (store.me !== null && this.#follows && !document.hidden && document.hasFocus()) store.markRead(store.current);
  }

  #paged({ channel, older }) {
    if (channel !== this.#page.store.current) return;
    this.#asked = false;
    const before = this.#scroller.scrollHeight - this.#scroller.scrollTop;
    this.#placeAll();
    this.#showStart();
    if (this.#follows) this.#anchorNewest();
    else if (older) this.#scroller.scrollTop = this.#scroller.scrollHeight - before;
    this.#look();
  }

  #placeAll() {
    let before = null;
    for (const row of this.#list.children) {
      const message = this.#messageOf(row);
      placeRow(row, message, before, message.seq === this.#firstNew);
      before = message;
    }
  }

  #placeAround(seq) {
    const row = this.#rows.get(seq);
    for (const each of [row, row.nextElementSibling]) {
      if (each === null) continue;
      const before = each.previousElementSibling;
      const message = this.#messageOf(each);
      placeRow(each, message, before === null ? null : this.#messageOf(before), message.seq === this.#firstNew);
    }
  }

  #messageOf(row) {
    return this.#page.store.find(Number(row.dataset.seq));
  }

  #showStart() {
    const { store } = this.#page;
    const channel = store.channel(store.current);
    byId("older").hidden = channel.more !== true;
    byId("welcome").hidden = channel.more !== false || channel.messages.size > 0;
  }

  #scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.#scroller;
    this.#follows = scrollTop > this.#target() - NEAR_PX;
    if (scrollHeight - scrollTop - clientHeight < NEAR_PX) this.#countBelow(0);
    if (scrollTop < NEAR_PX && !this.#follows) this.#askOlder();
    this.#look();
  }

  #askOlder() {
    const { store, connection } = this.#page;
    const channel = store.channel(store.current);
    if (this.#asked || channel.more !== true) return;
    this.#asked = connection.ask({ type: "history", channel: store.current, before: channel.order()[0] });
  }

  /** Follow the newest message that is no word aside, or the question that is open. */
  #anchorNewest() {
    const rows = [...this.#list.children];
    this.#anchor = rows.findLast(isOpenQuestion) ?? rows.findLast((row) => !isAside(this.#messageOf(row))) ?? null;
    this.#follow();
  }

  /** Where to be when following: at the end, or higher if the anchor's top would leave the screen. */
  #target() {
    const { scrollTop, scrollHeight, clientHeight } = this.#scroller;
    const end = scrollHeight - clientHeight;
    if (this.#anchor === null || !this.#anchor.isConnected) return end;
    const top = this.#anchor.getBoundingClientRect().top - this.#scroller.getBoundingClientRect().top + scrollTop;
    return Math.min(end, top - GAP_PX);
  }

  #follow() {
    this.#scroller.scrollTop = this.#target();
    if (!this.#isBelow(this.#list.lastElementChild ?? this.#list)) this.#countBelow(0);
  }

  #countBelow(count) {
    this.#below = count;
    const button = byId("to-newest");
    button.hidden = count === 0;
    button.textContent = count === 1 ? "1 new message ↓" : `${count} new messages ↓`;
  }

  /** Up and down go from message to message; the rest of the row's controls are a Tab away. */
  #walk(event) {
    const steps = { ArrowUp: -1, ArrowDown: 1 };
    const row = event.target.closest(".row");
    const free = event.target === this.#scroller || event.target === row;
    if (!(event.key in steps) || !free || this.#list.children.length === 0) return;
    event.preventDefault();
    const next = row === null ? this.#list.lastElementChild : steps[event.key] < 0 ? row.previousElementSibling : row.nextElementSibling;
    next?.focus();
  }

  /** Only the row that has focus offers its reactions to the Tab key. */
  #activate(row) {
    for (const other of this.#list.querySelectorAll(".row.active")) if (other !== row) setActive(other, false);
    if (row !== null) setActive(row, true);
  }
}

/** What confirms or refuses something stands at its control too, and is no news further down. */
const isConfirmation = ({ private: alone, view }) => alone && (view?.tone === "good" || view?.tone === "refused");

/** What only one reader gets is said aside, and not followed; where all is for one, only a confirmation is. */
const isAside = (message) => message.private && (message.channel !== MINE_ONLY || isConfirmation(message));

/** A question that lasts all day is not waited for: the channel goes on below it. */
const isOpenQuestion = (row) => row?.querySelector(".card:not(.lasting) [data-control]") != null;

function setActive(row, active) {
  row.classList.toggle("active", active);
  const first = row.querySelector(".toolbar button");
  if (first !== null) first.tabIndex = active ? 0 : -1;
}

/** What a listener hears of *message*: its one sentence, not its whole card. */
function spokenForm(message) {
  const where = message.private ? "Only you can see this. " : "";
  if (message.view) return `${where}${message.view.alt || message.view.title}`;
  return `${message.author.name}: ${message.text ?? ""}`.slice(0, 500);
}

/** The words over the messages: which channel this is. */
export function showChannelHead(store) {
  byId("channel-title").textContent = channelName(store.current);
  byId("channel-title").classList.toggle("is-channel", store.current !== "@me");
  byId("channel-about").textContent = store.current === "@me" ? "Your private channel: practice and redo. Nobody else sees this." : "";
}
