import type { Adapter, ContentListener, NewAdapter } from "./adapter";
import { browserClock } from "./clock";
import { CommitLog } from "./commitLog";
import { Courier } from "./courier";
import { endMessage } from "./ending";
import { FinishWatch } from "./finishWatch";
import { ContentFrame } from "./frame";
import { post } from "./http";
import type { Problem, Session } from "./protocol";
import { Recorder } from "./recorder";
import { scorm12 } from "./scorm12";
import type { Owner, Unsent } from "./unsent";
import type { PlayerView } from "./view";

export interface Place {
  readonly playToken: string;
  readonly unsent: Unsent;
  readonly view: PlayerView;
}

/** One adapter per standard. A page without an API (an asset) needs none. */
const adapters: Readonly<Record<string, NewAdapter>> = { scorm12 };

/** Plays one session: the course in its frame, its API in this window, and what it says on its way to the server. */
export function playSession(session: Session, place: Place): void {
  new Playing(session, place).start();
}

class Playing {
  readonly #session: Session;
  readonly #view: PlayerView;
  readonly #courier: Courier;
  readonly #recorder: Recorder;
  readonly #frame: ContentFrame;
  readonly #finishing: FinishWatch;
  #status: string | null = null;
  #leaving = false;
  #over = false;

  constructor(session: Session, place: Place) {
    const owner: Owner = { sessionId: session.sessionId, playToken: place.playToken, title: session.title, openedAt: Date.now() };
    const log = new CommitLog();
    this.#session = session;
    this.#view = place.view;
    this.#courier = new Courier(log, place.unsent, { owner, post, clock: browserClock }, this.#news());
    this.#recorder = new Recorder(log, place.unsent, this.#courier, {
      owner,
      clock: browserClock,
      beacon: (path, body) => navigator.sendBeacon(path, body),
      changed: () => this.#show(),
    });
    this.#finishing = new FinishWatch(browserClock, (another) => this.#finished(another));
    this.#frame = new ContentFrame(place.view.stage, session.title, {
      going: () => this.#finishing.documentGoes(),
      unloaded: () => this.#unloaded(),
      loaded: () => this.#finishing.documentLoaded(),
    });
  }

  start(): void {
    this.#view.showCourse(this.#session, () => void this.#exit());
    const adapter = adapters[this.#session.standard]?.(this.#session, this.#listener());
    if (adapter) expose(adapter);
    this.#watchPage();
    this.#frame.open(this.#session.contentUrl);
  }

  #listener(): ContentListener {
    return {
      set: (element, value) => this.#recorder.record(element, value),
      rejected: (call) => this.#recorder.reject(call),
      commit: () => this.#recorder.commit(),
      finish: () => this.#contentFinished(),
      mayReopen: () => this.#finishing.reopened(),
    };
  }

  #news(): ConstructorParameters<typeof Courier>[3] {
    return {
      acknowledged: (status) => {
        this.#status = status ?? this.#status;
        this.#show();
      },
      failed: () => this.#show(),
      stopped: (problem) => this.#stopped(problem),
    };
  }

  #contentFinished(): void {
    if (this.#leaving) return this.#recorder.end({ finish: true });
    this.#recorder.commit();
    this.#finishing.finishCalled();
  }

  // A last page that content shows after its finish stays until Exit.
  #finished(another: boolean): void {
    this.#recorder.end({ finish: true });
    if (!another) this.#conclude();
  }

  #unloaded(): void {
    if (this.#leaving) this.#goodbye();
    else this.#recorder.commit();
    this.#finishing.documentGoes();
  }

  async #exit(): Promise<void> {
    if (this.#over) return;
    if (!(await this.#frame.close())) return;
    this.#goodbye();
    this.#conclude();
  }

  /** The last word of this session: content's own finish, or that the page went without one. */
  #goodbye(): void {
    const ending = this.#finishing.waiting ? { finish: true } : { left: true };
    this.#finishing.cancel();
    this.#recorder.end(ending);
  }

  #conclude(): void {
    this.#over = true;
    this.#frame.remove();
    this.#show();
  }

  #show(): void {
    const state = this.#recorder.state;
    this.#view.showState(state);
    if (!this.#over) {
      this.#view.showNotice(state === "Not saved" && !this.#courier.stopped ? lostNotice : null);
      return;
    }
    if (state === "Saved" && this.#session.returnUrl) location.replace(this.#session.returnUrl);
    else this.#view.showMessage(endMessage(this.#session, this.#courier.stopped ? "Refused" : state, this.#status));
  }

  #stopped(problem: Problem): void {
    this.#show();
    if (this.#over || this.#leaving) return;
    const replaced = problem.type.endsWith("/session-replaced");
    this.#view.showDialog(
      replaced ? "The course is open somewhere else" : problem.title || "This session has ended",
      replaced
        ? "You opened this course again, in another window or on another device. What you do here is not saved any more. Go on there, or continue here: that closes the other one."
        : `${problem.detail} What you do here is not saved any more.`,
      [{ label: replaced ? "Continue here" : "Open again", run: () => location.reload() }],
    );
  }

  #watchPage(): void {
    const beat = setInterval(() => (this.#over ? clearInterval(beat) : this.#beat()), this.#session.aliveSeconds * 1000);
    window.addEventListener("online", () => this.#courier.kick());
    document.addEventListener("visibilitychange", () => (document.hidden ? this.#recorder.hidden() : this.#beat()));
    window.addEventListener("pagehide", () => this.#leave());
    window.addEventListener("pageshow", (event) => event.persisted && this.#back());
  }

  // Chromium tells this page before the course in it, whose own handlers are still to come; the frame's unload then says goodbye.
  #leave(): void {
    this.#leaving = true;
    this.#recorder.leave();
    if (!this.#frame.watched && !this.#over) this.#goodbye();
  }

  #back(): void {
    this.#leaving = false;
    this.#recorder.back();
    if (this.#recorder.ended) this.#conclude();
    else this.#beat();
  }

  #beat(): void {
    if (!this.#recorder.ended) this.#courier.beat();
  }
}

const lostNotice = "No connection. Keep this page open: what you do is kept in this browser and sent as soon as the connection is back.";

function expose(adapter: Adapter): void {
  (window as unknown as Record<string, unknown>)[adapter.name] = adapter.api;
}
