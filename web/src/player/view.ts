import { ContentsTree, isCourseOfItems, type Ways } from "./contents";
import { button, byId, fillCard, element, showMessage, type Message } from "./page";
import type { Mode, Session } from "./protocol";
import type { SavedState } from "./recorder";

const modes: Record<Exclude<Mode, "normal">, string> = {
  review: "Review: nothing is recorded",
  browse: "Preview: nothing is recorded",
};
const wide = "(min-width: 48.01rem)";

/** What people do with the controls around the course. */
export interface Actions {
  exit(): void;
  go(itemId: string): void;
}

/** Everything of the player that people see around the course. */
export class PlayerView {
  readonly stage = byId("stage");
  #tree: ContentsTree | null = null;

  showCourse(session: Session, ways: Ways, actions: Actions): void {
    document.title = session.title;
    byId("title").textContent = session.title;
    byId("exit").onclick = actions.exit;
    byId("state").hidden = session.mode !== "normal";
    const badge = byId("mode");
    badge.hidden = session.mode === "normal";
    if (session.mode !== "normal") badge.textContent = modes[session.mode];
    this.#showContents(session, ways, actions);
    byId("player").hidden = false;
    byId("page").hidden = true;
  }

  showMessage(message: Message): void {
    byId("player").hidden = true;
    byId("page").hidden = false;
    showMessage(message);
  }

  /** A message in the place of the course, with the controls still around it. */
  showInStage(message: Message): void {
    const card = element("section", "card", "");
    card.setAttribute("aria-live", "polite");
    fillCard(card, message);
    this.stage.replaceChildren(card);
  }

  showState(state: SavedState): void {
    const line = byId("state");
    const before = line.dataset["state"];
    if (before === state) return;
    // A screen reader need not hear of every saving, only of trouble and of its end.
    line.setAttribute("aria-live", before === "Not saved" || state === "Not saved" ? "polite" : "off");
    line.dataset["state"] = state;
    line.textContent = state;
  }

  showStatus(itemId: string, status: string | null): void {
    this.#tree?.status(itemId, status);
  }

  showNotice(text: string | null): void {
    const notice = byId("notice");
    notice.hidden = text === null;
    notice.textContent = text ?? "";
  }

  /** Stands in front of the course until an action is chosen. */
  showDialog(title: string, detail: string, actions: readonly { label: string; run: () => void }[]): void {
    const dialog = byId<HTMLDialogElement>("dialog");
    byId("dialog-title").textContent = title;
    byId("dialog-detail").textContent = detail;
    const close = (run: () => void) => () => {
      dialog.close();
      run();
    };
    byId("dialog-actions").replaceChildren(...actions.map(({ label, run }, index) => button(label, close(run), index === 0 ? "primary" : "")));
    dialog.oncancel = (event) => event.preventDefault();
    if (!dialog.open) dialog.showModal();
  }

  #showContents(session: Session, ways: Ways, actions: Actions): void {
    const several = isCourseOfItems(session.items);
    for (const way of ["previous", "next"] as const) {
      const control = byId<HTMLButtonElement>(way);
      const target = ways[way];
      control.hidden = !several;
      control.disabled = target === null;
      control.onclick = () => target?.id && actions.go(target.id);
    }
    const toggle = byId("contents-toggle");
    toggle.hidden = !several;
    toggle.onclick = () => this.#openContents(byId("contents").hidden);
    this.#tree = several ? new ContentsTree(byId("tree"), actions.go) : null;
    this.#tree?.show(session.items, session.item.id);
    this.#openContents(several && matchMedia(wide).matches);
  }

  #openContents(open: boolean): void {
    byId("contents").hidden = !open;
    byId("contents-toggle").setAttribute("aria-expanded", String(open));
  }
}
