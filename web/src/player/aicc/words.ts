/** AICC's words, of which the first letter decides, in those of SCORM 1.2. */
type Words = Readonly<Record<string, string>>;

const statuses: Words = { p: "passed", c: "completed", f: "failed", i: "incomplete", b: "browsed", n: "not attempted" };
const exits: Words = { l: "logout", t: "time-out", s: "suspend" };
const types: Words = {
  c: "choice",
  f: "fill-in",
  l: "likert",
  m: "matching",
  n: "numeric",
  p: "performance",
  s: "sequencing",
  t: "true-false",
};
const results: Words = { c: "correct", w: "wrong", u: "unanticipated", n: "neutral" };

const vocabularies: readonly [RegExp, Words][] = [
  [/^cmi\.(?:core\.lesson_status|objectives\.\d+\.status)$/, statuses],
  [/^cmi\.core\.exit$/, exits],
  [/^cmi\.interactions\.\d+\.type$/, types],
  [/^cmi\.interactions\.\d+\.result$/, results],
];

/** What content meant: a word as it is, else the one that begins as it does. */
export function meant(element: string, value: string): string {
  const words = vocabularies.find(([name]) => name.test(element))?.[1];
  const bare = value.trim().toLowerCase();
  if (!words || bare === "" || /^-?[\d.]/.test(bare)) return value;
  return Object.values(words).includes(bare) ? bare : (words[bare[0]!] ?? value);
}
