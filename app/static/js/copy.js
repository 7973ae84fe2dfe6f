// One click copies a text; without script, or where the browser refuses, the box stands there to be selected.

for (const button of document.querySelectorAll("[data-copy]")) {
  const box = document.getElementById(button.dataset.copy);
  const said = button.parentElement.querySelector("[data-copied]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    box.focus();
    box.select();
    // Over plain http, as on most closed networks, only the older way is open.
    const copied = await navigator.clipboard?.writeText(box.value).then(() => true, () => false);
    if (copied || document.execCommand("copy")) said.textContent = button.dataset.done;
  });
}
