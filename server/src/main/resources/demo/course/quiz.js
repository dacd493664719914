// One widget per kind of question. Each returns the form part it made and a function that reads the
// response in the notation of SCORM 1.2, or "" while there is none.

import { saying, turn } from "./figures.js";

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "text") made.textContent = value;
    else if (value !== null && value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children);
  return made;
}

function pick(question, type) {
  const options = Object.entries(question.options).map(([value, text]) =>
    element("label", { class: "option" },
      element("input", { type, name: "response", value }),
      element("span", { class: "mark", "aria-hidden": "true" }),
      element("span", { text })));
  const part = element("div", { class: `options ${question.type}` }, ...options);
  const read = () =>
    [...part.querySelectorAll("input:checked")].map((input) => input.value).sort().join(",");
  return { part, read };
}

function write(question) {
  const numeric = question.type === "numeric";
  const input = element("input", {
    type: "text",
    name: "response",
    maxlength: "40",
    autocomplete: "off",
    autocapitalize: "none",
    spellcheck: "false",
    inputmode: numeric ? "decimal" : "text",
    "aria-labelledby": "prompt",
  });
  const part = element("div", { class: "write" }, input);
  if (question.unit) part.append(element("span", { class: "unit", text: question.unit }));
  const read = () => {
    const text = input.value.trim();
    if (!numeric) return text.toLowerCase();
    const number = Number(text.replace(",", "."));
    return text !== "" && Number.isFinite(number) ? String(number) : "";
  };
  return { part, read };
}

function match(question) {
  const rows = Object.entries(question.sources).map(([source, text]) => {
    const select = element("select", { name: source, id: `match-${source}` },
      element("option", { value: "", text: "Choose…" }),
      ...Object.entries(question.options).map(([value, t]) => element("option", { value, text: t })));
    return element("div", { class: "pair" }, element("label", { for: `match-${source}`, text }), select);
  });
  const part = element("div", { class: "pairs" }, ...rows);
  const read = () => {
    const pairs = [...part.querySelectorAll("select")].map((s) => [s.name, s.value]);
    return pairs.every(([, target]) => target) ? pairs.map((p) => p.join(".")).join(",") : "";
  };
  return { part, read };
}

function order(question, say) {
  const list = element("ol", { class: "order" });
  const move = (row, by) => {
    const rows = [...list.children];
    const to = rows.indexOf(row) + by;
    if (to < 0 || to >= rows.length) return;
    if (by < 0) rows[to].before(row);
    else rows[to].after(row);
    label();
    say(`${row.dataset.text}: place ${to + 1} of ${rows.length}`);
  };
  const button = (row, by, sign) => {
    const made = element("button", { type: "button", class: "move" });
    made.innerHTML = `<svg viewBox="0 0 24 24" aria-hidden="true"><path d="${sign}"/></svg>`;
    made.addEventListener("click", () => {
      move(row, by);
      (made.disabled ? row.querySelector("button:not(:disabled)") : made).focus();
    });
    return made;
  };
  const label = () => {
    [...list.children].forEach((row, i, rows) => {
      const [up, down] = row.querySelectorAll("button");
      up.disabled = i === 0;
      down.disabled = i === rows.length - 1;
      up.setAttribute("aria-label", `Move up: ${row.dataset.text}`);
      down.setAttribute("aria-label", `Move down: ${row.dataset.text}`);
    });
  };
  for (const [value, text] of Object.entries(question.options)) {
    const row = element("li", { "data-value": value, "data-text": text }, element("span", { text }));
    row.append(element("span", { class: "moves" },
      button(row, -1, "M6 15l6-6 6 6"), button(row, 1, "M6 9l6 6 6-6")));
    list.append(row);
  }
  label();
  const read = () => [...list.children].map((row) => row.dataset.value).join(",");
  return { part: list, read };
}

function aim() {
  const part = element("div", { class: "aim" });
  part.append(document.getElementById("aim-figure").content.cloneNode(true));
  const slider = part.querySelector("input");
  const show = () => {
    const angle = Number(slider.value);
    turn(part.querySelector("[data-comb]"), angle);
    const words = saying(angle).split(":")[0];
    part.querySelector("output").textContent = words;
    slider.setAttribute("aria-valuetext", words);
  };
  slider.addEventListener("input", show);
  show();
  return { part, read: () => slider.value };
}

/** The form part for a question; `say` speaks to screen readers. */
export function ask(question, say) {
  switch (question.type) {
    case "choice":
      return pick(question, question.several ? "checkbox" : "radio");
    case "true-false":
    case "likert":
      return pick(question, "radio");
    case "fill-in":
    case "numeric":
      return write(question);
    case "matching":
      return match(question);
    case "sequencing":
      return order(question, say);
    case "performance":
      return aim();
    default:
      throw new Error(`no widget for ${question.type}`);
  }
}

/** SCORM 1.2's word for a response. */
export function judge(question, response) {
  if (question.correct.length === 0) return "neutral";
  return question.correct.includes(response) ? "correct" : "wrong";
}
