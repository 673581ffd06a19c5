//! Receipts. The id of a receipt alone decides its file, which is one of `crates/sandbox/fixtures`.

use outlay_pleo::AccountingEntry;
use outlay_pleo::time::Instant;

/// The sources of receipts.
const SOURCES: &[&str] = &[
    "CAMERA",
    "USER",
    "EMAIL_FORWARDING",
    "APP_SHARE",
    "CAMERA",
    "GENERATED_RECEIPT",
];

/// A receipt of a sample entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleReceipt {
    /// UUID of the receipt.
    pub id: String,
    /// Row number of its entry.
    pub entry: usize,
    /// Instant at which it was added.
    pub created: Instant,
    /// Value of `source`, for example `CAMERA`.
    pub source: &'static str,
    /// The files that its links lead to.
    pub files: &'static ReceiptFiles,
}

/// The two files of a receipt: original and thumbnail.
#[derive(Debug, PartialEq, Eq)]
pub struct ReceiptFiles {
    /// The original file.
    pub original: ReceiptFile,
    /// A thumbnail of the original.
    pub thumbnail: ReceiptFile,
}

/// A static receipt file; many receipts share it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReceiptFile {
    /// Media type of the file.
    pub media_type: &'static str,
    /// Content of the file.
    pub bytes: &'static [u8],
}

static FIXTURES: [ReceiptFiles; 3] = [
    ReceiptFiles {
        original: ReceiptFile {
            media_type: "application/pdf",
            bytes: include_bytes!("../../fixtures/receipt.pdf"),
        },
        thumbnail: ReceiptFile {
            media_type: "image/png",
            bytes: include_bytes!("../../fixtures/receipt-pdf-thumbnail.png"),
        },
    },
    ReceiptFiles {
        original: ReceiptFile {
            media_type: "image/png",
            bytes: include_bytes!("../../fixtures/receipt.png"),
        },
        thumbnail: ReceiptFile {
            media_type: "image/png",
            bytes: include_bytes!("../../fixtures/receipt-png-thumbnail.png"),
        },
    },
    ReceiptFiles {
        original: ReceiptFile {
            media_type: "image/jpeg",
            bytes: include_bytes!("../../fixtures/receipt.jpg"),
        },
        thumbnail: ReceiptFile {
            media_type: "image/jpeg",
            bytes: include_bytes!("../../fixtures/receipt-jpg-thumbnail.jpg"),
        },
    },
];

impl SampleReceipt {
    /// Returns the receipts of an entry, one for each of its receipt ids.
    pub fn of(row: usize, entry: &AccountingEntry) -> impl Iterator<Item = SampleReceipt> {
        let spent = entry.performed_at.instant().unwrap_or(Instant {
            seconds: 0,
            nanos: 0,
        });
        entry.receipt_ids.iter().map(move |id| {
            let hash = hash(id.as_str());
            let source = usize::try_from(hash >> 8).unwrap_or(0) % SOURCES.len();
            SampleReceipt {
                id: id.to_string(),
                entry: row,
                created: Instant {
                    seconds: spent.seconds + i64::try_from(hash % 7200).unwrap_or(0),
                    nanos: 0,
                },
                source: SOURCES.get(source).copied().unwrap_or_default(),
                files: files(id.as_str()),
            }
        })
    }
}

/// Returns the files of the receipt with this id; the id alone decides.
pub fn files(id: &str) -> &'static ReceiptFiles {
    let [pdf, png, jpg] = &FIXTURES;
    match hash(id) % 3 {
        0 => pdf,
        1 => png,
        _ => jpg,
    }
}

/// Returns the 64-bit FNV-1a hash of a text.
pub fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_fixture_matches_its_media_type() {
        for file in FIXTURES
            .iter()
            .flat_map(|one| [one.original, one.thumbnail])
        {
            let (start, end): (&[u8], &[u8]) = match file.media_type {
                "application/pdf" => (b"%PDF-1.4\n", b"%%EOF\n"),
                "image/png" => (b"\x89PNG\r\n\x1a\n", b"IEND\xae\x42\x60\x82"),
                _ => (b"\xff\xd8\xff", b"\xff\xd9"),
            };
            assert!(
                file.bytes.starts_with(start) && file.bytes.ends_with(end),
                "{file:?}"
            );
            assert!(file.bytes.len() < 8_000);
        }
    }

    #[test]
    fn fixture_depends_on_the_id_only_and_each_is_used() {
        let all: Vec<_> = (0..30)
            .map(|number| files(&format!("id-{number}")))
            .collect();
        for fixture in &FIXTURES {
            assert!(all.contains(&fixture), "{}", fixture.original.media_type);
        }
        assert_eq!(files("id-7"), files("id-7"));
    }
}
