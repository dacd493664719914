import type { Session } from "../protocol";

/** Where AICC content of this page speaks to the server, with the offset of the local times that it tells. */
export const hacpUrl = (): string => `${location.origin}/aicc/${-new Date().getTimezoneOffset()}`;

/** What the frame opens: for AICC with the two parameters by which content finds the server. */
export function launchUrl(session: Session): string {
  if (!session.contentToken) return session.contentUrl;
  const [path, fragment] = session.contentUrl.split(/(?=#)/, 2) as [string, string?];
  const parameters = `AICC_SID=${encodeURIComponent(session.contentToken)}&AICC_URL=${encodeURIComponent(hacpUrl())}`;
  return `${path}${path.includes("?") ? "&" : "?"}${parameters}${fragment ?? ""}`;
}
