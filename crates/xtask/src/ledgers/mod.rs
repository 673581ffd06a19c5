//! Ledger files made by `outlay-ledger`, read by programs of other authors: two for DATEV, two for SIE, and
//! hledger for the balance of CSV. Each must find every row, and the same sum on each account.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use outlay_ledger::format::{JobInfo, Prepared, prepare};
use outlay_ledger::mapping::Settings;
use outlay_ledger::rehearsal::{Rehearsal, rehearse};
use outlay_ledger::{Mapping, check};
use outlay_pleo::export::item::ExportItem;
use outlay_pleo::time::Instant;
use outlay_pleo::{Currency, Money};
use serde_json::Value;

use crate::outcome::Outcome;
use crate::{program_paths, setup};

/// How often the items are repeated, each time with other ids, days and amounts.
const ROUNDS: usize = 40;

/// Runs `cargo xtask ledgers`: independent readers parse the ledger files.
pub fn command() -> Outcome {
    let folder = program_paths::target()?.join("ledgers");
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let items = items()?;
    let python = setup::ledger_readers()?;
    let sie4 = setup::sie4_reader()?;
    let hledger = setup::hledger()?;
    let readers = program_paths::root().join("crates/xtask/src/ledgers/readers");

    let datev = Made::write(&folder, &items, include_str!("mappings/datev.json"), false)?;
    let script =
        |name: &str, file: &Path| output(Command::new(&python).arg(readers.join(name)).arg(file));
    datev.accepts(
        "mloda-community-german-ledger",
        &script("german_ledger.py", &datev.file)?,
    )?;
    datev.accepts(
        "odoo-addon-datev-import-csv-dtvf",
        &script("odoo_import.py", &datev.file)?,
    )?;

    let sie = Made::write(&folder, &items, include_str!("mappings/sie.json"), false)?;
    sie.accepts("sie4", &output(Command::new(sie4).arg(&sie.file))?)?;
    // pysie-accounting finds vouchers by their quotation marks, sie4 by numbers without them: the format
    // has both.
    let quoted = Made::write(&folder, &items, include_str!("mappings/sie.json"), true)?;
    quoted.accepts("pysie-accounting", &script("pysie.py", &quoted.file)?)?;

    let csv = Made::write(&folder, &items, include_str!("mappings/csv.json"), false)?;
    csv.balances("hledger", &hledger, &readers.join("hledger.rules"))
}

/// A file, and what its rehearsal found in it.
struct Made {
    label: &'static str,
    file: PathBuf,
    rehearsal: Rehearsal,
}

impl Made {
    fn write(folder: &Path, items: &[ExportItem], mapping: &str, quoted: bool) -> Outcome<Self> {
        let mut mapping = Mapping::from_json(mapping).map_err(|error| error.to_string())?;
        if let Settings::Sie(sie) = &mut mapping.settings {
            sie.quoted_numbers = quoted;
        }
        let label = mapping.format().label();
        let checked = check::check(items, &mapping, &[]);
        let journal = checked.journal().map_err(|issues| {
            let issues: Vec<String> = issues.iter().map(ToString::to_string).collect();
            format!("{label}: {}", issues.join("\n"))
        })?;
        let prepared: Prepared =
            prepare(&journal, &mapping, &job()).map_err(|error| format!("{label}: {error}"))?;
        let rehearsal =
            rehearse(&prepared, &journal, &mapping).map_err(|error| format!("{label}: {error}"))?;
        let [written] = prepared.files.as_slice() else {
            return Err(format!("{label}: one file was expected"));
        };
        let folder = folder.join(if quoted { "quoted" } else { "plain" });
        let file = folder.join(&written.name);
        let written = fs::create_dir_all(&folder).and_then(|()| fs::write(&file, &written.bytes));
        written.map_err(|error| format!("{}: {error}", file.display()))?;
        Ok(Self {
            label,
            file,
            rehearsal,
        })
    }

    /// The sum of each account and currency, without tax that a ledger computes.
    fn sums(&self) -> BTreeMap<(String, Currency), i64> {
        let mut sums = BTreeMap::new();
        for row in self.rehearsal.rows.iter().map(|traced| &traced.row) {
            *sums.entry((row.account.clone(), row.currency)).or_insert(0) += row.amount;
            if let Some(contra) = &row.contra {
                *sums.entry((contra.clone(), row.currency)).or_insert(0) -= row.amount;
            }
        }
        sums
    }

    /// Compares what a reader printed: `rows`, and `accounts` with their sums in hundredths.
    fn accepts(&self, reader: &str, printed: &str) -> Outcome {
        let fail = |what: &str| format!("{} · {reader}: {what}: {printed}", self.label);
        let read: Value = serde_json::from_str(printed).map_err(|_| fail("no JSON"))?;
        let rows = self.rehearsal.rows.len();
        if read["rows"].as_u64() != Some(rows as u64) {
            return Err(fail(&format!("{rows} rows were expected")));
        }
        let sums = self.sums();
        let accounts = read["accounts"]
            .as_object()
            .ok_or_else(|| fail("no accounts"))?;
        for ((account, _), sum) in &sums {
            if accounts.get(account).and_then(Value::as_i64) != Some(*sum) {
                return Err(fail(&format!("account {account} was expected with {sum}")));
            }
        }
        if accounts.len() != sums.len() {
            return Err(fail("there are other accounts"));
        }
        self.report(reader);
        Ok(())
    }

    /// Has hledger read the CSV: every voucher clears to zero, and each account has its sum.
    fn balances(&self, reader: &str, program: &Path, rules: &Path) -> Outcome {
        let fail = |what: &str| format!("{} · {reader}: {what}", self.label);
        let hledger = |arguments: &[&str]| {
            let mut command = Command::new(program);
            command
                .arg("-f")
                .arg(&self.file)
                .arg("--rules-file")
                .arg(rules);
            output(
                command
                    .args([
                        "balance",
                        "-O",
                        "csv",
                        "--layout=bare",
                        "--no-total",
                        "--flat",
                    ])
                    .args(arguments),
            )
        };
        let open = hledger(&["clearing"])?;
        if open.lines().count() > 1 {
            return Err(fail(&format!("vouchers do not clear: {open}")));
        }
        let mut found = BTreeMap::new();
        let balances = hledger(&["not:clearing", "--empty"])?;
        for line in balances.lines().skip(1) {
            let cells: Vec<&str> = line.split(',').map(|cell| cell.trim_matches('"')).collect();
            let [account, code, amount] = cells.as_slice() else {
                return Err(fail(&format!("it printed {line}")));
            };
            let currency = Currency::new(code).ok_or_else(|| fail(code))?;
            let minors = minors(amount, currency).ok_or_else(|| fail(amount))?;
            found.insert(((*account).to_owned(), currency), minors);
        }
        let not_zero = |sums: &BTreeMap<(String, Currency), i64>| {
            sums.iter()
                .filter(|(_, sum)| **sum != 0)
                .map(|(key, sum)| (key.clone(), *sum))
                .collect::<Vec<_>>()
        };
        if not_zero(&found) != not_zero(&self.sums()) {
            return Err(fail(&format!("it printed {balances}")));
        }
        self.report(reader);
        Ok(())
    }

    fn report(&self, reader: &str) {
        let totals = self.rehearsal.totals.iter().map(|total| {
            let (currency, minors) = (total.currency, total.debit);
            Money { currency, minors }.to_string()
        });
        let totals: Vec<String> = totals.collect();
        let rows = self.rehearsal.rows.len();
        let accounts = self.sums().len();
        println!(
            "{} · {reader}: accepted {rows} rows on {accounts} accounts, debit = credit = {}",
            self.label,
            totals.join(", ")
        );
    }
}

/// `1.005` as whole smallest units; fewer decimals count as zeros.
fn minors(text: &str, currency: Currency) -> Option<i64> {
    let digits = currency.exponent()? as usize;
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let fits = fraction.len() <= digits;
    fits.then(|| format!("{whole}{fraction:0<digits$}").parse().ok())?
}

fn job() -> JobInfo {
    JobInfo {
        id: "1ab00000-0000-4000-8000-000000000001".into(),
        company: "c0000000-0000-4000-8000-000000000001".into(),
        created: Instant {
            seconds: 1_798_761_600,
            nanos: 0,
        },
        build: env!("CARGO_PKG_VERSION").to_owned(),
    }
}

/// The items, repeated.
fn items() -> Outcome<Vec<ExportItem>> {
    let once: Vec<ExportItem> = outlay_wire::read_text(include_str!("items.json"))
        .map_err(|error| format!("crates/xtask/src/ledgers/items.json: {error:?}"))?;
    let mut items = Vec::new();
    for round in 0..ROUNDS {
        for item in &once {
            let mut item = item.clone();
            let id = item.accounting_entry_id.as_str();
            item.accounting_entry_id = format!("{id}-{round}").as_str().into();
            // Another day of the same month.
            let day = format!("{:02}", 1 + round % 28);
            item.date.replace_range(8..10, &day);
            items.push(item);
        }
    }
    Ok(items)
}

/// What a command prints; with its errors if it fails.
fn output(command: &mut Command) -> Outcome<String> {
    let program = command.get_program().to_string_lossy().into_owned();
    let output = run(command).map_err(|error| format!("{program}: {error}"))?;
    match output.status.success() {
        true => Ok(String::from_utf8_lossy(&output.stdout).into_owned()),
        false => Err(format!(
            "{program} refused the file:\n{}",
            String::from_utf8_lossy(&output.stderr)
        )),
    }
}

fn run(command: &mut Command) -> std::io::Result<std::process::Output> {
    command
        .current_dir(program_paths::root())
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .output()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_items_can_be_written_in_each_of_the_mappings() {
        let items = items().unwrap();
        for mapping in [
            include_str!("mappings/datev.json"),
            include_str!("mappings/sie.json"),
            include_str!("mappings/csv.json"),
        ] {
            let mapping = Mapping::from_json(mapping).unwrap();
            let journal = check::check(&items, &mapping, &[]).journal().unwrap();
            let prepared = prepare(&journal, &mapping, &job()).unwrap();
            let rehearsal = rehearse(&prepared, &journal, &mapping).unwrap();
            assert!(
                rehearsal.rows.len() >= 15 * ROUNDS,
                "{}",
                rehearsal.rows.len()
            );
        }
    }

    #[test]
    fn printed_amounts_become_smallest_units() {
        let currency = |code| Currency::new(code).unwrap();
        for (text, code, expected) in [
            ("12.5", "EUR", 1_250),
            ("-1.005", "KWD", -1_005),
            ("7", "JPY", 7),
            ("3", "EUR", 300),
        ] {
            assert_eq!(minors(text, currency(code)), Some(expected));
        }
        assert_eq!(minors("1.005", currency("EUR")), None);
    }
}
