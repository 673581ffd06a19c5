//! Hidden: for tests and the fuzz target only. Numbers and texts as bytes: LEB128, with the sign in the lowest bit where there is one; and the
//! compression of a part.

use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;

/// Uncompressed bytes of a part, at most.
pub const LARGEST_CONTENT: usize = 8 << 20;

/// Appends a number, seven bits in a byte, the lowest first.
pub fn put(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Appends a number with a sign: small numbers of both signs are short.
pub fn put_signed(out: &mut Vec<u8>, number: i64) {
    put(out, (number << 1 ^ number >> 63) as u64);
}

/// Appends the length of a text in bytes, and the text.
pub fn put_text(out: &mut Vec<u8>, text: &str) {
    put(out, text.len() as u64);
    out.extend_from_slice(text.as_bytes());
}

/// Reads what the functions above wrote. Every method returns `None` at the first byte that is wrong.
#[derive(Debug, Clone, Copy)]
pub struct Bytes<'a>(pub &'a [u8]);

impl<'a> Bytes<'a> {
    /// See [`Bytes`].
    pub fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    /// See [`Bytes`].
    pub fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    /// Of the ways to write a number, only the shortest is accepted.
    pub fn number(&mut self) -> Option<u64> {
        let mut number = 0u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            let bits = u64::from(byte & 0x7f);
            if shift == 63 && bits > 1 || shift > 0 && byte == 0 {
                return None;
            }
            number |= bits << shift;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    /// See [`Bytes`].
    pub fn signed(&mut self) -> Option<i64> {
        let number = self.number()?;
        Some((number >> 1) as i64 ^ -((number & 1) as i64))
    }

    /// See [`Bytes`].
    pub fn u32(&mut self) -> Option<u32> {
        u32::try_from(self.number()?).ok()
    }

    /// A number of things that take at least one byte each.
    pub fn count(&mut self) -> Option<usize> {
        let count = usize::try_from(self.number()?).ok()?;
        (count <= self.0.len()).then_some(count)
    }

    /// See [`Bytes`].
    pub fn text(&mut self) -> Option<&'a str> {
        let length = self.count()?;
        std::str::from_utf8(self.take(length)?).ok()
    }

    /// See [`Bytes`].
    pub fn end(self) -> Option<()> {
        self.0.is_empty().then_some(())
    }
}

/// Appends the compressed content and, before it, the length that it has without compression.
pub fn deflate(content: &[u8], out: &mut Vec<u8>) {
    put(out, content.len() as u64);
    let mut encoder = DeflateEncoder::new(out, Compression::new(6));
    // A vector takes all bytes.
    let _ = encoder.write_all(content);
    let _ = encoder.finish();
}

/// The content of [`deflate`], which is all that is left of the bytes.
pub fn inflate(bytes: &mut Bytes<'_>) -> Option<Vec<u8>> {
    let length = usize::try_from(bytes.number()?).ok()?;
    if length > LARGEST_CONTENT {
        return None;
    }
    let mut content = Vec::new();
    let mut decoder = DeflateDecoder::new(bytes.0);
    let limit = length as u64 + 1;
    decoder
        .by_ref()
        .take(limit)
        .read_to_end(&mut content)
        .ok()?;
    let used = usize::try_from(decoder.total_in()).ok()?;
    bytes.take(used)?;
    (content.len() == length && bytes.0.is_empty()).then_some(content)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may fail by panicking")]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back_and_longer_forms_are_rejected() {
        for number in [0, 1, -1, 63, -64, 64, 1 << 40, i64::MAX, i64::MIN] {
            let mut out = Vec::new();
            put_signed(&mut out, number);
            let mut bytes = Bytes(&out);
            assert_eq!(bytes.signed(), Some(number));
            assert!(bytes.end().is_some());
        }
        for wrong in [&[0x80, 0][..], &[0x80], &[0xff; 10], &[]] {
            assert_eq!(Bytes(wrong).number(), None);
        }
    }

    #[test]
    fn content_that_is_longer_than_stated_is_rejected() {
        let mut out = Vec::new();
        deflate(&[7; 1000], &mut out);
        assert_eq!(inflate(&mut Bytes(&out)).unwrap(), [7; 1000]);
        let mut bytes = Bytes(&out);
        assert_eq!(bytes.number(), Some(1000));
        for length in [999, 1001, LARGEST_CONTENT as u64 + 1] {
            let mut wrong = Vec::new();
            put(&mut wrong, length);
            wrong.extend_from_slice(bytes.0);
            assert_eq!(inflate(&mut Bytes(&wrong)), None);
        }
    }
}
