// Bundles the page into a folder: `node build.mjs --out DIR`. The engine is put there by `cargo xtask`.
import { copyFile, mkdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { build } from "esbuild";

const { out } = parseArgs({ options: { out: { type: "string" } } }).values;
if (!out) {
  throw new Error("--out is needed");
}

const here = import.meta.dirname;
await mkdir(out, { recursive: true });
await build({
  absWorkingDir: here,
  entryPoints: ["src/main.js"],
  outdir: out,
  bundle: true,
  format: "esm",
  target: "es2022",
  minify: true,
  external: ["./engine.js"],
  define: { "process.env.NODE_ENV": '"production"' },
});
await copyFile(join(here, "index.html"), join(out, "index.html"));
const duckdb = dirname(createRequire(import.meta.url).resolve("@duckdb/duckdb-wasm"));
for (const file of ["duckdb-eh.wasm", "duckdb-browser-eh.worker.js"]) {
  await copyFile(join(duckdb, file), join(out, file));
}
