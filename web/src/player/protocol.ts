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

/** A line of the contents; a folder has no id. */
export interface Item {
  readonly id: string | null;
  readonly title: string;
  readonly status?: string | null;
  readonly level?: number;
  /** False where the course does not let the participant go there now. */
  readonly enabled?: boolean;
}

/** An opening of the content, as the server tells it. */
export interface Session {
  readonly sessionId: string;
  readonly standard: string;
  readonly title: string;
  readonly item: { readonly id: string; readonly title: string };
  readonly items: readonly Item[];
  readonly mode: Mode;
  readonly contentUrl: string;
  readonly elements: Elements;
  readonly settings: { readonly strictLimits?: boolean };
  readonly aliveSeconds: number;
  readonly returnUrl: string | null;
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
