import type { Item } from "./protocol";

const words: Readonly<Record<string, string>> = {
  passed: "Passed",
  completed: "Completed",
  failed: "Not passed",
  incomplete: "Begun",
  inProgress: "Begun",
  suspended: "Begun",
  active: "Open",
};

/** What a participant reads of an item's status; nothing where it has not been opened. */
export const statusWord = (status: string | null | undefined): string => words[status ?? ""] ?? "";

/** The tree of a course's items: one tab stop, arrows move, Enter opens (WAI-ARIA tree pattern). */
export class ContentsTree {
  readonly #list: HTMLElement;
  #rows: HTMLElement[] = [];

  constructor(list: HTMLElement) {
    this.#list = list;
    list.onkeydown = (event) => this.#key(event);
  }

  /** `choose` gives what choosing an item does, or null where it cannot be chosen. */
  show(items: readonly Item[], current: string | null, choose: (item: Item) => (() => void) | null): void {
    const focused = this.#rows.indexOf(document.activeElement as HTMLElement);
    this.#rows = items.map((item) => row(item, item.id !== null && item.id === current, choose(item)));
    this.#list.replaceChildren(...this.#rows);
    if (focused >= 0) this.#focus(focused);
    else this.#stop(this.#rows.find((each) => each.hasAttribute("aria-current")) ?? this.#rows[0]);
  }

  status(itemId: string, status: string | null): void {
    const row = this.#rows.find((each) => each.dataset["item"] === itemId);
    if (row) describe(row, status ?? "");
  }

  #key(event: KeyboardEvent): void {
    const at = this.#rows.indexOf(document.activeElement as HTMLElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: this.#rows.length - 1 }[event.key];
    if (to !== undefined) this.#focus(to);
    else if (event.key === "Enter" || event.key === " ") this.#rows[at]?.click();
    else return;
    event.preventDefault();
  }

  #focus(at: number): void {
    const row = this.#rows[Math.max(0, Math.min(at, this.#rows.length - 1))];
    this.#stop(row);
    row?.focus();
  }

  #stop(row: HTMLElement | undefined): void {
    for (const each of this.#rows) each.tabIndex = each === row ? 0 : -1;
  }
}

function row(item: Item, current: boolean, choose: (() => void) | null): HTMLElement {
  const made = document.createElement("li");
  made.setAttribute("role", "treeitem");
  made.setAttribute("aria-level", String((item.level ?? 0) + 1));
  made.style.setProperty("--level", String(item.level ?? 0));
  made.tabIndex = -1;
  made.textContent = item.title;
  made.dir = "auto";
  // Without the mark that the style sheet puts beside it.
  made.setAttribute("aria-label", item.title);
  if (current) made.setAttribute("aria-current", "page");
  if (item.identifier !== undefined) made.dataset["identifier"] = item.identifier;
  if (item.id !== null) {
    made.dataset["item"] = item.id;
    describe(made, item.status ?? "");
  }
  if (choose) made.onclick = choose;
  else if (!current) close(made, item);
  return made;
}

/** How much of a course of several parts is done; null where there is nothing to count. */
export function progressOf(items: readonly Item[]): { readonly done: number; readonly all: number } | null {
  const parts = items.filter((item) => item.id !== null);
  if (parts.length < 2) return null;
  return { done: parts.filter((item) => done.has(item.status ?? "")).length, all: parts.length };
}

const done: ReadonlySet<string> = new Set(["passed", "completed"]);

// A folder that cannot be chosen is a heading; an item waits for others, or for its turn.
function close(row: HTMLElement, item: Item): void {
  row.setAttribute("aria-disabled", "true");
  if (item.id === null || item.enabled !== false) return;
  row.dataset["closed"] = "";
  row.title = [statusWord(item.status), "Not open now"].filter(Boolean).join(". ");
  row.setAttribute("aria-description", row.title);
}

function describe(row: HTMLElement, status: string): void {
  const word = statusWord(status);
  row.dataset["status"] = status;
  row.title = word;
  row.setAttribute("aria-description", word);
}
