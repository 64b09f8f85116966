// Keeps the states of the clips on a page fresh while something is going on. Without it the page is right when loaded.
const script = document.querySelector("script[data-progress-url]");
const EVERY_MS = 1500;
const PATIENCE_MS = 15000;
let pause = EVERY_MS;

const busyClips = () => [...document.querySelectorAll("[data-clip][data-busy]")];

function show(element, clip) {
  const part = (name) => element.querySelector(`[data-${name}]`);
  const badge = part("words");
  badge.textContent = clip.words;
  badge.className = `clip-badge clip-badge--${clip.tone}`;
  part("progress").hidden = !clip.busy;
  part("progress").querySelector("progress").value = clip.percent;
  part("label").textContent = clip.label;
  part("percent").textContent = clip.percent;
  part("rest").textContent = clip.rest;
  part("problem").hidden = !clip.problem;
  part("problem").textContent = clip.problem;
  element.toggleAttribute("data-busy", clip.busy);
  const news = clip.watchable && !element.hasAttribute("data-watchable");
  element.toggleAttribute("data-watchable", clip.watchable);
  if (news && clip.busy) finished();
}

// The detail page shows more than the state when a version can be watched and when work is over (player, pictures): load it again, unless somebody types.
function finished() {
  const typing = document.activeElement?.closest("form.clip-form");
  const chosen = [...document.querySelectorAll("form.clip-form input[type=file]")].some((input) => input.value);
  if (script.hasAttribute("data-reload") && !typing && !chosen) location.reload();
}

async function refresh() {
  const elements = busyClips();
  if (elements.length && !document.hidden) {
    const query = new URLSearchParams(elements.map((element) => ["id", element.dataset.clip]));
    try {
      const answer = await fetch(`${script.dataset.progressUrl}?${query}`, { headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(String(answer.status));
      const { clips } = await answer.json();
      for (const element of elements) if (clips[element.dataset.clip]) show(element, clips[element.dataset.clip]);
      pause = EVERY_MS;
      if (busyClips().length < elements.length) finished();
    } catch {
      // The network went away; what is shown stays, and we ask less often until it is back.
      pause = Math.min(pause * 2, PATIENCE_MS);
    }
  }
  setTimeout(refresh, pause);
}

setTimeout(refresh, pause);
