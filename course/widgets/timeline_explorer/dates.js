// Days, dates in words and the marks of a time axis. A day is a number: days since 1 January 1970.

const DAY_MS = 86_400_000;
const MONTHS = [
  ...["January", "February", "March", "April", "May", "June", "July"],
  ...["August", "September", "October", "November", "December"],
];
// How far apart the marks of an axis may stand, the widest first; px is the room that a label needs.
const TICKS = [
  ...[100, 50, 20, 10, 5, 2, 1].map((years) => ({ months: 12 * years, days: [1], px: 58 })),
  ...[6, 3, 1].map((months) => ({ months, days: [1], px: 84 })),
  ...[[1, 16], [1, 8, 15, 22]].map((days) => ({ months: 1, days, px: 100 })),
];

const dayOf = (text) => Date.parse(`${text}T00:00Z`) / DAY_MS;

/** Year, month (0 to 11) and day of the month of a day. */
function calendar(day) {
  const date = new Date(Math.floor(day) * DAY_MS);
  return [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
}

/** A day as "6 December 1904", or "6 Dec 1904" if it has to be short. */
function dayInWords(day, short = false) {
  const [year, month, date] = calendar(day);
  return `${date} ${short ? MONTHS[month].slice(0, 3) : MONTHS[month]} ${year}`;
}

/** A date as far as it is known: the day, "February 1905" or "1990". */
function dateInWords(day, precision) {
  const [year, month] = calendar(day);
  if (precision === "year") return String(year);
  return precision === "month" ? `${MONTHS[month]} ${year}` : dayInWords(day);
}

/** The days of an axis that get a mark, with their words; `scale` is in pixels a day. */
function ticksOf(from, until, scale) {
  const apart = ({ months, days }) => (months * 30.4 * scale) / days.length;
  const step = TICKS.findLast((one) => apart(one) >= one.px) ?? TICKS[0];
  const [year, month] = calendar(from);
  const begin = year * 12 + month - ((year * 12 + month) % step.months);
  const ticks = [];
  for (let at = begin; ; at += step.months) {
    for (const date of step.days) {
      const day = Date.UTC(Math.floor(at / 12), at % 12, date) / DAY_MS;
      if (day > until) return ticks;
      if (day >= from) ticks.push({ day, text: tickWords(day, step) });
    }
  }
}

function tickWords(day, { months, days }) {
  const [year, month] = calendar(day);
  if (months >= 12) return String(year);
  return days.length > 1 ? dayInWords(day, true) : `${MONTHS[month].slice(0, 3)} ${year}`;
}
