//! Links to a call, addresses in answers, and the way from a write to its read.

use outlay_pleo::catalogue::ParameterLocation;
use proptest::prelude::*;

use super::{COMPANY, SUBJECT, catalogue, operation};
use crate::draft::FieldDraft;
use crate::external_link::host;
use crate::form::OperationForm;
use crate::link::{BODY, left_out_of_link, link, not_in_link, opened};
use crate::settle::carried;

#[test]
fn link_round_trips_harmless_parameters() {
    let one = operation("getExportJobsListV3");
    let mut form = OperationForm::blank(catalogue(), one, Some(SUBJECT));
    form.fill(catalogue(), one, "statuses", "pending");
    form.fill(catalogue(), one, "limit", "5");
    form.fill(catalogue(), one, "after", "CURSOR");
    let query = link(catalogue(), one, &form);
    let (id, pairs) = opened(&format!("c=x&{query}")).unwrap();
    assert_eq!(id, one.id);
    let mut again = OperationForm::blank(catalogue(), one, Some(SUBJECT));
    for (name, text) in pairs {
        again.clear(one, &name);
        again.fill(catalogue(), one, &name, &text);
    }
    form.clear(one, "after");
    assert_eq!(
        again.pairs(catalogue(), one, ParameterLocation::Query),
        form.pairs(catalogue(), one, ParameterLocation::Query)
    );
}

#[test]
fn link_contains_no_body_or_free_text() {
    for one in &catalogue().operations {
        let mut form = OperationForm::blank(catalogue(), one, None);
        form.raw = Some(r#"{"name":"telltale"}"#.to_owned());
        for (parameter, draft) in one.parameters.iter().zip(&mut form.parameters) {
            let shape = &catalogue().resolve(&parameter.schema).0.shape;
            let typed = FieldDraft::Text("telltale".to_owned());
            match shape.word() {
                "string" if parameter.place == ParameterLocation::Query => *draft = typed,
                "array" if parameter.place == ParameterLocation::Query => {
                    *draft = FieldDraft::List(vec![typed])
                }
                _ => {}
            }
        }
        let pairs = opened(&link(catalogue(), one, &form)).unwrap().1;
        for (name, text) in pairs {
            let known = one.parameter(ParameterLocation::Query, &name).unwrap();
            let reported = outlay_wire::to_text(&catalogue().resolve(&known.schema).0.clone());
            let harmless = ["\"uuid\"", "\"date"]
                .iter()
                .any(|word| reported.contains(word));
            assert!(text != "telltale" || harmless, "{}: {name}", one.id);
        }
    }
}

#[test]
fn link_takes_the_body_without_free_text_and_secrets() {
    let one = operation("createSubscription");
    let mut form = OperationForm::blank(catalogue(), one, None);
    form.raw = Some(
        r#"{"endpointUrl":"https://a.example","status":"ACTIVE","eventTypes":["telltale"],"endpointAuth":{"type":"BASIC","credentials":{"password":"telltale"}},"extra":1}"#
            .to_owned(),
    );
    let query = link(catalogue(), one, &form);
    let pairs = opened(&query).unwrap().1;
    let body = pairs.into_iter().find(|(name, _)| name == BODY).unwrap().1;
    let body = outlay_wire::parse(&body).unwrap();
    assert_eq!(body.get("status").unwrap().as_str(), Some("ACTIVE"));
    let auth = body.get("endpointAuth").unwrap();
    assert_eq!(auth.get("type").unwrap().as_str(), Some("BASIC"));
    assert!(
        !query.contains("telltale") && !query.contains("example"),
        "{query}"
    );
    let left = left_out_of_link(&not_in_link(catalogue(), one, &form)).unwrap();
    for part in [
        "body.endpointUrl",
        "body.eventTypes[0]",
        "body.extra",
        "password (looks like a secret)",
    ] {
        assert!(left.contains(part), "{left}");
    }
    form.raw = Some("{".to_owned());
    let left = left_out_of_link(&not_in_link(catalogue(), one, &form));
    assert_eq!(
        left.as_deref(),
        Some("Not in the link: body (not written as its type).")
    );
    form.raw = Some(r#"{"status":"ACTIVE"}"#.to_owned());
    assert_eq!(
        left_out_of_link(&not_in_link(catalogue(), one, &form)),
        None
    );
}

#[test]
fn no_parameter_name_collides_with_the_link_parameters() {
    for one in &catalogue().operations {
        assert!(
            one.parameters
                .iter()
                .all(|it| !["op", "c", "body"].contains(&it.name.as_str()))
        );
    }
}

proptest! {
    #[test]
    fn any_query_is_parsed_without_panic(query in "\\PC{0,60}") {
        let _ = opened(&query);
    }
}

#[test]
fn only_unambiguous_https_addresses_may_be_opened() {
    for (address, whose) in [
        (
            "https://files.pleo.example/a?X-Sig=1",
            Some("files.pleo.example"),
        ),
        ("https://h.example:8443", Some("h.example:8443")),
        ("http://localhost:8788/receipt/1", Some("localhost:8788")),
        ("http://127.0.0.1/x", Some("127.0.0.1")),
        ("http://[::1]:80/x", Some("[::1]:80")),
        ("http://h.example/", None),
        ("https://user@h.example/", None),
        ("https://h.example\\@evil.example/", None),
        ("javascript:alert(1)//https://x", None),
        ("data:text/html,x", None),
        ("https:///x", None),
        ("https://h.example/ x", None),
        ("HTTPS://h.example/", None),
        ("//h.example", None),
    ] {
        assert_eq!(host(address), whose, "{address}");
    }
}

#[test]
fn read_that_verifies_a_write_is_prefilled() {
    let id = "1a8fad5b-d9cb-469f-a165-70867728950e";
    for write in &catalogue().operations {
        let Some(read) = &write.settled_by else {
            continue;
        };
        let read = operation(read);
        let mut form = OperationForm::blank(catalogue(), write, Some(SUBJECT));
        for parameter in write
            .parameters
            .iter()
            .filter(|one| one.place == ParameterLocation::Path)
        {
            form.fill(catalogue(), write, &parameter.name, id);
        }
        if write.id == "createExportJobEventV3" {
            form.raw = Some(format!(r#"{{"jobId":"{id}"}}"#));
        }
        let ready = carried(catalogue(), write, &form, read, Some(SUBJECT));
        assert_eq!(
            ready.faults(catalogue(), read),
            [],
            "{} -> {}",
            write.id,
            read.id
        );
        for (_, text) in ready.pairs(catalogue(), read, ParameterLocation::Path) {
            assert_eq!(text, id);
        }
    }
    let write = operation("createAccountV1");
    let mut form = OperationForm::blank(catalogue(), write, None);
    form.raw = Some(format!(r#"{{"companyId":"{COMPANY}","name":"x"}}"#));
    let read = operation("searchAccountsV1");
    let ready = carried(catalogue(), write, &form, read, None);
    let (body, _) = ready.value(catalogue(), read);
    assert_eq!(
        body.unwrap().get("companyId").unwrap().as_str(),
        Some(COMPANY)
    );
}
