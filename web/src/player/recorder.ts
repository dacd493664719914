import { prefix, type CommitLog, type Ending, type Moment } from "./commitLog";
import type { Clock, Courier } from "./courier";
import { limits } from "./limits";
import { commitsPath, type Commit, type RejectedCall } from "./protocol";
import type { Owner, Unsent } from "./unsent";

export type SavedState = "Saved" | "Saving" | "Not saved";

export interface Surroundings {
  readonly owner: Owner;
  readonly clock: Clock;
  /** Hands a body to the browser that is sent even when the page goes away; false when it has no room. */
  beacon(path: string, body: string): boolean;
  changed(state: SavedState): void;
}

/**
 * Takes what content says and sees that it arrives. Nothing content committed is only in memory: a commit is in this browser's storage
 * before it is sent, and leaves it when the server acknowledged it.
 */
export class Recorder {
  readonly #log: CommitLog;
  readonly #unsent: Unsent;
  readonly #courier: Courier;
  readonly #around: Surroundings;
  #leaving = false;
  #ended = false;
  #beaconed = 0;
  #cancelQuiet: (() => void) | null = null;

  constructor(log: CommitLog, unsent: Unsent, courier: Courier, around: Surroundings) {
    this.#log = log;
    this.#unsent = unsent;
    this.#courier = courier;
    this.#around = around;
  }

  /** The truth for people: Saved only when the server acknowledged everything that content said. */
  get state(): SavedState {
    if (!this.#log.hasChanges && this.#log.pending.length === 0) return "Saved";
    return this.#courier.stopped || this.#courier.failing ? "Not saved" : "Saving";
  }

  /**
   * Sees that what is not saved outlives this page, and whether it does. Storage is content's as well, which may have cleared it: what is
   * not there any more is put there again.
   */
  keep(): boolean {
    const { owner } = this.#around;
    return this.#log.pending.every((commit) => this.#unsent.has(owner.sessionId, commit.sequence) || this.#unsent.put(owner, commit));
  }

  get ended(): boolean {
    return this.#ended;
  }

  record(element: string, value: string): void {
    this.#log.record(element, value);
    this.#soon();
  }

  reject(call: RejectedCall): void {
    this.#log.reject(call);
    this.#soon();
  }

  /** LMSCommit, LMSFinish, or the page that goes: what changed gets its number, is stored, and is sent. */
  commit(ending: Ending = {}): void {
    this.#seal(ending);
    if (this.#leaving) this.#beacon();
    else this.#courier.kick();
    this.#tell();
  }

  /** Content finished, or went away without finishing; the first to be said stands, finish may follow left. */
  end(ending: Ending): void {
    if (this.#ended) return;
    this.#ended = ending.finish === true;
    this.commit(ending);
  }

  /** Somebody took something of ours out of the browser's storage: content, or a window that has sent it. What was refused for good may go. */
  cleared(): void {
    if (this.#courier.stopped) return;
    this.keep();
    this.#courier.kick();
    this.#tell();
  }

  /** The page is being hidden: it may never be shown again. */
  hidden(): void {
    this.#seal({});
    // An ordinary request on its way dies with the page, and a second one may not run beside it.
    if (this.#courier.busy) this.#beacon();
    else this.#courier.kick(true);
    this.#tell();
  }

  /** The page goes away. Handlers of content that run after this still count: each of their commits takes its own beacon. */
  leave(): void {
    this.#leaving = true;
    this.#beaconed = 0;
    this.#seal({});
    this.#beacon();
  }

  /** The page came back out of the browser's cache. */
  back(): void {
    this.#leaving = false;
    this.#courier.kick();
  }

  #soon(): void {
    if (this.#leaving) {
      // No timer runs any more: what content sets now is stored at once, and goes with its commit or at the next opening.
      this.#store(this.#log.preview(this.#moment()));
      return;
    }
    this.#cancelQuiet ??= this.#around.clock.after(limits.quietMillis, () => this.commit());
    this.#tell();
  }

  #seal(ending: Ending): void {
    this.#cancelQuiet?.();
    this.#cancelQuiet = null;
    this.keep();
    this.#store(this.#log.seal(this.#moment(), ending));
  }

  #store(commits: readonly Commit[]): void {
    const { owner } = this.#around;
    for (const commit of commits) this.#unsent.put(owner, commit);
    const last = commits.at(-1);
    if (last) this.#unsent.cut(owner.sessionId, last.sequence);
  }

  #moment(): Moment {
    const now = new Date(this.#around.clock.now());
    return { at: now.toISOString(), utcOffsetMinutes: -now.getTimezoneOffset() };
  }

  #beacon(): void {
    if (this.#courier.stopped) return;
    const pending = this.#log.pending;
    // The browser counts what is still on its way: when everything is too much, what has not been handed over yet may still fit.
    void (this.#hand(pending) || this.#hand(pending.filter((commit) => commit.sequence > this.#beaconed)));
  }

  #hand(all: readonly Commit[]): boolean {
    const commits = prefix(all, limits.beaconBytes);
    const last = commits.at(-1);
    if (!last) return all.length === 0;
    const { playToken, sessionId } = this.#around.owner;
    if (!this.#around.beacon(commitsPath(playToken, sessionId), JSON.stringify({ commits }))) return false;
    this.#beaconed = Math.max(this.#beaconed, last.sequence);
    return true;
  }

  #tell(): void {
    this.#around.changed(this.state);
  }
}
