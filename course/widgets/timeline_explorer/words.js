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

/** Say what is not known of an event's date, or nothing. @param {TimedEvent} event */
function sayDoubt({ unsure, interval, precision, end_precision: endPrecision }) {
  const parts = [
    unsure.begin && `${interval ? "begin" : "date"} known to the ${precision} only`,
    unsure.end && `end known to the ${endPrecision} only`,
  ];
  return parts.filter(Boolean).join(", ");
}

/** Say when an event was and what is in doubt. @param {TimedEvent} event */
export function sayWhenAndDoubt(event) {
  const doubt = sayDoubt(event);
  return doubt ? `${sayWhen(event)} (${doubt})` : sayWhen(event);
}

/** Say which countries take part. @param {TimedEvent} event */
export const sayCountries = ({ countries }) => countries.map(([, name]) => name).join(", ");

/** Say an event for somebody who does not see it. @param {TimedEvent} event */
export function sayEvent(event) {
  const { title, category, invoked } = event;
  return `${sayWhenAndDoubt(event)}: ${title}. ${category}; doctrine invoked: ${invoked}`;
}

/** List what is known of an event, as names and words. @param {TimedEvent} event */
export function listFacts(event) {
  const [doubt, other] = [sayDoubt(event), event.other_category];
  const evidence = event.invocation_evidence ? ` – ${event.invocation_evidence}` : "";
  const facts = [
    ["When", doubt ? `${sayWhen(event)} – ${doubt}` : sayWhen(event)],
    ["Category", other ? `${event.category} (also read as ${other})` : event.category],
    ["Countries", sayCountries(event)],
    ["Doctrine invoked", `${event.invoked}${evidence}`],
    ["In dispute", event.contested.replaceAll("_", " ").replaceAll(";", ",")],
    ["Support", event.thin ? "thin: this row rests on thin sources" : ""],
    ["Note", event.note],
    ["Source", event.source],
  ];
  return facts.filter(([, words]) => words);
}
