// Where the film is now: in the clip's own player, else in the preview, which tells its time by the embed's messages.

/** `1:42` or `1:02:03.5`, as the server reads and writes times. */
export function clock(seconds) {
  const tenths = Math.round(seconds * 10);
  const whole = Math.floor(tenths / 10);
  const hours = Math.floor(whole / 3600);
  const two = (number) => String(number).padStart(2, "0");
  const minutes = Math.floor((whole % 3600) / 60);
  const shown = hours ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
  return tenths % 10 ? `${shown}.${tenths % 10}` : shown;
}

export class PlayerTime {
  constructor(publicId, root) {
    this.video = document.querySelector(`[data-player="${publicId}"] video`);
    this.told = 0;
    addEventListener("message", (event) => this.hear(event, root.querySelector("iframe")));
  }

  hear({ source, data }, frame) {
    if (frame && source === frame.contentWindow && data?.polyphony === "time") this.told = Number(data.seconds);
  }

  /** Seconds, 0 before the film has begun. Whoever plays the preview means the preview. */
  get seconds() { return this.told || this.video?.currentTime || 0; }
}
