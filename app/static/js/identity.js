// Words that may tell who somebody is are marked while they are typed. The text goes to our own server, which
// reads it and keeps nothing; what it answers is what it would answer when the form is sent. When it cannot be
// asked, nothing is marked here and the same is said at the save.

const PAUSE = 500;
const LONGEST = 4000;

// Rows that a script adds are watched from the moment somebody enters them.
const watched = new WeakSet();

document.addEventListener("focusin", (event) => {
  if (event.target.matches("[data-identity]")) watch(event.target);
});
for (const field of document.querySelectorAll("[data-identity]")) {
  if (document.getElementById(`${field.id}-identity`)) watch(field);
}

function watch(field) {
  const token = field.form?.elements.csrf_token;
  if (!token || watched.has(field)) return;
  watched.add(field);
  const panel = document.getElementById(`${field.id}-identity`) ?? beside(field, "div", "identity", "found-in");
  const said = document.getElementById(`${field.id}-identity-said`) ?? beside(field, "p", "identity-said", "vh");
  const mirror = field.parentElement.querySelector(".memo-mirror");
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

// In a cell of a table there is no place until it is needed; a copied row leaves it behind (see grid.js).
function beside(field, tag, name, look) {
  const kept = tag === "div" && field.parentElement.querySelector(".found-panel");
  const made = kept || document.createElement(tag);
  made.id = `${field.id}-${name}`;
  if (kept) return made;
  made.className = `${look} found-panel`;
  if (tag === "p") made.setAttribute("role", "status");
  else made.hidden = true;
  field.parentElement.append(made);
  return made;
}
