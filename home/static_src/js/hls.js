// hls.js as a file of its own: only browsers that need it load it, on the first play.
export { default } from "hls.js";
