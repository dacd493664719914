import { webAddress, type Elements, type Item, type Mode, type Session } from "./protocol";

const leastAliveSeconds = 5;

/** Reads the server's answer to an opening; null when it is not one. */
export function toSession(body: Record<string, unknown>): Session | null {
  const text = (name: string): string | null => (typeof body[name] === "string" ? (body[name] as string) : null);
  const [sessionId, standard, contentUrl] = [text("sessionId"), text("standard"), text("contentUrl")];
  if (sessionId === null || contentUrl === null) return null;
  const item = body["item"] as Session["item"] | undefined;
  return {
    sessionId,
    // None for a page that speaks to nobody.
    standard: standard ?? "",
    contentUrl,
    title: text("title") ?? item?.title ?? "Course",
    item: item ?? { id: "", title: "" },
    items: (body["items"] as Item[] | undefined) ?? [],
    mode: (text("mode") ?? "normal") as Mode,
    elements: (body["elements"] as Elements | undefined) ?? {},
    settings: (body["settings"] as Session["settings"] | undefined) ?? {},
    aliveSeconds: Math.max(leastAliveSeconds, Number(body["aliveSeconds"]) || 60),
    returnUrl: webAddress(text("returnUrl")),
  };
}
