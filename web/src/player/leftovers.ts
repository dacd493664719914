import { prefix } from "./commitLog";
import type { Clock } from "./courier";
import { limits } from "./limits";
import { acknowledged, commitsPath, type Post } from "./protocol";
import type { Owner, Unsent } from "./unsent";

export type Delivered = "all" | "lost connection";

/** Sends what earlier sessions left in this browser, oldest first. A new session must wait for it: it would close the older ones. */
export async function sendLeftovers(unsent: Unsent, post: Post, clock: Clock): Promise<Delivered> {
  unsent.tidy(clock.now());
  for (const owner of unsent.owners().filter((each) => !each.refused)) {
    if ((await deliver(owner, unsent, post, clock)) === "lost connection") return "lost connection";
  }
  return "all";
}

/** What the server refused for good and nobody has been told of; telling happens once. */
export function untold(unsent: Unsent): readonly Owner[] {
  const owners = unsent.owners().filter((owner) => owner.refused && !owner.refused.told);
  for (const owner of owners) unsent.told(owner);
  return owners;
}

async function deliver(owner: Owner, unsent: Unsent, post: Post, clock: Clock): Promise<Delivered> {
  for (let failures = 0; failures < limits.leftoverTries; ) {
    const waiting = unsent.commits(owner.sessionId);
    if (waiting.length === 0) break;
    const fitting = prefix(waiting, limits.requestBytes);
    const commits = fitting.length > 0 ? fitting : waiting.slice(0, 1);
    const answer = await post(commitsPath(owner.playToken, owner.sessionId), { commits });
    if (answer.kind === "refused") {
      refused(owner, unsent, answer.acknowledged, answer.problem.title, clock.now());
      return "all";
    }
    const sequence = answer.kind === "ok" ? acknowledged(answer.body) : null;
    if (sequence !== null && sequence >= commits[0]!.sequence) {
      unsent.acknowledge(owner.sessionId, sequence);
      continue;
    }
    failures++;
    if (answer.kind === "unreachable" && !answer.reached) return "lost connection";
    if (failures < limits.leftoverTries) await pause(clock, failures);
  }
  // A server that answers, and again and again not to this, must not lock people out of their course; the data stays here.
  return "all";
}

function refused(owner: Owner, unsent: Unsent, upTo: number | null, why: string, now: number): void {
  if (upTo !== null) unsent.acknowledge(owner.sessionId, upTo);
  if (unsent.commits(owner.sessionId).length > 0) unsent.refuse(owner, why, now);
  else unsent.drop(owner.sessionId);
}

const pause = (clock: Clock, failures: number): Promise<void> =>
  new Promise((resume) => void clock.after(limits.retryFirstMillis * failures, resume));
