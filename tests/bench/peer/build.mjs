// Builds the app into a folder: `node build.mjs --out DIR --authorization-server URL --api URL`.
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import { build } from "esbuild";

const { values: options } = parseArgs({
  options: {
    out: { type: "string" },
    "authorization-server": { type: "string" },
    api: { type: "string" },
  },
});
const { out, api, "authorization-server": authorizationServer } = options;
if (!out || !api || !authorizationServer) {
  throw new Error("--out, --authorization-server and --api are needed");
}

const here = import.meta.dirname;
await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });

const { metafile } = await build({
  absWorkingDir: here,
  entryPoints: ["src/main.jsx", "src/style.css"],
  outdir: out,
  bundle: true,
  splitting: true,
  format: "esm",
  target: "es2022",
  minify: true,
  metafile: true,
  jsx: "automatic",
  legalComments: "none",
  entryNames: "[name]-[hash]",
  chunkNames: "[name]-[hash]",
  define: {
    "process.env.NODE_ENV": '"production"',
    AUTHORIZATION_SERVER: JSON.stringify(authorizationServer),
    API: JSON.stringify(api),
  },
});

const outputs = Object.entries(metafile.outputs);
const made = (entryPoint) => outputs.find(([, output]) => output.entryPoint === entryPoint);
const [style] = made("src/style.css");
const [main, { imports: ofMain }] = made("src/main.jsx");
const [connect, { imports: ofConnect }] = made("src/pages/connect.jsx");
// Everything that the first page needs, asked for at once instead of one import after another.
const statically = [...ofMain, ...ofConnect].filter((one) => one.kind === "import-statement");
const preloads = new Set([connect, ...statically.map((one) => one.path)]);
preloads.delete(main);
const assets = [
  `<link rel="stylesheet" href="/${basename(style)}">`,
  ...[...preloads].map((path) => `<link rel="modulepreload" href="/${basename(path)}">`),
  `<script type="module" src="/${basename(main)}"></script>`,
];
const html = await readFile(join(here, "index.html"), "utf8");
const whole = html.replace(/ *<!--.*?-->\n/g, "").replace("  </head>", `    ${assets.join("\n    ")}\n  </head>`);
await writeFile(join(out, "index.html"), whole);
