//! The CSV and Excel files of an odd data set, read by LibreOffice, and every cell compared with the data.
//!
//! Reading order: [`entries`] has the data, [`cells`] compares one cell.

mod cells;
mod entries;

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use futures::executor::block_on;
use futures::stream;
use outlay_pleo::{AccountingEntry, Money};
use outlay_table::csv::{CsvFormat, DecimalSeparator};
use outlay_table::file_writer::{FilePlan, FileWriter, Format};
use outlay_table::{Column, EntryTable, Filter, Grain, lines};
use outlay_workbook::message::WorkbookSummary;
use outlay_workbook::rows::{RowSlices, SheetFacts, plan};
use outlay_workbook::writer;

use crate::outcome::Outcome;
use crate::{process, program_paths, setup};
use cells::{CellKind, FileKind, ReadCell, compare};

/// Name of the sheet with the rows.
const SHEET: &str = "Entries";

/// A sentence for the end of a file that lacks entries.
const NOTE: &str = "Partial: 1,680 of 3,500 entries were loaded.";

/// Runs `cargo xtask readback`: LibreOffice reads the exported files.
pub fn command() -> Outcome {
    let folder = program_paths::target()?.join("readback");
    if folder.is_dir() {
        fs::remove_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    }
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let office = Office {
        program: setup::libreoffice()?,
        folder,
    };
    let entries: Vec<AccountingEntry> = (0..entries::ENTRIES)
        .map(entries::entry)
        .collect::<Outcome<_>>()?;
    let table = entries::table(&entries);
    let all = table.select(&Filter::default(), Grain::Entries);
    let order = table.lines_of(&table.order(&all, &[]));
    let export = Export {
        entries: &entries,
        columns: table.ledger_columns(),
        table: &table,
        order,
    };
    export.check_workbook(&office)?;
    let point = CsvFormat::spreadsheet(DecimalSeparator::Point);
    let comma = CsvFormat::spreadsheet(DecimalSeparator::Comma);
    export.check_csv(&office, "comma", point, LibreOfficeCsv::AMERICAN)?;
    export.check_csv(&office, "semicolon", comma, LibreOfficeCsv::GERMAN)
}

/// What is exported.
struct Export<'a> {
    entries: &'a [AccountingEntry],
    table: &'a EntryTable,
    order: Vec<u32>,
    columns: Vec<Column>,
}

impl Export<'_> {
    fn check_workbook(&self, office: &Office) -> Outcome {
        let (bytes, summary) = self.workbook()?;
        let file = office.write("entries.xlsx", &bytes)?;
        let read = office.convert(&file, None)?;
        self.check_rows("XLSX", &read.sheet(SHEET)?, FileKind::Workbook, 0)?;
        self.check_totals(&read.sheet("Totals")?)?;
        let about = read.sheet("About this file")?;
        for expected in [
            [
                "Company".to_owned(),
                "Brinkholt & S\u{f8}n <ApS>".to_owned(),
            ],
            [
                "Complete".to_owned(),
                "No: not every entry was loaded".to_owned(),
            ],
            ["Note".to_owned(), NOTE.to_owned()],
            [
                "Note".to_owned(),
                format!(
                    "Texts cut, because an Excel cell holds at most 32,767 characters: {}.",
                    summary.cut
                ),
            ],
        ] {
            let states = |row: &Vec<ReadCell>| row.iter().map(|cell| &cell.text).eq(&expected);
            if summary.cut == 0 || !about.iter().any(states) {
                return Err(format!("XLSX: the last sheet does not state {expected:?}"));
            }
        }
        Ok(())
    }

    fn workbook(&self) -> Outcome<(Vec<u8>, WorkbookSummary)> {
        let facts = SheetFacts {
            company: "Brinkholt & S\u{f8}n <ApS>".to_owned(),
            loaded: self.entries.len(),
            total: Some(3_500),
            notes: vec![NOTE.to_owned()],
            ..SheetFacts::default()
        };
        let plan = plan(self.table, &self.order, &self.columns, SHEET, &facts);
        let mut rows = RowSlices::new(&self.order, &self.columns);
        let slices = std::iter::from_fn(|| rows.next_slice(self.table));
        let mut bytes = Vec::new();
        let outcome = writer::write(&plan, stream::iter(slices), |_, part| bytes.extend(part));
        let (summary, last) = block_on(outcome).map_err(|error| format!("{error:?}"))?;
        bytes.extend(last);
        Ok((bytes, summary))
    }

    fn check_csv(
        &self,
        office: &Office,
        name: &str,
        form: CsvFormat,
        reading: LibreOfficeCsv,
    ) -> Outcome {
        let plan = FilePlan {
            format: Format::Csv(form),
            columns: self.columns.clone(),
            rows: self.order.clone(),
            notes: vec![NOTE.to_owned()],
        };
        let written = FileWriter::new(plan, self.table).write_slice(self.table, usize::MAX);
        let file = office.write(&format!("{name}.csv"), &written.bytes)?;
        let read = office.convert(&file, Some(reading))?;
        let sheet = read.sheet(name)?;
        let label = format!("CSV with {name}");
        self.check_rows(&label, &sheet, FileKind::Csv, 1)?;
        let last = sheet.last().and_then(|row| row.first());
        match last {
            Some(cell) if cell.text == NOTE => Ok(()),
            other => Err(format!("{label}: the last row is {other:?}")),
        }
    }

    /// Compares the header and every row; `notes` rows follow them.
    fn check_rows(
        &self,
        label: &str,
        sheet: &[Vec<ReadCell>],
        file: FileKind,
        notes: usize,
    ) -> Outcome {
        let rows = self.order.len();
        let [header, sheet @ ..] = sheet else {
            return Err(format!("{label}: the file is empty"));
        };
        let headers: Vec<String> = self
            .columns
            .iter()
            .map(|it| self.table.header(*it))
            .collect();
        let read: Vec<String> = match file {
            FileKind::Workbook => header.iter().map(|cell| cell.text.clone()).collect(),
            FileKind::Csv => header
                .iter()
                .map(|cell| outlay_table::spreadsheet::restore(&cell.text))
                .collect(),
        };
        if read != headers {
            return Err(format!("{label}: the headers are {read:?}"));
        }
        if sheet.len() != rows + notes {
            return Err(format!(
                "{label}: {} rows in place of {rows} and {notes} for notes",
                sheet.len()
            ));
        }
        let mut kinds: BTreeMap<CellKind, usize> = BTreeMap::new();
        let mut differences = Vec::new();
        for (row, cells) in self.order.iter().zip(sheet) {
            if cells.len() != self.columns.len() {
                return Err(format!("{label}: row {row} has {} cells", cells.len()));
            }
            for (column, read) in self.columns.iter().zip(cells) {
                let cell = self.table.cell(*row as usize, *column);
                match compare(&cell, read, file) {
                    Some(kind) => *kinds.entry(kind).or_default() += 1,
                    None => differences.push(format!(
                        "row {row}, {}: {} is {}",
                        self.table.header(*column),
                        shortened(&format!("{cell:?}")),
                        shortened(&format!("{read:?}"))
                    )),
                }
            }
        }
        if !differences.is_empty() {
            let count = differences.len();
            differences.truncate(20);
            return Err(format!(
                "{label}: {count} cells differ:\n{}",
                differences.join("\n")
            ));
        }
        let kinds: Vec<String> = kinds
            .iter()
            .map(|(kind, count)| format!("{count} {kind:?}"))
            .collect();
        println!(
            "{label} · LibreOffice: {rows} rows of {} columns equal the data: {}",
            self.columns.len(),
            kinds.join(", ")
        );
        Ok(())
    }

    /// Compares the totals with sums of the entries themselves.
    fn check_totals(&self, sheet: &[Vec<ReadCell>]) -> Outcome {
        let mut sums: HashMap<(String, String), i128> = HashMap::new();
        let mut add = |column, money: Option<Money>| {
            if let Some(money) = money {
                let key = (self.table.header(column), money.currency.to_string());
                *sums.entry(key).or_default() += i128::from(money.minors);
            }
        };
        for line in self.entries.iter().flat_map(lines::of) {
            add(Column::Amount, line.amount);
            add(Column::Billed, line.billed);
        }
        let mut found = 0;
        for row in sheet.iter().skip(1) {
            let [column, currency, total, _] = row.as_slice() else {
                return Err(format!("XLSX: a row of the totals is {row:?}"));
            };
            let key = (column.text.clone(), currency.text.clone());
            let sum = sums.get(&key).copied();
            let code = outlay_pleo::Currency::new(&currency.text);
            let exponent = code.and_then(|code| code.exponent());
            let is_equal = match (sum, exponent) {
                (Some(sum), Some(exponent)) => {
                    cells::scaled(&total.text, exponent as usize) == Some(sum)
                }
                (Some(_), None) => total.text == "Not added up: decimals not known",
                (None, _) => false,
            };
            if !is_equal {
                return Err(format!("XLSX: a total is {row:?} in place of {sum:?}"));
            }
            found += 1;
        }
        if found != sums.len() {
            return Err(format!("XLSX: {found} totals in place of {}", sums.len()));
        }
        println!("XLSX · LibreOffice: {found} totals equal the sums of the entries");
        Ok(())
    }
}

/// At most the first 200 characters.
fn shortened(text: &str) -> String {
    text.chars().take(200).collect()
}

/// How LibreOffice reads a CSV file: the code of the separator and Microsoft's number of the language.
#[derive(Debug, Clone, Copy)]
struct LibreOfficeCsv {
    separator: u32,
    language: u32,
}

impl LibreOfficeCsv {
    const AMERICAN: LibreOfficeCsv = LibreOfficeCsv {
        separator: ',' as u32,
        language: 1_033,
    };
    const GERMAN: LibreOfficeCsv = LibreOfficeCsv {
        separator: ';' as u32,
        language: 1_031,
    };

    /// With the file as UTF-8, from its first line on; quoted cells are not always texts, and dates are
    /// recognized, as when a user opens the file.
    fn filter(self) -> String {
        let LibreOfficeCsv {
            separator,
            language,
        } = self;
        format!(
            "--infilter=Text - txt - csv (StarCalc):{separator},34,76,1,,{language},false,true,false"
        )
    }
}

/// CSV with commas as UTF-8: texts in quotation marks, numbers as numbers with every digit, and each sheet
/// as a file of its own.
const OUTPUT: &str =
    "csv:Text - txt - csv (StarCalc):44,34,76,1,,1033,true,true,false,false,false,-1";

/// LibreOffice, and the folder of its files.
struct Office {
    program: PathBuf,
    folder: PathBuf,
}

impl Office {
    fn write(&self, name: &str, bytes: &[u8]) -> Outcome<PathBuf> {
        let file = self.folder.join(name);
        fs::write(&file, bytes).map_err(|error| format!("{}: {error}", file.display()))?;
        Ok(file)
    }

    /// Has LibreOffice open a file and write its sheets as CSV.
    fn convert(&self, file: &Path, reading: Option<LibreOfficeCsv>) -> Outcome<ReadFile> {
        let stem = file.file_stem().unwrap_or_default().to_string_lossy();
        let folder = self.folder.join(format!("{stem}-read"));
        let profile = self.folder.join("profile");
        let mut command = process::command(&self.program);
        command
            .arg("--headless")
            .arg(format!(
                "-env:UserInstallation=file://{}",
                profile.display()
            ))
            .args(reading.map(LibreOfficeCsv::filter))
            .args(["--convert-to", OUTPUT, "--outdir"])
            .args([&folder, file]);
        let log = self.folder.join("libreoffice.log");
        process::run_logged(&mut command, &log, Duration::from_secs(300))?;
        Ok(ReadFile {
            folder,
            stem: stem.into_owned(),
        })
    }
}

/// A file as LibreOffice has read it.
struct ReadFile {
    folder: PathBuf,
    stem: String,
}

impl ReadFile {
    fn sheet(&self, name: &str) -> Outcome<Vec<Vec<ReadCell>>> {
        let file = self.folder.join(format!("{}-{name}.csv", self.stem));
        // LibreOffice ends with 0 also if it could not read a file.
        let text = fs::read_to_string(&file);
        let text = text.map_err(|error| {
            let file = file.display();
            format!("{file}: LibreOffice has not written it, or not as UTF-8: {error}")
        })?;
        Ok(cells::rows(&text))
    }
}
