// Where cards and lines of an argument map stand: in rows, each card below what it bears on.
//
// The classical steps of layered drawing: turn links that would close a circle, give each card a
// row, keep a lane free where a line passes a row, order each row so that few lines cross, then
// move everything as near to its neighbours as the row allows. Nothing here touches the page; the
// same links give the same drawing, in whatever order they were drawn.

const CARD = { width: 132, height: 64 };
const SPACE = { across: 14, down: 48, lane: 12, tray: 10, label: 30 };
const ARROW = 9;
const SWEEPS = 8;

const keyOf = ({ from, to, relation }) => `${from} ${relation} ${to}`;

/** The names that have a link, and links as edges from a low row to a high one. */
function edgesOf(names, links) {
  const place = new Map(names.map((name, index) => [name, index]));
  const rank = ({ from, to, relation }) =>
    (place.get(from) * names.length + place.get(to)) * 2 + (relation === "supports" ? 0 : 1);
  const sorted = [...links].sort((one, two) => rank(one) - rank(two));
  const targets = new Map(names.map((name) => [name, []]));
  for (const { from, to } of sorted) targets.get(from).push(to);
  const turned = new Set();
  const state = new Map();
  const walk = (name) => {
    state.set(name, "open");
    for (const to of targets.get(name)) {
      if (state.get(to) === "open") turned.add(`${name} ${to}`);
      else if (!state.has(to)) walk(to);
    }
    state.set(name, "done");
  };
  for (const name of names) if (!state.has(name)) walk(name);
  const edges = sorted.map((link) => {
    const back = turned.has(`${link.from} ${link.to}`);
    return { link, back, low: back ? link.to : link.from, high: back ? link.from : link.to };
  });
  const linked = new Set(sorted.flatMap(({ from, to }) => [from, to]));
  return { edges, linked: names.filter((name) => linked.has(name)) };
}

/** Cards in layers: one that bears on nothing stands on top, every other below all its targets. */
function layersOf(linked, edges) {
  const above = new Map(linked.map((name) => [name, []]));
  for (const { low, high } of edges) above.get(low).push(high);
  const depth = new Map();
  const depthOf = (name) => {
    if (!depth.has(name)) {
      depth.set(name, Math.max(-1, ...above.get(name).map((high) => depthOf(high))) + 1);
    }
    return depth.get(name);
  };
  const layers = [];
  for (const name of linked) (layers[depthOf(name)] ??= []).push(name);
  return layers;
}

/** Layers cut into rows that fit the width; cards with nothing below them go into the upper ones. */
function rowsOf(layers, edges, columns) {
  const below = new Map();
  for (const { high } of edges) below.set(high, (below.get(high) ?? 0) + 1);
  return layers.flatMap((layer) => {
    const sorted = [...layer].sort((one, two) => (below.get(one) ?? 0) - (below.get(two) ?? 0));
    const size = Math.ceil(sorted.length / Math.ceil(sorted.length / columns));
    const rows = [];
    for (let at = 0; at < sorted.length; at += size) rows.push(sorted.slice(at, at + size));
    return rows;
  });
}

/**
 * Rows of nodes (cards and lanes) and the way of each edge through them, from low to high. Lines
 * that support one card share their lanes; dashed lines do not, for dashes would not fit together.
 */
function laned(rows, edges) {
  const nodes = rows.map((row, index) =>
    row.map((name) => ({ name, row: index, width: CARD.width, up: [], down: [] })),
  );
  const cards = new Map(nodes.flat().map((node) => [node.name, node]));
  const lanes = new Map();
  const laneAt = (edge, row) => {
    const shared = edge.link.relation === "supports" && !edge.back;
    const key = `${row} ${shared ? edge.high : keyOf(edge.link)}`;
    if (!lanes.has(key)) {
      const node = { name: null, row, width: 0, up: [], down: [] };
      lanes.set(key, node);
      nodes[row].push(node);
    }
    return lanes.get(key);
  };
  const ways = edges.map((edge) => {
    const [low, high] = [cards.get(edge.low), cards.get(edge.high)];
    const way = [low];
    for (let row = low.row - 1; row > high.row; row -= 1) way.push(laneAt(edge, row));
    way.push(high);
    for (let step = 1; step < way.length; step += 1) {
      if (!way[step].down.includes(way[step - 1])) {
        way[step].down.push(way[step - 1]);
        way[step - 1].up.push(way[step]);
      }
    }
    return way;
  });
  return { nodes, cards, ways };
}

const mean = (numbers) => numbers.reduce((sum, one) => sum + one, 0) / numbers.length;

function spaceBetween(one, two) {
  if (one.name && two.name) return SPACE.across;
  return SPACE.lane;
}

/** Set a row side by side around the middle of the width. */
function pack(row, width) {
  const total = rowWidth(row);
  let x = (width - total) / 2;
  row.forEach((node, index) => {
    if (index > 0) x += spaceBetween(row[index - 1], node);
    node.x = x + node.width / 2;
    x += node.width;
  });
}

function rowWidth(row) {
  return row.reduce(
    (sum, node, index) => sum + node.width + (index ? spaceBetween(row[index - 1], node) : 0),
    0,
  );
}

function crossings(nodes) {
  let found = 0;
  for (const row of nodes.slice(1)) {
    const lines = row.flatMap((node) => node.up.map((other) => [node.x, other.x]));
    for (let one = 0; one < lines.length; one += 1) {
      for (let two = one + 1; two < lines.length; two += 1) {
        const across = (lines[one][0] - lines[two][0]) * (lines[one][1] - lines[two][1]);
        if (across < 0) found += 1;
      }
    }
  }
  return found;
}

/** Order each row by the middle of its neighbours, up and down in turn; the best order stays. */
function order(nodes, width) {
  nodes.forEach((row) => pack(row, width));
  let best = nodes.map((row) => [...row]);
  let fewest = crossings(nodes);
  for (let sweep = 0; sweep < SWEEPS && fewest > 0; sweep += 1) {
    const side = sweep % 2 ? "down" : "up";
    for (const row of sweep % 2 ? [...nodes].reverse() : nodes) {
      const wish = new Map(
        row.map((node) => [node, node[side].length ? mean(node[side].map(({ x }) => x)) : node.x]),
      );
      row.sort((one, two) => wish.get(one) - wish.get(two));
      pack(row, width);
    }
    const now = crossings(nodes);
    if (now < fewest) {
      fewest = now;
      best = nodes.map((row) => [...row]);
    }
  }
  best.forEach((row, index) => {
    nodes[index].splice(0, row.length, ...row);
    pack(row, width);
  });
}

/** Move a row's nodes as near to `wishes` as order, spaces and width allow (least squares). */
function settleRow(row, wishes, width) {
  const offsets = [0];
  row.forEach((node, index) => {
    if (index === 0) return;
    const before = row[index - 1];
    offsets.push(
      offsets[index - 1] + (before.width + node.width) / 2 + spaceBetween(before, node),
    );
  });
  const blocks = [];
  wishes.forEach((wish, index) => {
    const weight = row[index].name ? 1 : 3;
    blocks.push({ sum: (wish - offsets[index]) * weight, weight, size: 1 });
    while (blocks.length > 1) {
      const [before, last] = blocks.slice(-2);
      if (before.sum / before.weight <= last.sum / last.weight) break;
      before.sum += last.sum;
      before.weight += last.weight;
      before.size += last.size;
      blocks.pop();
    }
  });
  const least = row[0].width / 2;
  const most = width - row.at(-1).width / 2 - offsets.at(-1);
  let index = 0;
  for (const { sum, weight, size } of blocks) {
    const start = Math.min(Math.max(sum / weight, least), Math.max(most, least));
    for (const end = index + size; index < end; index += 1) row[index].x = start + offsets[index];
  }
}

function settle(nodes, width) {
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    for (const row of sweep % 2 ? [...nodes].reverse() : nodes) {
      const wishes = row.map((node) => {
        const near = [...node.up, ...node.down];
        return near.length ? mean(near.map(({ x }) => x)) : node.x;
      });
      settleRow(row, wishes, width);
    }
  }
}

/** Where lines leave and reach a card: side by side, in the order of what is at their other end. */
function ports(node, side) {
  const others = [...node[side]].sort((one, two) => one.x - two.x);
  const step = Math.min(24, (node.width - 28) / Math.max(1, others.length - 1));
  return new Map(
    others.map((other, index) => [other, node.x + (index - (others.length - 1) / 2) * step]),
  );
}

/** The line of an edge as points from its source to its target, and where its sign stands. */
function lineOf(edge, way, tops) {
  const bottom = (node) => tops[node.row] + CARD.height;
  const middle = [];
  for (const lane of way.slice(1, -1)) {
    middle.push([lane.x, bottom(lane)], [lane.x, tops[lane.row]]);
  }
  const [low, high] = [way[0], way.at(-1)];
  // Two links of one pair would lie upon each other.
  const aside = edge.twin ? (edge.link.relation === "supports" ? -10 : 10) : 0;
  const points = [
    [ports(low, "up").get(way[1]) + aside, tops[low.row]],
    ...middle,
    [ports(high, "down").get(way.at(-2)) + aside, bottom(high)],
  ];
  if (edge.back) points.reverse();
  return points;
}

/** Rows with their lanes: the longest that fit the width, or else the narrowest. */
function fitted(linked, edges, columns, width) {
  const layers = layersOf(linked, edges);
  let best = null;
  for (let size = columns; size > 0 && (best === null || best.room > width); size -= 1) {
    const found = laned(rowsOf(layers, edges, size), edges);
    const room = Math.max(width, ...found.nodes.map(rowWidth));
    if (best === null || room < best.room) best = { ...found, room };
  }
  return best;
}

/**
 * Lay out a map in a width of pixels: { cards: [{ name, x, y }] (left top corners), lines:
 * [{ link, twin, points }], tray (where cards without a link begin, or null), width, height }.
 */
function layered(names, links, width) {
  const { edges, linked } = edgesOf(names, links);
  for (const edge of edges) {
    edge.twin = edges.some(
      (other) => other !== edge && other.low === edge.low && other.high === edge.high,
    );
  }
  const most = Math.floor((width + SPACE.across) / (CARD.width + SPACE.across));
  const columns = Math.max(2, most);
  const { nodes, cards, ways, room } = fitted(linked, edges, columns, width);
  order(nodes, room);
  settle(nodes, room);
  const tops = nodes.map((_, row) => row * (CARD.height + SPACE.down));
  const placed = linked.map((name) => {
    const node = cards.get(name);
    return { name, x: node.x - CARD.width / 2, y: tops[node.row] };
  });
  const lines = edges.map((edge, index) => ({
    link: edge.link,
    twin: edge.twin,
    points: lineOf(edge, ways[index], tops),
  }));
  const mapHeight = nodes.length ? tops.at(-1) + CARD.height : 0;
  const rest = tray(names.filter((name) => !cards.has(name)), columns, mapHeight);
  return {
    cards: [...placed, ...rest.cards],
    lines,
    tray: rest.top,
    width: room,
    height: Math.max(mapHeight, rest.bottom),
  };
}

/** Cards without a link, row by row below the map. */
function tray(names, columns, mapHeight) {
  if (!names.length) return { cards: [], top: null, bottom: 0 };
  const top = mapHeight ? mapHeight + 14 : 0;
  const cards = names.map((name, index) => ({
    name,
    x: (index % columns) * (CARD.width + SPACE.across),
    y: top + SPACE.label + Math.floor(index / columns) * (CARD.height + SPACE.tray),
  }));
  return { cards, top, bottom: cards.at(-1).y + CARD.height };
}
