/** No database keeps a NUL or half of a surrogate pair as text: better that content hears it than that it loses it. */
export const isStorable = (value: string): boolean => !/\0|\p{Surrogate}/u.test(value);
