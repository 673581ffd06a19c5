//! Documents agree with the repository: each path that they name exists, the diagram of the crates
//! equals `cargo metadata`, and `docs/routes.md` is made from the route table.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

#[allow(dead_code, reason = "the document needs the table alone")]
#[path = "../../../src/routes.rs"]
mod routes;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The paths of all files and folders of the repository, below its root.
fn tree() -> BTreeSet<String> {
    let mut tree = BTreeSet::new();
    collect(&root(), "", &mut tree);
    tree
}

fn collect(folder: &Path, prefix: &str, tree: &mut BTreeSet<String>) {
    /// Folders that are not part of the repository.
    const BUILT: [&str; 5] = [".git", "target", "dist", "dist.host", "node_modules"];
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if BUILT.contains(&name.as_str()) {
            continue;
        }
        let below = format!("{prefix}{name}");
        if path.is_dir() {
            collect(&path, &format!("{below}/"), tree);
        }
        tree.insert(below);
    }
}

/// The documents for people, with their texts.
fn documents() -> Vec<(String, String)> {
    let of_people =
        |path: &String| path.ends_with(".md") && (!path.contains('/') || path.starts_with("docs/"));
    let documents = tree().into_iter().filter(of_people);
    documents
        .map(|path| {
            let text = fs::read_to_string(root().join(&path)).unwrap();
            (path, text)
        })
        .collect()
}

/// Files that the build, the host or the user makes. The repository does not hold them.
const MADE: [&str; 23] = [
    "404.html",
    "catalogue.json",
    "dist.host/",
    "dist/",
    "headers.txt",
    "manifest.txt",
    "nginx.conf",
    "outlay/",
    "outlay/http.conf",
    "outlay/local.http*.conf",
    "outlay/local.server*.conf",
    "outlay/local.server.conf",
    "outlay/proxied.conf",
    "outlay/server.conf",
    "postman_collection.json",
    "proxied.json",
    "site.host/",
    "site/",
    "target/",
    "target/site",
    "vault_worker.js",
    "vault_worker_bg.wasm",
    "vercel.json",
];

/// The path that a code span names: of a file with a known extension, or below a folder of the root.
/// `None` for anything else, such as a route, an address or a media type.
fn named_path(span: &str) -> Option<&str> {
    const EXTENSIONS: [&str; 8] = [
        ".rs", ".md", ".toml", ".js", ".json", ".css", ".html", ".yml",
    ];
    const FOLDERS: [&str; 7] = [
        "crates/", "docs/", "fuzz/", "public/", "src/", "style/", "tests/",
    ];
    let path = span.split("::").next()?;
    let elsewhere = path.starts_with('/')
        || path.contains("://")
        || path.contains(['*', '{', '…', '<', ' ', '$'])
        || MADE.contains(&path);
    let is_path = EXTENSIONS.iter().any(|extension| path.ends_with(extension))
        || FOLDERS.iter().any(|folder| path.starts_with(folder));
    (is_path && !elsewhere).then_some(path.trim_end_matches('/'))
}

#[test]
fn each_path_that_a_document_names_exists() {
    let tree = tree();
    let exists = |path: &str| {
        let below_a_folder = format!("/{path}");
        tree.contains(path) || tree.iter().any(|one| one.ends_with(&below_a_folder))
    };
    let mut named = 0;
    let mut missing = Vec::new();
    for (document, text) in documents() {
        for span in text.split('`').skip(1).step_by(2) {
            if let Some(path) = named_path(span) {
                named += 1;
                if !exists(path) {
                    missing.push(format!("{document}: {path}"));
                }
            }
        }
        for link in text.split("](").skip(1) {
            let target = link.split([')', '#']).next().unwrap();
            if target.is_empty() || target.contains("://") || target.starts_with("mailto:") {
                continue;
            }
            named += 1;
            let folder = Path::new(&document).parent().unwrap();
            if !root().join(folder).join(target).exists() {
                missing.push(format!("{document}: {target}"));
            }
        }
    }
    assert!(named > 200, "{named} paths found");
    assert!(missing.is_empty(), "{missing:#?}");
}

/// The crates of the workspace with the ones that each needs to run, by their folders' names.
fn dependencies() -> BTreeMap<String, BTreeSet<String>> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args([
        "metadata",
        "--no-deps",
        "--offline",
        "--format-version",
        "1",
    ]);
    let out = cargo.current_dir(root()).output().unwrap();
    assert!(
        out.status.success(),
        "{}",
        String::from_utf8_lossy(&out.stderr)
    );
    let metadata: Value = serde_json::from_slice(&out.stdout).unwrap();
    let short = |name: &str| match name {
        "outlay" => "src".to_owned(),
        name => name.trim_start_matches("outlay-").to_owned(),
    };
    let packages = metadata["packages"].as_array().unwrap().iter();
    let crates = packages.filter(|package| {
        let manifest = package["manifest_path"].as_str().unwrap();
        !manifest.contains("/tests/")
    });
    crates
        .map(|package| {
            let needed = package["dependencies"].as_array().unwrap().iter();
            let needed = needed.filter(|one| one["kind"].is_null() && !one["path"].is_null());
            let needed = needed.map(|one| short(one["name"].as_str().unwrap()));
            (short(package["name"].as_str().unwrap()), needed.collect())
        })
        .collect()
}

/// All crates that `from` reaches over one arrow or more.
fn reached(graph: &BTreeMap<String, BTreeSet<String>>, from: &str) -> BTreeSet<String> {
    let mut reached = BTreeSet::new();
    let mut open: Vec<&String> = graph.get(from).into_iter().flatten().collect();
    while let Some(one) = open.pop() {
        if reached.insert(one.clone()) {
            open.extend(graph.get(one).into_iter().flatten());
        }
    }
    reached
}

/// The graph without the arrows that a longer path implies.
fn reduced(graph: &BTreeMap<String, BTreeSet<String>>) -> BTreeSet<(String, String)> {
    let mut arrows = BTreeSet::new();
    for (from, needed) in graph {
        for to in needed {
            let over_another = needed
                .iter()
                .any(|other| other != to && reached(graph, other).contains(to));
            if !over_another {
                arrows.insert((from.clone(), to.clone()));
            }
        }
    }
    arrows
}

#[test]
fn diagram_of_the_crates_equals_cargo_metadata() {
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let (_, diagram) = text.split_once("```mermaid\n").unwrap();
    let (diagram, _) = diagram.split_once("```").unwrap();
    let mut drawn = BTreeSet::new();
    for line in diagram.lines().filter(|line| line.contains("-->")) {
        let (from, to) = line.trim().split_once(" --> ").unwrap();
        for to in to.split(" & ") {
            let arrow = (from.to_owned(), to.to_owned());
            assert!(drawn.insert(arrow), "twice: {line}");
        }
    }
    let real = reduced(&dependencies());
    let missing: Vec<_> = real.difference(&drawn).collect();
    let wrong: Vec<_> = drawn.difference(&real).collect();
    assert!(
        missing.is_empty() && wrong.is_empty(),
        "to draw: {missing:?}; to remove: {wrong:?}"
    );
}

#[test]
fn routes_document_equals_the_route_table() {
    let mut text = String::from(
        "# Routes\n\nEvery page of the app, from `src/routes.rs`. Paths are below the folder of the \
         site; `*` is one segment. The pages without a chunk share the chunk `sign_in`.\n\n\
         | path | title | navigation group | chunk | needs a connection |\n\
         | --- | --- | --- | --- | --- |\n",
    );
    for route in &routes::ROUTES {
        let group = match route.group {
            Some(group) => group.title().unwrap_or("finance"),
            None => "–",
        };
        let chunk = route
            .chunk
            .map_or("–".to_owned(), |name| format!("`{name}`"));
        let connection = if route.needs_connection { "yes" } else { "no" };
        let (path, title) = (route.path, route.title);
        text += &format!("| `{path}` | {title} | {group} | {chunk} | {connection} |\n");
    }
    let file = root().join("docs/routes.md");
    if std::env::var_os("OUTLAY_WRITE_DOCS").is_some() {
        fs::write(&file, &text).unwrap();
    }
    let hint = "write it anew: OUTLAY_WRITE_DOCS=1 cargo test -p xtask --test docs";
    assert_eq!(
        fs::read_to_string(&file).unwrap_or_default(),
        text,
        "{hint}"
    );
}
