// Updates the status of clips on a page while any is being prepared. Without it the page is right when loaded.
const script = document.querySelector("script[data-progress-url]");
const INTERVAL_MS = 1500;
const MAX_INTERVAL_MS = 15000;
let interval = INTERVAL_MS;

const busyClips = () => [...document.querySelectorAll("[data-clip][data-busy]")];

function show(element, clip) {
  const part = (name) => element.querySelector(`[data-${name}]`);
  const badge = part("text");
  badge.textContent = clip.text;
  badge.className = `clip-badge clip-badge--${clip.tone}`;
  part("progress").hidden = !clip.busy;
  part("progress").querySelector("progress").value = clip.percent;
  part("line").textContent = clip.progress;
  part("problem").hidden = !clip.problem;
  part("problem-text").textContent = clip.problem;
  element.toggleAttribute("data-busy", clip.busy);
  const becameWatchable = clip.watchable && !element.hasAttribute("data-watchable");
  element.toggleAttribute("data-watchable", clip.watchable);
  if (becameWatchable && clip.busy) reloadDetail();
}

// A button that leads to a page with a question asks it in a dialog on this page instead.
for (const opener of document.querySelectorAll("form[data-dialog]")) {
  const dialog = document.getElementById(opener.dataset.dialog);
  opener.querySelector("button").setAttribute("aria-haspopup", "dialog");
  opener.addEventListener("submit", (event) => {
    event.preventDefault();
    dialog.showModal();
  });
}

// The detail page shows more (player, posters) once a version can be watched and once work is over: reload it, unless someone
// is typing, or watching: then as soon as the video pauses.
function reloadDetail() {
  const video = document.querySelector("video.clip-video");
  if (video && !video.paused && !video.ended) {
    video.addEventListener("pause", reloadDetail, { once: true });
    return;
  }
  const typing = document.activeElement?.closest("form.clip-form");
  const fileChosen = [...document.querySelectorAll("form.clip-form input[type=file]")].some((input) => input.value);
  const asked = document.querySelector("dialog[open]");
  if (script.hasAttribute("data-reload") && !typing && !fileChosen && !asked) location.reload();
}

async function refresh() {
  const elements = busyClips();
  if (elements.length && !document.hidden) {
    const query = new URLSearchParams(elements.map((element) => ["id", element.dataset.clip]));
    try {
      const response = await fetch(`${script.dataset.progressUrl}?${query}`, { headers: { Accept: "application/json" } });
      if (!response.ok) throw new Error(String(response.status));
      const { clips } = await response.json();
      for (const element of elements) if (clips[element.dataset.clip]) show(element, clips[element.dataset.clip]);
      interval = INTERVAL_MS;
      if (busyClips().length < elements.length) reloadDetail();
    } catch {
      // Offline: keep what is shown, and ask less often until the network is back.
      interval = Math.min(interval * 2, MAX_INTERVAL_MS);
    }
  }
  setTimeout(refresh, interval);
}

setTimeout(refresh, interval);
