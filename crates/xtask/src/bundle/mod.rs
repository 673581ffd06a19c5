//! The programs as a browser loads them: the page's split into chunks, bindings made by wasm-bindgen,
//! names with a hash of the content.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256, Sha384};
use wasm_encoder::{Module, RawSection};
use wasm_split_cli_support as split;
use wasmparser::{Parser, Payload};

use self::bindings::Bindings;
use self::loader::{BundleFile, Chunks};
use crate::outcome::Outcome;
use crate::script;

mod bindings;
mod group;
mod loader;
mod merge;

/// File names of the page's program.
pub struct Program {
    /// Bindings of the main module.
    pub script: String,
    /// The main module.
    pub wasm: String,
    /// Script that loads chunks.
    pub loader: String,
    /// Modules of each chunk, by chunk name.
    pub chunks: BTreeMap<String, Vec<String>>,
}

/// Splits the module at `input` and writes the files of the page's program to `out`.
pub fn page(input: &Path, work: &Path, out: &Path) -> Outcome<Program> {
    let failed = |error: std::io::Error| format!("{}: {error}", work.display());
    if work.exists() {
        fs::remove_dir_all(work).map_err(failed)?;
    }
    fs::create_dir_all(work).map_err(failed)?;
    let module = fs::read(input).map_err(|error| format!("{}: {error}", input.display()))?;
    let main = work.join("main.wasm");
    let mut options = split::Options::new(&module);
    options.output_dir = work;
    options.main_out_path = &main;
    options.link_name = LOADER;
    options.main_module = SCRIPT;
    let parts = split::transform(options).map_err(|error| format!("splitting: {error:#}"))?;
    let Bindings { wasm, script } = Bindings::of(&main, "main", true)?;

    let read = |path: &Path| fs::read(path).map_err(|error| format!("{}: {error}", path.display()));
    let chunks = chunks(&parts, &read, out)?;
    let loader = loader::script(&chunks);
    let loader = script::minified("the loader", script::Kind::Module, &loader)?;
    // The two scripts name each other, so their names bear one hash.
    let build = hash(&[&wasm, script.as_bytes(), loader.as_bytes()]);
    let program = Program {
        script: format!("outlay-{build}.js"),
        wasm: format!("outlay-{}_bg.wasm", hash(&[&wasm])),
        loader: format!("chunks-{build}.js"),
        chunks: chunks.files(),
    };
    let script = renamed(&script, LOADER, &format!("./{}", program.loader))?;
    let loader = renamed(&loader, SCRIPT, &format!("./{}", program.script))?;
    fs::write(out.join(&program.wasm), wasm).map_err(failed)?;
    fs::write(out.join(&program.script), script).map_err(failed)?;
    fs::write(out.join(&program.loader), loader).map_err(failed)?;
    Ok(program)
}

/// The chunk that loads the others.
const APP: &str = "app";

/// How much more a byte counts that a bookkeeper waits for.
fn weight(chunk: &str) -> usize {
    match chunk {
        "overview" | "entries" => 4,
        _ => 1,
    }
}

/// Joins the splitter's modules into few files and writes them to `out`.
fn chunks(
    parts: &split::SplitWasm,
    read: &impl Fn(&Path) -> Outcome<Vec<u8>>,
    out: &Path,
) -> Outcome<Chunks> {
    let mut modules = Vec::new();
    let mut needed_by = Vec::new();
    for path in &parts.split_modules {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let chunks: BTreeSet<String> = parts
            .prefetch_map
            .iter()
            .filter(|(_, stems)| stems.iter().any(|needed| *needed == stem))
            .map(|(chunk, _)| chunk.clone())
            .collect();
        // Every other chunk is loaded by the app's, and finds there what both need.
        let chunks = match chunks.contains(APP) {
            true => BTreeSet::from([APP.to_owned()]),
            false => chunks,
        };
        if !chunks.is_empty() {
            let module = without_custom_sections(&read(path)?)?;
            needed_by.push((module.len(), chunks));
            modules.push(module);
        }
    }
    let mut found = Chunks::default();
    for chunk in parts.prefetch_map.keys() {
        found.files.insert(chunk.clone(), Vec::new());
    }
    for group in group::grouped(needed_by, weight) {
        let members: Vec<&[u8]> = group
            .modules
            .iter()
            .filter_map(|at| modules.get(*at).map(Vec::as_slice))
            .collect();
        let bytes = merge::merged(&members)?;
        found.imports.extend(imports(&bytes)?);
        let own = group
            .chunks
            .iter()
            .next()
            .filter(|_| group.chunks.len() == 1);
        let stem = own.map_or("shared", String::as_str);
        let name = format!("{stem}-{}.wasm", hash(&[&bytes]));
        let integrity = STANDARD.encode(Sha384::digest(&bytes));
        fs::write(out.join(&name), bytes).map_err(|error| format!("{name}: {error}"))?;
        for chunk in &group.chunks {
            found
                .files
                .entry(chunk.clone())
                .or_default()
                .push(BundleFile {
                    name: name.clone(),
                    integrity: format!("sha384-{integrity}"),
                });
        }
    }
    Ok(found)
}

/// The names that a chunk's module imports from the main one.
fn imports(module: &[u8]) -> Outcome<BTreeSet<String>> {
    let mut names = BTreeSet::new();
    for payload in Parser::new(0).parse_all(module) {
        if let Payload::ImportSection(section) =
            payload.map_err(|error| format!("a chunk cannot be read: {error}"))?
        {
            for import in section.into_imports() {
                let import = import.map_err(|error| format!("a chunk cannot be read: {error}"))?;
                if import.module != loader::NAMESPACE {
                    return Err(format!("a chunk imports from `{}`", import.module));
                }
                names.insert(import.name.to_owned());
            }
        }
    }
    Ok(names)
}

const LOADER: &str = "./chunks.js";
const SCRIPT: &str = "./main.js";

/// Writes the bindings of the worker's module at `input` to `out`, under its own name.
pub fn worker(input: &Path, name: &str, out: &Path) -> Outcome {
    let Bindings { wasm, script } = Bindings::of(input, name, false)?;
    let save = |name: String, bytes: &[u8]| {
        fs::write(out.join(&name), bytes).map_err(|error| format!("{name}: {error}"))
    };
    save(format!("{name}_bg.wasm"), &wasm)?;
    save(format!("{name}.js"), script.as_bytes())
}

/// The module without names, relocations and notes of the tools, which no browser needs.
fn without_custom_sections(module: &[u8]) -> Outcome<Vec<u8>> {
    let mut kept = Module::new();
    for payload in Parser::new(0).parse_all(module) {
        let payload = payload.map_err(|error| format!("a module cannot be read: {error}"))?;
        if matches!(payload, Payload::CustomSection(_)) {
            continue;
        }
        if let Some((id, range)) = payload.as_section() {
            let bounds = usize::try_from(range.start)
                .ok()
                .zip(usize::try_from(range.end).ok());
            let data = bounds.and_then(|(start, end)| module.get(start..end));
            let data = data.unwrap_or_default();
            kept.section(&RawSection { id, data });
        }
    }
    Ok(kept.finish())
}

/// 16 hexadecimal digits of SHA-256 over the parts in turn.
pub fn hash(parts: &[&[u8]]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(Sha256::digest(part));
    }
    let hash = hash.finalize();
    hash.iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// `script` with its import of the module `from` made one of `to`.
fn renamed(script: &str, from: &str, to: &str) -> Outcome<String> {
    let import = format!("from\"{from}\"");
    if !script.contains(&import) {
        return Err(format!("a script does not import {from}"));
    }
    Ok(script.replace(&import, &format!("from\"{to}\"")))
}
