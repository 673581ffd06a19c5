//! What leaves a form: a link, the history, a command.

use outlay_pleo::catalogue::{ParameterLocation, SchemaShape};

use super::{COMPANY, catalogue, operation};
use crate::curl::{Shell, curl};
use crate::draft::FieldDraft;
use crate::form::OperationForm;
use crate::history::kept;
use crate::link::link;
use crate::marks::SecretMarks;
use crate::request::prepared;
use crate::shareable::{Reason, Withheld, left_out, shareable};

/// Everything that leaves the form, as one text.
fn taken(id: &str, form: &OperationForm) -> String {
    let one = operation(id);
    let (known, _) = shareable(catalogue(), one, form);
    let request = prepared(catalogue(), one, &known);
    let mut all = link(catalogue(), one, form);
    for shell in Shell::ALL {
        let marks = SecretMarks::of(catalogue(), None);
        all += &curl(None, &request, marks, shell).unwrap();
    }
    all + &format!("{:?}", kept(catalogue(), one, form))
}

#[test]
fn parameter_is_shared_only_if_it_parses_as_its_type() {
    for one in &catalogue().operations {
        for (number, parameter) in one.parameters.iter().enumerate() {
            let shape = &catalogue().resolve(&parameter.schema).0.shape;
            let items = match shape {
                SchemaShape::List(list) => &catalogue().resolve(&list.items).0.shape,
                other => other,
            };
            let typed = match items {
                SchemaShape::Text(text) => text.format.is_some() || !text.enum_values.is_empty(),
                SchemaShape::Integer(_) | SchemaShape::Number(_) | SchemaShape::Boolean => true,
                _ => false,
            };
            for text in [
                "telltale",
                "telltale-0f8fad5b-d9cb-469f-a165-70867728950e",
                "2026-13-45",
                "1e",
                "telltale.eyJ.x",
            ] {
                let mut form = OperationForm::blank(catalogue(), one, None);
                let draft = FieldDraft::Text(text.to_owned());
                form.parameters[number] = match shape {
                    SchemaShape::List(_) => FieldDraft::List(vec![draft]),
                    _ => draft,
                };
                let (_, left) = shareable(catalogue(), one, &form);
                if typed {
                    let name = parameter.name.clone();
                    assert_eq!(
                        left,
                        [Withheld {
                            name,
                            reason: Reason::Type
                        }],
                        "{}",
                        one.id
                    );
                    assert!(!taken(&one.id, &form).contains(text), "{}: {text}", one.id);
                }
            }
        }
    }
}

#[test]
fn secret_like_parameter_is_not_shared() {
    let secrets = [
        "whsec_telltale",
        "Bearer telltale-0123456789",
        "eyJhbGcitelltale.eyJzdWIitelltale.c2lntelltale",
        "token=telltale",
        "q7telltaleXk29dkeLw02kfpqZ81mv",
        "{\"password\":\"telltale\"}",
    ];
    for one in &catalogue().operations {
        for (number, parameter) in one.parameters.iter().enumerate() {
            let is_cursor = ["before", "after"].contains(&&*parameter.name);
            for secret in secrets
                .iter()
                .filter(|it| !is_cursor || !it.starts_with("q7"))
            {
                let mut form = OperationForm::blank(catalogue(), one, None);
                form.parameters[number] = FieldDraft::Text((*secret).to_owned());
                assert!(
                    !taken(&one.id, &form).contains("telltale"),
                    "{}: {}",
                    one.id,
                    parameter.name
                );
            }
        }
    }
}

#[test]
fn valid_parameters_are_shared_and_the_others_are_named() {
    let list = operation("getExportJobsListV3");
    let mut form = OperationForm::blank(catalogue(), list, None);
    form.fill(catalogue(), list, "statuses", "pending");
    form.fill(catalogue(), list, "limit", "5");
    let (known, left) = shareable(catalogue(), list, &form);
    assert_eq!((known, left_out(&left)), (form.clone(), None));
    form.fill(catalogue(), list, "limit", "five");
    form.clear(list, "after");
    form.fill(catalogue(), list, "after", "Bearer abcdefgh1");
    let (known, left) = shareable(catalogue(), list, &form);
    let words = left_out(&left).unwrap();
    assert_eq!(
        words,
        "Left out: limit (not written as its type); after (looks like a secret)."
    );
    assert_eq!(
        known.pairs(catalogue(), list, ParameterLocation::Query),
        [("statuses".into(), "pending".into())]
    );

    let one = operation("getEmployee");
    let mut form = OperationForm::blank(catalogue(), one, None);
    form.fill(catalogue(), one, "employeeId", COMPANY);
    assert!(link(catalogue(), one, &form).contains(COMPANY));
    form.parameters[0] = FieldDraft::Text("not-an-id".into());
    let (known, left) = shareable(catalogue(), one, &form);
    assert_eq!(left.len(), 1);
    let request = prepared(catalogue(), one, &known);
    let command = curl(
        None,
        &request,
        SecretMarks::of(catalogue(), None),
        Shell::Bash,
    )
    .unwrap();
    assert!(command.contains("%7BemployeeId%7D"), "{command}");
}
