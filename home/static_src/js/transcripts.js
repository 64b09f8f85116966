// Transcripts: one language at a time, a click jumps, the line that is spoken is marked.
import { playerOf } from "./players.js";

/** Return the last line that has begun by `seconds` and has not ended, or null. */
export function lineAt(lines, seconds) {
  const now = seconds * 1000;
  return lines.findLast((line) => Number(line.dataset.start) <= now && now < Number(line.dataset.end)) ?? null;
}

/** Scroll inside the transcript alone, and only while nobody is reading in it. */
function bringIntoView(line, scroller) {
  if (scroller.matches(":hover, :focus-within")) return;
  const offset = line.offsetTop - scroller.offsetTop - scroller.clientHeight / 3;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  scroller.scrollTo({ top: offset, behavior: calm ? "instant" : "smooth" });
}

class Transcript {
  constructor(root, player) {
    this.player = player;
    this.scroller = root.querySelector("[data-transcript-scroll]");
    this.languages = [...root.querySelectorAll("[data-transcript-language]")];
    this.marked = null;
    root.querySelector("select")?.addEventListener("change", (event) => this.show(event.target.value));
    root.addEventListener("click", (event) => this.jump(event));
    player.video.addEventListener("timeupdate", () => this.follow());
  }

  get lines() {
    const open = this.languages.find((language) => language.open);
    return open ? [...open.querySelectorAll("[data-start]")] : [];
  }

  show(language) {
    for (const part of this.languages) part.open = part.dataset.transcriptLanguage === language;
    this.follow();
  }

  jump(event) {
    const line = event.target.closest("[data-start]");
    if (!line) return;
    event.preventDefault();
    this.player.start(Number(line.dataset.start) / 1000);
  }

  follow() {
    const line = lineAt(this.lines, this.player.video.currentTime);
    if (line === this.marked) return;
    this.marked?.removeAttribute("aria-current");
    line?.setAttribute("aria-current", "true");
    this.marked = line;
    if (line) bringIntoView(line, this.scroller);
  }
}

/** Connect every `[data-transcript]` below `root` with the player of the same clip. */
export function prepareTranscripts(root) {
  for (const element of root.querySelectorAll("[data-transcript]")) {
    const player = playerOf(element.dataset.transcript);
    if (player) new Transcript(element, player);
  }
}
