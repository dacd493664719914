import type { Message } from "./page";
import type { Problem } from "./protocol";

/** What people read where the server refuses: its own title names a kind of problem, not a situation. */
const situations: Readonly<Record<string, string>> = {
  gone: "This link does not open the course any more",
  "not-found": "Not available",
  "already-finished": "You have finished this course",
  "session-finished": "This session has ended",
  "session-replaced": "The course is open somewhere else",
  "too-large": "The course stores more than it may",
};

export const kindOf = (problem: Problem): string => problem.type.slice(problem.type.lastIndexOf("/") + 1);

export const situation = (problem: Problem): string => situations[kindOf(problem)] ?? (problem.title || "Not available");

export function problemMessage(problem: Problem): Message {
  return {
    title: situation(problem),
    detail: problem.detail || "Ask for a new link.",
    kind: kindOf(problem) === "already-finished" ? "good" : "warn",
    ...(problem.returnUrl ? { action: { label: "Go back", run: () => location.replace(problem.returnUrl!) } } : {}),
  };
}
