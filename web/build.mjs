// Bundles the player for the browser. Usage: node build.mjs OUTPUT_FOLDER
import { build } from "esbuild";

await build({
  entryPoints: ["src/player/player.ts"],
  outdir: process.argv[2],
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  sourcemap: false,
  logLevel: "warning",
});
