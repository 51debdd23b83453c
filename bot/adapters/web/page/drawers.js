/* On narrow screens the channels and the people are drawers over the messages. */

import { byId } from "./dom.js";

const DRAWERS = [
  { id: "rail", opener: "open-rail", narrow: matchMedia("(max-width: 760px)") },
  { id: "people", opener: "open-people", narrow: matchMedia("(max-width: 1100px)") },
];

/** Opens and closes the drawers; a closed one is out of reach for keyboard and reader. */
export class Drawers {
  #open = null;

  constructor() {
    for (const drawer of DRAWERS) {
      byId(drawer.opener).addEventListener("click", () => this.#show(drawer));
      drawer.narrow.addEventListener("change", () => this.close());
    }
    for (const button of document.querySelectorAll("[data-close-drawer]")) button.addEventListener("click", () => this.close());
    byId("scrim").addEventListener("click", () => this.close());
    document.addEventListener("keydown", (event) => event.key === "Escape" && this.close());
    this.#apply();
  }

  close() {
    const was = this.#open;
    this.#open = null;
    this.#apply();
    if (was !== null && was.narrow.matches) byId(was.opener).focus();
  }

  #show(drawer) {
    this.#open = drawer;
    this.#apply();
    byId(drawer.id).querySelector("[data-close-drawer]").focus();
  }

  #apply() {
    for (const drawer of DRAWERS) {
      const isOpen = drawer === this.#open;
      byId(drawer.id).classList.toggle("open", isOpen);
      byId(drawer.id).inert = drawer.narrow.matches && !isOpen;
      byId(drawer.opener).setAttribute("aria-expanded", String(isOpen));
    }
    byId("scrim").classList.toggle("open", this.#open !== null);
    document.querySelector(".main").inert = this.#open !== null;
  }
}
