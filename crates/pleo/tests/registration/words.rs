//! The sentences: of rules, terms, fields and choices.

use crate::{fired, good};
use outlay_pleo::registration::source::{APPLIED, PLEO_REGISTRATION};
use outlay_pleo::registration::{Field, Group, Package, Rule, TERMS, check};

fn is_unique(words: &[&str]) -> bool {
    let mut sorted = words.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    sorted.len() == words.len()
}

#[test]
fn every_rule_has_a_code_of_its_own_and_whole_sentences() {
    let codes: Vec<_> = Rule::ALL.iter().map(|it| it.code()).collect();
    assert!(is_unique(&codes));
    for rule in Rule::ALL {
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
fn pleos_word_on_reachability_is_told_for_redirect_uris_only() {
    let package = Package {
        redirect_uris: vec!["https://10.0.0.1/cb".to_owned()],
        settings_uri: "https://10.0.0.1/".to_owned(),
        ..good()
    };
    let found = check(&package);
    let first = |field| {
        let finding = found.iter().find(|it| it.field == field).unwrap();
        *finding.sources().first().unwrap()
    };
    assert_eq!(first(Field::RedirectUris), &PLEO_REGISTRATION);
    assert_eq!(first(Field::SettingsUri), &APPLIED);
    let brand = Package {
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
fn every_field_stands_in_one_group_under_a_key_of_its_own() {
    let grouped: usize = Group::ALL.iter().map(|it| it.fields().count()).sum();
    assert_eq!(grouped, Field::ALL.len());
    let keys: Vec<_> = Field::ALL.iter().map(|it| it.key()).collect();
    assert!(is_unique(&keys));
    for field in Field::ALL {
        assert!(field.meaning().ends_with('.'));
    }
}

#[test]
fn the_terms_that_are_mixed_up_are_explained() {
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
