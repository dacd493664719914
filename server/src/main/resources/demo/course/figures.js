// The illustrations that move.

const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
const degrees = (n) => `${Math.abs(n)}°`;
const side = (n) => (n < 0 ? "left" : "right");

/** Turns a dial figure: the dance on the comb and, where shown, the flowers in the field. */
export function turn(figure, angle) {
  for (const part of figure.querySelectorAll("[data-turn]")) {
    part.setAttribute("transform", `rotate(${angle})`);
  }
  const arc = figure.querySelectorAll("[data-arc]");
  const rad = (angle * Math.PI) / 180;
  for (const path of arc) {
    const r = Number(path.dataset.arc);
    path.setAttribute("d", angle === 0 ? "" :
      `M0 ${-r} A${r} ${r} 0 ${Math.abs(angle) > 180 ? 1 : 0} ${angle > 0 ? 1 : 0} ${r * Math.sin(rad)} ${-r * Math.cos(rad)}`);
  }
}

/** Words for what the dance at `angle` says. */
export function saying(angle) {
  if (angle === 0) return "Straight up: fly straight towards the sun.";
  if (Math.abs(angle) === 180) return "Straight down: fly straight away from the sun.";
  return `${degrees(angle)} ${side(angle)} of straight up: fly ${degrees(angle)} to the ${side(angle)} of the sun.`;
}

function sun(page) {
  const slider = page.querySelector("input");
  const show = () => {
    const angle = Number(slider.value);
    turn(page.querySelector("svg"), angle);
    page.querySelector("output").textContent = saying(angle);
    slider.setAttribute("aria-valuetext", saying(angle));
  };
  slider.addEventListener("input", show);
  show();
}

function distance(page) {
  const slider = page.querySelector("input");
  const wave = page.querySelector("[data-wave]");
  const show = () => {
    const seconds = Number(slider.value);
    const metres = Math.round(seconds * 1000);
    const x = 90 + seconds * 250;
    const steps = Math.round(seconds * 13);
    let d = "M0 0";
    for (let i = 1; i <= steps; i++) d += ` L${((i / steps) * seconds * 70).toFixed(1)} ${i % 2 ? -7 : 7}`;
    wave.setAttribute("d", d);
    page.querySelector("[data-dancer]").setAttribute("transform", `translate(${seconds * 70 + 12} 0) rotate(90)`);
    page.querySelector("[data-meadow]").setAttribute("transform", `translate(${x} 0)`);
    page.querySelector("[data-flight]").setAttribute("d", `M104 236 Q${(104 + x) / 2} ${236 - 24 - seconds * 26} ${x - 12} 226`);
    const words = `${seconds.toFixed(1)} s of waggling: about ${metres.toLocaleString("en")} m.`;
    page.querySelector("output").textContent = words;
    slider.setAttribute("aria-valuetext", words);
  };
  slider.addEventListener("input", show);
  show();
}

function dance(page) {
  if (!still) return;
  page.querySelector("animateMotion").remove();
  page.querySelector("[data-bee]").setAttribute("transform", "translate(300 190) rotate(-90)");
}

export function animate(pages) {
  dance(pages.figure);
  sun(pages.sun);
  distance(pages.distance);
}
