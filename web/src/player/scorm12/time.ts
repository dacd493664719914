const timespan = /^(\d+):(\d{1,2}):(\d{1,2}(?:\.\d{1,6})?)$/;

/** Adds two CMITimespans (HHHH:MM:SS.SS); the second stands alone where the first is not one. */
export function addTimespans(first: string, second: string): string {
  const a = centiseconds(first);
  const b = centiseconds(second);
  return a === null || b === null ? second : format(a + b);
}

function centiseconds(text: string): number | null {
  const match = timespan.exec(text);
  return match && Math.round((Number(match[1]) * 3600 + Number(match[2]) * 60 + Number(match[3])) * 100);
}

function format(total: number): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  const seconds = Math.floor(total / 100);
  return `${String(Math.floor(seconds / 3600)).padStart(4, "0")}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}.${two(total % 100)}`;
}
