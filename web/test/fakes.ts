import { CommitLog } from "../src/player/commitLog";
import { Courier, type Clock } from "../src/player/courier";
import { type Answer, type Commit, type Post, type Problem } from "../src/player/protocol";
import { Recorder, type SavedState } from "../src/player/recorder";
import { memoryShelf, Unsent, type Owner } from "../src/player/unsent";

/** Time that moves when a test says so. */
export class FakeClock implements Clock {
  #now = Date.parse("2026-11-24T05:50:00.000Z");
  #tasks: { at: number; run: () => void }[] = [];
  now = (): number => this.#now;
  random = (): number => 1;

  after(millis: number, run: () => void): () => void {
    const task = { at: this.#now + millis, run };
    this.#tasks.push(task);
    return () => (this.#tasks = this.#tasks.filter((each) => each !== task));
  }

  async pass(millis: number): Promise<void> {
    const end = this.#now + millis;
    for (;;) {
      await settled();
      const due = this.#tasks.filter((task) => task.at <= end).sort((a, b) => a.at - b.at)[0];
      if (!due) break;
      this.#tasks = this.#tasks.filter((each) => each !== due);
      this.#now = Math.max(this.#now, due.at);
      due.run();
    }
    this.#now = end;
    await settled();
  }
}

export const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export const problem = (name: string): Problem => ({ type: `https://coursewire.test/problems/${name}`, title: name, detail: "" });

/** Applies commits as the server promises to: those above its last, in order, once; nothing of a request that leaves one out. */
export class FakeServer {
  readonly applied: Commit[] = [];
  readonly requests: { path: string; commits: Commit[] }[] = [];
  connected = true;
  answers: Answer[] = [];
  status = "incomplete";
  hold: Promise<void> | null = null;

  readonly post: Post = async (path, body) => {
    if (this.hold) await this.hold;
    if (!this.connected) return unreachable;
    const { commits } = structuredClone(body) as { commits: Commit[] };
    this.requests.push({ path, commits });
    const scripted = this.answers.shift();
    return scripted ?? this.take(commits);
  };

  take(commits: Commit[]): Answer {
    const news = commits.filter((commit) => commit.sequence > this.applied.length);
    const inOrder = news.every((commit, index) => commit.sequence === this.applied.length + 1 + index);
    if (!inOrder) return refusal(409, "sequence-gap", this.applied.length);
    this.applied.push(...news);
    return { kind: "ok", body: { acknowledged: this.applied.length, status: this.status } };
  }

  /** Everything content said, as the server sees it. */
  get elements(): Record<string, string> {
    return Object.assign({}, ...this.applied.map((commit) => commit.elements));
  }
}

export const unreachable: Answer = { kind: "unreachable", reached: false, retryAfterMillis: 0 };

export const refusal = (status: number, name: string, upTo: number | null = null): Answer => ({
  kind: "refused",
  status,
  problem: problem(name),
  acknowledged: upTo,
});

export const owner: Owner = { sessionId: "s1", playToken: "p1", title: "A course", openedAt: 1 };

/** A player without a browser: what is wired in the page, on fakes. */
export function rig(shelf = memoryShelf()) {
  const clock = new FakeClock();
  const server = new FakeServer();
  const unsent = new Unsent(shelf);
  const log = new CommitLog();
  const beacons: { commits: Commit[] }[] = [];
  const states: SavedState[] = [];
  const stops: Problem[] = [];
  const browser = { beaconBytes: 64 * 1024 };
  const courier: Courier = new Courier(log, unsent, { owner, post: server.post, clock }, {
    acknowledged: () => states.push(recorder.state),
    failed: () => states.push(recorder.state),
    stopped: (why) => stops.push(why),
  });
  const recorder: Recorder = new Recorder(log, unsent, courier, {
    owner,
    clock,
    beacon(_, body) {
      if (body.length > browser.beaconBytes) return false;
      browser.beaconBytes -= body.length;
      beacons.push(JSON.parse(body) as { commits: Commit[] });
      return true;
    },
    changed: (state) => states.push(state),
  });
  return { clock, server, unsent, log, courier, recorder, beacons, states, stops, browser };
}

