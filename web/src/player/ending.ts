import { isCourseOfItems } from "./offers";
import type { Message } from "./page";
import type { Course } from "./protocol";
import type { SavedState } from "./recorder";

const results: Readonly<Record<string, string>> = {
  passed: "You passed.",
  failed: "You did not pass this time.",
  completed: "You completed the course.",
};

/** What is not saved yet waits in this browser, or in this page alone. */
export type Waits = "in the browser" | "in the page";

export interface Prospects {
  readonly waits?: Waits;
  /** Whether the course goes on where it was left. */
  readonly goesOn?: boolean;
}

/** The last page, true to what is saved by now. */
export function endMessage(course: Course, state: SavedState | "Refused", status: string | null, { waits = "in the browser", goesOn = true }: Prospects = {}): Message {
  const { returnUrl } = course;
  if (state === "Refused") {
    return {
      title: "You have left the course",
      detail: "What you did after this session had ended is not saved.",
      kind: "warn",
      ...(returnUrl ? { action: { label: "Go back", run: () => location.replace(returnUrl) } } : {}),
    };
  }
  if (state === "Saving") return { title: "Saving your results", detail: "One moment: keep this page open.", kind: "busy" };
  if (state === "Not saved") {
    return {
      title: "Not saved yet",
      detail: `There is no connection. Keep this page open: your results are sent as soon as it is back. ${ifClosed[waits]}`,
      kind: "warn",
    };
  }
  if (course.mode !== "normal") return { title: "You have left the course", detail: "You can close this window.", kind: "good" };
  // In a course of several items the status is the last one's, not the course's.
  const result = isCourseOfItems(course) && course.navigation === null ? undefined : results[status ?? ""];
  if (result) return { title: course.title, detail: `${result} Everything is saved; you can close this window.`, kind: "good" };
  if (!goesOn) return { title: course.title, detail: "Everything is saved. You can close this window.", kind: "good" };
  return {
    title: course.title,
    detail: "Everything is saved. You can close this window, and go on later where you left.",
    kind: "good",
    action: { label: "Go on now", run: () => location.reload() },
  };
}

const ifClosed: Readonly<Record<Waits, string>> = {
  "in the browser": "If you close it, they wait in this browser until you open the course here again.",
  "in the page": "If you close it, they are lost: this browser does not keep them.",
};

/** What people read above the course while there is no connection. */
export const lostNotice = (waits: Waits): string => `No connection. Keep this page open: ${whileOpen[waits]} as soon as the connection is back.`;

const whileOpen: Readonly<Record<Waits, string>> = {
  "in the browser": "what you do is kept in this browser and sent",
  "in the page": "what you do is lost if you close it, and sent",
};

/** Between the parts of a course; `next` opens the one that follows. */
export function partMessage(title: string, status: string | null, next: (() => void) | null): Message {
  const result = { passed: "You passed this part.", failed: "You did not pass this part this time." }[status ?? ""] ?? "This part is finished.";
  if (next) return { title, detail: result, kind: "good", action: { label: "Continue", run: next } };
  return { title, detail: `${result} It was the last one: choose another in the contents, or leave with Exit.`, kind: "good" };
}

/** Where the course waits for the participant, and why if it had to refuse something. */
export function waitingMessage(course: Course, why: string): Message {
  const detail = course.items.length > 0 ? "Choose what comes next, in the contents or with the controls above." : "Go on with the controls above.";
  return { title: course.title, detail: why ? `${why} ${detail}` : detail, kind: why ? "warn" : "good" };
}
