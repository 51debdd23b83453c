/* Runs before the first paint: the colours that this browser chose. The rest of the theme is in theme.js. */
(() => {
  let chosen = null;
  try {
    chosen = JSON.parse(localStorage.getItem("studyhall.theme"));
  } catch {
    // A browser that keeps nothing follows the system.
  }
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
})();
