import assert from "node:assert/strict";
import { test } from "node:test";
import { progressOf, statusWord } from "../src/player/contents";
import { choice, isCourseOfItems, offers } from "../src/player/offers";
import type { Course, Item, Navigation } from "../src/player/protocol";
import { toDelivered } from "../src/player/session";

const items: Item[] = [
  { id: null, title: "Part one" },
  { id: "a", title: "A" },
  { id: "b", title: "B", enabled: false },
  { id: null, title: "Part two" },
  { id: "c", title: "C" },
];

const course = (item: string | null, more: Partial<Course> = {}): Course => ({
  title: "A course",
  mode: "normal",
  items,
  item: item === null ? null : { id: item, title: item },
  navigation: null,
  returnUrl: null,
  ...more,
});

test("without sequencing, next and previous pass over folders and over what is closed", () => {
  assert.deepEqual(offers(course("a")).next, { state: "enabled", way: { item: "c" } });
  assert.deepEqual(offers(course("c")).previous, { state: "enabled", way: { item: "a" } });
  assert.equal(offers(course("c")).next.state, "disabled");
  assert.equal(offers(course("a")).previous.state, "disabled");
  assert.deepEqual(offers(course("b")).next.way, { item: "c" });
  assert.deepEqual(offers(course("a")).exit, { state: "enabled", way: "end" });
});

test("a course of one item has no contents and nowhere to go but out", () => {
  const single = course("a", { items: [{ id: null, title: "F" }, { id: "a", title: "A" }] });
  assert.equal(isCourseOfItems(single), false);
  assert.equal(offers(single).next.state, "hidden");
  assert.equal(offers(single).previous.state, "hidden");
  assert.equal(offers(single).suspend.state, "hidden");
});

test("items are chosen where they are open, and are not the one that is", () => {
  assert.deepEqual(choice(course("a"), items[4]!), { item: "c" });
  assert.equal(choice(course("a"), items[1]!), null);
  assert.equal(choice(course("a"), items[2]!), null);
  assert.equal(choice(course("a"), items[0]!), null);
});

const navigation: Navigation = {
  controls: { continue: "disabled", previous: "enabled", suspendAll: "enabled" },
  valid: { continue: false, previous: true, choice: ["part_two"], jump: [] },
};

test("with sequencing every control is what the server says, and leads back to it", () => {
  const sequenced = offers(course("a", { navigation }));
  assert.equal(sequenced.next.state, "disabled");
  assert.deepEqual(sequenced.previous, { state: "enabled", way: { request: "previous" } });
  assert.deepEqual(sequenced.suspend, { state: "enabled", way: { request: "suspendAll" } });
  assert.equal(sequenced.exit.state, "hidden");
});

test("with sequencing a folder may be chosen, by its identifier", () => {
  const folder: Item = { id: null, identifier: "part_two", title: "Part two" };
  assert.deepEqual(choice(course("a", { navigation }), folder), { request: "{target=part_two}choice" });
  assert.equal(choice(course("a", { navigation }), { ...folder, enabled: false }), null);
});

test("a status is a word, and nothing before the first opening", () => {
  assert.equal(statusWord("passed"), "Passed");
  assert.equal(statusWord("notStarted"), "");
  assert.equal(statusWord(null), "");
});

test("what the server delivers is content, a choice, the end, or no answer of ours", () => {
  const content = toDelivered({ sessionId: "s", contentUrl: "/content/x", title: "T" });
  assert.equal(content?.kind === "content" && content.session.aliveSeconds, 60);
  const waiting = toDelivered({ decision: "refused", title: "T", message: "It cannot be skipped." });
  assert.equal(waiting?.kind === "waiting" && waiting.why, "It cannot be skipped.");
  const ended = toDelivered({ decision: "ended", status: "passed", returnUrl: "javascript:alert(1)" });
  assert.deepEqual(ended?.kind === "ended" && [ended.status, ended.course.returnUrl], ["passed", null]);
  assert.equal(toDelivered({ welcome: "to our hotel" }), null);
});

test("progress counts the parts that are done, folders aside", () => {
  const withStatus = items.map((item) => ({ ...item, status: { a: "passed", b: "failed", c: "completed" }[item.id ?? ""] ?? null }));
  assert.deepEqual(progressOf(withStatus), { done: 2, all: 3 });
  assert.equal(progressOf(items.slice(0, 2)), null);
});
