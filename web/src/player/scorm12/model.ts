import * as library from "scorm-again/scorm12";
import type Scorm12API from "scorm-again/scorm12";
import type { Elements } from "../protocol";

// The ESM build exports by name what its declarations export as default.
const { Scorm12API: Api } = library as unknown as { Scorm12API: typeof Scorm12API };

/** The library's data model and nothing else of it: no requests, no timers, no opinion about statuses. The server decides. */
const settings = {
  autocommit: false,
  autoProgress: false,
  autoCompleteLessonStatus: false,
  mastery_override: false,
  score_overrides_status: false,
  selfReportSessionTime: false,
  alwaysSendTotalTime: false,
  enableOfflineSupport: false,
  globalStudentPreferences: false,
  lmsCommitUrl: false,
  logLevel: "NONE",
  onLogMessage: () => {},
} as const;

export type Scorm12Model = Scorm12API;

export function scorm12Model(elements: Elements): Scorm12Model {
  const model = new Api(settings);
  // The standard leaves score.max blank until content sets it; the library starts at 100.
  model.cmi.core.score.max = "";
  for (const [element, value] of Object.entries(elements).sort(byPlace)) seed(model, element, value);
  return model;
}

// An entry of a collection begins with its id, and with the entry before it.
function byPlace([a]: [string, string], [b]: [string, string]): number {
  const first = (name: string): string => name.replace(/\.id$/, ".");
  return first(a).localeCompare(first(b), "en", { numeric: true });
}

function seed(model: Scorm12Model, element: string, value: string): void {
  if (/\._(count|children|version)$/.test(element)) return;
  try {
    model.setCMIValue(element, value);
    // The library rewrites these in a form of its own; content gets what the server gave.
    if (element === "cmi.core.total_time") Reflect.set(model.cmi.core, "_total_time", value);
    if (element === "cmi.student_data.max_time_allowed") Reflect.set(model.cmi.student_data, "_max_time_allowed", value);
  } catch {
    if (keepLong(model, element, value)) return;
    // A stored value that the model would not take today must not keep anybody out of the course.
    console.warn(`Coursewire: the stored value of ${element} was left out.`);
  }
}

/** Keeps a free text that is longer than the library takes, where content reads it again; false for another element. */
export function keepLong(model: Scorm12Model, element: string, value: string): boolean {
  if (element === "cmi.core.lesson_location") return Reflect.set(model.cmi.core, "_lesson_location", value);
  return element === "cmi.comments" && Reflect.set(model.cmi, "_comments", value);
}

/** An array entry that content may write, made with all that lie before it: content answers its questions in any order. */
export function padInteractions(model: Scorm12Model, element: string): void {
  const match = /^cmi\.interactions\.(\d+)\./.exec(element);
  const entries = model.cmi.interactions.childArray;
  const wanted = Math.min(Number(match?.[1] ?? 0), mostInteractions);
  for (let index = entries.length; index < wanted; index++) model.setCMIValue(`cmi.interactions.${index}.student_response`, "");
}

const mostInteractions = 5_000;
