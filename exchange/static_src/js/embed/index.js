// The frame's script: a button on a picture until somebody wants to watch. No cookie, no storage, no other host; it works
// where the frame has no origin at all (sandbox="allow-scripts").
import { Film } from "./film.js";
import { connect } from "./channel.js";
import { foldAbout } from "./about.js";

document.documentElement.classList.add("has-js");
const root = document.querySelector("[data-embed]");
if (root) {
  const film = new Film(root);
  foldAbout(root.querySelector("[data-embed-about]"));
  connect(film);
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (root.hasAttribute("data-autoplay") && !calm) film.start({ muted: true });
}
