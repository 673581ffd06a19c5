//! Finds the read that shows whether a write with a lost response was done.

/// A write and the read that shows whether it was carried out, both by `operationId`. Every path
/// parameter of the read is named in the write too, so that it can be filled in.
pub(super) const SETTLED_BY: &[(&str, &str)] = &[
    ("createClientInstallation", "getClientInstallation"),
    ("updateClientInstallation", "getClientInstallation"),
    ("deleteClientInstallation", "getClientInstallation"),
    ("activateMyInstallation", "getClientInstallation"),
    ("completeInstallation", "getClientInstallation"),
    ("createSubscription", "getSubscriptions"),
    ("updateSubscription", "getSubscription"),
    ("deleteSubscription", "getSubscription"),
    ("createExportJobV3", "getExportJobsListV3"),
    ("updateExportJobItemsV3", "getExportJobItemsV3"),
    ("createExportJobEventV3", "getExportJobByIdV3"),
    (
        "enrichAccountingEntryV2",
        "externalSearchAccountingEntriesV1",
    ),
    ("createTagGroup", "getTagGroups"),
    ("updateTagGroup", "getTagGroup"),
    ("deleteTagGroup", "getTagGroup"),
    ("createTagGroupDimension", "getTagGroupDimensions"),
    ("updateTagGroupDimension", "getTagGroupDimension"),
    ("deleteTagGroupDimension", "getTagGroupDimension"),
    ("createTag", "getTags"),
    ("updateTag", "getTag"),
    ("deleteTag", "getTag"),
    ("bulkDeleteTags", "searchTagsPost"),
    ("bulkArchiveTags", "searchTagsPost"),
    ("createDimensionValue", "getDimensionValue"),
    ("updateDimensionValue", "getDimensionValue"),
    ("deleteDimensionValue", "getDimensionValue"),
    ("createTaxCode", "getTaxCodes"),
    ("updateTaxCode", "getTaxCode"),
    ("deleteTaxCode", "getTaxCode"),
    ("createAccountV1", "searchAccountsV1"),
    ("createAccountsBatchV1", "searchAccountsV1"),
    ("updateAccountV1", "getAccountV1"),
    ("deleteAccountV1", "getAccountV1"),
    ("postVendor", "searchVendors"),
    ("updateVendor", "getVendorById"),
    ("activateVendor", "getVendorById"),
    ("archiveVendorById", "getVendorById"),
];

/// The read for a write; none for what only reads.
pub(super) fn settled_by(id: &str) -> Option<&'static str> {
    let row = SETTLED_BY.iter().find(|(write, _)| *write == id);
    row.map(|(_, read)| *read)
}

#[cfg(test)]
mod tests {
    use super::SETTLED_BY;
    use crate::catalogue::{Catalogue, DOCUMENT, ParameterLocation, RetrySafety, SchemaShape};

    #[test]
    fn every_write_names_its_verifying_read_and_no_read_does() {
        let catalogue = Catalogue::of_openapi(DOCUMENT).unwrap();
        let writes = catalogue
            .operations
            .iter()
            .filter(|one| one.retry == RetrySafety::Write);
        assert_eq!(writes.count(), SETTLED_BY.len());
        for operation in &catalogue.operations {
            let read = operation.settled_by.as_deref();
            assert_eq!(
                read.is_some(),
                operation.retry == RetrySafety::Write,
                "{}",
                operation.id
            );
            let Some(read) = read else { continue };
            let read = catalogue.operation(read).unwrap();
            assert_eq!(read.retry, RetrySafety::Read, "{}", operation.id);
            let body = operation.body.as_ref();
            let body = body.map(|body| &catalogue.resolve(&body.schema).0.shape);
            for wanted in read
                .parameters
                .iter()
                .filter(|one| one.place == ParameterLocation::Path)
            {
                let adjacent = operation
                    .parameters
                    .iter()
                    .any(|one| one.name == wanted.name);
                let inside = matches!(body, Some(SchemaShape::Object(object))
                    if object.fields.iter().any(|field| field.name == wanted.name));
                assert!(adjacent || inside, "{}: {}", operation.id, wanted.name);
            }
        }
    }
}
