// Builds home/static/home/dist: one stylesheet, the page script, the player and hls.js (both loaded on first play), and the map.
// Names stay plain: the site's static storage hashes them. Run by `npm run build`; `npm run watch` rebuilds on change.
import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import { drawEmblem } from "./emblem.mjs";
import { drawEurope } from "./map/europe.mjs";

const source = fileURLToPath(new URL(".", import.meta.url));
const target = fileURLToPath(new URL("../static/home/dist/", import.meta.url));

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

const shared = {
  bundle: true,
  minify: true,
  outdir: target,
  absWorkingDir: source,
  logLevel: "warning",
  legalComments: "eof",
  charset: "utf8",
};

const styles = {
  ...shared,
  entryPoints: { site: "css/site.css" },
  loader: { ".woff2": "file" },
  assetNames: "fonts/[name]",
  // light-dark(), layers and nesting stay as written: the browsers of the last two and a half years know them.
  target: ["chrome123", "firefox121", "safari17.5"],
};

const scripts = {
  ...shared,
  entryPoints: { site: "js/site.js", player: "js/player/index.js", hls: "js/hls.js" },
  format: "esm",
  target: ["es2022"],
  plugins: [styleNonce, spokenTime],
};

async function writeDrawings() {
  await writeFile(`${target}europe.svg`, await drawEurope());
  await writeFile(`${target}eu-emblem.svg`, drawEmblem());
  await copyFile(`${source}icon.svg`, `${target}icon.svg`);
}

async function copyWorker() {
  // hls.js's worker as a file of its own: a worker from a blob would need a hole in the policy.
  const worker = await readFile(createRequire(import.meta.url).resolve("hls.js/dist/hls.worker.js"), "utf8");
  await writeFile(`${target}hls.worker.js`, worker.replace(/\n?\/\/# sourceMappingURL=.*\n?$/, "\n"));
}

await rm(target, { recursive: true, force: true });
await mkdir(target, { recursive: true });
await Promise.all([writeDrawings(), copyWorker()]);
if (process.argv.includes("--watch")) {
  for (const options of [styles, scripts]) await (await esbuild.context(options)).watch();
} else {
  await Promise.all([esbuild.build(styles), esbuild.build(scripts)]);
}
