//! The table of operations against the document.

use outlay_pleo::catalogue::RetrySafety;
use outlay_pleo::operation::OPERATIONS;
use outlay_pleo::scope::spellings;

use crate::CATALOGUE;

#[test]
fn operation_table_matches_the_openapi_document() {
    for (operation, endpoint) in OPERATIONS.iter().zip(&CATALOGUE.operations) {
        let id = operation.id;
        assert_eq!(id, endpoint.id);
        assert_eq!(operation.method, endpoint.method, "{id}");
        assert_eq!(operation.path, endpoint.path, "{id}");
        assert_eq!(operation.reads, endpoint.retry == RetrySafety::Read, "{id}");
        let scopes = operation
            .scope
            .map_or(Vec::new(), |scope| spellings(scope).collect());
        assert_eq!(scopes, endpoint.scopes, "{id}");
    }
    assert_eq!(OPERATIONS.len(), CATALOGUE.operations.len());
}
