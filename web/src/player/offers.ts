import type { ControlState, Course, Item } from "./protocol";

/** How to go on: to an item of a course without sequencing, with a request that the server's sequencing decides, or out. */
export type Way = { readonly item: string } | { readonly request: string } | "end";

export interface Offer {
  readonly state: ControlState;
  readonly way: Way;
}

export type Offers = Readonly<Record<"previous" | "next" | "suspend" | "exit", Offer>>;

const hidden: Offer = { state: "hidden", way: "end" };

const canOpen = (item: Item): boolean => item.id !== null && item.enabled !== false;

export const isCourseOfItems = (course: Course): boolean =>
  course.navigation !== null || course.items.filter((item) => item.id !== null).length > 1;

/** What the controls do from here. Sequencing tells; without it every item is open, in their order. */
export function offers(course: Course): Offers {
  const { navigation } = course;
  if (navigation === null) return open(course);
  const offer = (request: string): Offer => ({ state: navigation.controls[request] ?? "hidden", way: { request } });
  return { previous: offer("previous"), next: offer("continue"), suspend: offer("suspendAll"), exit: offer("exitAll") };
}

function open(course: Course): Offers {
  const at = neighbours(course.items, course.item?.id ?? null);
  const offer = (to: Item | null): Offer => (to?.id ? { state: "enabled", way: { item: to.id } } : { state: "disabled", way: "end" });
  const several = isCourseOfItems(course);
  return {
    previous: several ? offer(at.previous) : hidden,
    next: several ? offer(at.next) : hidden,
    suspend: hidden,
    exit: { state: "enabled", way: "end" },
  };
}

export function neighbours(items: readonly Item[], current: string | null): { readonly previous: Item | null; readonly next: Item | null } {
  const open = items.filter((item) => canOpen(item) || (item.id !== null && item.id === current));
  const at = open.findIndex((item) => item.id === current);
  return at < 0 ? { previous: null, next: open[0] ?? null } : { previous: open[at - 1] ?? null, next: open[at + 1] ?? null };
}

/** Where choosing an item in the contents leads; null where it cannot be chosen. */
export function choice(course: Course, item: Item): Way | null {
  if (item.enabled === false) return null;
  if (course.navigation !== null) return item.identifier ? { request: `{target=${item.identifier}}choice` } : null;
  return item.id !== null && item.id !== course.item?.id ? { item: item.id } : null;
}
