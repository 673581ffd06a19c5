//! Receipts: what an entry's receipt is, from its id alone, and the file itself, drawn when it is
//! fetched.

use outlay_pleo::AccountingEntry;
use outlay_pleo::time::Instant;

/// Where receipts come from.
const SOURCES: &[&str] = &[
    "CAMERA",
    "USER",
    "EMAIL_FORWARDING",
    "APP_SHARE",
    "CAMERA",
    "GENERATED_RECEIPT",
];

/// A receipt of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// Its id.
    pub id: String,
    /// The row of its entry.
    pub entry: usize,
    /// When it was added.
    pub created: Instant,
    /// Where it came from.
    pub source: &'static str,
    /// What it is.
    pub paper: Paper,
}

/// A file that can be drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paper {
    /// A picture of black and white dots.
    Png {
        /// Dots across; a multiple of eight.
        width: u32,
        /// Dots down.
        height: u32,
    },
    /// One page with a few words.
    Pdf {
        /// The number that it shows.
        number: u64,
    },
}

impl Receipt {
    /// The receipts of an entry.
    pub fn of(row: usize, entry: &AccountingEntry) -> impl Iterator<Item = Receipt> {
        let spent = Instant::parse(&entry.performed_at).unwrap_or(Instant {
            seconds: 0,
            nanos: 0,
        });
        entry.receipt_ids.iter().map(move |id| {
            let bits = bits(id.as_str());
            let source = usize::try_from(bits >> 8).unwrap_or(0) % SOURCES.len();
            Receipt {
                id: id.to_string(),
                entry: row,
                created: Instant {
                    seconds: spent.seconds + i64::try_from(bits % 7200).unwrap_or(0),
                    nanos: 0,
                },
                source: SOURCES.get(source).copied().unwrap_or_default(),
                paper: Paper::of_receipt(id.as_str()),
            }
        })
    }
}

impl Paper {
    /// What the receipt of this id is.
    pub fn of_receipt(id: &str) -> Paper {
        Paper::of(bits(id))
    }

    fn of(bits: u64) -> Paper {
        if bits.is_multiple_of(3) {
            return Paper::Pdf {
                number: bits % 1_000_000,
            };
        }
        Paper::Png {
            width: 240,
            height: 320 + u32::try_from(bits % 160).unwrap_or(0),
        }
    }

    /// The small picture of it.
    pub fn thumbnail(self) -> Paper {
        let height = match self {
            Paper::Png { height, .. } => height / 5,
            Paper::Pdf { .. } => 80,
        };
        Paper::Png { width: 48, height }
    }

    /// The media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Paper::Png { .. } => "image/png",
            Paper::Pdf { .. } => "application/pdf",
        }
    }

    /// How many bytes [`Paper::draw`] makes.
    pub fn size(self) -> usize {
        match self {
            Paper::Png { width, height } => PNG_FRAME + rows(width, height),
            Paper::Pdf { .. } => pdf(self).len(),
        }
    }

    /// The file.
    pub fn draw(self) -> Vec<u8> {
        match self {
            Paper::Png { width, height } => png(width, height),
            Paper::Pdf { .. } => pdf(self).into_bytes(),
        }
    }
}

/// A number that hangs on a text alone (FNV-1a).
pub fn bits(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// Signature, header, end, and what stands around the rows in between.
const PNG_FRAME: usize = 8 + 25 + 12 + (12 + 2 + 5 + 4);

/// Every row begins with the byte of its filter.
fn rows(width: u32, height: u32) -> usize {
    (width as usize / 8 + 1) * height as usize
}

fn png(width: u32, height: u32) -> Vec<u8> {
    let mut dots = Vec::with_capacity(rows(width, height));
    let across = width / 8;
    for y in 0..height {
        dots.push(0);
        // Lines of print: four rows of dots, four of paper, of uneven length.
        let line = (y / 8).wrapping_mul(2_654_435_761) >> 24;
        let length = across / 4 + line % (across / 2).max(1);
        let print = y % 8 < 4 && y > 8;
        dots.extend((0..across).map(|x| {
            let ink = print && x > 0 && x < length;
            if ink { 0x00 } else { 0xff }
        }));
    }
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut header = Vec::new();
    header.extend(width.to_be_bytes());
    header.extend(height.to_be_bytes());
    // One bit a dot, grey, and no other choice of the format.
    header.extend([1, 0, 0, 0, 0]);
    chunk(&mut file, b"IHDR", &header);
    chunk(&mut file, b"IDAT", &stored(&dots));
    chunk(&mut file, b"IEND", &[]);
    file
}

/// Data in zlib's format without compression: one block, at most 65,535 bytes (RFC 1950, RFC 1951).
fn stored(data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(data.len()).unwrap_or(u16::MAX);
    let data = data.get(..usize::from(length)).unwrap_or_default();
    let mut out = vec![0x78, 0x01, 0x01];
    out.extend(length.to_le_bytes());
    out.extend((!length).to_le_bytes());
    out.extend(data);
    let (low, high) = data.iter().fold((1_u32, 0_u32), |(low, high), byte| {
        let low = (low + u32::from(*byte)) % 65_521;
        (low, (high + low) % 65_521)
    });
    out.extend(((high << 16) | low).to_be_bytes());
    out
}

fn chunk(file: &mut Vec<u8>, kind: &[u8; 4], data: &[u8]) {
    file.extend(u32::try_from(data.len()).unwrap_or(u32::MAX).to_be_bytes());
    let checked = file.len();
    file.extend(kind);
    file.extend(data);
    let sum = crc(file.get(checked..).unwrap_or_default());
    file.extend(sum.to_be_bytes());
}

fn crc(data: &[u8]) -> u32 {
    let fold = |sum: u32, byte: &u8| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            let odd = sum & 1 == 1;
            (sum >> 1) ^ if odd { 0xedb8_8320 } else { 0 }
        })
    };
    !data.iter().fold(u32::MAX, fold)
}

fn pdf(paper: Paper) -> String {
    let number = match paper {
        Paper::Pdf { number } => number,
        Paper::Png { .. } => 0,
    };
    let words = format!(
        "BT /F1 18 Tf 40 540 Td (Receipt no. {number}) Tj 0 -28 Td /F1 11 Tf (Invented by the sandbox.) Tj ET"
    );
    let length = words.len();
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 420 595] /Contents 4 0 R \
         /Resources << /Font << /F1 5 0 R >> >> >>"
            .to_owned(),
        format!("<< /Length {length} >>\nstream\n{words}\nendstream"),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    let mut file = "%PDF-1.4\n".to_owned();
    let mut places = String::new();
    for (at, object) in objects.iter().enumerate() {
        places.push_str(&format!("{:010} 00000 n \n", file.len()));
        file.push_str(&format!("{} 0 obj\n{object}\nendobj\n", at + 1));
    }
    let start = file.len();
    file.push_str(&format!("xref\n0 6\n0000000000 65535 f \n{places}"));
    file.push_str("trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n");
    file.push_str(&format!("{start}\n%%EOF\n"));
    file
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_as_large_as_it_says_and_whole() {
        for paper in (0..9).map(Paper::of) {
            for paper in [paper, paper.thumbnail()] {
                assert_eq!(paper.draw().len(), paper.size(), "{paper:?}");
            }
        }
        let file = png(16, 2);
        assert_eq!(file.get(..8), Some(&b"\x89PNG\r\n\x1a\n"[..]));
        // The end of every PNG.
        assert!(file.ends_with(b"\0\0\0\0IEND\xae\x42\x60\x82"));
        // RFC 1950's sum of a known text.
        assert!(stored(b"Wikipedia").ends_with(&0x11e6_0398_u32.to_be_bytes()));
    }

    #[test]
    fn a_page_says_where_its_parts_are() {
        let file = pdf(Paper::Pdf { number: 7 });
        let (_, start) = file.rsplit_once("startxref\n").unwrap();
        let start: usize = start.lines().next().unwrap().parse().unwrap();
        assert!(file.get(start..).unwrap().starts_with("xref\n0 6\n"));
        for (at, line) in file
            .get(start..)
            .unwrap()
            .lines()
            .skip(3)
            .take(5)
            .enumerate()
        {
            let place: usize = line.get(..10).unwrap().parse().unwrap();
            let object = file.get(place..).unwrap();
            assert!(object.starts_with(&format!("{} 0 obj", at + 1)));
        }
    }
}
