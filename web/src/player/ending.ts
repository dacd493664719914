import type { Message } from "./page";
import type { Item, Session } from "./protocol";
import type { SavedState } from "./recorder";

const results: Readonly<Record<string, string>> = {
  passed: "You passed.",
  failed: "You did not pass this time.",
  completed: "You completed the course.",
};

/** The last page, true to what is saved by now. */
export function endMessage(session: Session, state: SavedState | "Refused", status: string | null): Message {
  if (state === "Refused") {
    return {
      title: "You have left the course",
      detail: "What you did after this session had ended is not saved.",
      kind: "warn",
    };
  }
  if (state === "Saving") return { title: "Saving your results", detail: "One moment: keep this page open.", kind: "busy" };
  if (state === "Not saved") {
    return {
      title: "Not saved yet",
      detail:
        "There is no connection. Keep this page open: your results are sent as soon as it is back. If you close it, they wait in this browser until you open the course here again.",
      kind: "warn",
    };
  }
  if (session.mode !== "normal") return { title: "You have left the course", detail: "You can close this window.", kind: "good" };
  const result = results[status ?? ""];
  if (result) return { title: session.title, detail: `${result} Everything is saved; you can close this window.`, kind: "good" };
  return {
    title: session.title,
    detail: "Everything is saved. You can close this window, and go on later where you left.",
    kind: "good",
    action: { label: "Go on now", run: () => location.reload() },
  };
}

/** Between the parts of a course. */
export function partMessage(title: string, status: string | null, next: Item | null, open: (itemId: string) => void): Message {
  const result = { passed: "You passed this part.", failed: "You did not pass this part this time." }[status ?? ""] ?? "This part is finished.";
  if (!next?.id) return { title, detail: `${result} It was the last one: choose another in the contents, or leave with Exit.`, kind: "good" };
  const id = next.id;
  return { title, detail: `${result} Next: ${next.title}`, kind: "good", action: { label: "Continue", run: () => open(id) } };
}
