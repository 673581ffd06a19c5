//! Fails if the top-level modules of a crate depend on each other in a circle.
//!
//! A module depends on another if one of its files names it as `crate::…`, tests included. Modules of
//! `EXCEPTIONS` may be in a circle with each other.
#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Source folders, and the modules of each that may depend on each other, with the reason.
const EXCEPTIONS: [(&str, &[&str], &str); 1] = [(
    "src",
    &["app", "chunks", "components", "pages"],
    "a view opens the chunk of another view, and the chunks list the views",
)];

type Graph = BTreeMap<String, BTreeSet<String>>;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The source folders of the app and of every crate, by path from the root.
fn source_folders() -> Vec<String> {
    let mut folders = vec!["src".to_owned()];
    for entry in fs::read_dir(root().join("crates")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        folders.push(format!("crates/{name}/src"));
    }
    folders
}

/// Adds the modules that the files of `path` name to those of `module`; at the top level
/// (`module` is `None`) each entry is a module of its own.
fn collect(path: &Path, module: Option<&str>, graph: &mut Graph) {
    for entry in fs::read_dir(path).unwrap() {
        let path = entry.unwrap().path();
        let stem = path.file_stem().unwrap().to_str().unwrap();
        let module = module.unwrap_or(stem);
        if path.is_dir() {
            collect(&path, Some(module), graph);
        } else if path.extension().is_some_and(|it| it == "rs") {
            let named = named_modules(&fs::read_to_string(&path).unwrap());
            graph.entry(module.to_owned()).or_default().extend(named);
        }
    }
}

/// The names directly after `crate::`, one or a list in braces, outside comments.
fn named_modules(source: &str) -> BTreeSet<String> {
    let code: Vec<_> = source
        .lines()
        .map(|line| line.split("//").next().unwrap_or_default())
        .collect();
    let code = code.join("\n");
    let mut names = BTreeSet::new();
    for (at, path) in code.match_indices("crate::") {
        // `$crate::` of a macro and identifiers that end in `crate` are something else.
        let before = code[..at].chars().next_back();
        if before.is_some_and(|it| it == '$' || it == '_' || it.is_alphanumeric()) {
            continue;
        }
        let rest = &code[at + path.len()..];
        match rest.strip_prefix('{') {
            Some(list) => names.extend(first_level(list)),
            None => names.extend(identifier(rest)),
        }
    }
    names
}

/// The identifier at the start of `text`, if there is one.
fn identifier(text: &str) -> Option<String> {
    let text = text.trim_start();
    let end = text.find(|it: char| !(it == '_' || it.is_ascii_alphanumeric()));
    let name = &text[..end.unwrap_or(text.len())];
    (!name.is_empty()).then(|| name.to_owned())
}

/// The first identifier of each item of a list in braces; `list` begins after the opening brace.
fn first_level(list: &str) -> Vec<String> {
    let mut names: Vec<String> = identifier(list).into_iter().collect();
    let mut depth = 0;
    for (at, it) in list.char_indices() {
        match it {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => names.extend(identifier(&list[at + 1..])),
            _ => {}
        }
    }
    names
}

/// The modules that `from` reaches over at least one dependency.
fn reached(graph: &Graph, from: &str) -> BTreeSet<String> {
    let mut reached = BTreeSet::new();
    let mut open = vec![from.to_owned()];
    while let Some(module) = open.pop() {
        for next in graph.get(&module).into_iter().flatten() {
            let is_module = graph.contains_key(next) && *next != module;
            if is_module && reached.insert(next.clone()) {
                open.push(next.clone());
            }
        }
    }
    reached
}

/// Pairs of modules that reach each other.
fn cycles(graph: &Graph) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    for module in graph.keys() {
        for other in reached(graph, module) {
            if *module < other && reached(graph, &other).contains(module) {
                pairs.push((module.clone(), other));
            }
        }
    }
    pairs
}

/// The graph of a source folder without its roots, which may name every module.
fn graph(folder: &str) -> Graph {
    let mut graph = Graph::new();
    let path = root().join(folder);
    collect(&path, None, &mut graph);
    for root in ["lib", "main", "bin", "tests"] {
        graph.remove(root);
    }
    graph
}

#[test]
fn modules_of_a_crate_form_no_cycle_outside_the_exceptions() {
    let mut found = Vec::new();
    for folder in source_folders() {
        for (one, other) in cycles(&graph(&folder)) {
            let excepted = EXCEPTIONS.iter().any(|(of, modules, _)| {
                *of == folder && modules.contains(&&*one) && modules.contains(&&*other)
            });
            if !excepted {
                found.push(format!("{folder}: {one} and {other}"));
            }
        }
    }
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn every_exception_is_part_of_a_cycle() {
    for (folder, modules, reason) in EXCEPTIONS {
        assert!(!reason.is_empty());
        let cycles = cycles(&graph(folder));
        for module in modules {
            let needed = cycles.iter().any(|(a, b)| a == module || b == module);
            assert!(needed, "{folder}: {module} is in no cycle");
        }
    }
}

#[test]
fn cycle_over_three_modules_and_nested_lists_is_found() {
    let named = named_modules("use crate::{b::{x, y}, c};\n// use crate::d;\nuse crate::e::f;");
    assert_eq!(named, ["b", "c", "e"].map(str::to_owned).into());
    let of = |names: &[&str]| names.iter().map(|it| (*it).to_owned()).collect();
    let graph = Graph::from([
        ("a".to_owned(), of(&["b"])),
        ("b".to_owned(), of(&["c"])),
        ("c".to_owned(), of(&["a"])),
        ("d".to_owned(), of(&["a"])),
    ]);
    let pair = |one: &str, other: &str| (one.to_owned(), other.to_owned());
    assert_eq!(
        cycles(&graph),
        [pair("a", "b"), pair("a", "c"), pair("b", "c")]
    );
}
