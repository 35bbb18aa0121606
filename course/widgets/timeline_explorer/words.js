// Events in words: for the picture's options, the details and the table.

/** When an event was, as far as it is known. */
function whenInWords(event) {
  const begin = dateInWords(event.begin, event.precision);
  if (!event.interval) return begin;
  const end = dateInWords(event.end - 1, event.end_precision);
  return begin === end ? begin : `${begin} to ${end}`;
}

/** What is not known of an event's date, or nothing. */
function doubtInWords(event) {
  const parts = [
    event.unsure.begin && `${event.interval ? "begin" : "date"} known to the ${event.precision} only`,
    event.unsure.end && `end known to the ${event.end_precision} only`,
  ];
  return parts.filter(Boolean).join(", ");
}

const countriesInWords = ({ countries }) => countries.map(([, name]) => name).join(", ");

/** An event for somebody who does not see it. */
function eventInWords(event) {
  const doubt = doubtInWords(event);
  const when = doubt ? `${whenInWords(event)} (${doubt})` : whenInWords(event);
  return `${when}: ${event.title}. ${event.category}; doctrine invoked: ${event.invoked}`;
}

/** All that is known of an event. */
function detailsOf(event) {
  const doubt = doubtInWords(event);
  const coded = event.other_category
    ? `${event.category} (also read as ${event.other_category})`
    : event.category;
  const evidence = event.invocation_evidence ? ` – ${event.invocation_evidence}` : "";
  const facts = [
    ["When", doubt ? `${whenInWords(event)} – ${doubt}` : whenInWords(event)],
    ["Category", coded],
    ["Countries", countriesInWords(event)],
    ["Doctrine invoked", `${event.invoked}${evidence}`],
    ["In dispute", event.contested.replaceAll("_", " ").replaceAll(";", ",")],
    ["Support", event.thin ? "thin: this row rests on thin sources" : ""],
    ["Note", event.note],
    ["Source", event.source],
  ];
  const shown = facts.filter(([, words]) => words);
  return [
    html("p", { class: "title" }, html("span", { class: "number" }, event.id), ` ${event.title}`),
    ...(event.description ? [html("p", {}, event.description)] : []),
    html("dl", {}, shown.flatMap(([name, words]) => [html("dt", {}, name), html("dd", {}, words)])),
  ];
}

/** The same as a table; rows are made once and shown as the filter says. */
function eventTable(events, choose) {
  const made = new Map();
  const node = table("", ["Event", "Date", "What", "Category", "Countries", "Doctrine invoked"], []);
  const body = node.tBodies[0];
  function rowOf(event) {
    if (!made.has(event.id)) {
      const what = button(event.title, () => choose(event.id));
      what.className = "as-text";
      const doubt = doubtInWords(event);
      const when = doubt ? `${whenInWords(event)} (${doubt})` : whenInWords(event);
      const cells = [event.id, when, what, event.category, countriesInWords(event), event.invoked];
      made.set(event.id, tableRow(cells));
    }
    return made.get(event.id);
  }
  function show(shown) {
    node.caption.textContent = `${shown.length} of ${events.length} events; press one to see it above`;
    body.replaceChildren(...shown.map(rowOf));
  }
  return { node, show };
}
