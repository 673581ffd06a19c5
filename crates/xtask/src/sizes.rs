//! How large the downloads are, and the budgets that the build keeps.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use outlay_deploy::host::brotli;

use crate::outcome::Outcome;

/// Bytes after brotli; the build says so past the aim and fails past the limit.
struct Budget {
    name: &'static str,
    aim: usize,
    limit: usize,
}

/// Document, style sheet, scripts, main module and vault: what a visitor downloads before Connect
/// works. The aim is what a React app of the same job needs.
const CONNECT: Budget = Budget {
    name: "to a usable Connect",
    aim: 103_000,
    limit: 175_000,
};

/// Both state machines, every check of `config.json`, the JSON parser, the reading of odd answers, and
/// the search for secrets in what servers send.
const VAULT: Budget = Budget {
    name: "vault",
    aim: 50_000,
    limit: 75_000,
};

/// Connect, the app, the overview and the entries: everything that the React app does.
const FINANCE: Budget = Budget {
    name: "Connect, overview and entries",
    aim: 225_000,
    limit: 620_000,
};

/// The app and the entries, after Connect.
const ENTRIES: Budget = Budget {
    name: "entries, beyond Connect",
    aim: 60_000,
    limit: 392_000,
};

/// The app and the export pages with the ledger formats and their readers, after Connect.
const EXPORTS: Budget = Budget {
    name: "exports, beyond Connect",
    aim: 110_000,
    limit: 467_000,
};

/// The app and any other page, after Connect.
const PAGE: Budget = Budget {
    name: "the largest other page, beyond Connect",
    aim: 110_000,
    limit: 351_000,
};

/// Loaded when a connection test starts: its requests and the texts of its results.
const PROBE: Budget = Budget {
    name: "probe",
    aim: 60_000,
    limit: 70_000,
};

/// Loaded when an Excel file is exported: XML, ZIP and compression.
const WORKBOOK: Budget = Budget {
    name: "workbook",
    aim: 60_000,
    limit: 80_000,
};

/// Programs that are loaded on demand, by the beginning of their files' names.
const ON_DEMAND: [&str; 2] = ["probe", "workbook"];

/// The chunk that loads the others.
const APP: &str = "app";

/// One file of the site.
struct Download {
    name: String,
    raw: usize,
    brotli: usize,
}

/// Prints the size of every download and of every page's first visit, and fails past a budget.
pub fn report(site: &Path) -> Outcome {
    let failed = |error| format!("{} cannot be measured: {error}", site.display());
    let downloads = measure(site).map_err(failed)?;
    let document = fs::read_to_string(site.join("index.html")).map_err(failed)?;
    let chunks = chunks(&document).ok_or("index.html names no chunks")?;
    print_files(&downloads);
    let sizes = Sizes { downloads, chunks };
    println!();
    sizes.print_pages();
    let verdicts = [
        judge(&CONNECT, sizes.connect()),
        judge(&VAULT, sizes.total(|name| name.starts_with("vault"))),
        judge(&FINANCE, sizes.visit(&["overview", "entries"])),
        judge(&ENTRIES, sizes.beyond_connect(&["entries"])),
        judge(&EXPORTS, sizes.beyond_connect(&["exports"])),
        judge(&PAGE, sizes.largest_other()),
        judge(&PROBE, sizes.total(|name| name.starts_with("probe"))),
        judge(&WORKBOOK, sizes.total(|name| name.starts_with("workbook"))),
    ];
    for line in verdicts.iter().flatten() {
        println!("{line}");
    }
    verdicts
        .into_iter()
        .collect::<Result<Vec<_>, _>>()
        .map(|_| ())
}

fn print_files(downloads: &[Download]) {
    let width = downloads.iter().map(|file| file.name.len()).max();
    let width = width.unwrap_or(0);
    println!("{:width$}  {:>10}  {:>10}", "", "raw", "brotli");
    for Download { name, raw, brotli } in downloads {
        println!(
            "{name:width$}  {:>10}  {:>10}",
            kilobytes(*raw),
            kilobytes(*brotli)
        );
    }
}

struct Sizes {
    downloads: Vec<Download>,
    /// The files of each chunk.
    chunks: BTreeMap<String, BTreeSet<String>>,
}

impl Sizes {
    /// The bytes of all programs, scripts, style sheets and documents in the count.
    fn total(&self, is_counted: impl Fn(&str) -> bool) -> usize {
        let all = self.downloads.iter();
        all.filter(|file| is_program(&file.name) && is_counted(&file.name))
            .map(|file| file.brotli)
            .sum()
    }

    fn connect(&self) -> usize {
        let of_a_chunk: BTreeSet<&String> = self.chunks.values().flatten().collect();
        let on_demand = |name: &str| ON_DEMAND.iter().any(|program| name.starts_with(program));
        self.total(|name| !on_demand(name) && !of_a_chunk.contains(&name.to_owned()))
    }

    /// What these pages load after Connect.
    fn beyond_connect(&self, pages: &[&str]) -> usize {
        let loaded = pages.iter().chain([&APP]);
        let files: BTreeSet<&String> = loaded
            .filter_map(|chunk| self.chunks.get(*chunk))
            .flatten()
            .collect();
        self.total(|name| files.contains(&name.to_owned()))
    }

    /// What a first visit to all of these pages loads.
    fn visit(&self, pages: &[&str]) -> usize {
        self.connect() + self.beyond_connect(pages)
    }

    fn largest_other(&self) -> usize {
        let has_budget = ["entries", "exports"];
        let others = self.chunks.keys();
        let others = others.filter(|chunk| !has_budget.contains(&chunk.as_str()));
        let sizes = others.map(|chunk| self.beyond_connect(&[chunk]));
        sizes.max().unwrap_or(0)
    }

    fn print_pages(&self) {
        println!(
            "{:16}  {:>12}  {:>14}",
            "page", "first visit", "beyond Connect"
        );
        println!("{:16}  {:>12}", "connect", kilobytes(self.connect()));
        for chunk in self.chunks.keys().filter(|chunk| *chunk != APP) {
            println!(
                "{chunk:16}  {:>12}  {:>14}",
                kilobytes(self.visit(&[chunk])),
                kilobytes(self.beyond_connect(&[chunk]))
            );
        }
    }
}

/// The files of each chunk, as the document names them for `boot.js`.
fn chunks(document: &str) -> Option<BTreeMap<String, BTreeSet<String>>> {
    let (_, rest) = document.split_once(" data-chunks=\"")?;
    let (chunks, _) = rest.split_once('"')?;
    let all = chunks.split(' ').map(|chunk| {
        let (name, files) = chunk.split_once(':')?;
        let files = files.split(',').filter(|file| !file.is_empty());
        Some((name.to_owned(), files.map(str::to_owned).collect()))
    });
    all.collect()
}

/// Whether a file is a part of the program; data, icons and the configuration are not counted.
fn is_program(name: &str) -> bool {
    let extension = name.rsplit('.').next().unwrap_or_default();
    ["wasm", "js", "css", "html"].contains(&extension)
}

fn judge(budget: &Budget, bytes: usize) -> Outcome<String> {
    let Budget { name, aim, limit } = budget;
    let line = format!(
        "{name}: {} after brotli (aim {}, at most {})",
        kilobytes(bytes),
        kilobytes(*aim),
        kilobytes(*limit)
    );
    if bytes > *limit {
        return Err(format!("too large: {line}"));
    }
    Ok(if bytes > *aim {
        format!("{line}: past the aim")
    } else {
        line
    })
}

fn measure(folder: &Path) -> std::io::Result<Vec<Download>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type()?.is_dir() {
            let below = measure(&entry.path())?;
            found.extend(below.into_iter().map(|file| Download {
                name: format!("{name}/{}", file.name),
                ..file
            }));
        } else {
            if is_companion(&name) {
                continue;
            }
            let bytes = fs::read(entry.path())?;
            let packed = entry.path().with_file_name(format!("{name}.br"));
            let brotli = match fs::metadata(packed) {
                Ok(packed) => usize::try_from(packed.len()).unwrap_or(usize::MAX),
                Err(_) => brotli(&bytes)?.len(),
            };
            found.push(Download {
                name,
                raw: bytes.len(),
                brotli,
            });
        }
    }
    found.sort_by(|a, b| b.brotli.cmp(&a.brotli).then_with(|| a.name.cmp(&b.name)));
    Ok(found)
}

/// Returns whether a browser never requests it by this name: a compressed form, or a host's file.
fn is_companion(name: &str) -> bool {
    name.ends_with(".br") || name.ends_with(".gz") || name.starts_with('_') || name == "404.html"
}

/// In thousands of bytes, with one decimal.
fn kilobytes(bytes: usize) -> String {
    let tenths = (bytes + 50) / 100;
    format!("{}.{} kB", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sizes() -> Sizes {
        let file = |(name, brotli): (&str, usize)| Download {
            name: name.to_owned(),
            raw: 0,
            brotli,
        };
        Sizes {
            downloads: [
                ("index.html", 1),
                ("outlay-1f_bg.wasm", 20),
                ("vault_worker_bg.wasm", 300),
                ("probe_worker_bg.wasm", 4_000),
                ("workbook_worker_bg.wasm", 6_000),
                ("app-1.wasm", 50_000),
                ("shared-2.wasm", 600_000),
                ("entries-3.wasm", 7_000_000),
                ("api-4.wasm", 80_000_000),
                ("catalogue.json", 900_000_000),
            ]
            .map(file)
            .into(),
            chunks: chunks(
                "<meta data-chunks=\"api:shared-2.wasm,api-4.wasm app:app-1.wasm \
                 entries:shared-2.wasm,entries-3.wasm\">",
            )
            .unwrap(),
        }
    }

    #[test]
    fn each_visit_counts_each_file_once() {
        let sizes = sizes();
        assert_eq!(sizes.connect(), 321);
        assert_eq!(sizes.beyond_connect(&["entries"]), 7_650_000);
        assert_eq!(sizes.visit(&["api", "entries"]), 87_650_321);
        assert_eq!(sizes.largest_other(), 80_650_000);
        assert_eq!(sizes.total(|name| name.starts_with("probe")), 4_000);
        assert_eq!(sizes.total(|name| name.starts_with("workbook")), 6_000);
    }

    #[test]
    fn budget_is_met_at_exactly_its_size() {
        for budget in [
            &CONNECT, &VAULT, &FINANCE, &ENTRIES, &EXPORTS, &PAGE, &PROBE, &WORKBOOK,
        ] {
            let Budget { aim, limit, .. } = *budget;
            assert!(judge(budget, aim).is_ok_and(|line| !line.contains("past the aim")));
            assert!(judge(budget, aim + 1).is_ok_and(|line| line.contains("past the aim")));
            assert!(judge(budget, limit).is_ok());
            assert!(judge(budget, limit + 1).is_err());
        }
    }

    #[test]
    fn kilobyte_is_1000_bytes() {
        assert_eq!(kilobytes(0), "0.0 kB");
        assert_eq!(kilobytes(1_949), "1.9 kB");
        assert_eq!(kilobytes(1_950), "2.0 kB");
        assert_eq!(kilobytes(250_000), "250.0 kB");
    }

    #[test]
    fn precompressed_copies_are_not_counted() {
        for name in ["vault.js.br", "vault.js.gz", "_headers", "404.html"] {
            assert!(is_companion(name), "{name}");
        }
        assert!(!is_companion("vault.js"));
    }
}
