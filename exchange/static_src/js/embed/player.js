// The clip in its frame: from the first click to the end that the address asks for.
import { Excerpt } from "./excerpt.js";
import { addFullscreenFallback } from "./fullscreen.js";

const number = (text) => (text === undefined ? undefined : Number(text));

/** One clip: `start()` loads the player and plays; events "started" and "ended" are dispatched on this object. */
export class EmbedPlayer extends EventTarget {
  constructor(root) {
    super();
    this.root = root;
    this.stage = root.querySelector("[data-player-stage]");
    this.end = root.querySelector("[data-embed-end]");
    this.video = null;
    this.excerpt = new Excerpt(number(root.dataset.start) ?? 0, number(root.dataset.end));
    this.button = root.querySelector("[data-embed-start]");
    this.button.addEventListener("click", () => this.start());
    root.querySelector("[data-embed-replay]").addEventListener("click", () => this.replay());
  }

  get state() { return this.root.dataset.embedState; }
  set state(value) { this.root.dataset.embedState = value; }

  /** Load the player and play. Returns once the video has a source; later calls only play. */
  start({ muted = false } = {}) {
    this.starting ??= this.load(muted);
    return this.starting;
  }

  async load(muted) {
    this.state = "loading";
    const { playerScript, playerStyle } = this.root.dataset;
    const video = this.insertVideo(muted);
    try {
      const [{ attach }] = await Promise.all([import(playerScript), addStyle(playerStyle)]);
      await attach(this.root, video, this.excerpt.start);
      addFullscreenFallback(this.root, video);
    } catch (error) {
      console.error(error);
      this.playWithNativeControls();
    }
    this.state = "started";
    this.excerpt.watch(video, () => this.finish());
    this.dispatchEvent(new Event("started"));
  }

  /** The video waits in a template, so that no browser loads it before the first play. */
  insertVideo(muted) {
    const video = this.root.querySelector("[data-embed-video]").content.firstElementChild.cloneNode(true);
    video.muted = muted;
    this.stage.prepend(video);
    this.video = video;
    video.addEventListener("ended", () => this.finish());
    video.addEventListener("playing", () => { this.end.hidden = true; });
    return video;
  }

  /** The player's code did not load: use the browser's own controls and the MP4. */
  playWithNativeControls() {
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

  replay() {
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

function addStyle(url) {
  return new Promise((resolve) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = url;
    // Without the style sheet the clip still plays.
    link.addEventListener("load", resolve, { once: true });
    link.addEventListener("error", resolve, { once: true });
    document.head.append(link);
  });
}
