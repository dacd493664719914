import { prefix, type CommitLog } from "./commitLog";
import { limits } from "./limits";
import { acknowledged, commitsPath, type Answer, type Item, type Navigation, type Post, type Problem } from "./protocol";
import type { Owner, Unsent } from "./unsent";

export interface Clock {
  now(): number;
  /** Runs the task later; returns how to call it off. */
  after(millis: number, task: () => void): () => void;
  random(): number;
}

/** What an acknowledgement says besides its number. */
export interface Acknowledged {
  readonly status: string | null;
  readonly navigation: Navigation | null;
  readonly items: readonly Item[] | null;
  /** Content has ended the session itself, past the player. */
  readonly finished: boolean;
}

/** What the courier tells: something was acknowledged, could not be sent for now, or is refused for good. */
export interface News {
  acknowledged(answer: Acknowledged): void;
  failed(): void;
  stopped(problem: Problem): void;
}

export interface Route {
  readonly owner: Owner;
  readonly post: Post;
  readonly clock: Clock;
}

/** Brings numbered commits to the server: in order, one request at a time, again and again until acknowledged or refused for good. */
export class Courier {
  readonly #log: CommitLog;
  readonly #unsent: Unsent;
  readonly #route: Route;
  readonly #news: News;
  #busy = false;
  #failures = 0;
  #stopped = false;
  #requestBytes: number = limits.requestBytes;
  #cancelRetry: () => void = () => {};

  constructor(log: CommitLog, unsent: Unsent, route: Route, news: News) {
    this.#log = log;
    this.#unsent = unsent;
    this.#route = route;
    this.#news = news;
  }

  get stopped(): boolean {
    return this.#stopped;
  }

  get busy(): boolean {
    return this.#busy;
  }

  get failing(): boolean {
    return this.#failures > 0;
  }

  /** Sends what is pending now, unless a request is on its way, which then sends the rest itself. */
  kick(keepalive = false): void {
    if (!this.#stopped && !this.#busy && this.#log.pending.length > 0) void this.#send(keepalive);
  }

  /** A sign of life: an empty list where nothing waits. */
  beat(): void {
    if (!this.#stopped && !this.#busy) void this.#send(false);
  }

  stop(): void {
    this.#stopped = true;
    this.#cancelRetry();
  }

  async #send(keepalive: boolean): Promise<void> {
    this.#cancelRetry();
    this.#busy = true;
    const fitting = prefix(this.#log.pending, keepalive ? limits.beaconBytes : this.#requestBytes);
    // A single commit larger than a request goes alone.
    const commits = fitting.length > 0 || keepalive ? fitting : this.#log.pending.slice(0, 1);
    const { playToken, sessionId } = this.#route.owner;
    const answer = await this.#route.post(commitsPath(playToken, sessionId), { commits }, keepalive);
    this.#busy = false;
    if (!this.#stopped) this.#take(answer, commits.length);
  }

  #take(answer: Answer, sent: number): void {
    switch (answer.kind) {
      case "ok":
        return this.#accepted(answer.body, sent);
      case "unreachable":
        return this.#again(answer.retryAfterMillis);
      case "refused":
        return this.#refused(answer, sent);
    }
  }

  #accepted(body: Record<string, unknown>, sent: number): void {
    const sequence = acknowledged(body);
    const first = this.#log.pending[0]?.sequence ?? 0;
    // An answer without a number, or one that takes nothing of what was sent, is not an acknowledgement.
    if (sequence === null || (sent > 0 && sequence < first)) return this.#again(0);
    this.#failures = 0;
    this.#settle(sequence);
    this.#news.acknowledged({
      status: typeof body["status"] === "string" ? body["status"] : null,
      navigation: (body["navigation"] as Navigation | undefined) ?? null,
      items: (body["items"] as Item[] | undefined) ?? null,
      finished: body["finished"] === true,
    });
    this.kick();
  }

  #refused(answer: Answer & { kind: "refused" }, sent: number): void {
    const first = this.#log.pending[0]?.sequence;
    if (answer.problem.type.endsWith("/sequence-gap") && answer.acknowledged !== null && first !== undefined) {
      this.#settle(answer.acknowledged);
      // Behind a gap there is something to send again only when the missing commit is still here.
      if (this.#log.pending[0]?.sequence === answer.acknowledged + 1) return this.#again(0);
    }
    if (answer.status === 413 && sent > 1) {
      this.#requestBytes = Math.ceil(this.#requestBytes / 2);
      return this.kick();
    }
    if (answer.acknowledged !== null) this.#settle(answer.acknowledged);
    this.stop();
    this.#unsentIsRefused(answer.problem);
    this.#news.stopped(answer.problem);
  }

  #unsentIsRefused(problem: Problem): void {
    if (this.#log.pending.length > 0) this.#unsent.refuse(this.#route.owner, problem.title, this.#route.clock.now());
  }

  #settle(sequence: number): void {
    this.#log.acknowledge(sequence);
    this.#unsent.acknowledge(this.#route.owner.sessionId, sequence);
  }

  #again(atLeastMillis: number): void {
    const most = Math.min(limits.retryFirstMillis * 2 ** this.#failures++, limits.retryMostMillis);
    // Half of the pause is chance, so that a thousand browsers do not come back at once.
    const pause = Math.max(atLeastMillis, most * (0.5 + this.#route.clock.random() / 2));
    this.#cancelRetry = this.#route.clock.after(pause, () => this.kick());
    this.#news.failed();
  }
}
