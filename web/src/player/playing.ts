import type { Adapter, ContentListener, NewAdapter } from "./adapter";
import { aicc } from "./aicc/adapter";
import { carryLastWords } from "./aicc/lastWords";
import { hacpUrl, launchUrl } from "./aicc/launch";
import { browserClock } from "./clock";
import { CommitLog } from "./commitLog";
import { Courier, type Acknowledged, type News } from "./courier";
import { endMessage, lostNotice, partMessage, type Waits } from "./ending";
import { FinishWatch } from "./finishWatch";
import { ContentFrame } from "./frame";
import { post } from "./http";
import { isCourseOfItems, offers, type Way } from "./offers";
import { forgetOpenItem } from "./openItem";
import { watchPage } from "./pageWatch";
import { kindOf, situation } from "./problems";
import type { Course, Problem, Session } from "./protocol";
import { Recorder } from "./recorder";
import { scorm12 } from "./scorm12/adapter";
import { scorm2004 } from "./scorm2004/adapter";
import type { Owner, Unsent } from "./unsent";
import type { PlayerView } from "./view";

export interface Place {
  readonly playToken: string;
  readonly unsent: Unsent;
  readonly view: PlayerView;
  /** Goes on from this session, which is over and saved. */
  go(way: Exclude<Way, "end">): void;
}

/** One adapter per standard. A page that speaks to nobody (an asset) needs none. */
const adapters: Readonly<Record<string, NewAdapter>> = { scorm12, scorm2004, aicc };

/** Plays one session: the course in its frame, its API in this window, and what it says on its way to the server. */
export function playSession(session: Session, place: Place): void {
  new Playing(session, place).start();
}

class Playing {
  readonly #session: Session;
  /** As what is done by now allows it. */
  #course: Course;
  readonly #place: Place;
  readonly #courier: Courier;
  readonly #recorder: Recorder;
  readonly #frame: ContentFrame;
  readonly #finishing: FinishWatch;
  #status: string | null = null;
  #leaving = false;
  #isOver = false;
  #wish = noWish;
  #carried = 0;
  #atPart = false;
  #adapter: Adapter | undefined;
  #then: Way | null = null;
  /** The page is the next session's. What content of this one still says, from a window of its own, is recorded and sent. */
  #passedOn = false;
  #unwatch: () => void = () => {};

  constructor(session: Session, place: Place) {
    const owner: Owner = { sessionId: session.sessionId, playToken: place.playToken, title: session.title, openedAt: Date.now() };
    const log = new CommitLog();
    this.#session = session;
    this.#course = session;
    this.#place = place;
    this.#courier = new Courier(log, place.unsent, { owner, post, clock: browserClock }, this.#news());
    this.#recorder = new Recorder(log, place.unsent, this.#courier, {
      owner,
      clock: browserClock,
      beacon: (path, body) => navigator.sendBeacon(path, body),
      changed: () => this.#show(),
    });
    this.#finishing = new FinishWatch(browserClock, (another) => this.#finished(another));
    this.#frame = new ContentFrame(place.view.stage, session.item.title || session.title, {
      going: () => this.#finishing.documentAsked(),
      unloaded: () => this.#unloaded(),
      loaded: (page) => this.#loaded(page),
    });
  }

  start(): void {
    const { view } = this.#place;
    view.showCourse(this.#session, (way) => this.#close(way));
    view.showState(this.#recorder.state);
    this.#adapter = adapters[this.#session.standard]?.(this.#session, this.#listener());
    expose(this.#adapter);
    this.#unwatch = watchPage(
      {
        online: () => this.#courier.kick(),
        shown: () => this.#beat(),
        hidden: () => this.#recorder.hidden(),
        mayLeave: () => !this.#isRecorded || this.#recorder.keep(),
        leaving: () => this.#leave(),
        back: () => this.#back(),
        cleared: () => this.#recorder.cleared(),
        beat: () => this.#beat(),
      },
      this.#session.aliveSeconds,
    );
    this.#frame.open(launchUrl(this.#session));
  }

  #listener(): ContentListener {
    return {
      set: (element, value) => this.#set(element, value),
      rejected: (call) => this.#recorder.reject(call),
      commit: () => this.#recorder.commit(),
      finish: () => this.#contentFinished(),
      mayReopen: () => this.#finishing.reopened(),
    };
  }

  #set(element: string, value: string): void {
    if (element === "adl.nav.request") this.#wish = value;
    this.#recorder.record(element, value);
  }

  #news(): News {
    return {
      acknowledged: (answer) => this.#acknowledged(answer),
      failed: () => this.#show(),
      stopped: (problem) => this.#stopped(problem),
    };
  }

  #loaded(page: Window | null): void {
    this.#finishing.documentLoaded();
    if (page && this.#session.contentToken) carryLastWords(page, hacpUrl(), (body) => this.#carry(body));
  }

  #carry(body: string): void {
    // After its own end nothing of content is heard, by whichever way it comes.
    if (this.#isOver) return;
    this.#recorder.record(`hacp.${++this.#carried}`, body);
    if (/(?:^|&)\s*command\s*=\s*exitau/i.test(body)) this.#contentFinished();
  }

  #acknowledged({ status, navigation, items, finished }: Acknowledged): void {
    if (this.#passedOn) return;
    const { view } = this.#place;
    this.#status = status ?? this.#status;
    if (navigation) this.#adapter?.navigation?.(navigation);
    this.#course = { ...this.#course, navigation: navigation ?? this.#course.navigation, items: items ?? this.#course.items };
    if (!(navigation || items)) view.showStatus(this.#session.item.id, this.#status);
    else if (!this.#then) view.showOffers(this.#course, (way) => this.#close(way));
    if (this.#atPart && !this.#then) this.#part();
    // Content said to the server itself that this was its end.
    if (finished && this.#session.contentToken && !this.#isOver) this.#over();
    this.#show();
  }

  #contentFinished(): void {
    if (this.#leaving) return this.#recorder.end({ finish: true });
    this.#recorder.commit();
    this.#finishing.finishCalled();
  }

  // A last page that content shows after its finish stays until Exit, unless content wished to go elsewhere.
  #finished(another: boolean): void {
    this.#recorder.end({ finish: true });
    if (!another || this.#wish !== noWish) this.#over();
  }

  #over(): void {
    this.#isOver = true;
    if (this.#then) return;
    if (this.#session.navigation) this.#conclude({ request: asContentWishes });
    else if (isCourseOfItems(this.#session)) this.#part();
    else this.#conclude("end");
  }

  // One part of a course of several: the participant chooses how to go on.
  #part(): void {
    this.#atPart = true;
    forgetOpenItem();
    const { way, state } = offers(this.#course).next;
    const next = state === "enabled" ? () => this.#conclude(way) : null;
    this.#place.view.showInStage(partMessage(this.#session.item.title, this.#status, next));
  }

  #unloaded(): void {
    if (this.#leaving) this.#goodbye();
    else this.#recorder.commit();
    // Content that spoke to the server itself may have said its end.
    if (this.#session.contentToken) this.#courier.beat();
    this.#finishing.documentGoes();
  }

  #close(then: Way): void {
    if (this.#then) return;
    this.#frame.close(() => {
      this.#goodbye();
      this.#conclude(then);
    });
  }

  /** The last word of this session: content's own finish, or that the page went without one. */
  #goodbye(): void {
    const ending = this.#finishing.waiting ? { finish: true } : { left: true };
    if (this.#finishing.waiting) forgetOpenItem();
    this.#finishing.cancel();
    this.#recorder.end(ending);
  }

  #conclude(then: Way): void {
    this.#then = then;
    this.#frame.remove();
    this.#show();
  }

  #show(): void {
    if (this.#passedOn) return;
    const state = this.#recorder.state;
    this.#place.view.showState(state);
    if (this.#then) this.#goOn(this.#then, state === "Saved" || this.#courier.stopped);
    else this.#place.view.showNotice(this.#isRecorded && state === "Not saved" && !this.#courier.stopped ? lostNotice(this.#waits) : null);
  }

  /** Whoever only looks at a course has nothing to lose. */
  get #isRecorded(): boolean {
    return this.#session.mode === "normal";
  }

  get #waits(): Waits {
    return this.#recorder.keep() ? "in the browser" : "in the page";
  }

  #goOn(then: Way, settled: boolean): void {
    if (settled) this.#unwatch();
    if (settled && then !== "end") {
      this.#passedOn = true;
      return this.#place.go(then);
    }
    const unrecorded = then === "end" && !this.#isRecorded;
    const state = unrecorded ? "Saved" : this.#courier.stopped ? "Refused" : this.#recorder.state;
    if (state === "Saved" && this.#session.returnUrl) location.replace(this.#session.returnUrl);
    else this.#place.view.showMessage(endMessage(this.#session, state, this.#status, { waits: this.#waits }));
  }

  #stopped(problem: Problem): void {
    this.#show();
    if (this.#then || this.#leaving) return;
    const replaced = kindOf(problem) === "session-replaced";
    this.#place.view.showDialog(
      situation(problem),
      replaced ? replacedDetail : `${problem.detail} What you do here is not saved any more.`,
      [{ label: replaced ? "Continue here" : "Open again", run: () => location.reload() }],
    );
  }

  // Chromium tells this page before the course in it, whose own handlers are still to come; the frame's unload then says goodbye. Where a
  // portal takes its frame around this page away, the course is told first, and has said its last word by now.
  #leave(): void {
    this.#leaving = true;
    this.#recorder.leave();
    if (!this.#frame.watched && !this.#then) this.#goodbye();
  }

  #back(): void {
    this.#leaving = false;
    this.#finishing.cancel();
    this.#recorder.back();
    if (this.#recorder.ended) this.#conclude("end");
    else this.#beat();
  }

  #beat(): void {
    if (!this.#recorder.ended && !this.#then) this.#courier.beat();
  }
}

/** The navigation request that content left in adl.nav.request, if any. */
const asContentWishes = "content";
const noWish = "_none_";

const replacedDetail =
  "You opened this course again, in another window or on another device. What you do here is not saved any more. Go on there, or continue here: that closes the other one.";

function expose(adapter: Adapter | undefined): void {
  const names = window as unknown as Record<string, unknown>;
  for (const name of ["API", "API_1484_11"]) delete names[name];
  if (adapter) names[adapter.name] = adapter.api;
}
