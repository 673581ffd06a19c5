//! How large the downloads are, and the budgets they must keep.

use std::fs;
use std::path::Path;

use crate::Outcome;
use crate::host::brotli;

/// Bytes after brotli; the build says so past the first and fails past the second.
struct Budget {
    name: &'static str,
    /// How its files' names begin; the page's are all that begin with none of the others'.
    files: &'static str,
    aim: usize,
    fails: usize,
}

const BUDGETS: [Budget; 5] = [
    Budget {
        name: "page",
        files: "",
        aim: 180_000,
        fails: 320_000,
    },
    // Both machines, every check of `config.json`, the JSON parser, the reading of odd answers, and the
    // search for secrets in what servers send.
    Budget {
        name: "vault",
        files: "vault",
        aim: 50_000,
        fails: 75_500,
    },
    // Loaded when one of its routes opens; it brings its own copy of Leptos.
    Budget {
        name: "workbench",
        files: "workbench",
        aim: 180_000,
        fails: 245_000,
    },
    // Loaded when `/api` opens; the catalogue that it fetches is data, and none of it.
    Budget {
        name: "explorer",
        files: "explorer",
        aim: 150_000,
        fails: 230_000,
    },
    // Loaded when a check begins: the questions and every sentence of the report card.
    Budget {
        name: "probe",
        files: "probe",
        aim: 60_000,
        fails: 72_000,
    },
];

/// One file of the site.
struct Download {
    name: String,
    raw: usize,
    brotli: usize,
}

/// Prints the size of every download and fails past a budget.
pub fn report(site: &Path) -> Outcome {
    let downloads =
        measure(site).map_err(|error| format!("{} cannot be measured: {error}", site.display()))?;
    let width = downloads
        .iter()
        .map(|file| file.name.len())
        .max()
        .unwrap_or(0);
    println!("{:width$}  {:>10}  {:>10}", "", "raw", "brotli");
    for file in &downloads {
        println!(
            "{:width$}  {:>10}  {:>10}",
            file.name,
            kilobytes(file.raw),
            kilobytes(file.brotli)
        );
    }
    let total = |budget: &Budget| {
        let counted = downloads
            .iter()
            .filter(|file| of(&file.name) == Some(budget.name));
        counted.map(|file| file.brotli).sum::<usize>()
    };
    let verdicts: Vec<_> = BUDGETS
        .iter()
        .map(|budget| judge(budget, total(budget)))
        .collect();
    for line in verdicts.iter().flatten() {
        println!("{line}");
    }
    verdicts
        .into_iter()
        .collect::<Result<Vec<_>, _>>()
        .map(|_| ())
}

/// The name of the budget that a file counts for, if it counts for one.
fn of(name: &str) -> Option<&'static str> {
    let extension = name.rsplit('.').next()?;
    ["wasm", "js", "css", "html"].contains(&extension).then(|| {
        let own = BUDGETS.iter().skip(1);
        own.filter(|budget| name.starts_with(budget.files))
            .map(|budget| budget.name)
            .next()
            .unwrap_or("page")
    })
}

fn judge(budget: &Budget, bytes: usize) -> Outcome<String> {
    let Budget {
        name, aim, fails, ..
    } = budget;
    let line = format!(
        "{name}: {} after brotli (aim {}, at most {})",
        kilobytes(bytes),
        kilobytes(*aim),
        kilobytes(*fails)
    );
    if bytes > *fails {
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
            if is_beside(&name) {
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

/// Whether nobody downloads it of its own accord: another form of a file, or words for a host.
fn is_beside(name: &str) -> bool {
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

    #[test]
    fn every_file_counts_for_the_right_budget() {
        let cases = [
            ("outlay-1f_bg.wasm", Some("page")),
            ("index.html", Some("page")),
            ("tokens-9a.css", Some("page")),
            ("vault.js", Some("vault")),
            ("vault_worker_bg.wasm", Some("vault")),
            ("workbench_bg.wasm", Some("workbench")),
            ("workbench.css", Some("workbench")),
            ("explorer_bg.wasm", Some("explorer")),
            ("explorer.css", Some("explorer")),
            ("catalogue.json", None),
            ("probe.js", Some("probe")),
            ("probe_worker_bg.wasm", Some("probe")),
            ("config.json", None),
            ("outlay-7c.svg", None),
        ];
        for (name, counted) in cases {
            assert_eq!(of(name), counted, "{name}");
        }
    }

    #[test]
    fn a_budget_is_kept_up_to_its_last_byte() {
        for budget in &BUDGETS {
            let Budget { aim, fails, .. } = *budget;
            assert!(judge(budget, aim).is_ok_and(|line| !line.contains("past the aim")));
            assert!(judge(budget, aim + 1).is_ok_and(|line| line.contains("past the aim")));
            assert!(judge(budget, fails).is_ok());
            assert!(judge(budget, fails + 1).is_err());
        }
    }

    #[test]
    fn a_kilobyte_is_a_thousand_bytes() {
        assert_eq!(kilobytes(0), "0.0 kB");
        assert_eq!(kilobytes(1_949), "1.9 kB");
        assert_eq!(kilobytes(1_950), "2.0 kB");
        assert_eq!(kilobytes(250_000), "250.0 kB");
    }

    #[test]
    fn other_forms_of_a_file_are_not_counted_beside_it() {
        for name in ["vault.js.br", "vault.js.gz", "_headers", "404.html"] {
            assert!(is_beside(name), "{name}");
        }
        assert!(!is_beside("vault.js"));
    }
}
