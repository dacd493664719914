import type { Elements } from "../protocol";

/** The elements that AICC has and SCORM 1.2 left out. They are kept as they come. */
const leaves = [
  String.raw`core\.(?:output_file|time)`,
  String.raw`interactions\.\d+\.date`,
  String.raw`objectives\.\d+\.(?:date|time|mastery_time)`,
  String.raw`evaluation\.(?:course_id|comments\.\d+\.(?:content|location|date|time))`,
  String.raw`student_data\.(?:attempt_number|(?:tries|attempt_records)\.\d+\.(?:score\.(?:raw|min|max)|lesson_score|status|lesson_status|time)|(?:tries|attempt_records)_during_lesson|sessions_journal)`,
  String.raw`student_preference\.(?:lesson_type|text_color|text_location|text_size|video|windows\.\d+)`,
  String.raw`student_demographics\.(?:city|class|company|country|experience|familiar_name|instructor_name|job_title|native_language|state|street_address|telephone|years_experience|zip)`,
  String.raw`paths\.\d+\.(?:location_id|date|time|status|why_left|time_in_element)`,
];
const element = new RegExp(`^cmi\\.(?:${leaves.join("|")})$`);
const count = /^cmi\.(?:paths|evaluation\.comments|student_data\.(?:tries|attempt_records)|student_preference\.windows)\._count$/;
const readOnly = /^cmi\.(?:evaluation\.course_id|student_demographics\.|student_data\.attempt_number)/;

export const isOwn = (name: string): boolean => element.test(name);

export const isReadOnly = (name: string): boolean => readOnly.test(name);

/** How many entries a collection of AICC's own has; null for another name. */
export function countOf(name: string, values: Elements): string | null {
  if (!count.test(name)) return null;
  const prefix = name.slice(0, -"_count".length);
  const indexes = Object.keys(values).filter((each) => each.startsWith(prefix)).map((each) => parseInt(each.slice(prefix.length), 10));
  return String(Math.max(-1, ...indexes) + 1);
}
