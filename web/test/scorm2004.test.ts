import assert from "node:assert/strict";
import { test } from "node:test";
import { limits } from "../src/player/limits";
import type { Elements, RejectedCall, Session } from "../src/player/protocol";
import { scorm2004 } from "../src/player/scorm2004/adapter";

/** Content on SCORM 2004's API, and what the player heard of it. */
function content(elements: Elements = {}) {
  const heard = { set: {} as Elements, rejected: [] as RejectedCall[], commits: 0, finishes: 0 };
  const { api, name, navigation } = scorm2004({ elements, settings: {} } as unknown as Session, {
    set: (element, value) => void (heard.set[element] = value),
    rejected: (call) => void heard.rejected.push(call),
    commit: () => void heard.commits++,
    finish: () => void heard.finishes++,
    mayReopen: () => false,
  });
  assert.equal(name, "API_1484_11");
  assert.equal(api["version"], "1.0");
  const call = (method: string, ...args: unknown[]): string => (api[method] as unknown as (...args: unknown[]) => string)(...args);
  return {
    heard,
    call,
    get: (element: string): string => call("GetValue", element),
    set: (element: string, value: unknown): string => call("SetValue", element, value),
    error: (): string => call("GetLastError"),
    allow: navigation!,
  };
}

const begun = (elements: Elements = {}) => {
  const course = content(elements);
  assert.equal(course.call("Initialize", ""), "true");
  return course;
};

test("the phases of a session refuse what does not belong to them", () => {
  const course = content();
  const refused = (method: string, error: string, ...args: unknown[]): void => {
    assert.ok(["false", ""].includes(course.call(method, ...args)), method);
    assert.equal(course.error(), error, method);
  };
  refused("GetValue", "122", "cmi.location");
  refused("SetValue", "132", "cmi.location", "1");
  refused("Commit", "142", "");
  refused("Terminate", "112", "");
  refused("Initialize", "201", "x");
  assert.equal(course.call("Initialize", ""), "true");
  refused("Initialize", "103", "");
  assert.equal(course.call("Terminate", ""), "true");
  refused("Initialize", "104", "");
  refused("GetValue", "123", "cmi.location");
  refused("SetValue", "133", "cmi.location", "1");
  refused("Commit", "143", "");
  refused("Terminate", "113", "");
  assert.equal(course.heard.finishes, 1);
});

test("content finds what it was seeded with, and what is its own to write", () => {
  const course = begun({
    "cmi.learner_name": "Leyhane, Søren",
    "cmi.launch_data": "level=2",
    "cmi.objectives.0.id": "obj_a",
    "cmi.objectives.1.id": "obj_b",
    "cmi.objectives.1.success_status": "passed",
  });
  assert.equal(course.get("cmi.learner_name"), "Leyhane, Søren");
  assert.equal(course.get("cmi.launch_data"), "level=2");
  assert.equal(course.get("cmi.objectives._count"), "2");
  assert.equal(course.get("cmi.objectives.1.success_status"), "passed");
  assert.equal(course.set("cmi.objectives.0.score.scaled", "0.5"), "true");
  assert.deepEqual(course.heard.set, { "cmi.objectives.0.score.scaled": "0.5" });
  assert.deepEqual(course.heard.rejected, []);
});

test("measures decide over words where the course has thresholds", () => {
  const course = begun({ "cmi.completion_threshold": "0.8", "cmi.scaled_passing_score": "0.6" });
  course.set("cmi.completion_status", "completed");
  course.set("cmi.success_status", "passed");
  assert.equal(course.get("cmi.completion_status"), "unknown");
  assert.equal(course.get("cmi.success_status"), "unknown");
  course.set("cmi.progress_measure", "0.79");
  course.set("cmi.score.scaled", "0.6");
  assert.equal(course.get("cmi.completion_status"), "incomplete");
  assert.equal(course.get("cmi.success_status"), "passed");
  assert.equal(course.heard.set["cmi.completion_status"], "completed", "content's word is told as it was said");
});

test("a negative passing score is one", () => {
  const course = begun({ "cmi.scaled_passing_score": "-0.5" });
  course.set("cmi.score.scaled", "-0.4");
  assert.equal(course.get("cmi.success_status"), "passed");
});

const answers: [string, string, string, string][] = [
  ["true-false", "true", "true", "0"],
  ["true-false", "yes", "true", "406"],
  ["choice", "a[,]b", "a[,]b", "0"],
  ["choice", "a[,]a", "a", "406"],
  ["choice", "", "a", "0"],
  ["choice", "a,b", "a", "0"],
  ["fill-in", "{lang=fr}oui[,]non", "{case_matters=true}{order_matters=false}{lang=fr}oui", "0"],
  ["fill-in", "{lang=zz}x", "x", "406"],
  ["long-fill-in", "line one\nline two", "x", "0"],
  ["likert", "strongly_agree", "x", "0"],
  ["likert", "a b", "x", "406"],
  ["matching", "a[.]1[,]b[.]2", "a[.]1", "0"],
  ["matching", "a.1", "a[.]1", "406"],
  ["performance", "step_1[.]done[,][.]3.5", "{order_matters=false}step_1[.]1[:]2", "0"],
  ["performance", "[.]", "a[.]b", "406"],
  ["sequencing", "c[,]a[,]c", "a[,]b[,]c", "0"],
  ["sequencing", "[,]", "a", "406"],
  ["numeric", "-3.5", "[:]10", "0"],
  ["numeric", "1e3", "1[:]2", "406"],
  ["other", "anything [:] at all", "anything", "0"],
];

for (const [type, response, pattern, error] of answers) {
  test(`a ${type} is answered ${JSON.stringify(response)}: ${error === "0" ? "taken" : error}`, () => {
    const course = begun();
    course.set("cmi.interactions.0.id", "Q1");
    course.set("cmi.interactions.0.type", type);
    assert.equal(course.set("cmi.interactions.0.correct_responses.0.pattern", pattern), "true");
    course.set("cmi.interactions.0.learner_response", response);
    assert.equal(course.error(), error);
  });
}

const refusals: [string, unknown, string][] = [
  ["cmi", "x", "401"],
  ["cmi.core.lesson_status", "passed", "401"],
  ["cmi.__proto__.polluted", "x", "401"],
  ["cmi.mode", "normal", "404"],
  ["cmi.interactions.1.id", "Q", "351"],
  ["cmi.interactions.0.type", "choice", "408"],
  ["cmi.objectives.0.success_status", "passed", "408"],
  ["cmi.score.scaled", "1.01", "407"],
  ["cmi.score.raw", "many", "406"],
  ["cmi.session_time", "00:05:00", "406"],
  ["cmi.exit", "done", "406"],
  ["cmi.comments_from_learner.0.timestamp", "2026-02-30", "406"],
  ["cmi.comments_from_learner.0.timestamp", "2026-11-24T05:50:00Z", "406"],
  ["adl.data.0.store", "x", "351"],
  ["adl.nav.request", "home", "406"],
  ["", "x", "351"],
];

for (const [element, value, error] of refusals) {
  test(`setting ${element || "nothing"} to ${String(value).slice(0, 30)} answers ${error}`, () => {
    const course = begun();
    assert.equal(course.set(element, value), "false");
    assert.equal(course.error(), error);
    assert.deepEqual(course.heard.set, {});
    assert.deepEqual(course.heard.rejected.map((call) => call.error), [error]);
  });
}

test("an entry that was refused does not exist", () => {
  const course = begun();
  course.set("cmi.interactions.0.id", "");
  assert.equal(course.get("cmi.interactions._count"), "0");
  assert.equal(course.get("cmi.interactions.0.id"), "");
  assert.equal(course.error(), "301");
});

test("ids of objectives are unique and stay, ids of interactions are a journal", () => {
  const course = begun();
  assert.equal(course.set("cmi.objectives.0.id", "a"), "true");
  assert.equal(course.set("cmi.objectives.1.id", "a"), "false");
  assert.equal(course.set("cmi.objectives.0.id", "b"), "false");
  assert.equal(course.set("cmi.objectives.0.id", "a"), "true");
  assert.equal(course.set("cmi.interactions.0.id", "a"), "true");
  assert.equal(course.set("cmi.interactions.1.id", "a"), "true");
});

test("asking whether something was set is no rejected call", () => {
  const course = begun();
  assert.equal(course.get("cmi.location"), "");
  assert.equal(course.error(), "403");
  assert.deepEqual(course.heard.rejected, []);
});

test("shared data is read and written where the course allows it", () => {
  const course = begun({ "adl.data.0.id": "open", "adl.data.1.id": "in", "adl.data.1.read": "false", "adl.data.2.id": "out", "adl.data.2.write": "false" });
  assert.equal(course.set("adl.data.0.store", "x"), "true");
  assert.equal(course.get("adl.data.0.store"), "x");
  assert.equal(course.set("adl.data.1.store", "x"), "true");
  assert.equal(course.get("adl.data.1.store"), "");
  assert.equal(course.error(), "405");
  assert.equal(course.set("adl.data.2.store", "x"), "false");
  assert.equal(course.error(), "404");
});

test("what cannot be kept as text is refused, and pairs of surrogates are not", () => {
  const course = begun();
  for (const value of ["a\0b", "\ud83d", "\ude00x"]) {
    assert.equal(course.set("cmi.suspend_data", value), "false");
    assert.equal(course.error(), "406");
  }
  assert.equal(course.set("cmi.suspend_data", "\ud83d\ude00"), "true");
});

test("suspend_data and shared data may be as long as any value: the standard's 64,000 are what must be taken at least", () => {
  const course = begun({ "adl.data.0.id": "bucket" });
  for (const element of ["cmi.suspend_data", "adl.data.0.store"]) {
    for (const length of [64_001, limits.valueChars]) {
      assert.equal(course.set(element, "x".repeat(length)), "true");
      assert.equal(course.get(element).length, length);
      assert.equal(course.heard.set[element]?.length, length);
    }
    assert.equal(course.set(element, "x".repeat(limits.valueChars + 1)), "false");
    assert.equal(course.error(), "406");
  }
});

test("a time with more decimals than two is taken, as long as it is one", () => {
  const course = begun();
  for (const value of ["PT83.456S", "PT1H0.30000000000000004S"]) assert.equal(course.set("cmi.session_time", value), "true", value);
  for (const value of ["PT83.S", "PT.5S", "PT83,456S"]) assert.equal(course.set("cmi.session_time", value), "false", value);
});

test("SCORM 1.2's word for a wrong answer is understood", () => {
  const course = begun();
  course.set("cmi.interactions.0.id", "q");
  assert.equal(course.set("cmi.interactions.0.result", "wrong"), "true");
  assert.equal(course.get("cmi.interactions.0.result"), "incorrect");
  assert.equal(course.heard.set["cmi.interactions.0.result"], "incorrect");
  assert.equal(course.set("cmi.objectives.0.id", "wrong"), "true");
});

test("an answer's time in another form is refused, as the standard has it, and told all the same while there is none", () => {
  const course = begun();
  const at = "cmi.interactions.0.timestamp";
  assert.equal(course.set(at, "2026-11-24T05:50:00.025Z"), "false");
  assert.equal(course.error(), "408");
  assert.deepEqual(course.heard.set, {});
  course.set("cmi.interactions.0.id", "q");
  assert.equal(course.set(at, "yesterday"), "false");
  assert.equal(course.heard.set[at], undefined);
  assert.equal(course.set(at, "2026-11-24T05:50:00.025Z"), "false");
  assert.equal(course.error(), "406");
  assert.equal(course.get(at), "");
  assert.equal(course.error(), "403");
  assert.equal(course.heard.set[at], "2026-11-24T05:50:00.025Z");
  assert.equal(course.set(at, "2026-11-24T05:51:00"), "true");
  assert.equal(course.set(at, "2026-11-24T05:52:00Z"), "false");
  assert.equal(course.heard.set[at], "2026-11-24T05:51:00");
});

test("request_valid is read from what the server allowed last", () => {
  const course = begun();
  const valid = (request: string): string => course.get(`adl.nav.request_valid.${request}`);
  assert.equal(valid("continue"), "unknown");
  assert.equal(valid("choice.{target=item_2}"), "unknown");
  course.allow({ controls: {}, valid: { continue: true, previous: false, choice: ["item_2"], jump: [] } });
  assert.equal(valid("continue"), "true");
  assert.equal(valid("previous"), "false");
  assert.equal(valid("choice.{target=item_2}"), "true");
  assert.equal(valid("choice.{target=item_3}"), "false");
  assert.equal(valid("jump.{target=item_2}"), "false");
  assert.equal(course.set("adl.nav.request_valid.continue", "true"), "false");
  assert.equal(course.error(), "404");
});

test("a value longer than any request takes is refused by itself, whatever its element would take", () => {
  const course = begun();
  course.set("cmi.interactions.0.id", "q");
  for (const element of ["cmi.location", "cmi.score.raw", "cmi.interactions.0.id", "cmi.interactions.0.description"]) {
    assert.equal(course.set(element, "1".repeat(limits.valueChars + 1)), "false", element);
    assert.equal(course.error(), "406", element);
  }
  assert.equal(course.set("cmi.location", "1".repeat(limits.valueChars)), "true");
});
