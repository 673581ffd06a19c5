//! Currency codes and how many digits their smallest unit takes.

use std::fmt;

use outlay_wire::{Value, Wire, Writer};

/// The longest text that counts as a currency code. Pleo's longest is `UNDEFINED`.
const LONGEST: usize = 12;

/// An ISO 4217 code as Pleo sends it, kept letter by letter: retired codes and `UNDEFINED` occur.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; LONGEST]);

impl Currency {
    /// Pleo's word for a currency that it does not know.
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

    /// The code, for example `EUR`.
    pub fn as_str(&self) -> &str {
        let text = std::str::from_utf8(&self.0).unwrap_or_default();
        text.trim_end_matches('\0')
    }

    /// How many decimal digits the smallest unit has: 2 for EUR, 0 for ISK and JPY, 3 for KWD.
    ///
    /// Source: ISO 4217 table A.1, column "Minor unit"; codes that it does not list count as 2.
    pub fn exponent(&self) -> u32 {
        match self.as_str() {
            "BIF" | "CLP" | "DJF" | "GNF" | "ISK" | "JPY" | "KMF" | "KRW" | "PYG" | "RWF"
            | "UGX" | "UYI" | "VND" | "VUV" | "XAF" | "XOF" | "XPF" => 0,
            "BHD" | "IQD" | "JOD" | "KWD" | "LYD" | "OMR" | "TND" => 3,
            "CLF" | "UYW" => 4,
            _ => 2,
        }
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

    fn take(json: Value, faulty: &mut bool) -> Currency {
        let code = json.as_str().and_then(Currency::new);
        *faulty |= code.is_none();
        code.unwrap_or(Currency::UNDEFINED)
    }
}
