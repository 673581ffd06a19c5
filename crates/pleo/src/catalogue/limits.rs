//! Limits that the document states in prose only, as data. Each row names the place of the prose.

use super::endpoint::{ParameterLocation, RuleKind};

/// A keyword of a schema, its value as JSON, and the words that it was made of.
pub(super) struct Limit {
    /// `Schema.field`, `.*` for a map's values, or `operationId?parameter`.
    pub at: &'static str,
    pub keyword: &'static str,
    pub value: &'static str,
    /// The source: the description of the field or of the operation, or a page.
    #[cfg_attr(
        not(test),
        expect(dead_code, reason = "for who reads the table, and its test")
    )]
    pub source: &'static str,
}

const fn limit(
    at: &'static str,
    keyword: &'static str,
    value: &'static str,
    source: &'static str,
) -> Limit {
    Limit {
        at,
        keyword,
        value,
        source,
    }
}

const FIELD: &str = "description of the field";
const OPERATION: &str = "description of the operation";
const EXPORT: &str = "parameters of the Export API";
const ITSELF: &str = "what the field is";

/// The limits.
pub(super) const LIMITS: &[Limit] = &[
    limit(
        "AccountingEntrySearchRequest.includeDeleted",
        "default",
        "false",
        FIELD,
    ),
    limit(
        "AccountingEntrySearchRequest.accountIds",
        "maxItems",
        "100",
        FIELD,
    ),
    limit(
        "AccountingEntrySearchRequest.employeeIds",
        "maxItems",
        "100",
        FIELD,
    ),
    limit(
        "AccountingEntrySearchRequest.teamIds",
        "maxItems",
        "100",
        FIELD,
    ),
    limit(
        "AccountingEntrySearchRequest.taxCodeIds",
        "maxItems",
        "100",
        FIELD,
    ),
    limit(
        "AccountingEntrySearchRequest.taxCodeIds",
        "uniqueItems",
        "true",
        FIELD,
    ),
    limit(
        "AccountingEntrySearchRequest.tagRowIds",
        "maxItems",
        "100",
        FIELD,
    ),
    limit(
        "AccountingEntrySearchRequest.tagGroupIdsUnset",
        "maxItems",
        "100",
        FIELD,
    ),
    limit(
        "AccountingEntrySearchRequest.foreignExtensionIds",
        "maxItems",
        "100",
        FIELD,
    ),
    limit(
        "AccountingEntrySearchRequest.transactionValueCurrencies",
        "maxItems",
        "100",
        FIELD,
    ),
    limit(
        "ReceiptSearchRequest.includeDeleted",
        "default",
        "false",
        FIELD,
    ),
    limit("AccountingEntry.receiptIds", "uniqueItems", "true", FIELD),
    limit("ExportItem.accountingEntryLines", "minItems", "1", FIELD),
    limit("CreateExportJob.isInteractive", "default", "true", FIELD),
    limit(
        "ExportOptions.vendorBasedBookkeeping",
        "default",
        "false",
        FIELD,
    ),
    limit(
        "SubscriptionRequest.eventTypes",
        "uniqueItems",
        "true",
        FIELD,
    ),
    limit(
        "SubscriptionRequest.customHeaders.*",
        "format",
        "\"password\"",
        ITSELF,
    ),
    limit(
        "Subscription.customHeaders.*",
        "format",
        "\"password\"",
        ITSELF,
    ),
    limit("AuthCredential.password", "format", "\"password\"", ITSELF),
    limit("AuthCredential.token", "format", "\"password\"", ITSELF),
    limit(
        "SubscriptionSecret.secretKey",
        "format",
        "\"password\"",
        ITSELF,
    ),
    limit("BulkTagDelete.tagIds", "minItems", "1", FIELD),
    limit("BulkTagDelete.tagIds", "maxItems", "100", FIELD),
    limit("BulkTagArchive.tagIds", "minItems", "1", FIELD),
    limit("BulkTagArchive.tagIds", "maxItems", "100", FIELD),
    limit(
        "CompositeTagSearchRequest.tagGroupIds",
        "uniqueItems",
        "true",
        FIELD,
    ),
    limit(
        "CompositeTagSearchRequest.tagIds",
        "uniqueItems",
        "true",
        FIELD,
    ),
    limit(
        "TaxCodeSearchRequest.taxCodeIds",
        "uniqueItems",
        "true",
        FIELD,
    ),
    limit("AccountCreate.externalId", "minLength", "1", FIELD),
    limit("AccountCreate.externalId", "maxLength", "255", FIELD),
    limit("AccountCreate.name", "maxLength", "255", FIELD),
    limit("AccountCreate.code", "maxLength", "255", FIELD),
    limit("AccountUpdate.name", "maxLength", "255", FIELD),
    limit(
        "AccountSearchRequest.excludeIfAssignedToCategory",
        "default",
        "false",
        FIELD,
    ),
    limit(
        "AccountSearchRequest.excludeIfAssignedToContraAccount",
        "default",
        "false",
        FIELD,
    ),
    limit("AccountSearchRequest.codes", "uniqueItems", "true", FIELD),
    limit("AccountSearchRequest.ids", "uniqueItems", "true", FIELD),
    limit("AccountBatchCreate.items", "minItems", "1", FIELD),
    limit("AccountBatchCreate.items", "maxItems", "1000", FIELD),
    limit("Vendor.defaultCurrency", "minLength", "3", FIELD),
    limit("Vendor.defaultCurrency", "maxLength", "3", FIELD),
    limit("VendorSearchRequest.ids", "maxItems", "100", FIELD),
    limit("VendorSearchRequest.externalIds", "maxItems", "100", FIELD),
    limit("VendorSearchRequest.codes", "maxItems", "100", FIELD),
    limit("VendorSearchRequest.countries", "maxItems", "100", FIELD),
    limit(
        "VendorSearchRequest.accountingSystems",
        "maxItems",
        "100",
        FIELD,
    ),
    limit(
        "VendorSearchRequest.taxRegistrationNumbers",
        "maxItems",
        "100",
        FIELD,
    ),
    limit("VendorSearchRequest.states", "maxItems", "4", FIELD),
    limit(
        "externalSearchAccountingEntriesV1?limit",
        "minimum",
        "1",
        OPERATION,
    ),
    limit(
        "externalSearchAccountingEntriesV1?limit",
        "maximum",
        "100",
        OPERATION,
    ),
    limit(
        "externalSearchAccountingEntriesV1?limit",
        "default",
        "20",
        OPERATION,
    ),
    limit("searchReceipts?limit", "minimum", "1", OPERATION),
    limit("searchReceipts?limit", "maximum", "100", OPERATION),
    limit("searchReceipts?limit", "default", "10", OPERATION),
    limit("getAllReceipts?limit", "minimum", "1", OPERATION),
    limit("getAllReceipts?limit", "maximum", "100", OPERATION),
    limit("getAllReceipts?limit", "default", "10", OPERATION),
    limit("getExportJobsListV3?limit", "minimum", "0", EXPORT),
    limit("getExportJobItemsV3?limit", "minimum", "0", EXPORT),
    limit("getExportItemsV3?limit", "minimum", "0", EXPORT),
    limit("searchExportJobItemsV3?limit", "minimum", "0", EXPORT),
];

/// What holds among several parameters of an operation, in addition to what holds for every page: of
/// `before`, `after` and `offset` one may be given.
pub(super) const RULES: &[(&str, RuleKind, ParameterLocation, &[&[&str]])] = &[
    (
        "externalSearchAccountingEntriesV1",
        RuleKind::OneNeeded,
        ParameterLocation::Query,
        &[&["company_id"], &["organization_id"]],
    ),
    (
        "externalSearchAccountingEntriesV1",
        RuleKind::OneAllowed,
        ParameterLocation::Body,
        &[
            &["performedAtStart", "performedAtEnd"],
            &["settledAtStart", "settledAtEnd"],
            &["bookkeepingDateStart", "bookkeepingDateEnd"],
        ],
    ),
    (
        "searchReceipts",
        RuleKind::OneNeeded,
        ParameterLocation::Query,
        &[&["company_id"], &["partner_id"], &["organization_id"]],
    ),
    (
        "enrichAccountingEntryV2",
        RuleKind::OneNeeded,
        ParameterLocation::Query,
        &[&["performed_at"], &["settled_at"]],
    ),
    (
        "getTagGroups",
        RuleKind::OneNeeded,
        ParameterLocation::Query,
        &[&["company_id"], &["organization_id"]],
    ),
];

/// Operations whose scope the document calls unknown, where the pattern of the names suggests one.
pub(super) const INFERRED: &[(&str, &str)] = &[
    ("searchReceipts", "accounting-entries:read"),
    ("getAllReceipts", "accounting-entries:read"),
    ("getReceipt", "accounting-entries:read"),
];

#[cfg(test)]
mod tests {
    use outlay_wire::{Value, parse};

    use super::*;
    use crate::catalogue::DOCUMENT;

    /// What the document says in words at a limit's place.
    fn quoted(document: &Value, limit: &Limit) -> Option<String> {
        let description = if let Some((id, _)) = limit.at.split_once('?') {
            let mut paths = document.get("paths")?.as_object()?.iter();
            paths.find_map(|(_, methods)| {
                let mut methods = methods.as_object()?.iter().map(|(_, json)| json);
                methods.find(|json| json.get("operationId").and_then(Value::as_str) == Some(id))
            })?
        } else {
            let (schema, field) = limit.at.split_once('.')?;
            let schema = document.get("components")?.get("schemas")?.get(schema)?;
            schema.get("properties")?.get(field)?
        };
        Some(description.get("description")?.as_str()?.to_owned())
    }

    #[test]
    fn every_limit_quotes_its_source_text() {
        let document = parse(DOCUMENT).unwrap();
        for limit in LIMITS
            .iter()
            .filter(|limit| [FIELD, OPERATION].contains(&limit.source))
        {
            let quoted_text = quoted(&document, limit).unwrap_or_default();
            let quoted_text = quoted_text
                .replace("at least one", "1")
                .replace("Three letters", "3 letters")
                .replace("1,000", "1000");
            let wanted = match limit.keyword {
                "uniqueItems" => "unique",
                _ => limit.value,
            };
            assert!(quoted_text.contains(wanted), "{}: {quoted_text}", limit.at);
        }
    }
}
