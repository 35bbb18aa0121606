/** An event as Python sends it; see `_read_event` in __init__.py. Dates are days such as 1904-12-06. */
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

/** An event in days since 1970; `end` is the day after the last. */
export interface TimedEvent extends PlainEvent {
  begin: number;
  end: number;
  interval: boolean;
  unsure: { begin: boolean; end: boolean };
}

/** An event in the picture; `y` is its middle, `label` the left end of its title, where that fits. */
export interface Mark {
  event: TimedEvent;
  left: number;
  right: number;
  bar: boolean;
  y: number;
  label: number | null;
}

/** The marks of a category, in order of time. */
export interface Lane {
  category: string;
  marks: Mark[];
  top: number;
  height: number;
}

/** A stretch of time in days. */
export interface Stretch {
  from: number;
  until: number;
}

/** Where time begins and ends in pixels, the room above the rows of a lane, whether each mark has its own. */
export interface Frame {
  left: number;
  right: number;
  heading: number;
  rowPx: number;
  alone: boolean;
  measure: (text: string) => number;
}
