/* The first screen: choose a name, or go on as somebody this browser has been. */

import { byId, el } from "./dom.js";
import { avatar } from "./avatars.js";
import { forgetIdentity, knownIdentities } from "./identities.js";

/** The join screen; *join* gets {name} or {person, secret} and tries it. */
export class Join {
  #join;

  constructor(join) {
    this.#join = join;
    byId("join-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
  }

  /** Show the screen; *error* says why somebody is back here. */
  show(error = "") {
    document.title = "Join · Study Hall";
    byId("chat").hidden = true;
    byId("join").hidden = false;
    this.#showKnown();
    this.refuse(error);
    byId("join-name").focus();
  }

  hide() {
    byId("join").hidden = true;
    byId("chat").hidden = false;
  }

  /** Say why it did not work; an empty *text* says nothing. */
  refuse(text) {
    byId("join-error").textContent = text;
    byId("join-name").setAttribute("aria-invalid", String(text !== ""));
    byId("join-form").removeAttribute("aria-busy");
  }

  #submit() {
    const name = byId("join-name").value.trim();
    if (name === "") {
      this.refuse("Type a name first.");
      byId("join-name").focus();
      return;
    }
    this.refuse("");
    this.#go({ name, person: null, secret: null });
  }

  #go(who) {
    byId("join-form").setAttribute("aria-busy", "true");
    this.#join(who);
  }

  #showKnown() {
    const known = knownIdentities();
    byId("known").hidden = known.length === 0;
    byId("known-list").replaceChildren(...known.map((one) => this.#knownItem(one)));
  }

  #knownItem({ id, name, secret }) {
    const go = el("button", { type: "button", class: "known-person" }, avatar({ name, bot: false }), el("bdi", { class: "name" }, name));
    go.addEventListener("click", () => this.#go({ person: id, secret, name: null }));
    const forget = el("button", { type: "button", class: "button small", "aria-label": `Forget ${name.slice(0, 80)}` }, "Forget");
    forget.addEventListener("click", () => {
      forgetIdentity(id);
      this.#showKnown();
      byId("join-name").focus();
    });
    return el("li", {}, go, forget);
  }
}
