// Days, dates in words and the marks of a time axis. A day is a number: days since 1 January 1970.

/** @typedef {{ months: number, days: number[], px: number }} Step */

const DAY_MS = 86_400_000;
export const MONTHS = [
  ...["January", "February", "March", "April", "May", "June", "July"],
  ...["August", "September", "October", "November", "December"],
];
/** How far apart the marks of an axis may stand, the widest first; px is the room of a label. @type {Step[]} */
const STEPS = [
  ...[100, 50, 20, 10, 5, 2, 1].map((years) => ({ months: 12 * years, days: [1], px: 58 })),
  ...[6, 3, 1].map((months) => ({ months, days: [1], px: 84 })),
  ...[
    [1, 16],
    [1, 8, 15, 22],
  ].map((days) => ({ months: 1, days, px: 100 })),
];

/** Return the day of a text such as "1904-12-06". @param {string} text */
export const readDay = (text) => Date.parse(`${text}T00:00Z`) / DAY_MS;

/** Return year, month (0 to 11) and day of the month of a day. @param {number} day */
export function splitDay(day) {
  const date = new Date(Math.floor(day) * DAY_MS);
  return [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
}

/** Write a date as far as it is known: the day, "February 1905" or "1990". */
export function writeDate(/** @type {number} */ day, /** @type {string | null} */ precision) {
  const [year, month, date] = splitDay(day);
  if (precision === "year") return String(year);
  return precision === "month" ? `${MONTHS[month]} ${year}` : `${date} ${MONTHS[month]} ${year}`;
}

/** Return the days of an axis that get a mark, with their words; `scale` is in pixels a day. */
export function listTicks(/** @type {number} */ from, /** @type {number} */ until, /** @type {number} */ scale) {
  const isWide = (/** @type {Step} */ { months, days, px }) => (months * 30.4 * scale) / days.length >= px;
  const step = STEPS.findLast(isWide) ?? STEPS[0];
  const [year, month] = splitDay(from);
  const begin = year * 12 + month - ((year * 12 + month) % step.months);
  const ticks = [];
  for (let at = begin; ; at += step.months) {
    for (const date of step.days) {
      const day = Date.UTC(Math.floor(at / 12), at % 12, date) / DAY_MS;
      if (day > until) return ticks;
      if (day >= from) ticks.push({ day, text: writeTick(day, step) });
    }
  }
}

/** Write the words of a mark. @param {number} day @param {Step} step */
function writeTick(day, { months, days }) {
  const [year, month, date] = splitDay(day);
  if (months >= 12) return String(year);
  const short = `${MONTHS[month].slice(0, 3)} ${year}`;
  return days.length > 1 ? `${date} ${short}` : short;
}
