import { browserClock } from "./clock";
import { post } from "./http";
import { sendLeftovers } from "./leftovers";
import { showLostConnection, showMessage } from "./page";
import { problemMessage } from "./problems";
import { browserShelf, Unsent } from "./unsent";

/** By it the server knows the browser again that did not get its answer. A reload keeps it, where the browser lets it. */
const redeemer = (() => {
  const name = `coursewire:redeemer:${location.pathname}`;
  const made = crypto.getRandomValues(new Uint32Array(4)).join("-");
  try {
    const kept = sessionStorage.getItem(name) ?? made;
    sessionStorage.setItem(name, kept);
    return kept;
  } catch {
    return made;
  }
})();

/** Redeems the launch link of this page's address, once, after what earlier sessions left in this browser is sent. */
async function launch(): Promise<void> {
  showMessage({ title: "Opening your course", detail: "", kind: "busy" });
  const unsent = new Unsent(browserShelf());
  if ((await sendLeftovers(unsent, post, browserClock)) === "lost connection") return lost();
  const answer = await post(location.pathname, { redeemer });
  if (answer.kind === "unreachable") return lost();
  if (answer.kind === "refused") return showMessage(problemMessage(answer.problem));
  const target = answer.body["location"];
  if (typeof target === "string" && target.startsWith("/play/")) location.replace(target);
  else lost();
}

const lost = (): void => showLostConnection(() => void launch());

void launch();
