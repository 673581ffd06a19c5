//! Fills the columns, page by page.

use outlay_pleo::entry::AccountingEntryTag;
use outlay_pleo::time::{Date, Timestamp, Zone};
use outlay_pleo::{AccountingEntry, Currency, Money, Unreadable};

use super::cells::{UNREADABLE, WITHOUT_ID};
use super::{Amounts, EntryTable, FLAGS, Flag, NO_DAY, NO_INSTANT, TagColumn, TextColumn, text};
use crate::column::Column;
use crate::columnar::{Dictionary, narrow, push};
use crate::lines::{self, EntryLine, LineKind};
use crate::spend::is_spend;

/// What a row is; see [`super::Grain`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Role {
    #[default]
    Single,
    Whole,
    Line,
}

/// The values of one row.
#[derive(Default)]
struct NewRow<'a> {
    entry: u32,
    role: Role,
    performed: Option<&'a Timestamp>,
    settled: Option<&'a Timestamp>,
    booked: Option<&'a Timestamp>,
    amount: (Option<i64>, &'a str),
    billed: (Option<i64>, &'a str),
    texts: [&'a str; text::COUNT],
    tags: &'a [AccountingEntryTag],
    receipts: usize,
    attendees: usize,
    part: Option<&'a str>,
    flags: [bool; FLAGS],
}

impl EntryTable {
    /// Takes in a page and returns how many of its records were not there before. A record that comes
    /// again takes the place of its earlier version, but one that could not be read never replaces one
    /// that was. A record without an id is always a new one.
    pub fn append(&mut self, entries: &[AccountingEntry], unreadable: &[Unreadable]) -> usize {
        let before = self.ids.len();
        for entry in entries {
            let number = self.number(entry.id.as_str());
            self.append_entry(number, entry);
        }
        for record in unreadable {
            let made;
            let id = match record.id.as_deref() {
                Some(id) => id,
                None => {
                    self.without_id += 1;
                    made = format!("{WITHOUT_ID}{}", self.without_id);
                    &made
                }
            };
            let known = self.ids.find(id).and_then(|number| {
                let row = *self.first_row.get(number as usize)? as usize;
                Some(!self.flags[Flag::Unreadable as usize].contains(row))
            });
            if known == Some(true) {
                continue;
            }
            let number = self.number(id);
            self.append_unreadable(number, record);
        }
        self.refresh_labels();
        self.ids.len() - before
    }

    /// Returns the number of an entry for its next rows; drops earlier rows of it.
    fn number(&mut self, id: &str) -> u32 {
        let (number, new) = self.ids.intern(id);
        let row = narrow(self.entry.len());
        if new {
            push(&mut self.first_row, row);
            return number;
        }
        let first = std::mem::replace(&mut self.first_row[number as usize], row);
        let mut old = first as usize;
        while self.entry.get(old) == Some(&number) && self.present.contains(old) {
            self.present.set(old, false);
            old += 1;
        }
        number
    }

    fn append_entry(&mut self, number: u32, entry: &AccountingEntry) {
        let lines = lines::of(entry);
        let is_split = lines.iter().any(|line| line.kind != LineKind::Entry);
        if !is_split {
            return lines
                .iter()
                .for_each(|line| self.append_line(number, entry, line, Role::Single));
        }
        let row = narrow(self.entry.len());
        push(&mut self.splits, (row, narrow(lines.len())));
        self.append_line(number, entry, &lines::whole(entry), Role::Whole);
        for line in &lines {
            self.append_line(number, entry, line, Role::Line);
        }
    }

    fn append_line(
        &mut self,
        number: u32,
        entry: &AccountingEntry,
        line: &EntryLine<'_>,
        role: Role,
    ) {
        let supplier = entry.supplier.as_ref();
        let billed = line.billed.or(entry.total_bill_value);
        let performed = entry.performed_at.parsed();
        let booked = entry.bookkeeping_date.as_ref().and_then(Timestamp::parsed);
        let mut account = line.account.map_or("", |id| id.as_str()).to_owned();
        if let Some(code) = line.account_code.filter(|code| !code.is_empty()) {
            // A stated code is part of the key: it wins over that of the account.
            account.push('\0');
            account.push_str(code);
        }
        let label = match line.kind {
            LineKind::Entry => "Entry".to_owned(),
            LineKind::Part(part, of) => format!("Part {part} of {of}"),
            LineKind::Remainder => "Remainder".to_owned(),
        };
        let mut row = NewRow {
            entry: number,
            role,
            performed: Some(&entry.performed_at),
            settled: entry.settled_at.as_ref(),
            booked: entry.bookkeeping_date.as_ref(),
            amount: amount(line.amount, Some(&entry.transaction_value)),
            billed: amount(line.billed, billed.as_ref()),
            tags: line.tags,
            receipts: entry.receipt_ids.len(),
            attendees: entry.attendees.len(),
            part: line.part.map(|id| id.as_str()),
            ..NewRow::default()
        };
        let texts = &mut row.texts;
        texts[text::EMPLOYEE] = entry.employee_id.as_ref().map_or("", |id| id.as_str());
        texts[text::TEAM] = entry.team_id.as_ref().map_or("", |id| id.as_str());
        texts[text::NOTE] = entry.note.as_deref().unwrap_or_default();
        texts[text::TYPE] = entry.family.as_str();
        texts[text::SUBTYPE] = entry.sub_family.as_ref().map_or("", |it| it.as_str());
        texts[text::STATUS] = entry.status.as_str();
        texts[text::EXPORT] = entry.export_status.as_str();
        texts[text::REVIEW] = entry.review_status.as_str();
        texts[text::ACCOUNT] = &account;
        texts[text::TAX] = line.tax_code.map_or("", |id| id.as_str());
        texts[text::LINE] = &label;
        if let Some(supplier) = supplier {
            texts[text::VENDOR] = supplier.external_supplier_id.as_deref().unwrap_or_default();
            texts[text::VENDOR_ACCOUNT] = supplier
                .external_account_number
                .as_deref()
                .unwrap_or_default();
            texts[text::VENDOR_TAX_NUMBER] = supplier.cif.as_deref().unwrap_or_default();
            texts[text::DOCUMENT_TYPE] = supplier.document_type.as_deref().unwrap_or_default();
            texts[text::DOCUMENT] = supplier.document_number.as_deref().unwrap_or_default();
        }
        row.flags[Flag::Spend as usize] = is_spend(entry);
        row.flags[Flag::Deleted as usize] = entry.deleted_at.is_some();
        row.flags[Flag::WithoutZone as usize] =
            performed.is_some_and(|written| written.zone == Zone::Missing);
        row.flags[Flag::LocalMidnight as usize] =
            booked.is_some_and(|written| written.may_be_local_midnight());
        self.push_row(&row);
    }

    fn append_unreadable(&mut self, number: u32, record: &Unreadable) {
        let label = [UNREADABLE, &record.field].concat();
        let mut row = NewRow {
            entry: number,
            performed: record.performed_at.as_ref(),
            ..NewRow::default()
        };
        row.texts[text::LINE] = &label;
        row.flags[Flag::Unreadable as usize] = true;
        self.push_row(&row);
    }

    fn push_row(&mut self, row: &NewRow<'_>) {
        let number = self.entry.len();
        push(&mut self.entry, row.entry);
        self.present.push(true);
        self.wholes.push(row.role == Role::Whole);
        self.lines.push(row.role == Role::Line);
        let instant = row.performed.and_then(Timestamp::instant);
        push(
            &mut self.performed,
            instant.map_or(NO_INSTANT, |instant| instant.unix_millis()),
        );
        let performed = instant.map(|instant| instant.date());
        push(&mut self.performed_day, day_number(performed));
        let settled = row.settled.and_then(Timestamp::utc_day);
        push(&mut self.settled, day_number(settled));
        let booked = row.booked.and_then(Timestamp::written_day);
        push(&mut self.booked, day_number(booked));
        for (column, at, is_read) in [
            (Column::Date, row.performed, instant.is_some()),
            (Column::Settled, row.settled, settled.is_some()),
            (Column::Booked, row.booked, booked.is_some()),
        ] {
            if let Some(at) = at.filter(|_| !is_read) {
                self.unread_dates
                    .push((narrow(number), column, at.as_str().to_owned()));
            }
        }
        let (currencies, exponents) = (&mut self.currencies, &mut self.exponents);
        push_amount(&mut self.amount, row.amount, currencies, exponents);
        push_amount(&mut self.billed, row.billed, currencies, exponents);
        for (column, text) in self.texts.iter_mut().zip(row.texts) {
            column.codes.push(column.keys.intern(text));
        }
        self.push_tags(number, row.tags);
        self.receipts.push(narrow(row.receipts));
        self.attendees.push(narrow(row.attendees));
        let part = row.part.map_or(0, |id| self.parts.intern(id).0 + 1);
        self.part.push(part);
        for (flag, value) in self.flags.iter_mut().zip(row.flags) {
            flag.push(value);
        }
    }

    fn push_tags(&mut self, number: usize, tags: &[AccountingEntryTag]) {
        for tag in tags {
            let known = self.tags.iter().any(|it| it.group == tag.tag_group_id);
            // Column numbers are `u16`; a company has a handful of groups.
            if !known && self.tags.len() < usize::from(u16::MAX) {
                let mut column = TextColumn::default();
                (0..number).for_each(|_| column.codes.push(0));
                let group = tag.tag_group_id.clone();
                self.tags.push(TagColumn { group, column });
            }
        }
        let mut key = String::new();
        for tag in &mut self.tags {
            key.clear();
            let of_group = tags.iter().filter(|it| it.tag_group_id == tag.group);
            for id in of_group.filter_map(|it| it.tag_id.as_ref()) {
                if !key.is_empty() {
                    key.push('\0');
                }
                key.push_str(id.as_str());
            }
            let code = tag.column.keys.intern(&key);
            tag.column.codes.push(code);
        }
    }
}

/// An amount and the code of its currency, which is stated also where the amount is not.
fn amount(stated: Option<Money>, whole: Option<&Money>) -> (Option<i64>, &str) {
    let currency = whole.map_or("", |money| money.currency.as_str());
    (stated.map(|money| money.minors), currency)
}

fn push_amount(
    column: &mut Amounts,
    (minors, currency): (Option<i64>, &str),
    currencies: &mut Dictionary,
    exponents: &mut Vec<Option<u32>>,
) {
    push(&mut column.minors, minors.unwrap_or(0));
    column.stated.push(minors.is_some());
    column.currency.push(currencies.intern(currency));
    while exponents.len() < currencies.len() {
        let code = currencies.get(narrow(exponents.len()));
        exponents.push(Currency::new(code).and_then(|currency| currency.exponent()));
    }
}

fn day_number(day: Option<Date>) -> i32 {
    let days = day.and_then(|day| i32::try_from(day.days()).ok());
    days.unwrap_or(NO_DAY)
}
