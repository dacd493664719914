import type { Adapter, ContentListener, NewAdapter } from "../adapter";
import type { Session } from "../protocol";
import { isStorable } from "../storable";
import { errorStrings } from "./errors";
import { Scorm2004Model } from "./model";
import { isPlainTime } from "./types";

/** SCORM 2004 for content: the eight functions of its API on our data model. Sequencing is the server's. */
export const scorm2004: NewAdapter = (session, listener) => new Scorm2004(session, listener).adapter;

const result = /^cmi\.interactions\.\d+\.result$/;
const timestamp = /^cmi\.interactions\.\d+\.timestamp$/;

type Phase = "before" | "running" | "after";

class Scorm2004 {
  readonly #model: Scorm2004Model;
  readonly #listener: ContentListener;
  #phase: Phase = "before";
  #error = "0";

  constructor(session: Session, listener: ContentListener) {
    this.#model = new Scorm2004Model(session.elements);
    if (session.navigation) this.#model.allow(session.navigation);
    this.#listener = listener;
  }

  get adapter(): Adapter {
    const api = {
      version: "1.0",
      Initialize: (argument?: unknown) => this.#initialize(text(argument)),
      Terminate: (argument?: unknown) => this.#terminate(text(argument)),
      GetValue: (element?: unknown) => this.#get(text(element)),
      SetValue: (element?: unknown, value?: unknown) => this.#set(text(element), text(value)),
      Commit: (argument?: unknown) => this.#commit(text(argument)),
      GetLastError: () => this.#error,
      GetErrorString: (code?: unknown) => errorStrings[text(code)] ?? "",
      GetDiagnostic: (code?: unknown) => errorStrings[text(code) || this.#error] ?? "",
    };
    return { name: "API_1484_11", api, navigation: (navigation) => this.#model.allow(navigation) };
  }

  #initialize(argument: string): string {
    if (argument !== "") return this.#refuse("Initialize", "", argument, "201");
    if (this.#phase !== "before") return this.#refuse("Initialize", "", "", this.#phase === "running" ? "103" : "104");
    this.#phase = "running";
    return this.#done();
  }

  #terminate(argument: string): string {
    if (argument !== "") return this.#refuse("Terminate", "", argument, "201");
    if (this.#phase !== "running") return this.#refuse("Terminate", "", "", this.#phase === "before" ? "112" : "113");
    this.#phase = "after";
    this.#listener.finish();
    return this.#done();
  }

  #commit(argument: string): string {
    if (argument !== "") return this.#refuse("Commit", "", argument, "201");
    if (this.#phase !== "running") return this.#refuse("Commit", "", "", this.#phase === "before" ? "142" : "143");
    this.#listener.commit();
    return this.#done();
  }

  #get(element: string): string {
    if (this.#phase !== "running") return this.#refuse("GetValue", element, "", this.#phase === "before" ? "122" : "123", "");
    const { value, error } = this.#model.get(element);
    if (error !== "0") return this.#refuse("GetValue", element, "", error, "");
    this.#error = "0";
    return value;
  }

  #set(element: string, given: string): string {
    if (this.#phase !== "running") return this.#refuse("SetValue", element, given, this.#phase === "before" ? "132" : "133");
    // The word of SCORM 1.2.
    const value = given === "wrong" && result.test(element) ? "incorrect" : given;
    const error = isStorable(value) ? this.#model.set(element, value) : "406";
    if (error === "406" && this.#tellsWhen(element, value)) this.#listener.set(element, value);
    if (error !== "0") return this.#refuse("SetValue", element, value, error);
    this.#listener.set(element, value);
    return this.#done();
  }

  // The standard has its own form refused where most libraries write another: content hears that, and the answer keeps its time all the same.
  #tellsWhen(element: string, value: string): boolean {
    return timestamp.test(element) && isPlainTime(value) && this.#model.get(element).error === "403";
  }

  #done(): string {
    this.#error = "0";
    return "true";
  }

  #refuse(call: string, element: string, value: string, error: string, result = "false"): string {
    this.#error = error;
    // Reading what was never set is how content asks whether it was.
    if (error !== "403") this.#listener.rejected({ call, element, value, error });
    return result;
  }
}

const text = (value: unknown): string => (value === undefined || value === null ? "" : String(value));
