// Bundles the player for the browser. Usage: node build.mjs OUTPUT_FOLDER
// Assets carry a hash of their content in their name and are listed in assets.txt; pages name them and keep their own names.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const from = "src/player";
const to = `${process.argv[2]}/player`;
rmSync(to, { recursive: true, force: true });
mkdirSync(to, { recursive: true });

const bundles = await build({
  entryPoints: [`${from}/play.ts`, `${from}/launch.ts`, `${from}/player.css`],
  outdir: to,
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  legalComments: "none",
  logLevel: "warning",
  write: false,
});

const assets = new Map(bundles.outputFiles.map((file) => [file.path.split("/").at(-1), Buffer.from(file.contents)]));
assets.set("icon.svg", readFileSync(`${from}/icon.svg`));

const names = new Map();
for (const [name, content] of assets) {
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 12);
  const hashed = name.replace(/\.(?=[^.]+$)/, `-${hash}.`);
  names.set(name, hashed);
  writeFileSync(`${to}/${hashed}`, content);
  writeFileSync(`${to}/${hashed}.gz`, gzipSync(content, { level: 9 }));
}
for (const page of ["launch.html", "play.html"]) {
  const html = readFileSync(`${from}/${page}`, "utf8").replace(/\{\{([^}]+)\}\}/g, (_, name) => {
    if (!names.has(name)) throw new Error(`${page} names ${name}, which is not built`);
    return names.get(name);
  });
  writeFileSync(`${to}/${page}`, html);
}
writeFileSync(`${to}/assets.txt`, [...names.values()].sort().join("\n") + "\n");
