// Which events are shown: by category, country and invocation of the doctrine, in native controls.

const ANY = "";

/** Boxes that are all ticked at first, below a legend. */
function boxes(words, settings, changed) {
  const inputs = settings.map(({ value, label }) => {
    const input = html("input", { type: "checkbox", value, checked: true });
    input.addEventListener("change", changed);
    return { input, node: html("label", { class: "choice" }, input, label) };
  });
  const node = html(
    "fieldset",
    { class: "boxes" },
    html("legend", {}, words),
    html("div", { class: "choices" }, inputs.map((one) => one.node)),
  );
  const chosen = () => inputs.filter(({ input }) => input.checked).map(({ input }) => input.value);
  const set = (on) => inputs.forEach(({ input }) => (input.checked = on));
  return { node, chosen, set, whole: () => chosen().length === inputs.length };
}

/** Categories fold away behind a line that says how many are shown. */
function categoryFilter(categories, changed) {
  const choice = boxes("Show events of these categories", categories.map((value) => ({ value, label: value })), act);
  const summary = html("summary");
  const every = button("All", () => all(true));
  const none = button("None", () => all(false));
  const node = html(
    "details",
    { class: "categories" },
    summary,
    html("div", { class: "folded" }, choice.node, html("div", { class: "buttons" }, every, none)),
  );
  function all(on) {
    choice.set(on);
    act();
  }
  const say = () =>
    (summary.textContent = `Categories: ${choice.chosen().length} of ${categories.length}`);
  function act() {
    say();
    changed();
  }
  say();
  return { ...choice, node, say };
}

/** Countries that take part in an event, by name. */
function countriesOf(events) {
  const names = new Map(events.flatMap(({ countries }) => countries));
  return [...names].sort(([, one], [, other]) => one.localeCompare(other));
}

/** The filter; `passing()` gives the events that fit it. */
function filterOf(events, categories, swatch, changed) {
  const category = categoryFilter(categories, changed);
  const country = choiceOf([[ANY, "All countries"], ...countriesOf(events)]);
  country.addEventListener("change", changed);
  const kinds = INVOCATION.filter(({ key }) => events.some((event) => fillOf(event) === key));
  const invoked = boxes(
    "Doctrine invoked",
    kinds.map(({ key, label }) => ({ value: key, label: [swatch(key), label] })),
    changed,
  );
  const reset = button("Show all", () => {
    category.set(true);
    invoked.set(true);
    country.value = ANY;
    category.say();
    changed();
  });
  const node = html("div", { class: "controls filter" }, invoked.node, labelled("Country", country));
  node.append(category.node, reset);
  const passing = () => {
    const [lanes, keys] = [category.chosen(), invoked.chosen()];
    return events.filter(
      (event) =>
        lanes.includes(event.category) &&
        keys.includes(fillOf(event)) &&
        (country.value === ANY || event.countries.some(([code]) => code === country.value)),
    );
  };
  const whole = () => category.whole() && invoked.whole() && country.value === ANY;
  const show = () => reset.setAttribute("aria-disabled", String(whole()));
  return { node, passing, show };
}
