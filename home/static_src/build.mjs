// Builds home/static/home/dist: one stylesheet, the page script, the player and hls.js (both loaded on first play), and the map.
// Run by `npm run build`; `npm run watch` rebuilds on change.
import { copyFile, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { bundle, foldersOf } from "./bundle.mjs";
import { drawEmblem } from "./emblem.mjs";
import { drawEurope } from "./map/europe.mjs";

const folders = foldersOf(import.meta.url);
const { source, target } = folders;

/**
 * media-chrome writes <style> elements into its shadow roots. The site's Content-Security-Policy wants a nonce on each, so
 * the opening tag asks for the page's nonce (js/player/nonce.js sets it before the first element exists).
 */
const styleNonce = {
  name: "style-nonce",
  setup(build) {
    build.onLoad({ filter: /media-chrome[\\/]dist[\\/].*\.js$/ }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      return { contents: text.replaceAll("<style", '<style nonce="${globalThis.polyphonyNonce ?? ""}"'), loader: "js" };
    });
  },
};

/** Times are said aloud by js/player/spoken_time.js, which builds on the module it stands for. */
const spokenTime = {
  name: "spoken-time",
  setup(build) {
    build.onResolve({ filter: /^\.\/utils\/time\.js$/ }, () => ({ path: `${source}js/player/spoken_time.js` }));
  },
};

await bundle(folders, {
  styles: { entryPoints: { site: "css/site.css" }, loader: { ".woff2": "file" }, assetNames: "fonts/[name]" },
  scripts: {
    entryPoints: { site: "js/site.js", player: "js/player/index.js", hls: "js/hls.js" },
    plugins: [styleNonce, spokenTime],
  },
});
await writeFile(`${target}europe.svg`, await drawEurope());
await writeFile(`${target}eu-emblem.svg`, drawEmblem());
await copyFile(`${source}icon.svg`, `${target}icon.svg`);
// hls.js's worker as a file of its own: a worker from a blob would need a hole in the policy.
const worker = await readFile(createRequire(import.meta.url).resolve("hls.js/dist/hls.worker.js"), "utf8");
await writeFile(`${target}hls.worker.js`, worker.replace(/\n?\/\/# sourceMappingURL=.*\n?$/, "\n"));
