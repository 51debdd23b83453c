/* Files: what people send to their group's decks, and what they take away. */

import { announce } from "./announcer.js";
import { newId } from "./connection.js";
import { byId, el } from "./dom.js";
import { pageToken, tabIdentity } from "./identities.js";

const ADDRESS = "/files";
const LARGEST = 8_000_000;
const TOO_LARGE = "That is larger than 8 MB. Split it, or leave out its pictures.";
const LOST = "The file did not arrive: the connection broke. Send it again.";

const address = (path, query = {}) => `${path}?${new URLSearchParams({ token: pageToken(), ...query })}`;

function credentials() {
  const { id, secret } = tabIdentity();
  return { "X-Studyhall-Person": id, "X-Studyhall-Secret": secret };
}

/** Let the button beside the message box send a file to the channel that is open. */
export function startFiles(page) {
  const chooser = byId("attach-file");
  byId("attach").addEventListener("click", () => chooser.click());
  chooser.addEventListener("change", () => {
    const [file] = chooser.files;
    chooser.value = "";
    if (file !== undefined) send(page, page.store.current, file);
  });
}

async function send(page, channel, file) {
  // The server says the same, but breaks off what is still on its way, and the reason may not arrive.
  if (file.size > LARGEST) return page.tell(TOO_LARGE, channel);
  const waiting = showWaiting(channel, file.name);
  page.messages.toNewest();
  try {
    const { type, text, notice } = await upload(channel, file, (share) => waiting.sent(share));
    if (type === "refused") page.tell(text, channel);
    else if (notice !== null) page.arrived(notice);
  } catch {
    page.tell(LOST, channel);
  } finally {
    waiting.item.remove();
  }
}

/** Resolves with the frame that answers; `fetch` would not tell how much has gone. */
function upload(channel, file, progress) {
  const body = new FormData();
  body.append("file", file, file.name);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", address(ADDRESS, { channel, id: newId() }));
    for (const [name, value] of Object.entries(credentials())) request.setRequestHeader(name, value);
    request.upload.addEventListener("progress", (event) => progress(event.lengthComputable ? event.loaded / event.total : 0));
    request.addEventListener("error", () => reject(new Error(LOST)));
    request.addEventListener("load", () => {
      try {
        resolve(JSON.parse(request.responseText));
      } catch {
        resolve({ type: "refused", text: request.responseText || LOST, notice: null });
      }
    });
    request.send(body);
  });
}

/** A pale line that says how far a file has come. */
function showWaiting(channel, name) {
  const bar = el("progress", { max: "1", value: "0", "aria-label": `Sending ${name}` });
  const state = el("p", { class: "unsent-state" }, `Sending ${name}…`);
  const item = el("li", { class: "unsent-line", "data-channel": channel }, state, bar);
  byId("unsent").append(item);
  announce(state.textContent);
  const sent = (share) => {
    bar.value = share;
    if (share < 1 || !item.isConnected) return;
    state.textContent = `Reading ${name}…`;
    bar.removeAttribute("value");
    bar.setAttribute("aria-label", state.textContent);
    announce(state.textContent);
  };
  return { item, sent };
}

/** The way to the file of message *seq*. */
export function fileNode(block, seq) {
  const button = el("button", { type: "button", class: "button plain", "data-key": `file ${block.name}` }, el("span", {}, block.label));
  button.addEventListener("click", () => take(button, block.name, seq));
  return el("p", { class: "file" }, button);
}

async function take(button, name, seq) {
  if (button.getAttribute("aria-busy") === "true") return;
  button.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address(`${ADDRESS}/${seq}`), { headers: credentials() });
    if (!answer.ok) return announce(await answer.text());
    save(name, await answer.blob());
  } catch {
    announce(LOST);
  } finally {
    button.removeAttribute("aria-busy");
  }
}

function save(name, content) {
  const link = el("a", { href: URL.createObjectURL(content), download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
