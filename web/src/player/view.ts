import type { Mode, Session } from "./protocol";
import { button, byId, showMessage, type Message } from "./page";
import type { SavedState } from "./recorder";

const modes: Record<Exclude<Mode, "normal">, string> = {
  review: "Review: nothing is recorded",
  browse: "Preview: nothing is recorded",
};

/** Everything of the player that people see around the course. */
export class PlayerView {
  readonly stage = byId("stage");

  showCourse(session: Session, exit: () => void): void {
    document.title = session.title;
    byId("title").textContent = session.title;
    byId("exit").onclick = exit;
    byId("state").hidden = session.mode !== "normal";
    const badge = byId("mode");
    badge.hidden = session.mode === "normal";
    if (session.mode !== "normal") badge.textContent = modes[session.mode];
    byId("player").hidden = false;
    byId("page").hidden = true;
  }

  showMessage(message: Message): void {
    byId("player").hidden = true;
    byId("page").hidden = false;
    showMessage(message);
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
}
