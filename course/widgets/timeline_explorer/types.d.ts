/** An event as Python sends it; see `_read_event` in panel.py. Dates are days such as 1904-12-06. */
export interface PlainEvent {
  id: string;
  title: string;
  category: string;
  first: string;
  last: string;
  precision: string;
  from: string | null;
  until: string;
  end_precision: string | null;
  countries: [code: string, name: string][];
  invoked: string;
  thin: boolean;
  description: string;
  invocation_evidence: string;
  other_category: string;
  contested: string;
  note: string;
  source: string;
}

/** An event in days since 1970; `end` is the day after the last, `core` is surely within it. */
export interface TimedEvent extends PlainEvent {
  begin: number;
  end: number;
  interval: boolean;
  core: [number, number];
  unsure: { begin: boolean; end: boolean };
}

/** Where a label begins, how far it may reach, and whether it stands before its mark. */
export interface Label {
  start: number;
  limit: number;
  before: boolean;
}

/** An event in the picture, in pixels from day 0; a bar is an interval or a date in much doubt. */
export interface Mark {
  event: TimedEvent;
  left: number;
  right: number;
  bar: boolean;
  y: number;
  label: Label | null;
}

/** The marks of a category in rows; `hidden` is how many labels find no room. */
export interface Lane {
  category: string;
  marks: Mark[];
  rows: Mark[][];
  hidden: number;
  top: number;
  height: number;
}

/** A stretch of time in days. */
export interface Stretch {
  from: number;
  until: number;
}
