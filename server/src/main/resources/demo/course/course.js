// The course: its pages, where the learner is, and what the learning system is told.

import { animate } from "./figures.js";
import { ask, judge } from "./quiz.js";
import { Scorm, timeOfDay, timespan } from "./scorm.js";

const $ = (id) => document.getElementById(id);
const quiz = await (await fetch("quiz.json")).json();
const scorm = new Scorm();

const LESSON = ["welcome", "figure", "sun", "distance", "follow"];
const PLACES = [...LESSON, ...quiz.questions.map((question) => question.id), "result"];
const maximum = quiz.questions.reduce((sum, question) => sum + question.weighting, 0);
const pages = Object.fromEntries(
  [...document.querySelectorAll("[data-page]")].map((page) => [page.dataset.page, page]));

// What suspend_data holds: the farthest place reached, and each answer by question id.
const state = remembered();
let place = Math.max(0, PLACES.indexOf(scorm.get("cmi.core.lesson_location")));
let shownAt = Date.now();
let widget = null;

function remembered() {
  try {
    const { farthest = 0, answers = {} } = JSON.parse(scorm.get("cmi.suspend_data") || "{}");
    return { farthest, answers };
  } catch {
    return { farthest: 0, answers: {} };
  }
}

function save() {
  scorm.set("cmi.core.lesson_location", PLACES[place]);
  scorm.set("cmi.suspend_data", JSON.stringify(state));
  scorm.commit();
}

const points = () =>
  quiz.questions.reduce(
    (sum, { id, weighting }) => sum + (state.answers[id]?.result === "correct" ? weighting : 0), 0);

// Telling the learning system.

/** Every question has an index of its own, so that telling twice changes nothing. */
function tell(question, index) {
  const { response, result, latency, time } = state.answers[question.id];
  const set = (property, value) => scorm.set(`cmi.interactions.${index}.${property}`, value);
  set("id", question.id);
  set("type", question.type);
  set("time", time);
  question.correct.forEach((pattern, n) => set(`correct_responses.${n}.pattern`, pattern));
  set("weighting", question.weighting);
  set("student_response", response);
  set("result", result);
  set("latency", latency);
}

/** Some systems forget the answers of earlier sessions; then they are told again. */
function tellAgain() {
  const known = Number(scorm.get("cmi.interactions._count")) || 0;
  const answered = quiz.questions.filter(({ id }) => state.answers[id]);
  if (known < answered.length) answered.forEach((question, index) => tell(question, index));
}

function tellResult() {
  scorm.set("cmi.core.score.min", 0);
  scorm.set("cmi.core.score.max", maximum);
  scorm.set("cmi.core.score.raw", points());
  scorm.set("cmi.core.lesson_status", points() >= quiz.passingScore ? "passed" : "failed");
}

// Showing.

function showProgress() {
  const row = $("cells-row");
  if (!row.children.length) row.append(...PLACES.map(() => document.createElement("i")));
  [...row.children].forEach((cell, i) => {
    cell.className = i === place ? "here" : i <= state.farthest ? "full" : "";
    cell.classList.toggle("question", i >= LESSON.length && i < PLACES.length - 1);
  });
  const bar = row.parentElement;
  bar.setAttribute("aria-valuemax", PLACES.length);
  bar.setAttribute("aria-valuenow", place + 1);
  bar.setAttribute("aria-valuetext", `${place + 1} of ${PLACES.length}`);
  $("place").textContent = `${place + 1} / ${PLACES.length}`;
}

function show({ focus = true } = {}) {
  const name = PLACES[place];
  const question = quiz.questions.find(({ id }) => id === name);
  const page = pages[question ? "quiz" : name];
  for (const other of Object.values(pages)) other.hidden = other !== page;
  if (question) showQuestion(question);
  if (name === "result") showResult();
  showProgress();
  $("back").disabled = place === 0;
  $("check").hidden = !question || Boolean(state.answers[name]);
  $("next").hidden = name === "result" || !$("check").hidden;
  $("finish").hidden = name !== "result" || scorm.finished;
  $("next").textContent = NEXT[name] ?? "Continue";
  $("notice").hidden = !scorm.readOnly;
  shownAt = Date.now();
  const heading = page.querySelector("h1");
  document.title = `${heading.textContent} · The Waggle Dance`;
  scrollTo(0, 0);
  if (focus) heading.focus({ preventScroll: true });
}

const NEXT = { welcome: "Begin", follow: "To the questions", [PLACES.at(-2)]: "See your result" };

function showQuestion(question) {
  const index = quiz.questions.indexOf(question);
  const answer = state.answers[question.id];
  $("count").textContent = `Question ${index + 1} of ${quiz.questions.length}`
    + (question.weighting > 1 ? ` · ${question.weighting} points` : "");
  $("prompt").textContent = question.prompt;
  $("hint").textContent = "";
  $("feedback").hidden = !answer;
  widget = ask(question, (words) => ($("say").textContent = words));
  $("response").replaceChildren(widget.part);
  if (answer) {
    showAnswer(question, answer);
    for (const input of $("response").querySelectorAll("input, select, button")) input.disabled = true;
    giveFeedback(question, answer);
  }
}

/** Puts a given answer back into its widget. */
function showAnswer(question, { response }) {
  const parts = response.split(",");
  for (const input of widget.part.querySelectorAll("input")) {
    if (input.type === "radio" || input.type === "checkbox") input.checked = parts.includes(input.value);
    else input.value = response;
    input.dispatchEvent(new Event("input"));
  }
  for (const select of widget.part.querySelectorAll("select")) {
    select.value = parts.map((pair) => pair.split(".")).find(([source]) => source === select.name)[1];
  }
  if (question.type === "sequencing") {
    widget.part.append(...parts.map((value) => widget.part.querySelector(`[data-value="${value}"]`)));
  }
  const right = question.correct[0]?.split(",") ?? [];
  for (const option of widget.part.querySelectorAll("label.option")) {
    option.classList.toggle("right", right.includes(option.querySelector("input").value));
  }
}

function giveFeedback(question, { result }) {
  const words = { correct: "That is right.", wrong: "Not quite.", neutral: "Noted." }[result];
  $("feedback").dataset.result = result;
  $("feedback").querySelector(".verdict").textContent = words;
  $("feedback").querySelector(".why").textContent = question.explanation;
}

function showResult() {
  const passed = points() >= quiz.passingScore;
  $("verdict").textContent = passed ? "You can read the dance" : "Not this time";
  $("words").textContent = passed
    ? `${points()} of ${maximum} points. The next bee that waggles has no secrets from you.`
    : `${points()} of ${maximum} points, and ${quiz.passingScore} are needed. Have another look at the lesson, then try again.`;
  $("points").textContent = points();
  $("outof").textContent = `of ${maximum}`;
  $("jar").setAttribute("aria-label", `${points()} of ${maximum} points`);
  $("jar").classList.toggle("full-jar", points() > maximum / 2);
  const level = 80 - (160 * points()) / maximum;
  $("honey").setAttribute("d", `M-90 ${level}q22 -9 45 0t45 0t45 0t45 0V90H-90z`);
  $("answers").replaceChildren(...quiz.questions.map((question) => {
    const { result } = state.answers[question.id];
    const row = document.createElement("li");
    row.dataset.result = result;
    const word = { correct: "right", wrong: "not right", neutral: "noted" }[result];
    row.append(question.prompt, Object.assign(document.createElement("span"), { textContent: word }));
    return row;
  }));
}

// Doing.

function go(to) {
  place = to;
  state.farthest = Math.max(state.farthest, place);
  if (PLACES[place] === "result") tellResult();
  save();
  show();
}

function answer(event) {
  event.preventDefault();
  const question = quiz.questions.find(({ id }) => id === PLACES[place]);
  const response = widget.read();
  if (!response) {
    $("hint").textContent = "Give an answer first, then check it.";
    return;
  }
  const now = new Date();
  state.answers[question.id] = {
    response,
    result: judge(question, response),
    latency: timespan(now - shownAt),
    time: timeOfDay(now),
  };
  tell(question, quiz.questions.indexOf(question));
  save();
  show({ focus: false });
  $("say").textContent = $("feedback").textContent;
  $("feedback").scrollIntoView({ block: "nearest" });
  $("next").focus({ preventScroll: true });
}

function finish() {
  scorm.finish("");
  $("finish").hidden = true;
  $("back").disabled = true;
  $("done").textContent = "Finished. Your result is on its way, and you can close this window.";
}

function leave() {
  scorm.finish(PLACES[place] === "result" ? "" : "suspend");
}

$("back").addEventListener("click", () => go(place - 1));
$("next").addEventListener("click", () => go(place + 1));
$("question").addEventListener("submit", answer);
$("finish").addEventListener("click", finish);
addEventListener("pagehide", leave);

animate(pages);
if (scorm.readOnly) $("notice").textContent = "You are looking back at this course. Nothing you do here changes your result.";
if (["not attempted", ""].includes(scorm.get("cmi.core.lesson_status"))) {
  scorm.set("cmi.core.lesson_status", "incomplete");
}
tellAgain();
save();
show({ focus: false });
