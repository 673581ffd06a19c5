//! The texts of snapshots.

#![allow(missing_docs, reason = "each text says itself what it is")]

use outlay_snapshot::{ChangeKind, Fault};

pub const TITLE: &str = "Snapshot";
pub const LEAD: &str = "Open a snapshot of entries (.outlay) that was saved on the entries page. It opens in this \
    tab, without a sign-in. It is not sent anywhere.";
pub const CHOOSE: &str = "Snapshot file, or drop it here";
pub const PASSPHRASE: &str = "Passphrase";
pub const LOCKED: &str =
    "This snapshot is encrypted. Its seal is intact. Enter the passphrase to open it.";
pub const UNLOCK: &str = "Open";
pub const WRONG_PASSPHRASE: &str = "The passphrase does not open this snapshot.";
pub const NO_CRYPTO: &str =
    "This browser does not allow encryption at this address. Open the site over https.";
pub const CLOSE: &str = "Close snapshot";
pub const REJECTED: &str = "This file is no intact snapshot";
pub const NOTHING_SHOWN: &str =
    "Nothing of it is shown. Ask the person who made it for another copy.";
pub const NOT_READ: &str = "The browser could not read the file.";
pub const ROOT: &str = "Seal";
pub const PROVES: &str = "The seal shows that no bit changed since the file was made, if it equals the seal that was \
    noted then. It is no signature and no time stamp: it does not show who made the file or when.";
pub const VERIFIED: &str = "verified, read only";
pub const ALL: &str = "all entries";
pub const INCOMPLETE: &str = "Incomplete: not all entries were loaded when it was made.";

pub const SAVE: &str = "Save snapshot";
pub const SAVE_HINT: &str = "Saves the entries that match the filter, with a seal that shows every later change. \
    Anyone can open it without a sign-in; with a passphrase, only who knows that. A lost passphrase cannot be \
    replaced.";
pub const NEW_PASSPHRASE: &str = "Passphrase (optional)";
pub const PARTIAL: &str = "Not all entries are loaded. The snapshot will say so.";
pub const OPEN_ONE: &str = "Open a snapshot";
pub const INTERRUPTED: &str =
    "The entries changed while the snapshot was being made. Nothing was saved.";

pub const COMPARE: &str = "What changed since";
pub const COMPARE_HINT: &str =
    "Compares this snapshot with a later one, or with what Pleo says now.";
pub const WITH_PLEO: &str = "Compare with Pleo now";
pub const WITH_FILE: &str = "Later snapshot";
pub const NOT_CONNECTED: &str = "Connect to Pleo to compare with the entries of now.";
pub const OTHER_FILTER: &str = "The two snapshots have different filters, so their entries cannot be \
    compared.";
pub const PARTIAL_COMPARED: &str = "A snapshot of a list that was not loaded to its end cannot be compared: an entry that is \
    missing may be one that was not loaded.";
pub const NOW_INCOMPLETE: &str = "The list of Pleo is incomplete, so entries that are missing may not be gone. Load \
    the entries again, then compare.";
pub const OTHER_COMPANY: &str = "The entries of now are those of another company.";
pub const ENCRYPTED_LATER: &str =
    "The later snapshot is encrypted. Compare with one without a passphrase.";
pub const LOADING_ENTRIES: &str = "Loading entries…";
pub const COMPARING: &str = "Comparing…";
pub const NO_CHANGES: &str = "Nothing changed.";
pub const CHANGES: &str = "Changes by kind";
pub const ROWS: &str = "Changed entries";
pub const KIND: &str = "Kind";
pub const ENTRIES: &str = "Entries";
pub const BEFORE: &str = "Before";
pub const AFTER: &str = "Now";
pub const DATE: &str = "Date";
pub const DESCRIPTION: &str = "Description";
pub const SAVE_CHANGES: &str = "Save changes as CSV";
pub const DROPPED: &str = "The comparison was dropped because its connection ended.";

pub const SEPARATOR: &str = " · ";

/// The first line of the banner.
pub fn banner(company: &str, sealed_at: &str) -> String {
    ["Snapshot of ", company, ", ", sealed_at, ", ", VERIFIED].concat()
}

/// What the snapshot holds; `filter` is empty for all entries.
pub fn contents(entries: &str, filter: &str) -> String {
    match filter {
        "" => [entries, " entries", SEPARATOR, ALL].concat(),
        filter => [entries, " entries", SEPARATOR, "filter ", filter].concat(),
    }
}

pub fn reading(done: &str, of: &str) -> String {
    ["Checking the file: ", done, " of ", of, " parts"].concat()
}

pub fn writing(done: &str, of: &str) -> String {
    ["Sealing ", done, " of ", of, " rows"].concat()
}

pub fn sealed(root: &str) -> String {
    [
        "Seal: ",
        root,
        ". Note it elsewhere: it identifies this file.",
    ]
    .concat()
}

pub fn differences(count: &str) -> String {
    [count, " entries changed"].concat()
}

/// The first rows only are listed.
pub fn listed(shown: &str, of: &str) -> String {
    [
        "The first ",
        shown,
        " of ",
        of,
        " are listed. The file has all of them.",
    ]
    .concat()
}

/// What is wrong with a file of `parts` parts.
pub fn fault(fault: Fault) -> String {
    match fault {
        Fault::NotASnapshot => "The file does not begin as a snapshot does.".to_owned(),
        Fault::Version(_) => {
            "The snapshot was made by a newer version of Outlay. Reload the page and try again."
                .to_owned()
        }
        Fault::Prologue => "The first 64 bytes of the file were changed.".to_owned(),
        Fault::Truncated(None) => "The file is cut off in its list of parts.".to_owned(),
        Fault::Truncated(Some(part)) => format!("The file is cut off in part {part}."),
        Fault::TooLong => "There is something after the end of the snapshot.".to_owned(),
        Fault::PartList => "The list of parts was changed.".to_owned(),
        Fault::Part(0) => "The header (part 0) was changed.".to_owned(),
        Fault::Part(part) => format!("Part {part} was changed."),
        Fault::Content(part) => {
            format!("Part {part} is as it was sealed, but is not what a snapshot contains.")
        }
        Fault::TooLarge => "The file is too large for a snapshot.".to_owned(),
    }
}

pub fn kind(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::Added => "Added",
        ChangeKind::Vanished => "Vanished or deleted",
        ChangeKind::Amount => "Amount or split",
        ChangeKind::Month => "Date in another month",
        ChangeKind::Account => "Account",
        ChangeKind::TaxCode => "Tax code",
        ChangeKind::Tag => "Tag",
        ChangeKind::ReceiptGained => "Receipt gained",
        ChangeKind::ReceiptLost => "Receipt lost",
        ChangeKind::Status => "Status",
        ChangeKind::Details => "Other details",
    }
}
