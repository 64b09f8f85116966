// Where the clip is now: in the clip's own player or in the preview, whichever moved last. The preview is a frame like
// those in other people's pages and tells its time by the same messages (../embed/messages.js).

/** `1:42` or `1:02:03.5`, as the server reads and writes times. */
export function formatTimecode(seconds) {
  const tenths = Math.round(seconds * 10);
  const whole = Math.floor(tenths / 10);
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const two = (number) => String(number).padStart(2, "0");
  const shown = hours ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
  return tenths % 10 ? `${shown}.${tenths % 10}` : shown;
}

export class PlayerTime {
  constructor(publicId, root) {
    /** Seconds, 0 before a clip has begun. */
    this.seconds = 0;
    const video = document.querySelector(`[data-player="${publicId}"] video`);
    for (const event of ["timeupdate", "seeked"]) {
      video?.addEventListener(event, () => { this.seconds = video.currentTime; });
    }
    addEventListener("message", ({ source, data }) => {
      const preview = root.querySelector("iframe")?.contentWindow;
      if (preview && source === preview && data?.polyphony === "time") this.seconds = Number(data.seconds) || 0;
    });
  }
}
