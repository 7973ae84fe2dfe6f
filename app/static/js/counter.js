// The entry page without loading it anew: a card typed or scanned finds its case in place, and the entry made before
// fills the next one. Without this script the same buttons send the form and the page comes back filled.

const code = document.querySelector("[data-look]");
if (code) entryPage(code.form);

function entryPage(form) {
  const found = form.querySelector("[data-found]");
  const errors = form.querySelector("[data-look-errors]");
  const look = form.querySelector("[data-look-button]");
  const repeat = form.querySelector("[data-repeat]");
  const about = form.querySelector("[data-about]");
  const head = form.querySelector("[data-about-head]");
  const carried = form.querySelector("[data-carried]");
  const nobody = JSON.parse(form.dataset.ofNobody);
  let asking = 0;
  // The fields that a card has filled, here or before the page came.
  let taken = form.elements.case_number.value ? Object.keys(nobody.fields) : [];

  async function ask(url, said, button) {
    asking += 1;
    const mine = asking;
    const body = new URLSearchParams({ csrf_token: form.elements.csrf_token?.value ?? "", ...said });
    try {
      const reply = await fetch(url, { method: "POST", headers: { Accept: "application/json" }, body });
      const answer = await reply.json();
      if (mine !== asking) return null; // a second card was read meanwhile
      if (reply.ok || answer.errors) return answer;
      throw new Error(String(reply.status));
    } catch {
      // Signed out, or the network is away: the whole form asks, and the page says what is wrong.
      button.dataset.failed = "1";
      form.requestSubmit(button);
      return null;
    }
  }

  async function findCard() {
    const answer = await ask(code.dataset.look, { who: "card", card_code: code.value }, look);
    if (!answer) return;
    refuse(code, answer.errors ?? []);
    if (answer.errors) {
      code.select();
      return;
    }
    code.value = "";
    found.innerHTML = answer.found;
    taken = Object.keys(answer.fields);
    form.dispatchEvent(new Event("filling"));
    take(answer);
    form.dispatchEvent(new Event("filled"));
    const row = code.closest("fieldset").nextElementSibling;
    (row.querySelector("input:checked") ?? row.querySelector("input"))?.focus();
  }

  async function repeatLast() {
    const answer = await ask(repeat.dataset.repeat, {}, repeat);
    if (!answer) return;
    refuse(repeat, answer.errors ?? []);
    if (!answer.errors) take(answer);
  }

  // The sentence stands at the field; where a button was pressed, in the same place at the head of the form.
  function refuse(control, texts) {
    errors.replaceChildren();
    code.removeAttribute("aria-invalid");
    code.removeAttribute("aria-describedby");
    if (!texts.length) return;
    const line = Object.assign(document.createElement("p"), { className: "error", id: "card_code-error" });
    line.setAttribute("role", "alert");
    for (const text of texts) line.append(Object.assign(document.createElement("span"), { textContent: `＊${text}` }));
    errors.append(line);
    if (control === code) {
      code.setAttribute("aria-invalid", "true");
      code.setAttribute("aria-describedby", line.id);
    }
  }

  function take(answer) {
    for (const [name, values] of Object.entries(answer.fields)) set(name, values);
    about.textContent = answer.about;
    if (answer.head) head.textContent = answer.head;
    carried.hidden = !answer.carried;
    // Guidance, rows that depend on an answer, and the draft follow what changed.
    form.dispatchEvent(new Event("change", { bubbles: true }));
  }

  // What is known of one person never goes on to another: a different card, or somebody without one.
  function forget() {
    for (const name of taken) set(name, nobody.fields[name] ?? []);
    taken = [];
    form.elements.case_number.value = ""; // a hidden field has no default to go back to
    found.replaceChildren();
    about.textContent = nobody.about;
    head.textContent = nobody.head;
    carried.hidden = true;
    if (form.elements.confirmed) form.elements.confirmed.checked = false;
    form.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function set(name, values) {
    for (const control of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
      if (control.type === "radio" || control.type === "checkbox") control.checked = values.includes(control.value);
      else {
        const value = values[0] ?? "";
        // A list that came filled offers no empty line: what is asked anew must not show an answer.
        if (control.options && !value && !control.querySelector('[value=""]')) control.prepend(new Option(nobody.choose, ""));
        control.value = value;
      }
    }
  }

  code.addEventListener("input", () => taken.length && code.value.trim() && forget());
  form.addEventListener("change", (event) => {
    if (event.target.name === "assistance") carried.hidden = true;
    if (event.target.name === "who" && event.target.value !== "card" && taken.length) forget();
  });

  code.addEventListener("keydown", (event) => {
    // A scanner ends with Enter; an input method uses it to accept what was written.
    if (event.key !== "Enter" || event.isComposing || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    if (code.value.trim()) findCard();
  });

  // Before forms.js sees the press, which would take it for the one time that the form is sent.
  form.addEventListener("submit", (event) => {
    const button = event.submitter;
    if ((button !== look && button !== repeat) || button.dataset.failed) return;
    event.preventDefault();
    // Enter in another field presses the first button of the form, too: it shall do nothing.
    if (document.activeElement !== button && document.activeElement !== code) return;
    if (button === look) findCard();
    else repeatLast();
  });
}
