//! Whole requests against their operation.

use outlay_pleo::catalogue::{ListStyle, ParameterLocation};
use outlay_wire::parse;

use crate::{CATALOGUE, fault_lines};

const ID: &str = "3f2504e0-4f89-41d3-9a0c-0305e82c3301";

#[test]
fn invalid_query_parameters_are_reported() {
    let id = format!("company_id={ID}");
    for (operation, query, faults) in [
        ("externalSearchAccountingEntriesV1", id.as_str(), &[][..]),
        (
            "externalSearchAccountingEntriesV1",
            "limit=20",
            &["one_needed company_id organization_id"],
        ),
        (
            "externalSearchAccountingEntriesV1",
            &format!("{id}&limit=0&limit=7"),
            &["limit repeated", "limit too_small 1"],
        ),
        (
            "externalSearchAccountingEntriesV1",
            &format!("{id}&limit=101&after=A&before=B"),
            &["limit too_large 100", "one_allowed before after"],
        ),
        (
            "externalSearchAccountingEntriesV1",
            &format!("{id}&sorting_keys=id&sorting_keys=colour&sorting_order=ASC"),
            &["sorting_keys word settledAt performedAt id bookkeepingDate"],
        ),
        (
            "getTagGroups",
            &format!("companyId={ID}"),
            &["companyId unknown", "one_needed company_id organization_id"],
        ),
        (
            "getTagGroups",
            &format!("{id}&include_archived=yes"),
            &["include_archived kind boolean"],
        ),
        ("searchVendors", "", &["company_id missing"]),
        ("searchVendors", "company_id=7", &["company_id format uuid"]),
        (
            "searchCompanies",
            "after=a&offset=1.5",
            &[
                "after pattern ^[A-Z2-7=~]+$",
                "offset kind integer",
                "one_allowed before after offset",
            ],
        ),
        (
            "getExportJobsListV3",
            "statuses=pending&statuses=failed&limit=0",
            &[],
        ),
        (
            "getExportJobsListV3",
            "statuses=pending,failed",
            &["statuses word pending in_progress failed completed completed_with_errors"],
        ),
        (
            "enrichAccountingEntryV2",
            "amount=1&currency=EUR&card_last_four_digits=1234&merchant_name=M",
            &["one_needed performed_at settled_at"],
        ),
    ] {
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        let pairs: Vec<_> = pairs
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        let operation = CATALOGUE.operation(operation).unwrap();
        let found = CATALOGUE.check_parameters(operation, ParameterLocation::Query, &pairs);
        assert_eq!(fault_lines(&found), faults, "{query}");
    }
}

#[test]
fn invalid_path_parameters_are_reported() {
    let operation = CATALOGUE.operation("getTagGroupDimension").unwrap();
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let given = [pair("groupId", ID), pair("dimensionId", "..")];
    let found = CATALOGUE.check_parameters(operation, ParameterLocation::Path, &given);
    assert_eq!(fault_lines(&found), ["dimensionId format uuid"]);
    let found = CATALOGUE.check_parameters(operation, ParameterLocation::Path, &[]);
    assert_eq!(
        fault_lines(&found),
        ["groupId missing", "dimensionId missing"]
    );
}

#[test]
fn comma_separated_lists_follow_the_document() {
    let mut operation = CATALOGUE.operation("getExportJobsListV3").unwrap().clone();
    for parameter in &mut operation.parameters {
        parameter.style = ListStyle::Commas;
    }
    let pair = |value: &str| ("statuses".to_owned(), value.to_owned());
    let check = |pairs: &[(String, String)]| {
        fault_lines(&CATALOGUE.check_parameters(&operation, ParameterLocation::Query, pairs))
    };
    assert!(check(&[pair("pending,failed")]).is_empty());
    assert_eq!(
        check(&[pair("pending"), pair("failed")]),
        ["statuses repeated"]
    );
}

#[test]
fn invalid_bodies_are_reported() {
    for (operation, body, faults) in [
        ("getCompany", None, &[][..]),
        ("getCompany", Some("{}"), &["unknown"]),
        ("createTagGroup", None, &["missing"]),
        (
            "createTagGroup",
            Some(r#"{"archived":false,"code":"c","name":"n"}"#),
            &[],
        ),
        (
            "updateExportJobItemsV3",
            Some(r#"[{"accountingEntryId":"x","status":"done"}]"#),
            &[
                "[0].accountingEntryId format uuid",
                "[0].status word pending in_progress failed successful abandoned",
            ],
        ),
        (
            "externalSearchAccountingEntriesV1",
            Some(
                r#"{"includeDeleted":false,"performedAtStart":"2026-01-01T00:00:00Z","performedAtEnd":"2026-02-01T00:00:00Z"}"#,
            ),
            &[],
        ),
        (
            "externalSearchAccountingEntriesV1",
            Some(
                r#"{"includeDeleted":false,"performedAtStart":"2026-01-01T00:00:00Z","settledAtEnd":"2026-02-01T00:00:00Z"}"#,
            ),
            &[
                "one_allowed performedAtStart+performedAtEnd settledAtStart+settledAtEnd bookkeepingDateStart+bookkeepingDateEnd",
            ],
        ),
    ] {
        let operation = CATALOGUE.operation(operation).unwrap();
        let body = body.map(|body| parse(body).unwrap());
        assert_eq!(
            fault_lines(&CATALOGUE.check_body(operation, body.as_ref())),
            faults,
            "{body:?}"
        );
    }
    let item = format!(r#"{{"accountingEntryId":"{ID}","status":"successful"}}"#);
    let many = format!("[{}]", vec![item; 101].join(","));
    let operation = CATALOGUE.operation("updateExportJobItemsV3").unwrap();
    assert_eq!(
        fault_lines(&CATALOGUE.check_body(operation, Some(&parse(&many).unwrap()))),
        ["too_many 100"]
    );
}

#[test]
fn responses_are_validated_by_status() {
    let operation = |id: &str| CATALOGUE.operation(id).unwrap();
    assert!(operation("getTag").answer(200).unwrap().schema.is_some());
    assert!(operation("getTag").answer(404).is_none());
    assert!(
        operation("createExportJobV3")
            .answer(409)
            .unwrap()
            .schema
            .is_some()
    );
    assert!(operation("createExportJobV3").answer(200).is_none());
}
