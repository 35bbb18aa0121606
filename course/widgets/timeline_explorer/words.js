// Events in words: for the picture, the details and the table.

import { writeDate } from "./dates.js";

/** @import { TimedEvent } from "./types.d.ts" */

/** Say when an event was, as far as it is known. @param {TimedEvent} event */
export function sayWhen(event) {
  const begin = writeDate(event.begin, event.precision);
  if (!event.interval) return begin;
  const end = writeDate(event.end - 1, event.end_precision);
  return begin === end ? begin : `${begin} to ${end}`;
}

/** Say when an event was and what is in doubt. @param {TimedEvent} event */
export function sayWhenAndDoubt(event) {
  const { unsure, interval, precision, end_precision: endPrecision } = event;
  const parts = [
    unsure.begin && `${interval ? "begin" : "date"} known to the ${precision} only`,
    unsure.end && `end known to the ${endPrecision} only`,
  ];
  const doubt = parts.filter(Boolean).join(", ");
  return doubt ? `${sayWhen(event)} (${doubt})` : sayWhen(event);
}

/** Say which countries take part. @param {TimedEvent} event */
export const sayCountries = ({ countries }) => countries.map(([, name]) => name).join(", ");

/** Say an event for somebody who does not see it. @param {TimedEvent} event */
export function sayEvent(event) {
  const { title, category, invoked } = event;
  return `${sayWhenAndDoubt(event)}: ${title}. ${category}; doctrine named: ${invoked}`;
}

/** List what else is known of an event, as names and words. @param {TimedEvent} event */
export function listFacts(event) {
  const facts = [
    [`Why “${event.invoked}”`, event.invocation_evidence],
    ["Also read as", event.other_category],
    ["In dispute", event.contested.replaceAll("_", " ").replaceAll(";", ",")],
    ["Note", event.note],
    ["Source", event.source],
  ];
  return facts.filter(([, words]) => words);
}
