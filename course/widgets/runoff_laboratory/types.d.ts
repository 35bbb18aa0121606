export type Finalist = "garcia" | "humala";

/** What the official counts of the two rounds say. */
export type Numbers = Record<
  `${Finalist}_${"first" | "runoff"}` | "eliminated" | "eliminated_candidates" | "no_valid_vote",
  number
>;

/** The eliminated candidates' votes that went to each finalist. */
export type Split = Record<Finalist, number>;

/** A finalist's votes in the runoff: his own, those given, those of new voters. */
export interface Side {
  own: number;
  given: number;
  fresh: number;
  total: number;
}

/** What a split implies; `away` went to neither. */
export type Balance = Record<Finalist, Side> & { away: number };

/** How it stands with the split on the screen; "lifted": possible, but under another assumption. */
export type State = "none" | "possible" | "impossible" | "lifted";

export interface Answer {
  fewest?: number;
  most?: number;
}
