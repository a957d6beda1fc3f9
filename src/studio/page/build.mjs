// SPDX-License-Identifier: Apache-2.0
// Bundles the page into a folder of static files that the program embeds.
//   node build.mjs --out DIR [--examples DIR]
// DIR is emptied first. Scripts and styles carry a digest of their content in their names; text files are there
// a second and third time, compressed.
import { build } from "esbuild";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const here = dirname(fileURLToPath(import.meta.url));
const { values } = parseArgs({
  options: {
    out: { type: "string", default: join(here, "dist") },
    examples: { type: "string", default: resolve(here, "../../../examples") },
  },
});

/** The bundled files by the entry that they come from, and those scripts that the first entry imports. */
async function bundle(out) {
  const result = await build({
    entryPoints: { app: join(here, "src/main.tsx"), style: join(here, "src/style/index.css") },
    outdir: join(out, "assets"),
    entryNames: "[name]-[hash]",
    chunkNames: "part-[hash]",
    bundle: true,
    splitting: true,
    format: "esm",
    target: ["es2022", "chrome109", "firefox115", "safari16"],
    jsx: "automatic",
    jsxImportSource: "preact",
    minify: true,
    legalComments: "none",
    metafile: true,
    logLevel: "warning",
    absWorkingDir: here,
  });
  const { outputs } = result.metafile;
  const entries = new Map();
  for (const [path, output] of Object.entries(outputs)) {
    if (output.entryPoint) entries.set(output.entryPoint, path);
  }
  const needed = new Set();
  const need = (path) => {
    for (const one of outputs[path].imports) {
      if (one.kind !== "import-statement" || needed.has(one.path)) continue;
      needed.add(one.path);
      need(one.path);
    }
  };
  need(entries.get("src/main.tsx"));
  return { entries, needed: [...needed] };
}

const hrefOf = (path) => `assets/${basename(path)}`;

/** Notices of the packages whose code is in the bundle. */
function licenses() {
  const lock = JSON.parse(readFileSync(join(here, "package-lock.json"), "utf8"));
  const used = ["preact", "@preact/signals", "@preact/signals-core"];
  return used
    .map((name) => {
      const folder = join(here, "node_modules", name);
      const text = readFileSync(join(folder, "LICENSE"), "utf8");
      return `${name} ${lock.packages[`node_modules/${name}`].version}\n\n${text.trim()}\n`;
    })
    .join(`\n${"-".repeat(72)}\n\n`);
}

/** The pictures of the shelf, as they are, beside their thumbnails. */
function shelf(out) {
  const { pictures } = JSON.parse(readFileSync(join(here, "public/shelf/shelf.json"), "utf8"));
  for (const { file } of pictures) {
    const from = join(values.examples, file);
    if (!existsSync(from)) throw new Error(`the shelf names ${file}, which is not in ${values.examples}`);
    cpSync(from, join(out, "shelf", file));
  }
}

/** Text files once more as brotli and gzip, where that is smaller, for browsers that take them. */
function compress(folder) {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.(html|js|css|svg|json|txt|webmanifest)$/.test(entry.name)) continue;
    const file = join(entry.parentPath ?? entry.path, entry.name);
    const content = readFileSync(file);
    const best = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };
    for (const [suffix, small] of [["br", brotliCompressSync(content, best)], ["gz", gzipSync(content, { level: 9 })]])
      if (small.length < content.length) writeFileSync(`${file}.${suffix}`, small);
  }
}

const out = resolve(values.out);
mkdirSync(out, { recursive: true });
for (const name of readdirSync(out)) rmSync(join(out, name), { recursive: true });
cpSync(join(here, "public"), out, { recursive: true });
const { entries, needed } = await bundle(out);
const html = readFileSync(join(here, "public/index.html"), "utf8")
  .replace("{{preload}}", needed.map((path) => `<link rel="modulepreload" href="${hrefOf(path)}">`).join("\n"))
  .replace("{{script}}", hrefOf(entries.get("src/main.tsx")))
  .replace("{{style}}", hrefOf(entries.get("src/style/index.css")));
writeFileSync(join(out, "index.html"), html);
writeFileSync(join(out, "licenses.txt"), licenses());
shelf(out);
compress(out);
