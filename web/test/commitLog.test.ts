import assert from "node:assert/strict";
import { test } from "node:test";
import { bytes, CommitLog, prefix } from "../src/player/commitLog";
import { limits } from "../src/player/limits";
import { isStorable } from "../src/player/storable";

const moment = { at: "2026-11-24T05:50:00.000Z", utcOffsetMinutes: 60 };

test("a commit holds what changed since the one before it, and no more", () => {
  const log = new CommitLog();
  log.record("cmi.core.lesson_location", "1");
  log.record("cmi.core.score.raw", "10");
  log.seal(moment);
  log.record("cmi.core.lesson_location", "2");
  log.record("cmi.core.score.raw", "10");
  assert.deepEqual(log.seal(moment)[0]?.elements, { "cmi.core.lesson_location": "2" });
  assert.deepEqual(log.pending.map((commit) => commit.sequence), [1, 2]);
});

test("a value that came back to what was committed is no change", () => {
  const log = new CommitLog();
  log.record("cmi.suspend_data", "a");
  log.seal(moment);
  log.record("cmi.suspend_data", "b");
  log.record("cmi.suspend_data", "a");
  assert.equal(log.hasChanges, false);
  assert.deepEqual(log.seal(moment), []);
});

test("a numbered commit never changes, whatever content does later", () => {
  const log = new CommitLog();
  log.record("cmi.core.score.raw", "10");
  const [commit] = log.seal(moment);
  const before = structuredClone(commit);
  log.record("cmi.core.score.raw", "20");
  log.reject({ call: "LMSSetValue", element: "cmi.core.score.raw", value: "x", error: "405" });
  log.seal(moment, { finish: true });
  assert.deepEqual(commit, before);
});

test("an ending makes a commit even when nothing changed", () => {
  const log = new CommitLog();
  assert.deepEqual(log.seal(moment, { finish: true }), [{ sequence: 1, elements: {}, rejected: [], finish: true, ...moment }]);
  assert.equal(log.seal(moment, { left: true })[0]?.left, true);
});

test("a large commit is cut so that its small part goes first and its ending last", () => {
  const log = new CommitLog();
  log.record("cmi.suspend_data", "x".repeat(60_000));
  log.record("cmi.core.lesson_status", "passed");
  const sealed = log.seal(moment, { finish: true });
  assert.deepEqual(sealed.map((commit) => [commit.sequence, Object.keys(commit.elements), commit.finish]), [
    [1, ["cmi.core.lesson_status"], false],
    [2, ["cmi.suspend_data"], true],
  ]);
});

test("many small changes are cut into commits of a bounded size and none is lost", () => {
  const log = new CommitLog();
  for (let n = 0; n < 2_000; n++) log.record(`cmi.interactions.${n}.student_response`, "ä".repeat(100));
  const sealed = log.seal(moment);
  assert.ok(sealed.length > 1);
  assert.ok(sealed.every((commit) => bytes(commit.elements) <= limits.commitBytes));
  assert.equal(sealed.reduce((sum, commit) => sum + Object.keys(commit.elements).length, 0), 2_000);
});

test("a prefix fits its bytes, counted as they are sent", () => {
  const log = new CommitLog();
  for (let n = 0; n < 10; n++) {
    log.record("cmi.suspend_data", `${n}€`.repeat(1_000));
    log.seal(moment);
  }
  const fitting = prefix(log.pending, 20_000);
  assert.ok(bytes({ commits: fitting }) <= 20_000);
  assert.ok(bytes({ commits: log.pending.slice(0, fitting.length + 1) }) > 20_000);
  assert.deepEqual(fitting.map((commit) => commit.sequence), [1, 2, 3, 4]);
});

test("a rejected call is told once and with a bounded value", () => {
  const log = new CommitLog();
  for (let n = 0; n < 3; n++) log.reject({ call: "LMSSetValue", element: "cmi.x", value: "v".repeat(1_000), error: "401" });
  const rejected = log.seal(moment)[0]?.rejected ?? [];
  assert.deepEqual(rejected.map((call) => call.value.length), [limits.excerptChars]);
});

test("what is told of a rejected call can be stored, whatever content said: it must not take the rest of the commit with it", () => {
  const log = new CommitLog();
  log.record("cmi.core.score.raw", "80");
  const cut = `${"y".repeat(limits.excerptChars - 1)}😀`;
  ["a\0b", "a\ud83d", cut].forEach((value, n) => log.reject({ call: "LMSSetValue", element: `cmi.x${n}`, value, error: "405" }));
  log.reject({ call: "LMSSetValue", element: `cmi.\0${"x".repeat(100_000)}`, value: "", error: "401" });
  const rejected = log.seal(moment)[0]?.rejected ?? [];
  assert.deepEqual(
    rejected.map((call) => call.value),
    ["a\uFFFDb", "a\uFFFD", `${"y".repeat(limits.excerptChars - 1)}\uFFFD`, ""],
  );
  assert.ok(rejected.every((call) => isStorable(call.element) && call.element.length <= limits.excerptChars));
});
