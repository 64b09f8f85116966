// "Copy the link": the clip's permanent address, with the time once the video has begun.
import { playerOf } from "./players.js";

const clock = (seconds) => {
  const whole = Math.floor(seconds);
  const minutes = Math.floor(whole / 60);
  return `${minutes}:${String(whole % 60).padStart(2, "0")}`;
};

class Share {
  constructor(button) {
    this.button = button;
    this.video = playerOf(button.dataset.share)?.video;
    this.label = button.querySelector("[data-share-label]");
    this.video?.addEventListener("timeupdate", () => this.name());
    button.addEventListener("click", () => this.copy());
  }

  get seconds() { return Math.floor(this.video?.currentTime ?? 0); }

  name() {
    const { textPlain, textFrom } = this.button.dataset;
    this.label.textContent = this.seconds ? textFrom.replace("{time}", clock(this.seconds)) : textPlain;
  }

  async copy() {
    const { shareUrl, textCopied } = this.button.dataset;
    await navigator.clipboard.writeText(this.seconds ? `${shareUrl}#t=${this.seconds}` : shareUrl);
    this.label.textContent = textCopied;
    setTimeout(() => this.name(), 2500);
  }
}

/** Prepare every `[data-share]` button below `root`; it stays hidden where the browser has no clipboard. */
export function prepareShare(root) {
  if (!navigator.clipboard) return;
  for (const button of root.querySelectorAll("[data-share]")) {
    button.hidden = false;
    new Share(button);
  }
}
