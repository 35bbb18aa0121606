// Days as numbers, dates in words, the years at the marks of an axis.

/** @import { Stretch } from "./types.d.ts" */

const DAY_MS = 86_400_000;
const YEAR_DAYS = 365.2425;
const TICK_PX = 64;
const TICK_YEARS = [100, 50, 20, 10, 5, 2, 1];
const DATE = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" }); // 6 December 1904

/** Return the day of a text such as "1904-12-06". @param {string} text */
export const readDay = (text) => Date.parse(`${text}T00:00Z`) / DAY_MS;

/** Return the first day of a year. @param {number} year */
export const beginYear = (year) => Date.UTC(year, 0) / DAY_MS;

/** Write a date as far as it is known: the day, "February 1905" or "1990". */
export function writeDate(/** @type {number} */ day, /** @type {string | null} */ precision) {
  const words = DATE.format(day * DAY_MS).split(" ");
  const known = { year: 1, month: 2 }[precision ?? ""] ?? 3;
  return words.slice(-known).join(" ");
}

/** Return the years that get a mark on an axis `width` pixels long. */
export function listTicks(/** @type {Stretch} */ { from, until }, /** @type {number} */ width) {
  const scale = width / (until - from);
  const step = TICK_YEARS.findLast((years) => years * YEAR_DAYS * scale >= TICK_PX) ?? TICK_YEARS[0];
  const ticks = [];
  for (let year = Math.ceil((1970 + from / YEAR_DAYS) / step) * step; beginYear(year) <= until; year += step) {
    if (beginYear(year) >= from) ticks.push(year);
  }
  return ticks;
}
