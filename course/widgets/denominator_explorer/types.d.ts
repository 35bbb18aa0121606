export type Whole = "valid_votes" | "votes_cast" | "registered";

export interface Candidate {
  name: string;
  column: string;
}

/** The nation or a unit: its wholes, and the votes by the candidates' columns. */
export type Place = Record<Whole | "blank_votes" | "null_votes", number> & {
  name: string;
  votes: Record<string, number>;
};

export interface Content {
  candidates: Candidate[];
  places: Place[];
  start: number;
}
