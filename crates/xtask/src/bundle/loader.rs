//! The script that loads chunks. The main module imports one function of it for each chunk.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// The module name from which the splitter's modules import what they share with the main one.
pub const NAMESPACE: &str = "__wasm_split";

/// A file of a chunk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BundleFile {
    /// File name with hash, without a folder.
    pub name: String,
    /// Subresource integrity value for the request.
    pub integrity: String,
}

/// The chunks of a program.
#[derive(Debug, Default)]
pub struct Chunks {
    /// Files of each chunk, by chunk name.
    pub files: BTreeMap<String, Vec<BundleFile>>,
    /// Names that the modules of the chunks import.
    pub imports: BTreeSet<String>,
}

impl Chunks {
    /// Returns the file names of each chunk.
    pub fn files(&self) -> BTreeMap<String, Vec<String>> {
        let names = |files: &[BundleFile]| files.iter().map(|file| file.name.clone()).collect();
        let all = self.files.iter();
        all.map(|(chunk, files)| (chunk.clone(), names(files)))
            .collect()
    }
}

/// The script. A file that did not load is requested once more past the browser's cache, and again with
/// each later request for its chunk; one that did is kept.
pub fn script(chunks: &Chunks) -> String {
    let shared: Vec<&str> = chunks.imports.iter().map(String::as_str).collect();
    let shared = shared.join(", ");
    let mut all: Vec<&BundleFile> = Vec::new();
    for file in chunks.files.values().flatten() {
        if !all.contains(&file) {
            all.push(file);
        }
    }
    let mut script = format!(
        r#"import {{ initSync }} from "./main.js";

let imports;
function shared() {{
  if (!imports) {{
    const {{ {shared} }} = initSync();
    imports = {{ {NAMESPACE}: {{ {shared} }} }};
  }}
  return imports;
}}

// A proxy may have changed the type, without which a browser does not compile while it loads.
async function module(url, integrity, cache) {{
  const response = await fetch(url, {{ integrity, cache }});
  const type = response.headers.get("Content-Type") || "";
  return type.startsWith("application/wasm")
    ? WebAssembly.instantiateStreaming(response, shared())
    : WebAssembly.instantiate(await response.arrayBuffer(), shared());
}}

function file(name, integrity) {{
  let loading;
  return () => {{
    if (!loading) {{
      const url = new URL(name, import.meta.url);
      // The cache may hold a copy that was cut or altered on its way, for a year.
      loading = module(url, integrity, "default").catch(() => module(url, integrity, "reload"));
      loading.catch(() => {{ loading = undefined; }});
    }}
    return loading;
  }};
}}

function chunk(...files) {{
  return async (callback, data) => {{
    const loads = await Promise.allSettled(files.map((load) => load()));
    const failed = loads.filter((load) => load.status === "rejected");
    failed.forEach((load) => console.warn(load.reason));
    shared().{NAMESPACE}.__indirect_function_table.get(callback)(data, failed.length === 0);
  }};
}}

"#
    );
    for (at, BundleFile { name, integrity }) in all.iter().enumerate() {
        let _ = writeln!(script, r#"const f{at} = file("./{name}", "{integrity}");"#);
    }
    for (chunk, files) in &chunks.files {
        let files: Vec<String> = files
            .iter()
            .filter_map(|file| all.iter().position(|one| *one == file))
            .map(|at| format!("f{at}"))
            .collect();
        let _ = writeln!(
            script,
            "export const __wasm_split_load_{chunk} = chunk({});",
            files.join(", ")
        );
    }
    script
}
