//! From items to a journal: what is in the way, rounding, and the rules of a mapping.
#![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]

mod support;

use std::collections::BTreeSet;

use outlay_ledger::amount::Rate;
use outlay_ledger::entry::Style;
use outlay_ledger::format::prepare;
use outlay_ledger::mapping::{ContraRule, TagRule};
use outlay_ledger::rehearsal::rehearse;
use outlay_ledger::{Format, IssueCode, check};
use outlay_pleo::export::item::ExportItem;
use outlay_pleo::export::part::{ExportBookkeeping, ExportVendor};
use outlay_pleo::export::status::{
    BookkeepingMethod, ExportItemType, ExportJobItemFailureReasonType,
};
use outlay_pleo::tax_code::TaxType;
use support::{account, issues, item, job, line, mapping, pair, produce, simple, tag, tax};

fn vendor() -> ExportVendor {
    ExportVendor {
        id: "7e000000-0000-4000-8000-000000000001".into(),
        name: "Paper House".to_owned(),
        default_currency: "SEK".to_owned(),
        code: Some("V1".to_owned()),
        external_id: None,
        country: None,
        registration_number: None,
        tax_registration_number: None,
    }
}

fn changed(number: usize, change: impl FnOnce(&mut ExportItem)) -> ExportItem {
    let mut item = simple(number, "SEK");
    change(&mut item);
    item
}

#[test]
fn each_issue_names_its_entry_and_a_reason_that_pleo_accepts() {
    let payable = |item: &mut ExportItem| {
        item.bookkeeping = Some(ExportBookkeeping {
            method: BookkeepingMethod::AccountsPayable,
        });
    };
    let first = |item: &mut ExportItem| item.accounting_entry_lines.remove(0);
    let cases: Vec<(&str, ExportItem)> = vec![
        (
            "account_missing",
            changed(1, |item| item.accounting_entry_lines[0].account = None),
        ),
        (
            "account_unmapped",
            changed(2, |item| {
                item.accounting_entry_lines[0]
                    .account
                    .as_mut()
                    .unwrap()
                    .code = None
            }),
        ),
        (
            "contra_account_missing",
            changed(3, |item| item.contra_account = None),
        ),
        ("vendor_missing", changed(4, payable)),
        (
            "vendor_unmapped",
            changed(5, |item| {
                payable(item);
                item.vendor = Some(vendor());
            }),
        ),
        (
            "tax_account_missing",
            changed(6, |item| {
                let tax = item.accounting_entry_lines[0].tax.as_mut().unwrap();
                (tax.code, tax.ingoing_tax_account) = (Some("new".to_owned()), None);
            }),
        ),
        ("currency_unmapped", simple(7, "NOK")),
        ("currency_undefined", simple(8, "UNDEFINED")),
        (
            "currencies_differ",
            changed(9, |item| {
                item.accounting_entry_lines[0].net_amount = pair("EUR", "10000")
            }),
        ),
        (
            "date_unreadable",
            changed(10, |item| item.date = "31.12.2026".to_owned()),
        ),
        (
            "lines_missing",
            changed(11, |item| {
                first(item);
            }),
        ),
        (
            "line_amounts_differ",
            changed(12, |item| {
                item.accounting_entry_lines[0].net_amount = pair("SEK", "9000")
            }),
        ),
        (
            "entry_unbalanced",
            changed(13, |item| item.amount = pair("SEK", "12510")),
        ),
        (
            "entry_zero",
            item(14, "SEK", "0", vec![line(14, "SEK", "0", "0", None)]),
        ),
        (
            "amount_too_large",
            item(
                15,
                "SEK",
                "1000000000000",
                vec![line(15, "SEK", "1000000000000", "1000000000000", None)],
            ),
        ),
        (
            "company_differs",
            changed(16, |item| {
                item.company_id = "c0000000-0000-4000-8000-000000000002".into()
            }),
        ),
        (
            "tag_missing",
            changed(17, |item| {
                item.accounting_entry_lines[0].tags = Some(vec![tag("OTHER", "1")])
            }),
        ),
        (
            "tax_code_missing",
            changed(18, |item| {
                item.accounting_entry_lines[0].tax = None;
                item.accounting_entry_lines[0].net_amount = pair("SEK", "12500");
            }),
        ),
    ];
    let mut strict = mapping(Format::Csv);
    for (code, item) in cases {
        strict.tags = vec![TagRule {
            group: "DEP".to_owned(),
            to: String::new(),
            required: code == "tag_missing",
        }];
        strict.tax_code_required = code == "tax_code_missing";
        // The first item gives the company.
        let items = [
            changed(0, |item| {
                item.accounting_entry_lines[0].tags = Some(vec![tag("DEP", "1")])
            }),
            item.clone(),
        ];
        let found = check::check(&items, &strict, &[]).issues;
        let named: Vec<_> = found
            .iter()
            .map(|issue| (issue.code.as_str(), &issue.entry))
            .collect();
        assert!(
            named.contains(&(code, &item.accounting_entry_id)),
            "{code}: {named:?}"
        );
        assert!(
            named
                .iter()
                .all(|(_, entry)| **entry == item.accounting_entry_id),
            "{code}: {named:?}"
        );
        // Left out, the rest can be written.
        let left = check::check(&items, &strict, &[item.accounting_entry_id]);
        assert_eq!(left.journal().unwrap().entries.len(), 1, "{code}");
    }
    let codes: BTreeSet<_> = IssueCode::ALL.iter().map(|code| code.as_str()).collect();
    assert_eq!(codes.len(), IssueCode::ALL.len());
    for code in IssueCode::ALL {
        let reason = code.failure();
        assert!(ExportJobItemFailureReasonType::KNOWN.contains(&reason.as_str()));
    }
}

#[test]
fn an_entry_that_occurs_twice_is_an_issue() {
    assert_eq!(
        issues(&[simple(1, "SEK"), simple(1, "SEK")], &mapping(Format::Sie)),
        ["entry_duplicate"]
    );
}

/// The postings of one entry as account and amount.
fn postings(item: &ExportItem, format: Format, style: Style) -> Vec<(String, i64)> {
    let (journal, ..) = produce(std::slice::from_ref(item), &mapping(format));
    let postings = journal.entries[0].postings(style);
    postings
        .into_iter()
        .map(|one| (one.account.code, one.amount))
        .collect()
}

fn of(postings: &[(&str, i64)]) -> Vec<(String, i64)> {
    postings
        .iter()
        .map(|(account, amount)| ((*account).to_owned(), *amount))
        .collect()
}

#[test]
fn difficult_rounding_balances_with_a_visible_rounding_line() {
    let inclusive = |number, gross: &str, net: &str, code: &str, rate: &str, amount: &str| {
        line(
            number,
            "SEK",
            gross,
            net,
            Some(tax(code, rate, TaxType::Inclusive, pair("SEK", amount))),
        )
    };
    for (sign, way) in [("", 1), ("-", -1)] {
        let amount = |size: &str| format!("{sign}{size}");
        // 100.00 SEK in three parts with 25 %, 12 % and 6 %.
        let thirds = vec![
            inclusive(
                1,
                &amount("3333"),
                &amount("2666"),
                "I25",
                "0.25",
                &amount("667"),
            ),
            inclusive(
                2,
                &amount("3333"),
                &amount("2976"),
                "I12",
                "0.12",
                &amount("357"),
            ),
            inclusive(
                3,
                &amount("3333"),
                &amount("3144"),
                "I06",
                "0.06",
                &amount("189"),
            ),
        ];
        let split = item(1, "SEK", &amount("10000"), thirds);
        let expected = of(&[
            ("5410", 2_666 * way),
            ("2641", 667 * way),
            ("5410", 2_976 * way),
            ("2641", 357 * way),
            ("5410", 3_144 * way),
            ("2641", 189 * way),
            ("1940", -10_000 * way),
            ("3740", way),
        ]);
        assert_eq!(postings(&split, Format::Sie, Style::TaxLines), expected);

        // 34.90 and 2.69 DKK at 0.134068.
        let parts = vec![
            line(1, "DKK", &amount("3490"), &amount("3490"), None),
            line(2, "DKK", &amount("269"), &amount("269"), None),
        ];
        let converted = item(2, "DKK", &amount("3759"), parts);
        let expected = of(&[
            ("5410", 468 * way),
            ("5410", 36 * way),
            ("1940", -504 * way),
        ]);
        assert_eq!(postings(&converted, Format::Sie, Style::TaxLines), expected);

        // 10 JPY with 8 %, in yen: the parts are finer than a yen.
        let yen = tax(
            "I08",
            "0.08",
            TaxType::Inclusive,
            pair("JPY", &amount("74")),
        );
        let small = item(
            3,
            "JPY",
            &amount("1000"),
            vec![line(3, "JPY", &amount("1000"), &amount("926"), Some(yen))],
        );
        let mut own = mapping(Format::Csv);
        own.currencies.iter_mut().for_each(|rule| rule.rate = None);
        let (journal, ..) = produce(&[small], &own);
        let amounts: Vec<_> = journal.entries[0]
            .postings(Style::TaxLines)
            .iter()
            .map(|one| one.amount)
            .collect();
        assert_eq!(amounts, [9 * way, way, -10 * way]);

        // 1.005 KWD.
        let fils = item(
            4,
            "KWD",
            &amount("100.5"),
            vec![line(4, "KWD", &amount("100.5"), &amount("100.5"), None)],
        );
        let (journal, ..) = produce(&[fils], &own);
        let amounts: Vec<_> = journal.entries[0]
            .postings(Style::TaxLines)
            .iter()
            .map(|one| one.amount)
            .collect();
        assert_eq!(amounts, [1_005 * way, -1_005 * way]);
    }
}

#[test]
fn rounding_line_has_the_remainder_of_whole_yen() {
    let half = tax("I08", "0.08", TaxType::Inclusive, pair("JPY", "50"));
    let item = item(
        1,
        "JPY",
        "1000",
        vec![line(1, "JPY", "1000", "950", Some(half))],
    );
    let mut own = mapping(Format::Csv);
    own.currencies.iter_mut().for_each(|rule| rule.rate = None);
    let (_, prepared, rehearsal) = produce(&[item], &own);
    assert!(support::text(&prepared).contains(",3740,Rounding,-1,JPY,"));
    assert_eq!(
        (rehearsal.totals[0].debit, rehearsal.totals[0].credit),
        (11, 11)
    );
}

#[test]
fn tax_on_top_and_reverse_charge_have_their_accounts() {
    let on_top = |whole: &str, net: &str| {
        let tax = tax("X25", "0.25", TaxType::Exclusive, pair("SEK", "2500"));
        item(
            1,
            "SEK",
            "12500",
            vec![line(1, "SEK", whole, net, Some(tax))],
        )
    };
    for item in [
        on_top("10000", "10000"),
        on_top("12500", "10000"),
        on_top("10000", "12500"),
    ] {
        assert_eq!(
            postings(&item, Format::Sie, Style::TaxLines),
            of(&[("5410", 10_000), ("2641", 2_500), ("1940", -12_500)])
        );
    }
    let reverse = tax("R25", "0.25", TaxType::Reverse, pair("SEK", "2500"));
    let item = item(
        1,
        "SEK",
        "10000",
        vec![line(1, "SEK", "10000", "10000", Some(reverse))],
    );
    assert_eq!(
        postings(&item, Format::Sie, Style::TaxLines),
        of(&[
            ("5410", 10_000),
            ("2641", 2_500),
            ("2614", -2_500),
            ("1940", -10_000)
        ])
    );
    assert_eq!(
        postings(&item, Format::Sie, Style::Gross),
        of(&[("5410", 10_000), ("1940", -10_000)])
    );
}

#[test]
fn rules_choose_contra_accounts_vendors_and_signs() {
    let mut rules = mapping(Format::Csv);
    let rule = |kind: Option<ExportItemType>, code: Option<&str>, to: &str| ContraRule {
        kind,
        currency: code.map(support::currency),
        to: to.to_owned(),
    };
    rules.contra = vec![
        rule(None, None, "1"),
        rule(None, Some("SEK"), "2"),
        rule(Some(ExportItemType::OutOfPocket), None, "3"),
        rule(Some(ExportItemType::OutOfPocket), Some("SEK"), "4"),
    ];
    let contra = |kind: ExportItemType, code: &str| {
        rules
            .contra_of(&kind, support::currency(code))
            .map(str::to_owned)
    };
    assert_eq!(
        contra(ExportItemType::CardPurchase, "EUR").as_deref(),
        Some("1")
    );
    assert_eq!(
        contra(ExportItemType::CardPurchase, "SEK").as_deref(),
        Some("2")
    );
    assert_eq!(
        contra(ExportItemType::OutOfPocket, "EUR").as_deref(),
        Some("3")
    );
    assert_eq!(
        contra(ExportItemType::OutOfPocket, "SEK").as_deref(),
        Some("4")
    );

    let mut payable = changed(1, |item| item.vendor = Some(vendor()));
    payable.bookkeeping = Some(ExportBookkeeping {
        method: BookkeepingMethod::AccountsPayable,
    });
    rules.vendors = vec![outlay_ledger::mapping::CodeRule {
        from: "V1".to_owned(),
        to: "70001".to_owned(),
    }];
    let (journal, ..) = produce(&[payable], &rules);
    assert_eq!(journal.entries[0].contra.code, "70001");

    let topup = changed(2, |item| item.kind = ExportItemType::WalletTopup);
    rules.reversed = vec![ExportItemType::WalletTopup];
    let (journal, ..) = produce(&[topup], &rules);
    assert_eq!(journal.entries[0].total, -12_500);
}

#[test]
fn conversion_by_a_large_rate_allows_its_rounding() {
    let mut rules = mapping(Format::Sie);
    rules
        .currencies
        .iter_mut()
        .for_each(|rule| rule.rate = Rate::parse("400"));
    let parts = vec![
        line(1, "EUR", "3333", "3333", None),
        line(2, "EUR", "3333", "3333", None),
    ];
    // One cent is lost at Pleo, and is 4.00 in the ledger's currency.
    let (_, prepared, _) = produce(&[item(1, "EUR", "6667", parts)], &rules);
    assert!(String::from_utf8_lossy(&prepared.files[0].bytes).contains("#TRANS 3740 {} 4.00"));
}

#[test]
fn tampered_file_fails_the_rehearsal() {
    let mapping = mapping(Format::QuickBooks);
    let (journal, prepared, _) = produce(&[simple(1, "SEK"), simple(2, "SEK")], &mapping);
    let sound = support::text(&prepared);
    let cases = [
        (
            "Office:Consumables",
            "Office:Paper",
            "rehearsal_row_differs",
        ),
        (
            "Paper House Office\r\nP2",
            "Paper House Office\r\nP1",
            "rehearsal_groups_mixed",
        ),
    ];
    for (from, to, code) in cases {
        let mut changed = prepared.clone();
        changed.files[0].bytes = sound.replace(from, to).into_bytes();
        if code == "rehearsal_groups_mixed" {
            changed.files[0].bytes = sound.replace("\r\nP2,", "\r\nP1,").into_bytes();
        }
        assert_eq!(
            rehearse(&changed, &journal, &mapping).unwrap_err().code,
            code
        );
    }
    let mut short = prepared.clone();
    let rows: Vec<&str> = sound.split_inclusive("\r\n").take(4).collect();
    short.files[0].bytes = rows.concat().into_bytes();
    let error = rehearse(&short, &journal, &mapping).unwrap_err();
    assert_eq!(
        (error.code, error.entry),
        ("rehearsal_row_missing", Some(journal.entries[1].id.clone()))
    );
    let mut longer = prepared;
    longer.trace.truncate(3);
    assert_eq!(
        rehearse(&longer, &journal, &mapping).unwrap_err().code,
        "rehearsal_row_unknown"
    );
}

#[test]
fn a_journal_without_entries_or_with_a_wrong_mapping_is_refused() {
    let mut rules = mapping(Format::Sie);
    let journal = check::check(&[], &rules, &[]).journal().unwrap();
    assert_eq!(
        prepare(&journal, &rules, &job()).unwrap_err().code,
        "journal_empty"
    );
    rules.journal = "Köp".to_owned();
    assert_eq!(
        prepare(&journal, &rules, &job()).unwrap_err().code,
        "mapping_value_invalid"
    );
}

#[test]
fn posting_date_is_the_day_in_the_text() {
    for (date, day) in [
        ("2026-04-01T00:00:00+02:00", "2026-04-01"),
        ("2026-04-01", "2026-04-01"),
        ("2026-03-31T22:00:00Z", "2026-03-31"),
    ] {
        let (journal, ..) = produce(
            &[changed(1, |item| item.date = date.to_owned())],
            &mapping(Format::Csv),
        );
        assert_eq!(journal.entries[0].date.to_string(), day);
    }
}

#[test]
fn accounts_of_unknown_choice_count_as_missing() {
    let unknown = changed(1, |item| {
        let mut unknown = account("5410", "x");
        unknown.id = outlay_pleo::UNKNOWN_ID.into();
        item.accounting_entry_lines[0].account = Some(unknown);
    });
    assert_eq!(
        issues(&[unknown], &mapping(Format::Csv)),
        ["account_missing"]
    );
}

#[test]
fn the_documentation_lists_each_code_with_its_reason() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/ledger-formats.md");
    let text = std::fs::read_to_string(file).unwrap();
    for code in IssueCode::ALL {
        let (message, failure) = (code.message(), code.failure());
        let row = format!("| `{code}` | {message} | `{failure}` |");
        assert!(text.contains(&row), "{row}");
    }
}
