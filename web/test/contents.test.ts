import assert from "node:assert/strict";
import { test } from "node:test";
import { isCourseOfItems, statusWord, ways } from "../src/player/contents";
import type { Item } from "../src/player/protocol";

const items: Item[] = [
  { id: null, title: "Part one" },
  { id: "a", title: "A" },
  { id: "b", title: "B", enabled: false },
  { id: null, title: "Part two" },
  { id: "c", title: "C" },
];

test("next and previous pass over folders and over what is closed", () => {
  assert.equal(ways(items, "a").next?.id, "c");
  assert.equal(ways(items, "c").previous?.id, "a");
  assert.equal(ways(items, "c").next, null);
  assert.equal(ways(items, "a").previous, null);
});

test("an item that is closed to choice still knows its neighbours", () => {
  assert.deepEqual([ways(items, "b").previous?.id, ways(items, "b").next?.id], ["a", "c"]);
});

test("a course of one item has no contents", () => {
  assert.equal(isCourseOfItems([{ id: null, title: "F" }, { id: "a", title: "A" }]), false);
  assert.equal(isCourseOfItems(items), true);
  assert.deepEqual(ways([], "a"), { previous: null, next: null });
});

test("a status is a word, and nothing before the first opening", () => {
  assert.equal(statusWord("passed"), "Passed");
  assert.equal(statusWord("notStarted"), "");
  assert.equal(statusWord(null), "");
});
