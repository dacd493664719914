import { browserClock } from "./clock";
import { endMessage, waitingMessage } from "./ending";
import { post } from "./http";
import { sendLeftovers, untold } from "./leftovers";
import type { Way } from "./offers";
import { keepOpenItem, openItem } from "./openItem";
import { showLostConnection } from "./page";
import { playSession } from "./playing";
import { problemMessage } from "./problems";
import { navigationPath, sessionsPath, type Course } from "./protocol";
import { toDelivered, type Delivered } from "./session";
import { browserShelf, Unsent } from "./unsent";
import { PlayerView } from "./view";

const view = new PlayerView();
const unsent = new Unsent(browserShelf());
const playToken = decodeURIComponent(location.pathname.split("/")[2] ?? "");

type Request = { readonly path: string; readonly body: object };

const opening = (item?: string): Request => ({ path: sessionsPath(playToken), body: item === undefined ? {} : { itemId: item } });

/** The session that was delivered last: a request that leaves it is not to be met twice, where the answer was lost. */
let last: string | undefined;

const asking = (request: string): Request => ({ path: navigationPath(playToken), body: { request, from: last } });

const requestFor = (way: Exclude<Way, "end">): Request => ("item" in way ? opening(way.item) : asking(way.request));

/** Asks the server what to show, after what earlier sessions left in this browser is sent, and shows it. */
async function show(request: Request): Promise<void> {
  view.showMessage({ title: "Opening your course", detail: "", kind: "busy" });
  if ((await sendLeftovers(unsent, post, browserClock)) === "lost connection") return lost(request);
  const answer = await post(request.path, request.body);
  if (answer.kind === "unreachable") return lost(request);
  if (answer.kind === "refused") return view.showMessage(problemMessage(answer.problem));
  const delivered = toDelivered(answer.body);
  if (delivered === null) return lost(request);
  deliver(delivered);
  tellLost();
}

const lost = (request: Request): void => showLostConnection(() => void show(request));

function deliver(delivered: Delivered): void {
  switch (delivered.kind) {
    case "content":
      last = delivered.session.sessionId;
      keepOpenItem(delivered.session);
      return playSession(delivered.session, { playToken, unsent, view, go: (way) => void show(requestFor(way)) });
    case "waiting":
      return wait(delivered.course, delivered.why);
    case "ended":
      return end(delivered.course, delivered.status, delivered.goesOn);
  }
}

// No content is open: the participant chooses with the controls around an empty stage.
function wait(course: Course, why: string): void {
  view.showCourse(course, (way) => (way === "end" ? end(course, null) : void show(requestFor(way))));
  view.showInStage(waitingMessage(course, why));
}

function end(course: Course, status: string | null, goesOn = true): void {
  if (course.returnUrl) location.replace(course.returnUrl);
  else view.showMessage(endMessage(course, "Saved", status, { goesOn }));
}

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

void show(opening(openItem()));
