//! Rows as bytes: column by column, each value as its difference from what it mostly follows, so that
//! the compression finds little to do. Ids are random and are not compressed.

use outlay_table::entry_table::blocks::{BlockAmount, RowBlock, RowRole};

use crate::bytes::{Bytes, deflate, inflate, put, put_signed, put_text};

/// Rows of a part, but for the lines of its last entry.
pub const ROWS: usize = 2048;
/// Rows of a part, at most.
const MOST_ROWS: usize = 1 << 16;
const DAY: i64 = 86_400_000;

const PERFORMED: u8 = 1;
const SETTLED: u8 = 2;
const BOOKED: u8 = 4;
const AMOUNT: u8 = 8;
const BILLED: u8 = 16;

/// The bytes of a part of kind [`crate::PartKind::Rows`].
pub fn encode(block: &RowBlock) -> Vec<u8> {
    let (mut forms, mut ids) = (Vec::new(), Vec::new());
    let entries = block.entry_ids.iter();
    for id in entries.chain(&block.part_ids) {
        forms.push(put_id(id, &mut ids));
    }
    let mut content = Vec::new();
    put(&mut content, block.roles.len() as u64);
    put(&mut content, block.entry_ids.len() as u64);
    content.extend(block.roles.iter().map(|role| *role as u8));
    content.extend(stated(block));
    for amounts in [&block.amount, &block.billed] {
        amounts
            .iter()
            .for_each(|it| put(&mut content, u64::from(it.currency)));
    }
    for (row, amount) in block.amount.iter().enumerate() {
        let paid = amount.minors.unwrap_or(0);
        put_signed(&mut content, paid);
        let billed = block.billed[row].minors.unwrap_or(0);
        put_signed(&mut content, billed.wrapping_sub(paid));
    }
    content.extend(forms);
    content.extend(&block.flags);
    let mut times = Vec::new();
    let mut before = 0;
    for row in 0..block.roles.len() {
        let performed = block.performed[row];
        let day = performed.map_or(before, |millis| millis.div_euclid(DAY));
        put_signed(&mut content, day - before);
        let millis = performed.map_or(0, |millis| millis.rem_euclid(DAY));
        put(&mut times, (millis / 1000).unsigned_abs());
        before = day;
        let mut last = day;
        for stated in [block.settled[row], block.booked[row]] {
            let day = stated.map_or(last, i64::from);
            put_signed(&mut content, day - last);
            last = day;
        }
    }
    content.extend(times);
    for performed in &block.performed {
        put(
            &mut content,
            performed.unwrap_or(0).rem_euclid(1000).unsigned_abs(),
        );
    }
    for column in block
        .texts
        .iter()
        .chain([&block.receipts, &block.attendees])
    {
        put_codes(column, &mut content);
    }
    put(&mut content, block.unread_dates.len() as u64);
    for (row, which, text) in &block.unread_dates {
        put(&mut content, u64::from(*row));
        content.push(*which);
        put_text(&mut content, text);
    }
    let mut out = Vec::with_capacity(ids.len() + content.len() / 2);
    put(&mut out, ids.len() as u64);
    out.extend(ids);
    deflate(&content, &mut out);
    out
}

/// The rows of a part, whose texts are in `columns` columns. `None` if the bytes are wrong.
pub fn decode(bytes: &[u8], columns: usize) -> Option<RowBlock> {
    let mut bytes = Bytes(bytes);
    let length = bytes.count()?;
    let mut ids = Bytes(bytes.take(length)?);
    let content = inflate(&mut bytes)?;
    let mut content = Bytes(&content);
    let rows = content.count()?;
    let entries = content.count()?;
    if rows > MOST_ROWS || entries > rows {
        return None;
    }
    let roles = content.take(rows)?.iter().map(|role| match role {
        0 => Some(RowRole::Single),
        1 => Some(RowRole::Whole),
        2 => Some(RowRole::Line),
        _ => None,
    });
    let mut block = RowBlock {
        roles: roles.collect::<Option<_>>()?,
        ..RowBlock::default()
    };
    let stated = content.take(rows)?;
    let mut currencies = || {
        (0..rows)
            .map(|_| content.u32())
            .collect::<Option<Vec<u32>>>()
    };
    let (paid_in, billed_in) = (currencies()?, currencies()?);
    for row in 0..rows {
        let paid = content.signed()?;
        let billed = paid.wrapping_add(content.signed()?);
        let amount = |minors, bit, currency| BlockAmount {
            minors: (stated[row] & bit != 0).then_some(minors),
            currency,
        };
        block.amount.push(amount(paid, AMOUNT, paid_in[row]));
        block.billed.push(amount(billed, BILLED, billed_in[row]));
    }
    let forms = content.take(entries + rows)?;
    let all = forms.iter().map(|form| id(*form, &mut ids));
    let mut all = all.collect::<Option<Vec<String>>>()?;
    ids.end()?;
    block.part_ids = all.split_off(entries);
    block.entry_ids = all;
    block.flags = content.take(rows)?.to_vec();
    let mut days = Vec::with_capacity(rows);
    let mut before = 0i64;
    for stated in stated {
        before = before.checked_add(content.signed()?)?;
        days.push(before);
        let settled = before.checked_add(content.signed()?)?;
        let booked = settled.checked_add(content.signed()?)?;
        for (column, bit, day) in [
            (&mut block.settled, SETTLED, settled),
            (&mut block.booked, BOOKED, booked),
        ] {
            let day = i32::try_from(day).ok()?;
            column.push((stated & bit != 0).then_some(day));
        }
    }
    let mut times = Vec::with_capacity(rows);
    for _ in 0..rows {
        times.push(content.number().filter(|second| *second < 86_400)?);
    }
    for row in 0..rows {
        let millis = content.number().filter(|millis| *millis < 1000)?;
        let of_day = i64::try_from(times[row] * 1000 + millis).ok()?;
        let instant = days[row].checked_mul(DAY)?.checked_add(of_day)?;
        let is_stated = stated[row] & PERFORMED != 0;
        block.performed.push(is_stated.then_some(instant));
    }
    for _ in 0..columns {
        block.texts.push(codes(rows, &mut content)?);
    }
    block.receipts = codes(rows, &mut content)?;
    block.attendees = codes(rows, &mut content)?;
    for _ in 0..content.count()? {
        let row = content.u32()?;
        let which = content.byte()?;
        block
            .unread_dates
            .push((row, which, content.text()?.to_owned()));
    }
    content.end()?;
    Some(block)
}

/// A byte for each row: which of its values are stated.
fn stated(block: &RowBlock) -> Vec<u8> {
    let bit = |is: bool, bit: u8| if is { bit } else { 0 };
    let rows = 0..block.roles.len();
    rows.map(|row| {
        bit(block.performed[row].is_some(), PERFORMED)
            | bit(block.settled[row].is_some(), SETTLED)
            | bit(block.booked[row].is_some(), BOOKED)
            | bit(block.amount[row].minors.is_some(), AMOUNT)
            | bit(block.billed[row].minors.is_some(), BILLED)
    })
    .collect()
}

/// Codes: 0 for one more than the largest so far, else the code plus 1. Texts that are all different
/// become zeros. The largest before the first row comes first.
fn put_codes(codes: &[u32], out: &mut Vec<u8>) {
    let mut largest = codes.first().map_or(0, |code| code.saturating_sub(1));
    put(out, u64::from(largest));
    for code in codes {
        match u64::from(*code) == u64::from(largest) + 1 {
            true => out.push(0),
            false => put(out, u64::from(*code) + 1),
        }
        largest = largest.max(*code);
    }
}

fn codes(rows: usize, content: &mut Bytes<'_>) -> Option<Vec<u32>> {
    let mut largest = content.u32()?;
    let mut codes = Vec::with_capacity(rows);
    for _ in 0..rows {
        let code = match content.number()? {
            0 => largest.checked_add(1)?,
            more => u32::try_from(more - 1).ok()?,
        };
        largest = largest.max(code);
        codes.push(code);
    }
    Some(codes)
}

/// Appends an id: 16 bytes of a UUID in lower case, else the text. Returns how it is written.
fn put_id(id: &str, out: &mut Vec<u8>) -> u8 {
    match (id, uuid(id)) {
        ("", _) => 0,
        (_, Some(uuid)) => {
            out.extend_from_slice(&uuid);
            1
        }
        _ => {
            put_text(out, id);
            2
        }
    }
}

fn id(form: u8, ids: &mut Bytes<'_>) -> Option<String> {
    match form {
        0 => Some(String::new()),
        1 => {
            let bytes = ids.take(16)?;
            let mut text = String::with_capacity(36);
            for (at, byte) in bytes.iter().enumerate() {
                if matches!(at, 4 | 6 | 8 | 10) {
                    text.push('-');
                }
                for digit in [byte >> 4, byte & 15] {
                    text.push(char::from(b"0123456789abcdef"[usize::from(digit)]));
                }
            }
            Some(text)
        }
        2 => {
            let text = ids.text()?;
            // One form for each id.
            (!text.is_empty() && uuid(text).is_none()).then(|| text.to_owned())
        }
        _ => None,
    }
}

/// The bytes of a UUID in lower case.
fn uuid(id: &str) -> Option<[u8; 16]> {
    outlay_table::columnar::parse_uuid(id).map(u128::to_be_bytes)
}
