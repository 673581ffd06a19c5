//! Cursors: a row with its list and order as base32 text (`^[A-Z2-7=~]+$`). A cursor of one list or
//! order is rejected in another.

const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// Returns the cursor of a row of the list with this fingerprint, in Pleo's alphabet `[A-Z2-7=~]`.
pub fn write(row: usize, list: u32) -> String {
    let row = u32::try_from(row).unwrap_or(u32::MAX);
    // 64 bits fill twelve letters and four fifths of a thirteenth.
    let bits = ((u128::from(list) << 32) | u128::from(row)) << 1;
    let mut text = String::with_capacity(16);
    for at in (0..13).rev() {
        let letter = usize::try_from((bits >> (at * 5)) & 31).unwrap_or(0);
        text.extend(LETTERS.get(letter).map(|byte| char::from(*byte)));
    }
    text.push_str("===");
    text
}

/// Returns the row of a cursor; `None` if it is malformed or of another list.
pub fn read(text: &str, list: u32) -> Option<usize> {
    let letters = text.strip_suffix("===")?;
    if letters.len() != 13 {
        return None;
    }
    let mut bits = 0_u128;
    for byte in letters.bytes() {
        let value = LETTERS.iter().position(|letter| *letter == byte)?;
        bits = (bits << 5) | u128::try_from(value).ok()?;
    }
    let whole = bits & 1 == 0;
    bits >>= 1;
    let same = bits >> 32 == u128::from(list);
    (whole && same).then(|| usize::try_from(bits & u128::from(u32::MAX)).ok())?
}

/// Returns the 32-bit FNV-1a hash of a list's name and order.
pub fn fingerprint(name: &str) -> u32 {
    name.bytes().fold(0x811c_9dc5, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cursors_round_trip_in_the_documented_alphabet() {
        for row in [0, 1, 99_999, u32::MAX as usize] {
            for list in [0, 1, u32::MAX, fingerprint("searchEmployees id ASC;")] {
                let text = write(row, list);
                let letter = |byte: u8| LETTERS.contains(&byte) || byte == b'=';
                assert!(text.bytes().all(letter), "{text}");
                assert_eq!(read(&text, list), Some(row));
                assert_eq!(read(&text, list ^ 1), None);
            }
        }
        for bad in [
            "",
            "A",
            "===",
            "AAAAAAAAAAAAB===",
            "aaaaaaaaaaaaa===",
            "AAAAAAAAAAAAAA==",
        ] {
            assert_eq!(read(bad, 0), None, "{bad}");
        }
    }
}
