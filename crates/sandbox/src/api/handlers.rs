//! The handlers of all groups.

use crate::api::call::Handler;
use crate::api::{
    accounts, directory, enrich, entries, exports, identity, receipts, subscriptions, tags,
    tax_codes, vendors,
};

/// Returns every handler with its `operationId`.
pub fn all() -> impl Iterator<Item = &'static (&'static str, Handler)> {
    let groups = [
        identity::HANDLERS,
        directory::HANDLERS,
        subscriptions::HANDLERS,
        exports::jobs::HANDLERS,
        exports::items::HANDLERS,
        exports::payload::HANDLERS,
        entries::HANDLERS,
        receipts::HANDLERS,
        enrich::HANDLERS,
        tags::groups::HANDLERS,
        tags::dimensions::HANDLERS,
        tags::single::HANDLERS,
        tags::many::HANDLERS,
        tags::values::HANDLERS,
        tags::aggregations::HANDLERS,
        tax_codes::HANDLERS,
        accounts::HANDLERS,
        vendors::HANDLERS,
    ];
    groups.into_iter().flatten()
}
