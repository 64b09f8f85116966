// Pointing at a city in the list highlights its dot on the map.

/** Connect `[data-city-link]` in lists with `[data-city-dot]` of the same key on maps below `root`. */
export function linkMaps(root) {
  const dots = new Map([...root.querySelectorAll("[data-city-dot]")].map((dot) => [dot.dataset.cityDot, dot]));
  for (const link of root.querySelectorAll("[data-city-link]")) {
    const dot = dots.get(link.dataset.cityLink);
    if (!dot) continue;
    const highlight = (on) => dot.toggleAttribute("data-highlighted", on);
    link.addEventListener("pointerenter", () => highlight(true));
    link.addEventListener("pointerleave", () => highlight(false));
    link.addEventListener("focus", () => highlight(true));
    link.addEventListener("blur", () => highlight(false));
  }
}
