import type { Adapter, ContentListener, NewAdapter } from "../adapter";
import type { Elements, Session } from "../protocol";
import { isStorable } from "../storable";
import { Indexes, isElement, nameError } from "./elements";
import { keepLong, padInteractions, scorm12Model, type Scorm12Model } from "./model";
import { addTimespans } from "./time";

const notInitialized = "301";
const incorrectType = "405";
const sessionTime = "cmi.core.session_time";
const strictSuspendDataChars = 4096;
const mostFreeTextChars = 64_000;
const freeText = /^cmi\.interactions\.\d+\.(?:student_response|correct_responses\.\d+\.pattern)$/;
const longText = /^cmi\.(?:core\.lesson_location|comments)$/;
const identifier = /^cmi\.(?:interactions\.\d+|interactions\.\d+\.objectives\.\d+)\.id$/;
const mostIdentifierChars = 4000;
const time = /^cmi\.(?:core\.session_time|interactions\.\d+\.(?:time|latency))$/;
const readableTime = /^\d{1,4}:\d{1,2}:\d{1,2}(?:\.\d{1,6})?$/;

/** SCORM 1.2 for content: the eight functions of its API, the library's data model behind them, and what real content needs beyond it. */
export const scorm12: NewAdapter = (session, listener) => new Scorm12(session, listener).adapter;

class Scorm12 {
  readonly #strict: boolean;
  readonly #listener: ContentListener;
  readonly #values: Elements;
  #model: Scorm12Model;
  #indexes: Indexes;
  #error = "0";
  #finished = false;
  #timeBefore = "";

  constructor(session: Session, listener: ContentListener) {
    this.#strict = session.settings.strictLimits === true;
    this.#listener = listener;
    this.#values = { ...session.elements };
    this.#model = scorm12Model(this.#values);
    this.#indexes = this.#counted();
  }

  get adapter(): Adapter {
    const api = {
      LMSInitialize: (argument?: unknown) => this.#initialize(text(argument)),
      LMSFinish: (argument?: unknown) => this.#finish(text(argument)),
      LMSGetValue: (element?: unknown) => this.#get(text(element)),
      LMSSetValue: (element?: unknown, value?: unknown) => this.#set(text(element), text(value)),
      LMSCommit: (argument?: unknown) => this.#commit(text(argument)),
      LMSGetLastError: () => this.#error,
      LMSGetErrorString: (code?: unknown) => (text(code) === "" ? "" : this.#model.lmsGetErrorString(text(code))),
      LMSGetDiagnostic: (code?: unknown) => this.#model.getLmsErrorMessageDetails(text(code) || this.#error, true),
    };
    return { name: "API", api };
  }

  #initialize(argument: string): string {
    if (this.#finished && this.#listener.mayReopen()) this.#reopen();
    return this.#told("LMSInitialize", "", argument, this.#model.lmsInitialize(argument));
  }

  // The page that begins again counts its time from zero: what the pages before it reported is added to what it reports.
  #reopen(): void {
    this.#timeBefore = this.#values[sessionTime] ?? "";
    const { [sessionTime]: _, "cmi.core.exit": __, ...kept } = this.#values;
    this.#model = scorm12Model({ ...kept, "cmi.core.entry": "resume" });
    this.#indexes = this.#counted();
    this.#finished = false;
  }

  #finish(argument: string): string {
    const first = this.#model.isInitialized();
    const result = this.#told("LMSFinish", "", argument, this.#model.lmsFinish(argument));
    if (first && result === "true") {
      this.#finished = true;
      this.#listener.finish();
    }
    return result;
  }

  #commit(argument: string): string {
    if (this.#finished) return this.#refuse("LMSCommit", "", argument, notInitialized);
    const result = this.#told("LMSCommit", "", argument, this.#model.lmsCommit(argument));
    if (result === "true") this.#listener.commit();
    return result;
  }

  #get(name: string): string {
    const element = name.replace(/\.0+(?=\d)/g, ".");
    if (!this.#model.isInitialized()) return this.#refuse("LMSGetValue", element, "", notInitialized, "");
    if (!isElement(element)) return this.#refuse("LMSGetValue", element, "", nameError(element), "");
    const value = String(this.#model.lmsGetValue(element));
    return this.#told("LMSGetValue", element, "", this.#model.lastErrorCode === "0" ? value : "");
  }

  #set(name: string, given: string): string {
    if (!this.#model.isInitialized()) return this.#refuse("LMSSetValue", name, given, notInitialized);
    const element = this.#strict ? name : this.#indexes.canonical(name);
    if (!isElement(element)) return this.#refuse("LMSSetValue", element, given, nameError(element));
    const value = this.#meant(element, given);
    if (!isStorable(value) || (this.#strict && element === "cmi.suspend_data" && value.length > strictSuspendDataChars)) {
      return this.#refuse("LMSSetValue", element, value, incorrectType);
    }
    if (!this.#strict) padInteractions(this.#model, element);
    const result = this.#model.lmsSetValue(element, value);
    if (result !== "true" && !this.#tolerated(element, value)) return this.#told("LMSSetValue", element, value, result);
    this.#error = "0";
    this.#keep(element, value);
    return "true";
  }

  #keep(element: string, value: string): void {
    const kept = element === sessionTime && this.#timeBefore !== "" ? addTimespans(this.#timeBefore, value) : value;
    this.#values[element] = kept;
    this.#listener.set(element, kept);
  }

  // Words of SCORM 2004 in 1.2 content, and comments, which the standard lets the LMS join.
  #meant(element: string, value: string): string {
    if (element === "cmi.core.exit" && value === "normal") return "";
    if (/^cmi\.interactions\.\d+\.result$/.test(element) && value === "incorrect") return "wrong";
    if (element === "cmi.comments") return this.#model.cmi.comments + value;
    return value;
  }

  // Answers of several lines, identifiers beyond ASCII, long bookmarks, times with a digit more or less: nobody is served by losing them.
  #tolerated(element: string, value: string): boolean {
    if (this.#strict || this.#model.lastErrorCode !== incorrectType) return false;
    if (freeText.test(element)) return value.length <= mostFreeTextChars;
    if (longText.test(element)) return value.length <= mostFreeTextChars && keepLong(this.#model, element, value);
    if (time.test(element)) return readableTime.test(value);
    return identifier.test(element) && value.length <= mostIdentifierChars;
  }

  #counted(): Indexes {
    return new Indexes((collection) => Number(this.#model.lmsGetValue(`${collection}._count`)) || 0);
  }

  #told(call: string, element: string, value: string, result: string): string {
    this.#error = String(this.#model.lastErrorCode);
    if (this.#error !== "0") this.#listener.rejected({ call, element, value, error: this.#error });
    return result;
  }

  #refuse(call: string, element: string, value: string, error: string, result = "false"): string {
    this.#error = error;
    this.#listener.rejected({ call, element, value, error });
    return result;
  }
}

const text = (value: unknown): string => (value === undefined || value === null ? "" : String(value));
