// Digits choose within a row of buttons; the first ticked topic becomes the primary one (◎).

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || !/^[1-9]$/.test(event.key)) return;
  if (event.target.type !== "radio") return;
  const choices = event.target.closest("[data-digits]")?.querySelectorAll('input[type="radio"]');
  const chosen = choices?.[Number(event.key) - 1];
  if (!chosen) return;
  event.preventDefault();
  chosen.focus();
  if (!chosen.checked) chosen.click();
});

for (const list of document.querySelectorAll("[data-topics]")) {
  const topics = [...list.querySelectorAll(".topic")].map((item) => ({
    tick: item.querySelector('input[type="checkbox"]'),
    main: item.querySelector('input[type="radio"]'),
  }));
  list.addEventListener("change", (event) => {
    if (event.target.type !== "checkbox") return;
    for (const topic of topics) if (!topic.tick.checked) topic.main.checked = false;
    const ticked = topics.filter((topic) => topic.tick.checked);
    if (ticked.length && !ticked.some((topic) => topic.main.checked)) ticked[0].main.checked = true;
  });
}

// A list of topics is one stop of the Tab key, as a row of radio buttons is: within it the arrows go on.
const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
for (const list of document.querySelectorAll("[data-topics]")) {
  const ticks = [...list.querySelectorAll('input[type="checkbox"]')];
  const stopAt = (chosen) => ticks.forEach((tick) => (tick.tabIndex = tick === chosen ? 0 : -1));
  stopAt(ticks.find((tick) => tick.checked) ?? ticks[0]);
  list.closest("fieldset")?.querySelector("[data-scripted]")?.removeAttribute("hidden");
  list.addEventListener("focusin", (event) => ticks.includes(event.target) && stopAt(event.target));
  list.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    if (!step || !ticks.includes(event.target) || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    ticks[(ticks.indexOf(event.target) + step + ticks.length) % ticks.length].focus();
  });
}

// Minutes: a button and the free field exclude each other.
for (const row of document.querySelectorAll("[data-minutes]")) {
  const free = row.querySelector('input[type="text"]');
  row.addEventListener("change", (event) => {
    if (event.target.type === "radio") free.value = "";
  });
  free.addEventListener("input", () => {
    if (!free.value.trim()) return;
    for (const button of row.querySelectorAll('input[type="radio"]')) button.checked = false;
  });
}
