// Where the votes of the eliminated candidates can have gone between the two rounds.

const SIDES = [
  { key: "garcia", name: "García" },
  { key: "humala", name: "Humala" },
];
const ROW = { height: 34, label: 22, gap: 20, top: 20, legend: 8 };
const COARSE = 10000;

/**
 * What a split implies. `given` holds the eliminated candidates' votes that went to each finalist;
 * what they miss of the runoff total must have come from people without a valid vote before.
 */
function balance(numbers, given) {
  const side = (key) => {
    const own = numbers[`${key}_first`];
    const total = numbers[`${key}_runoff`];
    return { own, given: given[key], fresh: total - own - given[key], total };
  };
  return {
    garcia: side("garcia"),
    humala: side("humala"),
    away: numbers.eliminated - given.garcia - given.humala,
  };
}

/** Why a split cannot have been, one sentence a reason; empty if it can. */
function obstacles(numbers, { garcia, humala, away }) {
  const reasons = [];
  if (away < 0) {
    reasons.push(
      `${count(-away)} votes more are given out than the eliminated candidates had.`,
    );
  }
  for (const [name, side] of [["García", garcia], ["Humala", humala]]) {
    if (side.fresh < 0) {
      reasons.push(
        `${name} would have ${count(-side.fresh)} votes too many ` +
          `(he would need ${count(side.fresh)} new voters).`,
      );
    }
  }
  const fresh = garcia.fresh + humala.fresh;
  if (fresh > numbers.no_valid_vote) {
    reasons.push(
      `${count(fresh)} new voters are needed, but only ${count(numbers.no_valid_vote)} ` +
        "registered electors cast no valid vote in the first round.",
    );
  }
  return reasons;
}

function numbersTable({ garcia, humala, away }, mayStayAway) {
  const row = (label, key) => [
    label,
    count(garcia[key]),
    count(humala[key]),
    count(garcia[key] + humala[key]),
  ];
  const rows = [
    row("Own votes of the first round", "own"),
    row("From eliminated candidates", "given"),
    row("From new voters", "fresh"),
    row("Runoff total (official)", "total"),
  ];
  if (mayStayAway) rows.push(["Eliminated: no valid vote now", "–", "–", count(away)]);
  const node = table("What the split implies", ["Votes", "García", "Humala", "Both"], rows);
  node.classList.add("numbers");
  node.tBodies[0].rows[3].classList.add("sum");
  return node;
}

const PIECES = [
  { key: "own", pattern: "plain", label: "own votes of the first round" },
  { key: "given", pattern: "stripes", label: "from eliminated candidates" },
  { key: "fresh", pattern: "dots", label: "from new voters" },
  { key: "excess", pattern: "crosses", label: "too many: beyond the runoff total (thick line)" },
];

/** A finalist's bar: pieces up to the runoff total, and what stands out beyond it. */
function bar(prefix, name, side, y, scale) {
  const lengths = {
    own: side.own,
    given: side.given + Math.min(side.fresh, 0),
    fresh: Math.max(side.fresh, 0),
    excess: Math.max(-side.fresh, 0),
  };
  let x = 0;
  const pieces = PIECES.filter(({ key }) => lengths[key] > 0).map(({ key }) => {
    const node = piece(prefix, key, x * scale, y, lengths[key] * scale, ROW.height);
    x += lengths[key];
    return node;
  });
  const end = side.total * scale;
  return svg(
    "g",
    {},
    svg("text", { x: 0, y: y - 7 }, `${name}: runoff total ${count(side.total)}`),
    pieces,
    svg("line", { x1: end, x2: end, y1: y - 5, y2: y + ROW.height + 5, class: "goal" }),
  );
}

function figure(prefix, numbers, result, width) {
  const longest = Math.max(numbers.garcia_first, numbers.humala_first) + numbers.eliminated;
  const scale = width / Math.max(longest, numbers.garcia_runoff, numbers.humala_runoff);
  const step = ROW.height + ROW.label + ROW.gap;
  const words = SIDES.map(({ key, name }) => {
    const side = result[key];
    return (
      `${name}: ${count(side.own)} own votes, ${count(side.given)} from eliminated candidates, ` +
      `${count(side.fresh)} from new voters, ${count(side.total)} in the runoff.`
    );
  });
  return svg(
    "svg",
    { role: "img", "aria-label": `Bars. ${words.join(" ")}`, width, height: 2 * step },
    fills(prefix, PIECES),
    SIDES.map(({ key, name }, row) =>
      bar(prefix, name, result[key], row * step + ROW.label, scale),
    ),
  );
}

/** Votes to type, with a slider for coarse steps; `read` gives null while it is no count. */
function votesInput(text, highest, start, changed) {
  const exact = html("input", { type: "number", min: 0, max: highest, step: 1, value: start });
  const slider = html("input", {
    type: "range",
    min: 0,
    max: highest,
    step: COARSE,
    "aria-label": `${text}, in steps of ${count(COARSE)}`,
  });
  const read = () => {
    const number = exact.value === "" ? NaN : Number(exact.value);
    return Number.isInteger(number) && number >= 0 && number <= highest ? number : null;
  };
  const show = () => {
    const number = read();
    exact.setAttribute("aria-invalid", String(number === null));
    if (number !== null) {
      slider.value = number;
      slider.setAttribute("aria-valuetext", `${count(number)} votes`);
    }
  };
  exact.addEventListener("input", () => {
    show();
    changed();
  });
  slider.addEventListener("input", () => {
    exact.value = slider.value;
    show();
    changed();
  });
  show();
  const field = labelled(text, exact);
  field.append(slider);
  return { field, read };
}

const ASSUMPTIONS = [
  "Whoever voted for García or Humala in the first round did so again.",
  "Whoever voted for an eliminated candidate cast a valid vote in the runoff.",
  "All further votes came from new voters: people without a valid vote in the first round.",
];

/** What the laboratory supposes; the second assumption can be lifted. */
function premises(numbers, changed) {
  const second = html("input", { type: "checkbox", checked: true });
  const items = ASSUMPTIONS.map((text) => html("li", {}, text));
  second.addEventListener("change", () => {
    items[1].classList.toggle("lifted", !second.checked);
    changed();
  });
  const node = html(
    "div",
    {},
    html(
      "p",
      {},
      `The ${numbers.eliminated_candidates} eliminated candidates had ` +
        `${count(numbers.eliminated)} votes together. Give some of them to García and see what ` +
        "follows if:",
    ),
    html("ol", { class: "assumptions" }, items),
    html(
      "label",
      { class: "choice" },
      second,
      "Assumption 2 holds (untick it to explore; the answer is asked for with it)",
    ),
  );
  return { node, lifted: () => !second.checked };
}

/** Where the votes went: `read()` gives { garcia, humala }, or null while an entry is no count. */
function split(highest, lifted, changed) {
  const half = Math.round(highest / 2);
  const garcia = votesInput("Votes that went to García", highest, half, changed);
  const humala = votesInput("Votes that went to Humala", highest, highest - half, changed);
  const node = html("div", { class: "controls" }, garcia.field, humala.field);

  function read() {
    humala.field.hidden = !lifted();
    const toGarcia = garcia.read();
    const toHumala = lifted() || toGarcia === null ? humala.read() : highest - toGarcia;
    return toGarcia === null || toHumala === null ? null : { garcia: toGarcia, humala: toHumala };
  }
  return { node, read };
}

/** What a split implies: a sentence, the figure, the table. */
function balanceView(numbers, lifted) {
  const prefix = uniqueId("piece");
  const rest = html("p", { class: "note" });
  const verdict = html("p", { class: "verdict", role: "status" });
  const drawing = html("div", { class: "figure" });
  const below = html("div");

  function show(given) {
    verdict.classList.toggle("trouble", given === null);
    if (given === null) {
      verdict.textContent = whatToEnter(numbers);
      return;
    }
    const result = balance(numbers, given);
    const width = Math.max(drawing.clientWidth, 200);
    drawing.replaceChildren(figure(prefix, numbers, result, width), legend(prefix, PIECES));
    below.replaceChildren(sideways(numbersTable(result, lifted())));
    rest.textContent = lifted()
      ? `The rest, ${count(result.away)}, gave no valid vote in the runoff.`
      : `The rest, ${count(given.humala)}, went to Humala.`;
    const reasons = obstacles(numbers, result);
    verdict.textContent = reasons.length
      ? `✗ Not possible: ${reasons.join(" ")}`
      : "✓ Possible: no number of voters is negative, and every total is met.";
  }
  return { nodes: [rest, verdict, drawing, below], drawing, show };
}

function whatToEnter(numbers) {
  return `Enter a whole number from 0 to ${numbers.eliminated}, without commas.`;
}

/** The two buttons that keep the number as an answer, and the line that shows what is kept. */
function keeping(keep) {
  const buttons = [
    button("Keep as the fewest", () => keep("fewest")),
    button("Keep as the most", () => keep("most")),
  ];
  const line = html("p");
  const show = (value, lifted) => {
    const text = (name) => (value[name] === undefined ? "not kept yet" : count(value[name]));
    line.textContent = `Your answer: fewest ${text("fewest")}, most ${text("most")}.`;
    for (const node of buttons) node.setAttribute("aria-disabled", String(lifted));
  };
  const row = html("div", { class: "buttons" }, buttons);
  return { node: html("div", { class: "controls" }, row, line), show };
}

function render({ model, el }) {
  const numbers = model.get("content");
  const root = frame(el, "runoff-laboratory", "Runoff laboratory: where can the votes have gone?");
  const kept = answerLine(model);

  function show() {
    view.show(votes.read());
    answers.show(model.get("value"), premise.lifted());
  }
  function keep(name) {
    const given = votes.read();
    if (premise.lifted()) kept.say("Not saved: the answer is asked for under assumption 2.");
    else if (given === null) kept.say(`Not saved. ${whatToEnter(numbers)}`);
    else kept.send({ ...model.get("value"), [name]: given.garcia });
  }
  const premise = premises(numbers, show);
  const votes = split(numbers.eliminated, premise.lifted, show);
  const view = balanceView(numbers, premise.lifted);
  const answers = keeping(keep);
  root.append(premise.node, votes.node, ...view.nodes);
  if (model.get("question")) root.append(answers.node, kept.node);
  show();
  const stopListening = listen(model, { "change:value": show });
  const stopWatching = redrawOnResize(view.drawing, show);
  return () => [kept.stop, stopListening, stopWatching].forEach((stop) => stop());
}

export default { render };
