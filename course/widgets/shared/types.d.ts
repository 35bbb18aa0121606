import type { AnyModel } from "@anywidget/types";
import type { holdDraft } from "./answer_bar.js";

/** What Python and the page share of a panel; see `CourseWidget` in base.py. */
export type Model<Content = unknown, Answer = unknown> = AnyModel<{
  question: string | null;
  value: Answer;
  status: string;
  content: Content;
}>;

/** What a panel is given to render. */
export interface View<Content = unknown, Answer = unknown> {
  model: Model<Content, Answer>;
  el: HTMLElement;
}

/** What holds an answer between the hand and the disk; see `holdDraft`. */
export type Draft<Answer> = ReturnType<typeof holdDraft<Answer>>;

/** A text of an exercise; see `list_items` in choices.py. */
export interface Item {
  id: string;
  text: string;
  quote?: string | null;
  original?: string | null;
}

/** What can be chosen, and the text that says so. */
export interface Choice<Value extends string | number = string | number> {
  value: Value;
  label: string;
}

/** An exercise that asks for one choice for each text; see `ChoiceWidget` in choices.py. */
export type ChoiceView<More = unknown> = View<
  { title: string; items: Item[]; options: Choice<string>[] } & More,
  Record<string, string>
>;

/** What one chooses among: its nodes, and what shows the choice. */
export interface Pane {
  labels: HTMLElement[];
  show: (chosen: string | undefined) => void;
  focus: () => void;
}

/** What stands beside and around the text on show, and what one chooses among for it. */
export interface Book {
  ask: (id: string) => string; // the legend
  isAsked?: boolean; // by the text above, so that a screen reader alone needs the legend
  makePane: (id: string) => Pane;
  turned: (id: string) => void;
  beside?: Child; // below the list
  above?: Child; // of what one chooses among
  below?: Child;
}

/** What tells a panel that shows one text at a time from its siblings. */
export interface Pages extends Pick<Book, "isAsked" | "above" | "below"> {
  done: string; // such as "labeled"
  ask: string; // such as "is mainly …"
  nameOf?: (option: Choice<string>) => string; // what an option is called in the list of texts
  makePane?: (options: Choice<string>[], choose: (value: string) => void) => Pane;
}

/** Attributes of an element; a function listens, null and false are left out. */
export type Settings = Record<string, string | number | boolean | null | undefined | (() => unknown)>;

export type Child = string | Node | (string | Node)[];

/** A fill of a figure, and what it means. */
export interface Fill {
  key: string;
  pattern: "plain" | "stripes" | "dots" | "crosses";
  label: string;
}
