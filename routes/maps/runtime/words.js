// What the page says, in its language. Code asks in English, and the island of words answers; what it does not know
// stays English: `t("Said by {who}", { who })`. A word that needs telling apart carries where it stands: `t("mode|sea")`
// says "sea". The page never changes its language, so tables may be filled once. translations/ has the words.

const LANGUAGE = document.documentElement.lang;
const SAID = JSON.parse(document.getElementById("words").textContent);
const tNumber = (value, options) => new Intl.NumberFormat(LANGUAGE, options).format(value);

// A report's words in a sentence of ours must not turn it (bidi): they stand between isolates.
function tValue(value) {
  if (typeof value === "number") return tNumber(value);
  return document.dir === "rtl" || /[\u0590-\u08ff]/.test(value) ? `\u2068${value}\u2069` : String(value);
}

function tFilled(words, values) {
  const filled = words.split(/\{(\w+)\}/).map((part, i) => {
    if (i % 2 === 0) return part;
    return values[part] instanceof Node ? values[part] : tValue(values[part] ?? "");
  });
  return filled.filter((part) => part !== "");
}

// A sentence whose values may be elements, as children for html().
const tNodes = (message, values = {}) =>
  tFilled(Object.hasOwn(SAID, message) ? SAID[message] : message.replace(/^[a-z]+\|/, ""), values);

const t = (message, values) => tNodes(message, values).join("");

// For data, which may be anything: only what is known is said otherwise.
const tKnown = (message, otherwise = message) =>
  Object.hasOwn(SAID, message) && typeof SAID[message] === "string" ? SAID[message] : otherwise;

// A sentence with a number, which languages inflect in one to six ways: `tn("{n} route", "{n} routes", 3)`.
const tCategories = new Intl.PluralRules(LANGUAGE);
function tn(one, many, n, values = {}) {
  const forms = Object.hasOwn(SAID, one) ? SAID[one] : { one, other: many };
  return tFilled(forms[tCategories.select(n)] ?? forms.other, { ...values, n }).join("");
}

const tList = (words) => words.map(tValue).join(t("list|, "));

const tKm = (km) =>
  tNumber(km, { style: "unit", unit: "kilometer", maximumFractionDigits: km && km < 10 ? 1 : 0 });

// "2031", "2031-06", "2031-06-17" and "2031/2032" as the language writes them; whatever else is told stays as it is.
function tDate(told) {
  const ends = told.split("/").map((end) => /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T.*)?)?)?$/.exec(end));
  if (ends.length > 2 || !ends.every(Boolean)) return told;
  const days = ends.map(([, year, month, day]) => new Date(`${year}-${month ?? "01"}-${day ?? "01"}T00:00Z`));
  if (days.some((day) => Number.isNaN(day.getTime()))) return told;
  const [, , month, day] = ends[0];
  const format = new Intl.DateTimeFormat(LANGUAGE, {
    year: "numeric",
    month: month && "long",
    day: day && "numeric",
    timeZone: "UTC",
  });
  return days.length === 1 ? format.format(days[0]) : format.formatRange(...days);
}
