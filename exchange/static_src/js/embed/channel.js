// Messages with the page around the frame, whatever its origin. Nothing depends on them; docs/embedding.md describes them.
//
// To the frame:   { polyphony: "play" | "pause" | "seek" | "captions", seconds?, language? }
// From the frame: { polyphony: "ready" | "time" | "ended" | "size", id, seconds?, duration?, width?, height? }

const EVERY_MS = 250;

/** Listen to the page around the frame and tell it what happens to `film`. */
export function connect(film) {
  if (window.parent === window) return;
  const { embed: id, duration, width, height } = film.root.dataset;
  // "*": we cannot know who embeds us, and nothing in these messages is anybody's secret.
  const tell = (polyphony, facts = {}) => window.parent.postMessage({ polyphony, id, ...facts }, "*");
  const size = () => tell("size", { width: window.innerWidth, height: Math.round((window.innerWidth * height) / width) });

  window.addEventListener("message", ({ source, data }) => {
    if (source === window.parent && data && typeof data.polyphony === "string") obey(film, data);
  });
  window.addEventListener("resize", size);
  film.addEventListener("started", () => listen(film, tell));
  film.addEventListener("ended", () => tell("ended", { seconds: film.video?.currentTime ?? 0 }));
  tell("ready", { duration: Number(duration) });
  size();
}

function listen(film, tell) {
  let last = 0;
  film.video.addEventListener("timeupdate", () => {
    if (performance.now() - last < EVERY_MS) return;
    last = performance.now();
    tell("time", { seconds: film.video.currentTime, paused: film.video.paused });
  });
}

async function obey(film, { polyphony, seconds, language }) {
  if (polyphony === "pause") film.video?.pause();
  else if (polyphony === "play") {
    await film.start();
    film.video.play().catch(() => {}); // a browser that wants a click first has its reasons
  } else if (polyphony === "seek" && Number.isFinite(seconds)) {
    await film.start();
    film.video.currentTime = Math.max(0, seconds);
  } else if (polyphony === "captions" && typeof language === "string") {
    await film.start();
    film.showCaptions(language);
  }
}
