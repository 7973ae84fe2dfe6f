// The day grid: cells move like those of a spreadsheet, and what is copied from one is pasted over as many cells.

const table = document.querySelector("[data-grid]");
const more = document.querySelector("[data-grid-more]");

if (table) begin(table);

function begin(table) {
  const body = table.tBodies[0];
  const most = Number(table.dataset.most);
  const cellsOf = (row) => [...row.querySelectorAll("td > input")];
  const at = (row, column) => cellsOf(body.rows[row] ?? body.rows[0])[column];

  more.hidden = false;
  more.addEventListener("click", () => add(5) && at(body.rows.length - 5, 0)?.focus());

  table.addEventListener("keydown", (event) => {
    const input = event.target.closest("td > input");
    if (!input || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    const row = input.closest("tr").sectionRowIndex;
    const column = cellsOf(input.closest("tr")).indexOf(input);
    const step = { Enter: event.shiftKey ? -1 : 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault(); // Enter in a cell never sends the sheet
    if (row + step < 0) return;
    if (row + step >= body.rows.length && !add(1)) return;
    at(row + step, column).focus();
  });

  table.addEventListener("paste", (event) => {
    const input = event.target.closest("td > input");
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!input || !/[\t\n]/.test(text.replace(/\r?\n$/, ""))) return;
    event.preventDefault();
    const row = input.closest("tr").sectionRowIndex;
    const column = cellsOf(input.closest("tr")).indexOf(input);
    fill(row, column, parse(text));
  });

  table.addEventListener("focusin", (event) => event.target.select?.());

  function fill(row, column, lines) {
    const wanted = Math.min(row + lines.length, most);
    if (wanted > body.rows.length) add(wanted - body.rows.length);
    lines.slice(0, wanted - row).forEach((cells, down) => {
      const inputs = cellsOf(body.rows[row + down]);
      cells.slice(0, inputs.length - column).forEach((text, right) => {
        inputs[column + right].value = text.trim();
      });
    });
    table.dispatchEvent(new Event("input", { bubbles: true }));
    at(Math.min(row + lines.length, body.rows.length - 1), column).focus();
  }

  function add(count) {
    const left = Math.min(count, most - body.rows.length);
    for (let one = 0; one < left; one += 1) {
      const place = body.rows.length;
      const row = body.rows[0].cloneNode(true);
      row.querySelector("th").textContent = String(place + 1);
      for (const beside of row.querySelectorAll(".error, .found-panel")) beside.remove();
      for (const input of row.querySelectorAll("input")) {
        const column = input.name.split("-")[1];
        input.id = input.name = `r${place}-${column}`;
        input.value = "";
        input.removeAttribute("value");
        input.removeAttribute("aria-invalid");
        input.removeAttribute("aria-describedby");
        input.setAttribute("aria-label", input.getAttribute("aria-label").replace(/\d+/, String(place + 1)));
      }
      body.append(row);
    }
    more.disabled = body.rows.length >= most;
    return left > 0;
  }
}

// A spreadsheet quotes what holds tabs, line ends or quotes.
function parse(text) {
  const lines = [[""]];
  let quoted = false;
  const source = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
  for (let place = 0; place < source.length; place += 1) {
    const sign = source[place];
    const line = lines.at(-1);
    if (quoted && sign === '"' && source[place + 1] === '"') {
      line[line.length - 1] += '"';
      place += 1;
    } else if (sign === '"' && (quoted || line.at(-1) === "")) quoted = !quoted;
    else if (sign === "\t" && !quoted) line.push("");
    else if (sign === "\n" && !quoted) lines.push([""]);
    else line[line.length - 1] += sign === "\n" ? " " : sign;
  }
  return lines;
}
