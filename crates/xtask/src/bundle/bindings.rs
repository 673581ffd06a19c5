//! Bindings made by wasm-bindgen: the module, and the script that loads it and calls it.
//!
//! wasm-bindgen gives each function that the two share a name with a hash or with a Rust path in it.
//! Both files contain these names: the minifier shortens them in the script, and here they are replaced in
//! the module.

use std::path::Path;

use wasm_bindgen_cli_support::Bindgen;

use super::without_custom_sections;
use crate::outcome::Outcome;
use crate::script;

/// Matches the names that wasm-bindgen makes; all others are the program's or the splitter's.
const MADE_NAMES: &str = "^(__wbg_|__wbindgen_|__externref_|_R)";

/// A module with its JavaScript bindings.
pub struct Bindings {
    /// The WebAssembly module, without custom sections.
    pub wasm: Vec<u8>,
    /// The minified script.
    pub script: String,
}

impl Bindings {
    /// The bindings of the module at `input`; the script expects it in its own folder as `{name}_bg.wasm`. A
    /// program that `is_split` exports what its chunks import, and its script is given the module's
    /// address.
    pub fn of(input: &Path, name: &str, is_split: bool) -> Outcome<Bindings> {
        let failed =
            |error: &dyn std::fmt::Display| format!("wasm-bindgen, {}: {error:#}", input.display());
        let mut bindgen = Bindgen::new();
        bindgen
            .input_path(input)
            .out_name(name)
            .typescript(false)
            .keep_lld_exports(is_split)
            .demangle(false)
            .omit_default_module_path(is_split)
            .remove_name_section(true)
            .remove_producers_section(true);
        let mut output = bindgen
            .web(true)
            .and_then(Bindgen::generate_output)
            .map_err(|error| failed(&error))?;
        let snippets = output.snippets().values().flatten().count();
        if snippets + output.local_modules().len() > 0 {
            return Err(failed(&"a crate brings a script of its own"));
        }
        let (script, renamed) = script::minified_with_properties(name, output.js(), MADE_NAMES)?;
        let module = output.wasm_mut();
        let imports = module.imports.iter_mut().map(|import| &mut import.name);
        let exports = module.exports.iter_mut().map(|export| &mut export.name);
        for name in imports.chain(exports) {
            if let Some(short) = renamed.get(name.as_str()) {
                short.clone_into(name);
            }
        }
        let wasm = without_custom_sections(&module.emit_wasm())?;
        Ok(Bindings { wasm, script })
    }
}
