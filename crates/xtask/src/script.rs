//! Scripts, minified by oxc.

use std::collections::BTreeMap;

use oxc::allocator::Allocator;
use oxc::codegen::{Codegen, CodegenOptions};
use oxc::minifier::{ManglePropertiesOptions, Minifier, MinifierOptions};
use oxc::parser::Parser;
use oxc::span::SourceType;

use crate::outcome::Outcome;

/// How the browser loads a script; decides which names may change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A module: its top-level names are local.
    Module,
    /// A classic script: its top-level names are global.
    Classic,
}

/// New names of renamed properties, by old name.
pub type Renamed = BTreeMap<String, String>;

/// `source` in as few bytes as possible; `name` is for the error.
pub fn minified(name: &str, kind: Kind, source: &str) -> Outcome<String> {
    minify(name, kind, source, None).map(|(script, _)| script)
}

/// The module `source` in as few bytes as possible, with short names for the properties that match the
/// regular expression `properties`.
pub fn minified_with_properties(
    name: &str,
    source: &str,
    properties: &str,
) -> Outcome<(String, Renamed)> {
    let properties = ManglePropertiesOptions::from_pattern(properties)?;
    minify(name, Kind::Module, source, Some(properties))
}

fn minify(
    name: &str,
    kind: Kind,
    source: &str,
    mangle_properties: Option<ManglePropertiesOptions>,
) -> Outcome<(String, Renamed)> {
    let allocator = Allocator::default();
    let kind = match kind {
        Kind::Module => SourceType::mjs(),
        Kind::Classic => SourceType::script(),
    };
    let parsed = Parser::new(&allocator, source, kind).parse();
    if let Some(error) = parsed.diagnostics.first() {
        return Err(format!("{name}: {error}"));
    }
    let mut program = parsed.program;
    let options = MinifierOptions {
        mangle_properties,
        ..MinifierOptions::default()
    };
    let minified = Minifier::new(options).minify(&allocator, &mut program);
    let renamed = minified.property_mangle_cache.into_iter().flatten();
    let renamed = renamed.filter_map(|(old, new)| Some((old.to_string(), new?.to_string())));
    let printed = Codegen::new()
        .with_options(CodegenOptions::minify())
        .with_scoping(minified.scoping)
        .build(&program);
    Ok((printed.code, renamed.collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_a_module_are_short_and_its_exports_stay() {
        let source = "// why\nconst longName = location.href;\nexport function start() { return longName; }\n";
        let script = minified("a.js", Kind::Module, source).unwrap();
        assert!(
            !script.contains("longName") && !script.contains("why"),
            "{script}"
        );
        assert!(
            script.contains("start") && script.contains("location.href"),
            "{script}"
        );
    }

    #[test]
    fn global_names_of_a_classic_script_stay() {
        let script = minified("a.js", Kind::Classic, "function shared() { return 1; }\n").unwrap();
        assert!(script.contains("shared"), "{script}");
    }

    #[test]
    fn only_matching_properties_are_renamed_and_named_in_the_result() {
        let source = "export const made = (wasm) => ({ __wbg_a_1: () => wasm.__wbg_b_2(), memory: wasm.memory });";
        let (script, renamed) = minified_with_properties("a.js", source, "^__wbg_").unwrap();
        let old: Vec<&str> = renamed.keys().map(String::as_str).collect();
        assert_eq!(old, ["__wbg_a_1", "__wbg_b_2"]);
        assert!(renamed.values().all(|new| script.contains(new)), "{script}");
        assert!(
            script.contains("memory") && !script.contains("__wbg_"),
            "{script}"
        );
    }

    #[test]
    fn a_script_with_an_error_is_refused_by_name() {
        let error = minified("boot.js", Kind::Classic, "let = ;").unwrap_err();
        assert!(error.starts_with("boot.js: "), "{error}");
    }
}
