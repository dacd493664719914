import { limits } from "./limits";
import type { Commit } from "./protocol";

/** The part of localStorage that is needed; a Map stands in where the browser refuses it. */
export interface Shelf {
  readonly length: number;
  key(index: number): string | null;
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
  /** It is gone with the page. */
  readonly fleeting?: boolean;
}

export interface Owner {
  readonly sessionId: string;
  readonly playToken: string;
  readonly title: string;
  readonly openedAt: number;
  /** Set when the server refused what is here for good. */
  readonly refused?: { readonly at: number; readonly why: string; readonly told: boolean };
}

const prefix = "coursewire:unsent:";
const ownerKey = (sessionId: string): string => `${prefix}${sessionId}`;
const commitKey = (sessionId: string, sequence: number): string => `${prefix}${sessionId}:${sequence}`;

/** Whether an event about this key, or about all keys, is about what is kept here. */
export const isUnsent = (key: string | null): boolean => key === null || key.startsWith(prefix);

/** Commits that the server has not acknowledged, kept in this browser through reload, crash and restart. One entry each, so that adding one is cheap. */
export class Unsent {
  readonly #shelf: Shelf;

  constructor(shelf: Shelf) {
    this.#shelf = shelf;
  }

  /** False when the browser has no room, or none that outlives the page: the commit then lives in this page only. */
  put(owner: Owner, commit: Commit): boolean {
    const known = this.#shelf.getItem(ownerKey(owner.sessionId)) !== null;
    const written = (known || this.#write(ownerKey(owner.sessionId), owner)) && this.#write(commitKey(owner.sessionId, commit.sequence), commit);
    return written && this.#shelf.fleeting !== true;
  }

  /** Whether this commit is here, and will be when the page is gone. */
  has(sessionId: string, sequence: number): boolean {
    const keys = [ownerKey(sessionId), commitKey(sessionId, sequence)];
    return this.#shelf.fleeting !== true && keys.every((key) => this.#shelf.getItem(key) !== null);
  }

  /** Forgets what was stored above this number: a draft that became something shorter. */
  cut(sessionId: string, sequence: number): void {
    for (const each of this.#sequences(sessionId)) if (each > sequence) this.#shelf.removeItem(commitKey(sessionId, each));
  }

  acknowledge(sessionId: string, sequence: number): void {
    const kept = this.#sequences(sessionId).filter((each) => {
      if (each <= sequence) this.#shelf.removeItem(commitKey(sessionId, each));
      return each > sequence;
    });
    if (kept.length === 0) this.#shelf.removeItem(ownerKey(sessionId));
  }

  /** Who left something behind, the oldest opening first. */
  owners(): readonly Owner[] {
    return this.#keys()
      .filter((key) => !key.slice(prefix.length).includes(":"))
      .map((key) => this.#read<Owner>(key))
      .filter((owner): owner is Owner => owner !== null && typeof owner.playToken === "string")
      .sort((a, b) => a.openedAt - b.openedAt);
  }

  /** What can be sent, from the first on. The server takes nothing of a request with a hole in it: what lies behind one comes after the rest. */
  commits(sessionId: string): readonly Commit[] {
    const all = this.#sequences(sessionId)
      .map((sequence) => this.#read<Commit>(commitKey(sessionId, sequence)))
      .filter((commit) => commit !== null);
    const hole = all.findIndex((commit, index) => commit.sequence !== all[0]!.sequence + index);
    return hole < 0 ? all : all.slice(0, hole);
  }

  refuse(owner: Owner, why: string, at: number): void {
    this.#write(ownerKey(owner.sessionId), { ...owner, refused: { at, why, told: false } });
  }

  told(owner: Owner): void {
    if (owner.refused) this.#write(ownerKey(owner.sessionId), { ...owner, refused: { ...owner.refused, told: true } });
  }

  drop(sessionId: string): void {
    for (const sequence of this.#sequences(sessionId)) this.#shelf.removeItem(commitKey(sessionId, sequence));
    this.#shelf.removeItem(ownerKey(sessionId));
  }

  /** Only what was refused long ago or in excess ever goes unsent. */
  tidy(now: number): void {
    const refused = this.owners().filter((owner) => owner.refused);
    const surplus = refused.length - limits.storedSessions;
    refused.forEach((owner, index) => {
      if (index < surplus || now - owner.refused!.at > limits.refusedKeptMillis) this.drop(owner.sessionId);
    });
  }

  #write(key: string, value: unknown): boolean {
    const text = JSON.stringify(value);
    for (;;) {
      try {
        if (this.#size() + text.length <= limits.storedChars) {
          this.#shelf.setItem(key, text);
          return true;
        }
      } catch {
        // Full, or refused by the browser: make room below, else say no.
      }
      const oldest = this.owners().find((owner) => owner.refused);
      if (!oldest) return false;
      this.drop(oldest.sessionId);
    }
  }

  #read<T>(key: string): T | null {
    try {
      return JSON.parse(this.#shelf.getItem(key) ?? "null") as T | null;
    } catch {
      return null;
    }
  }

  #size(): number {
    return this.#keys().reduce((sum, key) => sum + (this.#shelf.getItem(key)?.length ?? 0), 0);
  }

  #sequences(sessionId: string): number[] {
    const start = `${ownerKey(sessionId)}:`;
    return this.#keys()
      .filter((key) => key.startsWith(start))
      .map((key) => Number(key.slice(start.length)))
      .sort((a, b) => a - b);
  }

  #keys(): string[] {
    return Array.from({ length: this.#shelf.length }, (_, index) => this.#shelf.key(index) ?? "").filter((key) => key.startsWith(prefix));
  }
}

/** localStorage, or memory where the browser denies it (a frame with blocked cookies). */
export function browserShelf(): Shelf {
  try {
    const probe = `${prefix}probe`;
    localStorage.setItem(probe, "1");
    localStorage.removeItem(probe);
    return localStorage;
  } catch {
    return memoryShelf(true);
  }
}

export function memoryShelf(fleeting = false): Shelf {
  const entries = new Map<string, string>();
  return {
    fleeting,
    get length() {
      return entries.size;
    },
    key: (index) => [...entries.keys()][index] ?? null,
    getItem: (key) => entries.get(key) ?? null,
    setItem: (key, value) => void entries.set(key, value),
    removeItem: (key) => void entries.delete(key),
  };
}
