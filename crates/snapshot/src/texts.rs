//! Distinct texts of a column, and the names behind ids, as bytes.

use outlay_pleo::number::Decimal;
use outlay_table::names::{Coded, LedgerNames};

use crate::bytes::{Bytes, deflate, inflate, put, put_text};

/// Bytes of texts in a part, but for the last text.
pub const TEXTS: usize = 64 << 10;

/// The bytes of a part of kind [`crate::PartKind::Texts`]: some texts of a column, the first of them with
/// the code `first`. Returns how many texts the part takes.
pub fn encode<'a>(
    column: usize,
    first: usize,
    texts: impl Iterator<Item = &'a str>,
) -> (Vec<u8>, usize) {
    let (mut content, mut count) = (Vec::new(), 0);
    for text in texts {
        put_text(&mut content, text);
        count += 1;
        if content.len() >= TEXTS {
            break;
        }
    }
    let mut out = Vec::new();
    for number in [column, first, count] {
        put(&mut out, number as u64);
    }
    deflate(&content, &mut out);
    (out, count)
}

/// Calls `each` with the column and each text. `None` if the bytes are wrong, the first code is not that
/// of `next`, or `each` returns `None`.
pub fn decode(
    bytes: &[u8],
    next: impl FnOnce(usize) -> Option<usize>,
    mut each: impl FnMut(usize, &str) -> Option<()>,
) -> Option<()> {
    let mut bytes = Bytes(bytes);
    let column = usize::try_from(bytes.number()?).ok()?;
    let first = usize::try_from(bytes.number()?).ok()?;
    let count = usize::try_from(bytes.number()?).ok()?;
    if next(column)? != first {
        return None;
    }
    let content = inflate(&mut bytes)?;
    let mut content = Bytes(&content);
    for _ in 0..count {
        each(column, content.text()?)?;
    }
    content.end()
}

/// A name: the list that it belongs to, the id, the code and the name, of which each may be absent.
type Named<'a> = (u8, &'a str, Option<&'a str>, Option<&'a str>);

/// The bytes of the parts of kind [`crate::PartKind::Names`], in the order of list and id.
pub fn encode_names(names: &LedgerNames) -> Vec<Vec<u8>> {
    let rates: Vec<(&str, String)> = names
        .tax_rates
        .iter()
        .map(|(id, rate)| (id.as_str(), outlay_wire::to_text(rate)))
        .collect();
    let mut all: Vec<Named<'_>> = Vec::new();
    fn coded<'a>(list: u8, id: &'a str, it: &'a Coded) -> Named<'a> {
        (list, id, it.code.as_deref(), it.name.as_deref())
    }
    all.extend(
        names
            .accounts
            .iter()
            .map(|(id, it)| coded(0, id.as_str(), it)),
    );
    all.extend(
        names
            .tax_codes
            .iter()
            .map(|(id, it)| coded(1, id.as_str(), it)),
    );
    all.extend(
        rates
            .iter()
            .map(|(id, rate)| (2, *id, Some(rate.as_str()), None)),
    );
    let groups = names.tag_groups.iter();
    all.extend(groups.map(|(id, name)| (3, id.as_str(), None, Some(name.as_str()))));
    all.extend(names.tags.iter().map(|(id, it)| coded(4, id.as_str(), it)));
    let suppliers = names.suppliers.iter();
    all.extend(suppliers.map(|(id, name)| (5, id.as_str(), None, Some(name.as_str()))));
    let codes = names.supplier_codes.iter();
    all.extend(codes.map(|(id, code)| (6, id.as_str(), Some(code.as_str()), None)));
    all.extend(
        names
            .employees
            .iter()
            .map(|(id, it)| coded(7, id.as_str(), it)),
    );
    let teams = names.teams.iter();
    all.extend(teams.map(|(id, name)| (8, id.as_str(), None, Some(name.as_str()))));
    all.sort_unstable();
    let mut parts = Vec::new();
    let mut content = Vec::new();
    for (at, (list, id, code, name)) in all.iter().enumerate() {
        content.push(*list);
        put_text(&mut content, id);
        for text in [code, name] {
            content.push(u8::from(text.is_some()));
            put_text(&mut content, text.unwrap_or_default());
        }
        if content.len() >= TEXTS || at + 1 == all.len() {
            let mut out = Vec::new();
            deflate(&content, &mut out);
            parts.push(out);
            content.clear();
        }
    }
    parts
}

/// Adds the names of a part, and returns their bytes. `None` if the bytes are wrong.
pub fn decode_names(bytes: &[u8], names: &mut LedgerNames) -> Option<usize> {
    let content = inflate(&mut Bytes(bytes))?;
    let size = content.len();
    let mut content = Bytes(&content);
    while content.end().is_none() {
        let list = content.byte()?;
        let id = content.text()?;
        let mut optional = || {
            let is_stated = content.byte()?;
            let text = content.text()?;
            match (is_stated, text) {
                (0, "") => Some(None),
                (1, text) => Some(Some(text.to_owned())),
                _ => None,
            }
        };
        let (code, name) = (optional()?, optional()?);
        let coded = Coded {
            code: code.clone(),
            name: name.clone(),
        };
        let name = name.unwrap_or_default();
        match list {
            0 => drop(names.accounts.insert(id.into(), coded)),
            1 => drop(names.tax_codes.insert(id.into(), coded)),
            2 => drop(names.tax_rates.insert(id.into(), Decimal::parse(&code?)?)),
            3 => drop(names.tag_groups.insert(id.into(), name)),
            4 => drop(names.tags.insert(id.into(), coded)),
            5 => drop(names.suppliers.insert(id.to_owned(), name)),
            6 => drop(
                names
                    .supplier_codes
                    .insert(id.to_owned(), code.unwrap_or_default()),
            ),
            7 => drop(names.employees.insert(id.into(), coded)),
            8 => drop(names.teams.insert(id.into(), name)),
            _ => return None,
        }
    }
    Some(size)
}
