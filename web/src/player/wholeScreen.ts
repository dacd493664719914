/** The button that gives the course the whole screen, where the browser allows it. */
export function watchWholeScreen(button: HTMLElement, player: HTMLElement): void {
  button.hidden = document.fullscreenEnabled !== true;
  button.onclick = () => void (document.fullscreenElement ? document.exitFullscreen() : player.requestFullscreen());
  document.addEventListener("fullscreenchange", () => {
    const isWhole = document.fullscreenElement !== null;
    button.setAttribute("aria-pressed", String(isWhole));
    button.title = isWhole ? "Leave full screen" : "Full screen";
  });
}
