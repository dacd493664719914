import { browserClock } from "./clock";
import { post } from "./http";
import { sendLeftovers, untold } from "./leftovers";
import { showLostConnection } from "./page";
import { playSession } from "./playing";
import { problemMessage } from "./problems";
import { sessionsPath } from "./protocol";
import { toSession } from "./session";
import { browserShelf, Unsent } from "./unsent";
import { PlayerView } from "./view";

const view = new PlayerView();
const unsent = new Unsent(browserShelf());
const playToken = decodeURIComponent(location.pathname.split("/")[2] ?? "");

/** Opens a session of the course that this page's address names, after what earlier sessions left in this browser is sent. */
async function open(itemId?: string): Promise<void> {
  view.showMessage({ title: "Opening your course", detail: "", kind: "busy" });
  if ((await sendLeftovers(unsent, post, browserClock)) === "lost connection") return lost(itemId);
  const answer = await post(sessionsPath(playToken), itemId === undefined ? {} : { itemId });
  if (answer.kind === "unreachable") return lost(itemId);
  if (answer.kind === "refused") return view.showMessage(problemMessage(answer.problem));
  const session = toSession(answer.body);
  if (session === null) return lost(itemId);
  playSession(session, { playToken, unsent, view, open: (item) => void open(item) });
  tellLost();
}

const lost = (itemId?: string): void => showLostConnection(() => void open(itemId));

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
