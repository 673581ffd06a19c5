//! What is written for a character that a character set lacks: letters without their marks, the usual
//! ASCII forms of punctuation and currency signs, `?` for the rest.

/// What is written for each of these characters.
const TABLE: &[(&str, &str)] = &[
    ("ÀÁÂÃÅĀĂĄǍȀȂ", "A"),
    ("àáâãåāăąǎȁȃ", "a"),
    ("ÇĆĈĊČ", "C"),
    ("çćĉċč", "c"),
    ("ÐĎĐ", "D"),
    ("ðďđ", "d"),
    ("ÈÉÊËĒĔĖĘĚȄȆ", "E"),
    ("èéêëēĕėęěȅȇ", "e"),
    ("ĜĞĠĢǦǴ", "G"),
    ("ĝğġģǧǵ", "g"),
    ("ĤĦ", "H"),
    ("ĥħ", "h"),
    ("ÌÍÎÏĨĪĬĮİǏ", "I"),
    ("ìíîïĩīĭįıǐ", "i"),
    ("Ĵ", "J"),
    ("ĵ", "j"),
    ("ĶǨ", "K"),
    ("ķĸǩ", "k"),
    ("ĹĻĽĿŁ", "L"),
    ("ĺļľŀł", "l"),
    ("ÑŃŅŇŊǸ", "N"),
    ("ñńņňŉŋǹ", "n"),
    ("ÒÓÔÕŌŎŐƠǑ", "O"),
    ("òóôõōŏőơǒ", "o"),
    ("ŔŖŘ", "R"),
    ("ŕŗř", "r"),
    ("ŚŜŞŠȘ", "S"),
    ("śŝşšșſ", "s"),
    ("ŢŤŦȚ", "T"),
    ("ţťŧț", "t"),
    ("ÙÚÛŨŪŬŮŰŲƯǓ", "U"),
    ("ùúûũūŭůűųưǔ", "u"),
    ("Ŵ", "W"),
    ("ŵ", "w"),
    ("ÝŶŸ", "Y"),
    ("ýÿŷ", "y"),
    ("ŹŻŽ", "Z"),
    ("źżž", "z"),
    ("Ä", "Ae"),
    ("ä", "ae"),
    ("Ö", "Oe"),
    ("ö", "oe"),
    ("Ø", "Oe"),
    ("ø", "oe"),
    ("Ü", "Ue"),
    ("ü", "ue"),
    ("Æ", "AE"),
    ("æ", "ae"),
    ("Œ", "OE"),
    ("œ", "oe"),
    ("ß", "ss"),
    ("ẞ", "SS"),
    ("Þ", "Th"),
    ("þ", "th"),
    (
        "\u{a0}\u{2002}\u{2003}\u{2009}\u{200a}\u{202f}\u{205f}\u{3000}",
        " ",
    ),
    ("‐‑‒–—―−", "-"),
    ("‘’‚‛′ʼ´`", "'"),
    ("“”„‟″«»", "\""),
    ("‹", "<"),
    ("›", ">"),
    ("…", "..."),
    ("•·●", "*"),
    ("€", "EUR"),
    ("£", "GBP"),
    ("¥", "JPY"),
    ("¢", "c"),
    ("ƒ", "f"),
    ("₤", "GBP"),
    ("₽", "RUB"),
    ("₺", "TRY"),
    ("₹", "INR"),
    ("₩", "KRW"),
    ("©", "(c)"),
    ("®", "(R)"),
    ("™", "(TM)"),
    ("°º", "o"),
    ("ª", "a"),
    ("¹", "1"),
    ("²", "2"),
    ("³", "3"),
    ("½", "1/2"),
    ("¼", "1/4"),
    ("¾", "3/4"),
    ("×", "x"),
    ("÷", "/"),
    ("±", "+/-"),
    ("µ", "u"),
    ("§", "S"),
    ("¶", "P"),
    ("¿", "?"),
    ("¡", "!"),
    ("№", "No"),
    ("¦", "|"),
    ("¨¯¸", ""),
];

/// The replacement of the character in ASCII: the character itself if it is ASCII and printable, nothing
/// for marks and joiners, `?` for what has no such form.
#[must_use]
pub fn plain(one: char) -> &'static str {
    if one.is_ascii() {
        return ascii(one);
    }
    if super::continues(one) || super::shows_nothing(one) || one.is_control() {
        return "";
    }
    let found = TABLE
        .iter()
        .find(|(characters, _)| characters.contains(one));
    found.map_or("?", |(_, plain)| plain)
}

fn ascii(one: char) -> &'static str {
    const PRINTABLE: &str = " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~";
    let at = (u32::from(one) as usize).wrapping_sub(32);
    PRINTABLE.get(at..=at).unwrap_or("")
}
