// The part of a clip that an address asks for: from `start` to `end` seconds, undefined for the clip's own end.
const FRAME_S = 0.04; // about a frame: a pause is never exact

export class Excerpt {
  constructor(start, end) {
    this.start = start;
    this.end = end;
    this.timer = 0;
    this.done = false;
  }

  /** Pause `video` at the end and call `finished`, once; who seeks behind the end wants to see what comes there. */
  watch(video, finished) {
    if (this.end === undefined) return;
    const check = () => {
      clearTimeout(this.timer);
      if (this.done || video.seeking) return;
      const left = this.end - video.currentTime;
      if (left <= FRAME_S) {
        this.done = true;
        video.pause();
        finished();
      } else if (!video.paused) {
        this.timer = setTimeout(check, Math.max((left / video.playbackRate) * 1000 - 20, 10));
      }
    };
    for (const event of ["timeupdate", "playing", "ratechange"]) video.addEventListener(event, check);
    video.addEventListener("pause", () => clearTimeout(this.timer));
    video.addEventListener("seeking", () => { this.done = video.currentTime > this.end; });
  }

  /** Back to the beginning of the part. */
  rewind(video) {
    this.done = false;
    video.currentTime = this.start;
  }
}
