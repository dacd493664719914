import assert from "node:assert/strict";
import { test } from "node:test";
import { aicc } from "../src/player/aicc/adapter";
import { meant } from "../src/player/aicc/words";
import type { Elements, RejectedCall, Session } from "../src/player/protocol";

type Call = (...args: unknown[]) => string;

/** AICC content on the JavaScript API, and what the player heard of it. */
function content(elements: Elements = {}) {
  const heard = { set: {} as Elements, rejected: [] as RejectedCall[], finishes: 0 };
  const { api } = aicc({ elements, settings: {} } as unknown as Session, {
    set: (element, value) => void (heard.set[element] = value),
    rejected: (call) => void heard.rejected.push(call),
    commit: () => {},
    finish: () => void heard.finishes++,
    mayReopen: () => false,
  });
  const call = (method: string): Call => api[method] as unknown as Call;
  return {
    heard,
    initialize: () => call("LMSInitialize")(""),
    finish: () => call("LMSFinish")(""),
    get: (element: string) => call("LMSGetValue")(element),
    set: (element: string, value: unknown) => call("LMSSetValue")(element, value),
    error: () => call("LMSGetLastError")(),
  };
}

for (const [element, value, word] of [
  ["cmi.core.lesson_status", "P", "passed"],
  ["cmi.core.lesson_status", "Complete", "completed"],
  ["cmi.core.lesson_status", "not attempted", "not attempted"],
  ["cmi.core.exit", "S", "suspend"],
  ["cmi.core.exit", "", ""],
  ["cmi.interactions.0.type", "T", "true-false"],
  ["cmi.interactions.0.result", "W", "wrong"],
  ["cmi.interactions.0.result", "0.5", "0.5"],
  ["cmi.core.lesson_location", "P", "P"],
] as const) {
  test(`${value || "nothing"} as ${element} means ${word || "nothing"}`, () => assert.equal(meant(element, value), word));
}

test("content of AICC finds and sets what SCORM 1.2 has too", () => {
  const course = content({ "cmi.core.student_name": "Lovelace, Ada", "cmi.core.lesson_status": "not attempted" });
  assert.equal(course.initialize(), "true");
  assert.equal(course.get("cmi.core.student_name"), "Lovelace, Ada");
  assert.equal(course.set("cmi.core.lesson_status", "c"), "true");
  assert.equal(course.heard.set["cmi.core.lesson_status"], "completed");
  assert.equal(course.finish(), "true");
  assert.equal(course.heard.finishes, 1);
});

test("elements that only AICC has are kept, counted and read back", () => {
  const course = content({ "cmi.paths.0.location_id": "A1", "cmi.evaluation.course_id": "C-7" });
  course.initialize();
  assert.equal(course.get("cmi.paths._count"), "1");
  assert.equal(course.set("cmi.paths.1.location_id", "A2"), "true");
  assert.equal(course.get("cmi.paths._count"), "2");
  assert.equal(course.get("cmi.paths.1.location_id"), "A2");
  assert.equal(course.set("cmi.interactions.0.date", "2026/03/01"), "true");
  assert.equal(course.get("cmi.evaluation.course_id"), "C-7");
  assert.equal(course.error(), "0");
  assert.deepEqual(course.heard.rejected, []);
  assert.equal(course.heard.set["cmi.interactions.0.date"], "2026/03/01");
});

test("what cannot be is refused with the standard's error", () => {
  const course = content();
  assert.equal(course.set("cmi.paths.0.location_id", "A1"), "false");
  assert.equal(course.error(), "301");
  course.initialize();
  assert.equal(course.set("cmi.evaluation.course_id", "X"), "false");
  assert.equal(course.error(), "403");
  assert.equal(course.set("cmi.paths.0.location_id", "a\0b"), "false");
  assert.equal(course.error(), "405");
  assert.equal(course.set("cmi.core.nonsense", "1"), "false");
  assert.equal(course.error(), "401");
  assert.equal(course.get("cmi.core.lesson_location"), "");
  assert.equal(course.error(), "0");
});
