import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import type { Elements, Session } from "../src/player/protocol";
import { scorm2004 } from "../src/player/scorm2004/adapter";

// The data-model cases of the conformance suite on our data model alone. The server's part (which item, what it is seeded with) is read from the manifest here.
const shared = process.env["SHARED_FOLDER"] ?? "../../shared";
const folder = `${shared}/conformance/scorm2004`;

interface Command {
  call: string;
  element?: string;
  argument?: string;
  value?: string | { ref: string };
  returns?: string | { ref: string } | { learner: string } | null;
  match: string;
  error: string;
  errorAnyOf?: string[];
}
interface Visit {
  item: string;
  visit: number;
  asset?: boolean;
  commands: Command[];
  pageCalls: Command[];
}
interface Case {
  strings?: Record<string, string>;
  visits: Visit[];
}

const attribute = (text: string, name: string): string | undefined => new RegExp(`${name}\\s*=\\s*"([^"]*)"`).exec(text)?.[1];

/** What the server would seed for an item, as far as the data-model cases ask for it. */
function seeds(manifest: string, item: string): Elements {
  const block = manifest.split("<item ").find((part) => part.startsWith(`identifier="${item}"`))!.split("</item>")[0]!;
  const found: Elements = { "cmi.learner_id": "learner", "cmi.learner_name": "Learner, A", "cmi.entry": "ab-initio" };
  const put = (element: string, value: string | undefined): void => void (value !== undefined && (found[element] = value));
  put("cmi.launch_data", /<adlcp:dataFromLMS>([^<]*)</.exec(block)?.[1]);
  put("cmi.time_limit_action", /<adlcp:timeLimitAction>([^<]*)</.exec(block)?.[1]);
  const threshold = /<adlcp:completionThreshold[^>]*completedByMeasure="true"[^>]*>/.exec(block)?.[0];
  if (threshold) put("cmi.completion_threshold", attribute(threshold, "minProgressMeasure") ?? "1.0");
  const primary = /<imsss:primaryObjective[\s\S]*?(?:\/>|<\/imsss:primaryObjective>)/.exec(block)?.[0];
  if (primary) put("cmi.objectives.0.id", attribute(primary, "objectiveID"));
  if (primary && attribute(primary, "satisfiedByMeasure") === "true") {
    put("cmi.scaled_passing_score", /<imsss:minNormalizedMeasure>([^<]*)</.exec(primary)?.[1] ?? "1.0");
  }
  [...block.matchAll(/<adlcp:map [^>]*>/g)].forEach(([map], index) => {
    put(`adl.data.${index}.id`, attribute(map, "targetID"));
    put(`adl.data.${index}.read`, attribute(map, "readSharedData"));
    put(`adl.data.${index}.write`, attribute(map, "writeSharedData"));
  });
  return found;
}

function replay(name: string): string[] {
  const { strings = {}, visits } = JSON.parse(readFileSync(`${folder}/cases/${name}.json`, "utf8")) as Case;
  const manifest = readFileSync(`${folder}/manifests/${name}.imsmanifest.xml`, "utf8");
  const literal = (value: unknown): string =>
    typeof value === "string" ? value : value && typeof value === "object" && "ref" in value ? strings[(value as { ref: string }).ref]! : "";
  const wrong: string[] = [];
  const kept = new Map<string, Elements>();
  const buckets: Elements = {};
  for (const visit of visits.filter((each) => !each.asset)) {
    const start = { ...seeds(manifest, visit.item), ...kept.get(visit.item) };
    for (const [element, id] of Object.entries(start)) {
      if (/^adl\.data\.\d+\.id$/.test(element) && buckets[id] !== undefined) start[element.replace(/id$/, "store")] = buckets[id]!;
    }
    const said: Elements = {};
    const { api } = scorm2004({ elements: start } as unknown as Session, {
      set: (element, value) => void (said[element] = value),
      rejected: () => {},
      commit: () => {},
      finish: () => {},
      mayReopen: () => false,
    });
    const call = (method: string, ...args: string[]): string => (api[method] as unknown as (...args: string[]) => string)(...args);
    const resolved = (command: Command & { n?: { id: string } }): string => {
      const element = command.element ?? "";
      const match = /^(.*?)\.\{n\}(.*)$/.exec(element);
      if (!match) return element;
      const count = Number(call("GetValue", `${match[1]}._count`));
      for (let n = 0; n < count; n++) {
        if (call("GetValue", `${match[1]}.${n}.id`) === literal(command.n?.id)) return `${match[1]}.${n}${match[2]}`;
      }
      return element;
    };
    [...visit.commands, ...visit.pageCalls].forEach((command, index) => {
      const args = command.call === "SetValue" ? [resolved(command), literal(command.value)] : [command.element === undefined ? (command.argument ?? "") : resolved(command)];
      const got = call(command.call, ...(command.call === "GetLastError" ? [] : args));
      const error = call("GetLastError");
      if (command.error === undefined || fits(command, got, error, literal(command.returns))) return;
      wrong.push(`${visit.item}/${visit.visit}#${index} ${command.call} ${args.map((a) => a.slice(0, 90)).join(" = ")} -> ${got.slice(0, 60)} ${error}, not ${literal(command.returns).slice(0, 60)} ${command.error} (${command.match})`);
    });
    const stays = said["cmi.exit"] === "suspend" || said["adl.nav.request"] === "suspendAll";
    kept.set(visit.item, stays ? { ...kept.get(visit.item), ...said, "cmi.entry": "resume" } : {});
    for (const [element, value] of Object.entries(said)) {
      if (/^adl\.data\.\d+\.store$/.test(element)) buckets[start[element.replace(/store$/, "id")]!] = value;
    }
  }
  return wrong;
}

function fits(command: Command, got: string, error: string, expected: string): boolean {
  if (command.match === "trueFalseUnknown") return ["true", "false", "unknown"].includes(got);
  if (!(command.errorAnyOf ?? [command.error]).includes(error)) return false;
  if (command.match === "any" || command.match === "duration") return true;
  if (command.match === "shorterThan255") return got.length < 255;
  if (command.returns && typeof command.returns === "object" && "learner" in command.returns) return got !== "";
  if (command.match === "interaction" || expected === "") return meant(got) === meant(expected);
  return got === expected || (command.match.startsWith("number") && Number(got) === Number(expected));
}

/** Delimiters that say what goes without saying count as missing, and their order among themselves is free. */
function meant(response: string): string {
  const prefixes = /^(?:\{(?:lang|case_matters|order_matters)=[^}]*\})*/.exec(response)![0];
  const said = prefixes.split(/(?<=\})/).filter((each) => !["{case_matters=false}", "{order_matters=true}", "{lang=en}"].includes(each));
  return said.sort().join("") + response.slice(prefixes.length);
}

for (const name of ["API", "DMI", "DMB"]) {
  test(`every command of ${name} answers as the standard says`, { skip: !existsSync(folder) && `no ${folder}` }, () => {
    const wrong = replay(name);
    assert.equal(wrong.length, 0, `${wrong.length} wrong, first ${wrong.slice(0, 40).join("\n")}`);
  });
}
