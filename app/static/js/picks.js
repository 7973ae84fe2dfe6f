// How many rows are ticked stands beside the button; "all of this view" ticks and locks the rows shown.

for (const form of document.querySelectorAll("[data-picks]")) {
  const ticks = [...document.querySelectorAll(`input[form="${form.id}"][name="pick"]`)];
  const all = form.querySelector('input[name="all"]');
  all?.addEventListener("change", () => {
    for (const tick of ticks) {
      tick.checked = all.checked;
      tick.disabled = all.checked;
    }
  });
}
