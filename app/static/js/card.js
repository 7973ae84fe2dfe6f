// The page of a new card: shown once. Reload and Back lead to the page of the case, never to the code.

const sheet = document.querySelector("[data-shown-once]");
const printed = document.querySelector("[data-printed]");
const gone = document.querySelector("[data-gone]");

// The page answered a form; without this, reloading would ask to send the form again.
history.replaceState(null, "", sheet.dataset.shownOnce);

window.addEventListener("afterprint", () => {
  printed.hidden = false;
});

// A page that the browser keeps for its Back button keeps no code.
window.addEventListener("pagehide", () => {
  sheet.replaceChildren();
  sheet.hidden = true;
  printed.hidden = true;
  gone.hidden = false;
});
