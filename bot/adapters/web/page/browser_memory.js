/* What this browser and this tab remember. A browser that refuses to remember still works. */

function read(place, key) {
  try {
    const text = place().getItem(key);
    return text === null ? null : JSON.parse(text);
  } catch {
    return null;
  }
}

function write(place, key, value) {
  try {
    if (value === null) place().removeItem(key);
    else place().setItem(key, JSON.stringify(value));
  } catch {
    // Private windows and full disks: nothing is remembered, nothing breaks.
  }
}

// Functions, because even naming the storage throws where it is forbidden.
const browser = () => localStorage;
const tab = () => sessionStorage;

/** Kept for every tab and the next visit. */
export const recall = (key) => read(browser, key);
export const remember = (key, value) => write(browser, key, value);

/** Kept for this tab, over a reload. */
export const recallHere = (key) => read(tab, key);
export const rememberHere = (key, value) => write(tab, key, value);
