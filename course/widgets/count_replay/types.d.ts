export type Candidate = "humala" | "garcia" | "flores";

/** A report of the count; null and "" where its source states nothing. */
export type Report = {
  report: number;
  date: string;
  time: string;
  sheets_percent: number | null;
  sheets_precision: string;
  gap_votes_stated: number | null;
  base: string;
  note: string;
  source: string;
} & Record<`${Candidate}_percent` | `${Candidate}_votes`, number | null>;

export interface Content {
  reports: Report[];
  votes_cast: number;
  valid_votes: number;
}

/** García's lead over Flores in votes, and how it is known. */
export interface Lead {
  votes: number;
  how: "stated" | "printed" | "worked out";
}

/** A report with the two numbers that are compared. */
export interface Row {
  report: Report;
  lead: Lead | null;
  out: number | null;
}
