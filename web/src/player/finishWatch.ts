import type { Clock } from "./courier";
import { limits } from "./limits";

/**
 * Tells whether content's finish is the end. A course of several pages may finish in the unload of each page and begin again in the
 * next: then the session goes on. So a finish stands when no document follows it, or one that does not begin again.
 */
export class FinishWatch {
  readonly #clock: Clock;
  readonly #stands: (another: boolean) => void;
  #called = false;
  #going = false;
  #cancel: () => void = () => {};

  /** `stands` learns whether content shows another document after the one that finished. */
  constructor(clock: Clock, stands: (another: boolean) => void) {
    this.#clock = clock;
    this.#stands = stands;
  }

  /** Content finished, and it is not yet decided whether that was the end. */
  get waiting(): boolean {
    return this.#called;
  }

  finishCalled(): void {
    this.#called = true;
    this.#wait(this.#going ? limits.navigationMillis : limits.settleMillis);
  }

  /** The document is asked to go, or goes: a finish of these moments may be a page's, not the course's. */
  documentGoes(): void {
    this.#going = true;
    if (this.#called) this.#wait(limits.navigationMillis);
  }

  documentLoaded(): void {
    if (this.#called && this.#going) this.#wait(limits.reopenMillis);
    else this.#going = false;
  }

  /** Content asks to begin again: only another document of it may. */
  reopened(): boolean {
    const may = this.#called && this.#going;
    if (may) this.cancel();
    return may;
  }

  cancel(): void {
    this.#cancel();
    this.#called = false;
    this.#going = false;
  }

  #wait(millis: number): void {
    this.#cancel();
    this.#cancel = this.#clock.after(millis, () => {
      const another = this.#going;
      this.cancel();
      this.#stands(another);
    });
  }
}
