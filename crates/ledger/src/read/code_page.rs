//! Bytes of old code pages as text, by tables of their own.

use super::{Read, ReadError};

/// The characters of the bytes 0x80 to 0xFF in code page 437.
const CP437: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}";

/// The characters of the bytes 0x80 to 0x9F in Windows-1252; U+FFFD for the five without one. The other
/// bytes are those of Latin-1.
const CP1252: &str = "€\u{fffd}‚ƒ„…†‡ˆ‰Š‹Œ\u{fffd}Ž\u{fffd}\u{fffd}‘’“”•–—˜™š›œ\u{fffd}žŸ";

/// Text in code page 437.
///
/// # Errors
///
/// `read_bytes` for a control character other than tab, line feed and carriage return.
pub(crate) fn cp437(bytes: &[u8]) -> Read<String> {
    let high: Vec<char> = CP437.chars().collect();
    decode(bytes, |byte| high.get(usize::from(byte - 0x80)).copied())
}

/// Text in Windows-1252.
///
/// # Errors
///
/// As for code page 437, and for the five bytes without a character.
pub(crate) fn cp1252(bytes: &[u8]) -> Read<String> {
    let high: Vec<char> = CP1252.chars().collect();
    decode(bytes, |byte| match high.get(usize::from(byte - 0x80)) {
        Some('\u{fffd}') => None,
        Some(one) => Some(*one),
        None => Some(char::from(byte)),
    })
}

/// Text in UTF-8.
///
/// # Errors
///
/// As for code page 437, and for bytes that are not UTF-8.
pub(crate) fn utf8(bytes: &[u8]) -> Read<String> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let line = line_at(bytes, error.valid_up_to());
        ReadError::new("read_bytes", line, "The bytes are not UTF-8.")
    })?;
    match text.char_indices().find(|(_, one)| is_control(*one)) {
        None => Ok(text.to_owned()),
        Some((at, _)) => Err(ReadError::new(
            "read_bytes",
            line_at(bytes, at),
            "There is a control character.",
        )),
    }
}

fn decode(bytes: &[u8], high: impl Fn(u8) -> Option<char>) -> Read<String> {
    let mut text = String::with_capacity(bytes.len());
    for (at, byte) in bytes.iter().enumerate() {
        let one = if *byte < 0x80 {
            Some(char::from(*byte))
        } else {
            high(*byte)
        };
        match one.filter(|one| !is_control(*one)) {
            Some(one) => text.push(one),
            None => {
                let message = format!("The byte {byte:#04x} is not allowed.");
                return Err(ReadError::new("read_bytes", line_at(bytes, at), message));
            }
        }
    }
    Ok(text)
}

fn is_control(one: char) -> bool {
    one.is_control() && !matches!(one, '\t' | '\n' | '\r')
}

fn line_at(bytes: &[u8], at: usize) -> usize {
    1 + bytes.iter().take(at).filter(|byte| **byte == b'\n').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reader_tables_equal_the_writer_tables() {
        for byte in 0x80..=0xff {
            let other = yore::code_pages::CP437.decode(&[byte]).into_owned();
            assert_eq!(cp437(&[byte]).unwrap(), other, "{byte:x}");
            if let Ok(mine) = cp1252(&[byte]) {
                assert_eq!(mine, yore::code_pages::CP1252.decode(&[byte]), "{byte:x}");
            }
        }
        let refused = (0x80..=0xff_u8).filter(|byte| cp1252(&[*byte]).is_err());
        assert_eq!(refused.collect::<Vec<_>>(), [0x81, 0x8d, 0x8f, 0x90, 0x9d]);
    }

    #[test]
    fn control_characters_and_broken_utf8_are_refused_with_their_line() {
        assert_eq!(cp437(b"a\r\n\x07").unwrap_err().line, 2);
        assert_eq!(cp1252(b"\x1f").unwrap_err().code, "read_bytes");
        assert_eq!(utf8(b"a\n\n\xff").unwrap_err().line, 3);
        assert_eq!(utf8("é\u{85}".as_bytes()).unwrap_err().line, 1);
        assert_eq!(utf8("é\r\n".as_bytes()).unwrap(), "é\r\n");
    }
}
