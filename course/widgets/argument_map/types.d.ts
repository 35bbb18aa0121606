import type { Item } from "../shared/types.d.ts";

export type Relation = "supports" | "challenges";

export interface Link {
  from: string;
  to: string;
  relation: Relation;
}

/** A paragraph; `card` is its short name, or "" where its text has to serve. */
export interface Card extends Item {
  card: string;
}

export type Point = [x: number, y: number];

/** A line from its link's source to its target; a twin is one of two between the same cards. */
export interface Line {
  link: Link;
  twin: boolean;
  points: Point[];
}

/** Where all stands: left top corners of cards, and where those without a link begin, if any do. */
export interface Plan {
  cards: { name: string; x: number; y: number }[];
  lines: Line[];
  tray: number | null;
  width: number;
  height: number;
}

export interface Content {
  title: string;
  items: Card[];
}

export interface Answer {
  links?: Link[];
}

/** A link from a low row to a high one; `back` if it had to be turned for that. */
export interface Edge {
  link: Link;
  back: boolean;
  twin: boolean;
  low: string;
  high: string;
}

/** A card's place in a row and its neighbours above and below; a lane if it has no name. */
export interface Place {
  name: string | null;
  row: number;
  width: number;
  x: number;
  up: Place[];
  down: Place[];
}

/** A link in the list and what bears on its source, unless that stands above already. */
export interface Branch {
  link: Link;
  above: boolean;
  branches: Branch[];
}
