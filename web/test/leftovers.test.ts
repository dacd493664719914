import assert from "node:assert/strict";
import { test } from "node:test";
import { limits } from "../src/player/limits";
import { sendLeftovers, untold } from "../src/player/leftovers";
import type { Answer } from "../src/player/protocol";
import { memoryShelf, Unsent } from "../src/player/unsent";
import { FakeClock, FakeServer, owner, refusal, rig, settled, unreachable } from "./fakes";

/** A browser in which a session ended without a connection. */
async function abandoned() {
  const shelf = memoryShelf();
  const before = rig(shelf);
  before.server.connected = false;
  before.recorder.record("cmi.core.lesson_location", "7");
  before.recorder.commit();
  before.recorder.record("cmi.suspend_data", "x".repeat(64_000));
  before.recorder.end({ finish: true });
  await settled();
  return { unsent: new Unsent(shelf), server: new FakeServer(), clock: new FakeClock(), shelf };
}

test("what a session left behind is sent at the next opening and then forgotten", async () => {
  const { unsent, server, clock } = await abandoned();
  assert.equal(await sendLeftovers(unsent, server.post, clock), "all");
  assert.equal(server.elements["cmi.core.lesson_location"], "7");
  assert.equal(server.applied.at(-1)?.finish, true);
  assert.equal(server.requests[0]?.path, "/play/p1/sessions/s1/commits");
  assert.deepEqual(unsent.owners(), []);
});

test("without a connection it waits, and the opening with it", async () => {
  const { unsent, clock } = await abandoned();
  assert.equal(await sendLeftovers(unsent, async () => unreachable, clock), "lost connection");
  assert.equal(unsent.commits("s1").length, 2);
});

test("a server in trouble is asked a few times, then the course opens and the data stays", async () => {
  const { unsent, clock } = await abandoned();
  let asked = 0;
  const trouble: Answer = { kind: "unreachable", reached: true, retryAfterMillis: 0 };
  const sending = sendLeftovers(unsent, async () => (asked++, trouble), clock);
  await clock.pass(60_000);
  assert.equal(await sending, "all");
  assert.equal(asked, limits.leftoverTries);
  assert.equal(unsent.commits("s1").length, 2);
});

test("what the server refuses for good is kept, told once, not sent again, and dropped a month later", async () => {
  const { unsent, server, clock } = await abandoned();
  server.answers = [refusal(409, "session-replaced")];
  await sendLeftovers(unsent, server.post, clock);
  assert.deepEqual(untold(unsent).map((each) => each.title), ["A course"]);
  assert.deepEqual(untold(unsent), []);
  await sendLeftovers(unsent, server.post, clock);
  assert.equal(server.requests.length, 1);
  assert.equal(unsent.commits("s1").length, 2);
  await clock.pass(limits.refusedKeptMillis + 1);
  await sendLeftovers(unsent, server.post, clock);
  assert.deepEqual(unsent.owners(), []);
});

test("a refusal of what was already taken leaves nothing behind", async () => {
  const { unsent, server, clock } = await abandoned();
  server.answers = [refusal(409, "session-finished", 2)];
  await sendLeftovers(unsent, server.post, clock);
  assert.deepEqual(unsent.owners(), []);
});

test("what lies before a hole is sent, what lies behind it is kept and told as lost", async () => {
  const unsent = new Unsent(memoryShelf());
  const server = new FakeServer();
  for (const sequence of [1, 2, 3, 4, 7]) {
    unsent.put(owner, { sequence, elements: { [`e${sequence}`]: "x" }, rejected: [], finish: false, at: "", utcOffsetMinutes: 0 });
  }
  assert.equal(await sendLeftovers(unsent, server.post, new FakeClock()), "all");
  assert.deepEqual(server.applied.map((commit) => commit.sequence), [1, 2, 3, 4]);
  assert.deepEqual(untold(unsent).map((each) => each.sessionId), ["s1"]);
  assert.deepEqual(unsent.commits("s1").map((commit) => commit.sequence), [7]);
});

test("storage that something else wrote into locks nobody out", async () => {
  const shelf = memoryShelf();
  shelf.setItem("coursewire:unsent:broken", "{");
  shelf.setItem("coursewire:unsent:odd", "7");
  shelf.setItem("unrelated", "x");
  const unsent = new Unsent(shelf);
  assert.equal(await sendLeftovers(unsent, new FakeServer().post, new FakeClock()), "all");
  assert.equal(shelf.getItem("unrelated"), "x");
});

test("room is made by dropping what was refused, never what waits", () => {
  const unsent = new Unsent(memoryShelf());
  const commit = (size: number) => ({ sequence: 1, elements: { a: "x".repeat(size) }, rejected: [], finish: false, at: "", utcOffsetMinutes: 0 });
  assert.ok(unsent.put(owner, commit(1_500_000)));
  const refused = { ...owner, sessionId: "s2", openedAt: 2 };
  assert.ok(unsent.put(refused, commit(1_500_000)));
  unsent.refuse(refused, "replaced", 1);
  assert.ok(unsent.put({ ...owner, sessionId: "s3", openedAt: 3 }, commit(1_500_000)));
  assert.deepEqual(unsent.owners().map((each) => each.sessionId), ["s1", "s3"]);
  assert.equal(unsent.put({ ...owner, sessionId: "s4", openedAt: 4 }, commit(1_500_000)), false);
});
