// Video players before their first play: poster and button. The player itself is loaded when somebody wants to watch.

const all = new Set();

/** Time in seconds that the address asks for (`#t=41`), else 0. */
export function wantedTime(hash = location.hash) {
  const match = /^#t=(\d+(?:\.\d+)?)$/.exec(hash);
  return match ? Number(match[1]) : 0;
}

/** One player on the page: `start(at)` plays from `at` seconds, loading what it needs the first time. */
class Player {
  constructor(root) {
    this.root = root;
    this.video = root.querySelector("video");
    this.button = root.querySelector("[data-player-start]");
    this.loaded = null;
    this.video.controls = false;
    this.button.addEventListener("click", () => this.start());
    this.video.addEventListener("click", () => this.state === "idle" && this.start());
    root.addEventListener("pointerenter", () => this.warmUp(), { once: true });
    this.button.addEventListener("focus", () => this.warmUp(), { once: true });
    this.video.addEventListener("play", () => this.silenceOthers());
  }

  get state() { return this.root.dataset.playerState; }
  set state(value) { this.root.dataset.playerState = value; }

  /** Fetch the player's code ahead of the click; nothing of the video itself. */
  warmUp() {
    this.loaded ??= import(this.root.dataset.playerScript);
    return this.loaded;
  }

  async start(at) {
    if (this.state === "started") return this.seek(at);
    if (this.state === "loading") return undefined;
    this.state = "loading";
    try {
      const { attach } = await this.warmUp();
      await attach(this.root, this.video, at ?? wantedTime());
    } catch (error) {
      console.error(error);
      this.playNatively(at);
    }
    this.state = "started";
    this.button.remove();
    return undefined;
  }

  /** The player's code did not arrive: the browser's own controls and the MP4 still do. */
  playNatively(at) {
    this.video.controls = true;
    this.video.currentTime = at ?? wantedTime();
    this.video.play().catch(() => {});
    this.video.focus();
  }

  seek(at) {
    if (at !== undefined) this.video.currentTime = at;
    return this.video.play().catch(() => {});
  }

  silenceOthers() {
    for (const other of all) if (other !== this) other.video.pause();
  }
}

const byId = new Map();

/** Return the player of a clip on this page, or undefined. */
export const playerOf = (publicId) => byId.get(publicId);

/** Prepare every `[data-player]` below `root`. */
export function preparePlayers(root) {
  for (const element of root.querySelectorAll("[data-player]")) {
    const player = new Player(element);
    all.add(player);
    byId.set(element.dataset.player, player);
  }
}
