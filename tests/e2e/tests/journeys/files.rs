//! Files of the entries: their form follows the browser's locale, they wait for names or say which are
//! missing, and their addresses end.

use std::collections::BTreeMap;
use std::fs;
use std::io::Cursor;
use std::time::Duration;

use calamine::{Data, DataType, Range, Reader, Xlsx};

use outlay_e2e::fault::{FaultPath, FaultTimes, FaultWhen, SandboxFault};
use outlay_e2e::login::ConsentChoice;
use outlay_e2e::sandbox::{SandboxSetup, SiteAddresses};
use outlay_e2e::stage::{Stage, StageSetup, play};
use outlay_e2e::wait::{PATIENCE, until};
use outlay_e2e::{Outcome, files};
use outlay_pleo::time::Date;
use serde_json::{Value, json};

use super::entries::{place, sums, table, thousandths, wait_for_totals};

const SEARCH: &str = "/v1/accounting-entries:search";
const EMPLOYEES: &str = "/v2/employees";

/// The cells of one column, the header first, of a file with this separator.
fn column(file: &str, separator: u8, header: &str) -> Outcome<Vec<String>> {
    let file = file.strip_prefix('\u{feff}').ok_or("no byte order mark")?;
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .from_reader(file.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>()?;
    let at = rows[0].iter().position(|it| it.starts_with(header));
    let at = at.ok_or_else(|| format!("no column {header}: {:?}", rows[0]))?;
    Ok(rows.iter().map(|row| row[at].to_owned()).collect())
}

/// The name of the file that was offered last, once its link is in the document.
async fn offered(stage: &Stage) -> Outcome<String> {
    offered_as(stage, "").await
}

/// The same, once the name contains this text.
async fn offered_as(stage: &Stage, part: &str) -> Outcome<String> {
    let script =
        "return [...document.querySelectorAll('a[data-download]')].pop()?.download ?? null";
    until(&format!("a file named {part}"), PATIENCE, async || {
        let name = stage.browser.run(script, vec![]).await?;
        let name = name.as_str().filter(|name| name.contains(part));
        Ok(name.map(str::to_owned))
    })
    .await
}

async fn save(stage: &Stage) -> Outcome<String> {
    files::save_entries(&stage.browser).await?;
    files::saved(&stage.browser).await
}

#[test]
fn exported_file_uses_the_locale_format_and_no_formula() {
    let setup = StageSetup {
        // Several visits, and answers that are made to be late.
        deadline: Some(Duration::from_secs(120)),
        before_load: Some(files::KEEP),
        chromium_only: Some("the locale is set by Chromium's own protocol"),
        sandbox: SandboxSetup {
            config: Some(Box::new(SiteAddresses::config)),
            // One page: what is patched is patched on each page.
            entries: Some(90),
            ..SandboxSetup::default()
        },
        ..StageSetup::default()
    };
    play("files_locale", setup, |stage| async move {
        stage.connect().await?;
        let page = stage.page();
        let amount = |minors: u32| format!("{{\"currency\":\"EUR\",\"minors\":{minors}}}");
        let part = |id: &str, minors: u32| {
            json!({ "id": id, "createdAt": "2026-01-01T00:00:00Z", "updatedAt": "2026-01-01T00:00:00Z", "tags": [],
                "transactionValue": { "currency": "EUR", "minors": minors } })
        };
        let split = json!([part("p1", 3333), part("p2", 3333), part("p3", 3334)]).to_string();
        let patch = SandboxFault::patch(&[
            ("/data/0/note", r#""hello;=1+2""#),
            ("/data/0/transactionValue", &amount(910)),
            ("/data/0/splitItems", "[]"),
            ("/data/1/note", r#""=1+1;=1+2\u0000""#),
            ("/data/1/transactionValue", &amount(1230)),
            ("/data/1/splitItems", "[]"),
            ("/data/2/note", r#""000123""#),
            ("/data/2/transactionValue", &amount(150)),
            ("/data/2/splitItems", "[]"),
            ("/data/3/transactionValue", &amount(10_000)),
            ("/data/3/totalBillValue", &amount(10_000)),
            ("/data/3/splitItems", &split),
        ]);
        let patch = patch.at(&[FaultPath::Api]).path(SEARCH);
        stage.sandbox.arm(patch, FaultTimes::Always).await?;
        let point = ("CSV · comma, decimal point, UTF-8 for Excel", b',', ".");
        let comma = ("CSV · semicolon, decimal comma, UTF-8 for Excel", b';', ",");
        let locales = [
            ("en-GB", point),
            ("de-DE", comma),
            ("sv-SE", comma),
            ("da-DK", comma),
        ];
        for (locale, (label, separator, mark)) in locales {
            let to = |locale: &str| json!({ "locale": locale });
            stage
                .browser
                .ask("Emulation.setLocaleOverride", to(""))
                .await?;
            stage
                .browser
                .ask("Emulation.setLocaleOverride", to(locale))
                .await?;
            page.open("/entries").await?;
            page.rows().await?;
            page.wait_for_texts(&[label, "such as =1+2 or 000123, gets an apostrophe"])
                .await?;
            let file = save(&stage).await?;
            page.wait_for_text("Download started: outlay-entries-")
                .await?;
            page.wait_for_text("replaced by \u{fffd}: 1").await?;
            assert!(!offered(&stage).await?.contains("PARTIAL"));
            let notes = column(&file, separator, "Note")?;
            assert_eq!(
                notes[1..4],
                ["hello;'=1+2", "'=1+1;'=1+2\u{fffd}", "'000123"],
                "{locale}"
            );
            let amounts = column(&file, separator, "Amount")?;
            let expected = ["9.10", "12.30", "1.50", "33.33", "33.33", "33.34"];
            assert_eq!(
                amounts[1..7],
                expected.map(|it| it.replace('.', mark)),
                "{locale}"
            );
            let ids = column(&file, separator, "Entry id")?;
            let parts = ids[4] == ids[5] && ids[5] == ids[6] && ids[6] != ids[7];
            assert!(parts, "{:?} {:?}", &ids[..9], &amounts[..9]);
        }
        // The address of a file lives on, and ends with the session.
        let count = "return document.querySelectorAll('a[data-download]').length";
        stage
            .browser
            .wait_for("one link of a file", count, vec![], 1)
            .await?;
        let revoked = "window.__revoked = 0;
            const real = URL.revokeObjectURL;
            URL.revokeObjectURL = (url) => { window.__revoked += 1; return real.call(URL, url); };";
        stage.browser.run(revoked, vec![]).await?;
        page.click("Sign out").await?;
        page.wait_session("signed-out").await?;
        stage
            .browser
            .wait_for("no link of a file", count, vec![], 0)
            .await
    });
}

/// Holds the request for the employees back, where the address says so, until `__release` is called.
const HOLD_EMPLOYEES: &str = "{ const post = MessagePort.prototype.postMessage;
    const held = [];
    let holds = location.search.includes('hold=employees');
    window.__release = () => { holds = false; held.forEach((send) => send()); };
    MessagePort.prototype.postMessage = function (message, ...rest) {
        if (holds && String(message[0]).includes('/v2/employees')) held.push(() => post.call(this, message, ...rest));
        else post.call(this, message, ...rest);
    }; }";

#[test]
fn export_waits_for_names_and_lists_missing_ones_first() {
    let setup = StageSetup {
        // Several visits, and answers that are made to be late.
        deadline: Some(Duration::from_secs(120)),
        before_load: Some([files::KEEP, HOLD_EMPLOYEES].concat().leak()),
        ..StageSetup::default()
    };
    play("files_names", setup, |stage| async move {
        let page = stage.page();
        page.open("/").await?;
        page.wait_session("signed-out").await?;
        page.click("Connect to Pleo").await?;
        let narrowed = ConsentChoice {
            without: &[
                "accounts:read",
                "tax-codes:read",
                "tag-groups:read",
                "vendors:read",
            ],
            ..ConsentChoice::default()
        };
        stage.decide(&narrowed).await?;
        page.wait_session("active").await?;
        let uuid = |text: &String| text.len() == 36 && text.matches('-').count() == 4;
        page.open("/entries?hold=employees").await?;
        page.rows().await?;
        let lacking = "The file will contain IDs instead of names for accounts, tax codes, tags, suppliers. \
                       Permissions not granted: accounts:read, tax-codes:read, tag-groups:read, vendors:read.";
        page.wait_for_text(lacking).await?;
        files::save_entries(&stage.browser).await?;
        page.wait_for_text("Loading employee names").await?;
        page.click("Cancel").await?;
        files::save_entries(&stage.browser).await?;
        page.wait_for_text("Loading employee names").await?;
        stage.browser.run("window.__release()", vec![]).await?;
        let file = files::saved(&stage.browser).await?;
        let names = column(&file, b',', "Employee")?;
        assert_eq!(names[0], "Employee");
        assert!(names.iter().any(|name| name.contains(' ')) && !names.iter().any(uuid));
        let retained = stage
            .browser
            .run("return window.__files.length", vec![])
            .await?;
        assert_eq!(retained, Value::from(0), "the cancelled file was not saved");

        let closed = SandboxFault::Status {
            status: 403,
            when: FaultWhen::After,
        };
        let closed = closed.at(&[FaultPath::Api]).path(EMPLOYEES);
        stage.sandbox.arm(closed, FaultTimes::Always).await?;
        page.open("/entries").await?;
        page.rows().await?;
        files::save_entries(&stage.browser).await?;
        page.wait_for_texts(&[
            "Names of employees are missing",
            "the permission users:read is missing",
        ])
        .await?;
        page.click("Export with IDs").await?;
        let file = files::saved(&stage.browser).await?;
        let names = column(&file, b',', "Employee")?;
        assert!(names[1..].iter().all(String::is_empty));
        let ids = column(&file, b',', "Employee id")?;
        assert!(ids[1..].iter().all(|id| id.is_empty() || uuid(id)) && ids[1..].iter().any(uuid));

        stage.sandbox.reset_faults().await?;
        files::save_entries(&stage.browser).await?;
        page.wait_for_text("Names of employees are missing").await?;
        page.click("Try again").await?;
        let file = files::saved(&stage.browser).await?;
        assert_eq!(column(&file, b',', "Employee")?[0], "Employee");

        // What cannot be loaded is asked about, and stated in the file and in its name.
        page.open("/entries").await?;
        page.rows().await?;
        let refused = SandboxFault::Status {
            status: 400,
            when: FaultWhen::Before,
        };
        let refused = refused.at(&[FaultPath::Api]).path(SEARCH);
        stage.sandbox.arm(refused, FaultTimes::Always).await?;
        files::save_entries(&stage.browser).await?;
        page.wait_for_text("Not all entries could be loaded")
            .await?;
        page.click("Export the loaded entries").await?;
        let file = files::saved(&stage.browser).await?;
        offered_as(&stage, "-PARTIAL-100-of-").await?;
        assert!(file.contains("PARTIAL: 100 of "), "{file}");
        stage.sandbox.reset_faults().await?;
        let file = save(&stage).await?;
        assert!(!file.contains("PARTIAL"), "{file}");
        // The file of before has a link and a line too.
        let name = until("the name of a whole file", PATIENCE, async || {
            let name = offered(&stage).await?;
            Ok((!name.contains("PARTIAL")).then_some(name))
        })
        .await?;
        page.wait_for_text(&format!("Download started: {name}"))
            .await?;
        let rows = page.row_count().await?;
        assert!(rows > 100 && i64::try_from(file.lines().count())? > rows);
        Ok(())
    });
}

/// The label of the format of Excel files.
const EXCEL: &str = "Excel";

/// Counts the workers that write workbooks. `limit` is the number of slices of rows that each of them
/// receives; the others are held back, so that the worker is in the middle of a file.
const WORKERS: &str = "window.__workers = { started: 0, ended: 0, limit: Infinity };
    { const Real = window.Worker;
      window.Worker = class extends Real {
        constructor(url, options) { super(url, options); this.slices = 0; window.__workers.started += String(url).endsWith('/workbook.js'); }
        postMessage(message, ...rest) {
          if (message[1] instanceof ArrayBuffer && ++this.slices > window.__workers.limit) return;
          return super.postMessage(message, ...rest);
        }
        terminate() { window.__workers.ended += 1; super.terminate(); }
      }; }";

/// Keeps files and counts workers.
fn excel_hooks() -> Option<&'static str> {
    Some([files::KEEP, WORKERS].concat().leak())
}

/// How many workers were started and ended.
async fn workers(stage: &Stage) -> Outcome<(i64, i64)> {
    let script = "return [window.__workers.started, window.__workers.ended]";
    let counts = stage.browser.run(script, vec![]).await?;
    Ok(serde_json::from_value(counts)?)
}

/// Waits until this number of workers were started and ended.
async fn wait_for_workers(stage: &Stage, expected: (i64, i64)) -> Outcome {
    until(
        &format!("workers {expected:?}"),
        PATIENCE,
        async || match workers(stage).await? {
            counts if counts == expected => Ok(Some(())),
            counts => Err(format!("now {counts:?}").into()),
        },
    )
    .await
}

/// The cells of a sheet.
fn sheet(file: &[u8], name: &str) -> Outcome<Range<Data>> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(file))?;
    Ok(workbook.worksheet_range(name)?)
}

/// Serial number of 1970-01-01 in Excel's calendar.
const UNIX_EPOCH: f64 = 25_569.0;

/// Whether a cell of a workbook has the value of the cell of a CSV file for spreadsheets.
fn is_same(cell: &Data, csv: &str) -> bool {
    match cell {
        Data::Empty => csv.is_empty(),
        // The nearest double of the decimal text, so equal to the last minor unit.
        Data::Float(number) => csv.parse() == Ok(*number),
        Data::Int(number) => csv.parse() == Ok(*number),
        Data::String(text) => text == csv || Some(&**text) == csv.strip_prefix('\''),
        Data::DateTime(day) => Date::parse(csv).is_some_and(|date| {
            let days = i32::try_from(date.days()).map(f64::from);
            days.is_ok_and(|days| days + UNIX_EPOCH == day.as_f64())
        }),
        _ => false,
    }
}

#[test]
fn excel_file_has_the_rows_amounts_and_totals_of_the_csv_file() {
    let setup = StageSetup {
        deadline: Some(Duration::from_secs(120)),
        before_load: excel_hooks(),
        sandbox: SandboxSetup {
            entries: Some(300),
            ..SandboxSetup::default()
        },
        ..StageSetup::default()
    };
    play("files_excel", setup, |stage| async move {
        stage.connect().await?;
        let page = stage.page();
        let filter = "status:COMPLETED amount>20";
        page.open("/entries?q=status%3ACOMPLETED%20amount%3E20")
            .await?;
        page.rows().await?;
        let csv = save(&stage).await?;
        page.wait_for_text("entries, all loaded").await?;
        assert_eq!(workers(&stage).await?, (0, 0));

        page.choose("File format", EXCEL).await?;
        files::save_entries(&stage.browser).await?;
        let file = files::saved_workbook(&stage.browser).await?;
        let name = offered_as(&stage, ".xlsx").await?;
        assert!(name.starts_with("outlay-entries-"), "{name}");
        assert!(
            name.ends_with(".xlsx") && !name.contains("PARTIAL"),
            "{name}"
        );
        // The worker ends with the file.
        wait_for_workers(&stage, (1, 1)).await?;

        let (headers, rows) = table(&csv)?;
        let cells = sheet(&file, "Entries")?;
        page.wait_for_text(&format!("Download started: {name}, {} rows", rows.len()))
            .await?;
        assert!(rows.len() > 20);
        assert_eq!(cells.height(), rows.len() + 1);
        assert_eq!(cells.width(), headers.len());
        let of_file: Vec<String> = cells
            .rows()
            .next()
            .into_iter()
            .flatten()
            .map(Data::to_string)
            .collect();
        assert_eq!(of_file, headers.iter().collect::<Vec<_>>());
        for (cells, row) in cells.rows().skip(1).zip(&rows) {
            for ((cell, text), header) in cells.iter().zip(row).zip(&headers) {
                assert!(is_same(cell, text), "{header}: {cell:?} and {text:?}");
            }
        }
        let is_number = |header: &str| -> Outcome<bool> {
            let column = place(&headers, header)?;
            Ok(cells
                .rows()
                .skip(1)
                .all(|row| matches!(row[column], Data::Float(_) | Data::Empty)))
        };
        assert!(is_number("Amount")?, "amounts are numbers");

        // The totals of the file are those of the CSV file and those in view.
        let mut of_sheet = BTreeMap::new();
        for row in sheet(&file, "Totals")?.rows().skip(1) {
            if row[0].as_string().as_deref() == Some("Amount") {
                of_sheet.insert(row[1].to_string(), thousandths(&row[2].to_string()));
            }
        }
        assert_eq!(of_sheet, sums(&csv)?);
        assert!(of_sheet.len() > 1, "{of_sheet:?}");
        wait_for_totals(&stage, &of_sheet).await?;

        let about = sheet(&file, "About this file")?;
        let about: BTreeMap<String, String> = about
            .rows()
            .map(|row| (row[0].to_string(), row[1].to_string()))
            .collect();
        let fact = |label: &str| about.get(label).map_or("", String::as_str);
        assert_eq!(fact("Filter"), filter);
        assert_eq!(fact("Rows in this file"), rows.len().to_string());
        assert_eq!(fact("Complete"), "Yes");
        assert_eq!(fact("Entries at Pleo"), fact("Entries loaded"));
        assert!(
            !fact("Company").is_empty() && fact("Period").contains(" to "),
            "{about:?}"
        );
        assert!(!about.contains_key("Note"), "{about:?}");
        Ok(())
    });
}

#[test]
fn cancelled_excel_export_ends_its_worker_and_the_next_one_succeeds() {
    let setup = StageSetup {
        deadline: Some(Duration::from_secs(120)),
        before_load: excel_hooks(),
        sandbox: SandboxSetup {
            entries: Some(1_500),
            ..SandboxSetup::default()
        },
        ..StageSetup::default()
    };
    play("files_excel_cancel", setup, |stage| async move {
        stage.connect().await?;
        let page = stage.page();
        page.open("/entries").await?;
        page.rows().await?;
        stage
            .browser
            .run("window.__workers.limit = 1", vec![])
            .await?;
        page.choose("File format", EXCEL).await?;
        files::save_entries(&stage.browser).await?;
        // The first slice is written, and the others wait.
        let progress = async || {
            until("rows in the file", PATIENCE, async || {
                let text = page.text_of(".save-state").await?;
                let is_under_way = text.starts_with("Writing ") && !text.starts_with("Writing 0 ");
                Ok(is_under_way.then_some(text))
            })
            .await
        };
        progress().await?;
        assert_eq!(workers(&stage).await?, (1, 0));
        page.click("Cancel").await?;
        wait_for_workers(&stage, (1, 1)).await?;
        let state = "return document.querySelector('.save-state').innerText";
        stage
            .browser
            .wait_for("no export", state, vec![], "")
            .await?;

        // Rows that are dropped during an export end it too: no file mixes two loads.
        files::save_entries(&stage.browser).await?;
        progress().await?;
        page.click("Refresh").await?;
        stage
            .browser
            .run("window.__workers.limit = Infinity", vec![])
            .await?;
        page.rows().await?;
        wait_for_workers(&stage, (2, 2)).await?;
        let count = "return [window.__workbooks.length, document.querySelectorAll('a[data-download]').length]";
        assert_eq!(stage.browser.run(count, vec![]).await?, json!([0, 0]));

        page.choose("File format", EXCEL).await?;
        files::save_entries(&stage.browser).await?;
        let file = files::saved_workbook(&stage.browser).await?;
        let rows = sheet(&file, "Entries")?.height() - 1;
        assert!(rows > 1_000, "{rows}");
        wait_for_workers(&stage, (3, 3)).await
    });
}

#[test]
fn missing_workbook_worker_is_reported_and_retried() {
    let setup = StageSetup {
        before_load: excel_hooks(),
        console: &["workbook"],
        own_host_only: Some("it changes files, and another host has compressed copies of them"),
        sandbox: SandboxSetup {
            before_vault: Some(""),
            entries: Some(90),
            ..SandboxSetup::default()
        },
        ..StageSetup::default()
    };
    play("files_excel_missing", setup, |stage| async move {
        stage.connect().await?;
        let page = stage.page();
        page.open("/entries").await?;
        page.rows().await?;
        let script = stage.sandbox.site().ok_or("no site of its own")?;
        let script = script.join("workbook.js");
        let right = fs::read(&script)?;
        fs::remove_file(&script)?;
        page.choose("File format", EXCEL).await?;
        files::save_entries(&stage.browser).await?;
        page.alert_with("workbook_unavailable", &["No file was saved."])
            .await?;
        assert!(!page.rows().await?.is_empty(), "the entries stay");
        let links = "return document.querySelectorAll('a[data-download]').length";
        assert_eq!(stage.browser.run(links, vec![]).await?, 0);

        fs::write(&script, right)?;
        stage.browser.clear_cache().await?;
        page.click("Try again").await?;
        let file = files::saved_workbook(&stage.browser).await?;
        assert!(sheet(&file, "Entries")?.height() > 60);
        until("no alert", PATIENCE, async || {
            Ok(page.alerts().await?.is_empty().then_some(()))
        })
        .await?;
        wait_for_workers(&stage, (2, 2)).await
    });
}
