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

test("a finish in beforeunload waits for a page that is slow to come, whichever is heard first", async () => {
  for (const order of ["documentAsked finishCalled", "finishCalled documentAsked"]) {
    const { clock, stood, finishing } = watch();
    for (const heard of order.split(" ") as ("documentAsked" | "finishCalled")[]) finishing[heard]();
    await clock.pass(8_000);
    finishing.documentGoes();
    await clock.pass(3_000);
    assert.deepEqual(stood, []);
    assert.equal(finishing.reopened(), true);
  }
});

test("a document that was asked to go and stayed finishes as if it had not been asked", async () => {
  const { clock, stood, finishing } = watch();
  finishing.documentAsked();
  await clock.pass(limits.askedMillis);
  finishing.finishCalled();
  await clock.pass(limits.settleMillis);
  assert.deepEqual(stood, [false]);
});

test("a finish in beforeunload stands where the document stays, and nothing of it begins again", async () => {
  const { clock, stood, finishing } = watch();
  finishing.documentAsked();
  finishing.finishCalled();
  assert.equal(finishing.reopened(), false);
  await clock.pass(limits.navigationMillis);
  assert.deepEqual(stood, [false]);
});

test("a page that came back out of the browser's cache finishes at once", async () => {
  const { clock, stood, finishing } = watch();
  finishing.documentGoes();
  finishing.cancel();
  finishing.finishCalled();
  await clock.pass(limits.settleMillis);
  assert.deepEqual(stood, [false]);
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
  finishing.documentAsked();
  finishing.documentGoes();
  finishing.documentLoaded();
  finishing.finishCalled();
  await clock.pass(limits.settleMillis);
  assert.deepEqual(stood, [false]);
});
