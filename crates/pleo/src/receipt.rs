//! Receipts of accounting entries.
//!
//! Their addresses are pre-signed and expire after 24 hours; until then they need no other authorisation.

use outlay_wire::record;

use crate::id::{AccountingEntryId, EmployeeId, ReceiptId};
use crate::open::open_enum;

open_enum! {
    /// What a list of receipts can be sorted by.
    ReceiptSortingKey {
        CreatedAt = "createdAt",
        Id = "id",
        Size = "size",
    }
}

open_enum! {
    /// Which form of a file is meant.
    ReceiptFileType {
        /// A form to be shown inside a page.
        Embed = "EMBED",
        /// The file as uploaded.
        Original = "ORIGINAL",
        /// A small image of the file.
        Thumbnail = "THUMBNAIL",
        /// A larger image of the file.
        Preview = "PREVIEW",
    }
}

open_enum! {
    /// What kind of file a receipt is.
    ReceiptMimeType {
        Unknown = "unknown",
        ApplicationPdf = "application/pdf",
        ApplicationPostscript = "application/postscript",
        ApplicationXml = "application/xml",
        ImageJpeg = "image/jpeg",
        ImagePng = "image/png",
        ImageHeic = "image/heic",
        ImageHeif = "image/heif",
        ImageGif = "image/gif",
        TextXml = "text/xml",
    }
}

open_enum! {
    /// Where a receipt came from.
    ReceiptSource {
        AppShare = "APP_SHARE",
        Bolt = "BOLT",
        Camera = "CAMERA",
        Cashback = "CASHBACK",
        EmailFetching = "EMAIL_FETCHING",
        EmailFetchingBatched = "EMAIL_FETCHING_BATCHED",
        EmailForwarding = "EMAIL_FORWARDING",
        GeneratedReceipt = "GENERATED_RECEIPT",
        LostReceipt = "LOST_RECEIPT",
        Roger = "ROGER",
        Storebox = "STOREBOX",
        Stripe = "STRIPE",
        Travelperk = "TRAVELPERK",
        User = "USER",
    }
}

/// A receipt file of an entry. Its `url` expires after 24 hours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// UUID.
    pub id: ReceiptId,
    /// The accounting entry's UUID.
    pub accounting_entry_id: AccountingEntryId,
    /// When it was made; RFC 3339.
    pub created_at: String,
    /// How the receipt reached Pleo, for example by e-mail; an undocumented value is kept as text.
    pub source: ReceiptSource,
    /// Original file, thumbnail or preview; an undocumented value is kept as
    /// text.
    pub file_type: ReceiptFileType,
    /// MIME type of the file; an undocumented value is kept as text.
    pub mime_type: ReceiptMimeType,
    /// Size of the file, in bytes.
    pub size_in_bytes: i32,
    /// Where it can be fetched; dead after 24 hours.
    pub url: String,
    /// The UUID of what was read from it.
    pub ocr_document_id: Option<String>,
}

record!(Receipt {
    id = "id", accounting_entry_id = "accountingEntryId", created_at = "createdAt",
    source = "source", file_type = "fileType", mime_type = "mimeType",
    size_in_bytes = "sizeInBytes", url = "url", ocr_document_id = "ocrDocumentId",
});

/// Request body of the receipt search. A field that is `None` does not narrow the result.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReceiptFilter {
    /// Whether deleted receipts are in the result too; required by Pleo, default `false`.
    pub include_deleted: bool,
    /// The accounting entries' UUIDs.
    pub accounting_entry_ids: Option<Vec<AccountingEntryId>>,
    /// Employees, as UUIDs.
    pub employee_ids: Option<Vec<EmployeeId>>,
    /// Only originals, thumbnails or previews.
    pub file_type: Option<ReceiptFileType>,
    /// Only files with one of these MIME types.
    pub mime_type: Option<Vec<ReceiptMimeType>>,
    /// Only receipts with one of these sources.
    pub source: Option<Vec<ReceiptSource>>,
}

record!(ReceiptFilter {
    include_deleted = "includeDeleted", accounting_entry_ids = "accountingEntryIds",
    employee_ids = "employeeIds", file_type = "fileType", mime_type = "mimeType", source = "source",
});
