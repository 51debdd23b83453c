/* Who this tab is, and who this browser has been. Two tabs may be two people. */

import { recall, recallHere, remember, rememberHere } from "./browser_memory.js";

const MINE = "studyhall.me";
const KNOWN = "studyhall.people";
const MOST_KNOWN = 12;

/** The person of this tab: {id, name, secret}, or null. */
export const tabIdentity = () => recallHere(MINE);

/** Everybody this browser has been, the latest first. */
export const knownIdentities = () => recall(KNOWN) ?? [];

/** Be *me* in this tab and offer it in the others. */
export function keepIdentity({ id, name, secret }) {
  rememberHere(MINE, { id, name, secret });
  const others = knownIdentities().filter((known) => known.id !== id);
  remember(KNOWN, [{ id, name, secret }, ...others].slice(0, MOST_KNOWN));
}

/** Be nobody in this tab; the browser still knows the name. */
export const leaveIdentity = () => rememberHere(MINE, null);

/** Never offer *id* again in this browser. */
export const forgetIdentity = (id) => remember(KNOWN, knownIdentities().filter((known) => known.id !== id));

/** The token that opened the page: from the address, else as this tab remembers it. */
export function pageToken() {
  const given = new URLSearchParams(location.search).get("token");
  if (given !== null) rememberHere("studyhall.token", given);
  return given ?? recallHere("studyhall.token") ?? "";
}
