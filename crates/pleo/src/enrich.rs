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
        /// They are attached to the entry.
        Uploaded = "UPLOADED",
        /// Card, employee or tag was not found.
        Unresolved = "UNRESOLVED",
        /// They will be tried again later.
        Accepted = "ACCEPTED",
    }
}

/// Request body of `POST /v2/accounting-entries:enrich`; the query identifies the entry.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EnrichRequest {
    /// The contents of the receipt files, each in Base64.
    pub receipts: Vec<String>,
    /// The tags' UUIDs.
    pub tags: Option<Vec<TagId>>,
}

record!(EnrichRequest {
    receipts = "receipts", tags = "tags",
});

/// Response body of an enrichment, with status 200, 201, 202 or 404.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EnrichResponse {
    /// What Pleo did with the receipts; see [`EnrichReceiptStatus`].
    pub receipt_status: Option<EnrichReceiptStatus>,
    /// The entry that matched; only with `UPLOADED`.
    pub accounting_entry_id: Option<AccountingEntryId>,
    /// The tags' UUIDs.
    pub tags: Option<Vec<TagId>>,
    /// Explanation of a 404 (card, employee or tag not found), in Pleo's words.
    pub message: Option<String>,
}

record!(EnrichResponse {
    receipt_status = "receiptStatus", accounting_entry_id = "accountingEntryId", tags = "tags",
    message = "message",
});
