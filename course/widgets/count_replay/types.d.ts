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
} & Record<`${Candidate}_percent` | `${Candidate}_votes`, number | null>;

export interface Content {
  reports: Report[];
  votes_cast: number;
}
