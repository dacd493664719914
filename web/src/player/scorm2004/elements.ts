import { either, identifier, language, localized, real, text, time, timeInterval, within, words, type Check } from "./types";

/** One element of the data model: who may do what with it, what it holds, and what it starts with. */
export interface Element {
  readonly access: "read" | "write" | "both";
  readonly check: Check;
  readonly initial?: string;
}

const read = (initial?: string): Element => ({ access: "read", check: text, ...(initial === undefined ? {} : { initial }) });
const write = (check: Check): Element => ({ access: "write", check });
const both = (check: Check, initial?: string): Element => ({ access: "both", check, ...(initial === undefined ? {} : { initial }) });

const completion = words("completed", "incomplete", "not attempted", "unknown");
const success = words("passed", "failed", "unknown");
const navigation: Check = (value) =>
  /^(?:continue|previous|exit|exitAll|abandon|abandonAll|suspendAll|_none_|\{target=[^}]+\}(?:choice|jump))$/.test(value) ? "0" : "406";

const score = (at: string): Record<string, Element> => ({
  [`${at}.score._children`]: read("min,max,scaled,raw"),
  [`${at}.score.scaled`]: both(within(-1, 1)),
  [`${at}.score.raw`]: both(real),
  [`${at}.score.min`]: both(real),
  [`${at}.score.max`]: both(real),
});

/** The SCORM 2004 4th edition data model (RTE 4.2 and SN 5.6); n stands for an index. Responses are checked by their interaction's type. */
export const elements: Readonly<Record<string, Element>> = {
  "cmi._version": read("1.0"),
  "cmi.comments_from_learner._children": read("location,comment,timestamp"),
  "cmi.comments_from_learner._count": read(),
  "cmi.comments_from_learner.n.comment": both(localized),
  "cmi.comments_from_learner.n.location": both(text),
  "cmi.comments_from_learner.n.timestamp": both(time),
  "cmi.comments_from_lms._children": read("comment,timestamp,location"),
  "cmi.comments_from_lms._count": read(),
  "cmi.comments_from_lms.n.comment": read(),
  "cmi.comments_from_lms.n.location": read(),
  "cmi.comments_from_lms.n.timestamp": read(),
  "cmi.completion_status": both(completion, "unknown"),
  "cmi.completion_threshold": read(),
  "cmi.credit": read("credit"),
  "cmi.entry": read(""),
  "cmi.exit": write(words("time-out", "suspend", "logout", "normal", "")),
  "cmi.interactions._children": read("description,id,type,objectives,timestamp,result,learner_response,weighting,latency,correct_responses"),
  "cmi.interactions._count": read(),
  "cmi.interactions.n.id": both(identifier),
  "cmi.interactions.n.type": both(
    words("true-false", "choice", "fill-in", "long-fill-in", "likert", "matching", "performance", "sequencing", "numeric", "other"),
  ),
  "cmi.interactions.n.objectives._count": read(),
  "cmi.interactions.n.objectives.n.id": both(identifier),
  "cmi.interactions.n.timestamp": both(time),
  "cmi.interactions.n.correct_responses._count": read(),
  "cmi.interactions.n.correct_responses.n.pattern": both(text),
  "cmi.interactions.n.weighting": both(real),
  "cmi.interactions.n.learner_response": both(text),
  "cmi.interactions.n.result": both(either(words("correct", "incorrect", "unanticipated", "neutral"), real)),
  "cmi.interactions.n.latency": both(timeInterval),
  "cmi.interactions.n.description": both(localized),
  "cmi.launch_data": read(),
  "cmi.learner_id": read(""),
  "cmi.learner_name": read(""),
  "cmi.learner_preference._children": read("language,delivery_speed,audio_captioning,audio_level"),
  "cmi.learner_preference.audio_level": both(within(0, Infinity), "1"),
  "cmi.learner_preference.language": both(language, ""),
  "cmi.learner_preference.delivery_speed": both(within(0, Infinity), "1"),
  "cmi.learner_preference.audio_captioning": both(words("-1", "0", "1"), "0"),
  "cmi.location": both(text),
  "cmi.max_time_allowed": read(),
  "cmi.mode": read("normal"),
  "cmi.objectives._children": read("success_status,progress_measure,description,id,completion_status,score"),
  "cmi.objectives._count": read(),
  "cmi.objectives.n.id": both(identifier),
  ...score("cmi.objectives.n"),
  "cmi.objectives.n.success_status": both(success, "unknown"),
  "cmi.objectives.n.completion_status": both(completion, "unknown"),
  "cmi.objectives.n.progress_measure": both(within(0, 1)),
  "cmi.objectives.n.description": both(localized),
  "cmi.progress_measure": both(within(0, 1)),
  "cmi.scaled_passing_score": read(),
  ...score("cmi"),
  "cmi.session_time": write(timeInterval),
  "cmi.success_status": both(success, "unknown"),
  "cmi.suspend_data": both(text),
  "cmi.time_limit_action": read("continue,no message"),
  "cmi.total_time": read("PT0H0M0S"),
  "adl.data._children": read("id,store"),
  "adl.data._count": read(),
  "adl.data.n.id": read(),
  "adl.data.n.store": both(text),
  "adl.nav.request": both(navigation, "_none_"),
  "adl.nav.request_valid.continue": read("unknown"),
  "adl.nav.request_valid.previous": read("unknown"),
  "adl.nav.request_valid.choice.{target}": read("unknown"),
  "adl.nav.request_valid.jump.{target}": read("unknown"),
};

/** A name taken apart: its place in the table, and the index in each collection that it passes. */
export interface Place {
  readonly name: string;
  readonly key: string;
  readonly element: Element;
  readonly steps: readonly { readonly collection: string; readonly index: number }[];
  readonly member: string;
}

/** Null for a name that the data model does not have. */
export function place(given: string): Place | null {
  const target = /^(adl\.nav\.request_valid\.(?:choice|jump))\.\{target=[^}]*\}$/.exec(given);
  const parts = target ? [...target[1]!.split("."), "{target}"] : given.split(".");
  const steps = parts.flatMap((part, at) =>
    /^\d+$/.test(part) ? [{ collection: parts.slice(0, at).map(plain).join("."), index: Number(part) }] : [],
  );
  const key = parts.map((part) => (/^\d+$/.test(part) ? "n" : part)).join(".");
  const element = Object.hasOwn(elements, key) ? elements[key]! : null;
  const name = target ? given : parts.map(plain).join(".");
  return element && { name, key, element, steps, member: parts.at(-1)! };
}

const plain = (part: string): string => (/^\d+$/.test(part) ? String(Number(part)) : part);

/** Asking for a keyword of something that exists and has none is another error than asking for nothing that exists. */
export function isMisplacedKeyword(given: string): boolean {
  const match = /^(.*)\._(?:children|count|version)$/.exec(given);
  if (!match) return false;
  const base = match[1]!.replace(/\.\d+(?=\.|$)/g, ".n");
  return Object.keys(elements).some((key) => key === base || key.startsWith(`${base}.`));
}
