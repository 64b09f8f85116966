// Plays a preview that is still being written: a playlist that grows, from its start.
const video = document.querySelector("video[data-growing]");

async function play() {
  if (!window.MediaSource) return; // the system's own player reads the playlist (iPhone)
  const { growing, hlsScript, hlsWorker } = video.dataset;
  const { default: Hls } = await import(hlsScript);
  video.querySelector("source").remove();
  // Players begin a playlist without an end near to its end unless they are told where.
  const hls = new Hls({ workerPath: hlsWorker, startPosition: 0, enableWebVTT: false, enableIMSC1: false, enableCEA708Captions: false });
  hls.on(Hls.Events.ERROR, (_name, { fatal }) => {
    if (fatal) hls.destroy(); // the whole version took its place, or the network is away: the page is loaded again then
  });
  hls.loadSource(growing);
  hls.attachMedia(video);
}

play();
