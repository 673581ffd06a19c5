//! Distinct ids, most of which are UUIDs: 16 bytes each in place of a text of 36.

use std::hash::Hasher;

use hashbrown::HashTable;
use rustc_hash::FxHasher;

use super::{Bitmap, Dictionary, narrow, push, wide};

/// Distinct ids, numbered from 0 in the order in which they came. A text that is no UUID in lower case
/// is stored as it is.
#[derive(Debug, Clone, Default)]
pub struct Ids {
    /// The UUID, or the code of the text in `others`.
    values: Vec<u128>,
    /// Which of them are texts in `others`.
    is_other: Bitmap,
    others: Dictionary,
    index: HashTable<u32>,
}

impl Ids {
    /// The number of an id, which is added if it is not known yet, and whether it was added.
    pub fn intern(&mut self, id: &str) -> (u32, bool) {
        let (value, other) = match parse_uuid(id) {
            Some(value) => (value, false),
            None => (u128::from(self.others.intern(id)), true),
        };
        if let Some(number) = self.find_value(value, other) {
            return (number, false);
        }
        let number = narrow(self.values.len());
        push(&mut self.values, value);
        self.is_other.push(other);
        let values = &self.values;
        self.index
            .insert_unique(hash(value), number, |number| hash(values[wide(*number)]));
        (number, true)
    }

    /// The number of an id; `None` if it is not known.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<u32> {
        match parse_uuid(id) {
            Some(value) => self.find_value(value, false),
            None => self.find_value(u128::from(self.others.find(id)?), true),
        }
    }

    fn find_value(&self, value: u128, other: bool) -> Option<u32> {
        let same = |number: &u32| {
            let at = wide(*number);
            self.values[at] == value && self.is_other.contains(at) == other
        };
        self.index.find(hash(value), same).copied()
    }

    /// Returns the number of ids; numbers are below it.
    #[must_use]
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Returns `true` until the first id is added; ids are never removed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Appends the text of an id to `out`; nothing for an unknown number.
    pub fn write(&self, number: u32, out: &mut String) {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let at = wide(number);
        let Some(value) = self.values.get(at).copied() else {
            return;
        };
        if self.is_other.contains(at) {
            let code = u32::try_from(value).unwrap_or(0);
            return out.push_str(self.others.get(code));
        }
        let mut text = [b'-'; 36];
        // Byte by byte: a shift of 128 bits is a call in WebAssembly.
        let places = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34];
        for (byte, place) in value.to_be_bytes().into_iter().zip(places) {
            text[place] = DIGITS[usize::from(byte >> 4)];
            text[place + 1] = DIGITS[usize::from(byte & 0xf)];
        }
        out.push_str(std::str::from_utf8(&text).unwrap_or_default());
    }

    /// The text of an id; empty for a number that no id has.
    #[must_use]
    pub fn text(&self, number: u32) -> String {
        let mut text = String::new();
        self.write(number, &mut text);
        text
    }

    /// Allocated bytes.
    pub(crate) fn bytes(&self) -> usize {
        self.values.capacity() * size_of::<u128>()
            + self.is_other.bytes()
            + self.others.bytes()
            + self.index.allocation_size()
    }
}

/// The number that a UUID in lower case writes; `None` for any other text.
#[must_use]
pub fn parse_uuid(id: &str) -> Option<u128> {
    let bytes = id.as_bytes();
    if bytes.len() != 36 {
        return None;
    }
    // Half by half: a shift of 128 bits is a call in WebAssembly.
    let (mut high, mut low) = (0u64, 0u64);
    for (place, byte) in bytes.iter().enumerate() {
        let digit = match (place, byte) {
            (8 | 13 | 18 | 23, b'-') => continue,
            (8 | 13 | 18 | 23, _) => return None,
            (_, b'0'..=b'9') => byte - b'0',
            (_, b'a'..=b'f') => byte - b'a' + 10,
            _ => return None,
        };
        let half = if place < 18 { &mut high } else { &mut low };
        *half = *half << 4 | u64::from(digit);
    }
    Some(u128::from(high) << 64 | u128::from(low))
}

fn hash(value: u128) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write_u128(value);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_id_comes_back_as_it_was_and_has_one_number() {
        let ids = [
            "0f8fad5b-d9cb-469f-a165-70867728950e",
            "0F8FAD5B-D9CB-469F-A165-70867728950E",
            "00000000-0000-0000-0000-000000000000",
            "00000000-0000-0000-0000-000000000001",
            "ffffffff-ffff-ffff-ffff-ffffffffffff",
            "0f8fad5bd9cb469fa16570867728950e",
            "0f8fad5b-d9cb-469f-a165-70867728950é",
            "0f8fad5b-d9cb-469f-a165+70867728950e",
            "x",
            "",
            "without id 1",
        ];
        let mut known = Ids::default();
        for (number, id) in (0..).zip(ids) {
            assert_eq!(known.find(id), None, "{id}");
            assert_eq!(known.intern(id), (number, true), "{id}");
        }
        for (number, id) in (0..).zip(ids) {
            assert_eq!(known.intern(id), (number, false), "{id}");
            assert_eq!(known.find(id), Some(number), "{id}");
            assert_eq!(known.text(number), id);
        }
        assert_eq!(known.len(), ids.len());
    }
}
