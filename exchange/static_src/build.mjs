// Builds exchange/static/exchange/dist: what frames in other pages load, and the builder on ours. Run by `npm run build`.
import { bundle, foldersOf } from "../../home/static_src/bundle.mjs";

await bundle(foldersOf(import.meta.url), {
  styles: {
    entryPoints: { embed: "css/embed.css", player: "css/player.css", builder: "css/builder.css", transcript: "css/transcript.css" },
  },
  scripts: { entryPoints: { embed: "js/embed/index.js", builder: "js/builder.js" } },
});
