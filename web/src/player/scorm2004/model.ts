import type { Elements, Navigation } from "../protocol";
import { isMisplacedKeyword, place, type Place } from "./elements";
import { responses } from "./responses";

export type Answer = { readonly value: string; readonly error: string };

const ok = (value: string): Answer => ({ value, error: "0" });
const failed = (error: string): Answer => ({ value: "", error });

const mostEntries = 5_000;
const withId = ["cmi.interactions", "cmi.objectives"];

/** The SCORM 2004 data model of one SCO: what it holds, and every rule about reading and writing it. Pure. */
export class Scorm2004Model {
  readonly #values = new Map<string, string>();
  readonly #counts = new Map<string, number>();
  #valid: Navigation["valid"] | null = null;

  /** `seeds` are taken as they are: the server has checked them, or keeps what content said long ago. */
  constructor(seeds: Elements) {
    for (const [name, value] of Object.entries(seeds)) this.seed(name, value);
  }

  seed(name: string, value: string): void {
    this.#values.set(name, value);
    for (const { collection, index } of place(name)?.steps ?? []) this.#counts.set(collection, Math.max(this.#count(collection), index + 1));
  }

  /** What adl.nav.request_valid answers from now on. */
  allow({ valid }: Navigation): void {
    this.#valid = valid;
  }

  get(given: string): Answer {
    if (given === "") return failed("301");
    const at = place(given);
    if (!at) return failed(isMisplacedKeyword(given) ? "301" : "401");
    if (at.steps.some(({ collection, index }) => index >= this.#count(collection))) return failed("301");
    if (at.element.access === "write" || this.#sharedDenied(at, "read")) return failed("405");
    if (at.member === "_count") return ok(String(this.#count(at.name.slice(0, -"._count".length))));
    const value = this.#derived(at) ?? this.#values.get(at.name) ?? at.element.initial;
    // A bucket of shared data that was emptied is as if it had never been filled.
    const unset = value === undefined || (value === "" && at.key === "adl.data.n.store");
    return unset ? failed("403") : ok(value);
  }

  /** The error, "0" where the value was taken. */
  set(given: string, value: string): string {
    if (given === "") return "351";
    const at = place(given);
    if (!at) return "401";
    if (at.element.access === "read") return "404";
    const error = this.#outOfOrder(at) ?? (this.#sharedDenied(at, "write") ? "404" : null) ?? this.#missing(at) ?? this.#invalid(at, value);
    if (error) return error;
    this.seed(at.name, value);
    return "0";
  }

  // Entries are made in order; shared data only by the course's author.
  #outOfOrder({ steps }: Place): string | null {
    const beyond = steps.some(({ collection, index }) => {
      const count = this.#count(collection);
      return index > count || (index === count && (collection === "adl.data" || index >= mostEntries));
    });
    return beyond ? "351" : null;
  }

  #sharedDenied(at: Place, way: "read" | "write"): boolean {
    return at.key === "adl.data.n.store" && this.#values.get(at.name.replace(/store$/, way)) === "false";
  }

  // An entry begins with its id, and a response needs to know its interaction's type.
  #missing({ key, name, steps, member }: Place): string | null {
    const first = steps[0];
    if (!first || !withId.includes(first.collection)) return null;
    const entry = `${first.collection}.${first.index}`;
    if (name !== `${entry}.id` && !this.#values.has(`${entry}.id`)) return "408";
    const response = key.startsWith("cmi.interactions.n.correct_responses.") || member === "learner_response";
    return response && !this.#values.has(`${entry}.type`) ? "408" : null;
  }

  #invalid(at: Place, value: string): string | null {
    const entry = at.steps[0] && `${at.steps[0].collection}.${at.steps[0].index}`;
    const kind = entry && responses[this.#values.get(`${entry}.type`) ?? ""];
    if (at.member === "pattern" && kind) {
      if (at.steps[1]!.index >= kind.patterns) return "351";
      const found = kind.pattern(value);
      return found !== "0" ? found : kind.unique && this.#taken(at, value) ? "351" : null;
    }
    const found = at.member === "learner_response" && kind ? kind.response(value) : at.element.check(value);
    return found !== "0" ? found : this.#clash(at, value);
  }

  // Ids of objectives are unique and stay; ids of interactions are neither (a journal).
  #clash(at: Place, value: string): string | null {
    if (at.key !== "cmi.objectives.n.id" && at.key !== "cmi.interactions.n.objectives.n.id") return null;
    const before = at.key === "cmi.objectives.n.id" ? this.#values.get(at.name) : undefined;
    return (before !== undefined && before !== value) || this.#taken(at, value) ? "351" : null;
  }

  /** Whether another entry of the same collection has this value. */
  #taken({ steps, member, name }: Place, value: string): boolean {
    const { collection } = steps.at(-1)!;
    for (let index = 0; index < this.#count(collection); index++) {
      const other = `${collection}.${index}.${member}`;
      if (other !== name && this.#values.get(other) === value) return true;
    }
    return false;
  }

  // With a threshold the measure decides, whatever content says (RTE 4.2.4 and 4.2.22).
  #derived({ name, key }: Place): string | undefined {
    if (key.startsWith("adl.nav.request_valid.") && this.#valid) return this.#isValid(name, this.#valid);
    switch (name) {
      case "cmi.completion_status":
        return this.#judged("cmi.completion_threshold", "cmi.progress_measure", ["completed", "incomplete"]);
      case "cmi.success_status":
        return this.#judged("cmi.scaled_passing_score", "cmi.score.scaled", ["passed", "failed"]);
      default:
        return undefined;
    }
  }

  #isValid(name: string, valid: Navigation["valid"]): string {
    const target = /^adl\.nav\.request_valid\.(choice|jump)\.\{target=(.*)\}$/s.exec(name);
    if (target) return String(valid[target[1] as "choice" | "jump"].includes(target[2]!));
    return String(name.endsWith(".continue") ? valid.continue : valid.previous);
  }

  #judged(limit: string, measure: string, [reached, missed]: readonly [string, string]): string | undefined {
    const least = this.#values.get(limit);
    if (!least) return undefined;
    const measured = this.#values.get(measure);
    if (!measured) return "unknown";
    return Number(measured) >= Number(least) ? reached : missed;
  }

  #count(collection: string): number {
    return this.#counts.get(collection) ?? 0;
  }
}
