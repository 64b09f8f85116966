// The player: media-chrome's controls round the page's own <video>, fed by HLS or the MP4. Loaded on first play.
import "./nonce.js";
import { buildControls } from "./controls.js";
import { Renditions } from "./renditions.js";
import { load } from "./source.js";
import { avoidTwinTracks, rememberCaptions, wakeStoryboard } from "./tracks.js";

/** Play from `at` once the video's length is known; a refused autoplay leaves the controls to the person. */
function playFrom(video, at) {
  if (at > 0) video.addEventListener("loadedmetadata", () => { video.currentTime = at; }, { once: true });
  video.play().catch((error) => {
    if (error.name !== "NotAllowedError" && error.name !== "AbortError") console.error(error);
  });
}

/**
 * Turn `root` (a `[data-player]`) with its `video` into a player and start it at `at` seconds.
 * The root's data attributes: playlist, download, hlsScript, hlsWorker; the page's #player-labels: the interface.
 */
export async function attach(root, video, at) {
  const labels = JSON.parse(document.getElementById("player-labels").textContent);
  const stage = root.querySelector("[data-player-stage]");
  video.videoRenditions = new Renditions();
  avoidTwinTracks(video);
  wakeStoryboard(video);
  rememberCaptions(video, stage, labels.lang);
  const controller = buildControls(video, stage, labels);
  await load(video, root.dataset, at);
  playFrom(video, at);
  controller.focus();
}
