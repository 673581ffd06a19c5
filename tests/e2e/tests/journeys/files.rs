//! Files of the entries: their form follows the browser's locale, they wait for names or say which are
//! missing, and their addresses end.

use std::time::Duration;

use outlay_e2e::fault::{FaultPath, FaultTimes, FaultWhen, SandboxFault};
use outlay_e2e::login::ConsentChoice;
use outlay_e2e::sandbox::{SandboxSetup, SiteAddresses};
use outlay_e2e::stage::{Stage, StageSetup, play};
use outlay_e2e::{Outcome, files};
use serde_json::{Value, json};

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

/// The name of the file that was offered last, and whether its link is in the document.
async fn offered(stage: &Stage) -> Outcome<String> {
    let script =
        "return [...document.querySelectorAll('a[data-download]')].pop()?.download ?? null";
    let name = stage.browser.run(script, vec![]).await?;
    Ok(name.as_str().ok_or("no link of a file")?.to_owned())
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
            let visible_text = page.wait_for_text(label).await?;
            assert!(
                visible_text.contains("such as =1+2 or 000123, gets an apostrophe"),
                "{visible_text}"
            );
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
        assert_eq!(stage.browser.run(count, vec![]).await?, 1);
        let revoked = "window.__revoked = 0;
            const real = URL.revokeObjectURL;
            URL.revokeObjectURL = (url) => { window.__revoked += 1; return real.call(URL, url); };";
        stage.browser.run(revoked, vec![]).await?;
        page.click("Sign out").await?;
        page.wait_session("signed-out").await?;
        assert_eq!(stage.browser.run(count, vec![]).await?, 0);
        Ok(())
    });
}

#[test]
fn export_waits_for_names_and_lists_missing_ones_first() {
    let setup = StageSetup {
        // Several visits, and answers that are made to be late.
        deadline: Some(Duration::from_secs(120)),
        before_load: Some(files::KEEP),
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
        let slow = SandboxFault::Slow {
            ms: 4_000,
            when: FaultWhen::After,
        };
        let slow = slow.at(&[FaultPath::Api]).path(EMPLOYEES);
        stage.sandbox.arm(slow, FaultTimes::Always).await?;
        page.open("/entries").await?;
        page.rows().await?;
        let lacking = "The file will contain IDs instead of names for accounts, tax codes, tags, suppliers. \
                       Permissions not granted: accounts:read, tax-codes:read, tag-groups:read, vendors:read.";
        page.wait_for_text(lacking).await?;
        files::save_entries(&stage.browser).await?;
        page.wait_for_text("Loading employee names").await?;
        page.click("Cancel").await?;
        files::save_entries(&stage.browser).await?;
        page.wait_for_text("Loading employee names").await?;
        let file = files::saved(&stage.browser).await?;
        let names = column(&file, b',', "Employee")?;
        assert_eq!(names[0], "Employee");
        assert!(names.iter().any(|name| name.contains(' ')) && !names.iter().any(uuid));
        let retained = stage
            .browser
            .run("return window.__files.length", vec![])
            .await?;
        assert_eq!(retained, Value::from(0), "the cancelled file was not saved");

        stage.sandbox.reset_faults().await?;
        let closed = SandboxFault::Status {
            status: 403,
            when: FaultWhen::After,
        };
        let closed = closed.at(&[FaultPath::Api]).path(EMPLOYEES);
        stage.sandbox.arm(closed, FaultTimes::Always).await?;
        page.open("/entries").await?;
        page.rows().await?;
        files::save_entries(&stage.browser).await?;
        let visible_text = page.wait_for_text("Names of employees are missing").await?;
        assert!(
            visible_text.contains("the permission users:read is missing"),
            "{visible_text}"
        );
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
        assert!(offered(&stage).await?.contains("-PARTIAL-100-of-"));
        assert!(file.contains("PARTIAL: 100 of "), "{file}");
        stage.sandbox.reset_faults().await?;
        let file = save(&stage).await?;
        assert!(!offered(&stage).await?.contains("PARTIAL") && !file.contains("PARTIAL"));
        page.wait_for_text("Download started: outlay-entries-")
            .await?;
        let rows = page.row_count().await?;
        assert!(rows > 100 && i64::try_from(file.lines().count())? > rows);
        Ok(())
    });
}
