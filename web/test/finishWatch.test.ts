import assert from "node:assert/strict";
import { test } from "node:test";
import { FinishWatch } from "../src/player/finishWatch";
import { limits } from "../src/player/limits";
import { FakeClock } from "./fakes";

function watch() {
  const clock = new FakeClock();
  const stood: boolean[] = [];
  return { clock, stood, finishing: new FinishWatch(clock, (another) => stood.push(another)) };
}

test("a finish with nothing after it is the end, at once", async () => {
  const { clock, stood, finishing } = watch();
  finishing.finishCalled();
  await clock.pass(limits.settleMillis);
  assert.deepEqual(stood, [false]);
  assert.equal(finishing.reopened(), false);
});

test("a finish in a page's unload waits for the page that follows", async () => {
  const { clock, stood, finishing } = watch();
  finishing.finishCalled();
  finishing.documentGoes();
  await clock.pass(3_000);
  assert.equal(finishing.reopened(), true);
  finishing.documentLoaded();
  await clock.pass(60_000);
  assert.deepEqual(stood, []);
});

test("a finish in beforeunload waits too, whichever is heard first", async () => {
  const { clock, stood, finishing } = watch();
  finishing.documentGoes();
  finishing.finishCalled();
  await clock.pass(3_000);
  assert.deepEqual(stood, []);
  assert.equal(finishing.reopened(), true);
});

test("a page that does not begin again leaves the finish standing, and stays", async () => {
  const { clock, stood, finishing } = watch();
  finishing.finishCalled();
  finishing.documentGoes();
  finishing.documentLoaded();
  await clock.pass(limits.reopenMillis);
  assert.deepEqual(stood, [true]);
});

test("pages that come and go without a finish mean nothing", async () => {
  const { clock, stood, finishing } = watch();
  finishing.documentGoes();
  finishing.documentLoaded();
  finishing.finishCalled();
  await clock.pass(limits.settleMillis);
  assert.deepEqual(stood, [false]);
});
