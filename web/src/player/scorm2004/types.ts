import { isLanguageTag } from "./languages";

/** What a check finds: fine, the wrong type, or out of range. */
export type Finding = "0" | "406" | "407";
export type Check = (value: string) => Finding;

const fits = (yes: boolean): Finding => (yes ? "0" : "406");

/**
 * The adapter sees to what every value has to be. The standard's 64,000 characters of suspend_data and the like are what must be taken at
 * least: content that has more would begin from an older place.
 */
export const text: Check = () => "0";

const pattern =
  (regex: RegExp): Check =>
  (value) =>
    fits(regex.test(value));

export const words = (...vocabulary: string[]): Check => {
  const known = new Set(vocabulary);
  return (value) => fits(known.has(value));
};

const realForm = /^-?(?:\d+(?:\.\d*)?|\.\d+)$/;

export const real: Check = pattern(realForm);

export const within =
  (least: number, most: number): Check =>
  (value) => {
    if (!realForm.test(value)) return "406";
    const number = Number(value);
    return number >= least && number <= most ? "0" : "407";
  };

export const either =
  (first: Check, second: Check): Check =>
  (value) =>
    first(value) === "0" ? "0" : second(value);

/**
 * timeinterval (second,10,2): P[nY][nM][nD][T[nH][nM][n[.nn]S]], with at least one part, and one after T. Content that divides milliseconds
 * has more decimals than two: nobody is served by losing its time.
 */
export const timeInterval: Check = pattern(/^P(?=.)(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?$/);

const timeForm = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d)(?::(\d\d)(?::(\d\d)(?:\.\d{1,2}(?:Z|[+-](?:[01]\d|2[0-3])(?::[0-5]\d)?)?)?)?)?)?)?)?$/;

/** time (second,10,0): YYYY[-MM[-DD[Thh[:mm[:ss[.s[TZD]]]]]]], from 1970 to 2038. */
export const time: Check = (value) => {
  const parts = timeForm.exec(value)?.slice(1).map((part) => (part === undefined ? null : Number(part)));
  if (!parts) return "406";
  const [year, month, day, hour, minute, second] = parts as [number, ...(number | null)[]];
  const days = new Date(Date.UTC(year, month ?? 1, 0)).getUTCDate();
  const inRange = (part: number | null | undefined, least: number, most: number): boolean => part == null || (part >= least && part <= most);
  return fits(
    inRange(year, 1970, 2038) &&
      inRange(month, 1, 12) &&
      inRange(day, 1, days) &&
      inRange(hour, 0, 23) &&
      inRange(minute, 0, 59) &&
      inRange(second, 0, 59),
  );
};

/** A moment as `Date.toISOString()` and its like write it, which the standard's form does not have, and which is plain all the same. */
export const isPlainTime = (value: string): boolean =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d(?::?\d\d)?)?$/.test(value);

/** A URI, and if it calls itself a URN, one with a name. */
export const identifier: Check = (value) =>
  fits(/^[^\s{}[\]<>"^`|\\]+$/.test(value) && (!/^urn:/i.test(value) || /^urn:[a-z0-9][a-z0-9-]{0,31}:.+$/i.test(value)));

const langPrefix = /^\{lang=([^}]*)\}/;

/** The text after an optional {lang=...}; null where the language is none. */
export function withoutLanguage(value: string): string | null {
  const match = langPrefix.exec(value);
  if (!match) return value;
  return isLanguageTag(match[1]!) ? value.slice(match[0].length) : null;
}

export const localized: Check = (value) => fits(withoutLanguage(value) !== null);

export const language: Check = (value) => fits(value === "" || isLanguageTag(value));
