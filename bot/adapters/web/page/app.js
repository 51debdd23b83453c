/* The page: makes the parts and brings them together. */

import { announce } from "./announcer.js";
import { Answers } from "./answers.js";
import { byId, drawIcons } from "./dom.js";
import { startChannels } from "./channels.js";
import { setServerNow } from "./clock.js";
import { Composer } from "./composer.js";
import { Connection } from "./connection.js";
import { showKeys, startDialogs } from "./dialogs.js";
import { Drawers } from "./drawers.js";
import { startFiles } from "./files.js";
import { keepIdentity, leaveIdentity, pageToken, tabIdentity } from "./identities.js";
import { Join } from "./join.js";
import { startKeyboard } from "./keyboard.js";
import { Messages, showChannelHead } from "./messages.js";
import { startPeople } from "./people.js";
import { Store } from "./store.js";
import { startTheme } from "./theme.js";
import { showAway, showBye, showHere } from "./banner.js";

const connection = new Connection(pageToken());
const store = new Store();
const page = { connection, store, arrived, tell, openSoon };
const join = new Join((who) => connect(who));
const GAP_MS = 1500;
let opening = null;
let joining = null;

start();

function start() {
  drawIcons(document);
  startTheme();
  page.answers = new Answers(connection, store, { refresh: (seq) => page.messages.refresh(seq), arrived });
  page.messages = new Messages(page);
  page.composer = new Composer(page);
  page.drawers = new Drawers();
  startChannels(page);
  startPeople(store);
  startDialogs(page);
  startFiles(page);
  startKeyboard(page, showKeys);
  store.addEventListener("current", () => showChannelHead(store));
  store.addEventListener("gap", ({ detail }) => setTimeout(() => closeGap(detail), GAP_MS));
  connection.addEventListener("frame", ({ detail }) => take(detail));
  connection.addEventListener("refused", ({ detail }) => tell(detail));
  connection.addEventListener("waiting", ({ detail }) => store.me === null ? join.refuse("Study Hall does not answer. Trying again…") : showAway(detail.tries, connection));
  byId("first-round").addEventListener("click", () => page.composer.focus("/quiz play "));
  byId("leave").addEventListener("click", leave);
  const me = tabIdentity();
  if (me === null) join.show();
  else connect({ person: me.id, secret: me.secret, name: null });
}

/** Come in as *who*; after the first welcome always as the person that the server gave. */
function connect(who) {
  joining = who;
  connection.start(() => {
    const { me } = store;
    const as = me === null ? joining : { person: me.id, secret: me.secret, name: null };
    return { ...as, seen: store.seen() };
  });
}

function leave() {
  connection.stop();
  connection.forgetUnsent();
  leaveIdentity();
  store.clear();
  page.answers.clear();
  page.drawers.close();
  join.show();
}

const TAKES = {
  welcome,
  history: (frame) => store.takePage(frame),
  message: (frame) => store.take(frame.message),
  reactions: (frame) => store.react(frame.message, frame.reactions),
  people: (frame) => store.setPeople(frame.people),
  channels: (frame) => takeChannels(frame.channels),
  refused: (frame) => frame.id ? undefined : refused(frame.text),
  bye: (frame) => showBye(frame.text),
};

function take(frame) {
  TAKES[frame.type]?.(frame);
}

function welcome(frame) {
  setServerNow(frame.now);
  const first = store.me === null;
  keepIdentity(frame.me);
  store.welcome(frame);
  showHere();
  join.hide();
  if (!first) return;
  store.open(store.current);
  page.composer.invite();
}

/** The server sends what was missed by itself, up to a limit; what lies beyond it is asked for here. */
function closeGap({ channel, before }) {
  if (store.hasGap(channel, before)) connection.ask({ type: "history", channel, before });
}

/** A refusal of no frame in particular: of the hello, or of something this page should not have sent. */
function refused(text) {
  if (store.me !== null && connection.ready) return tell(text);
  connection.stop();
  leaveIdentity();
  store.clear();
  return join.show(text);
}

function takeChannels(channels) {
  const fresh = channels.filter((name) => !store.channels.includes(name));
  store.setChannels(channels);
  for (const channel of fresh) connection.ask({ type: "history", channel, before: null });
  if (opening !== null) openSoon(opening);
}

/** Open *name*, which the server may write in its own way, now or as soon as everybody is told of it. */
function openSoon(name) {
  const alike = (text) => text.normalize().toLowerCase();
  const channel = store.channels.find((known) => alike(known) === alike(name));
  opening = channel === undefined ? name : null;
  if (channel !== undefined) store.open(channel);
}

/** A private reply came with an acknowledgement: show it in the flow, and say it if it only changed. */
function arrived(notice, { jump = true } = {}) {
  const message = Number.isInteger(notice.seq) ? notice : { ...notice, seq: ownSeq(notice.channel) };
  store.take(message);
  if (message.revision > 0) announce(message.view?.alt ?? "");
  if (jump && message.channel === store.current) page.messages.toNewest();
}

let told = 0;
/** A place after the newest message, for a notice that the server keeps no number for. */
function ownSeq(channel) {
  told += 1;
  return (store.channel(channel).newest() ?? 0) + told / 1000;
}

/** Say *text* in the flow, privately: why something did not work. */
function tell(text, channel = store.current) {
  arrived({
    seq: null, channel, author: { id: "", name: "Study Hall", bot: true }, private: true, at: Date.now(), revision: 0, text: null,
    view: { tone: "refused", title: "", alt: text, blocks: [{ type: "paragraph", content: [{ type: "text", text }], quiet: false }], controls: [] },
    reactions: {}, mine: null,
  });
}
