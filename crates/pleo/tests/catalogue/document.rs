//! What the catalogue holds, and what it refuses to be made of.

use outlay_pleo::Method;
use outlay_pleo::catalogue::{
    Catalogue, DOCUMENT, ParameterLocation, RetryCertainty, RetrySafety, SchemaShape,
};
use outlay_pleo::scope::known;
use outlay_wire::{from_text, to_text};
use serde_json::Value as Json;

use crate::CATALOGUE;

#[test]
fn catalogue_contains_every_operation_completely() {
    let document: Json = serde_json::from_str(DOCUMENT).unwrap();
    let mut count = 0;
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, json) in methods.as_object().unwrap() {
            count += 1;
            let id = json["operationId"].as_str().unwrap();
            let found = CATALOGUE.operation(id).unwrap();
            assert_eq!(found.method.as_str(), method.to_uppercase(), "{id}");
            assert_eq!(&found.path, path, "{id}");
            assert!(
                !found.summary.is_empty() && found.summary.len() < 60,
                "{id}"
            );
            let parameters = json["parameters"].as_array().map_or(0, Vec::len);
            assert_eq!(found.parameters.len(), parameters, "{id}");
            assert_eq!(
                found.body.is_some(),
                json["requestBody"].is_object(),
                "{id}"
            );
            let answers = json["responses"].as_object().unwrap().len();
            assert_eq!(found.answers.len(), answers, "{id}");
            assert_eq!(found.deprecated, json["deprecated"] == true, "{id}");
            assert_eq!(found.internal, json["x-exclude"] == true, "{id}");
            assert!(CATALOGUE.groups.iter().any(|group| group.id == found.group));
            for part in path.split(['{', '}']).skip(1).step_by(2) {
                let parameter = found.parameter(ParameterLocation::Path, part);
                assert!(parameter.unwrap().required, "{id} {part}");
            }
        }
    }
    assert_eq!((count, CATALOGUE.operations.len()), (76, 76));
    let schemas = document["components"]["schemas"].as_object().unwrap();
    assert_eq!(CATALOGUE.schemas.len(), schemas.len());
    assert_eq!(CATALOGUE.groups.len(), 9);
}

#[test]
fn catalogue_round_trips_within_its_size_limit() {
    let text = to_text(&*CATALOGUE);
    assert_eq!(from_text::<Catalogue>(&text).as_ref(), Some(&*CATALOGUE));
    assert!(text.len() < 100_000, "{}", text.len());
    for default in [
        "\"deprecated\":false",
        "\"note\":\"\"",
        "\"required\":[]",
        ":null",
    ] {
        assert!(!text.contains(default), "{default}");
    }
}

#[test]
fn only_reads_are_retryable() {
    let reads = CATALOGUE
        .operations
        .iter()
        .filter(|one| one.retry == RetrySafety::Read);
    let posts = reads.filter(|one| one.method != Method::Get);
    let posts: Vec<_> = posts.map(|one| one.path.as_str()).collect();
    assert_eq!(
        posts,
        [
            "/v3/export-job-items:search",
            "/v1/accounting-entries:search",
            "/v1/accounting-entries/receipts:search",
            "/v0/tags:search",
            "/v0/aggregations/tags",
            "/v0/tax-codes:search",
            "/v1/chart-of-accounts:search",
            "/v1/vendors:search",
        ]
    );
    let gets = CATALOGUE
        .operations
        .iter()
        .filter(|one| one.method == Method::Get);
    assert!(gets.into_iter().all(|one| one.retry == RetrySafety::Read));
}

#[test]
fn every_operation_has_scopes_with_their_certainty() {
    for (id, scopes, certainty) in [
        ("introspect", &[][..], RetryCertainty::Unknown),
        ("createSubscription", &[], RetryCertainty::Unknown),
        (
            "searchEmployees",
            &["users:read"],
            RetryCertainty::Documented,
        ),
        (
            "searchCompanies",
            &["companies:read"],
            RetryCertainty::Inferred,
        ),
        (
            "getTags",
            &["tag-groups:read", "tag-group:read"],
            RetryCertainty::Inferred,
        ),
        (
            "deleteTag",
            &["tag-groups:write", "tag-group:write"],
            RetryCertainty::Inferred,
        ),
        (
            "externalGetAccountingEntryV1",
            &["accounting-entries:read"],
            RetryCertainty::Inferred,
        ),
        (
            "getReceipt",
            &["accounting-entries:read"],
            RetryCertainty::Inferred,
        ),
    ] {
        let found = CATALOGUE.operation(id).unwrap();
        assert_eq!(
            (found.scopes.as_slice(), found.certainty),
            (&strings(scopes)[..], certainty),
            "{id}"
        );
    }
    let all = CATALOGUE.operations.iter().flat_map(|one| &one.scopes);
    assert!(all.into_iter().all(|scope| known(scope).is_some()));
    let events = CATALOGUE.operation("createSubscription").unwrap();
    assert!(events.note.contains("scope of the API behind the event"));
}

fn strings(of: &[&str]) -> Vec<String> {
    of.iter().map(|&one| one.to_owned()).collect()
}

#[test]
fn pagination_style_and_secret_fields_are_known() {
    let paged = CATALOGUE.operations.iter().filter(|one| one.paged).count();
    let pages = CATALOGUE.operations.iter().filter(|one| {
        one.answers.iter().any(|answer| match &answer.schema {
            Some(schema) => match &CATALOGUE.resolve(schema).0.shape {
                SchemaShape::Object(it) => it.fields.iter().any(|field| field.name == "pagination"),
                _ => false,
            },
            None => false,
        })
    });
    assert_eq!((paged, pages.count()), (18, 18));
    let secrets = to_text(&*CATALOGUE)
        .matches("\"format\":\"password\"")
        .count();
    assert_eq!(secrets, 5);
}

#[test]
fn document_of_another_format_is_rejected() {
    for (from, to, at, what) in [
        ("{", "[", "", "no JSON"),
        (
            "\"pattern\"",
            "\"regex\"",
            "searchCompanies",
            "an unknown keyword",
        ),
        (
            "^[A-Z2-7=~]+$",
            "^(a|b)$",
            "^(a|b)$",
            "a pattern of an unknown kind",
        ),
        (
            "\"uuid\"",
            "\"guid\"",
            "searchCompanies",
            "a schema that cannot be read",
        ),
        (
            "schemas/DataCompany",
            "schemas/Lost",
            "Lost",
            "no schema has this name",
        ),
        (
            "#/components/schemas/",
            "#/elsewhere/",
            "CursorPageInfo",
            "a foreign reference",
        ),
        (
            "\"in\": \"query\"",
            "\"in\": \"header\"",
            "getClientInstallation",
            "a parameter of an unknown place",
        ),
        (
            "\"explode\": true",
            "\"explode\": 1",
            "searchCompanies",
            "a list of an unknown style",
        ),
        (
            "\"delete\": {",
            "\"trace\": {",
            "deleteClientInstallation",
            "a method of an unknown kind",
        ),
        (
            "\"AccountCreate\"",
            "\"AccountNew\"",
            "AccountCreate.externalId",
            "a limit without its place",
        ),
        (
            "\"204\"",
            "\"2XX\"",
            "deleteClientInstallation",
            "an answer without a status",
        ),
    ] {
        let found = Catalogue::of_openapi(&DOCUMENT.replace(from, to)).unwrap_err();
        // Formats and keywords stand in schemas too, which are read first.
        let place =
            found.at == at || matches!(what, "an unknown keyword" | "a schema that cannot be read");
        assert!(place && found.what == what, "{from}: {found}");
    }
}
