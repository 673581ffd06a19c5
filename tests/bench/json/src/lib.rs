//! The same records read by one of four JSON libraries, which a feature selects. Without a feature the
//! module reads nothing: its size is what the others are compared with.

/// A struct that the selected library reads.
macro_rules! model {
    ($name:ident { $($field:ident: [$($type:tt)+] = $json:tt),* $(,)? }) => {
        #[cfg_attr(feature = "serde_json", derive(serde::Deserialize))]
        #[cfg_attr(feature = "miniserde", derive(miniserde::Deserialize))]
        #[cfg_attr(feature = "nanoserde", derive(nanoserde::DeJson))]
        pub struct $name {
            $(
                #[cfg_attr(any(feature = "serde_json", feature = "miniserde"), serde(rename = $json))]
                #[cfg_attr(feature = "nanoserde", nserde(rename = $json))]
                pub $field: $($type)+,
            )*
        }

        #[cfg(feature = "wire")]
        outlay_wire::record!($name { $($field = $json),* });
    };
}

model!(Money { currency: [String] = "currency", minor: [i64] = "minors" });
model!(Tag { group: [String] = "tagGroupId", tag: [Option<String>] = "tagId" });
model!(Split {
    id: [String] = "id",
    tags: [Vec<Tag>] = "tags",
    created: [String] = "createdAt",
    account: [Option<String>] = "accountId",
    tax_code: [Option<String>] = "taxCodeId",
    billed: [Option<Money>] = "totalBillValue",
});
model!(Entry {
    id: [String] = "id",
    company: [String] = "companyId",
    status: [String] = "status",
    family: [String] = "family",
    sub_family: [Option<String>] = "subFamily",
    export_status: [String] = "exportStatus",
    review_status: [String] = "reviewStatus",
    paid: [Money] = "transactionValue",
    billed: [Option<Money>] = "totalBillValue",
    performed: [String] = "performedAt",
    settled: [Option<String>] = "settledAt",
    booked: [Option<String>] = "bookkeepingDate",
    created: [String] = "createdAt",
    updated: [String] = "updatedAt",
    deleted: [Option<String>] = "deletedAt",
    employee: [Option<String>] = "employeeId",
    team: [Option<String>] = "teamId",
    account: [Option<String>] = "accountId",
    tax_code: [Option<String>] = "taxCodeId",
    note: [Option<String>] = "note",
    receipts: [Vec<String>] = "receiptIds",
    tags: [Vec<Tag>] = "tags",
    splits: [Vec<Split>] = "splitItems",
});
model!(Pagination { has_next: [bool] = "hasNextPage", end: [Option<String>] = "endCursor", total: [i64] = "total" });
model!(Page { entries: [Vec<Entry>] = "data", pagination: [Pagination] = "pagination" });
model!(Token {
    access: [String] = "access_token",
    kind: [Option<String>] = "token_type",
    life: [Option<i64>] = "expires_in",
    refresh: [Option<String>] = "refresh_token",
    scope: [Option<String>] = "scope",
});

macro_rules! reader {
    ($name:ident, $type:ty) => {
        fn $name(text: &str) -> Option<$type> {
            #[cfg(feature = "wire")]
            return outlay_wire::from_text(text);
            #[cfg(feature = "serde_json")]
            return serde_json::from_str(text).ok();
            #[cfg(feature = "miniserde")]
            return miniserde::json::from_str(text).ok();
            #[cfg(feature = "nanoserde")]
            return nanoserde::DeJson::deserialize_json(text).ok();
            #[allow(unreachable_code)]
            {
                let _ = text;
                None
            }
        }
    };
}

reader!(page, Page);
reader!(token, Token);

/// Reads a page of entries. Returns the sum of all amounts in minor units, of which every field has a
/// part, or -1 for a text that is no page.
pub fn read_page(text: &str) -> i64 {
    page(text).map_or(-1, |page| {
        let of_entry = |entry: &Entry| {
            let splits = entry.splits.iter().map(|split| split.tags.len());
            entry.paid.minor
                + entry.billed.as_ref().map_or(0, |billed| billed.minor)
                + entry.note.as_ref().map_or(0, |note| note.len() as i64)
                + (splits.sum::<usize>() + entry.receipts.len() + entry.tags.len()) as i64
        };
        page.entries.iter().map(of_entry).sum::<i64>() + page.pagination.total
    })
}

/// Reads a token answer. Returns its life in seconds, or -1 for a text that is no token answer.
pub fn read_token(text: &str) -> i64 {
    token(text).map_or(-1, |token| token.life.unwrap_or(0) + token.access.len() as i64)
}

/// The module's only export. What it reads is chosen at run time, so that nothing is optimised away.
///
/// # Safety
///
/// `start` and `length` name initialised memory.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn read(start: *const u8, length: usize, which: u32) -> i64 {
    let bytes = unsafe { std::slice::from_raw_parts(start, length) };
    let text = String::from_utf8_lossy(bytes);
    match which {
        0 => read_token(&text),
        _ => read_page(&text),
    }
}
