// The frame's script: a button on a picture until somebody wants to watch. No cookie, no storage, no other host; it works
// where the frame has no origin at all (sandbox="allow-scripts").
import { EmbedPlayer } from "./player.js";
import { connectMessages } from "./messages.js";

document.documentElement.classList.add("has-js");
const root = document.querySelector("[data-embed]");
if (root) {
  const player = new EmbedPlayer(root);
  const info = root.querySelector("[data-embed-info]");
  // "About this clip" is a <details>; Escape closes it and gives the focus back.
  info.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !info.open) return;
    event.stopPropagation();
    info.open = false;
    info.querySelector("summary").focus();
  });
  connectMessages(player);
  const reducedMotion = matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (root.hasAttribute("data-autoplay") && !reducedMotion) player.start({ muted: true });
}
