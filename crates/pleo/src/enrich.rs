//! Adding receipts and tags to an entry that is known by its card, amount and merchant.
//!
//! Source: pages `reference/enrichment-api`. Selected partners only.

use outlay_wire::record;

use crate::id::{AccountingEntryId, TagId};
use crate::open::open_enum;

open_enum! {
    /// What became of the receipts.
    EnrichReceiptStatus {
        /// No entry matched: they lie in the inbox.
        AddedToReceiptInbox = "ADDED_TO_RECEIPT_INBOX",
        /// They stand at the entry.
        Uploaded = "UPLOADED",
        /// Card, employee or tag was not found.
        Unresolved = "UNRESOLVED",
        /// They will be tried again later.
        Accepted = "ACCEPTED",
    }
}

/// The body; what tells the entry stands in the query.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EnrichRequest {
    /// The files, each in Base64.
    pub receipts: Vec<String>,
    /// The tags' UUIDs.
    pub tags: Option<Vec<TagId>>,
}

record!(EnrichRequest {
    receipts = "receipts", tags = "tags",
});

/// What became of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EnrichResponse {
    /// What became of the receipts.
    pub receipt_status: Option<EnrichReceiptStatus>,
    /// The entry that was found; with `UPLOADED` alone.
    pub accounting_entry_id: Option<AccountingEntryId>,
    /// The tags' UUIDs.
    pub tags: Option<Vec<TagId>>,
    /// What was wrong, in words.
    pub message: Option<String>,
}

record!(EnrichResponse {
    receipt_status = "receiptStatus", accounting_entry_id = "accountingEntryId", tags = "tags",
    message = "message",
});
