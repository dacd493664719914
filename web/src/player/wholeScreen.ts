/**
 * The button that gives the course the whole screen, where the browser allows it. The page has it as a whole: what is shown between two
 * items and at the end is not in the player.
 */
export function watchWholeScreen(button: HTMLElement): void {
  button.hidden = document.fullscreenEnabled !== true;
  button.onclick = () => void (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen());
  document.addEventListener("fullscreenchange", () => {
    const isWhole = document.fullscreenElement !== null;
    button.setAttribute("aria-pressed", String(isWhole));
    button.title = isWhole ? "Leave full screen" : "Full screen";
  });
}
