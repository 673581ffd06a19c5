//! An answer through the model of its schema and back.

use outlay_pleo::account::Account;
use outlay_pleo::export::item::ExportItem;
use outlay_pleo::export::job::{ExportJob, ExportJobItem, ExportJobItemUpdate};
use outlay_pleo::receipt::Receipt;
use outlay_pleo::tag::group::TagGroup;
use outlay_pleo::tag::one::Tag;
use outlay_pleo::tax_code::TaxCode;
use outlay_pleo::vendor::Vendor;
use outlay_pleo::{
    AccountingEntry, ApiProblem, Company, Employee, Envelope, IntrospectionResponse, Page,
};
use outlay_wire::Wire;
use serde_json::Value;

/// Schemas of answers that `outlay_pleo` has no model of, since only the explorer requests them, with
/// the catalogue alone.
pub const WITHOUT_MODEL: &[&str] = &[
    "CursorPageAggregatedTag",
    "CursorPageSubscription",
    "CursorPageSubscriptionActivity",
    "DataAccountBatchResult",
    "DataEnrichResponse",
    "DataListAggregatedTagGroup",
    "DataListTagDimensionValue",
    "DataListTagGroupDimension",
    "DataSubscription",
    "DataSubscriptionSecret",
    "DataTagDimensionValue",
    "DataTagGroupDimension",
    "InstallationResponse",
];

/// The answer's text, read as the model of this schema and written again; none where there is no
/// such model or the text is none of it.
pub fn again(schema: &str, text: &str) -> Option<String> {
    match schema {
        "ExceptionInfo" => bare::<ApiProblem>(text),
        "ExportJobItemUpdate" => bare::<ExportJobItemUpdate>(text),
        "DataExternalClientModel" => one::<IntrospectionResponse>(text),
        _ => wrapped(schema, text),
    }
}

fn wrapped(schema: &str, text: &str) -> Option<String> {
    macro_rules! wrapped {
        ($($type:ident,)+) => {$(
            if schema == concat!("Data", stringify!($type)) {
                return one::<$type>(text);
            }
            if schema == concat!("DataList", stringify!($type)) {
                return one::<Vec<$type>>(text);
            }
            if schema == concat!("CursorPage", stringify!($type)) {
                return bare::<Page<$type>>(text);
            }
        )+};
    }
    wrapped! {
        Account, AccountingEntry, Company, Employee, ExportItem, ExportJob, ExportJobItem, Receipt,
        Tag, TagGroup, TaxCode, Vendor,
    }
    None
}

fn bare<T: Wire>(text: &str) -> Option<String> {
    outlay_wire::from_text::<T>(text).map(|model| outlay_wire::to_text(&model))
}

fn one<T: Wire>(text: &str) -> Option<String> {
    bare::<Envelope<T>>(text)
}

/// A value without its nulls, and with every number as a plain one: `null` and absent are one to the
/// models.
pub fn settled(value: Value) -> Value {
    match value {
        Value::Array(items) => items.into_iter().map(settled).collect(),
        Value::Object(fields) => {
            let there = fields.into_iter().filter(|(_, value)| !value.is_null());
            Value::Object(there.map(|(name, value)| (name, settled(value))).collect())
        }
        Value::Number(number) => serde_json::json!(number.as_f64()),
        other => other,
    }
}
