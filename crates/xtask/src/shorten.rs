//! What the compiler and wasm-bindgen leave in the programs for people to read, taken out: comments
//! in the loaders, sections that no browser looks at, and the long names, each with a hash in it, by
//! which a program and its loader call one another.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use sha2::{Digest, Sha256};
use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{ExportSection, ImportSection, Module};
use wasmparser::{CustomSectionReader, Export, ImportSectionReader, Parser};

use crate::outcome::Outcome;

/// How a program's file ends; its loader has the same name without it.
const PROGRAM: &str = "_bg.wasm";

/// Shortens every program of a site and its loader. Those whose names carry a hash get a new one.
pub fn site(folder: &Path) -> Outcome {
    let told = |error: std::io::Error| format!("{}: {error}", folder.display());
    let page = folder.join("index.html");
    let mut html = fs::read_to_string(&page).map_err(told)?;
    // All names first: the files are replaced on the way.
    let names: Result<Vec<_>, _> = fs::read_dir(folder)
        .map_err(told)?
        .map(|entry| entry.map(|entry| entry.file_name()))
        .collect();
    for name in names.map_err(told)? {
        let name = name.to_string_lossy();
        let Some(stem) = name.strip_suffix(PROGRAM) else {
            continue;
        };
        let loader = folder.join(format!("{stem}.js"));
        let program = folder.join(&*name);
        let (script, wasm) = pair(
            stem,
            &fs::read_to_string(&loader).map_err(told)?,
            &fs::read(&program).map_err(told)?,
        )?;
        fs::remove_file(&loader).map_err(told)?;
        fs::remove_file(&program).map_err(told)?;
        let stem = match hashed(stem, &script, &wasm) {
            Some(new) if html.contains(stem) => {
                html = html.replace(stem, &new);
                new
            }
            _ => stem.to_owned(),
        };
        let script = script.replace(name.as_ref(), &[&stem, PROGRAM].concat());
        fs::write(folder.join(format!("{stem}.js")), script).map_err(told)?;
        fs::write(folder.join([&stem, PROGRAM].concat()), wasm).map_err(told)?;
    }
    fs::write(page, html).map_err(told)
}

/// The name with the hash of what now stands in the files in place of the old one.
fn hashed(stem: &str, script: &str, wasm: &[u8]) -> Option<String> {
    let (name, _) = stem.rsplit_once('-')?;
    let hash = Sha256::new().chain_update(script).chain_update(wasm);
    let hash = hash.finalize();
    let hash: String = hash.iter().take(8).map(|b| format!("{b:02x}")).collect();
    Some(format!("{name}-{hash}"))
}

/// A loader and its program with short names.
fn pair(stem: &str, script: &str, wasm: &[u8]) -> Outcome<(String, Vec<u8>)> {
    let mut names = Names::default();
    let mut module = Module::new();
    names
        .parse_core_module(&mut module, Parser::new(0), wasm)
        .map_err(|error| format!("{stem}{PROGRAM}: {error}"))?;
    let script = renamed(&without_comments(script), &names.known);
    let [from] = names.from.iter().collect::<Vec<_>>()[..] else {
        return Err(format!("{stem}{PROGRAM} imports from {:?}", names.from));
    };
    let imported = format!("\"{from}\"");
    if !script.contains(&imported) {
        return Err(format!("{stem}.js does not bring {imported}"));
    }
    let script = script.replace(&imported, &format!("\"{FROM}\""));
    Ok((script, module.finish()))
}

/// What imports are said to come from.
const FROM: &str = "a";

/// The short names, given out while a program is written anew.
#[derive(Default)]
struct Names {
    known: BTreeMap<String, String>,
    /// What imports were said to come from.
    from: BTreeSet<String>,
}

impl Names {
    fn short(&mut self, long: &str) -> &str {
        let number = self.known.len();
        let entry = self.known.entry(long.to_owned());
        entry.or_insert_with(|| letters(number))
    }
}

impl Reencode for Names {
    type Error = std::convert::Infallible;

    fn parse_import_section(
        &mut self,
        imports: &mut ImportSection,
        section: ImportSectionReader<'_>,
    ) -> Result<(), Error<Self::Error>> {
        for import in section.into_imports() {
            let import = import?;
            self.from.insert(import.module.to_owned());
            let kind = self.entity_type(import.ty)?;
            imports.import(FROM, self.short(import.name), kind);
        }
        Ok(())
    }

    fn parse_export(
        &mut self,
        exports: &mut ExportSection,
        export: Export<'_>,
    ) -> Result<(), Error<Self::Error>> {
        let long = export.name;
        let internal = long.starts_with("__") || long.starts_with("wasm_bindgen__");
        let name = match internal {
            true => self.short(long).to_owned(),
            false => long.to_owned(),
        };
        let export = Export {
            name: &name,
            ..export
        };
        utils::parse_export(self, exports, export)
    }

    fn parse_custom_section(
        &mut self,
        _: &mut Module,
        _: CustomSectionReader<'_>,
    ) -> Result<(), Error<Self::Error>> {
        Ok(())
    }
}

/// `$a`, `$b`, … `$Z`, `$aa`, …: loaders use some of them as names of their own, which must be no
/// words of the language and nobody else's.
fn letters(number: usize) -> String {
    const LETTERS: &[u8; 52] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    let mut left = number;
    let mut name = Vec::new();
    loop {
        name.insert(0, char::from(LETTERS[left % 52]));
        match (left / 52).checked_sub(1) {
            Some(next) => left = next,
            None => {
                name.insert(0, '$');
                return name.into_iter().collect();
            }
        }
    }
}

/// The script with every word of `names` replaced.
fn renamed(script: &str, names: &BTreeMap<String, String>) -> String {
    let mut out = String::with_capacity(script.len());
    let word = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
    let mut rest = script;
    while let Some(first) = rest.chars().next() {
        let inside = word(first);
        let end = rest.find(|c| word(c) != inside).unwrap_or(rest.len());
        let (piece, after) = rest.split_at(end);
        out.push_str(names.get(piece).map_or(piece, String::as_str));
        rest = after;
    }
    out
}

/// The script without lines that are comments, empty lines and indentation.
fn without_comments(script: &str) -> String {
    let mut inside = false;
    let mut light = String::with_capacity(script.len());
    for line in script.lines().map(str::trim) {
        let comment = inside || line.starts_with("/*");
        if comment {
            inside = !line.contains("*/");
        }
        if !comment && !line.is_empty() && !line.starts_with("//") {
            light.push_str(line);
            light.push('\n');
        }
    }
    light
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_go_and_code_stays() {
        let script = "/* @self */\n/**\n * @param {Port} port\n */\nexport function a(port) {\n    // why\n    b(port); // here\n\n    return 1 / 2;\n}\n";
        assert_eq!(
            without_comments(script),
            "export function a(port) {\nb(port); // here\nreturn 1 / 2;\n}\n"
        );
    }

    #[test]
    fn a_name_is_replaced_as_a_whole_word_alone() {
        let names = [("__wbg_get_1".to_owned(), "$a".to_owned())].into();
        assert_eq!(
            renamed("{__wbg_get_1: x.__wbg_get_12, y.__wbg_get_1}", &names),
            "{$a: x.__wbg_get_12, y.$a}"
        );
    }

    #[test]
    fn no_two_numbers_have_the_same_letters() {
        let all: BTreeSet<_> = (0..60_000).map(letters).collect();
        assert_eq!(all.len(), 60_000);
        assert_eq!(
            (letters(0), letters(51), letters(52)),
            ("$a".to_owned(), "$Z".to_owned(), "$aa".to_owned())
        );
    }

    /// One import, one export for the loader and one for callers.
    fn program() -> Vec<u8> {
        use wasm_encoder::{
            CodeSection, CustomSection, EntityType, ExportKind, Function, FunctionSection,
            TypeSection,
        };
        let mut module = Module::new();
        let mut types = TypeSection::new();
        types.ty().function([], []);
        let mut imports = ImportSection::new();
        imports.import("./x_bg.js", "__wbg_log_0f", EntityType::Function(0));
        let mut functions = FunctionSection::new();
        functions.function(0);
        let mut exports = ExportSection::new();
        exports.export("__wbindgen_start", ExportKind::Func, 1);
        exports.export("connect", ExportKind::Func, 1);
        let mut code = CodeSection::new();
        let mut body = Function::new([]);
        body.instructions().call(0).end();
        code.function(&body);
        module.section(&types).section(&imports).section(&functions);
        module.section(&exports).section(&code);
        module.section(&CustomSection {
            name: "name".into(),
            data: b"for people".as_slice().into(),
        });
        module.finish()
    }

    #[test]
    fn program_and_loader_agree_on_the_short_names() {
        let script = "const imports = {\n\"./x_bg.js\": { __wbg_log_0f: log },\n};\nwasm.__wbindgen_start(); wasm.connect();\n";
        let Ok((script, wasm)) = pair("x", script, &program()) else {
            unreachable!("a sound program")
        };
        assert_eq!(
            script,
            "const imports = {\n\"a\": { $a: log },\n};\nwasm.$b(); wasm.connect();\n"
        );
        let text = String::from_utf8_lossy(&wasm);
        assert!(text.contains("connect") && !text.contains("__wb"), "{text}");
        assert!(!text.contains("for people"), "{text}");
        assert!(Parser::new(0).parse_all(&wasm).all(|part| part.is_ok()));
    }

    #[test]
    fn a_loader_of_another_program_is_refused() {
        let script = "const imports = { \"./y_bg.js\": {} };";
        assert!(pair("x", script, &program()).is_err());
    }
}
