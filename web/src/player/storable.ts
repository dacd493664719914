import { limits } from "./limits";

/**
 * No database keeps a NUL or half of a surrogate pair as text, and no request takes a longer value: better that content hears it than that it
 * loses it.
 */
export const isStorable = (value: string): boolean => value.length <= limits.valueChars && !/\0|\p{Surrogate}/u.test(value);

/** The beginning of a text that is told for people to read, whatever content made of it. */
export const excerpt = (text: string): string => text.slice(0, limits.excerptChars).replace(/\0|\p{Surrogate}/gu, "\uFFFD");
