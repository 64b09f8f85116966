// Builds exchange/static/exchange/dist: what frames in other pages load, and the builder on ours. Run by `npm run build`.
import { mkdir, rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const source = fileURLToPath(new URL(".", import.meta.url));
const target = fileURLToPath(new URL("../static/exchange/dist/", import.meta.url));

const shared = {
  bundle: true,
  minify: true,
  outdir: target,
  absWorkingDir: source,
  logLevel: "warning",
  charset: "utf8",
};

// As for the site's own pages (home/static_src/build.mjs): the browsers of the last two and a half years.
const styles = {
  ...shared,
  entryPoints: { embed: "css/embed.css", player: "css/player.css", builder: "css/builder.css", transcript: "css/transcript.css" },
  target: ["chrome123", "firefox121", "safari17.5"],
};

const scripts = {
  ...shared,
  entryPoints: { embed: "js/embed/index.js", builder: "js/builder.js" },
  format: "esm",
  target: ["es2022"],
};

await rm(target, { recursive: true, force: true });
await mkdir(target, { recursive: true });
if (process.argv.includes("--watch")) {
  for (const options of [styles, scripts]) await (await esbuild.context(options)).watch();
} else {
  await Promise.all([esbuild.build(styles), esbuild.build(scripts)]);
}
