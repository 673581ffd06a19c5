//! The sentences: of rules, terms, fields and choices.

use crate::{fired, good};
use outlay_pleo::registration::source::{APPLIED, PLEO_REGISTRATION};
use outlay_pleo::registration::{
    FieldGroup, FormField, RegistrationPackage, RegistrationRule, TERMS, check,
};

fn is_unique(words: &[&str]) -> bool {
    let mut sorted = words.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    sorted.len() == words.len()
}

#[test]
fn every_rule_has_a_unique_code_and_complete_sentences() {
    let codes: Vec<_> = RegistrationRule::ALL.iter().map(|it| it.code()).collect();
    assert!(is_unique(&codes));
    for rule in RegistrationRule::ALL {
        let code = rule.code();
        assert!(
            code.bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        );
        for sentence in [rule.what(), rule.fix()] {
            assert!(
                sentence.starts_with(|c: char| c.is_ascii_uppercase()),
                "{sentence}"
            );
            assert!(sentence.ends_with('.'), "{sentence}");
        }
        let url = rule.source().url;
        assert!(url.is_none_or(|it| it.starts_with("https://")), "{code}");
    }
}

#[test]
fn reachability_note_is_shown_for_redirect_uris_only() {
    let package = RegistrationPackage {
        redirect_uris: vec!["https://10.0.0.1/cb".to_owned()],
        settings_uri: "https://10.0.0.1/".to_owned(),
        ..good()
    };
    let found = check(&package);
    let first = |field| {
        let finding = found.iter().find(|it| it.field == field).unwrap();
        *finding.sources().first().unwrap()
    };
    assert_eq!(first(FormField::RedirectUris), &PLEO_REGISTRATION);
    assert_eq!(first(FormField::SettingsUri), &APPLIED);
    let brand = RegistrationPackage {
        client_name: "Pleo".to_owned(),
        ..good()
    };
    assert_eq!(
        check(&brand).first().unwrap().sources(),
        [&PLEO_REGISTRATION]
    );
    assert_eq!(fired(&brand).len(), 1);
}

#[test]
fn every_field_has_one_group_and_a_unique_key() {
    let grouped: usize = FieldGroup::ALL.iter().map(|it| it.fields().count()).sum();
    assert_eq!(grouped, FormField::ALL.len());
    let keys: Vec<_> = FormField::ALL.iter().map(|it| it.key()).collect();
    assert!(is_unique(&keys));
    for field in FormField::ALL {
        assert!(field.meaning().ends_with('.'));
    }
}

#[test]
fn confusable_terms_are_explained() {
    let names: Vec<_> = TERMS.iter().map(|it| it.name).collect();
    assert!(is_unique(&names));
    for asked in [
        "Integration",
        "Application",
        "OAuth client",
        "Installation",
        "Company",
        "Organisation",
        "Subject",
        "Client ID",
        "Client secret",
        "Public client",
    ] {
        assert!(names.contains(&asked), "{asked}");
    }
    for term in TERMS {
        assert!(
            term.meaning.ends_with('.') && !term.meaning.contains("  "),
            "{}",
            term.name
        );
    }
}
