import { isCourseOfItems } from "./offers";
import type { Session } from "./protocol";

/**
 * The item that is open in this window. The browser keeps it with the window's history, so that a reload opens it again, and not what the
 * server would begin with. Where sequencing decides, it decides that too.
 */
export function openItem(): string | undefined {
  const { item } = (history.state ?? {}) as { item?: unknown };
  return typeof item === "string" ? item : undefined;
}

export function keepOpenItem(session: Session): void {
  keep(session.navigation === null && isCourseOfItems(session) ? { item: session.item.id } : null);
}

/** It is through: a reload goes on from it. */
export const forgetOpenItem = (): void => keep(null);

const keep = (state: object | null): void => history.replaceState(state, "");
