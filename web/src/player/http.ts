import { limits } from "./limits";
import { acknowledged, webAddress, type Answer, type Post, type Problem } from "./protocol";

const retryable = new Set([408, 425, 429]);

/** A captive portal answers 200 with its own page, a proxy 403 with another: only JSON of ours counts as an answer. */
export async function toAnswer(response: Response): Promise<Answer> {
  const type = response.headers.get("Content-Type") ?? "";
  const body: unknown = type.includes("json") ? await response.json().catch(() => null) : null;
  if (response.ok && isObject(body)) return { kind: "ok", body };
  const ours = type.startsWith("application/problem+json") && isObject(body);
  if (!ours || response.status >= 500 || retryable.has(response.status)) {
    return { kind: "unreachable", reached: true, retryAfterMillis: retryAfter(response) };
  }
  return { kind: "refused", status: response.status, problem: toProblem(body), acknowledged: acknowledged(body) };
}

export const post: Post = async (path, body, keepalive = false) => {
  try {
    const response = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
      credentials: "omit",
      cache: "no-store",
      redirect: "error",
      keepalive,
      signal: AbortSignal.timeout(limits.requestMillis),
    });
    return await toAnswer(response);
  } catch {
    return { kind: "unreachable", reached: false, retryAfterMillis: 0 };
  }
};

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function toProblem(body: Record<string, unknown>): Problem {
  const text = (name: string): string => (typeof body[name] === "string" ? (body[name] as string) : "");
  const returnUrl = webAddress(text("returnUrl"));
  return { type: text("type"), title: text("title"), detail: text("detail"), ...(returnUrl ? { returnUrl } : {}) };
}

function retryAfter(response: Response): number {
  const seconds = Number(response.headers.get("Retry-After"));
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds * 1000, limits.retryMostMillis) : 0;
}
