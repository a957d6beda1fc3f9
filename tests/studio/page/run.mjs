// SPDX-License-Identifier: Apache-2.0
// Bundles the page's unit tests and runs them with Node's own runner.
//   node run.mjs [FILE.test.ts...]
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const page = resolve(here, "../../../src/studio/page");
const { build } = createRequire(join(page, "package.json"))("esbuild");
const named = process.argv.slice(2).map((file) => resolve(file));
const files = named.length > 0 ? named : readdirSync(here).filter((file) => file.endsWith(".test.ts")).map((file) => join(here, file));
const folder = mkdtempSync(join(tmpdir(), "atelier-page-tests-"));
try {
  await build({
    entryPoints: files,
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node18",
    jsx: "automatic",
    jsxImportSource: "preact",
    nodePaths: [join(page, "node_modules")],
    banner: { js: "globalThis.localStorage ??= { getItem: () => null, setItem() {}, removeItem() {} };" },
    logLevel: "warning",
  });
  const made = readdirSync(folder).map((file) => join(folder, file));
  process.exitCode = spawnSync(process.execPath, ["--test", ...made], { stdio: "inherit" }).status ?? 1;
} finally {
  rmSync(folder, { recursive: true });
}
