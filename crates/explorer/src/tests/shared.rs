//! What leaves a form: a link, the history, a command.

use outlay_pleo::catalogue::{Place, Shape};

use super::{COMPANY, catalogue, operation};
use crate::curl::{Shell, curl};
use crate::draft::Draft;
use crate::form::Form;
use crate::history::kept;
use crate::link::link;
use crate::marks::Marks;
use crate::request::prepared;
use crate::shareable::{Left, Reason, left_out, shareable};

/// Everything that leaves the form, as one text.
fn taken(id: &str, form: &Form) -> String {
    let one = operation(id);
    let (known, _) = shareable(catalogue(), one, form);
    let request = prepared(catalogue(), one, &known);
    let mut all = link(catalogue(), one, form);
    for shell in Shell::ALL {
        let marks = Marks::of(catalogue(), None);
        all += &curl(None, &request, marks, shell).unwrap();
    }
    all + &format!("{:?}", kept(catalogue(), one, form))
}

#[test]
fn a_parameter_leaves_the_form_only_if_it_parses_as_its_type() {
    for one in &catalogue().operations {
        for (number, parameter) in one.parameters.iter().enumerate() {
            let shape = &catalogue().resolve(&parameter.schema).0.shape;
            let items = match shape {
                Shape::List(list) => &catalogue().resolve(&list.items).0.shape,
                other => other,
            };
            let typed = match items {
                Shape::Text(text) => text.format.is_some() || !text.words.is_empty(),
                Shape::Integer(_) | Shape::Number(_) | Shape::Boolean => true,
                _ => false,
            };
            for text in [
                "telltale",
                "telltale-0f8fad5b-d9cb-469f-a165-70867728950e",
                "2026-13-45",
                "1e",
                "telltale.eyJ.x",
            ] {
                let mut form = Form::blank(catalogue(), one, None);
                let draft = Draft::Text(text.to_owned());
                form.parameters[number] = match shape {
                    Shape::List(_) => Draft::List(vec![draft]),
                    _ => draft,
                };
                let (_, left) = shareable(catalogue(), one, &form);
                if typed {
                    let name = parameter.name.clone();
                    assert_eq!(
                        left,
                        [Left {
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
fn nothing_that_looks_like_a_secret_leaves_the_form() {
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
                let mut form = Form::blank(catalogue(), one, None);
                form.parameters[number] = Draft::Text((*secret).to_owned());
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
fn what_parses_is_taken_along_and_what_does_not_is_named() {
    let list = operation("getExportJobsListV3");
    let mut form = Form::blank(catalogue(), list, None);
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
        known.pairs(catalogue(), list, Place::Query),
        [("statuses".into(), "pending".into())]
    );

    let one = operation("getEmployee");
    let mut form = Form::blank(catalogue(), one, None);
    form.fill(catalogue(), one, "employeeId", COMPANY);
    assert!(link(catalogue(), one, &form).contains(COMPANY));
    form.parameters[0] = Draft::Text("not-an-id".into());
    let (known, left) = shareable(catalogue(), one, &form);
    assert_eq!(left.len(), 1);
    let request = prepared(catalogue(), one, &known);
    let command = curl(None, &request, Marks::of(catalogue(), None), Shell::Bash).unwrap();
    assert!(command.contains("%7BemployeeId%7D"), "{command}");
}
