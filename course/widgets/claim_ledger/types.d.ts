import type { Choice, Item } from "../shared/types.d.ts";

/** The name of a row of a table, such as "events:E58", and what it says. */
export type Row = [string, string];

export interface Content {
  title: string;
  items: Item[];
  options: Choice<string>[];
  rows: Row[];
}

/** A verdict and the name of a row, by claim. */
export interface Answer {
  verdicts?: Record<string, string>;
  evidence?: Record<string, string>;
}
