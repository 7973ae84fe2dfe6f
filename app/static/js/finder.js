// "Find my window" on a site of files: rules.js answers here, on the reader's own machine. Nothing is sent, kept
// or put into an address. Until this has run, and wherever it cannot, the page shows the usual situations.

(() => {
  const root = document.getElementById("finder");
  const data = JSON.parse(root.dataset.guide);
  if (data.shape !== ShirubeRules.SHAPE) return; // an older script out of a cache: the situations stay

  const form = root.querySelector("form");
  const steps = [...form.querySelectorAll("details")];
  const part = (name) => root.querySelector(`[data-part="${name}"]`);
  const copy = (name) => part(name).content.firstElementChild.cloneNode(true);
  const isInReadings = new RegExp(
    Object.keys(data.readings)
      .sort((one, other) => other.length - one.length)
      .join("|"),
    "g",
  );
  let isAnswered = false;

  // ---- words, with readings above them where the page has readings ---------------------------------

  const element = (name, ...content) => {
    const made = document.createElement(name);
    made.append(...content);
    return made;
  };

  const ruby = ([base, reading]) =>
    reading
      ? element("ruby", base, element("rp", "（"), element("rt", reading), element("rp", "）"))
      : base;

  const words = (text) => {
    if (!Object.keys(data.readings).length) return [text];
    const parts = [];
    let place = 0;
    for (const match of text.matchAll(isInReadings)) {
      parts.push(text.slice(place, match.index), ...data.readings[match[0]].map(ruby));
      place = match.index + match[0].length;
    }
    return [...parts, text.slice(place)];
  };

  const link = (window) => {
    const made = element("a", ...words(window.name));
    made.href = window.page;
    return made;
  };

  const telephone = (number) => {
    const made = copy("telephone");
    made.href = `tel:${number.replace(/[- ]/g, "")}`;
    const walker = document.createTreeWalker(made, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) walker.currentNode.data = walker.currentNode.data.replace("{number}", number);
    return made;
  };

  // ---- the answer ----------------------------------------------------------------------------------

  const place = ({ window, why, mind }, rank) => {
    const made = copy("place");
    const inside = (name) => made.querySelector(`[data-part="${name}"]`);
    inside("rank").textContent = rank;
    inside("name").append(...words(window.name));
    for (const [name, sentences] of [["why", why], ["mind", mind]]) {
      inside(name).append(...sentences.map((one) => element("dd", ...words(one))));
      inside(name).hidden = !sentences.length;
    }
    const details = made.querySelector("a");
    details.href = window.page;
    details.querySelector(".vh").append(" ", ...words(window.name));
    if (window.telephone) details.before(telephone(window.telephone));
    return made;
  };

  const lines = (first, sentences) =>
    element("p", first, ...sentences.flatMap((one) => [element("br"), ...words(one)]));

  // An address is written in Japanese on every page, and read out so.
  const address = (text) => {
    const made = element("span", ...words(text));
    made.lang = "ja";
    return made;
  };

  const general = ({ window, why }) => [
    element("p", link(window), ...(window.address ? [element("br"), address(window.address)] : [])),
    ...why.map((one) => element("p", ...words(one))),
    ...(window.telephone ? [element("p", telephone(window.telephone))] : []),
  ];

  const put = (name, made) => {
    part(name).replaceChildren(...made);
    part(name).closest("[data-block]").hidden = !made.length;
  };

  const show = (found) => {
    part("none").hidden = found.places.length > 0;
    part("more").hidden = !found.has_more;
    put("places", found.places.map((one, number) => place(one, number + 1)));
    put("general", found.general ? general(found.general) : []);
    put("may-fit", found.may_fit.map((one) => lines(link(one.window), one.why)));
    put("misses", found.misses.map((one) => lines(element("b", ...words(one.window.name)), one.why)));
    const said = part("said");
    const sentence = said.dataset.count.replace("{count}", found.places.length);
    if (said.textContent !== sentence) said.textContent = sentence;
  };

  // ---- the questions -------------------------------------------------------------------------------

  const chosen = (name) => [...form.querySelectorAll(`[name="${name}"]:checked`)].map((one) => one.value);

  const answer = () => {
    const [age, work, way] = ["age", "work", "way"].map((name) => chosen(name)[0] ?? null);
    show(ShirubeRules.find(data, { age, work, way, wishes: chosen("wishes"), life: chosen("life") }, Date.now()));
    isAnswered = true;
  };

  const summarise = (step) => {
    const told = [...step.querySelectorAll(":checked")].map((one) => one.nextElementSibling.cloneNode(true));
    const comma = form.dataset.comma;
    step.querySelector(".step-a").replaceChildren(
      ...told.flatMap((one, number) => (number ? [comma, ...one.childNodes] : [...one.childNodes])),
    );
  };

  form.addEventListener("change", (event) => {
    summarise(event.target.closest("details"));
    if (isAnswered) answer();
  });

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    answer();
    for (const step of steps) if (step.querySelector(":checked")) step.open = false;
    part("answer").hidden = false;
    part("answer").scrollIntoView();
    part("answer").querySelector("h2").focus({ preventScroll: true });
  });

  form.reset();
  document.getElementById("usual").hidden = true;
  root.hidden = false;
})();
