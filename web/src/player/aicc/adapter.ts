import type { ContentListener, NewAdapter } from "../adapter";
import type { Elements, Session } from "../protocol";
import { scorm12 } from "../scorm12/adapter";
import { isElement } from "../scorm12/elements";
import { isStorable } from "../storable";
import { countOf, isOwn, isReadOnly } from "./elements";
import { meant } from "./words";

type Call = (...args: unknown[]) => string;

const notInitialized = "301";
const readOnly = "403";
const incorrectType = "405";

/** AICC's JavaScript API, which SCORM 1.2 took over: its functions, with the words and elements that only AICC has. */
export const aicc: NewAdapter = (session, listener) => {
  const own = new OwnElements(session, listener);
  const inner = scorm12({ ...session, elements: kept(session.elements, isElement) }, listener).api as Record<string, Call>;
  const { LMSInitialize, LMSFinish, LMSGetValue, LMSSetValue, LMSGetLastError } = inner as Required<Record<string, Call>>;
  const api = {
    ...inner,
    LMSInitialize: (argument?: unknown) => own.opened(LMSInitialize!(argument)),
    LMSFinish: (argument?: unknown) => own.closed(LMSFinish!(argument)),
    LMSGetValue: (element?: unknown) => own.get(String(element)) ?? LMSGetValue!(element),
    LMSSetValue: (element?: unknown, value?: unknown) =>
      own.set(String(element), String(value ?? "")) ?? LMSSetValue!(element, meant(String(element), String(value ?? ""))),
    LMSGetLastError: () => own.error ?? LMSGetLastError!(),
  };
  return { name: "API", api };
};

function kept(elements: Elements, name: (name: string) => boolean): Elements {
  return Object.fromEntries(Object.entries(elements).filter(([element]) => name(element)));
}

/** What SCORM 1.2's data model does not know. Calls answer null where they are not about that. */
class OwnElements {
  readonly #values: Elements;
  readonly #listener: ContentListener;
  #open = false;
  /** Of the last call, where it was about elements of ours. */
  error: string | null = null;

  constructor(session: Session, listener: ContentListener) {
    this.#values = kept(session.elements, isOwn);
    this.#listener = listener;
  }

  opened(result: string): string {
    this.#open ||= result === "true";
    this.error = null;
    return result;
  }

  closed(result: string): string {
    if (result === "true") this.#open = false;
    this.error = null;
    return result;
  }

  get(element: string): string | null {
    const counted = countOf(element, this.#values);
    this.error = null;
    if (counted === null && !isOwn(element)) return null;
    if (!this.#open) return this.#refuse("LMSGetValue", element, "", notInitialized, "");
    this.error = "0";
    return counted ?? this.#values[element] ?? "";
  }

  set(element: string, value: string): string | null {
    this.error = null;
    if (!isOwn(element)) return null;
    const error = this.#open ? (isReadOnly(element) ? readOnly : isStorable(value) ? null : incorrectType) : notInitialized;
    if (error !== null) return this.#refuse("LMSSetValue", element, value, error, "false");
    this.error = "0";
    this.#values[element] = value;
    this.#listener.set(element, value);
    return "true";
  }

  #refuse(call: string, element: string, value: string, error: string, result: string): string {
    this.error = error;
    this.#listener.rejected({ call, element, value, error });
    return result;
  }
}
