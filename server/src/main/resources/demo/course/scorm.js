// The course's side of SCORM 1.2. Without a learning system around it the course still works, and
// remembers nothing.

function find(window_) {
  for (let w = window_, hops = 0; w && hops < 500; w = w.parent, hops++) {
    if (w.API) return w.API;
    if (w.parent === w) break;
  }
  return window_.opener && window_.opener !== window_ ? find(window_.opener) : null;
}

const two = (n) => String(n).padStart(2, "0");

/** A CMITimespan, HHHH:MM:SS.SS. */
export function timespan(millis) {
  const hundredths = Math.max(0, Math.round(millis / 10));
  const seconds = Math.floor(hundredths / 100);
  return (
    String(Math.floor(seconds / 3600)).padStart(4, "0") +
    `:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}.${two(hundredths % 100)}`
  );
}

/** A CMITime, the local time of day. */
export function timeOfDay(date) {
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

export class Scorm {
  #api = find(window);
  #openedAt = Date.now();
  #finished = false;

  constructor() {
    this.#api?.LMSInitialize("");
  }

  get(element) {
    return this.#api ? String(this.#api.LMSGetValue(element) ?? "") : "";
  }

  set(element, value) {
    if (!this.#finished) this.#api?.LMSSetValue(element, String(value));
  }

  get readOnly() {
    const mode = this.get("cmi.core.lesson_mode");
    return mode === "review" || mode === "browse";
  }

  get finished() {
    return this.#finished;
  }

  commit() {
    if (this.#finished) return;
    this.set("cmi.core.session_time", timespan(Date.now() - this.#openedAt));
    this.#api?.LMSCommit("");
  }

  /** Ends the session; `exit` is "suspend" when the learner means to come back. */
  finish(exit) {
    if (this.#finished) return;
    this.set("cmi.core.exit", exit);
    this.commit();
    this.#finished = true;
    this.#api?.LMSFinish("");
  }
}
