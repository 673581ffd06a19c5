//! The file around the parts: a prologue of 64 bytes, the list of parts with their hashes, and the parts.

use std::ops::Range;

use sha2::{Digest, Sha256};

use crate::error::Fault;

/// The first eight bytes of a file.
pub const MAGIC: [u8; 8] = *b"\x89OUTL\r\n\x1a";
/// The version of the format.
pub const VERSION: u16 = 1;
/// Bytes of the prologue.
pub const PROLOGUE: usize = 64;
/// Bytes of an item of the list of parts.
pub const ITEM: usize = 40;
/// The flag of a file with encrypted parts.
const ENCRYPTED: u16 = 1;
/// Parts of a file, at most.
pub const MOST_PARTS: usize = 1 << 16;
/// Bytes of a file, at most: a million rows take about 50 MB.
pub const LARGEST_FILE: usize = 512 << 20;
/// Bytes of key parameters at the beginning of the header of an encrypted file.
pub const KEY_PARAMETERS: usize = 24;
/// Rounds of PBKDF2 that a reader accepts. More would only make it wait.
pub const ITERATIONS: std::ops::RangeInclusive<u32> = 100_000..=5_000_000;

/// The SHA-256 of something.
pub type Hash = [u8; 32];

/// What a part contains.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum PartKind {
    /// [`crate::Header`]; the first part, and no other.
    Header = 0,
    /// Distinct texts of one column.
    Texts = 1,
    /// Names and codes of ids.
    Names = 2,
    /// Rows.
    Rows = 3,
}

impl PartKind {
    fn of(byte: u8) -> Option<PartKind> {
        [
            PartKind::Header,
            PartKind::Texts,
            PartKind::Names,
            PartKind::Rows,
        ]
        .into_iter()
        .find(|kind| *kind as u8 == byte)
    }
}

/// A part of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What it contains.
    pub kind: PartKind,
    /// Its bytes, as the file stores them.
    pub bytes: Vec<u8>,
}

/// How the key of an encrypted file is made of a passphrase: PBKDF2 with HMAC-SHA-256, to a key of 256
/// bits for AES-GCM.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyParameters {
    /// Rounds of PBKDF2.
    pub iterations: u32,
    /// A random salt, new for every file, so that no two files have the same key.
    pub salt: [u8; 16],
}

impl KeyParameters {
    /// The bytes before the encrypted header.
    #[must_use]
    pub fn to_bytes(self) -> [u8; KEY_PARAMETERS] {
        let mut bytes = [0; KEY_PARAMETERS];
        bytes[0] = 1;
        bytes[4..8].copy_from_slice(&self.iterations.to_le_bytes());
        bytes[8..].copy_from_slice(&self.salt);
        bytes
    }

    fn of(bytes: &[u8]) -> Option<KeyParameters> {
        let bytes = bytes.get(..KEY_PARAMETERS)?;
        let iterations = u32_at(bytes, 4);
        let is_known = u32_at(bytes, 0) == 1 && ITERATIONS.contains(&iterations);
        is_known.then(|| KeyParameters {
            iterations,
            salt: array(bytes, 8),
        })
    }
}

/// The 96-bit nonce of AES-GCM for a part: its number. The key is new for every file.
#[must_use]
pub fn nonce(part: usize) -> [u8; 12] {
    let mut nonce = [0; 12];
    nonce[..8].copy_from_slice(&(part as u64).to_le_bytes());
    nonce
}

/// Hashes parts and makes the beginning of the file.
#[derive(Debug, Default)]
pub struct Sealer {
    items: Vec<u8>,
    leaves: Vec<Hash>,
    length: u64,
}

impl Sealer {
    /// Starts without parts.
    #[must_use]
    pub fn new() -> Sealer {
        Sealer::default()
    }

    /// Hashes the next part. The first one must be the header.
    pub fn add(&mut self, part: &Part) {
        let mut item = [0; ITEM];
        item[0] = part.kind as u8;
        let length = u32::try_from(part.bytes.len()).unwrap_or(u32::MAX);
        item[4..8].copy_from_slice(&length.to_le_bytes());
        item[8..].copy_from_slice(&sha256(&[&part.bytes]));
        self.leaves.push(leaf(&item));
        self.items.extend_from_slice(&item);
        self.length += part.bytes.len() as u64;
    }

    /// The beginning of the file, which the bytes of the parts follow, and the root.
    #[must_use]
    pub fn finish(self, encrypted: bool) -> (Vec<u8>, Hash) {
        let root = root(&self.leaves);
        let mut head = Vec::with_capacity(PROLOGUE + self.items.len());
        head.extend_from_slice(&MAGIC);
        head.extend_from_slice(&VERSION.to_le_bytes());
        head.extend_from_slice(&(if encrypted { ENCRYPTED } else { 0 }).to_le_bytes());
        let parts = u32::try_from(self.leaves.len()).unwrap_or(u32::MAX);
        head.extend_from_slice(&parts.to_le_bytes());
        let length = (PROLOGUE + self.items.len()) as u64 + self.length;
        head.extend_from_slice(&length.to_le_bytes());
        head.extend_from_slice(&root);
        let check = sha256(&[&head]);
        head.extend_from_slice(&check[..8]);
        head.extend_from_slice(&self.items);
        (head, root)
    }
}

/// A file whose prologue, length and list of parts are those that were sealed. Each part is still to be
/// checked.
#[derive(Debug, Clone)]
pub struct SealedFile {
    bytes: Vec<u8>,
    encrypted: bool,
    root: Hash,
    parts: Vec<(PartKind, Range<usize>, Hash)>,
}

impl SealedFile {
    /// Reads the beginning of a file.
    ///
    /// # Errors
    ///
    /// The file is no snapshot, of another version, truncated, too long, or its prologue or list of parts
    /// was changed.
    pub fn open(bytes: Vec<u8>) -> Result<SealedFile, Fault> {
        if bytes.get(..MAGIC.len()) != Some(&MAGIC) {
            // A changed bit in the first bytes of a file that is a snapshot otherwise.
            let is_one = bytes.get(56..PROLOGUE) == Some(&sealed_check(&bytes));
            return Err(match is_one {
                true => Fault::Prologue,
                false => Fault::NotASnapshot,
            });
        }
        let prologue = bytes.get(..PROLOGUE).ok_or(Fault::Truncated(None))?;
        if prologue[56..] != sha256(&[&prologue[..56]])[..8] {
            return Err(Fault::Prologue);
        }
        let version = u16::from_le_bytes(array(prologue, 8));
        let flags = u16::from_le_bytes(array(prologue, 10));
        if version != VERSION || flags & !ENCRYPTED != 0 {
            return Err(Fault::Version(version));
        }
        let count = u32_at(prologue, 12) as usize;
        let length = u64::from_le_bytes(array(prologue, 16));
        if bytes.len() > LARGEST_FILE || count > MOST_PARTS {
            return Err(Fault::TooLarge);
        }
        let items = bytes.get(PROLOGUE..PROLOGUE + count * ITEM);
        let items = items.ok_or(Fault::Truncated(None))?;
        let root: Hash = array(prologue, 24);
        let leaves: Vec<Hash> = items.chunks_exact(ITEM).map(leaf).collect();
        if crate::container::root(&leaves) != root {
            return Err(Fault::PartList);
        }
        let mut start = PROLOGUE + count * ITEM;
        let mut parts = Vec::with_capacity(count);
        for (number, item) in items.chunks_exact(ITEM).enumerate() {
            let kind =
                PartKind::of(item[0]).filter(|kind| (*kind == PartKind::Header) == (number == 0));
            let kind = kind.filter(|_| item[1..4] == [0; 3]);
            let kind = kind.ok_or(Fault::Content(number))?;
            let end = start + u32_at(item, 4) as usize;
            if end > bytes.len() {
                return Err(Fault::Truncated(Some(number)));
            }
            parts.push((kind, start..end, array(item, 8)));
            start = end;
        }
        if bytes.len() > start {
            return Err(Fault::TooLong);
        }
        if parts.is_empty() || length != start as u64 {
            return Err(Fault::Content(0));
        }
        let file = SealedFile {
            encrypted: flags == ENCRYPTED,
            bytes,
            root,
            parts,
        };
        Ok(file)
    }

    /// The root. A reader who has the same root from elsewhere knows that the file is the one that was sealed.
    #[must_use]
    pub fn root(&self) -> Hash {
        self.root
    }

    /// The number of parts, the header included.
    #[must_use]
    pub fn parts(&self) -> usize {
        self.parts.len()
    }

    /// The number of bytes.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.bytes.len()
    }

    /// Whether the parts are encrypted.
    #[must_use]
    pub fn is_encrypted(&self) -> bool {
        self.encrypted
    }

    /// Compares a part with its hash.
    ///
    /// # Errors
    ///
    /// The part was changed.
    pub fn check(&self, part: usize) -> Result<(), Fault> {
        let (_, range, hash) = self.parts.get(part).ok_or(Fault::Content(part))?;
        let bytes = self.bytes.get(range.clone()).unwrap_or_default();
        match sha256(&[bytes]) == *hash {
            true => Ok(()),
            false => Err(Fault::Part(part)),
        }
    }

    /// The kind of a part and its bytes: in an encrypted file the ciphertext with its tag.
    #[must_use]
    pub fn part(&self, part: usize) -> Option<(PartKind, &[u8])> {
        let (kind, range, _) = self.parts.get(part)?;
        let mut range = range.clone();
        if self.encrypted && part == 0 {
            range.start = (range.start + KEY_PARAMETERS).min(range.end);
        }
        Some((*kind, self.bytes.get(range)?))
    }

    /// How the key is made of the passphrase.
    ///
    /// # Errors
    ///
    /// The header has no such parameters, or they are out of bounds.
    pub fn key_parameters(&self) -> Result<KeyParameters, Fault> {
        let header = self.parts.first().map(|part| part.1.clone());
        let header = header.and_then(|range| self.bytes.get(range));
        header
            .filter(|_| self.encrypted)
            .and_then(KeyParameters::of)
            .ok_or(Fault::Content(0))
    }

    /// The parts in the order in which [`crate::SnapshotReader`] takes them: the header, texts and names,
    /// then rows.
    #[must_use]
    pub fn order(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.parts.len()).collect();
        order.sort_by_key(|part| self.parts[*part].0 == PartKind::Rows);
        order
    }
}

/// The check of a prologue whose first bytes would be right.
fn sealed_check(bytes: &[u8]) -> [u8; 8] {
    let rest = bytes.get(MAGIC.len()..56).unwrap_or_default();
    array(&sha256(&[&MAGIC, rest]), 0)
}

/// The hash of a leaf of the Merkle tree.
fn leaf(item: &[u8]) -> Hash {
    sha256(&[&[0], item])
}

/// The root of a Merkle tree as in RFC 9162, section 2.1.1; the hash of nothing without leaves.
#[must_use]
pub fn root(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => sha256(&[]),
        [leaf] => *leaf,
        leaves => {
            let middle = leaves.len().next_power_of_two() / 2;
            let (left, right) = leaves.split_at(middle);
            sha256(&[&[1], &root(left), &root(right)])
        }
    }
}

fn sha256(parts: &[&[u8]]) -> Hash {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part);
    }
    hash.finalize().into()
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes(array(bytes, at))
}

/// The bytes from `at` on; zeros where there are none.
fn array<const N: usize>(bytes: &[u8], at: usize) -> [u8; N] {
    let bytes = bytes.get(at..at + N);
    bytes
        .and_then(|bytes| bytes.try_into().ok())
        .unwrap_or([0; N])
}

/// A hash as text of 64 hexadecimal digits.
#[must_use]
pub fn hex(hash: &Hash) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digits = hash.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits
        .map(|digit| char::from(DIGITS[usize::from(digit)]))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tree_splits_at_the_largest_power_of_two_below_the_number_of_leaves() {
        let [a, b, c] = [1, 2, 3].map(|byte| [byte; 32]);
        let pair = |left: Hash, right: Hash| sha256(&[&[1], &left, &right]);
        assert_eq!(root(&[a]), a);
        assert_eq!(root(&[a, b]), pair(a, b));
        assert_eq!(root(&[a, b, c]), pair(pair(a, b), c));
        assert_eq!(
            root(&[a, b, c, a, b]),
            pair(pair(pair(a, b), pair(c, a)), b)
        );
        assert_eq!(
            hex(&root(&[])),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        );
    }
}
