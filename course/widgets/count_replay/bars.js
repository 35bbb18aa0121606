// Two bars to one scale: García's lead, and the ballots that are still out.

import { svg } from "../shared/elements.js";
import { defineFills } from "../shared/fills.js";
import { writeCount } from "../shared/numbers.js";
import { nameLeader, sayBoth, sayHow } from "./words.js";

/** @import { Row } from "./types.d.ts" */

const HEIGHT = 28;
const WIDE = { left: 208, right: 156, above: 0, step: 38 };
const NARROW = { left: 0, right: 116, above: 18, step: 52 };
const AXIS = 16;

/** Find the end of a scale that begins at 0: the next of 1, 2 or 5 times a power of ten. @param {number} longest */
export function chooseEnd(longest) {
  const power = 10 ** Math.floor(Math.log10(Math.max(longest, 1)));
  return ([1, 2, 5].find((times) => times * power >= longest) ?? 10) * power;
}

/** Draw the two bars of a report. @param {Row} row @param {string} prefix @param {number} width */
export function drawBars(row, prefix, width) {
  const { lead, out } = row;
  const isWide = width >= 560;
  const { left, right, above, step } = isWide ? WIDE : NARROW;
  const votes = Math.abs(lead?.votes ?? 0);
  const end = chooseEnd(Math.max(votes, out ?? 2 * votes)); // a lead that stands alone leaves room for its words
  const scale = (width - left - right) / end;
  const floor = above + step + HEIGHT;
  const [leader, behind] = nameLeader(lead);
  const who = leader === "García" ? "garcia" : "flores";

  /** @param {number} y @param {string} name @param {string} more */
  function drawName(y, name, more) {
    const below = more && isWide ? svg("text", { x: 0, y: y + 26, class: "soft" }, more) : [];
    const text = isWide || !more ? name : `${name} ${more}`;
    return [svg("text", { x: 0, y: isWide ? y + (more ? 12 : 19) : y - 5, class: "row" }, text), below];
  }
  /** @param {number} y @param {number} length @param {string} how @param {Record<string, string>} about its bar */
  function drawNumber(y, length, how, about) {
    const text = svg("text", { x: left + length * scale + 9, y: y + 20 });
    text.append(svg("tspan", { class: "big" }, writeCount(length)), svg("tspan", { dx: 6, class: "soft" }, how));
    return [svg("rect", { x: left, y, width: length * scale, height: HEIGHT, ...about }), text];
  }
  /** @param {number} y @param {string} words */
  const drawSilence = (y, words) => [svg("text", { x: left, y: y + 19, class: "soft" }, words)];
  const [top, low] = [above, above + step];
  const at = left + votes * scale;
  const ahead = lead
    ? drawNumber(top, votes, isWide ? `votes, ${sayHow(lead)}` : lead.how, { class: `lead ${who}` })
    : drawSilence(top, "not given by this report");
  const waiting =
    out === null
      ? drawSilence(low, "Cannot be estimated from this report")
      : drawNumber(low, out, isWide ? "estimate" : "", { class: "out", fill: `url(#${prefix}-out)` });
  const carried = svg("line", { x1: at, x2: at, y1: top + HEIGHT, y2: floor + 5, class: `carried ${who}` });
  const scaleEnd = left + end * scale;
  const axis = [
    svg("path", { d: `M${left} ${floor + 6}v3h${end * scale}v-3`, class: "axis" }),
    svg("text", { x: left, y: floor + AXIS + 6, class: "soft" }, "0"),
    svg("text", { x: scaleEnd, y: floor + AXIS + 6, class: "soft", "text-anchor": "end" }, writeCount(end)),
  ];
  return svg(
    "svg",
    { role: "img", "aria-label": `Two bars on one scale. ${sayBoth(row)}`, width, height: floor + AXIS + 8 },
    svg("g", { class: `trailing-${who === "garcia" ? "flores" : "garcia"}` }, [
      defineFills(prefix, [{ key: "out", pattern: "stripes", label: "" }]),
      ...drawName(top, `${leader} ahead of ${behind} by`, "").flat(),
      ...drawName(low, "Ballots still out", `(all could be for ${behind})`).flat(),
      ...waiting,
    ]),
    ahead,
    lead && out !== null ? carried : [],
    axis,
  );
}
