import type { Navigation, RejectedCall, Session } from "./protocol";

/** Hears what content says through its standard's API, once the data model accepted it. */
export interface ContentListener {
  set(element: string, value: string): void;
  rejected(call: RejectedCall): void;
  commit(): void;
  finish(): void;
  /** Content that finished wants to begin again: a page of it that calls LMSInitialize after the page before called LMSFinish. */
  mayReopen(): boolean;
}

/** One learning standard in the browser: the object that content looks for, and the name it looks for. */
export interface Adapter {
  readonly name: "API" | "API_1484_11";
  /** Hears what sequencing allows from now on. */
  navigation?(navigation: Navigation): void;
  readonly api: Readonly<Record<string, string | ((...args: never[]) => string)>>;
}

export type NewAdapter = (session: Session, listener: ContentListener) => Adapter;
