// One press is one record: a form that was sent is not sent again until the page is shown anew.
// The server refuses the second one too (submission_key); this only spares the reader the wait.

const sent = new WeakSet();

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-once]") || event.defaultPrevented) return;
  if (sent.has(form)) {
    event.preventDefault();
    return;
  }
  sent.add(form);
  mark(form, true);
});

// Coming back with the Back button shows the page as it was left: let it be sent again.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-once]")) {
    sent.delete(form);
    mark(form, false);
  }
});

// Not `disabled`: a disabled button would drop its own name and value from what is sent.
function mark(form, busy) {
  for (const button of form.querySelectorAll('button[type="submit"]')) {
    if (busy) button.setAttribute("aria-disabled", "true");
    else button.removeAttribute("aria-disabled");
  }
  // What takes a while says so.
  for (const text of form.querySelectorAll("[data-while-sent]")) text.hidden = !busy;
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
  const form = event.target.closest("form") ?? document.querySelector("form:has([data-main])");
  const button = form?.querySelector("[data-main]");
  if (button) {
    event.preventDefault();
    form.requestSubmit(button);
  }
});

// Errors: the summary is what the reader should meet first.
document.getElementById("problems")?.focus();

// Rows that only matter for one answer: data-when="reason=other"
for (const form of document.querySelectorAll("form:has([data-when])")) {
  const show = () => {
    const answers = new FormData(form);
    for (const row of form.querySelectorAll("[data-when]")) {
      const [name, value] = row.dataset.when.split("=");
      row.hidden = !answers.getAll(name).some((answer) => value.split("|").includes(answer));
    }
  };
  form.addEventListener("change", show);
  show();
}
