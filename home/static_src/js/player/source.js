// Where the video comes from, decided on purpose: hls.js wherever Media Source Extensions exist (it gives the choice of quality,
// and Chromium's own HLS, though it answers "maybe", does not), else the system's HLS (iPhone), else the MP4.

const PLAYLIST = "application/vnd.apple.mpegurl";
const FLOOR = 'video/mp4; codecs="avc1.4d401f,mp4a.40.2"';

/** Return "hls.js", "native" or "mp4" for this browser. */
export function sourceKind(video, scope = globalThis) {
  if (scope.MediaSource?.isTypeSupported(FLOOR)) return "hls.js";
  if (video.canPlayType(PLAYLIST)) return "native";
  return "mp4";
}

function setSource(video, url) {
  video.querySelectorAll("source").forEach((source) => source.remove());
  video.src = url;
}

/** Go on with the MP4 from where the video stands. */
function fallBack(video, hls, url) {
  const { currentTime } = video;
  hls.destroy();
  setSource(video, url);
  video.addEventListener("loadedmetadata", () => { video.currentTime = currentTime; }, { once: true });
  video.play().catch(() => {});
}

/** Offer the rungs of the codec that plays: hls.js never crosses from one codec to another. */
function offerRungs(video, hls, first) {
  const family = hls.levels[first].videoCodec?.slice(0, 4);
  const levels = hls.levels.map((level, index) => ({ level, index })).filter(({ level }) => level.videoCodec?.slice(0, 4) === family);
  const rungs = levels.map(({ level, index }) => ({ id: `${index}`, width: level.width, height: level.height, bitrate: level.bitrate }));
  video.videoRenditions.offer(rungs, (choice) => { hls.nextLevel = choice < 0 ? -1 : levels[choice].index; });
}

async function loadWithLibrary(video, { playlist, download, hlsScript, hlsWorker }, at) {
  const { default: Hls } = await import(hlsScript);
  // Captions come as <track>; without these switches every language would stand in the menu twice.
  const hls = new Hls({
    workerPath: hlsWorker,
    // A frame without an origin (sandboxed in somebody's page) may start no worker.
    enableWorker: globalThis.origin !== "null",
    startPosition: at > 0 ? at : -1,
    capLevelToPlayerSize: true,
    enableWebVTT: false,
    enableIMSC1: false,
    enableCEA708Captions: false,
  });
  let recoveries = 0;
  hls.on(Hls.Events.ERROR, (_name, { fatal, type }) => {
    if (!fatal) return;
    recoveries += 1;
    if (type === Hls.ErrorTypes.MEDIA_ERROR && recoveries === 1) hls.recoverMediaError();
    else fallBack(video, hls, download);
  });
  hls.once(Hls.Events.LEVEL_SWITCHED, (_name, { level }) => offerRungs(video, hls, level));
  setSource(video, "");
  video.removeAttribute("src");
  hls.loadSource(playlist);
  hls.attachMedia(video);
}

/** Give `video` its source of the best kind for this browser, from `at` seconds on; the MP4 when the library does not arrive. */
export async function load(video, addresses, at = 0) {
  const kind = addresses.playlist ? sourceKind(video) : "mp4";
  if (kind !== "hls.js") {
    setSource(video, kind === "native" ? addresses.playlist : addresses.download);
    return;
  }
  await loadWithLibrary(video, addresses, at).catch((error) => {
    console.error(error);
    setSource(video, addresses.download);
  });
}
