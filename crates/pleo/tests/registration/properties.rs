//! What holds for any package at all.

use outlay_pleo::registration::{
    ClientKind, Environment, Logo, Pkce, Purpose, RegistrationPackage, SubjectType, check,
};
use outlay_wire::parse;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// Any text, and texts that come close to addresses, scopes and names.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[plePLEO130 .\u{200b}\u{301}-]{0,12}",
        "(https?://)?[a-z0-9.:@\\[\\]%-]{0,20}(/[a-zA-Z%.*:-]{0,8}){0,3}(\\?[a-z=&]{0,8})?(#[a-z]{0,3})?",
        "[a-z-]{0,12}[:. ]?(read|write|READ)?",
        "[a-z.]{0,8}@?[a-z.-]{0,12}",
    ]
}

fn logo() -> impl Strategy<Value = Option<Logo>> {
    let facts = (
        text(),
        text(),
        any::<u32>(),
        any::<u32>(),
        any::<u64>(),
        any::<bool>(),
    );
    proptest::option::of(facts.prop_map(
        |(file_name, media_type, width, height, bytes, has_transparency)| Logo {
            file_name,
            media_type,
            width,
            height,
            bytes,
            has_transparency,
        },
    ))
}

fn package() -> impl Strategy<Value = RegistrationPackage> {
    let texts = vec(text(), 7);
    let lists = (vec(text(), 0..6), vec(text(), 0..6), vec(text(), 0..6));
    let choices = (
        select(Environment::ALL),
        select(ClientKind::ALL),
        select(Pkce::ALL),
        select(SubjectType::ALL),
        vec(select(Purpose::ALL), 0..4),
    );
    (texts, lists, logo(), choices).prop_map(|(texts, lists, logo, choices)| {
        let mut texts = texts.into_iter();
        let mut next = || texts.next().unwrap();
        RegistrationPackage {
            client_name: next(),
            client_uri: next(),
            logo,
            logo_uri: next(),
            terms_uri: next(),
            policy_uri: next(),
            contacts: lists.0,
            initiation_uri: next(),
            settings_uri: next(),
            environment: choices.0,
            client_kind: choices.1,
            redirect_uris: lists.1,
            purposes: choices.4,
            scopes: lists.2,
            pkce: choices.2,
            subject_type: choices.3,
        }
    })
}

proptest! {
    #[test]
    fn any_package_round_trips_through_its_file(package in package()) {
        prop_assert_eq!(RegistrationPackage::read(&package.to_json()), Ok(package));
    }

    #[test]
    fn any_package_has_a_limited_number_of_short_findings(package in package()) {
        for finding in check(&package) {
            prop_assert!(finding.detail.chars().count() <= 12 * 81);
            prop_assert!(!finding.detail.chars().any(char::is_control));
            let entries = package.list(finding.field).map(<[String]>::len);
            prop_assert!(finding.at.is_none_or(|at| entries.is_some_and(|it| at < it)));
        }
    }

    #[test]
    fn any_package_output_is_valid_json(package in package()) {
        prop_assert!(parse(&package.metadata()).is_ok());
        prop_assert!(parse(&package.config("id")).is_ok());
    }

    #[test]
    fn any_file_is_parsed_without_panic(file in prop_oneof![
        any::<String>(),
        "[{}\\[\\]\",:a-z0-9 ]{0,60}",
    ]) {
        if let Err(faults) = RegistrationPackage::read(&file) {
            prop_assert!(!faults.is_empty() && faults.len() <= 50);
        }
    }
}
