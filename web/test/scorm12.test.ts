import assert from "node:assert/strict";
import { test } from "node:test";
import { limits } from "../src/player/limits";
import type { Elements, RejectedCall, Session } from "../src/player/protocol";
import { scorm12 } from "../src/player/scorm12/adapter";
import { addTimespans } from "../src/player/scorm12/time";

type Call = (...args: unknown[]) => string;

/** Content on SCORM 1.2's API, and what the player heard of it. */
function content(elements: Elements = {}, strictLimits = false) {
  const heard = { set: {} as Elements, rejected: [] as RejectedCall[], commits: 0, finishes: 0 };
  let mayReopen = false;
  const session = { elements, settings: { strictLimits } } as unknown as Session;
  const { api, name } = scorm12(session, {
    set: (element, value) => void (heard.set[element] = value),
    rejected: (call) => void heard.rejected.push(call),
    commit: () => void heard.commits++,
    finish: () => void heard.finishes++,
    mayReopen: () => mayReopen,
  });
  assert.equal(name, "API");
  const call = (method: string): Call => api[method] as unknown as Call;
  return {
    heard,
    initialize: () => call("LMSInitialize")(""),
    finish: () => call("LMSFinish")(""),
    commit: () => call("LMSCommit")(""),
    get: (element: string) => call("LMSGetValue")(element),
    set: (element: string, value: unknown) => call("LMSSetValue")(element, value),
    error: () => call("LMSGetLastError")(),
    describe: (code: string) => call("LMSGetErrorString")(code),
    diagnose: (code: string) => call("LMSGetDiagnostic")(code),
    nextPage: () => (mayReopen = true),
  };
}

const begun = (elements: Elements = {}, strictLimits = false) => {
  const course = content(elements, strictLimits);
  assert.equal(course.initialize(), "true");
  return course;
};

test("content finds what the session was opened with", () => {
  const course = begun({
    "cmi.core.student_id": "b6e77692",
    "cmi.core.student_name": "Leyhane, Søren",
    "cmi.core.lesson_location": "p7",
    "cmi.core.lesson_status": "incomplete",
    "cmi.core.entry": "resume",
    "cmi.core.total_time": "0000:10:00.00",
    "cmi.core.credit": "credit",
    "cmi.core.lesson_mode": "normal",
    "cmi.suspend_data": "a=1",
    "cmi.launch_data": "level=2",
    "cmi.student_data.mastery_score": "70",
    "cmi.student_data.max_time_allowed": "0001:30:00.00",
    "cmi.objectives.10.id": "O10",
    ...Object.fromEntries(Array.from({ length: 10 }, (_, n) => [`cmi.objectives.${n}.id`, `O${n}`])),
    "cmi.objectives.1.score.raw": "0",
    "cmi.interactions.0.id": "Q1",
    "cmi.interactions.0.type": "choice",
  });
  assert.equal(course.get("cmi.core.student_name"), "Leyhane, Søren");
  assert.equal(course.get("cmi.core.entry"), "resume");
  assert.equal(course.get("cmi.core.lesson_status"), "incomplete");
  assert.equal(course.get("cmi.core.total_time"), "0000:10:00.00");
  assert.equal(course.get("cmi.suspend_data"), "a=1");
  assert.equal(course.get("cmi.launch_data"), "level=2");
  assert.equal(course.get("cmi.student_data.mastery_score"), "70");
  assert.equal(course.get("cmi.student_data.max_time_allowed"), "0001:30:00.00");
  assert.equal(course.get("cmi.objectives._count"), "11");
  assert.equal(course.get("cmi.objectives.10.id"), "O10");
  assert.equal(course.get("cmi.objectives.1.score.raw"), "0");
  assert.equal(course.get("cmi.interactions._count"), "1");
  assert.equal(course.get("cmi.core.score.max"), "");
  assert.deepEqual(course.heard.set, {}, "seeding is not content's word");
});

test("every accepted value is told as content wrote it", () => {
  const course = begun();
  assert.equal(course.set("cmi.core.score.raw", 85), "true");
  assert.equal(course.set("cmi.core.lesson_status", "passed"), "true");
  assert.equal(course.set("cmi.core.session_time", "0000:01:05.5"), "true");
  assert.equal(course.set("cmi.interactions.0.latency", "00:00:07"), "true");
  assert.deepEqual(course.heard.set, {
    "cmi.core.score.raw": "85",
    "cmi.core.lesson_status": "passed",
    "cmi.core.session_time": "0000:01:05.5",
    "cmi.interactions.0.latency": "00:00:07",
  });
});

test("no status of the library's own making is ever told", () => {
  const course = begun({ "cmi.student_data.mastery_score": "70", "cmi.core.credit": "credit" });
  course.set("cmi.core.score.raw", "20");
  course.finish();
  assert.deepEqual(course.heard.set, { "cmi.core.score.raw": "20" });
});

test("LMSInitialize twice is an error and changes nothing", () => {
  const course = begun();
  course.set("cmi.core.lesson_location", "4");
  assert.equal(course.initialize(), "false");
  assert.equal(course.error(), "101");
  assert.equal(course.get("cmi.core.lesson_location"), "4");
  assert.equal(course.set("cmi.core.lesson_location", "5"), "true");
});

test("LMSFinish twice finishes once", () => {
  const course = begun();
  assert.equal(course.finish(), "true");
  course.finish();
  assert.equal(course.error(), "101");
  assert.equal(course.heard.finishes, 1);
});

test("after LMSFinish nothing is taken that could not be kept", () => {
  const course = begun();
  course.finish();
  assert.equal(course.set("cmi.core.lesson_status", "passed"), "false");
  assert.equal(course.error(), "301");
  assert.equal(course.commit(), "false");
  assert.equal(course.get("cmi.core.lesson_status"), "");
  assert.deepEqual(course.heard.set, {});
  assert.equal(course.heard.commits, 0);
});

test("before LMSInitialize every call says so", () => {
  const course = content();
  assert.equal(course.set("cmi.core.exit", ""), "false");
  assert.equal(course.error(), "301");
  assert.equal(course.commit(), "false");
  assert.equal(course.finish(), "false");
  assert.equal(course.heard.finishes, 0);
});

test("a course of several pages that finishes in each unload goes on, and its times add up", () => {
  const course = begun();
  course.set("cmi.core.lesson_location", "page1");
  course.set("cmi.core.session_time", "00:01:30");
  course.finish();
  course.nextPage();
  assert.equal(course.initialize(), "true");
  assert.equal(course.get("cmi.core.lesson_location"), "page1");
  assert.equal(course.get("cmi.core.entry"), "resume");
  course.set("cmi.core.session_time", "00:00:30.5");
  assert.equal(course.heard.set["cmi.core.session_time"], "0000:02:00.50");
  course.set("cmi.core.session_time", "00:01:00");
  assert.equal(course.heard.set["cmi.core.session_time"], "0000:02:30.00");
});

test("write-only elements that content reads again answer 404 and keep what was written", () => {
  const course = begun();
  course.set("cmi.core.session_time", "00:00:10");
  course.set("cmi.interactions.0.id", "Q1");
  assert.equal(course.get("cmi.core.session_time"), "");
  assert.equal(course.error(), "404");
  assert.equal(course.get("cmi.interactions.0.id"), "");
  assert.equal(course.error(), "404");
  assert.equal(course.set("cmi.interactions.0.result", "correct"), "true");
  assert.deepEqual(course.heard.set, {
    "cmi.core.session_time": "00:00:10",
    "cmi.interactions.0.id": "Q1",
    "cmi.interactions.0.result": "correct",
  });
});

test("interactions that lost count are the next ones", () => {
  const course = begun({ "cmi.interactions.0.id": "old" });
  for (const [id, response] of [["Q1", "a"], ["Q2", "b"]]) {
    course.set("cmi.interactions.NaN.id", id);
    course.set("cmi.interactions.NaN.type", "choice");
    course.set("cmi.interactions.NaN.student_response", response);
    course.set("cmi.interactions.NaN.correct_responses.0.pattern", "b");
  }
  assert.deepEqual(course.heard.rejected, []);
  assert.equal(course.heard.set["cmi.interactions.1.id"], "Q1");
  assert.equal(course.heard.set["cmi.interactions.1.student_response"], "a");
  assert.equal(course.heard.set["cmi.interactions.2.id"], "Q2");
  assert.equal(course.heard.set["cmi.interactions.2.correct_responses.0.pattern"], "b");
  assert.equal(course.get("cmi.interactions._count"), "3");
});

test("questions answered in any order are taken", () => {
  const course = begun();
  assert.equal(course.set("cmi.interactions.4.id", "Q5"), "true");
  assert.equal(course.set("cmi.interactions.1.id", "Q2"), "true");
  assert.deepEqual(course.heard.set, { "cmi.interactions.4.id": "Q5", "cmi.interactions.1.id": "Q2" });
  assert.equal(course.set("cmi.interactions.99999999.id", "Q"), "false");
});

test("answers of several lines and identifiers beyond ASCII are not lost", () => {
  const course = begun();
  assert.equal(course.set("cmi.interactions.0.id", "Frage_ü"), "true");
  assert.equal(course.set("cmi.interactions.0.student_response", "one\ntwo"), "true");
  assert.equal(course.set("cmi.interactions.0.correct_responses.0.pattern", "one\r\ntwo"), "true");
  assert.deepEqual(course.heard.rejected, []);
});

test("times that a person can read are not lost for a digit more or less", () => {
  const course = begun();
  assert.equal(course.set("cmi.core.session_time", "0:1:5.123"), "true");
  assert.equal(course.set("cmi.interactions.0.time", "9:05:03"), "true");
  assert.equal(course.set("cmi.interactions.0.latency", "00:00:03.456"), "true");
  assert.equal(course.set("cmi.interactions.0.latency", "soon"), "false");
  assert.equal(begun({}, true).set("cmi.core.session_time", "0:1:5.123"), "false");
});

test("words of SCORM 2004 are taken as what they mean", () => {
  const course = begun();
  course.set("cmi.interactions.0.result", "incorrect");
  course.set("cmi.core.exit", "normal");
  assert.deepEqual(course.heard.set, { "cmi.interactions.0.result": "wrong", "cmi.core.exit": "" });
});

test("comments are joined, as the standard lets the LMS do", () => {
  const course = begun({ "cmi.comments": "First. " });
  course.set("cmi.comments", "Second.");
  assert.equal(course.heard.set["cmi.comments"], "First. Second.");
});

test("suspend data may be 64,000 characters, or 4,096 under strict limits", () => {
  assert.equal(begun().set("cmi.suspend_data", "x".repeat(64_000)), "true");
  assert.equal(begun().set("cmi.suspend_data", "x".repeat(64_001)), "false");
  const strict = begun({}, true);
  assert.equal(strict.set("cmi.suspend_data", "x".repeat(4_096)), "true");
  assert.equal(strict.set("cmi.suspend_data", "x".repeat(4_097)), "false");
  assert.equal(strict.error(), "405");
});

const refusals: [string, unknown, string][] = [
  ["cmi.core.lesson_status", "not attempted", "405"],
  ["cmi.core.lesson_status", "great", "405"],
  ["cmi.core.score.raw", "101", "405"],
  ["cmi.core.score.raw", "-1", "405"],
  ["cmi.core.score.raw", undefined, ""],
  ["cmi.core.student_id", "me", "403"],
  ["cmi.core.total_time", "00:00:01", "403"],
  ["cmi.core._children", "x", "402"],
  ["cmi.interactions._count", "x", "402"],
  ["cmi.core._student_id", "me", "401"],
  ["cmi.core", "x", "401"],
  ["cmi.core.jsonString", "x", "401"],
  ["cmi.__proto__.polluted", "x", "401"],
  ["cmi.core.exit._count", "x", "203"],
  ["cmi.core.session_time", "PT5M", "405"],
  ["cmi.objectives.3.id", "x", "201"],
  ["", "x", "401"],
];

for (const [element, value, error] of refusals) {
  test(`setting ${element || "nothing"} to ${value} answers ${error || "true"}`, () => {
    const course = begun();
    assert.equal(course.set(element, value), error === "" ? "true" : "false");
    assert.equal(course.error(), error || "0");
    assert.equal(course.heard.rejected.length, error === "" ? 0 : 1);
    assert.equal(course.heard.rejected[0]?.error, error || undefined);
    assert.deepEqual(course.heard.set, error === "" ? { [element]: "" } : {});
  });
}

test("reading a group, a private field or a function is no way into the page", () => {
  const course = begun();
  for (const element of ["cmi.core", "cmi", "cmi.core._student_id", "cmi.core.constructor", "cmi.interactions.0", "toString"]) {
    assert.equal(course.get(element), "");
    assert.equal(course.error(), "401");
  }
});

test("an error has words, and the next good call takes it away", () => {
  const course = begun();
  course.set("cmi.core.score.raw", "x");
  assert.equal(course.describe("405"), "Incorrect Data Type");
  assert.match(course.diagnose(""), /data format/);
  assert.equal(course.set("cmi.core.score.raw", "5"), "true");
  assert.equal(course.error(), "0");
});

test("time spans add up to the hundredth and over the hour", () => {
  assert.equal(addTimespans("00:59:59.99", "00:00:00.01"), "0001:00:00.00");
  assert.equal(addTimespans("9999:00:00", "01:99:00"), "10001:39:00.00");
  assert.equal(addTimespans("", "00:00:01"), "00:00:01");
});

test("what cannot be kept as text is refused, and pairs of surrogates are not", () => {
  const course = begun();
  for (const value of ["a\0b", "\ud83d", "\ude00x"]) {
    assert.equal(course.set("cmi.suspend_data", value), "false");
    assert.equal(course.error(), "405");
  }
  assert.equal(course.set("cmi.suspend_data", "\ud83d\ude00"), "true");
});

test("a value longer than any request takes is refused by itself, whatever its element would take", () => {
  const course = begun();
  assert.equal(course.set("cmi.core.session_time", `${"1".repeat(limits.valueChars)}:00:00`), "false");
  assert.equal(course.error(), "405");
});

test("a bookmark or a comment that is longer than the standard has it is kept, in this session and the next", () => {
  for (const element of ["cmi.core.lesson_location", "cmi.comments"]) {
    const long = "l".repeat(64_000);
    const course = begun();
    assert.equal(course.set(element, long), "true", element);
    assert.equal(course.get(element), long);
    assert.equal(course.heard.set[element], long);
    assert.equal(begun({ [element]: long }).get(element), long);
    assert.equal(begun().set(element, `${long}l`), "false");
    assert.equal(begun({}, true).set(element, long), "false");
  }
});
