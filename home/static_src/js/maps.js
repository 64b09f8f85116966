// Pointing at a city in the list lights its dot on the map.

/** Connect `[data-city-link]` in lists with `[data-city-dot]` of the same key on maps below `root`. */
export function linkMaps(root) {
  const dots = new Map([...root.querySelectorAll("[data-city-dot]")].map((dot) => [dot.dataset.cityDot, dot]));
  for (const link of root.querySelectorAll("[data-city-link]")) {
    const dot = dots.get(link.dataset.cityLink);
    if (!dot) continue;
    const light = (on) => dot.toggleAttribute("data-lit", on);
    link.addEventListener("pointerenter", () => light(true));
    link.addEventListener("pointerleave", () => light(false));
    link.addEventListener("focus", () => light(true));
    link.addEventListener("blur", () => light(false));
  }
}
