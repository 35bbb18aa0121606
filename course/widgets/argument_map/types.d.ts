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

/** A line from its link's source to its target, and where its sign stands. */
export interface Line {
  link: Link;
  sign: Point;
  points: Point[];
}

/** A place among the linked cards, both counted from 0. */
export interface Place {
  row: number;
  column: number;
}

export type Places = Map<string, Place>;

/** Where all stands: left top corners of cards, and where those without a link begin, if any do. */
export interface Plan {
  cards: { name: string; x: number; y: number; high: number }[];
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

/** A link from a low row to a high one; turned where it would close a circle. */
export interface Edge {
  link: Link;
  low: string;
  high: string;
}

/** A link in the list and what bears on its source, unless that stands above already. */
export interface Branch {
  link: Link;
  above: boolean;
  branches: Branch[];
}
