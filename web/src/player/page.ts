import { limits } from "./limits";

/** What a whole-page message says. */
export interface Message {
  readonly title: string;
  readonly detail: string;
  readonly kind?: "good" | "warn" | "busy";
  readonly action?: { readonly label: string; readonly run: () => void };
}

export const byId = <T extends HTMLElement = HTMLElement>(id: string): T => document.getElementById(id) as T;

export function element(name: string, className: string, text: string): HTMLElement {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.textContent = text;
  // Titles come in any language.
  made.dir = "auto";
  return made;
}

export function button(label: string, run: () => void, className = ""): HTMLButtonElement {
  const made = element("button", className, label) as HTMLButtonElement;
  made.type = "button";
  made.addEventListener("click", run);
  return made;
}

/** Shows one message in place of everything else, and reads it out. */
export function showMessage(message: Message): void {
  fillCard(byId("message"), message);
  document.title = message.title;
}

/** Where the focus was in what is gone, it goes to the message that came: a screen reader reads on from there. */
export function focusIfLost(card: HTMLElement): void {
  const focused = document.activeElement;
  if (focused && focused !== document.body && focused.getClientRects().length > 0) return;
  const heading = card.querySelector("h1");
  if (!heading) return;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}

export function fillCard(card: HTMLElement, message: Message): void {
  const parts: HTMLElement[] = [sign(message.kind), element("h1", "", message.title), element("p", "", message.detail)];
  if (message.action) {
    const controls = element("div", "controls", "");
    controls.append(button(message.action.label, message.action.run, "primary"));
    parts.push(controls);
  }
  card.replaceChildren(...parts);
  card.setAttribute("aria-busy", String(message.kind === "busy"));
}

function sign(kind: Message["kind"]): HTMLElement {
  if (kind === "busy") return element("div", "spinner", "");
  const mark = element("div", "mark", kind === "good" ? "✓" : kind === "warn" ? "!" : "i");
  mark.setAttribute("aria-hidden", "true");
  if (kind) mark.dataset["kind"] = kind;
  return mark;
}

/** The page for no connection; goes on by itself when there is one again. */
export function showLostConnection(retry: () => void): void {
  let tried = false;
  const once = (): void => {
    window.removeEventListener("online", once);
    clearTimeout(timer);
    if (!tried) retry();
    tried = true;
  };
  window.addEventListener("online", once);
  // A server that restarts, or a network that changes, is no "online" event.
  const timer = setTimeout(once, limits.reconnectMillis);
  showMessage({
    title: "No connection",
    detail: "The course cannot be reached at the moment. Check your connection to the internet; this page tries again when it is back.",
    kind: "warn",
    action: { label: "Try again", run: once },
  });
}
