// The film in its frame: from the first click to the end that the address asks for.
import { Excerpt } from "./excerpt.js";
import { offerLarger } from "./larger.js";

const number = (text) => (text === undefined ? undefined : Number(text));

/** One film: `start()` loads the player and plays; events "ready", "started", "ended" are dispatched on the film. */
export class Film extends EventTarget {
  constructor(root) {
    super();
    this.root = root;
    this.stage = root.querySelector("[data-player-stage]");
    this.end = root.querySelector("[data-embed-end]");
    this.video = null;
    this.excerpt = new Excerpt(number(root.dataset.start) ?? 0, number(root.dataset.end));
    this.button = root.querySelector("[data-embed-start]");
    this.button.addEventListener("click", () => this.start());
    root.querySelector("[data-embed-again]").addEventListener("click", () => this.again());
  }

  get state() { return this.root.dataset.embedState; }
  set state(value) { this.root.dataset.embedState = value; }

  /** Load the player and play. Returns once the film has a source; later calls only play. */
  start({ muted = false } = {}) {
    this.starting ??= this.begin(muted);
    return this.starting;
  }

  async begin(muted) {
    this.state = "loading";
    const { playerScript, playerStyle } = this.root.dataset;
    const video = this.takeVideo(muted);
    try {
      const [{ attach }] = await Promise.all([import(playerScript), addStyle(playerStyle)]);
      await attach(this.root, video, this.excerpt.start);
      offerLarger(this.root, video);
    } catch (error) {
      console.error(error);
      this.playPlainly();
    }
    this.state = "started";
    this.excerpt.watch(video, () => this.finish());
    this.dispatchEvent(new Event("started"));
  }

  /** The video sleeps in a template, so that no browser looks at it before it is wanted. */
  takeVideo(muted) {
    const video = this.root.querySelector("[data-embed-video]").content.firstElementChild.cloneNode(true);
    video.muted = muted;
    this.stage.prepend(video);
    this.video = video;
    video.addEventListener("ended", () => this.finish());
    video.addEventListener("playing", () => { this.end.hidden = true; });
    return video;
  }

  /** The player's code did not arrive: the browser's own controls and the MP4 still do. */
  playPlainly() {
    this.video.controls = true;
    this.video.currentTime = this.excerpt.start;
    this.video.play().catch(() => {});
    this.video.focus();
  }

  finish() {
    if (!this.end.hidden) return;
    this.end.hidden = false;
    if (document.fullscreenElement) document.exitFullscreen().catch(() => {});
    if (this.root.contains(document.activeElement)) this.end.querySelector("button").focus();
    this.dispatchEvent(new Event("ended"));
  }

  again() {
    this.end.hidden = true;
    this.excerpt.rewind(this.video);
    this.stage.querySelector("media-controller")?.focus();
    return this.video.play().catch(() => {});
  }

  /** Show the captions of `language`, "off" for none; false when there are none in it. */
  showCaptions(language) {
    const tracks = [...(this.video?.textTracks ?? [])].filter((track) => track.kind === "captions" || track.kind === "subtitles");
    const wanted = tracks.find((track) => track.language === language);
    if (!wanted && language !== "off") return false;
    for (const track of tracks) track.mode = track === wanted ? "showing" : "disabled";
    return true;
  }
}

function addStyle(address) {
  return new Promise((resolve) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = address;
    // Without it the film plays all the same, less prettily.
    link.addEventListener("load", resolve, { once: true });
    link.addEventListener("error", resolve, { once: true });
    document.head.append(link);
  });
}
