// Which events are shown: by category, country and invocation of the doctrine, in native controls.

import { labelControl, makeButton, markIdle } from "../shared/buttons.js";
import { makeDropDown, makeTickBoxes } from "../shared/choice_list.js";
import { html } from "../shared/elements.js";
import { findFill, INVOCATION } from "./options.js";

/** @import { TimedEvent } from "./types.d.ts" */

const ANY = "";

/** Fold categories away behind a line that says how many are shown. */
function makeCategoryFilter(/** @type {string[]} */ categories, /** @type {() => void} */ changed) {
  const choices = categories.map((value) => ({ value, label: value }));
  const boxes = makeTickBoxes("Show events of these categories", choices, act);
  const summary = html("summary");
  function setAll(/** @type {boolean} */ checked) {
    boxes.setAll(checked);
    act();
  }
  function act() {
    say();
    changed();
  }
  function say() {
    summary.textContent = `Categories: ${boxes.chosen().length} of ${categories.length}`;
  }
  const buttons = [makeButton("All", () => setAll(true)), makeButton("None", () => setAll(false))];
  const row = html("div", { class: "buttons" }, buttons);
  const folded = html("div", { class: "folded" }, boxes.node, row);
  say();
  return { ...boxes, node: html("details", { class: "categories" }, summary, folded), setAll };
}

/** List the countries that take part in events, by name. @param {TimedEvent[]} events */
function listCountries(events) {
  const names = new Map(events.flatMap(({ countries }) => countries));
  const choices = [...names].map(([value, label]) => ({ value, label }));
  return choices.sort((one, other) => one.label.localeCompare(other.label));
}

/**
 * Make the filter; `listPassing()` gives the events that fit it.
 * @param {TimedEvent[]} events @param {string[]} categories
 * @param {(key: string) => SVGElement} swatch @param {() => void} changed
 */
export function makeFilter(events, categories, swatch, changed) {
  const category = makeCategoryFilter(categories, changed);
  const countries = [{ value: ANY, label: "All countries" }, ...listCountries(events)];
  const country = makeDropDown(countries, changed);
  const fills = INVOCATION.filter((fill) => events.some((event) => findFill(event) === fill));
  const kinds = fills.map(({ key, label }) => ({ value: key, label: [swatch(key), label] }));
  const invoked = makeTickBoxes("Doctrine invoked", kinds, changed);
  const reset = makeButton("Show all", () => {
    invoked.setAll(true);
    country.value = ANY;
    category.setAll(true);
  });
  const fields = [invoked.node, labelControl("Country", country), category.node, reset];
  function listPassing() {
    const [lanes, keys] = [category.chosen(), invoked.chosen()];
    return events.filter(
      (event) =>
        lanes.includes(event.category) &&
        keys.includes(findFill(event).key) &&
        (country.value === ANY || event.countries.some(([code]) => code === country.value)),
    );
  }
  function show() {
    markIdle(reset, category.isWhole() && invoked.isWhole() && country.value === ANY);
  }
  return { node: html("div", { class: "controls filter" }, fields), listPassing, show };
}
