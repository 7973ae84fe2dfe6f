// Guidance beside a form: an answer that changes, or a window that is chosen, fetches the panel anew.
// Without this script the same form is sent with 窓口を調べる and the page comes back with the same panel.

// What a person says freely, and what says who somebody is, has no part in guidance and is not sent.
const LEFT_OUT = ["memo", "card_code", "case_number"];

for (const form of document.querySelectorAll("form[data-guide]")) {
  const place = form.querySelector("[data-guide-answer]");
  const said = form.querySelector("[data-guide-said]");
  let waiting = 0;
  let asking = null;

  for (const button of form.querySelectorAll("[data-guide-ask]")) button.hidden = true;

  const ask = async (chosen) => {
    asking?.abort();
    asking = new AbortController();
    const answers = new FormData(form);
    for (const name of LEFT_OUT) answers.delete(name);
    if (chosen) answers.set(chosen.name, chosen.value);
    try {
      const reply = await fetch(form.dataset.guide, {
        method: "POST",
        body: new URLSearchParams(answers),
        signal: asking.signal,
      });
      const html = await reply.text();
      if (!reply.ok || !html.includes("data-guide-status")) throw new Error(String(reply.status));
      put(html);
      if (chosen) take(chosen);
    } catch (error) {
      if (error.name === "AbortError") return;
      // Signed out, or the network is away: the whole form asks again, and the page says what is wrong.
      for (const button of form.querySelectorAll("[data-guide-ask]")) button.hidden = false;
      if (!chosen) return;
      chosen.button.dataset.failed = "1";
      form.requestSubmit(chosen.button);
    }
  };

  const put = (html) => {
    const focused = place.contains(document.activeElement) ? document.activeElement.id : "";
    const open = [...place.querySelectorAll("details[open]")].map((one) => one.id);
    place.innerHTML = html;
    for (const id of open) document.getElementById(id)?.setAttribute("open", "");
    if (focused) document.getElementById(focused)?.focus();
    const words = place.querySelector("[data-guide-status]").textContent;
    if (said && said.textContent !== words) said.textContent = words;
  };

  // 紹介する opens the part of the referral and goes on there; 案内だけ stays with the window.
  const take = (chosen) => {
    const refer = form.elements.refer;
    if (!refer) return;
    refer.checked = chosen.name === "refer_to";
    refer.dispatchEvent(new Event("change", { bubbles: true }));
    if (refer.checked) refer.focus();
    else place.querySelector("#unchoose, .win button")?.focus();
  };

  form.addEventListener("change", (event) => {
    if (event.target.name === "refer" || LEFT_OUT.includes(event.target.name)) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => ask(null), 120);
  });

  // Before forms.js sees the press, which would take it for the one time that the form is sent.
  form.addEventListener("submit", (event) => {
    if (!event.submitter?.matches("[data-guide-choose]") || event.submitter.dataset.failed) return;
    event.preventDefault();
    const { name, value } = event.submitter;
    ask({ name, value, button: event.submitter });
  });
}
