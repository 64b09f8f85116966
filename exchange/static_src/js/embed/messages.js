// Messages with the page around the frame, whatever its origin. Nothing depends on them; docs/embedding.md describes them.
//
// To the frame:   { polyphony: "play" | "pause" | "seek" | "captions", seconds?, language? }
// From the frame: { polyphony: "ready" | "time" | "ended" | "size", id, seconds?, duration?, width?, height? }

const TIME_INTERVAL_MS = 250;

/** Listen to the page around the frame and tell it what happens to `player`. */
export function connectMessages(player) {
  if (window.parent === window) return;
  const { embed: id, duration, width, height } = player.root.dataset;
  // "*": we cannot know who embeds us, and nothing in these messages is anybody's secret.
  const post = (polyphony, facts = {}) => window.parent.postMessage({ polyphony, id, ...facts }, "*");
  const postSize = () => post("size", { width: window.innerWidth, height: Math.round((window.innerWidth * height) / width) });

  window.addEventListener("message", ({ source, data }) => {
    if (source === window.parent && data && typeof data.polyphony === "string") handleMessage(player, data);
  });
  window.addEventListener("resize", postSize);
  player.addEventListener("started", () => postTimeUpdates(player, post));
  player.addEventListener("ended", () => post("ended", { seconds: player.video?.currentTime ?? 0 }));
  post("ready", { duration: Number(duration) });
  postSize();
}

function postTimeUpdates(player, post) {
  let last = 0;
  player.video.addEventListener("timeupdate", () => {
    if (performance.now() - last < TIME_INTERVAL_MS) return;
    last = performance.now();
    post("time", { seconds: player.video.currentTime, paused: player.video.paused });
  });
}

async function handleMessage(player, { polyphony, seconds, language }) {
  if (polyphony === "pause") player.video?.pause();
  else if (polyphony === "play") {
    await player.start();
    player.video.play().catch(() => {}); // a browser that wants a click first has its reasons
  } else if (polyphony === "seek" && Number.isFinite(seconds)) {
    await player.start();
    player.video.currentTime = Math.max(0, seconds);
  } else if (polyphony === "captions" && typeof language === "string") {
    await player.start();
    player.showCaptions(language);
  }
}
