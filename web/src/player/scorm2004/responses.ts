import { identifier, localized, real, text, type Check, type Finding } from "./types";

/** How one type of interaction writes what the learner answers and what would be right (RTE 4.2.9). */
export interface Responses {
  readonly response: Check;
  readonly pattern: Check;
  /** How many right answers may be named; many where nothing limits them. */
  readonly patterns: number;
  /** The same right answer twice is none. */
  readonly unique?: boolean;
}

const many = 5_000;
const bad: Finding = "406";

const items = (value: string): string[] => value.split("[,]");

const every = (parts: readonly string[], check: (part: string) => boolean): Finding => (parts.every(check) ? "0" : bad);

const isIdentifier = (value: string): boolean => identifier(value) === "0";

const single: Check = (value) => identifier(value);

/** A set: nothing, or different identifiers. */
const set: Check = (value) => {
  const parts = items(value);
  if (value === "") return "0";
  return new Set(parts).size === parts.length ? every(parts, isIdentifier) : bad;
};

const sequence: Check = (value) => every(items(value), isIdentifier);

const boolean: Check = (value) => (value === "true" || value === "false" ? "0" : bad);

const strings: Check = (value) => every(items(value), (part) => localized(part) === "0");

/** Takes {case_matters=} and {order_matters=} off the front; null where one says nonsense. After {lang=} they are data like any other. */
function unprefixed(value: string, allowed: readonly string[]): string | null {
  const match = /^\{(case_matters|order_matters)=([^}]*)\}/.exec(value);
  if (!match || !allowed.includes(match[1]!)) return value;
  return /^(?:true|false)$/.test(match[2]!) ? unprefixed(value.slice(match[0].length), allowed) : null;
}

const prefixed =
  (allowed: readonly string[], check: Check): Check =>
  (value) => {
    const rest = unprefixed(value, allowed);
    return rest === null ? bad : check(rest);
  };

const pairs: Check = (value) =>
  every(items(value), (pair) => {
    const sides = pair.split("[.]");
    return sides.length === 2 && sides.every(isIdentifier);
  });

function isRange(value: string): boolean {
  const sides = value.split("[:]");
  if (sides.length !== 2) return false;
  const [low, high] = sides as [string, string];
  if (![low, high].every((side) => side === "" || real(side) === "0")) return false;
  return low === "" || high === "" || Number(low) <= Number(high);
}

/** Steps: a name, what was done, or both. What was done may be a range where it is a right answer. */
const steps: Check = (value) =>
  every(items(value), (step) => {
    const sides = step.split("[.]");
    if (sides.length !== 2) return false;
    const [name, answer] = sides as [string, string];
    return (name !== "" || answer !== "") && (name === "" || isIdentifier(name)) && (!answer.includes("[:]") || isRange(answer));
  });

const range: Check = (value) => (isRange(value) || real(value) === "0" ? "0" : bad);

export const responses: Readonly<Record<string, Responses>> = {
  "true-false": { response: boolean, pattern: boolean, patterns: 1 },
  choice: { response: set, pattern: set, patterns: many, unique: true },
  "fill-in": { response: strings, pattern: prefixed(["case_matters", "order_matters"], strings), patterns: many },
  "long-fill-in": { response: localized, pattern: prefixed(["case_matters"], localized), patterns: many },
  likert: { response: single, pattern: single, patterns: 1 },
  matching: { response: pairs, pattern: pairs, patterns: many },
  performance: { response: steps, pattern: prefixed(["order_matters"], steps), patterns: many },
  sequencing: { response: sequence, pattern: sequence, patterns: many, unique: true },
  numeric: { response: real, pattern: range, patterns: 1 },
  other: { response: text, pattern: text, patterns: 1 },
};
