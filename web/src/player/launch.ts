import { browserClock } from "./clock";
import { post } from "./http";
import { sendLeftovers } from "./leftovers";
import { showLostConnection, showMessage } from "./page";
import { problemMessage } from "./problems";
import { browserShelf, Unsent } from "./unsent";

/** Redeems the launch link of this page's address, once, after what earlier sessions left in this browser is sent. */
async function launch(): Promise<void> {
  showMessage({ title: "Opening your course", detail: "", kind: "busy" });
  const unsent = new Unsent(browserShelf());
  if ((await sendLeftovers(unsent, post, browserClock)) === "lost connection") return lost();
  const answer = await post(location.pathname, {});
  if (answer.kind === "unreachable") return lost();
  if (answer.kind === "refused") return showMessage(problemMessage(answer.problem));
  const target = answer.body["location"];
  if (typeof target === "string" && target.startsWith("/play/")) location.replace(target);
  else lost();
}

const lost = (): void => showLostConnection(() => void launch());

void launch();
