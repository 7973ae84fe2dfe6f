// The whole row opens its record, yet its text can be selected; a table that must be scrolled can be reached by key.

document.addEventListener("click", (event) => {
  if (event.defaultPrevented || event.button !== 0) return;
  const row = event.target.closest("[data-rows] tbody tr");
  const link = row?.querySelector("th a[href]");
  if (!link || event.target.closest("a, button, input, label, select, textarea, summary")) return;
  if (String(window.getSelection())) return;
  if (event.ctrlKey || event.metaKey) window.open(link.href, "_blank", "noopener");
  else link.click();
});

for (const wrap of document.querySelectorAll(".table-wrap, .plan-scroll")) {
  const caption = wrap.querySelector("caption")?.textContent.trim();
  if (wrap.scrollWidth > wrap.clientWidth && !wrap.querySelector("a, button")) {
    wrap.tabIndex = 0;
    if (caption) {
      wrap.setAttribute("role", "group");
      wrap.setAttribute("aria-label", caption);
    }
  }
}
