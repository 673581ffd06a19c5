//! Currency codes and how many digits their smallest unit takes.

use std::fmt;

use outlay_wire::{Reading, Value, Wire, Writer};

/// The longest text that counts as a currency code. Pleo's longest is `UNDEFINED`.
const LONGEST: usize = 12;

/// Codes of three letters, one after the other, by the decimals of their smallest unit.
const DECIMALS: &[(u32, &str)] = &[
    (
        2,
        "AEDAFNALLAMDANGAOAARSAUDAWGAZNBAMBBDBDTBGNBMDBNDBOBBOVBRLBSDBTNBWPBYNBZDCADCDFCHECHFCHWCNY\
COPCOUCRCCUPCVECZKDKKDOPDZDEGPERNETBEURFJDFKPGBPGELGHSGIPGMDGTQGYDHKDHNLHTGHUFIDRILSINRIRR\
JMDKESKGSKHRKPWKYDKZTLAKLBPLKRLRDLSLMADMDLMGAMKDMMKMNTMOPMRUMURMVRMWKMXNMXVMYRMZNNADNGNNIO\
NOKNPRNZDPABPENPGKPHPPKRPLNQARRONRSDRUBSARSBDSCRSDGSEKSGDSHPSLESOSSRDSSPSTNSVCSYPSZLTHBTJS\
TMTTOPTRYTTDTWDTZSUAHUSDUSNUYUUZSVEDVESWSTXADXCDXCGYERZARZMWZWG",
    ),
    // Retired.
    (
        2,
        "AFAATSAYMAZMBGLCSDCSKCUCCYPDDMDEMEEKFIMFRFGHCGWPHRDHRKIEPLTLLTTLVLLVRMROMTLMZMNLGPLZROLRUR\
SDDSDPSITSKKSLLSRGSTDSURTMMUAKUSSVEBVEFYDDYUDYUMYUNZALZMKZRNZWCZWDZWLZWNZWR",
    ),
    (0, "BIFCLPDJFGNFISKJPYKMFKRWPYGRWFUGXUYIVNDVUVXAFXOFXPF"),
    // Retired.
    (0, "ADPBEFBYBBYRESPGRDITLLUFMGFPTETPETRL"),
    (3, "BHDIQDJODKWDLYDOMRTND"),
    (4, "CLFUYW"),
];

/// An ISO 4217 code as Pleo sends it, kept letter by letter: retired codes and `UNDEFINED` occur.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; LONGEST]);

impl Currency {
    /// Pleo's `UNDEFINED`: the currency is not known. It has no exponent.
    pub const UNDEFINED: Currency = Currency(*b"UNDEFINED\0\0\0");

    /// Takes 1 to 12 printable ASCII characters without spaces.
    pub fn new(code: &str) -> Option<Currency> {
        let bytes = code.as_bytes();
        if bytes.is_empty() || bytes.len() > LONGEST || !bytes.iter().all(u8::is_ascii_graphic) {
            return None;
        }
        let mut kept = [0; LONGEST];
        for (slot, byte) in kept.iter_mut().zip(bytes) {
            *slot = *byte;
        }
        Some(Currency(kept))
    }

    /// Returns the code as Pleo writes it: three capital letters, for example `EUR`, or
    /// `UNDEFINED`.
    pub fn as_str(&self) -> &str {
        let text = std::str::from_utf8(&self.0).unwrap_or_default();
        text.trim_end_matches('\0')
    }

    /// How many decimal digits the smallest unit has: 2 for EUR, 0 for ISK and JPY, 3 for KWD. `None`
    /// for a code that is not listed, such as `UNDEFINED`, and for one without a smallest unit, such
    /// as XAU and XXX: an amount of such a currency is a number of units of unknown size.
    ///
    /// Source: ISO 4217 table A.1, column "Minor unit", and table A.3 for retired codes, whose
    /// decimals are those of the Unicode CLDR and of the JDK where table A.3 states none.
    pub fn exponent(&self) -> Option<u32> {
        let code = self.as_str();
        let lists = DECIMALS.iter();
        let mut listing = lists.filter(|(_, codes)| {
            let mut codes = codes.as_bytes().chunks(3);
            codes.any(|listed| listed == code.as_bytes())
        });
        listing.next().map(|(decimals, _)| *decimals)
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Wire for Currency {
    fn write(&self, out: &mut Writer) {
        out.text(self.as_str());
    }

    fn take(json: Value, reading: &mut Reading) -> Currency {
        let code = json.as_str().and_then(Currency::new);
        reading.require(code.is_some());
        code.unwrap_or(Currency::UNDEFINED)
    }
}
