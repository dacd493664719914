import type { Item } from "./protocol";

/** Where the participant may go from an item, in a course without sequencing: to every other, in their order. */
export interface Ways {
  readonly previous: Item | null;
  readonly next: Item | null;
}

const canOpen = (item: Item): boolean => item.id !== null && item.enabled !== false;

export const isCourseOfItems = (items: readonly Item[]): boolean => items.filter((item) => item.id !== null).length > 1;

export function ways(items: readonly Item[], current: string): Ways {
  const open = items.filter((item) => canOpen(item) || item.id === current);
  const at = open.findIndex((item) => item.id === current);
  return at < 0 ? { previous: null, next: open[0] ?? null } : { previous: open[at - 1] ?? null, next: open[at + 1] ?? null };
}

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
  readonly #open: (itemId: string) => void;
  #rows: HTMLElement[] = [];

  constructor(list: HTMLElement, open: (itemId: string) => void) {
    this.#list = list;
    this.#open = open;
    list.onkeydown = (event) => this.#key(event);
  }

  show(items: readonly Item[], current: string): void {
    this.#rows = items.map((item) => this.#row(item, item.id === current));
    this.#list.replaceChildren(...this.#rows);
    this.#stop(this.#rows.find((row) => row.hasAttribute("aria-current")) ?? this.#rows[0]);
  }

  status(itemId: string, status: string | null): void {
    const row = this.#rows.find((each) => each.dataset["item"] === itemId);
    if (row) describe(row, statusWord(status), status ?? "");
  }

  #row(item: Item, current: boolean): HTMLElement {
    const row = document.createElement("li");
    row.setAttribute("role", "treeitem");
    row.setAttribute("aria-level", String((item.level ?? 0) + 1));
    row.style.setProperty("--level", String(item.level ?? 0));
    row.tabIndex = -1;
    row.textContent = item.title;
    if (current) row.setAttribute("aria-current", "page");
    if (item.id !== null) {
      row.dataset["item"] = item.id;
      describe(row, statusWord(item.status), item.status ?? "");
    }
    if (!canOpen(item)) row.setAttribute("aria-disabled", "true");
    else if (!current) row.onclick = () => this.#open(item.id!);
    return row;
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

function describe(row: HTMLElement, word: string, status: string): void {
  row.dataset["status"] = status;
  row.title = word;
  row.setAttribute("aria-description", word);
}
