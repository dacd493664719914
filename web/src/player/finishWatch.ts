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
  #asked = false;
  #gone = false;
  #lapse: () => void = () => {};
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
    this.#wait(this.#asked || this.#gone ? limits.navigationMillis : limits.settleMillis);
  }

  /**
   * The document is asked whether it may go: a finish of these moments may be a page's, not the course's. It may stay after all, where its
   * link was a download's, or the participant chose to.
   */
  documentAsked(): void {
    this.#lapse();
    this.#asked = true;
    this.#lapse = this.#clock.after(limits.askedMillis, () => (this.#asked = false));
    if (this.#called) this.#wait(limits.navigationMillis);
  }

  documentGoes(): void {
    this.#gone = true;
    if (this.#called) this.#wait(limits.navigationMillis);
  }

  documentLoaded(): void {
    this.#asked = false;
    if (this.#called && this.#gone) this.#wait(limits.reopenMillis);
    else this.#gone = false;
  }

  /** Content asks to begin again: only another document of it may. */
  reopened(): boolean {
    const may = this.#called && this.#gone;
    if (may) this.cancel();
    return may;
  }

  /** Nothing is waited for any more, and the document is there to stay. */
  cancel(): void {
    this.#cancel();
    this.#lapse();
    this.#called = false;
    this.#asked = false;
    this.#gone = false;
  }

  #wait(millis: number): void {
    this.#cancel();
    this.#cancel = this.#clock.after(millis, () => {
      const another = this.#gone;
      this.cancel();
      this.#stands(another);
    });
  }
}
