//! The table of operations against the document.

use outlay_pleo::catalogue::RetrySafety;
use outlay_pleo::operation::OPERATIONS;
use outlay_pleo::scope::spellings;

use crate::CATALOGUE;

#[test]
fn operation_table_matches_the_openapi_document() {
    let mut next = 0;
    for operation in OPERATIONS {
        let id = operation.id;
        let mut all = CATALOGUE.operations.iter();
        let at = all.position(|one| one.id == id).unwrap();
        assert!(at >= next, "{id} is not in the order of the document");
        next = at + 1;
        let endpoint = &CATALOGUE.operations[at];
        assert_eq!(operation.method, endpoint.method, "{id}");
        assert_eq!(operation.path, endpoint.path, "{id}");
        assert_eq!(operation.reads, endpoint.retry == RetrySafety::Read, "{id}");
        let scopes = operation
            .scope
            .map_or(Vec::new(), |scope| spellings(scope).collect());
        assert_eq!(scopes, endpoint.scopes, "{id}");
    }
}

#[test]
fn every_documented_scope_has_all_of_its_spellings() {
    let with_scopes = CATALOGUE
        .operations
        .iter()
        .filter(|one| !one.scopes.is_empty());
    for endpoint in with_scopes {
        let all: Vec<_> = spellings(&endpoint.scopes[0]).collect();
        assert_eq!(all, endpoint.scopes, "{}", endpoint.id);
    }
}
