import { limits } from "./limits";
import type { Commit, Elements, RejectedCall } from "./protocol";
import { excerpt } from "./storable";

export interface Ending {
  readonly finish?: boolean;
  readonly left?: boolean;
}

/** When a commit was made, and the offset that turns content's local times of day into instants. */
export interface Moment {
  readonly at: string;
  readonly utcOffsetMinutes: number;
}

const encoder = new TextEncoder();

export const bytes = (value: unknown): number => encoder.encode(JSON.stringify(value)).length;

/** Collects what content sets and turns it into numbered commits that hold changes only. Pure: no clock, no network, no storage. */
export class CommitLog {
  readonly #known = new Map<string, string>();
  readonly #changed = new Map<string, string>();
  readonly #told = new Set<string>();
  #rejected: RejectedCall[] = [];
  #pending: Commit[] = [];
  #last = 0;

  /** Numbered commits that the server has not acknowledged, in order. */
  get pending(): readonly Commit[] {
    return this.#pending;
  }

  get hasChanges(): boolean {
    return this.#changed.size > 0 || this.#rejected.length > 0;
  }

  record(element: string, value: string): void {
    // The first value of a session always counts, even when it equals what the session started with: content said it.
    if (this.#known.get(element) === value) this.#changed.delete(element);
    else this.#changed.set(element, value);
  }

  reject(call: RejectedCall): void {
    const key = `${call.call} ${call.element} ${call.error}`;
    if (this.#told.has(key) || this.#told.size >= limits.rejectedCalls) return;
    this.#told.add(key);
    this.#rejected.push({ ...call, element: excerpt(call.element), value: excerpt(call.value) });
  }

  /** What sealing now would make: no commit when nothing changed, several when it is large. An ending always makes one. */
  preview(moment: Moment, ending: Ending = {}): readonly Commit[] {
    const parts = split([...this.#changed]);
    if (parts.length === 0 && (this.#rejected.length > 0 || ending.finish || ending.left)) parts.push({});
    return parts.map((elements, index): Commit => {
      const final = index === parts.length - 1;
      return {
        sequence: this.#last + 1 + index,
        elements,
        rejected: final ? this.#rejected : [],
        finish: final && ending.finish === true,
        ...(final && ending.left ? { left: true } : {}),
        ...moment,
      };
    });
  }

  /** Numbers what changed. */
  seal(moment: Moment, ending: Ending = {}): readonly Commit[] {
    const sealed = this.preview(moment, ending);
    for (const [element, value] of this.#changed) this.#known.set(element, value);
    this.#changed.clear();
    this.#rejected = [];
    this.#last += sealed.length;
    this.#pending.push(...sealed);
    return sealed;
  }

  acknowledge(sequence: number): void {
    this.#pending = this.#pending.filter((commit) => commit.sequence > sequence);
  }
}

/** As many commits as fit, from the first on, so that nothing overtakes. */
export function prefix(commits: readonly Commit[], maxBytes: number): readonly Commit[] {
  let size = bytes({ commits: [] });
  const end = commits.findIndex((commit, index) => (size += bytes(commit) + 1) > maxBytes || index >= limits.requestCommits);
  return commits.slice(0, end < 0 ? commits.length : end);
}

// Small elements (status, score, bookmark) go first: they are what a beacon must carry when not everything fits.
function split(changes: [string, string][]): Elements[] {
  const small = changes.filter(([, value]) => value.length <= limits.commitBytes / 4);
  const large = changes.filter(([, value]) => value.length > limits.commitBytes / 4);
  const parts: Elements[] = [];
  let size = Infinity;
  for (const [element, value] of [...small, ...large]) {
    const grown = bytes(element) + bytes(value) + 2;
    if (size + grown > limits.commitBytes) {
      parts.push({});
      size = 0;
    }
    size += grown;
    parts[parts.length - 1]![element] = value;
  }
  return parts;
}
