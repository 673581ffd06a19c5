//! Every builder against its operation in the document.

use std::collections::BTreeSet;

use outlay_pleo::catalogue::ParameterLocation;
use outlay_pleo::export::job::UpdateExportJobItem;
use outlay_pleo::filter::EntryFilter;
use outlay_pleo::operation::OPERATIONS;
use outlay_pleo::receipt::ReceiptFilter;
use outlay_pleo::request::bounds::{MOST_IDS, MOST_ITEMS};
use outlay_pleo::request::{
    EntryOwner, OutOfBounds, Slice, companies, employees, entries, export_jobs, receipts, vendors,
};
use outlay_pleo::vendor::{VendorFilter, VendorState};
use outlay_wire::parse;

use crate::every::{ID, all, body};
use crate::{CATALOGUE, fault_lines};

#[test]
fn every_row_of_the_operation_table_has_a_builder_that_makes_a_valid_request() {
    let mut left: BTreeSet<_> = OPERATIONS.iter().map(|one| one.id).collect();
    for request in all() {
        let id = request.operation.id;
        assert!(left.remove(id), "{id} twice");
        let endpoint = CATALOGUE.operation(id).unwrap();
        assert_eq!(request.operation.method, endpoint.method, "{id}");
        let query = CATALOGUE.check_parameters(endpoint, ParameterLocation::Query, &request.query);
        assert_eq!(fault_lines(&query), [""; 0], "{id} {:?}", request.query);
        let body = request.body.as_deref().map(|body| parse(body).unwrap());
        let body = CATALOGUE.check_body(endpoint, body.as_ref());
        assert_eq!(fault_lines(&body), [""; 0], "{id} {:?}", request.body);
        let path: Vec<_> = endpoint.path.split(['{', '}']).enumerate().collect();
        let path: String = path
            .iter()
            .map(|(at, part)| if at % 2 == 1 { ID } else { part })
            .collect();
        assert_eq!(request.path, path, "{id}");
        // What a builder can say at all, one request of this test says.
        let said: BTreeSet<_> = request
            .query
            .iter()
            .map(|(name, _)| name.as_str())
            .collect();
        let silent = [
            "before",
            "after",
            "offset",
            "limit",
            "sorting_keys",
            "sorting_order",
        ];
        // Parameters that no caller needs: the other owner of the rows, a partner's receipts, the
        // employee with an address or a code.
        let others = [
            "company_id",
            "organization_id",
            "partner_id",
            "email",
            "code",
        ];
        for parameter in endpoint
            .parameters
            .iter()
            .filter(|one| one.place == ParameterLocation::Query)
        {
            let name = parameter.name.as_str();
            let fault_lines =
                said.contains(name) || silent.contains(&name) || others.contains(&name);
            assert!(fault_lines, "{id} {name}");
        }
    }
    assert_eq!(left, BTreeSet::new());
}

#[test]
fn entries_search_request_has_the_expected_text() {
    let search = entries::search(
        &EntryOwner::Company("c1".into()),
        &entries::newest_first(Slice::after(Some("AB=="), 100)),
        &EntryFilter::default(),
    );
    let search = search.unwrap();
    let pairs: Vec<_> = search
        .query
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    assert_eq!(search.path, "/v1/accounting-entries:search");
    assert_eq!(
        pairs.join("&"),
        "company_id=c1&after=AB==&limit=100&sorting_keys=performedAt&sorting_keys=id\
         &sorting_order=DESC&sorting_order=ASC"
    );
    assert_eq!(search.body.as_deref(), Some(r#"{"includeDeleted":false}"#));
    let staff = employees::list(&"c1".into(), &Slice::after(None, 50));
    assert_eq!(
        staff.query,
        [
            ("companyId".into(), "c1".into()),
            ("limit".into(), "50".into())
        ]
    );
    assert_eq!(companies::list(&Slice::default()).query, []);
}

#[test]
fn an_id_cannot_change_the_path() {
    assert_eq!(
        export_jobs::get(&"../x?y".into()).path,
        "/v3/export-jobs/%2E%2E%2Fx%3Fy"
    );
    assert_eq!(
        receipts::get(&"é{id}".into(), &"a/b".into(), None).path,
        "/v1/accounting-entries/%C3%A9%7Bid%7D/receipts/a%2Fb"
    );
}

#[test]
fn request_beyond_the_batch_limit_is_rejected() {
    let too_much = |of, least, most, found| OutOfBounds {
        of,
        least,
        most,
        found,
    };
    let rows = |limit| {
        let slice = Slice::after(None, limit);
        entries::search(
            &EntryOwner::Company(ID.into()),
            &slice,
            &EntryFilter::default(),
        )
        .map(drop)
    };
    assert_eq!(rows(100), Ok(()));
    assert_eq!(rows(0), Err(too_much("limit", 1, 100, 0)));
    assert_eq!(rows(101), Err(too_much("limit", 1, 100, 101)));
    let ids = |count| {
        let filter = EntryFilter {
            tag_row_ids: Some(vec![ID.into(); count]),
            ..EntryFilter::default()
        };
        entries::search(&EntryOwner::Company(ID.into()), &Slice::default(), &filter).map(drop)
    };
    assert_eq!(ids(MOST_IDS), Ok(()));
    assert_eq!(ids(101), Err(too_much("tagRowIds", 0, 100, 101)));
    let items = |count| {
        let item: UpdateExportJobItem = body(r#"{"accountingEntryId":"$ID","status":"failed"}"#);
        export_jobs::update_items(&ID.into(), &vec![item; count]).map(drop)
    };
    assert_eq!(items(MOST_ITEMS), Ok(()));
    assert_eq!(items(0), Err(too_much("items", 1, 100, 0)));
    assert_eq!(items(101), Err(too_much("items", 1, 100, 101)));
    let receipts = |limit| {
        let slice = Slice::after(None, limit);
        let whose = EntryOwner::Company(ID.into());
        receipts::search(&whose, &slice, &ReceiptFilter::default()).map(drop)
    };
    assert_eq!(receipts(100), Ok(()));
    assert_eq!(receipts(101), Err(too_much("limit", 1, 100, 101)));
    let states = |count| {
        let filter = VendorFilter {
            states: Some(vec![VendorState::Draft; count]),
            ..VendorFilter::default()
        };
        vendors::search(&ID.into(), &Slice::default(), &filter).map(drop)
    };
    assert_eq!(states(4), Ok(()));
    let fault = states(5).unwrap_err();
    assert_eq!(fault, too_much("states", 0, 4, 5));
    assert_eq!(fault.to_string(), "states: 5, not 0 to 4");
}
