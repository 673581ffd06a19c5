//! The registration form: its rules as tables, its files and outputs, and what holds for any text.

#![allow(clippy::unwrap_used, clippy::panic)] // a failed set-up should stop a test

mod addresses;
mod brand;
mod document;
mod fields;
mod files;
mod outputs;
mod properties;
mod redirects;
mod texts;

use outlay_pleo::registration::{Environment, FormField, Logo, RegistrationPackage, check};

/// A package that nothing is to be said about.
pub fn good() -> RegistrationPackage {
    RegistrationPackage {
        client_name: "Ledger Bridge".to_owned(),
        client_uri: "https://ledger-bridge.eu/".to_owned(),
        logo: Some(Logo {
            file_name: "logo.png".to_owned(),
            media_type: "image/png".to_owned(),
            width: 1024,
            height: 1024,
            bytes: 40_000,
            has_transparency: false,
        }),
        terms_uri: "https://ledger-bridge.eu/terms".to_owned(),
        policy_uri: "https://ledger-bridge.eu/privacy#data".to_owned(),
        contacts: vec!["integrations@ledger-bridge.example".to_owned()],
        initiation_uri: "https://app.ledger-bridge.eu/connect".to_owned(),
        settings_uri: "https://app.ledger-bridge.eu/settings".to_owned(),
        redirect_uris: vec!["https://app.ledger-bridge.eu/callback/pleo".to_owned()],
        scopes: vec!["users:read".to_owned(), "companies:read".to_owned()],
        ..RegistrationPackage::default()
    }
}

/// The codes that fire, with their fields.
pub fn fired(package: &RegistrationPackage) -> Vec<(FormField, &'static str)> {
    let findings = check(package).into_iter();
    findings.map(|it| (it.field, it.rule.code())).collect()
}

/// One text of a package that is good otherwise, and the codes that it makes fire.
pub type Row<'a> = (FormField, Environment, &'a str, &'a [&'a str]);

/// Tries every row: these codes fire, and no other anywhere.
pub fn table(rows: &[Row]) {
    for &(field, environment, text, codes) in rows {
        let mut package = RegistrationPackage {
            environment,
            ..good()
        };
        if let Some(list) = package.list_mut(field) {
            *list = vec![text.to_owned()];
        } else {
            *package.text_mut(field).unwrap() = text.to_owned();
        }
        let expected: Vec<_> = codes.iter().map(|&code| (field, code)).collect();
        assert_eq!(
            fired(&package),
            expected,
            "{field:?} {environment:?} {text:?}"
        );
    }
}

#[test]
fn valid_package_has_no_findings() {
    for &environment in Environment::ALL {
        let package = RegistrationPackage {
            environment,
            ..good()
        };
        assert_eq!(fired(&package), []);
    }
}
