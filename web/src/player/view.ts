import { ContentsTree, progressOf } from "./contents";
import { choice, isCourseOfItems, offers, type Way } from "./offers";
import { button, byId, element, fillCard, focusIfLost, showMessage, type Message } from "./page";
import type { Course, Mode } from "./protocol";
import type { SavedState } from "./recorder";
import { watchWholeScreen } from "./wholeScreen";

const modes: Record<Exclude<Mode, "normal">, string> = {
  review: "Review: nothing is recorded",
  browse: "Preview: nothing is recorded",
};
const wide = "(min-width: 48.01rem)";

/** Everything of the player that people see around the course. */
export class PlayerView {
  readonly stage = byId("stage");
  readonly #tree = new ContentsTree(byId("tree"));
  #contentsChosen: boolean | null = null;
  #shown: Course | null = null;

  constructor() {
    watchWholeScreen(byId("whole"));
    byId("contents").addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || matchMedia(wide).matches) return;
      this.#openContents((this.#contentsChosen = false));
      byId("contents-toggle").focus();
    });
  }

  /** Shows the course around its stage; `go` hears what the participant does with the controls. */
  showCourse(course: Course, go: (way: Way) => void): void {
    document.title = course.title;
    byId("title").textContent = course.title;
    byId("state").hidden = course.mode !== "normal";
    const badge = byId("mode");
    badge.hidden = course.mode === "normal";
    if (course.mode !== "normal") badge.textContent = modes[course.mode];
    this.showOffers(course, go);
    byId("player").hidden = false;
    byId("page").hidden = true;
  }

  /** The controls and the contents, as the course allows them now. */
  showOffers(course: Course, go: (way: Way) => void): void {
    for (const [name, offer] of Object.entries(offers(course))) {
      const control = byId<HTMLButtonElement>(name);
      control.hidden = offer.state === "hidden";
      control.disabled = offer.state === "disabled";
      control.onclick = () => go(offer.way);
    }
    const several = isCourseOfItems(course) && course.items.length > 0;
    byId("contents-toggle").hidden = !several;
    byId("contents-toggle").onclick = () => this.#openContents((this.#contentsChosen = byId("contents").hidden));
    this.#openContents(several && (this.#contentsChosen ?? matchMedia(wide).matches));
    this.#tree.show(course.items, course.item?.id ?? null, (item) => {
      const way = choice(course, item);
      return way && (() => this.#choose(way, go));
    });
    this.#shown = course;
    this.#showProgress(course);
  }

  // On a phone the contents lie over the course, and have served once something was chosen.
  #choose(way: Way, go: (way: Way) => void): void {
    if (!matchMedia(wide).matches) this.#openContents((this.#contentsChosen = false));
    go(way);
  }

  #showProgress(course: Course): void {
    const progress = progressOf(course.items);
    byId("progress").hidden = progress === null || course.mode !== "normal";
    if (progress === null) return;
    const bar = byId<HTMLProgressElement>("progress-bar");
    [bar.max, bar.value] = [progress.all, progress.done];
    byId("progress-text").textContent = `${progress.done} of ${progress.all} done`;
  }

  showMessage(message: Message): void {
    byId("player").hidden = true;
    byId("page").hidden = false;
    showMessage(message);
    if (message.kind !== "busy") focusIfLost(byId("message"));
  }

  /** A message in the place of the course, with the controls still around it. */
  showInStage(message: Message): void {
    const card = element("section", "card", "");
    card.setAttribute("aria-live", "polite");
    fillCard(card, message);
    this.stage.replaceChildren(card);
    focusIfLost(card);
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
    this.#tree.status(itemId, status);
    if (!this.#shown) return;
    this.#shown = { ...this.#shown, items: this.#shown.items.map((item) => (item.id === itemId ? { ...item, status } : item)) };
    this.#showProgress(this.#shown);
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

  #openContents(open: boolean): void {
    byId("contents").hidden = !open;
    byId("contents-toggle").setAttribute("aria-expanded", String(open));
  }
}
