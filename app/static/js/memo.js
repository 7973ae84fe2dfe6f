// The memo counts as the server counts (characters, not UTF-16 units) and its mirror keeps the same text,
// so that doubtful words can be marked where they stand. Nothing is cut off: too long is said, not lost.

for (const memo of document.querySelectorAll(".memo-text")) {
  const mirror = memo.parentElement.querySelector(".memo-mirror");
  const count = document.getElementById(`${memo.id}-count`);
  const most = Number(memo.dataset.most);
  const show = () => {
    const length = [...memo.value.trim()].length;
    count.querySelector("[data-count]").textContent = String(length);
    count.toggleAttribute("data-over", length > most);
    if (!mirror.querySelector("mark")) mirror.textContent = `${memo.value}\n`;
  };
  memo.addEventListener("input", show);
  show();
}
