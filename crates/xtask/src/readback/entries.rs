//! Fictional entries with the odd values that programs send: amounts at the limits, currencies without
//! and with three decimals, texts that a spreadsheet calculates or changes, dates of other centuries.

use outlay_pleo::AccountingEntry;
use outlay_pleo::number::Decimal;
use outlay_table::EntryTable;
use outlay_table::names::{Coded, LedgerNames};
use serde_json::{Value, json};

use crate::outcome::Outcome;

/// Half of an emoji, as the escape that a program without UTF-8 writes.
const HALF_OF_AN_EMOJI: &str = "(half)";

/// Texts, written as JSON text apart from [`HALF_OF_AN_EMOJI`].
pub const TEXTS: [&str; 48] = [
    "Team lunch",
    "=1+1",
    "=1+1;=1+2",
    "hello;=1+2",
    "x\t=1+2",
    "=HYPERLINK(\"https://a.example\",\"b\")",
    "+46701234567",
    "-1",
    "-12,50",
    "@SUM(A1)",
    "'=1+2",
    "'quoted'",
    "000123",
    "1250.50",
    "1.250,50",
    "1e5",
    "12 %",
    "2026-03-31",
    "31/03/2026",
    "3 October",
    "10:30",
    "TRUE",
    "#N/A",
    "NaN",
    "_x0041_",
    "_x005F_x0041_",
    "_x000D_",
    "&lt;b&gt; & <c> \"d\" 'e' ]]>",
    "quote \" and, comma; and | bar",
    " blanks at both ends ",
    "two\nlines",
    "two\r\nlines of Windows",
    "a line feed at the end\n",
    "\ta tab at the start",
    "control \u{0}\u{1}\u{b}\u{1f}\u{7f}\u{85} characters",
    "line separator \u{2028} and paragraph separator \u{2029}",
    "not a character \u{ffff} \u{1fffe}",
    "byte order mark \u{feff}",
    "Team lunch (half)",
    "(half) lunch",
    "\u{1f600} \u{1f469}\u{200d}\u{1f4bb}",
    "\u{5e9}\u{5dc}\u{5d5}\u{5dd} -12.50",
    "\u{202b}12.50\u{202c} \u{202e}00.5",
    "caf\u{e9} cafe\u{301}",
    "\u{ff1d}1+1",
    "\u{2212}5",
    "{\"json\":\"\\u003c\"}",
    "\u{a0}no-break blank",
];

/// Longer than a cell of a spreadsheet.
pub const LETTERS: usize = 200_000;

const CURRENCIES: [&str; 7] = ["EUR", "JPY", "KWD", "DKK", "CLF", "UNDEFINED", "ISK"];

const MINORS: [i64; 17] = [
    0,
    1,
    -1,
    5,
    -10,
    1_230,
    -99_999,
    125_050,
    1_000_000,
    30_000_000_000_001,
    -123_456_789_012_345,
    999_999_999_999_999,
    -999_999_999_999_999,
    1_000_000_000_000_000,
    9_007_199_254_740_993,
    i64::MAX,
    i64::MIN + 1,
];

const DATES: [&str; 11] = [
    "2026-03-31T23:30:00Z",
    "2026-03-31T14:30:00-10:00",
    "2026-04-01T00:00:00+02:00",
    "2024-02-29T12:00:00.123456789Z",
    "2026-03-31T22:00Z",
    "1969-07-20T20:17:40Z",
    "1900-03-01T00:00:00Z",
    "1900-02-28T12:00:00Z",
    "1850-01-01T12:00:00Z",
    "9999-12-31T12:00:00Z",
    "not a date",
];

const RATES: [&str; 4] = ["0.25", "0.125", "0", "0.055"];

/// A list of entries in which every text is with every currency.
pub const ENTRIES: usize = TEXTS.len() * CURRENCIES.len() * 5;

/// The entry of this number; every fifth one is split.
///
/// # Errors
///
/// If it is not read as an entry.
pub fn entry(number: usize) -> Outcome<AccountingEntry> {
    let text = TEXTS[number % TEXTS.len()];
    let long = "word ".repeat(LETTERS / 5);
    let note = if number == ENTRIES / 2 { &long } else { text };
    let currency = CURRENCIES[number % CURRENCIES.len()];
    let minors = |at: usize| MINORS[at % MINORS.len()];
    let money = |currency: &str, minors: i64| json!({ "currency": currency, "minors": minors });
    let date = |at: usize| DATES[at % DATES.len()];
    let tags = json!([{ "tagGroupId": "group", "tagId": TEXTS[(number + 1) % TEXTS.len()] }]);
    let part = |at: usize| {
        json!({
            "id": format!("part-{number}-{at}"), "createdAt": date(0), "updatedAt": date(0),
            "accountCode": TEXTS[(number + at) % TEXTS.len()], "tags": tags,
            "transactionValue": money(currency, minors(number + at)),
            "totalBillValue": money("DKK", minors(number / 2 + at)),
        })
    };
    let is_split = number.is_multiple_of(5);
    let parts: Vec<Value> = (1..=3).filter(|_| is_split).map(part).collect();
    let json = json!({
        "id": format!("entry-{number}"), "companyId": "company", "status": "COMPLETED",
        "family": "CARD_PURCHASE", "exportStatus": "NOT_EXPORTED", "reviewStatus": "NOT_REQUIRED",
        "note": note, "accountCode": text, "taxCodeId": format!("tax-{}", number % RATES.len()),
        "transactionValue": money(currency, minors(number)),
        "totalBillValue": money("DKK", minors(number / 3)),
        "performedAt": date(number), "settledAt": date(number / 2),
        "bookkeepingDate": date(number / 3), "createdAt": date(0), "updatedAt": date(0),
        "employeeId": "employee", "tags": tags, "splitItems": parts,
        "supplier": { "documentNumber": TEXTS[(number + 7) % TEXTS.len()] },
    });
    let json = json.to_string().replace(HALF_OF_AN_EMOJI, "\\ud83d");
    outlay_wire::read_text(&json).map_err(|error| format!("entry {number}: {error:?}"))
}

/// Returns a table of these entries, with the names of their ids.
pub fn table(entries: &[AccountingEntry]) -> EntryTable {
    let coded = |code: &str, name: &str| Coded {
        code: Some(code.to_owned()),
        name: Some(name.to_owned()),
    };
    let tax_codes = (0..RATES.len()).map(|at| format!("tax-{at}"));
    let rates = tax_codes.clone().zip(RATES);
    let names = LedgerNames {
        tax_codes: tax_codes
            .map(|id| (id.as_str().into(), coded("0025", "Tax = \"25\" %")))
            .collect(),
        tax_rates: rates
            .filter_map(|(id, rate)| Some((id.as_str().into(), Decimal::parse(rate)?)))
            .collect(),
        tag_groups: [("group".into(), "=Cost, \"centre\"".to_owned())].into(),
        tags: TEXTS
            .iter()
            .map(|text| ((*text).into(), coded(text, "Oslo")))
            .collect(),
        employees: [("employee".into(), coded("007", "Ren\u{e9}e Brinkholt"))].into(),
        ..LedgerNames::default()
    };
    let mut table = EntryTable::new();
    table.set_names(names);
    table.append(entries, &[]);
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_is_read_and_half_of_an_emoji_is_replaced() {
        for number in 0..ENTRIES {
            let entry = entry(number).unwrap();
            assert_eq!(entry.split_items.len(), if number % 5 == 0 { 3 } else { 0 });
        }
        let at = TEXTS.iter().position(|text| text.contains("lunch (half)"));
        let entry = entry(at.unwrap()).unwrap();
        assert_eq!(entry.note.as_deref(), Some("Team lunch \u{fffd}"));
    }
}
