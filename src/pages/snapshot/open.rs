//! Reads a snapshot file in slices: checks every part, decrypts if there is a passphrase, and fills a
//! table.

use outlay_snapshot::container::{hex, nonce};
use outlay_snapshot::{Fault, Header, SealedFile, SnapshotReader};
use outlay_table::EntryTable;

use crate::platform::clock::Slices;
use crate::platform::passphrase::PassphraseKey;

/// A snapshot whose every part was checked.
pub struct OpenedFile {
    /// What it is about.
    pub header: Header,
    /// The root as 64 hexadecimal digits.
    pub root: String,
    /// The entries.
    pub table: EntryTable,
}

/// Why a file does not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpenError {
    /// It is no intact snapshot.
    Fault(Fault),
    /// The passphrase is another one.
    WrongPassphrase,
    /// The browser has no cryptography here.
    NoCrypto,
}

impl From<Fault> for OpenError {
    fn from(fault: Fault) -> OpenError {
        OpenError::Fault(fault)
    }
}

/// Compares every part with its hash. `progress` is called with the number of parts that are checked.
///
/// # Errors
///
/// The file is no intact snapshot.
pub async fn check(bytes: Vec<u8>, progress: impl Fn(usize, usize)) -> Result<SealedFile, Fault> {
    let mut slices = Slices::begin();
    let file = SealedFile::open(bytes)?;
    for part in 0..file.parts() {
        file.check(part)?;
        progress(part, file.parts());
        slices.pause().await;
    }
    Ok(file)
}

/// Reads a file that was checked.
///
/// # Errors
///
/// The passphrase is wrong or missing, or a part does not follow the format.
pub async fn read(file: &SealedFile, passphrase: &str) -> Result<OpenedFile, OpenError> {
    let key = match file.is_encrypted() {
        false => None,
        true => {
            let parameters = file.key_parameters()?;
            let key =
                PassphraseKey::derive(passphrase, &parameters.salt, parameters.iterations).await;
            Some(key.ok_or(OpenError::NoCrypto)?)
        }
    };
    let mut slices = Slices::begin();
    let mut reader = None;
    for number in file.order() {
        let (kind, stored) = file.part(number).ok_or(Fault::Content(number))?;
        let plain;
        let bytes = match &key {
            None => stored,
            Some(key) => {
                let decrypted = key.decrypt(&nonce(number), stored).await;
                // Each part is as it was sealed, so it is the passphrase that differs.
                plain = decrypted.ok_or(OpenError::WrongPassphrase)?;
                &plain
            }
        };
        match &mut reader {
            None => reader = Some(SnapshotReader::new(bytes)?),
            Some(reader) => reader.take(number, kind, bytes)?,
        }
        slices.pause().await;
    }
    let reader = reader.ok_or(Fault::Content(0))?;
    let (header, table) = reader.finish()?;
    Ok(OpenedFile {
        header,
        root: hex(&file.root()),
        table,
    })
}
