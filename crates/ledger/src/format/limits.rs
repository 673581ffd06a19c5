//! What a format does not allow in an entry: codes that it cannot hold, dates, numbers of lines.

use std::collections::BTreeSet;

use outlay_pleo::tax_code::TaxType;

use crate::entry::{Entry, Line, Role};
use crate::findings::Findings;
use crate::issue::IssueCode;
use crate::mapping::{CsvEncoding, DatevSettings, Mapping, Settings};
use crate::text::{Charset, TextRules};

use super::{Row, dimensions, postings};

/// The rules for codes: written exactly, or not at all.
const fn codes(charset: Charset) -> TextRules {
    TextRules {
        charset,
        longest: None,
        replaced: &[],
        formulas: true,
    }
}

/// Notes what the mapping's format does not allow in an entry.
pub(crate) fn check_entry(entry: &Entry, mapping: &Mapping, found: &mut Findings) {
    let postings = postings(entry, mapping);
    let charset = match &mapping.settings {
        Settings::Csv(csv) if csv.encoding != CsvEncoding::Cp1252 => Charset::Utf8,
        Settings::Csv(_) | Settings::Datev(_) | Settings::Economic(_) => Charset::Cp1252,
        Settings::Sie(_) => Charset::Cp437,
        Settings::Xero(_) | Settings::QuickBooks(_) => Charset::Utf8,
    };
    let rules = codes(charset);
    let exact = |code: &str| rules.fit(code).0 == code && !code.is_empty();
    let mut accounts: BTreeSet<&str> = postings
        .iter()
        // A missing account is a separate issue.
        .filter(|one| {
            !(one.role == Role::Rounding || one.role == Role::Tax) || !one.account.code.is_empty()
        })
        .map(|one| one.account.code.as_str())
        .collect();
    accounts.insert(&entry.contra.code);
    for account in accounts {
        if !exact(account) || !account_fits(account, mapping) {
            found.put(IssueCode::AccountInvalid, account);
        }
    }
    for line in &entry.lines {
        if let Some(tax) = &line.tax
            && !tax.code.is_empty()
            && !exact(&tax.code)
        {
            found.put_line(line, IssueCode::TaxCodeInvalid, tax.code.clone());
        }
        for tag in &line.tags {
            if tag_is_written(&tag.group, mapping)
                && !(exact(&tag.code) && tag_fits(&tag.code, mapping))
            {
                found.put_line(line, IssueCode::TagInvalid, tag.code.clone());
            }
        }
    }
    if !matches!(mapping.settings, Settings::Csv(_)) {
        one_tag_per_dimension(entry, mapping, found);
    }
    match &mapping.settings {
        Settings::Datev(datev) => check_datev(entry, datev, found),
        Settings::Xero(xero) => {
            if postings.len() > xero.lines_per_file {
                found.put(IssueCode::TooManyLines, postings.len().to_string());
            }
            check_xero(entry, &xero.no_tax, found);
        }
        _ => {}
    }
}

fn account_fits(account: &str, mapping: &Mapping) -> bool {
    let digits = account.bytes().all(|byte| byte.is_ascii_digit());
    match &mapping.settings {
        Settings::Sie(_) => digits && account.len() <= 9,
        // Accounts of customers and vendors are one digit longer.
        Settings::Datev(datev) => digits && account.len() <= datev.account_length + 1,
        _ => true,
    }
}

fn tag_is_written(group: &str, mapping: &Mapping) -> bool {
    match &mapping.settings {
        Settings::Csv(csv) => {
            let of_group = |column: &crate::mapping::Column| matches!(&column.value, crate::mapping::ColumnValue::Tag(one) if one == group);
            csv.columns.iter().any(of_group)
        }
        Settings::Sie(_) | Settings::Datev(_) | Settings::Xero(_) => {
            mapping.dimension(group).is_some()
        }
        Settings::QuickBooks(_) | Settings::Economic(_) => false,
    }
}

fn tag_fits(code: &str, mapping: &Mapping) -> bool {
    let word = |one: char| one.is_ascii_alphanumeric() || matches!(one, '_' | ' ');
    match &mapping.settings {
        Settings::Sie(_) => !code.contains(['"', '{', '}', '\\']),
        Settings::Datev(_) => code.len() <= 36 && code.chars().all(word),
        _ => true,
    }
}

fn one_tag_per_dimension(entry: &Entry, mapping: &Mapping, found: &mut Findings) {
    for dimension in dimensions(mapping) {
        for line in &entry.lines {
            let tags = tags_of(line, mapping, dimension);
            if let [_, second, ..] = tags.as_slice() {
                found.put_line(
                    line,
                    IssueCode::TagInvalid,
                    format!("{second}: a second tag for {dimension}"),
                );
            }
        }
    }
}

fn tags_of<'a>(line: &'a Line, mapping: &Mapping, dimension: &str) -> Vec<&'a str> {
    let of = |tag: &&crate::entry::Tag| mapping.dimension(&tag.group) == Some(dimension);
    line.tags
        .iter()
        .filter(of)
        .map(|tag| tag.code.as_str())
        .collect()
}

/// A rate adds its tax to the journal; that of a reverse charge adds as much as it takes away.
fn check_xero(entry: &Entry, no_tax: &str, found: &mut Findings) {
    for line in &entry.lines {
        let Some(tax) = &line.tax else { continue };
        let adds = !tax.rate.is_zero();
        if adds && tax.kind == TaxType::Reverse {
            let detail = format!(
                "{}: the rate of a reverse charge is 0 in the mapping.",
                tax.code
            );
            found.put_line(line, IssueCode::TaxCodeInvalid, detail);
        } else if adds && tax.code == no_tax {
            let detail = format!("{}: the rate of lines without tax.", tax.code);
            found.put_line(line, IssueCode::TaxCodeInvalid, detail);
        }
    }
}

fn check_datev(entry: &Entry, datev: &DatevSettings, found: &mut Findings) {
    if !(datev.year_start..=datev.year_end()).contains(&entry.date) {
        found.put(IssueCode::DateOutsideYear, entry.date.to_string());
    }
    for posting in entry.pairs() {
        let row = Row::of(entry, &posting);
        let Some(automatic) = datev
            .automatic_accounts
            .iter()
            .find(|one| one.account == posting.account.code)
        else {
            continue;
        };
        let rate = row
            .line
            .and_then(|line| line.tax.as_ref())
            .map(|tax| tax.rate);
        if rate != Some(automatic.rate) {
            let detail = format!(
                "Account {} applies {} by itself.",
                automatic.account,
                automatic.rate.text()
            );
            match row.line {
                Some(line) => found.put_line(line, IssueCode::TaxCodeInvalid, detail),
                None => found.put(IssueCode::TaxCodeInvalid, detail),
            }
        }
    }
}
