// Words that may tell who somebody is are marked while they are typed. The text goes to our own server, which
// reads it and keeps nothing; what it answers is what it would answer when the form is sent. When it cannot be
// asked, nothing is marked here and the same is said at the save.

const PAUSE = 500;
const LONGEST = 4000;

for (const field of document.querySelectorAll("[data-identity]")) {
  const panel = document.getElementById(`${field.id}-identity`);
  const said = document.getElementById(`${field.id}-identity-said`);
  const mirror = field.parentElement.querySelector(".memo-mirror");
  const token = field.form?.elements.csrf_token;
  if (!panel || !token) continue;
  let waiting = 0;
  let asking = null;
  let read = field.value;

  const ask = async () => {
    const text = field.value;
    if (text === read || [...text].length > LONGEST) return;
    asking?.abort();
    asking = new AbortController();
    try {
      const reply = await fetch(field.dataset.identity, {
        method: "POST",
        headers: { Accept: "application/json" },
        body: new URLSearchParams({ csrf_token: token.value, name: field.name, text }),
        signal: asking.signal,
      });
      if (reply.status === 429) {
        waiting = setTimeout(ask, 1000 * Number(reply.headers.get("Retry-After") || 1));
        return;
      }
      if (!reply.ok || !reply.headers.get("Content-Type")?.startsWith("application/json")) return;
      const answer = await reply.json();
      if (field.value !== text) return;
      read = text;
      show(answer, text);
    } catch {
      // Away or overtaken by the next question: the save asks again.
    }
  };

  const show = (answer, text) => {
    const before = panel.querySelector('[name$="-seen"]')?.value;
    // The same words as before: a tick that was set stays set, and nobody is told twice.
    if (before !== answer.seen) panel.innerHTML = answer.panel;
    panel.hidden = answer.findings.length === 0;
    if (said.textContent !== answer.said) said.textContent = answer.said;
    mark(answer.findings, text);
  };

  // Places count characters as the server does, not UTF-16 units.
  const mark = (findings, text) => {
    if (!mirror) return;
    const letters = [...text];
    const pieces = [];
    let at = 0;
    for (const { start, end, severity } of findings) {
      const mark = document.createElement("mark");
      mark.textContent = letters.slice(start, end).join("");
      mark.classList.toggle("stops", severity === "block");
      pieces.push(letters.slice(at, start).join(""), mark);
      at = end;
    }
    mirror.replaceChildren(...pieces, `${letters.slice(at).join("")}\n`);
  };

  field.addEventListener("input", () => {
    if (mirror?.querySelector("mark")) mirror.textContent = `${field.value}\n`;
    clearTimeout(waiting);
    waiting = setTimeout(ask, PAUSE);
  });
  // Whoever leaves the field should know at once.
  field.addEventListener("blur", () => {
    clearTimeout(waiting);
    ask();
  });
  // A text that a draft or the browser brought back was never asked about; one that was stored has been.
  if (field.value !== field.defaultValue && panel.hidden) {
    read = null;
    waiting = setTimeout(ask, PAUSE);
  }
}
