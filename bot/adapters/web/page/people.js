/* Who is in the group, and who is here now. */

import { byId, el, spoken } from "./dom.js";
import { avatar } from "./avatars.js";

/** Draws the list of people and the reader's own name. */
export function startPeople(store) {
  store.addEventListener("people", () => drawPeople(store));
}

function drawPeople(store) {
  const sorted = [...store.people].sort((a, b) => Number(b.here) - Number(a.here) || a.name.localeCompare(b.name));
  byId("people-list").replaceChildren(...sorted.map((person) => personItem(person, store)));
  const here = sorted.filter((person) => person.here).length;
  byId("people-count").textContent = String(here);
  byId("people-title").textContent = here === 1 ? "1 person here" : `${here} people here`;
  byId("whoami").replaceChildren(avatar({ name: store.me.name, bot: false }), el("bdi", { class: "name", title: store.me.name }, store.me.name));
}

function personItem(person, store) {
  const own = person.id === store.me.id ? el("span", { class: "tag" }, "you") : null;
  return el("li", { class: person.here ? "person here" : "person" }, avatar({ name: person.name, bot: false }),
    el("bdi", { class: "name", title: person.name.slice(0, 200) }, person.name), own, spoken(person.here ? ", here" : ", away"));
}
