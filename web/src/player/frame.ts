export interface FrameEvents {
  /** A document of the content is asked whether it may go. */
  going(): void;
  /** It goes: told after its own handlers, as far as they were there when it had loaded. */
  unloaded(): void;
  /** `page` is null where it is another origin's. */
  loaded(page: Window | null): void;
}

/** The window that the course runs in. */
export class ContentFrame {
  readonly #iframe: HTMLIFrameElement;
  readonly #events: FrameEvents;
  #watched = false;
  #gone: () => void = () => {};

  constructor(stage: HTMLElement, title: string, events: FrameEvents) {
    this.#events = events;
    this.#iframe = document.createElement("iframe");
    this.#iframe.title = title;
    this.#iframe.allow = "unload; fullscreen; autoplay; clipboard-write";
    this.#iframe.addEventListener("load", () => this.#watch());
    stage.replaceChildren(this.#iframe);
  }

  /** Whether the document in it will tell us when it goes. */
  get watched(): boolean {
    return this.#watched;
  }

  open(url: string): void {
    this.#iframe.src = url;
    this.#iframe.focus();
  }

  /**
   * Takes the content away as a link would, so that all of its handlers run; says when it is gone, however long that takes. Content may
   * have the participant asked first, who may choose to stay: then nothing is said, and it can be closed again.
   */
  close(gone: () => void): void {
    if (!this.#iframe.contentWindow) return gone();
    this.#gone = gone;
    this.#iframe.src = "about:blank";
  }

  remove(): void {
    this.#iframe.remove();
  }

  #unloaded(): void {
    this.#watched = false;
    this.#events.unloaded();
  }

  #isBlank(): boolean {
    try {
      return this.#iframe.contentWindow?.location.href === "about:blank";
    } catch {
      return false;
    }
  }

  #watch(): void {
    this.#watched = false;
    // Content that is to go may still load before it does: only the empty document tells that it is gone.
    if (this.#isBlank()) return this.#gone();
    let page: Window | null = null;
    try {
      const inner = this.#iframe.contentWindow!;
      inner.addEventListener("beforeunload", () => this.#events.going());
      for (const event of ["pagehide", "unload"]) inner.addEventListener(event, () => this.#unloaded());
      this.#watched = true;
      page = inner;
    } catch {
      // A document of another origin keeps its events to itself.
    }
    this.#events.loaded(page);
  }
}
