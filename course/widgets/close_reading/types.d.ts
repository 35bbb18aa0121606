import type { ChoiceView } from "../shared/types.d.ts";

/** A document; see `_describe` in __init__.py. */
export interface Excerpt {
  id: string;
  title: string;
  source: string;
  copies: string;
  glosses: { word: string; meaning: string }[];
  sentences: string[];
  gaps: string[];
}

export type ReadingView = ChoiceView<{ documents: Excerpt[] }>;
