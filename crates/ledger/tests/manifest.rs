//! The manifest of a set of files.
#![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]

mod support;

use outlay_ledger::manifest::{manifest, read};
use outlay_ledger::{Format, Mapping};
use outlay_pleo::export::item::ExportItem;
use sha2::{Digest, Sha256};
use support::{job, mapping, produce, simple};

#[test]
fn the_manifest_names_build_filter_mapping_rows_totals_and_hashes() {
    let mut rules = mapping(Format::Xero);
    if let outlay_ledger::mapping::Settings::Xero(xero) = &mut rules.settings {
        xero.lines_per_file = 4;
    }
    let items: Vec<ExportItem> = (1..=3).map(|number| simple(number, "SEK")).collect();
    let (journal, prepared, rehearsal) = produce(&items, &rules);
    let left_out = ["e0000000-0000-4000-8000-000000000009".into()];
    let text = manifest(&job(), &journal, &rules, &left_out, &prepared, &rehearsal);
    assert_eq!(
        text,
        manifest(&job(), &journal, &rules, &left_out, &prepared, &rehearsal)
    );
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(json["build"], "0.1.0");
    assert_eq!(json["job"]["created"], "2026-04-02T08:15:30.250Z");
    assert_eq!(json["filter"]["entries"], 3);
    assert_eq!(
        json["filter"]["leftOut"][0],
        "e0000000-0000-4000-8000-000000000009"
    );
    assert_eq!(json["rows"], 6);
    assert_eq!(
        json["totals"][0],
        serde_json::json!({ "currency": "SEK", "debit": "375.00", "credit": "375.00" })
    );
    let files = json["files"].as_array().unwrap();
    assert_eq!(files.len(), 2);
    for (file, written) in files.iter().zip(&prepared.files) {
        let hash: String = Sha256::digest(&written.bytes)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        assert_eq!(file["sha256"], hash);
        assert_eq!(file["bytes"], written.bytes.len());
    }
    let entry = &json["entries"][2];
    assert_eq!(
        (
            entry["voucher"].as_str(),
            entry["lines"].as_array().unwrap().len()
        ),
        (Some("P3"), 2)
    );
    assert_eq!(entry["file"], prepared.files[1].name);
    let inside = Mapping::from_json(&json["mapping"].to_string()).unwrap();
    assert_eq!(inside.tax_codes, rules.tax_codes);
}

#[test]
fn manifest_is_read_back_and_other_files_are_refused() {
    let rules = mapping(Format::Csv);
    let items: Vec<ExportItem> = (1..=3).map(|number| simple(number, "SEK")).collect();
    let (journal, prepared, rehearsal) = produce(&items, &rules);
    let left_out = ["e0000000-0000-4000-8000-000000000009".into()];
    let text = manifest(&job(), &journal, &rules, &left_out, &prepared, &rehearsal);
    let facts = read(&["\u{feff}", &text].concat()).unwrap();
    assert_eq!((facts.job, facts.left_out), (job().id, left_out.to_vec()));
    assert_eq!(facts.mapping, rules);
    for other in [
        "",
        "{}",
        &rules.to_json(),
        &text.replace("\"leftOut\"", "\"left\""),
    ] {
        assert_eq!(read(other).unwrap_err().code, "manifest_invalid", "{other}");
    }
}
