/** The SCORM 1.2 data model's names. The library would also take its own private fields and replace whole groups. */
const leaves = [
  String.raw`_(?:children|version)`,
  String.raw`core\.(?:_children|student_id|student_name|lesson_location|credit|lesson_status|entry|total_time|lesson_mode|exit|session_time)`,
  String.raw`(?:core|objectives\.\d+)\.score\.(?:_children|raw|min|max)`,
  String.raw`suspend_data|launch_data|comments|comments_from_lms`,
  String.raw`(?:objectives|interactions)\.(?:_children|_count)`,
  String.raw`objectives\.\d+\.(?:id|status)`,
  String.raw`student_data\.(?:_children|mastery_score|max_time_allowed|time_limit_action)`,
  String.raw`student_preference\.(?:_children|audio|language|speed|text)`,
  String.raw`interactions\.\d+\.(?:id|time|type|weighting|student_response|result|latency)`,
  String.raw`interactions\.\d+\.(?:objectives\.(?:_count|\d+\.id)|correct_responses\.(?:_count|\d+\.pattern))`,
];
const element = new RegExp(`^cmi\\.(?:${leaves.join("|")})$`);

export const isElement = (name: string): boolean => element.test(name);

/** The error of a name outside of the model: a keyword in the wrong place, else "not implemented". */
export function nameError(name: string): string {
  if (name.endsWith("._children")) return "202";
  return name.endsWith("._count") ? "203" : "401";
}

const notANumber = /^(?:NaN|undefined|null|-1|)$/;

/**
 * Gives elements their one spelling: 007 is 7. Content that lost count writes `cmi.interactions.NaN.*`; what it means is the next
 * interaction, and the one it began as long as it writes other members of it.
 */
export class Indexes {
  readonly #lost = new Map<string, { index: number; members: Set<string> }>();
  readonly #count: (collection: string) => number;

  constructor(count: (collection: string) => number) {
    this.#count = count;
  }

  canonical(name: string): string {
    const parts = name.split(".");
    for (let at = 2; at < parts.length; at++) {
      const collection = parts[at - 1]!;
      if (!["interactions", "objectives", "correct_responses"].includes(collection)) continue;
      const part = parts[at]!;
      if (/^\d+$/.test(part)) parts[at] = String(Number(part));
      else if (notANumber.test(part)) parts[at] = String(this.#next(parts.slice(0, at).join("."), parts.slice(at + 1).join(".")));
    }
    return parts.join(".");
  }

  #next(collection: string, member: string): number {
    const begun = this.#lost.get(collection);
    if (begun && !begun.members.has(member)) {
      begun.members.add(member);
      return begun.index;
    }
    const index = this.#count(collection);
    this.#lost.set(collection, { index, members: new Set([member]) });
    return index;
  }
}
