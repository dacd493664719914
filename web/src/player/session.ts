import { webAddress, type Course, type Elements, type Item, type Mode, type Navigation, type Session } from "./protocol";

type Body = Record<string, unknown>;

const leastAliveSeconds = 5;

/** What the server delivers: content, a course in which the participant has to choose, or the end; null when it is no answer of ours. */
export type Delivered =
  | { readonly kind: "content"; readonly session: Session }
  | { readonly kind: "waiting"; readonly course: Course; readonly why: string }
  | { readonly kind: "ended"; readonly course: Course; readonly status: string | null; readonly goesOn: boolean };

export function toDelivered(body: Body): Delivered | null {
  const decision = text(body, "decision") ?? "deliver";
  if (decision === "waiting" || decision === "refused") return { kind: "waiting", course: toCourse(body), why: text(body, "message") ?? "" };
  if (decision === "ended") return { kind: "ended", course: toCourse(body), status: text(body, "status"), goesOn: body["goesOn"] !== false };
  const session = toSession(body);
  return session && { kind: "content", session };
}

function toSession(body: Body): Session | null {
  const [sessionId, contentUrl] = [text(body, "sessionId"), text(body, "contentUrl")];
  if (sessionId === null || contentUrl === null) return null;
  const course = toCourse(body);
  return {
    ...course,
    item: course.item ?? { id: "", title: course.title },
    sessionId,
    contentUrl,
    contentToken: text(body, "contentToken"),
    // None for a page that speaks to nobody.
    standard: text(body, "standard") ?? "",
    elements: (body["elements"] as Elements | undefined) ?? {},
    settings: (body["settings"] as Session["settings"] | undefined) ?? {},
    aliveSeconds: Math.max(leastAliveSeconds, Number(body["aliveSeconds"]) || 60),
  };
}

export function toCourse(body: Body): Course {
  const item = body["item"] as Course["item"] | undefined;
  return {
    title: text(body, "title") ?? item?.title ?? "Course",
    mode: (text(body, "mode") ?? "normal") as Mode,
    items: (body["items"] as Item[] | undefined) ?? [],
    item: item ?? null,
    navigation: (body["navigation"] as Navigation | undefined) ?? null,
    returnUrl: webAddress(text(body, "returnUrl")),
  };
}

function text(body: Body, name: string): string | null {
  return typeof body[name] === "string" ? (body[name] as string) : null;
}
