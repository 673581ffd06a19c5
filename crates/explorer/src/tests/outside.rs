//! What leaves the page: programs, the collection, sequences, documentation, signatures.

use outlay_pleo::Method;
use outlay_pleo::catalogue::ParameterLocation;
use outlay_wire::{Value, to_text};
use proptest::prelude::*;

use super::{catalogue, operation};
use crate::example::example;
use crate::form::OperationForm;
use crate::marks::SecretMarks;
use crate::postman::collection;
use crate::reference::{fields, parameters, success};
use crate::request::Prepared;
use crate::sequence::{Sequence, SequenceStep, Unreadable};
use crate::snippets::{Language, csharp_text, javascript, python_text, rust_text, snippet};
use crate::webhook::{self, Delivery, Fault, sign, verify};

fn marks() -> SecretMarks {
    SecretMarks::of(catalogue(), None)
}

/// The text of a literal, as all four languages read these escapes.
fn read_literal(literal: &str) -> String {
    let inner = literal
        .strip_prefix('"')
        .unwrap()
        .strip_suffix('"')
        .unwrap();
    let mut out = String::new();
    let mut all = inner.chars();
    while let Some(one) = all.next() {
        assert!(one != '"' && !one.is_control(), "{literal}");
        if one != '\\' {
            out.push(one);
            continue;
        }
        match all.next().unwrap() {
            'n' => out.push('\n'),
            'r' => out.push('\r'),
            't' => out.push('\t'),
            'u' => {
                let rest = all.as_str();
                let (digits, length) = match rest.strip_prefix('{') {
                    Some(inner) => {
                        let digits = inner.split_once('}').unwrap().0;
                        (digits, digits.len() + 2)
                    }
                    None => (&rest[..4], 4),
                };
                out.push(char::from_u32(u32::from_str_radix(digits, 16).unwrap()).unwrap());
                all = rest[length..].chars();
            }
            other => {
                assert!(other == '"' || other == '\\', "{other}");
                out.push(other);
            }
        }
    }
    out
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn every_language_reads_every_text(text in "\\PC{0,20}|[\"'\\\\${}%`#\\n\\r\\t\u{0}\u{7f}\u{202e}\u{2028}\u{feff}]{0,12}") {
        for write in [javascript, python_text, rust_text, csharp_text] {
            prop_assert_eq!(read_literal(&write(&text)), text.clone());
        }
    }
}

#[test]
fn programs_name_the_token_and_secrets_as_variables() {
    let request = Prepared {
        method: Method::Post,
        path: "/v1/subscriptions".into(),
        query: vec![("a".into(), "b c&\"'".into())],
        body: Some(r#"{"note":"it's \"x\" $HOME ${x} {y} #{z}","password":"S3cr3t"}"#.into()),
    };
    for language in Language::ALL {
        let text = snippet(Some("https://api.example/"), &request, marks(), language).unwrap();
        assert!(!text.contains("S3cr3t"), "{text}");
        assert!(
            text.contains("SECRET_1") && text.contains("TOKEN"),
            "{text}"
        );
        assert!(
            text.contains("https://api.example/v1/subscriptions?a=b"),
            "{text}"
        );
        let unknown = snippet(None, &request, marks(), language).unwrap();
        assert!(!unknown.contains("://"), "{unknown}");
    }
}

#[test]
fn collection_has_every_operation_and_no_token() {
    let value = collection(catalogue(), "https://api.example");
    let folders = value.get("item").and_then(Value::as_list).unwrap();
    let items = folders
        .iter()
        .flat_map(|it| it.get("item").and_then(Value::as_list).unwrap());
    let items: Vec<_> = items.collect();
    assert_eq!(items.len(), catalogue().operations.len());
    for item in items {
        let url = item.get("request").and_then(|it| it.get("url")).unwrap();
        let raw = url.get("raw").and_then(Value::as_str).unwrap();
        assert!(raw.starts_with("{{baseUrl}}/v"), "{raw}");
        assert_eq!(raw.matches('{').count(), raw.matches('}').count());
    }
    let text = to_text(&value);
    assert!(text.contains("collection/v2.1.0/collection.json"));
    assert!(!text.contains("whsec_M"), "no secret");
}

#[test]
fn every_example_is_valid_and_every_field_has_a_kind() {
    for one in &catalogue().operations {
        let answer = success(one).and_then(|it| it.schema.as_ref());
        let body = one.body.as_ref().map(|it| &it.schema);
        for schema in answer.into_iter().chain(body) {
            let value = example(catalogue(), schema, "");
            let faults = catalogue().validate(schema, &value);
            assert_eq!(faults, [], "{} {}", one.id, to_text(&value));
            for row in fields(catalogue(), schema) {
                assert!(!row.kind.is_empty() && !row.name.is_empty(), "{row:?}");
            }
        }
        for place in [ParameterLocation::Path, ParameterLocation::Query] {
            let rows = parameters(catalogue(), one, place);
            let own = one.parameters.iter().filter(|it| it.place == place);
            assert_eq!(rows.len(), own.count());
        }
    }
    let rows = fields(
        catalogue(),
        &success(operation("getExportJobByIdV3"))
            .unwrap()
            .schema
            .clone()
            .unwrap(),
    );
    let status = rows.iter().find(|it| it.name == "data.status").unwrap();
    assert!(
        status.values.contains(&"in_progress".to_owned()),
        "{status:?}"
    );
    assert_eq!(status.note, "");
}

/// A note is one or more sentences: a capital at its beginning, a full stop at its end.
#[test]
fn every_note_of_an_operation_is_a_sentence() {
    for one in catalogue()
        .operations
        .iter()
        .filter(|it| !it.note.is_empty())
    {
        let first = one.note.chars().next().unwrap();
        assert!(
            first.is_uppercase() && one.note.ends_with('.'),
            "{}: {}",
            one.id,
            one.note
        );
    }
}

#[test]
fn sequence_file_is_read_back_without_secrets() {
    let guided = Sequence::export_job();
    let read = Sequence::from_file(catalogue(), &guided.to_file()).unwrap();
    assert_eq!(read, guided);
    for step in &guided.steps {
        let one = operation(&step.operation);
        let form = step.form(catalogue(), one, None);
        assert_eq!(
            SequenceStep::of(catalogue(), one, &form, step.saves.clone()).body,
            step.body
        );
    }
    let one = operation("createSubscription");
    let mut form = OperationForm::blank(catalogue(), one, None);
    form.raw = Some(
        r#"{"endpointUrl":"https://a.example","eventTypes":["v1.vendor.created"],"endpointAuth":{"type":"BASIC","credentials":{"username":"u","password":"S3cr3t"}},"customHeaders":{"X-Key":"S3cr3t"}}"#
            .to_owned(),
    );
    let step = SequenceStep::of(catalogue(), one, &form, Vec::new());
    let file = Sequence {
        name: "s".into(),
        steps: vec![step],
    }
    .to_file();
    assert!(
        !file.contains("S3cr3t") && file.contains("a.example"),
        "{file}"
    );
    let wrong = |text: &str| Sequence::from_file(catalogue(), text).unwrap_err();
    assert_eq!(wrong("{}"), Unreadable::Format);
    assert_eq!(
        wrong(r#"{"format":"outlay-sequence-1","steps":[]}"#),
        Unreadable::Steps
    );
    let step = |step: &str| format!(r#"{{"format":"outlay-sequence-1","steps":[{step}]}}"#);
    assert_eq!(
        wrong(&step(r#"{"operation":"x"}"#)),
        Unreadable::Operation(1, "x".into())
    );
    assert_eq!(
        wrong(&step(
            r#"{"operation":"introspect","saves":[{"name":"a b","path":"x"}]}"#
        )),
        Unreadable::Name(1)
    );
}

/// The example of the Standard Webhooks specification.
const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

fn delivery() -> Delivery {
    Delivery {
        id: "msg_p5jXN8AQM9LWM0D4loKWxJek".into(),
        timestamp: "1614265330".into(),
        signature: "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=".into(),
        body: r#"{"test": 2432232314}"#.into(),
    }
}

#[test]
fn webhook_signature_is_verified_as_the_specification_states() {
    let right = delivery();
    assert_eq!(verify(&right, SECRET), Ok(()));
    assert_eq!(sign(&right, SECRET), Ok(right.signature.clone()));
    let with = |change: &dyn Fn(&mut Delivery)| {
        let mut other = delivery();
        change(&mut other);
        verify(&other, SECRET)
    };
    assert_eq!(
        with(&|it| it.signature = ["v1,AAAA v2,x ", &it.signature].concat()),
        Ok(())
    );
    assert_eq!(with(&|it| it.body.push(' ')), Err(Fault::Mismatch));
    assert_eq!(
        with(&|it| it.timestamp = "1614265331".into()),
        Err(Fault::Mismatch)
    );
    assert_eq!(with(&|it| it.id.push('x')), Err(Fault::Mismatch));
    assert_eq!(
        with(&|it| it.signature = "x".into()),
        Err(Fault::SignatureForm)
    );
    assert_eq!(with(&|it| it.signature.clear()), Err(Fault::SignatureForm));
    assert_eq!(
        with(&|it| it.timestamp = "now".into()),
        Err(Fault::Timestamp)
    );
    assert_eq!(
        with(&|it| it.timestamp.clear()),
        Err(Fault::Header("webhook-timestamp"))
    );
    assert_eq!(with(&|it| it.id.clear()), Err(Fault::Header("webhook-id")));
    assert_eq!(verify(&right, ""), Err(Fault::NoSecret));
    assert_eq!(verify(&right, "whsec_%"), Err(Fault::SecretEncoding));
    assert_eq!(verify(&right, "whsec_AAAA"), Err(Fault::Mismatch));
    // Without the prefix it is the same key.
    assert_eq!(verify(&right, &SECRET["whsec_".len()..]), Ok(()));
    assert_eq!(webhook::age(&right, 1_614_265_000), Some(330));
}

#[test]
fn webhook_headers_and_samples_are_read_back() {
    let mut read = Delivery {
        body: delivery().body,
        ..Delivery::default()
    };
    read.read_headers(&delivery().headers().replace("webhook-id", "Webhook-Id"));
    assert_eq!(read, delivery());
    for event in webhook::EVENTS {
        let body = webhook::sample_body(event);
        assert_eq!(webhook::event_type(&body).as_deref(), Some(event));
        let mut sample = Delivery { body, ..delivery() };
        sample.signature = sign(&sample, SECRET).unwrap();
        assert_eq!(verify(&sample, SECRET), Ok(()));
    }
}
