//! Characters that look like others, and invisible characters (UTS 39, confusable detection,
//! cut down to the four letters that matter here).

/// Which of `p`, `l`, `e`, `o` a reader takes this character for. `next` is the one after it: a
/// capital I passes for an l between small letters only.
pub(super) fn taken_for(character: char, next: Option<char>) -> Option<u8> {
    let plain = unstyled(character);
    Some(match plain {
        'I' | 'І' | 'Ι' if next.is_some_and(char::is_lowercase) => b'l',
        'p' | 'P' | 'þ' | 'ƥ' | 'ᵖ' | 'ᴘ' | 'ℙ' | '℗' | '₱' | 'ṕ' | 'ṗ' | 'Ṕ' | 'Ṗ' | 'р' | 'Р'
        | 'ҏ' | 'Ҏ' | 'п' | 'П' | 'ρ' | 'Ρ' | 'π' | 'Π' | 'Ⲣ' | 'ⲣ' | 'Ꮲ' | 'ꓑ' => {
            b'p'
        }
        'l'
        | 'L'
        | '1'
        | '|'
        | '!'
        | '£'
        | 'ˡ'
        | 'ʟ'
        | 'ℓ'
        | 'ℒ'
        | 'Ⅼ'
        | 'ⅼ'
        | 'Ⅰ'
        | 'ǀ'
        | 'Ĺ'..='ł'
        | 'Ḷ'..='ḽ'
        | 'ӏ'
        | 'Ӏ'
        | 'л'
        | 'Л'
        | 'λ'
        | 'Λ'
        | 'Ꮮ'
        | 'ꓡ' => b'l',
        'e'
        | 'E'
        | '3'
        | '€'
        | 'È'..='Ë'
        | 'è'..='ë'
        | 'Ē'..='ě'
        | 'Ẹ'..='ệ'
        | 'Ḕ'..='ḝ'
        | 'Ǝ'
        | 'ə'
        | 'ɛ'
        | 'ᵉ'
        | 'ᴇ'
        | 'ℯ'
        | 'ℰ'
        | '℮'
        | 'ⅇ'
        | 'е'
        | 'Е'
        | 'ё'
        | 'Ё'
        | 'ѐ'
        | 'є'
        | 'э'
        | 'Э'
        | 'ҽ'
        | 'ε'
        | 'Ε'
        | 'έ'
        | 'Ⲉ'
        | 'ⲉ'
        | 'Ꭼ'
        | 'ꓰ' => b'e',
        'o'
        | 'O'
        | '0'
        | '°'
        | 'º'
        | 'Ò'..='Ö'
        | 'Ø'
        | 'ò'..='ö'
        | 'ø'
        | 'Ō'..='ő'
        | 'Ọ'..='ợ'
        | 'Ṍ'..='ṓ'
        | 'Ơ'
        | 'ơ'
        | 'Ǒ'
        | 'ǒ'
        | 'ᵒ'
        | 'ᴏ'
        | 'ℴ'
        | 'о'
        | 'О'
        | 'ο'
        | 'Ο'
        | 'ό'
        | 'σ'
        | 'օ'
        | 'Օ'
        | '٥'
        | 'Ⲟ'
        | 'ⲟ'
        | 'ꓳ'
        | '○'
        | '●' => b'o',
        _ => return None,
    })
}

/// A character without width, ring, square or mathematical style: `Ｐ`, `ⓟ`, `𝐩` are a `P` or `p`.
fn unstyled(character: char) -> char {
    let code = u32::from(character);
    let (base, place) = match code {
        0xFF01..=0xFF5E => ('!', code - 0xFF01),
        0x249C..=0x24B5 => ('a', code - 0x249C),
        0x24B6..=0x24CF => ('A', code - 0x24B6),
        0x24D0..=0x24E9 => ('a', code - 0x24D0),
        0x1D400..=0x1D6A3 => match (code - 0x1D400) % 52 {
            small @ 26.. => ('a', small - 26),
            capital => ('A', capital),
        },
        0x1D7CE..=0x1D7FF => ('0', (code - 0x1D7CE) % 10),
        0x1F110..=0x1F129 => ('A', code - 0x1F110),
        0x1F130..=0x1F149 => ('A', code - 0x1F130),
        0x1F150..=0x1F169 => ('A', code - 0x1F150),
        0x1F170..=0x1F189 => ('A', code - 0x1F170),
        0x1F1E6..=0x1F1FF => ('A', code - 0x1F1E6),
        _ => return character,
    };
    char::from_u32(u32::from(base) + place).unwrap_or(character)
}

/// Whether nothing is drawn for it, or it turns the direction of what follows.
pub(super) fn is_invisible(character: char) -> bool {
    matches!(character,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}'
        | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

/// Whether it belongs to the character before it, as accents and variation selectors do.
pub(super) fn is_mark(character: char) -> bool {
    matches!(character,
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{1ab0}'..='\u{1aff}'
        | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{fe20}'..='\u{fe2f}')
}
