// Beneath each dimension of a group session: how many people are not counted yet.

const headcount = document.getElementById("headcount");
const number = (input) => Number(input.value.normalize("NFKC").replace(/\D/g, "")) || 0;

function tell() {
  for (const part of document.querySelectorAll("[data-counts]")) {
    const rest = part.querySelector("[data-rest]");
    const counted = [...part.querySelectorAll("input")].reduce((sum, input) => sum + number(input), 0);
    const left = number(headcount) - counted;
    const text = left < 0 ? rest.dataset.over.replace("{n}", -left) : rest.dataset.rest.replace("{n}", left);
    if (rest.textContent !== text) rest.textContent = text;
    rest.classList.toggle("error", left < 0);
  }
}

if (headcount) {
  document.addEventListener("input", tell);
  tell();
}
