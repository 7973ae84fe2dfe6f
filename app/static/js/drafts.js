// What is written is kept on the server, sealed, for the person signed in: from the first keystroke on, at most every
// two seconds, and once more when the page is left or sent. Nothing of it stays in the browser.
// The server answers in words; a page whose session has run out keeps its text and goes on after a new sign-in.

const PAUSE = 2000;
const SLOW = 10000;
const LEFT_OUT = ["csrf_token", "card_code", "draft_revision"];
const service = document.getElementById("drafts")?.dataset;
const JSON_ONLY = { Accept: "application/json" };

if (service) for (const form of document.querySelectorAll("form[data-draft]")) keep(form);

function keep(form) {
  const tab = [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const counter = form.elements.draft_revision ?? form.appendChild(hidden("draft_revision", ""));
  const place = form.querySelector(".act-in") ?? form;
  const note = place.appendChild(Object.assign(document.createElement("p"), { className: "saved" }));
  let known = Number(counter.value);
  let kept = content();
  let timer = 0;
  let last = 0;
  let busy = false;
  let leaving = false;
  let ended = false;
  let signedOut = false;
  let untouched = false; // when the page last began to fill something in
  let renewed = false; // since the last time that anything was kept

  note.setAttribute("role", "status");
  note.hidden = true;

  function content() {
    const said = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      const secret = LEFT_OUT.includes(name) || form.querySelector(`input[type="password"][name="${CSS.escape(name)}"]`);
      if (typeof value === "string" && !secret) said.append(name, value);
    }
    return said.toString();
  }

  function say(text, kind = "ok", action = null) {
    const said = document.createElement("span");
    said.textContent = text;
    if (note.textContent === text && !action) return; // not read aloud every two seconds
    note.replaceChildren(said, ...(action ? [action] : []));
    note.dataset.kind = kind;
    note.hidden = false;
  }

  function plan(pause = PAUSE) {
    clearTimeout(timer);
    timer = 0;
    if (busy || ended) return;
    timer = setTimeout(send, Math.max(0, last + pause - Date.now()));
  }

  async function send() {
    clearTimeout(timer);
    timer = 0;
    const now = content();
    if (ended || now === kept) return;
    busy = true;
    last = Date.now();
    const revision = Math.max(Number(counter.value), known) + 1;
    counter.value = String(revision);
    let pause = PAUSE;
    try {
      const reply = await post(now, revision);
      const answer = await reply.json();
      if (reply.ok) {
        kept = now;
        known = revision;
        signedOut = renewed = false;
        say(answer.said);
      } else pause = await explain(reply.status, answer);
    } catch {
      // No network, or the server is being started anew.
      if (!leaving) say(service.offline, "warn");
      pause = SLOW;
    }
    busy = false;
    if (pause && !leaving && content() !== kept) plan(pause);
  }

  function post(said, revision) {
    const body = new URLSearchParams(said);
    body.set("draft-purpose", form.dataset.draft);
    body.set("draft-page", new URL(form.dataset.draftPage ?? "", location.href).pathname);
    body.set("draft-account", service.account);
    body.set("draft-tab", tab);
    body.set("draft-revision", revision);
    body.set("draft-known", known);
    const headers = { ...JSON_ONLY, "X-CSRFToken": form.elements.csrf_token?.value ?? "" };
    return fetch(service.url, { method: "POST", headers, body, keepalive: body.toString().length < 60000 });
  }

  // What to do about a refusal: returns the pause before the next try, 0 for none.
  async function explain(status, answer) {
    if ((status === 400 || status === 401) && !renewed) return renew();
    if (status === 409) {
      const button = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-small" });
      button.textContent = answer.choice;
      button.addEventListener("click", () => {
        known = answer.revision;
        counter.value = String(answer.revision);
        send();
      });
      say(answer.said, "warn", button);
      return 0;
    }
    ended = status === 410;
    say(answer.said ?? service.offline, "warn");
    return ended ? 0 : SLOW;
  }

  // The session ran out, or is another one: after a sign-in in any tab this page can go on with a fresh token.
  async function renew() {
    const reply = await fetch(`${service.token}?draft-account=${service.account}`, { headers: JSON_ONLY });
    const answer = await reply.json();
    if (reply.ok) {
      for (const one of document.querySelectorAll('input[name="csrf_token"]')) one.value = answer.token;
      renewed = true;
      last = 0;
      return 1;
    }
    signedOut = true;
    let link = null;
    if (answer.url) {
      link = Object.assign(document.createElement("a"), { href: answer.url, target: "_blank", rel: "noopener" });
      link.textContent = answer.link;
    }
    say(answer.said ?? service.offline, "warn", link);
    return 0;
  }

  async function comeBack() {
    if (!signedOut || busy) return;
    try {
      if (await renew()) send();
    } catch {
      // Still no network: the next keystroke tries again.
    }
  }

  form.addEventListener("input", () => {
    leaving = false;
    plan();
  });
  form.addEventListener("change", () => plan());
  // A page fills in what it knows, such as the case of a card: as long as nobody has written, that is no draft.
  form.addEventListener("filling", () => {
    untouched = content() === kept;
  });
  form.addEventListener("filled", () => {
    if (untouched) kept = content();
  });
  // After the other scripts have had their say: a press that only asks for guidance sends nothing.
  document.addEventListener("submit", (event) => {
    if (event.target !== form || event.defaultPrevented) return;
    leaving = true;
    send();
  });
  window.addEventListener("pagehide", () => {
    if (!leaving) send();
    leaving = true;
  });
  window.addEventListener("focus", comeBack);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && comeBack());
}

function hidden(name, value) {
  return Object.assign(document.createElement("input"), { type: "hidden", name, value });
}
