// Captions are the page's own <track> elements. A browser that plays HLS by itself brings the playlist's tracks too:
// then those serve (they also show in the system's full screen) and the page's track of the same language steps back.

/** Remove a side-by-side `<track>` when the stream brings one of the same language and kind. */
export function avoidTwinTracks(video) {
  const sidecars = new Map([...video.querySelectorAll("track")].map((element) => [element.track, element]));
  video.textTracks.addEventListener("addtrack", ({ track }) => {
    if (sidecars.has(track) || track.kind === "metadata") return;
    for (const [sidecar, element] of sidecars) {
      if (sidecar.language !== track.language || sidecar.kind !== track.kind) continue;
      if (sidecar.mode === "showing") track.mode = "showing";
      sidecars.delete(sidecar);
      element.remove();
    }
  });
}
