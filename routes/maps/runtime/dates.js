// Dates as whole days since 1970, so that they compare; a month or a year is the span of its days.

const DAY_MS = 864e5;
const DATE = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ].*)?)?)?$/;

const dayOf = (year, month, day) => Date.parse(`${year}-${month}-${day}T00:00Z`) / DAY_MS;
const dayText = (day) => new Date(day * DAY_MS).toISOString().slice(0, 10);

// The first day of the month that many months after year 0.
const monthStart = (months) => new Date(0).setUTCFullYear(Math.floor(months / 12), modulo(months, 12), 1) / DAY_MS;

// "2031", "2031-06", "2031-06-17" or two of them with a slash as {first, last}; null for whatever else is told.
function spanOf(told) {
  const ends = told
    .split("/")
    .slice(0, 2)
    .map((end) => DATE.exec(end.trim()));
  if (!ends.every(Boolean)) return null;
  const first = dayOf(ends[0][1], ends[0][2] ?? "01", ends[0][3] ?? "01"),
    last = lastDay(ends.at(-1));
  return first <= last ? { first, last } : null; // NaN, as of a month 13, is no span either
}

function lastDay([, year, month, day]) {
  if (day) return dayOf(year, month, day);
  return monthStart(Number(year) * 12 + (month ? Number(month) : 12)) - 1;
}

// The edges of stretches of time, in the finest unit that makes no more than so many; the outer ones end with the spans.
function binsOf(spans, most) {
  const first = spans.reduce((least, span) => Math.min(least, span.first), Infinity),
    last = spans.reduce((latest, span) => Math.max(latest, span.last), -Infinity);
  const cut = (count, edge) => [first, ...Array.from({ length: count - 1 }, (_, i) => edge(i + 1)), last + 1];
  for (const days of [1, 7]) {
    // 1970 began on a Thursday: weeks begin on Mondays.
    const start = days === 7 ? first - modulo(first + 3, 7) : first;
    const count = Math.floor((last - start) / days) + 1;
    if (count <= most) return cut(count, (i) => start + i * days);
  }
  const monthOf = (day) => {
    const at = new Date(day * DAY_MS);
    return at.getUTCFullYear() * 12 + at.getUTCMonth();
  };
  const countOf = (months) => Math.floor(monthOf(last) / months) - Math.floor(monthOf(first) / months) + 1;
  const months = [1, 3, 12, 60, 120, 600].find((each) => countOf(each) <= most) ?? 1200;
  const start = Math.floor(monthOf(first) / months);
  return cut(countOf(months), (i) => monthStart((start + i) * months));
}
