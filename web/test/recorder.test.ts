import assert from "node:assert/strict";
import { test } from "node:test";
import { limits } from "../src/player/limits";
import { memoryShelf } from "../src/player/unsent";
import { owner, refusal, rig, settled, unreachable } from "./fakes";

test("Saved is shown only after the server acknowledged", async () => {
  const { recorder, states } = rig();
  assert.equal(recorder.state, "Saved");
  recorder.record("cmi.core.lesson_location", "3");
  assert.equal(recorder.state, "Saving");
  recorder.commit();
  assert.equal(recorder.state, "Saving");
  await settled();
  assert.equal(recorder.state, "Saved");
  assert.deepEqual(states, ["Saving", "Saving", "Saved"]);
});

test("a commit is in the browser's storage before it is sent, and leaves it when it is acknowledged", async () => {
  const { recorder, unsent, server } = rig();
  server.connected = false;
  recorder.record("cmi.core.lesson_location", "3");
  recorder.commit();
  assert.deepEqual(unsent.commits("s1").map((commit) => commit.elements), [{ "cmi.core.lesson_location": "3" }]);
  await settled();
  server.connected = true;
  recorder.commit();
  await settled();
  assert.deepEqual(unsent.owners(), []);
});

test("a change that content does not commit goes out after a short quiet", async () => {
  const { recorder, server, clock } = rig();
  recorder.record("cmi.core.score.raw", "50");
  await clock.pass(limits.quietMillis - 1);
  assert.deepEqual(server.applied, []);
  await clock.pass(1);
  assert.deepEqual(server.elements, { "cmi.core.score.raw": "50" });
});

test("content that never rests is still sent", async () => {
  const { recorder, server, clock } = rig();
  for (let n = 0; n < 30; n++) {
    recorder.record("cmi.core.session_time", `00:00:${n}`);
    await clock.pass(limits.quietMillis / 10);
  }
  assert.ok(server.applied.length >= 2);
});

test("one request is on its way at a time, and the next carries everything that came meanwhile", async () => {
  const { recorder, server } = rig();
  let release = (): void => {};
  server.hold = new Promise((resolve) => (release = resolve));
  for (const place of ["1", "2", "3"]) {
    recorder.record("cmi.core.lesson_location", place);
    recorder.commit();
  }
  server.hold = null;
  release();
  await settled();
  assert.deepEqual(server.requests.map((request) => request.commits.map((commit) => commit.sequence)), [[1], [2, 3]]);
});

test("without a connection the data waits, is tried again with growing pauses, and arrives once", async () => {
  const { recorder, server, clock } = rig();
  server.connected = false;
  recorder.record("cmi.core.lesson_status", "passed");
  recorder.commit();
  await clock.pass(60_000);
  assert.equal(recorder.state, "Not saved");
  server.connected = true;
  await clock.pass(limits.retryMostMillis);
  assert.equal(recorder.state, "Saved");
  assert.deepEqual(server.applied.map((commit) => commit.elements), [{ "cmi.core.lesson_status": "passed" }]);
});

test("a connection that is back is used at once", async () => {
  const { recorder, courier, server, clock } = rig();
  server.connected = false;
  recorder.record("cmi.core.lesson_status", "passed");
  recorder.commit();
  await clock.pass(100_000);
  server.connected = true;
  courier.kick();
  await settled();
  assert.equal(recorder.state, "Saved");
});

test("an answer that was lost on its way doubles nothing", async () => {
  const { recorder, server, clock } = rig();
  server.answers = [unreachable];
  const post = server.post;
  recorder.record("cmi.core.score.raw", "1");
  server.take([{ sequence: 1, elements: { "cmi.core.score.raw": "1" }, rejected: [], finish: false, at: "", utcOffsetMinutes: 0 }]);
  recorder.commit();
  await clock.pass(limits.retryMostMillis);
  assert.equal(post, server.post);
  assert.equal(server.applied.length, 1);
  assert.equal(recorder.state, "Saved");
});

test("a page of a proxy that answers 200 acknowledges nothing", async () => {
  const { recorder, server, clock } = rig();
  server.answers = [{ kind: "ok", body: { welcome: "to our hotel" } }];
  recorder.record("cmi.core.score.raw", "1");
  recorder.commit();
  await settled();
  assert.equal(recorder.state, "Not saved");
  await clock.pass(limits.retryMostMillis);
  assert.equal(recorder.state, "Saved");
});

test("a gap is filled from what is still here", async () => {
  const { recorder, server, clock } = rig();
  server.answers = [refusal(409, "sequence-gap", 0)];
  recorder.record("cmi.core.score.raw", "1");
  recorder.commit();
  await clock.pass(limits.retryMostMillis);
  assert.equal(recorder.state, "Saved");
  assert.equal(server.applied.length, 1);
});

for (const name of ["session-replaced", "session-finished"]) {
  test(`after ${name} nothing is sent, the data stays here, and the state says so`, async () => {
    const { recorder, server, unsent, stops, clock } = rig();
    server.answers = [refusal(409, name)];
    recorder.record("cmi.core.score.raw", "1");
    recorder.commit();
    await settled();
    recorder.record("cmi.core.score.raw", "2");
    recorder.commit();
    await clock.pass(100_000);
    assert.equal(server.requests.length, 1);
    assert.equal(stops.length, 1);
    assert.equal(recorder.state, "Not saved");
    assert.equal(unsent.commits("s1").length, 2);
    assert.equal(unsent.owners()[0]?.refused?.why, name);
  });
}

test("a body that is too large for the server is halved until it fits", async () => {
  const { recorder, server, clock, courier } = rig();
  server.connected = false;
  for (let n = 0; n < 8; n++) {
    recorder.record("cmi.suspend_data", String(n).repeat(50_000));
    recorder.commit();
    await settled();
  }
  server.connected = true;
  server.answers = [refusal(413, "too-large"), refusal(413, "too-large")];
  courier.kick();
  await clock.pass(limits.retryMostMillis);
  assert.equal(recorder.state, "Saved");
  assert.equal(server.applied.length, 8);
});

test("a page that goes hands its beacon everything that is not acknowledged, in order", () => {
  const { recorder, server, beacons } = rig();
  server.connected = false;
  recorder.record("cmi.core.lesson_location", "1");
  recorder.commit();
  recorder.record("cmi.core.lesson_location", "2");
  recorder.leave();
  assert.deepEqual(beacons[0]?.commits.map((commit) => commit.elements), [
    { "cmi.core.lesson_location": "1" },
    { "cmi.core.lesson_location": "2" },
  ]);
});

test("what content says in its own unload, after the page's, takes a beacon of its own", () => {
  const { recorder, beacons, server } = rig();
  server.connected = false;
  recorder.record("cmi.core.lesson_location", "1");
  recorder.leave();
  recorder.record("cmi.core.exit", "suspend");
  recorder.end({ finish: true });
  for (const beacon of beacons) server.take(beacon.commits);
  assert.deepEqual(server.elements, { "cmi.core.lesson_location": "1", "cmi.core.exit": "suspend" });
  assert.equal(server.applied.at(-1)?.finish, true);
});

test("beacons that arrive twice, or in the wrong order, double and overtake nothing", () => {
  const { recorder, beacons, server } = rig();
  server.connected = false;
  recorder.record("cmi.core.score.raw", "1");
  recorder.leave();
  recorder.record("cmi.core.score.raw", "2");
  recorder.end({ finish: true });
  for (const beacon of [...beacons].reverse()) server.take(beacon.commits);
  for (const beacon of beacons) server.take(beacon.commits);
  assert.deepEqual(server.applied.map((commit) => commit.sequence), [1, 2]);
  assert.equal(server.elements["cmi.core.score.raw"], "2");
});

test("what does not fit a beacon stays in the browser, and what fits goes", () => {
  const { recorder, beacons, server, unsent } = rig();
  server.connected = false;
  recorder.record("cmi.suspend_data", "ü".repeat(60_000));
  recorder.record("cmi.core.lesson_status", "passed");
  recorder.leave();
  recorder.end({ finish: true });
  for (const beacon of beacons) server.take(beacon.commits);
  assert.deepEqual(server.elements, { "cmi.core.lesson_status": "passed" });
  assert.equal(unsent.commits("s1").length, 3);
});

test("when the browser has no room for all again, what it has not got yet still goes", () => {
  const { recorder, beacons, server } = rig();
  server.connected = false;
  recorder.record("cmi.suspend_data", "x".repeat(50_000));
  recorder.leave();
  recorder.record("cmi.core.lesson_status", "passed");
  recorder.end({ finish: true });
  assert.deepEqual(beacons.map((beacon) => beacon.commits.map((commit) => commit.sequence)), [[1], [2]]);
});

test("a browser without room for storage still sends", async () => {
  const full = { ...memoryShelf(), length: 0, setItem: () => assert.fail("full") };
  const { recorder, server } = rig(full);
  recorder.record("cmi.core.score.raw", "1");
  recorder.commit();
  await settled();
  assert.equal(server.applied.length, 1);
  assert.equal(recorder.state, "Saved");
});

test("a sign of life carries nothing and is no failure of anything", async () => {
  const { courier, recorder, server } = rig();
  courier.beat();
  await settled();
  assert.deepEqual(server.requests[0]?.commits, []);
  assert.equal(recorder.state, "Saved");
});

test("the small part of what content says in its unload goes, whatever order it is said in", () => {
  const { recorder, beacons, server, unsent } = rig();
  server.connected = false;
  recorder.leave();
  recorder.record("cmi.suspend_data", "ü".repeat(60_000));
  recorder.record("cmi.core.lesson_status", "passed");
  recorder.end({ finish: true });
  for (const beacon of beacons) server.take(beacon.commits);
  assert.deepEqual(server.elements, { "cmi.core.lesson_status": "passed" });
  assert.deepEqual(unsent.commits("s1").map((commit) => commit.finish), [false, true]);
});

test("what content sets in its unload without a commit is in the browser, in its last form", () => {
  const { recorder, unsent } = rig();
  recorder.leave();
  recorder.record("cmi.core.lesson_location", "1");
  recorder.record("cmi.suspend_data", "x".repeat(60_000));
  recorder.record("cmi.suspend_data", "short");
  assert.deepEqual(unsent.commits("s1").map((commit) => commit.elements), [{ "cmi.core.lesson_location": "1", "cmi.suspend_data": "short" }]);
});

test("it is known whether what is not saved outlives the page", async () => {
  const shelf = memoryShelf();
  const { recorder, server } = rig(shelf);
  assert.equal(recorder.keep(), true);
  server.connected = false;
  const put = shelf.setItem;
  shelf.setItem = () => assert.fail("no room");
  recorder.record("cmi.core.lesson_location", "3");
  recorder.commit();
  await settled();
  assert.equal(recorder.keep(), false);
  shelf.setItem = put;
  assert.equal(recorder.keep(), true);
  shelf.setItem = () => assert.fail("no room");
  recorder.record("cmi.core.lesson_location", "4");
  recorder.commit();
  await settled();
  assert.equal(recorder.keep(), false);
  server.connected = true;
  recorder.commit();
  await settled();
  assert.equal(recorder.state, "Saved");
  assert.equal(recorder.keep(), true);
});

for (const [heard, back] of [
  ["the page hears of it", (at) => at.recorder.cleared()],
  ["the page is hidden", (at) => at.recorder.hidden()],
  ["the page goes", (at) => at.recorder.leave()],
  ["it is said that it is kept", (at) => assert.equal(at.recorder.keep(), true)],
  ["the next commit comes", (at) => at.recorder.commit({ left: true })],
] as [string, (at: ReturnType<typeof rig>) => void][]) {
  test(`what content cleared out of the browser's storage is there again once ${heard}`, async () => {
    const shelf = memoryShelf();
    const at = rig(shelf);
    at.server.connected = false;
    for (const place of ["1", "2"]) {
      at.recorder.record("cmi.core.lesson_location", place);
      at.recorder.commit();
    }
    await settled();
    while (shelf.length > 0) shelf.removeItem(shelf.key(0)!);
    back(at);
    assert.deepEqual(at.unsent.commits("s1").slice(0, 2).map((commit) => commit.elements["cmi.core.lesson_location"]), ["1", "2"]);
    assert.deepEqual(at.unsent.owners(), [owner]);
  });
}

test("what the server refused for good is not put back where it was cleared", async () => {
  const shelf = memoryShelf();
  const { recorder, server, unsent } = rig(shelf);
  server.answers = [refusal(409, "session-replaced")];
  recorder.record("cmi.core.score.raw", "1");
  recorder.commit();
  await settled();
  unsent.drop("s1");
  recorder.cleared();
  assert.deepEqual(unsent.owners(), []);
});

test("what another window has sent meanwhile is asked for, and then forgotten here too", async () => {
  const { recorder, server, unsent } = rig();
  server.answers = [unreachable];
  recorder.record("cmi.core.score.raw", "1");
  recorder.commit();
  await settled();
  server.take([...unsent.commits("s1")]);
  unsent.acknowledge("s1", 1);
  recorder.cleared();
  await settled();
  assert.equal(recorder.state, "Saved");
  assert.equal(server.applied.length, 1);
  assert.deepEqual(unsent.owners(), []);
});

test("a shelf that goes with the page keeps nothing for later", () => {
  const { recorder, server } = rig(memoryShelf(true));
  server.connected = false;
  recorder.record("cmi.core.lesson_location", "3");
  recorder.commit();
  assert.equal(recorder.keep(), false);
});
