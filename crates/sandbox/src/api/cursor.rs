//! Cursors: a row and the order it was met in, as base32 text (`^[A-Z2-7=~]+$`). A cursor of one
//! order is refused in another.

const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// Writes a cursor.
pub fn write(row: usize, order: u16) -> String {
    let row = u32::try_from(row).unwrap_or(u32::MAX);
    let mut bits = (u64::from(order) << 32) | u64::from(row);
    // 48 bits fill nine letters and three fifths of a tenth.
    bits <<= 2;
    let mut text = String::with_capacity(16);
    for at in (0..10).rev() {
        let letter = usize::try_from((bits >> (at * 5)) & 31).unwrap_or(0);
        text.extend(LETTERS.get(letter).map(|byte| char::from(*byte)));
    }
    text.push_str("======");
    text
}

/// Reads a cursor: the row, if it is of this order.
pub fn read(text: &str, order: u16) -> Option<usize> {
    let letters = text.strip_suffix("======")?;
    if letters.len() != 10 {
        return None;
    }
    let mut bits = 0_u64;
    for byte in letters.bytes() {
        let value = LETTERS.iter().position(|letter| *letter == byte)?;
        bits = (bits << 5) | u64::try_from(value).ok()?;
    }
    let whole = bits & 3 == 0;
    bits >>= 2;
    let same = bits >> 32 == u64::from(order);
    (whole && same).then(|| usize::try_from(bits & u64::from(u32::MAX)).ok())?
}

/// A short fingerprint of an order's name (FNV-1a, folded).
pub fn fingerprint(name: &str) -> u16 {
    let hash = name.bytes().fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    u16::try_from((hash >> 16) ^ (hash & 0xffff)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cursors_come_back_and_have_the_documented_letters() {
        for row in [0, 1, 99_999, u32::MAX as usize] {
            for order in [0, 1, 0xffff, fingerprint("id ASC")] {
                let text = write(row, order);
                let letter = |byte: u8| LETTERS.contains(&byte) || byte == b'=';
                assert!(text.bytes().all(letter), "{text}");
                assert_eq!(read(&text, order), Some(row));
                assert_eq!(read(&text, order ^ 1), None);
            }
        }
        for bad in [
            "",
            "A",
            "======",
            "AAAAAAAAAB======",
            "aaaaaaaaaa======",
            "AAAAAAAAAAA=====",
        ] {
            assert_eq!(read(bad, 0), None, "{bad}");
        }
    }
}
