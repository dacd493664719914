/** The words between the player and the server. */

export type Elements = Record<string, string>;

/** A call of content that the data model refused. */
export interface RejectedCall {
  readonly call: string;
  readonly element: string;
  readonly value: string;
  readonly error: string;
}

/** What changed since the commit before it. Never altered once it has its number. */
export interface Commit {
  readonly sequence: number;
  readonly elements: Elements;
  readonly rejected: readonly RejectedCall[];
  readonly finish: boolean;
  readonly left?: boolean;
  readonly at: string;
  readonly utcOffsetMinutes: number;
}

export type Mode = "normal" | "review" | "browse";

/** A line of the contents. A folder has no id; in a course with sequencing it has an identifier, and may be chosen by it. */
export interface Item {
  readonly id: string | null;
  readonly title: string;
  readonly identifier?: string;
  readonly status?: string | null;
  readonly level?: number;
  /** False where the course does not let the participant go there now. */
  readonly enabled?: boolean;
}

export type ControlState = "enabled" | "disabled" | "hidden";

/** What sequencing allows from here; computed by the server at delivery and with each commit. */
export interface Navigation {
  /** By navigation request: continue, previous, exitAll, suspendAll. */
  readonly controls: Readonly<Record<string, ControlState>>;
  /** adl.nav.request_valid; choice and jump list the identifiers that would be met. */
  readonly valid: {
    readonly continue: boolean;
    readonly previous: boolean;
    readonly choice: readonly string[];
    readonly jump: readonly string[];
  };
}

/** What the participant is in, whether or not content is open. */
export interface Course {
  readonly title: string;
  readonly mode: Mode;
  readonly items: readonly Item[];
  /** The item that is open. */
  readonly item: { readonly id: string; readonly title: string } | null;
  /** Null in a course without sequencing. */
  readonly navigation: Navigation | null;
  readonly returnUrl: string | null;
}

/** An opening of the content, as the server tells it. */
export interface Session extends Course {
  readonly sessionId: string;
  readonly standard: string;
  readonly item: { readonly id: string; readonly title: string };
  readonly contentUrl: string;
  /** What lets content in that speaks to the server itself; null for content that speaks to the player. */
  readonly contentToken: string | null;
  readonly elements: Elements;
  readonly settings: { readonly strictLimits?: boolean };
  readonly aliveSeconds: number;
}

/** Why the server refuses, in words for people. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly detail: string;
  /** Where the participant came from, once there is nothing to do here. */
  readonly returnUrl?: string;
}

/** What came back: an answer of ours, or nothing that we can trust (no connection, a proxy's page, a server in trouble). */
export type Answer =
  | { readonly kind: "ok"; readonly body: Record<string, unknown> }
  | { readonly kind: "refused"; readonly status: number; readonly problem: Problem; readonly acknowledged: number | null }
  | { readonly kind: "unreachable"; readonly reached: boolean; readonly retryAfterMillis: number };

/** POSTs JSON and never throws. */
export type Post = (path: string, body: unknown, keepalive?: boolean) => Promise<Answer>;

export const sessionsPath = (playToken: string): string => `/play/${encodeURIComponent(playToken)}/sessions`;

export const navigationPath = (playToken: string): string => `/play/${encodeURIComponent(playToken)}/navigation`;

export const commitsPath = (playToken: string, sessionId: string): string =>
  `${sessionsPath(playToken)}/${encodeURIComponent(sessionId)}/commits`;

/** The number up to which the server has everything, or null when the answer is not one of ours. */
export function acknowledged(body: Record<string, unknown>): number | null {
  const value = body["acknowledged"];
  return Number.isInteger(value) && (value as number) >= 0 ? (value as number) : null;
}

/** An address that a page may go to: never a script. */
export function webAddress(url: string | null): string | null {
  return url !== null && /^https?:\/\//i.test(url) ? url : null;
}
