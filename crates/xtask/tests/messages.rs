//! Fails if a page or a component has text for the user outside of the message catalogues
//! (`messages.rs` and `*_messages.rs`).
//!
//! `messages/allowed.txt` holds how many such literals a file may still have. Lower those counts with
//! `MESSAGES_LOWER=1 cargo test -p xtask --test messages`; they never rise.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

const FOLDERS: [&str; 4] = ["src/pages", "src/components", "src/session", "src/platform"];
/// Catalogues of another name.
const CATALOGUES: [&str; 1] = ["src/pages/inspect/parameters.rs"];
/// Attributes and properties of components whose text a user reads.
const VISIBLE: [&str; 8] = [
    "alt",
    "aria-label",
    "label",
    "placeholder",
    "text",
    "title",
    "what",
    "prop:textContent",
];
/// Names of keys, which begin with a capital letter as texts do.
const KEYS: [&str; 10] = [
    "ArrowDown",
    "ArrowLeft",
    "ArrowRight",
    "ArrowUp",
    "End",
    "Enter",
    "Escape",
    "Home",
    "PageDown",
    "PageUp",
];

/// A string literal of a source file.
struct Literal {
    line: usize,
    value: String,
    /// The code before it in the same file, without white space at its end.
    before: String,
    in_view: bool,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn allowed_file() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/messages/allowed.txt")
}

/// The view files by their path from the root.
fn files() -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    for folder in FOLDERS {
        collect(&root().join(folder), folder, &mut files);
    }
    assert!(files.len() > 80, "{} files were found", files.len());
    files
}

fn collect(folder: &Path, name: &str, files: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let last = path.file_name().unwrap().to_string_lossy().into_owned();
        let name = format!("{name}/{last}");
        let is_catalogue = last == "messages.rs" || last.ends_with("_messages.rs");
        if path.is_dir() {
            collect(&path, &name, files);
        } else if !is_catalogue && last != "tests.rs" && !CATALOGUES.contains(&&*name) {
            let text = fs::read_to_string(&path).unwrap();
            let code = text.split("\n#[cfg(test)]\nmod tests {").next();
            files.insert(name, code.unwrap_or_default().to_owned());
        }
    }
}

/// The string literals of Rust code, without those of comments.
fn literals(code: &str) -> Vec<Literal> {
    let characters: Vec<char> = code.chars().collect();
    let mut literals = Vec::new();
    let mut before = String::new();
    let (mut at, mut line, mut depth) = (0, 1, 0_usize);
    // The depths of braces at which a view is open.
    let mut views: Vec<usize> = Vec::new();
    while let Some(&it) = characters.get(at) {
        let next = characters.get(at + 1);
        match it {
            '/' if next == Some(&'/') => {
                while characters.get(at).is_some_and(|it| *it != '\n') {
                    at += 1;
                }
                continue;
            }
            '\'' => {
                // A character; a lifetime has no second quote.
                let end = if next == Some(&'\\') { at + 3 } else { at + 2 };
                if characters.get(end) == Some(&'\'') {
                    at = end + 1;
                    continue;
                }
            }
            '"' => {
                let start = line;
                let mut value = String::new();
                at += 1;
                while let Some(&inner) = characters.get(at).filter(|it| **it != '"') {
                    line += usize::from(inner == '\n');
                    value.push(inner);
                    if inner == '\\' {
                        at += 1;
                        let escaped = characters.get(at).copied().unwrap_or_default();
                        line += usize::from(escaped == '\n');
                        value.push(escaped);
                    }
                    at += 1;
                }
                literals.push(Literal {
                    line: start,
                    value,
                    before: before.trim_end().to_owned(),
                    in_view: !views.is_empty(),
                });
                before.push('"');
                at += 1;
                continue;
            }
            '{' => {
                if before.trim_end().ends_with("view!") {
                    views.push(depth);
                }
                depth += 1;
            }
            '}' => {
                depth = depth.saturating_sub(1);
                if views.last() == Some(&depth) {
                    views.pop();
                }
            }
            '\n' => line += 1,
            _ => {}
        }
        before.push(it);
        at += 1;
    }
    literals
}

/// Whether a user reads this literal, as far as its form and place show.
fn is_text(literal: &Literal) -> bool {
    let value = literal.value.trim();
    if !value.chars().any(char::is_alphabetic) || KEYS.contains(&value) {
        return false;
    }
    let before = &literal.before;
    if let Some(name) = before.strip_suffix('=')
        && !name.ends_with(['=', '!', '<', '>'])
    {
        let name = name.rsplit(|it: char| it.is_whitespace() || "(,<".contains(it));
        let name = name.clone().next().unwrap_or_default();
        return match literal.in_view {
            true => VISIBLE.contains(&name),
            // A binding; the other is the reason of an attribute.
            false => name.is_empty() && !before.ends_with("reason =") && reads_as_text(value),
        };
    }
    let is_child = literal.in_view && before.ends_with(['>', '"', '}']) && !before.ends_with("=>");
    is_child || reads_as_text(value)
}

/// Whether it has two words, or is one that begins with a capital letter.
fn reads_as_text(value: &str) -> bool {
    let is_word = |word: &&str| {
        let letters = word.trim_matches(|it: char| !it.is_alphanumeric());
        letters.len() > 1 && letters.chars().all(|it| it.is_alphabetic() || it == '\'')
    };
    let mut letters = value.chars();
    let is_capitalised = letters.next().is_some_and(char::is_uppercase)
        && letters.next().is_some_and(char::is_lowercase);
    is_capitalised || value.split_whitespace().filter(is_word).count() > 1
}

fn texts(code: &str) -> Vec<Literal> {
    literals(code).into_iter().filter(is_text).collect()
}

#[test]
fn view_files_have_no_text_outside_the_catalogues() {
    let list = fs::read_to_string(allowed_file()).unwrap();
    let allowed: BTreeMap<&str, usize> = list
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .map(|(path, count)| (path, count.parse().unwrap()))
        .collect();
    let mut found = Vec::new();
    let mut lowered = "# path, how many literals look like text and are none\n".to_owned();
    for (path, code) in &files() {
        let limit = allowed.get(&**path).copied().unwrap_or_default();
        let texts = texts(code);
        if texts.len() > limit {
            found.push(format!("{path}: at most {limit}, but:"));
            found.extend(
                texts
                    .iter()
                    .map(|it| format!("  {}: {:?}", it.line, it.value)),
            );
        }
        match texts.len().min(limit) {
            0 => {}
            rest => lowered.push_str(&format!("{path}\t{rest}\n")),
        }
    }
    if std::env::var_os("MESSAGES_LOWER").is_some() {
        fs::write(allowed_file(), lowered).unwrap();
    }
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn planted_texts_are_found_and_other_literals_are_not() {
    let found =
        |code: &str| -> Vec<String> { texts(code).into_iter().map(|it| it.value).collect() };
    for text in [
        r#"view! { <p class="a b">"Save"</p> }"#,
        r#"view! { <p>"save"</p> }"#,
        r#"view! { <p>{count} " rows"</p> }"#,
        r#"view! { <a title="more">{x}</a> }"#,
        r#"view! { <p>{if x { "Mask secrets" } else { messages::SHOW }}</p> }"#,
        r#"let words = format!("{count} entries loaded");"#,
        r#"let words = "Loading";"#,
        r#"Some(_) => "Signed out","#,
    ] {
        assert_eq!(found(text).len(), 1, "{text}: {:?}", found(text));
    }
    for other in [
        r#"view! { <p class="fine figures" id="x-title" role="status">{messages::X} " " {y}</p> }"#,
        r#"view! { <b class=if last { "danger" } else { "primary" }>{x}</b> }"#,
        r#"view! { <i on:click=|_| document::focus("heading")>{x}</i> }"#,
        r#"#[expect(clippy::x, reason = "the parts of one control")]"#,
        r#"// A comment with "some words"."#,
        r#"("ArrowDown", _) => 1,"#,
        r#"element.closest("[role=row]")"#,
    ] {
        assert_eq!(found(other), [""; 0], "{other}");
    }
}
