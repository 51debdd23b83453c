/* What the page knows: people, channels and messages. No drawing here; listeners draw. */

import { recall, recallHere, remember, rememberHere } from "./browser_memory.js";

export const MINE_ONLY = "@me";

/** How a channel is called on the page. */
export const channelName = (channel) => (channel === MINE_ONLY ? "Just me" : channel);

class Channel {
  /** Messages by seq. */
  messages = new Map();
  /** Whether the server has older ones; null until its first page came. */
  more = null;
  /** While catching up after a reconnect: the newest seq known before, else null. */
  edge = null;

  order() {
    return [...this.messages.keys()].sort((a, b) => a - b);
  }

  /** The newest seq that the server gave; a notice of the page's own has a fraction. */
  newest() {
    return this.order().filter(Number.isInteger).at(-1) ?? null;
  }
}

/**
 * Fires `people`, `channels`, `unread`, `current`, `message` (detail: {message, added, live}), `page` (detail:
 * {channel, older}) and `gap` (detail: {channel, before}) when a page is missing between old and new.
 */
export class Store extends EventTarget {
  me = null;
  people = [];
  channels = [];
  current = "general";
  #byName = new Map();
  #read = {};

  channel(name) {
    if (!this.#byName.has(name)) this.#byName.set(name, new Channel());
    return this.#byName.get(name);
  }

  /** Forget everything, because this tab becomes somebody else. */
  clear() {
    this.me = null;
    this.#byName.clear();
  }

  welcome(frame) {
    this.me = frame.me;
    this.#read = recall(this.#readKey()) ?? {};
    this.current = recallHere("studyhall.channel") ?? this.current;
    for (const channel of this.#byName.values()) channel.edge = channel.newest();
    this.setPeople(frame.people);
    this.setChannels(frame.channels);
    if (!this.channels.includes(this.current)) this.open(this.channels[0]);
  }

  setPeople(people) {
    this.people = people;
    this.#tell("people");
  }

  setChannels(channels) {
    this.channels = [...channels.filter((name) => name !== MINE_ONLY), MINE_ONLY];
    this.#tell("channels");
  }

  open(channel) {
    this.current = channel;
    rememberHere("studyhall.channel", channel);
    this.#tell("current");
  }

  /** Newest seq of each channel, for a hello after a reconnect. */
  seen() {
    const entries = [...this.#byName].map(([name, channel]) => [name, channel.newest()]);
    return Object.fromEntries(entries.filter(([, seq]) => seq !== null));
  }

  find(seq) {
    for (const channel of this.#byName.values()) if (channel.messages.has(seq)) return channel.messages.get(seq);
    return null;
  }

  /** Take a new message, or an edit when its revision is not older than what is known. */
  take(message, live = true) {
    const channel = this.channel(message.channel);
    const known = channel.messages.get(message.seq);
    if (known !== undefined && known.revision > message.revision) return;
    const kept = known === undefined ? message : { ...message, mine: message.mine ?? known.mine };
    channel.messages.set(message.seq, kept);
    this.#tell("message", { message: kept, added: known === undefined, live });
    if (known === undefined && live) this.#tell("unread");
  }

  /** Take one page of history, oldest first. */
  takePage({ channel: name, messages, more }) {
    const channel = this.channel(name);
    const before = channel.order();
    const first = messages[0]?.seq ?? null;
    const older = before.length > 0 && first !== null && first < before[0];
    if (this.#read[name] === undefined) this.markRead(name, messages.at(-1)?.seq ?? 0);
    for (const message of messages) this.take(message, false);
    if (before.length === 0 || older || first === null) channel.more = more;
    this.#tell("page", { channel: name, older });
    this.#tell("unread");
    this.#closeGap(name, channel, first, more);
  }

  #closeGap(name, channel, first, more) {
    if (channel.edge === null) return;
    if (!more || first === null || first <= channel.edge) channel.edge = null;
    else this.#tell("gap", { channel: name, before: first });
  }

  /** Whether what is known just before *before* still ends where the last connection ended. */
  hasGap(name, before) {
    const channel = this.channel(name);
    return channel.edge !== null && !channel.order().some((seq) => seq > channel.edge && seq < before);
  }

  react(seq, reactions) {
    const message = this.find(seq);
    if (message === null) return;
    message.reactions = reactions;
    this.#tell("message", { message, added: false, live: true });
  }

  /** The reader's own answer, when the server has accepted it; *marks* are the letters of chosen options. */
  answered(seq, labels, marks) {
    const message = this.find(seq);
    if (message !== null) message.mine = { labels, marks };
  }

  lastRead(channel) {
    return this.#read[channel] ?? 0;
  }

  markRead(channel, seq = this.channel(channel).newest()) {
    if (seq === null || seq <= (this.#read[channel] ?? -1)) return;
    this.#read[channel] = seq;
    remember(this.#readKey(), this.#read);
    this.#tell("unread");
  }

  /** How many messages of others came since the reader last looked. */
  unread(name) {
    const read = this.lastRead(name);
    const fresh = [...this.channel(name).messages.values()];
    return fresh.filter((message) => message.seq > read && !this.isMine(message)).length;
  }

  isMine(message) {
    return this.me !== null && message.author.id === this.me.id && !message.author.bot;
  }

  nameOf(id) {
    return this.people.find((person) => person.id === id)?.name ?? "somebody";
  }

  #readKey() {
    return `studyhall.read.${this.me?.id ?? ""}`;
  }

  #tell(type, detail = null) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
