// Which events are shown: by what officials named, by years and by country, in native controls.

import { labelControl, makeDropDown, makeTickBox } from "../shared/controls.js";
import { html } from "../shared/elements.js";
import { beginYear } from "./dates.js";
import { findFill, NAMED } from "./picture.js";

/** @import { Stretch, TimedEvent } from "./types.d.ts" */

const ALL = "all";
/** Years from the first to before the last. */
const SPANS = [
  { label: "to 1900", years: [0, 1900] },
  { label: "1900–1933", years: [1900, 1934] },
  { label: "1934–1989", years: [1934, 1990] },
  { label: "from 1990", years: [1990, 9999] },
].map(({ label, years }) => ({ label, from: beginYear(years[0]), until: beginYear(years[1]) }));
const MARGIN = 0.015; // of the time in view, on both sides
const LEAST_DAYS = 400;

/** Tell whether an event falls into a stretch of time, at least in part. @param {TimedEvent} event @param {Stretch} stretch */
const isWithin = ({ begin, end }, { from, until }) => begin < until && end > from;

/** List the countries that take part in events, by name. @param {TimedEvent[]} events */
function listCountries(events) {
  const names = new Map(events.flatMap(({ countries }) => countries));
  const choices = [...names].map(([value, label]) => ({ value, label }));
  return choices.sort((one, other) => one.label.localeCompare(other.label));
}

/**
 * Make the filter; `listPassing()` gives the events that fit it, `view()` the time to be drawn.
 * @param {TimedEvent[]} events @param {(key: string) => SVGElement} swatch @param {() => void} changed
 */
export function makeFilter(events, swatch, changed) {
  const spans = SPANS.filter((span) => events.some((event) => isWithin(event, span)));
  const years = makeDropDown([ALL, ...spans.map(({ label }) => label)], changed);
  const country = makeDropDown([ALL, ...listCountries(events)], changed);
  const boxes = NAMED.flatMap((value) => {
    const count = events.filter((event) => findFill(event) === value).length;
    const words = html("span", {}, `${value} ${count}`);
    return count ? [{ value, ...makeTickBox([swatch(value), words], changed, { value, checked: true }) }] : [];
  });
  const legend = html("legend", {}, "Doctrine named");
  const kinds = html("fieldset", { class: "flow" }, legend, ...boxes.map(({ node }) => node));
  const seen = html("span", { class: "seen" });
  const fields = [kinds, labelControl("Years", years), labelControl("Country", country), seen];
  const span = () => spans.find(({ label }) => label === years.value);
  const keys = () => boxes.flatMap(({ box, value }) => (box.checked ? [value] : []));

  function listPassing() {
    const [within, shown] = [span(), keys()];
    return events.filter(
      (event) =>
        (!within || isWithin(event, within)) &&
        shown.includes(findFill(event)) &&
        (country.value === ALL || event.countries.some(([code]) => code === country.value)),
    );
  }
  function view() {
    const ends = {
      from: Math.min(...events.map(({ begin }) => begin)),
      until: Math.max(...events.map(({ end }) => end)),
    };
    const { from, until } = span() ?? ends;
    const [first, last] = [Math.max(from, ends.from), Math.min(until, ends.until)];
    const margin = Math.max((last - first) * MARGIN, (LEAST_DAYS - (last - first)) / 2);
    return { from: first - margin, until: last + margin };
  }
  /** Say in words what the filter lets through. */
  function say() {
    const place = country.value === ALL ? "" : country.selectedOptions[0].label;
    const words = [place, span()?.label ?? "", `doctrine named: ${keys().join(", ") || "none of these"}`];
    return words.filter(Boolean).join(" · ");
  }
  function reset() {
    for (const { box } of boxes) box.checked = true;
    years.value = ALL;
    country.value = ALL;
    changed();
  }
  function show(/** @type {number} */ count) {
    seen.textContent = `${count} of ${events.length} shown`;
  }
  return { node: html("div", { class: "filter flow" }, fields), listPassing, view, say, reset, show };
}
