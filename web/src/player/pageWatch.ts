import { isUnsent } from "./unsent";

export interface PageEvents {
  online(): void;
  shown(): void;
  /** Perhaps never shown again: phones end pages in this state without another word. */
  hidden(): void;
  /** Whether nothing is lost if the page goes away; else the browser asks the participant. */
  mayLeave(): boolean;
  /** The page goes away. */
  leaving(): void;
  /** It came back out of the browser's cache. */
  back(): void;
  /** What waits in the browser's storage was taken out of it, by another page or by content. */
  cleared(): void;
  beat(): void;
}

/** Tells what happens to the page until it is called off. */
export function watchPage(events: PageEvents, aliveSeconds: number): () => void {
  const off = new AbortController();
  const { signal } = off;
  const beat = setInterval(() => events.beat(), aliveSeconds * 1000);
  window.addEventListener("online", () => events.online(), { signal });
  document.addEventListener("visibilitychange", () => (document.hidden ? events.hidden() : events.shown()), { signal });
  window.addEventListener("beforeunload", (event) => events.mayLeave() || event.preventDefault(), { signal });
  window.addEventListener("pagehide", () => events.leaving(), { signal });
  window.addEventListener("pageshow", (event) => event.persisted && events.back(), { signal });
  window.addEventListener("storage", ({ key, newValue }) => isUnsent(key) && newValue === null && events.cleared(), { signal });
  return () => {
    off.abort();
    clearInterval(beat);
  };
}
