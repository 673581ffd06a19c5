//! The overview against sums over the entries one by one, and figures worked out by hand.

use std::collections::{BTreeMap, BTreeSet};

use outlay_pleo::status::EntryFamily;
use outlay_pleo::time::Date;
use outlay_pleo::{AccountingEntry, Currency, UNKNOWN_ID};
use outlay_table::filter::DayField;
use outlay_table::overview::{
    BreakdownBy, EntryGroup, EntrySum, LeftOutReason, Overview, OverviewScope, WorklistKind,
};
use outlay_table::{Column, EntryTable, Filter, Grain, Month, MonthSpan, is_spend, lines};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

use crate::generate::{Pages, currency, names, pages};
use crate::model::Model;
use crate::{rows, table};

fn month(text: &str) -> Month {
    Month::parse(text).unwrap()
}

fn scopes() -> impl Strategy<Value = OverviewScope> {
    const LAST: [&str; 4] = ["2026-03", "2026-04", "2025-12", "1969-07"];
    const CURRENCIES: [Option<&str>; 4] = [Some("EUR"), Some("JPY"), Some("KWD"), None];
    let basis = select(&DayField::ALL[..]);
    (basis, select(&LAST[..]), 1..14u32, select(&CURRENCIES[..])).prop_map(
        |(basis, last, months, code)| OverviewScope {
            basis,
            period: MonthSpan::ending(month(last), months).unwrap(),
            listed: MonthSpan::ending(month(last), 12).unwrap(),
            running: month("2026-04"),
            currency: code.map(currency),
        },
    )
}

/// The entries of the model with their rows, as the questions of the overview see them.
struct Naive<'a> {
    model: &'a Model,
    scope: OverviewScope,
    rows: Vec<usize>,
}

impl Naive<'_> {
    fn day(&self, row: usize, basis: DayField) -> Option<Date> {
        let column = match basis {
            DayField::Date => Column::Date,
            DayField::Settled => Column::Settled,
            DayField::Booked => Column::Booked,
        };
        self.model.day(row, column)
    }

    fn month(&self, row: usize) -> Option<Month> {
        let day = self.day(row, self.scope.basis)?;
        Some(Month {
            year: day.year,
            month: day.month,
        })
    }

    fn is_spend(&self, row: usize) -> bool {
        self.model.entry(row).is_some_and(is_spend)
    }

    /// The billed amount in the company's currency.
    fn billed(&self, row: usize) -> Option<i64> {
        let money = self.model.entry(row)?.total_bill_value?;
        (Some(money.currency) == self.scope.currency).then_some(money.minors)
    }

    fn select(&self, keep: impl Fn(usize) -> bool) -> Vec<usize> {
        self.rows.iter().copied().filter(|row| keep(*row)).collect()
    }

    fn sum(&self, rows: &[usize]) -> EntrySum {
        let billed: Vec<i64> = rows.iter().filter_map(|row| self.billed(*row)).collect();
        EntrySum {
            entries: billed.len(),
            minors: billed.into_iter().map(i128::from).sum(),
        }
    }

    fn spend_of(&self, month: Month) -> EntrySum {
        self.sum(&self.select(|row| self.is_spend(row) && self.month(row) == Some(month)))
    }

    /// The rows, the sums and the filter of a group.
    fn check(&self, table: &EntryTable, group: &EntryGroup, expected: &[usize], what: &str) {
        let line = group.filter.to_string();
        let filter = Filter::parse(&line).unwrap_or_else(|error| panic!("{line}: {error}"));
        let found = rows(&table.select(&filter, Grain::Entries));
        assert_eq!(found, expected, "{what}: {line}");
        assert_eq!(group.entries, expected.len(), "{what}");
        assert_eq!(group.billed, self.sum(expected), "{what}");
        let mut others: BTreeMap<Option<Currency>, EntrySum> = BTreeMap::new();
        for row in expected.iter().filter(|row| self.billed(**row).is_none()) {
            let paid = self.model.entry(*row).map(|entry| entry.transaction_value);
            let sum = others.entry(paid.map(|paid| paid.currency)).or_default();
            sum.entries += 1;
            sum.minors += paid.map_or(0, |paid| i128::from(paid.minors));
        }
        let stated: BTreeMap<_, _> = group
            .others
            .iter()
            .map(|it| (it.currency, it.sum))
            .collect();
        assert_eq!(stated, others, "{what}");
    }

    fn needs(&self, row: usize, kind: WorklistKind) -> bool {
        let Some(entry) = self.model.entry(row) else {
            return false;
        };
        let lines = lines::of(entry);
        match kind {
            WorklistKind::NoReceipt => {
                let exempt = [EntryFamily::Mileage, EntryFamily::PerDiem];
                entry.receipt_ids.is_empty() && !exempt.contains(&entry.family)
            }
            WorklistKind::NoAccount => lines.iter().any(|line| {
                line.account_code.is_none_or(str::is_empty)
                    && line.account.is_none_or(|id| id.is_unknown())
            }),
            WorklistKind::NoTaxCode => lines
                .iter()
                .any(|line| line.tax_code.is_none_or(|id| id.as_str() == UNKNOWN_ID)),
            WorklistKind::AwaitingReview => entry.review_status.as_str().starts_with("WAITING"),
            WorklistKind::ReviewNotOk => entry.review_status.as_str() == "NOT_OK",
            WorklistKind::Pending => entry.status.as_str() == "PENDING",
            WorklistKind::NoBookkeepingDate => self.day(row, DayField::Booked).is_none(),
            WorklistKind::ExportFailed => entry.export_status.as_str() == "NOT_EXPORTED",
        }
    }

    /// Whether work on the entry is work for the period.
    fn is_in_reach(&self, row: usize) -> bool {
        let day = self.day(row, self.scope.basis);
        let day = day.or_else(|| self.day(row, DayField::Date));
        day.is_some_and(|day| {
            self.scope.period.contains(Month {
                year: day.year,
                month: day.month,
            })
        })
    }
}

fn reason_of(entry: Option<&AccountingEntry>) -> LeftOutReason {
    let Some(entry) = entry else {
        return LeftOutReason::Unreadable;
    };
    let code = entry.status.as_str();
    if entry.deleted_at.is_some() {
        return LeftOutReason::Deleted;
    }
    match code {
        "COMPLETED" | "PENDING" => LeftOutReason::Type(entry.family.as_str().to_owned()),
        code => LeftOutReason::Status(code.to_owned()),
    }
}

/// Id, code and billed amount of the lines in a breakdown.
fn keys(
    by: BreakdownBy,
    entry: &AccountingEntry,
    model: &Model,
    row: usize,
) -> Vec<((String, String), i64)> {
    let text = |column| model.text(row, column, None);
    let whole = entry.total_bill_value.map_or(0, |it| it.minors);
    let known = names();
    match by {
        BreakdownBy::Account => lines::of(entry)
            .iter()
            .filter_map(|line| {
                let id = line.account.filter(|id| !id.is_unknown());
                let code = match line.account_code {
                    Some(code) if !code.is_empty() => code.to_owned(),
                    _ => id
                        .and_then(|id| known.accounts.get(id)?.code.clone())
                        .unwrap_or_default(),
                };
                let id = id.map_or("", |id| id.as_str()).to_owned();
                Some(((id, code), line.billed?.minors))
            })
            .collect(),
        BreakdownBy::TaxCode => lines::of(entry)
            .iter()
            .filter_map(|line| {
                let id = line.tax_code.map_or("", |id| id.as_str());
                let code = line.tax_code.and_then(|id| known.tax_codes.get(id));
                let code = code.and_then(|it| it.code.clone()).unwrap_or_default();
                Some(((id.to_owned(), code), line.billed?.minors))
            })
            .collect(),
        BreakdownBy::Team => vec![((text(Column::TeamId), String::new()), whole)],
        BreakdownBy::Employee => vec![((text(Column::EmployeeId), String::new()), whole)],
        BreakdownBy::Vendor => vec![((text(Column::VendorId), text(Column::VendorCode)), whole)],
    }
}

fn check(pages: &Pages, scope: OverviewScope) {
    let table = table(pages, true);
    let model = Model::new(pages, names());
    let naive = Naive {
        rows: model.select(&table, &Filter::default(), Grain::Entries),
        model: &model,
        scope,
    };
    let overview = Overview::of(&table, scope);
    let in_period = |row: usize| {
        let month = naive.month(row);
        month.is_some_and(|month| scope.period.contains(month))
    };
    let spend = naive.select(|row| naive.is_spend(row) && in_period(row));
    naive.check(
        &table,
        &overview.entries,
        &naive.select(in_period),
        "entries",
    );
    naive.check(&table, &overview.spend, &spend, "spend");
    for paid in &overview.spend.others {
        let filter = overview.filter_of_unbilled(paid.currency.unwrap());
        let found = rows(&table.select(&filter, Grain::Entries));
        assert_eq!(found.len(), paid.sum.entries, "{filter}");
    }
    let in_total = overview.spend.billed.entries;
    assert_eq!(overview.not_in_total() + in_total, overview.entries.entries);
    let before = scope.period.before().unwrap();
    let before: EntrySum = before.iter().map(|month| naive.spend_of(month)).sum();
    assert_eq!(overview.before, Some(before));

    let left_out = naive.select(|row| !naive.is_spend(row) && in_period(row));
    let reasons: Vec<LeftOutReason> = left_out
        .iter()
        .map(|row| reason_of(model.entry(*row)))
        .collect();
    for it in &overview.left_out {
        let of_reason = left_out.iter().zip(&reasons);
        let of_reason = of_reason.filter(|(_, reason)| **reason == it.reason);
        let expected: Vec<usize> = of_reason.map(|(row, _)| *row).collect();
        naive.check(&table, &it.group, &expected, &format!("{:?}", it.reason));
    }
    let named: usize = overview.left_out.iter().map(|it| it.group.entries).sum();
    assert_eq!(named, overview.entries.entries - overview.spend.entries);
    assert_eq!(named, left_out.len());

    let is_undated = |row: usize| naive.month(row).is_none();
    let undated = naive.select(|row| naive.is_spend(row) && is_undated(row));
    naive.check(&table, &overview.undated, &undated, "undated");
    let undated = naive.select(|row| !naive.is_spend(row) && is_undated(row));
    naive.check(&table, &overview.undated_others, &undated, "undated others");

    let listed: Vec<Month> = overview.months.iter().map(|it| it.month).collect();
    assert_eq!(listed, scope.listed.iter().collect::<Vec<_>>());
    for it in &overview.months {
        assert_eq!(it.sum, naive.spend_of(it.month));
        assert_eq!(it.month_before, naive.spend_of(it.month.plus(-1)));
        assert_eq!(it.year_before, naive.spend_of(it.month.plus(-12)));
        assert_eq!(it.is_running, it.month == scope.running);
        let found = rows(&table.select(&it.filter, Grain::Entries));
        assert_eq!(naive.sum(&found), it.sum, "{}", it.filter);
        assert_eq!(found.len(), it.sum.entries, "{}", it.filter);
    }

    for breakdown in &overview.breakdowns {
        assert_eq!(breakdown.minors(), overview.spend.billed.minors);
        let mut sums: BTreeMap<(String, String), (i128, BTreeSet<usize>)> = BTreeMap::new();
        for row in spend.iter().filter(|row| naive.billed(**row).is_some()) {
            let entry = model.entry(*row).unwrap();
            for (key, minors) in keys(breakdown.by, entry, &model, *row) {
                let sum = sums.entry(key).or_default();
                sum.0 += i128::from(minors);
                sum.1.insert(*row);
            }
        }
        let stated = breakdown.parts.iter().chain(&breakdown.absent);
        for part in stated {
            let key = (part.id.clone(), part.code.clone());
            let (minors, entries) = sums.remove(&key).unwrap();
            assert_eq!(
                (part.minors, part.entries),
                (minors, entries.len()),
                "{key:?}"
            );
            if part.id.is_empty() && !part.code.is_empty() {
                continue;
            }
            let line = part.filter.to_string();
            assert_eq!(Filter::parse(&line).unwrap(), part.filter, "{line}");
            let lines = rows(&table.select(&part.filter, Grain::Lines));
            let billed = lines
                .iter()
                .filter_map(|row| model.money(*row, Column::Billed));
            let billed: i128 = billed.map(|it| i128::from(it.minors)).sum();
            assert_eq!(billed, minors, "{line}");
        }
        let least = breakdown.parts.iter().map(|part| part.minors).min();
        assert_eq!(breakdown.others, sums.len());
        let others = sums.values().map(|it| it.0);
        assert!(
            others
                .clone()
                .all(|it| least.is_some_and(|least| it <= least))
        );
        assert_eq!(breakdown.others_minors, others.sum::<i128>());
    }

    let work = |row: usize| naive.is_spend(row) && naive.is_in_reach(row);
    for it in &overview.worklists {
        let expected = naive.select(|row| work(row) && naive.needs(row, it.kind));
        naive.check(&table, &it.group, &expected, &format!("{:?}", it.kind));
    }
    let any = |row: usize| WorklistKind::ALL.iter().any(|kind| naive.needs(row, *kind));
    let expected = naive.select(|row| work(row) && any(row));
    naive.check(&table, &overview.attention, &expected, "attention");
    let is_exported = |row: usize| model.entry(row).unwrap().export_status.as_str() == "EXPORTED";
    let expected = naive.select(|row| work(row) && !is_exported(row));
    naive.check(&table, &overview.not_exported, &expected, "not exported");

    for paid in &overview.paid {
        let of_currency = |row: usize| {
            let entry = model.entry(row);
            entry.is_some_and(|it| it.transaction_value.currency == paid.currency)
        };
        assert_eq!(paid.months.iter().copied().sum::<EntrySum>(), paid.sum);
        for (month, sum) in scope.listed.iter().zip(&paid.months) {
            let of_month = naive.select(|row| {
                naive.is_spend(row) && of_currency(row) && naive.month(row) == Some(month)
            });
            let amounts = of_month.iter().filter_map(|row| model.entry(*row));
            let minors = amounts.map(|it| i128::from(it.transaction_value.minors));
            assert_eq!((sum.entries, sum.minors), (of_month.len(), minors.sum()));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn the_overview_has_the_sums_of_the_entries_one_by_one(
        pages in pages(),
        scope in scopes(),
    ) {
        check(&pages, scope);
    }
}

fn entry(id: &str, billed: Option<(&str, i64)>, more: Value) -> AccountingEntry {
    let billed = billed.map(|(code, minors)| json!({ "currency": code, "minors": minors }));
    let mut entry = json!({
        "id": id, "companyId": "c", "status": "COMPLETED", "family": "CARD_PURCHASE",
        "exportStatus": "EXPORTED", "reviewStatus": "OK", "receiptIds": ["r"],
        "transactionValue": { "currency": "USD", "minors": 700 }, "totalBillValue": billed,
        "performedAt": "2026-10-10T10:00:00Z", "settledAt": "2026-11-01T10:00:00Z",
        "bookkeepingDate": "2026-10-31", "accountId": "a1", "taxCodeId": "x1",
        "createdAt": "2026-10-10T10:00:00Z", "updatedAt": "2026-10-10T10:00:00Z",
    });
    for (key, value) in more.as_object().unwrap() {
        entry[key] = value.clone();
    }
    outlay_wire::from_text(&entry.to_string()).unwrap()
}

fn overview(entries: &[AccountingEntry], basis: DayField, code: &str) -> Overview {
    let mut table = EntryTable::new();
    table.set_names(names());
    table.append(entries, &[]);
    assert_eq!(table.company_currency(), Some(currency(code)));
    let last = month("2026-10");
    let scope = OverviewScope {
        basis,
        period: MonthSpan::ending(last, 1).unwrap(),
        listed: MonthSpan::ending(last, 12).unwrap(),
        running: month("2026-11"),
        currency: table.company_currency(),
    };
    Overview::of(&table, scope)
}

#[test]
fn each_date_basis_has_its_own_total_and_entries_without_a_date_are_named() {
    let entries = [
        entry("a", Some(("DKK", 10_000)), json!({})),
        entry(
            "b",
            Some(("DKK", -2_500)),
            json!({ "settledAt": "2026-10-12T00:00:00Z" }),
        ),
        entry("c", Some(("DKK", 400)), json!({ "bookkeepingDate": null })),
        entry(
            "d",
            Some(("DKK", 70)),
            json!({ "performedAt": "2026-09-30T23:59:59Z" }),
        ),
        entry(
            "e",
            Some(("DKK", 5)),
            json!({ "performedAt": "soon", "bookkeepingDate": "?" }),
        ),
        entry("f", None, json!({})),
        entry("g", Some(("EUR", 99)), json!({})),
    ];
    let total = |basis| {
        let it = overview(&entries, basis, "DKK");
        (it.spend.entries, it.spend.billed, it.undated.entries)
    };
    let sum = |entries, minors| EntrySum { entries, minors };
    assert_eq!(total(DayField::Date), (5, sum(3, 7_900), 1));
    assert_eq!(total(DayField::Settled), (1, sum(1, -2_500), 0));
    assert_eq!(total(DayField::Booked), (5, sum(3, 7_570), 2));
    let by_date = overview(&entries, DayField::Date, "DKK");
    let usd = &by_date.spend.others;
    assert_eq!(usd.len(), 1);
    assert_eq!(
        (usd[0].currency, usd[0].sum),
        (Some(currency("USD")), sum(2, 1_400))
    );
    assert_eq!(by_date.before, Some(sum(1, 70)));
}

#[test]
fn amounts_beyond_double_precision_are_added_exactly() {
    let amounts = [("a", 9_007_199_254_740_993), ("b", 1)];
    let entries = amounts.map(|(id, minors)| entry(id, Some(("DKK", minors)), json!({})));
    let it = overview(&entries, DayField::Date, "DKK");
    assert_eq!(it.spend.billed.minors, 9_007_199_254_740_994);
}

#[test]
fn currencies_without_decimals_and_with_three_add_up_exactly() {
    for (code, amounts, text) in [
        ("JPY", [1_500, -200, 1], "1301"),
        ("KWD", [1_250, -5, 1], "1.246"),
        (
            "KWD",
            [i64::MAX, i64::MAX, -i64::MAX],
            "9223372036854775.807",
        ),
    ] {
        let entries: Vec<_> = ["a", "b", "c"]
            .into_iter()
            .zip(amounts)
            .map(|(id, minors)| entry(id, Some((code, minors)), json!({})))
            .collect();
        let it = overview(&entries, DayField::Date, code);
        assert_eq!(
            it.spend.billed.money(currency(code)).unwrap().decimal(),
            text
        );
    }
    let two = ["a", "b"].map(|id| entry(id, Some(("KWD", i64::MAX)), json!({})));
    let it = overview(&two, DayField::Date, "KWD");
    assert_eq!(it.spend.billed.minors, 2 * i128::from(i64::MAX));
    assert_eq!(it.spend.billed.money(currency("KWD")), None);
}

#[test]
fn a_split_entry_counts_once_and_its_parts_count_by_account() {
    let part = |id: &str, account: Option<&str>, minors: i64| {
        let value = json!({ "currency": "DKK", "minors": minors });
        json!({
            "id": id, "createdAt": "2026-10-10T10:00:00Z", "updatedAt": "2026-10-10T10:00:00Z",
            "tags": [], "accountId": account, "taxCodeId": "x2", "totalBillValue": value,
            "transactionValue": null,
        })
    };
    let parts = json!({ "splitItems": [part("p", Some("a2"), 600), part("q", None, 300)] });
    let entries = [
        entry("a", Some(("DKK", 1_000)), parts),
        entry("b", Some(("DKK", 50)), json!({})),
    ];
    let it = overview(&entries, DayField::Date, "DKK");
    assert_eq!(
        it.spend.billed,
        EntrySum {
            entries: 2,
            minors: 1_050
        }
    );
    let by_account = &it.breakdowns[0];
    assert_eq!(by_account.by, BreakdownBy::Account);
    let parts: Vec<_> = by_account
        .parts
        .iter()
        .map(|part| (&*part.code, &*part.name, part.minors, part.entries))
        .collect();
    assert_eq!(
        parts,
        [
            ("0410", "Office supplies", 600, 1),
            ("4010", "Goods", 50, 1)
        ]
    );
    // The part without an account, and what the parts leave of the entry.
    let absent = by_account.absent.as_ref().unwrap();
    assert_eq!((absent.minors, absent.entries), (400, 1));
    assert_eq!(by_account.minors(), 1_050);
    let no_account = &it.worklists[1];
    assert_eq!(no_account.kind, WorklistKind::NoAccount);
    let line = "spend date:2026-10 missing:account";
    assert_eq!(no_account.group.filter.to_string(), line);
    assert_eq!(
        (no_account.group.entries, no_account.group.billed.minors),
        (1, 1_000)
    );
}

#[test]
fn what_is_no_spend_is_named_by_its_first_reason() {
    let entries = [
        entry("a", Some(("DKK", 1)), json!({})),
        entry("b", Some(("DKK", 2)), json!({ "family": "WALLET" })),
        entry(
            "c",
            Some(("DKK", 4)),
            json!({ "family": "WALLET", "status": "DRAFT" }),
        ),
        entry("d", Some(("DKK", 8)), json!({ "status": "DRAFT" })),
        entry(
            "e",
            None,
            json!({ "status": "DRAFT", "deletedAt": "2026-10-11T00:00:00Z" }),
        ),
        entry("f", Some(("DKK", 16)), json!({ "status": "" })),
        entry("g", Some(("DKK", 32)), json!({ "family": "" })),
        entry("h", Some(("DKK", 64)), json!({ "family": "TOMORROW" })),
    ];
    let it = overview(&entries, DayField::Date, "DKK");
    let mut named: Vec<(LeftOutReason, usize, i128)> = it
        .left_out
        .iter()
        .map(|it| (it.reason.clone(), it.group.entries, it.group.billed.minors))
        .collect();
    named.sort_by_key(|it| it.2);
    let status = |code: &str| LeftOutReason::Status(code.to_owned());
    let family = |code: &str| LeftOutReason::Type(code.to_owned());
    let expected = [
        (LeftOutReason::Deleted, 1, 0),
        (family("WALLET"), 1, 2),
        (status("DRAFT"), 2, 12),
        (status(""), 1, 16),
        (family(""), 1, 32),
        (family("TOMORROW"), 1, 64),
    ];
    assert_eq!(named, expected);
}

#[test]
fn the_currency_of_most_billed_amounts_is_the_companys() {
    let mut table = EntryTable::new();
    assert_eq!(table.company_currency(), None);
    table.append(&[entry("a", None, json!({}))], &[]);
    assert_eq!(table.company_currency(), None);
    table.append(&[entry("b", Some(("UNDEFINED", 1)), json!({}))], &[]);
    assert_eq!(table.company_currency(), None);
    table.append(&[entry("c", Some(("SEK", 1)), json!({}))], &[]);
    table.append(&[entry("d", Some(("DKK", 1)), json!({}))], &[]);
    assert_eq!(table.company_currency(), Some(currency("DKK")));
    table.append(&[entry("e", Some(("SEK", 1)), json!({}))], &[]);
    assert_eq!(table.company_currency(), Some(currency("SEK")));
}
