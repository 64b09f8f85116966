// How each room bundles its styles and scripts. Names stay plain: the site's static storage hashes them.
import { mkdir, rm } from "node:fs/promises";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

/** The folder in which the room of the build script at `url` keeps its sources, and the one that is built from them. */
export function foldersOf(url) {
  const source = fileURLToPath(new URL(".", url));
  const room = basename(fileURLToPath(new URL("..", url)));
  return { source, target: fileURLToPath(new URL(`../static/${room}/dist/`, url)) };
}

/** Empty the target, then build `styles` and `scripts`: options of esbuild. With `--watch`, again after each change. */
export async function bundle({ source, target }, { styles, scripts }) {
  const shared = { bundle: true, minify: true, outdir: target, absWorkingDir: source, logLevel: "warning", charset: "utf8" };
  const builds = [
    // light-dark(), layers and nesting stay as written: the browsers of the last two and a half years know them.
    { ...shared, target: ["chrome123", "firefox121", "safari17.5"], ...styles },
    { ...shared, target: ["es2022"], format: "esm", ...scripts },
  ];
  await rm(target, { recursive: true, force: true });
  await mkdir(target, { recursive: true });
  if (process.argv.includes("--watch")) {
    for (const options of builds) await (await esbuild.context(options)).watch();
  } else {
    await Promise.all(builds.map((options) => esbuild.build(options)));
  }
}
