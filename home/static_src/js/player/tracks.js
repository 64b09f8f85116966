// Captions are the page's own <track> elements; the storyboard is one too, woken when the video starts.

const isText = (track) => track.kind === "captions" || track.kind === "subtitles";

/**
 * Load the small pictures of the time line, which media-chrome finds by this label. The track stands in the markup asleep:
 * adding one now would make the browser choose captions anew.
 */
export function wakeStoryboard(video) {
  const element = video.querySelector('track[label="thumbnails"]');
  if (element) element.track.mode = "hidden";
}

/**
 * A browser that plays HLS by itself brings the playlist's tracks too: then those serve (they also show in the system's full
 * screen) and the page's track of the same language and kind steps back.
 */
export function avoidTwinTracks(video) {
  const sidecars = new Map([...video.querySelectorAll("track")].map((element) => [element.track, element]));
  video.textTracks.addEventListener("addtrack", ({ track }) => {
    if (sidecars.has(track) || !isText(track)) return;
    for (const [sidecar, element] of sidecars) {
      if (sidecar.language !== track.language || sidecar.kind !== track.kind) continue;
      if (sidecar.mode === "showing") track.mode = "showing";
      sidecars.delete(sidecar);
      element.remove();
    }
  });
}

/**
 * "Captions on" brings back what was shown last, first of all the page's language. media-chrome's own way would ask the
 * browser's storage, which this site leaves alone. `stage` is above the controller, so the request ends here.
 */
export function rememberCaptions(video, stage, language) {
  const all = () => [...video.textTracks].filter(isText);
  const showing = () => all().find((track) => track.mode === "showing");
  let last = showing() ?? null;
  video.textTracks.addEventListener("change", () => { last = showing() ?? last; });
  stage.addEventListener("mediatogglesubtitlesrequest", (event) => {
    event.stopPropagation();
    const shown = showing();
    const next = last ?? all().find((track) => track.language === language) ?? all()[0];
    if (shown) shown.mode = "disabled";
    else if (next) next.mode = "showing";
  }, true);
}
