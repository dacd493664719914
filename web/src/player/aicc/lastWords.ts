import { isStorable } from "../storable";

/** Hears a request that content made while its page went away. */
export type Carry = (body: string) => void;

const answer = "error=0\r\nerror_text=Successful\r\nversion=4.0\r\naicc_data=";
const isRead = /(?:^|&)\s*command\s*=\s*getparam/i;

/**
 * Content of this standard reports in the unload of its pages, by requests that browsers no longer send there. The player takes them
 * along with its own, which are kept until they arrive. Everything else goes its usual way.
 */
export function carryLastWords(page: Window, address: string, carry: Carry): void {
  for (let at = 0; at < page.frames.length; at++) carryLastWords(page.frames[at]!, address, carry);
  try {
    watch(page as Window & typeof globalThis, address, carry);
  } catch {
    // A document of another origin keeps its requests to itself.
  }
}

function watch(page: Window & typeof globalThis, address: string, carry: Carry): void {
  let going = false;
  const goes = (): void => void (going = true);
  const stays = (): void => void page.setTimeout(() => (going = false));
  // Before content's own handlers, and until it is known that the page stays.
  page.addEventListener("beforeunload", goes, { capture: true });
  page.addEventListener("beforeunload", stays);
  for (const event of ["pagehide", "unload"]) page.addEventListener(event, goes, { capture: true });

  const isHacp = (method: unknown, url: unknown): boolean =>
    /^post$/i.test(String(method)) && new URL(String(url), page.location.href).href.startsWith(address);
  /** What the player is to take along; null for what goes its usual way. */
  const lastWords = (body: unknown): string | null => {
    const text = typeof body === "string" || body instanceof page.URLSearchParams ? String(body) : null;
    return going && text !== null && !isRead.test(text) && isStorable(text) ? text : null;
  };

  const requests = page.XMLHttpRequest.prototype;
  const { open, send } = requests;
  const hacp = new WeakSet<XMLHttpRequest>();
  requests.open = function (this: XMLHttpRequest, ...given: unknown[]): void {
    const [method, url] = given;
    if (isHacp(method, url)) hacp.add(this);
    else hacp.delete(this);
    Reflect.apply(open, this, given);
  };
  requests.send = function (this: XMLHttpRequest, body?: Document | XMLHttpRequestBodyInit | null): void {
    const text = hacp.has(this) ? lastWords(body) : null;
    if (text === null) return send.call(this, body);
    carry(text);
    answered(this);
  };

  const { fetch } = page;
  page.fetch = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    // With keepalive the browser sends it all the same.
    const text = !init?.keepalive && isHacp(init?.method, input) ? lastWords(init?.body) : null;
    if (text === null) return fetch.call(page, input, init);
    carry(text);
    return new page.Response(answer);
  };
}

function answered(request: XMLHttpRequest): void {
  const values = { readyState: 4, status: 200, statusText: "OK", responseText: answer, response: answer };
  for (const [name, value] of Object.entries(values)) Object.defineProperty(request, name, { value, configurable: true });
  request.onreadystatechange?.(new Event("readystatechange"));
  request.onload?.(new ProgressEvent("load"));
}
