// The day as it is understood, beside the fields while they are filled. The server has the last word.

const WEEKDAYS = "日月火水木金土";
const ERAS = { r: 2018, h: 1988, s: 1925, 令和: 2018, 平成: 1988, 昭和: 1925 };
const WORDS = { 今日: 0, きょう: 0, 本日: 0, today: 0, 昨日: -1, きのう: -1, yesterday: -1, 一昨日: -2, おととい: -2 };

function make(year, month, date) {
  const day = new Date(Date.UTC(year, month - 1, date));
  return day.getUTCMonth() === month - 1 && day.getUTCDate() === date ? day : null;
}

function fromIso(text) {
  const parts = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  return parts ? make(+parts[1], +parts[2], +parts[3]) : null;
}

function fromText(text, today) {
  const folded = text.normalize("NFKC").replace(/\s/g, "").toLowerCase();
  if (folded in WORDS) return new Date(today.getTime() + WORDS[folded] * 86400000);
  let parts = /^(r|h|s|令和|平成|昭和)\.?(元|\d{1,2})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(folded);
  if (parts) return make(ERAS[parts[1]] + (parts[2] === "元" ? 1 : +parts[2]), +parts[3], +parts[4]);
  parts = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(folded);
  if (parts) return make(+parts[1], +parts[2], +parts[3]);
  parts = /^(\d{1,2})[-/.月](\d{1,2})日?$/.exec(folded);
  if (!parts) return null;
  const day = make(today.getUTCFullYear(), +parts[1], +parts[2]);
  return day && day > today ? make(today.getUTCFullYear() - 1, +parts[1], +parts[2]) : day;
}

function written(day, locale) {
  if (locale === "en") {
    const words = { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" };
    const weekday = new Intl.DateTimeFormat("en-GB", { weekday: "short", timeZone: "UTC" }).format(day);
    return `${new Intl.DateTimeFormat("en-GB", words).format(day)} (${weekday})`;
  }
  const era = new Intl.DateTimeFormat("ja-JP-u-ca-japanese", { era: "long", year: "numeric", timeZone: "UTC" });
  const named = Object.fromEntries(era.formatToParts(day).map((part) => [part.type, part.value]));
  const year = named.year === "1" ? "元" : named.year;
  return `${named.era}${year}年${day.getUTCMonth() + 1}月${day.getUTCDate()}日（${WEEKDAYS[day.getUTCDay()]}）`;
}

// The fiscal year of a day, from April; the era is that of its December, as the city prints it.
function fiscalYear(day) {
  return day.getUTCFullYear() - (day.getUTCMonth() < 3 ? 1 : 0);
}

function writtenYear(year, locale) {
  if (locale === "en") return `FY${year}`;
  return `${written(make(year, 12, 31), locale).split("年")[0]}年度(${year})`;
}

for (const field of document.querySelectorAll("[data-day]")) {
  const echo = field.querySelector("[data-echo]");
  const echoYear = field.querySelector("[data-year]");
  const part = (name) => field.querySelector(`[data-part="${name}"]`);
  const typed = (name) => part(name).value.normalize("NFKC").trim();
  const today = fromIso(field.dataset.today);

  const understood = () => {
    const picked = field.querySelector('input[type="radio"]:checked')?.value;
    if (picked && picked !== "other") return fromIso(picked);
    if (typed("text")) return field.dataset.ahead === undefined ? fromText(part("text").value, today) : null;
    const numbers = ["year", "month", "date"].map(typed);
    return /^\d{4}$/.test(numbers[0]) && numbers.every((number) => /^\d+$/.test(number)) ? make(...numbers.map(Number)) : null;
  };
  const show = () => {
    const day = understood();
    echo.value = day ? written(day, field.dataset.locale) : "";
    const year = day ? fiscalYear(day) : fiscalYear(today);
    echoYear.value = year === fiscalYear(today) ? "" : writtenYear(year, field.dataset.locale);
    // What is said of days up to the last one that was closed.
    for (const note of field.closest("form").querySelectorAll("[data-until]")) {
      note.hidden = !day || day > fromIso(note.dataset.until);
    }
  };

  field.addEventListener("change", (event) => {
    if (event.target.type === "radio" && event.target.value === "other") part("text").focus();
    show();
  });
  field.addEventListener("input", (event) => {
    // The three numbers and the text say the same thing: what is typed last stands.
    const name = event.target.dataset.part;
    if (name === "text") for (const other of ["year", "month", "date"]) part(other).value = "";
    else if (name) part("text").value = "";
    show();
  });
}
