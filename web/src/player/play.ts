import { browserClock } from "./clock";
import { post } from "./http";
import { sendLeftovers, untold } from "./leftovers";
import { showLostConnection } from "./page";
import { playSession } from "./playing";
import { sessionsPath } from "./protocol";
import { toSession } from "./session";
import { browserShelf, Unsent } from "./unsent";
import { PlayerView } from "./view";

const view = new PlayerView();
const unsent = new Unsent(browserShelf());
const playToken = decodeURIComponent(location.pathname.split("/")[2] ?? "");

/** Opens a session of the course that this page's address names, after what earlier sessions left in this browser is sent. */
async function open(): Promise<void> {
  view.showMessage({ title: "Opening your course", detail: "", kind: "busy" });
  if ((await sendLeftovers(unsent, post, browserClock)) === "lost connection") return lost();
  const answer = await post(sessionsPath(playToken), {});
  if (answer.kind === "unreachable") return lost();
  if (answer.kind === "refused") {
    const { title, detail } = answer.problem;
    return view.showMessage({ title: title || "This course is not available", detail: detail || "Ask for a new link.", kind: "warn" });
  }
  const session = toSession(answer.body);
  if (session === null) return lost();
  playSession(session, { playToken, unsent, view });
  tellLost();
}

const lost = (): void => showLostConnection(() => void open());

function tellLost(): void {
  const lostOnes = untold(unsent);
  if (lostOnes.length === 0) return;
  const titles = [...new Set(lostOnes.map((owner) => owner.title))].join(", ");
  view.showDialog(
    "Part of an earlier visit was not saved",
    `The course was opened again somewhere else before this browser could send everything: ${titles}. Check where you are in the course, and do again what is missing.`,
    [{ label: "Go on", run: () => {} }],
  );
}

void open();
