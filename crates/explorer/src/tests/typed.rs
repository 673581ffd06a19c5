//! What is typed or pasted into fields: invisible characters, figures of every locale, exact numbers.

use outlay_pleo::catalogue::{FaultCode, Format, ParameterLocation, SchemaShape};
use outlay_wire::{Value, parse, to_text};

use super::{COMPANY, SUBJECT, catalogue, operation};
use crate::answer::text::ResponseText;
use crate::curl::{Shell, curl};
use crate::draft::{FieldDraft, number};
use crate::form::OperationForm;
use crate::history::kept;
use crate::marks::SecretMarks;
use crate::request::prepared;

#[test]
fn pasted_id_is_trimmed_of_invisible_characters() {
    let one = operation("getEmployee");
    for pasted in [
        "\u{feff}#",
        "#\u{200b}",
        " \u{a0}#\r\n",
        "\u{202a}#\u{202c}",
        "\0#\u{2060}",
    ] {
        let pasted = pasted.replace('#', COMPANY);
        let mut form = OperationForm::blank(catalogue(), one, None);
        form.parameters[0] = FieldDraft::typed(&pasted);
        assert_eq!(form.parameters[0].text(), COMPANY);
        // A link may have brought it.
        form.parameters[0] = FieldDraft::Text(pasted);
        assert_eq!(form.faults(catalogue(), one), []);
        assert!(prepared(catalogue(), one, &form).path.ends_with(COMPANY));
    }
}

#[test]
fn invisible_character_inside_a_field_is_reported() {
    let one = operation("getEmployee");
    for (sign, named) in [
        ('\u{200b}', "U+200B zero width space"),
        ('\u{a0}', "U+00A0 no-break space"),
        ('\u{202e}', "U+202E right-to-left override"),
        ('\0', "U+0000 null"),
    ] {
        let mut form = OperationForm::blank(catalogue(), one, None);
        form.parameters[0] = FieldDraft::typed(&COMPANY.replacen('-', &format!("{sign}-"), 1));
        let faults = form.faults(catalogue(), one);
        let invisible = faults
            .iter()
            .find(|it| it.fault.code == FaultCode::Invisible)
            .unwrap();
        assert_eq!(
            (invisible.fault.at.as_str(), &*invisible.fault.values),
            ("employeeId", &[named.to_owned()][..])
        );
    }
    let create = operation("postVendor");
    let name = |name: &str| {
        let mut form = OperationForm::blank(catalogue(), create, Some(SUBJECT));
        form.raw = Some(format!(r#"{{"name":"{name}"}}"#));
        let faults = form.faults(catalogue(), create);
        let found = faults
            .into_iter()
            .find(|it| it.fault.code == FaultCode::Invisible);
        found.map(|it| (it.fault.at, it.fault.values.concat()))
    };
    assert_eq!(
        name("A\u{200b}B"),
        Some(("name".into(), "U+200B zero width space".into()))
    );
    // A blank of French, an emoji and Persian are as they should be.
    assert_eq!(name("Caf\u{e9}\u{a0}! 👩\u{200d}👧 می\u{200c}خواهم"), None);
    // A body that is no JSON because of it.
    let mut form = OperationForm::blank(catalogue(), create, Some(SUBJECT));
    form.raw = Some("{\"name\":\u{a0}\"A\"}".to_owned());
    let faults = form.faults(catalogue(), create);
    assert!(
        faults
            .iter()
            .any(|it| it.fault.values == ["U+00A0 no-break space"]),
        "{faults:?}"
    );
    // At its ends it is removed.
    form.raw = Some("\u{feff}{\"name\":\"A\"}\u{200b}".to_owned());
    assert_eq!(
        prepared(catalogue(), create, &form).body.as_deref(),
        Some("{\"name\":\"A\"}")
    );
}

#[test]
fn number_in_any_locale_is_sent_as_a_json_number() {
    let list = operation("getExportJobsListV3");
    let limit = |typed: &str| {
        let mut form = OperationForm::blank(catalogue(), list, None);
        form.fill(catalogue(), list, "limit", typed);
        form.pairs(catalogue(), list, ParameterLocation::Query)
            .pop()
            .unwrap()
            .1
    };
    for (typed, sent) in [
        ("\u{2212}5", "-5"),
        ("1\u{a0}000", "1000"),
        ("1\u{202f}000", "1000"),
        ("5", "5"),
        ("1,234", "1,234"),
        ("five", "five"),
    ] {
        assert_eq!(limit(typed), sent);
    }
    for (typed, read) in [
        ("−1\u{a0}234,50", Some("-1234.50")),
        ("1.10", Some("1.10")),
        ("1E+2", Some("1E+2")),
        ("-0", Some("-0")),
        ("1e400", Some("1e400")),
        ("007", None),
        ("abc", None),
    ] {
        assert_eq!(number(typed).as_deref(), read, "{typed}");
    }
}

const DIGITS: &str =
    r#"{"a":1418166648477179904,"b":99999999999999.99,"c":1.10,"d":1e400,"e":-0,"f":1E+2,"a":2}"#;

#[test]
fn response_numbers_are_shown_and_copied_exactly() {
    for mark in ["", "\u{feff}"] {
        let body = [mark, DIGITS].concat();
        let mut text = ResponseText::new(body.clone(), SecretMarks::of(catalogue(), None));
        while text.advance(7) {}
        let values: Vec<String> = (1..=7)
            .map(|n| text.line(n, false).unwrap().value)
            .collect();
        assert_eq!(
            values,
            [
                "1418166648477179904",
                "99999999999999.99",
                "1.10",
                "1e400",
                "-0",
                "1E+2",
                "2"
            ]
        );
        assert_eq!(text.whole(false), Some(body));
    }
}

#[test]
fn body_numbers_stay_exact_in_fields_text_history_and_command() {
    // The body as text: sent, kept and copied as it was typed.
    let create = operation("postVendor");
    let mut form = OperationForm::blank(catalogue(), create, Some(SUBJECT));
    form.raw = Some(DIGITS.to_owned());
    let request = prepared(catalogue(), create, &form);
    assert_eq!(request.body.as_deref(), Some(DIGITS));
    for shell in Shell::ALL {
        let command = curl(None, &request, SecretMarks::of(catalogue(), None), shell).unwrap();
        for digits in [
            "1418166648477179904",
            "99999999999999.99",
            "1.10",
            "1e400",
            "-0",
            "1E+2",
        ] {
            assert!(command.contains(digits), "{command}");
        }
    }
    let (known, _) = kept(catalogue(), create, &form).value(catalogue(), create);
    assert_eq!(to_text(&known.unwrap()), DIGITS);
    // Every field of a number, to text and back.
    let mut count = 0;
    for one in &catalogue().operations {
        let Some(body) = &one.body else { continue };
        let SchemaShape::Object(object) = &catalogue().resolve(&body.schema).0.shape else {
            continue;
        };
        for field in &object.fields {
            let all = match &catalogue().resolve(&field.schema).0.shape {
                SchemaShape::Number(_) => &[
                    "99999999999999.99",
                    "1.10",
                    "1e400",
                    "-0",
                    "1E+2",
                    "9007199254740993",
                ][..],
                SchemaShape::Integer(bounds) if bounds.format == Some(Format::Int64) => {
                    &["1418166648477179904", "9007199254740993"]
                }
                _ => continue,
            };
            for digits in all {
                let raw = format!(r#"{{"{}":{digits}}}"#, field.name);
                let mut form = OperationForm::blank(catalogue(), one, None);
                form.raw = Some(raw.clone());
                form.as_fields(catalogue(), one).unwrap();
                form.as_text(catalogue(), one);
                let again = parse(form.raw.as_deref().unwrap()).unwrap();
                assert_eq!(
                    again.get(&field.name),
                    Some(&Value::Number((*digits).to_owned()))
                );
                count += 1;
            }
        }
    }
    eprintln!("{count} numbers");
}

#[test]
fn unpaired_surrogate_is_shown_and_sent_unchanged() {
    for escape in [
        r"\ud83d",
        r"\udc00 x",
        r"\ud83d\u0041",
        r"\uD83D\uD83D\uDE00",
    ] {
        let body = format!(r#"{{"name":"Team lunch {escape}"}}"#);
        let mut text = ResponseText::new(body.clone(), SecretMarks::of(catalogue(), None));
        while text.advance(7) {}
        assert!(text.scan.is_json());
        assert_eq!(
            text.line(1, false).unwrap().value,
            format!("\"Team lunch {escape}\"")
        );
        let create = operation("postVendor");
        let mut form = OperationForm::blank(catalogue(), create, Some(SUBJECT));
        form.raw = Some(body.clone());
        assert_eq!(prepared(catalogue(), create, &form).body, Some(body));
    }
}
