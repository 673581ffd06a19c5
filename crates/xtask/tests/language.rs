//! Fails on names and words that `CONTRIBUTING.md` and the glossary replace by the field's terms.
//!
//! `language/names.txt` lists identifiers that must not come back; `language/allowed-names.txt` lists
//! the reviewed exceptions (path, name, reason). `language/words.txt` lists words of comments,
//! documents and messages; `language/allowed-words.txt` holds how often each may still occur in a file.
//! Lower those counts with `LANGUAGE_LOWER=1 cargo test -p xtask --test language`; they never rise.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

const FOLDERS: [&str; 7] = [
    "src",
    "crates",
    "tests",
    "docs",
    "style",
    "public",
    "fuzz/fuzz_targets",
];
const DOCUMENTS: [&str; 4] = [
    "README.md",
    "ARCHITECTURE.md",
    "SECURITY.md",
    "CONTRIBUTING.md",
];
const EXTENSIONS: [&str; 7] = ["rs", "md", "css", "js", "html", "toml", "py"];
/// Folders of other programs, and the lists of this test.
const SKIPPED: [&str; 4] = ["target", "node_modules", "proptest-regressions", "language"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn list(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/language")
        .join(name)
}

/// The rows of a list: cells separated by tabs, without comments.
fn rows(name: &str) -> Vec<Vec<String>> {
    let text = fs::read_to_string(list(name)).unwrap();
    text.lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| line.split('\t').map(str::to_owned).collect())
        .collect()
}

/// Every text file of the repository by its path from the root.
fn files() -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    for folder in FOLDERS {
        collect(&root().join(folder), folder, &mut files);
    }
    for document in DOCUMENTS {
        if let Ok(text) = fs::read_to_string(root().join(document)) {
            files.insert(document.to_owned(), text);
        }
    }
    assert!(files.len() > 500, "{} files were found", files.len());
    files
}

fn collect(folder: &Path, name: &str, files: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let last = path.file_name().unwrap().to_string_lossy().into_owned();
        let name = format!("{name}/{last}");
        if path.is_dir() {
            if !SKIPPED.contains(&&*last) {
                collect(&path, &name, files);
            }
        } else if last != "language.rs"
            && EXTENSIONS
                .iter()
                .any(|it| last.ends_with(&format!(".{it}")))
        {
            files.insert(name, fs::read_to_string(&path).unwrap());
        }
    }
}

/// The identifiers of a line: runs of letters, digits and `_`.
fn identifiers(line: &str) -> impl Iterator<Item = &str> {
    line.split(|it: char| !(it.is_ascii_alphanumeric() || it == '_'))
        .filter(|it| !it.is_empty())
}

/// What of a line is code: of Rust without strings and comments, of a document what is in backticks.
fn code(path: &str, line: &str) -> String {
    if path.ends_with(".md") {
        let spans: Vec<_> = line.split('`').skip(1).step_by(2).collect();
        return spans.join(" ");
    }
    if !path.ends_with(".rs") {
        return String::new();
    }
    let mut code = String::new();
    let mut string = false;
    let mut last = ' ';
    let mut characters = line.chars().peekable();
    while let Some(it) = characters.next() {
        match it {
            '\\' if string => {
                characters.next();
            }
            '"' => string = !string,
            '/' if !string && last != ':' && characters.peek() == Some(&'/') => break,
            _ if !string => code.push(it),
            _ => {}
        }
        last = it;
    }
    code
}

/// The words of a line in lower case: runs of letters.
fn words(line: &str) -> impl Iterator<Item = String> {
    line.split(|it: char| !it.is_ascii_alphabetic())
        .filter(|it| !it.is_empty())
        .map(str::to_ascii_lowercase)
}

/// Each use of a listed name outside the exceptions, as `path:line: name → term`.
fn banned_names(
    files: &BTreeMap<String, String>,
    names: &[Vec<String>],
    allowed: &[Vec<String>],
) -> Vec<String> {
    let mut found = Vec::new();
    for (path, text) in files {
        for (at, line) in text.lines().enumerate() {
            for name in identifiers(&code(path, line)) {
                let Some(row) = names.iter().find(|row| row[0] == name) else {
                    continue;
                };
                if !allowed.iter().any(|it| it[0] == *path && it[1] == name) {
                    found.push(format!("{path}:{}: {name} → {}", at + 1, row[1]));
                }
            }
        }
    }
    found
}

/// How often each listed word occurs in each file, and the lines.
fn counts(
    files: &BTreeMap<String, String>,
    listed: &[Vec<String>],
) -> BTreeMap<(String, String), Vec<usize>> {
    let mut counts: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (path, text) in files {
        for (at, line) in text.lines().enumerate() {
            for word in words(line) {
                if listed.iter().any(|row| row[0] == word) {
                    counts.entry((path.clone(), word)).or_default().push(at + 1);
                }
            }
        }
    }
    counts
}

#[test]
fn replaced_names_do_not_occur() {
    let found = banned_names(&files(), &rows("names.txt"), &rows("allowed-names.txt"));
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn replaced_words_do_not_increase() {
    let listed = rows("words.txt");
    let allowed = rows("allowed-words.txt");
    let limit = |path: &str, word: &str| {
        let row = allowed.iter().find(|row| row[0] == path && row[1] == word);
        row.map_or(0, |row| row[2].parse::<usize>().unwrap())
    };
    let counts = counts(&files(), &listed);
    let mut found = Vec::new();
    let mut lowered = "# path, word, how often it may still occur\n".to_owned();
    for ((path, word), lines) in &counts {
        let limit = limit(path, word);
        let term = listed
            .iter()
            .find(|row| row[0] == *word)
            .map_or("", |row| &row[1]);
        if lines.len() > limit {
            let lines = lines
                .iter()
                .map(|line| format!("{path}:{line}: {word} → {term}"));
            found.push(format!("at most {limit} here:"));
            found.extend(lines);
        }
        let rest = lines.len().min(limit);
        if rest > 0 {
            lowered.push_str(&format!("{path}\t{word}\t{rest}\n"));
        }
    }
    if std::env::var_os("LANGUAGE_LOWER").is_some() {
        fs::write(list("allowed-words.txt"), lowered).unwrap();
    }
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn exceptions_name_files_that_use_them() {
    let files = files();
    for row in rows("allowed-names.txt") {
        assert_eq!(row.len(), 3, "path, name and reason: {row:?}");
        let used = files.get(&row[0]).is_some_and(|text| {
            text.lines()
                .any(|line| identifiers(&code(&row[0], line)).any(|name| name == row[1]))
        });
        assert!(used, "{} does not use {}", row[0], row[1]);
    }
}

#[test]
fn planted_name_and_word_are_found_with_line_and_term() {
    let files = BTreeMap::from([(
        "src/a.rs".to_owned(),
        "// Fine.\nlet x: Trouble = told();\n".to_owned(),
    )]);
    let row = |cells: [&str; 2]| cells.map(str::to_owned).to_vec();
    let names = [row(["Trouble", "AppError"])];
    let found = banned_names(&files, &names, &[]);
    assert_eq!(found, ["src/a.rs:2: Trouble → AppError"]);
    let counts = counts(&files, &[row(["told", "reported"])]);
    let key = ("src/a.rs".to_owned(), "told".to_owned());
    assert_eq!(counts.get(&key), Some(&vec![2]));
}
