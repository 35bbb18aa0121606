// One candidate's votes as a part of three wholes: valid votes, votes cast, registered electors.

const PARTS = [
  { key: "candidate", pattern: "plain", label: "the candidate's votes" },
  { key: "others", pattern: "plain", label: "all other valid votes" },
  { key: "blank", pattern: "dots", label: "blank votes" },
  { key: "null", pattern: "stripes", label: "null votes" },
  { key: "absent", pattern: "plain", label: "registered, did not vote" },
];
const WHOLES = [
  { label: "Valid votes", total: "valid_votes", parts: 2 },
  { label: "Votes cast", total: "votes_cast", parts: 4 },
  { label: "Registered electors", total: "registered", parts: 5 },
];
const BAR = { height: 30, label: 22, gap: 16, axis: 30 };

/** The parts of a place's registered electors, as counts. */
function partsOf(place, candidate) {
  const votes = place.votes[candidate.column];
  return {
    candidate: votes,
    others: place.valid_votes - votes,
    blank: place.blank_votes,
    null: place.null_votes,
    absent: place.registered - place.votes_cast,
  };
}

/** Round steps for an axis of votes, so few that their labels do not touch. */
function roundStep(highest, width) {
  const rough = highest / Math.min(4, Math.max(1, width / 100));
  const power = 10 ** Math.floor(Math.log10(rough));
  return [1, 2, 5, 10].map((times) => times * power).find((step) => step >= rough);
}

function axis(stretched, highest, width, top, bottom) {
  const marks = [];
  if (stretched) {
    for (const percent of [0, 25, 50, 75, 100]) marks.push([percent / 100, `${percent} %`]);
  } else {
    const step = roundStep(highest, width);
    for (let votes = 0; votes <= highest; votes += step) {
      marks.push([votes / highest, count(votes)]);
    }
  }
  return marks.map(([share, text]) => {
    const x = share * width;
    const anchor = share === 0 ? "start" : x > width - 36 ? "end" : "middle";
    return svg(
      "g",
      {},
      svg("line", { x1: x, x2: x, y1: top, y2: bottom + 5, class: "tick" }),
      svg("text", { x, y: bottom + 20, "text-anchor": anchor }, text),
    );
  });
}

/** The figure: three bars, drawn to one scale of votes or each stretched to its whole. */
function figure(prefix, width, place, candidate, stretched) {
  const parts = partsOf(place, candidate);
  const bottom = WHOLES.length * (BAR.label + BAR.height + BAR.gap) - BAR.gap + 6;
  const bars = WHOLES.map((whole, row) => {
    const y = row * (BAR.label + BAR.height + BAR.gap) + BAR.label;
    const scale = width / (stretched ? place[whole.total] : place.registered);
    let x = 0;
    const pieces = PARTS.slice(0, whole.parts).map(({ key }) => {
      const drawn = piece(prefix, key, x * scale, y, parts[key] * scale, BAR.height);
      x += parts[key];
      return drawn;
    });
    const text = `${whole.label}: ${count(place[whole.total])}`;
    return svg("g", {}, svg("text", { x: 0, y: y - 6 }, text), pieces);
  });
  const name = `Bars. ${sentence(place, candidate)}`;
  return svg(
    "svg",
    { role: "img", "aria-label": name, width, height: bottom + BAR.axis },
    fills(prefix, PARTS),
    axis(stretched, place.registered, width, 0, bottom),
    bars,
  );
}

function sentence(place, candidate) {
  return (
    `${candidate.name}, ${place.name}: ${count(place.votes[candidate.column])} votes, drawn as a ` +
    `part of ${count(place.valid_votes)} valid votes, of ${count(place.votes_cast)} votes cast ` +
    `and of ${count(place.registered)} registered electors.`
  );
}

function numbers(place, candidate) {
  const parts = partsOf(place, candidate);
  const rows = [
    [`Votes for ${candidate.name}`, parts.candidate],
    ["All other valid votes", parts.others],
    ["Valid votes", place.valid_votes],
    ["Blank votes", parts.blank],
    ["Null votes", parts.null],
    ["Votes cast", place.votes_cast],
    ["Registered, did not vote", parts.absent],
    ["Registered electors", place.registered],
  ];
  const node = table(
    `${candidate.name}, ${place.name}`,
    ["What is counted", "Number"],
    rows.map(([label, number]) => [label, count(number)]),
  );
  node.classList.add("numbers");
  for (const row of [2, 5, 7]) node.tBodies[0].rows[row].classList.add("sum");
  return node;
}

function scaleChoice(draw) {
  const name = uniqueId("scale");
  const option = (value, text, checked) => {
    const input = html("input", { type: "radio", name, value, checked });
    input.addEventListener("change", () => draw(value === "whole"));
    return html("label", { class: "choice" }, input, text);
  };
  return html(
    "fieldset",
    {},
    html("legend", {}, "Draw the three bars"),
    option("votes", "to one scale of votes", true),
    option("whole", "each stretched to its own whole", false),
  );
}

/** What stays the same and what differs between the three bars. */
function lesson(place, candidate, stretched) {
  const votes = count(place.votes[candidate.column]);
  return stretched
    ? `The same ${votes} votes for ${candidate.name} fill another part of each bar: only the ` +
        "whole differs."
    : `The ${votes} votes for ${candidate.name} are equally long in all three bars: only the ` +
        "whole grows.";
}

function render({ model, el }) {
  const { candidates, places } = model.get("content");
  const root = frame(el, "denominator-explorer", "One number of votes, three wholes");
  const prefix = uniqueId("part");
  const candidateList = choiceOf(candidates.map(({ name }, index) => [index, name]));
  const placeList = choiceOf(places.map(({ name }, index) => [index, name]));
  const drawing = html("div", { class: "figure" });
  const beside = html("div");
  const said = html("p", { role: "status" });
  let stretched = false;

  function draw() {
    const chosen = [places[placeList.value], candidates[candidateList.value]];
    const width = Math.max(drawing.clientWidth, 200);
    drawing.replaceChildren(figure(prefix, width, ...chosen, stretched), legend(prefix, PARTS));
    beside.replaceChildren(sideways(numbers(...chosen)));
    said.textContent = lesson(...chosen, stretched);
  }
  const scale = scaleChoice((whole) => {
    stretched = whole;
    draw();
  });
  candidateList.addEventListener("change", draw);
  placeList.addEventListener("change", draw);
  const lists = [labelled("Candidate", candidateList), labelled("Place", placeList)];
  root.append(
    html("div", { class: "controls" }, lists, scale),
    html("div", { class: "side-by-side" }, drawing, beside),
    said,
  );
  draw();
  return redrawOnResize(drawing, draw);
}

export default { render };
