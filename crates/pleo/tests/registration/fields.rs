//! Logo, contacts, scopes, and what is chosen.

use crate::{fired, good, table};
use outlay_pleo::catalogue::{Catalogue, DOCUMENT};
use outlay_pleo::registration::Environment::{Development, Production, Staging};
use outlay_pleo::registration::{
    ClientKind, Environment, FormField, Logo, Pkce, Purpose, RegistrationPackage, SubjectType,
    check, least_scopes,
};
use outlay_pleo::scope::known;

/// Media type, width, height, bytes, transparency, and the codes that fire.
type LogoRow = (&'static str, u32, u32, u64, bool, &'static [&'static str]);

#[test]
fn logo_must_be_a_square_high_resolution_image() {
    let rows: &[LogoRow] = &[
        ("image/png", 512, 512, 9_000, false, &[]),
        ("IMAGE/JPEG", 4096, 4096, 1_000_000, false, &[]),
        ("image/png", 1024, 1023, 9_000, false, &["logo-not-square"]),
        ("image/png", 511, 511, 9_000, false, &["logo-small"]),
        ("image/png", 128, 128, 9_000, false, &["logo-small"]),
        ("image/png", 127, 127, 9_000, false, &["logo-tiny"]),
        (
            "image/png",
            2000,
            64,
            9_000,
            false,
            &["logo-not-square", "logo-tiny"],
        ),
        ("image/png", 512, 512, 1_000_001, false, &["logo-heavy"]),
        ("image/png", 512, 512, 9_000, true, &["logo-transparent"]),
        (
            "image/svg+xml",
            512,
            512,
            9_000,
            false,
            &["logo-format-rare"],
        ),
        ("image/webp", 512, 512, 9_000, false, &["logo-format-rare"]),
        ("application/pdf", 512, 512, 9_000, false, &["logo-format"]),
        ("", 512, 512, 9_000, false, &["logo-format"]),
        ("image/png", 0, 512, 9_000, false, &["logo-unreadable"]),
        ("image/png", 512, 512, 0, false, &["logo-unreadable"]),
    ];
    for &(media_type, width, height, bytes, has_transparency, codes) in rows {
        let logo = Logo {
            file_name: "logo".to_owned(),
            media_type: media_type.to_owned(),
            width,
            height,
            bytes,
            has_transparency,
        };
        let package = RegistrationPackage {
            logo: Some(logo),
            ..good()
        };
        let expected: Vec<_> = codes.iter().map(|&code| (FormField::Logo, code)).collect();
        assert_eq!(fired(&package), expected, "{:?}", package.logo);
    }
    let package = RegistrationPackage {
        logo: None,
        ..good()
    };
    assert_eq!(fired(&package), [(FormField::Logo, "missing")]);
}

#[test]
fn contacts_must_be_plain_email_addresses() {
    let rows: &[(&str, &[&str])] = &[
        ("a@ledger.example", &[]),
        ("first.last+pleo@mail.ledger.example", &[]),
        ("o'brien@ledger.example", &[]),
        ("", &["missing"]),
        ("a@ledger.example ", &["outer-space"]),
        ("ledger.example", &["contact-form"]),
        ("@ledger.example", &["contact-form"]),
        ("a@", &["contact-form"]),
        ("a@ledger", &["contact-form"]),
        ("a@@ledger.example", &["contact-form"]),
        ("a@b@ledger.example", &["contact-form"]),
        (".a@ledger.example", &["contact-form"]),
        ("a..b@ledger.example", &["contact-form"]),
        ("a@ledger..example", &["contact-form"]),
        ("a@-ledger.example", &["contact-form"]),
        ("a@10.0.0.1", &["contact-form"]),
        ("a@[10.0.0.1]", &["contact-form"]),
        ("mailto:a@ledger.example", &["contact-form"]),
        ("Ann <ann@ledger.example>", &["contact-form"]),
        ("\"ann b\"@ledger.example", &["contact-form"]),
        ("ann@ledger.example,bob@ledger.example", &["contact-form"]),
        ("bjørn@ledger.example", &["contact-form"]),
        ("a@ledger.example\nBcc: x@y.example", &["contact-form"]),
        ("no-reply@ledger.example", &["contact-no-reply"]),
        ("DoNotReply@ledger.example", &["contact-no-reply"]),
    ];
    for &(text, codes) in rows {
        table(&[(FormField::Contacts, Production, text, codes)]);
    }
    let long = "a".repeat(64);
    let host = [&*"ledger.".repeat(26), "example"].concat();
    for (text, codes) in [
        (format!("{long}@ledger.example"), &[][..]),
        (format!("{long}a@ledger.example"), &["contact-form"]),
        (format!("{long}@{host}"), &[]),
        (format!("{long}@{host}.a"), &["contact-form"]),
    ] {
        table(&[(FormField::Contacts, Production, &text, codes)]);
    }
    let mut package = good();
    package
        .contacts
        .push("Integrations@Ledger-Bridge.example".to_owned());
    assert_eq!(fired(&package), [(FormField::Contacts, "contact-twice")]);
    package.contacts.clear();
    assert_eq!(fired(&package), [(FormField::Contacts, "missing")]);
}

#[test]
fn unknown_scope_is_rejected() {
    table(&[
        (FormField::Scopes, Staging, "export-jobs:read", &[]),
        (FormField::Scopes, Staging, "test:test", &[]),
        (FormField::Scopes, Production, "test:test", &["scope-test"]),
        (FormField::Scopes, Staging, "", &["missing"]),
        (FormField::Scopes, Staging, "users:read ", &["outer-space"]),
        (
            FormField::Scopes,
            Staging,
            "users:read companies:read",
            &["scope-form"],
        ),
        (
            FormField::Scopes,
            Staging,
            "users:\"read\"",
            &["scope-form"],
        ),
        (FormField::Scopes, Staging, "brugere:læs", &["scope-form"]),
        (
            FormField::Scopes,
            Staging,
            "Users:Read",
            &["scope-misspelt"],
        ),
        (
            FormField::Scopes,
            Staging,
            "users.read",
            &["scope-misspelt"],
        ),
        (
            FormField::Scopes,
            Staging,
            "export_jobs:write",
            &["scope-misspelt"],
        ),
        (
            FormField::Scopes,
            Staging,
            "employees.read",
            &["scope-misspelt"],
        ),
        (
            FormField::Scopes,
            Staging,
            "expense:read",
            &["scope-misspelt"],
        ),
        (
            FormField::Scopes,
            Staging,
            "wallets:read",
            &["scope-unknown"],
        ),
        (
            FormField::Scopes,
            Staging,
            "tag-groups:read",
            &["scope-two-names"],
        ),
        (
            FormField::Scopes,
            Production,
            "tag-group:write",
            &["scope-two-names"],
        ),
        (
            FormField::Scopes,
            Staging,
            "accounting-entries:read",
            &["scope-inferred"],
        ),
        (
            FormField::Scopes,
            Staging,
            "users:write",
            &["scope-inferred"],
        ),
        (
            FormField::Scopes,
            Staging,
            "accounting-entries:write",
            &["scope-selected"],
        ),
    ]);
    let mut package = good();
    package.scopes.push("users:read".to_owned());
    assert_eq!(fired(&package), [(FormField::Scopes, "scope-twice")]);
    package.scopes = vec!["export:write".to_owned()];
    assert_eq!(check(&package).first().unwrap().detail, "export-jobs:write");
}

#[test]
fn scopes_must_fit_the_purposes() {
    let mut package = good();
    package.purposes = vec![Purpose::NameEmployees, Purpose::WatchExports];
    let found: Vec<_> = check(&package)
        .into_iter()
        .map(|it| (it.at, it.rule.code(), it.detail))
        .collect();
    let line = |at, code, detail: &str| (at, code, detail.to_owned());
    assert_eq!(
        found,
        [
            line(None, "scope-lacking", "export-jobs:read"),
            line(None, "scope-lacking", "export-items:read"),
            line(Some(1), "scope-excess", "companies:read"),
        ]
    );
    // Either name of a tag scope serves.
    package.purposes = vec![Purpose::ManageTags];
    package.scopes = vec!["tag-group:read".to_owned(), "tag-groups:write".to_owned()];
    let codes: Vec<_> = fired(&package).into_iter().map(|it| it.1).collect();
    assert_eq!(codes, ["scope-two-names", "scope-two-names"]);
}

#[test]
fn minimal_scope_sets_match_the_operations() {
    for &purpose in Purpose::ALL {
        for &environment in Environment::ALL {
            let least = least_scopes(&[purpose, purpose], environment);
            assert!(!least.is_empty());
            for (at, scope) in least.iter().enumerate() {
                assert!(known(scope).is_some(), "{scope}");
                assert!(!least[..at].contains(scope), "{scope}");
            }
        }
    }
    let catalogue = Catalogue::of_openapi(DOCUMENT).unwrap();
    for (purpose, operations) in [
        (
            Purpose::SeeSpend,
            [
                "externalSearchAccountingEntriesV1",
                "externalGetAccountingEntryV1",
            ],
        ),
        (Purpose::NameCompanies, ["searchCompanies", "getCompany"]),
        (Purpose::NameEmployees, ["searchEmployees", "getEmployee"]),
    ] {
        let needed = operations.map(|id| &*catalogue.operation(id).unwrap().scopes[0]);
        let least = least_scopes(&[purpose], Staging);
        assert_eq!(least, needed[..1], "{purpose:?}");
        assert_eq!(needed[0], needed[1]);
    }
    assert_eq!(least_scopes(&[], Staging), <[&str; 0]>::default());
    assert_ne!(
        least_scopes(&[Purpose::ManageTags], Development),
        least_scopes(&[Purpose::ManageTags], Production)
    );
}

#[test]
fn pkce_s256_is_required_for_every_client_type() {
    for &client_kind in ClientKind::ALL {
        for (pkce, expected) in [
            (Pkce::S256, vec![]),
            (Pkce::Plain, vec![(FormField::Pkce, "pkce-plain")]),
            (Pkce::Unsupported, vec![(FormField::Pkce, "pkce-missing")]),
        ] {
            let package = RegistrationPackage {
                client_kind,
                pkce,
                ..good()
            };
            assert_eq!(fired(&package), expected);
        }
    }
}

#[test]
fn subject_type_other_than_none_has_a_warning() {
    let mut package = good();
    package.subject_type = SubjectType::Company;
    let inferred = (FormField::SubjectType, "subject-type-inferred");
    assert_eq!(fired(&package), [inferred]);
    package.subject_type = SubjectType::Organisation;
    package.scopes = vec!["vendors:read".to_owned(), "accounts:read".to_owned()];
    let level = (FormField::SubjectType, "subject-type-level");
    assert_eq!(fired(&package), [inferred, level]);
}

#[test]
fn empty_form_reports_exactly_the_required_fields() {
    let found = fired(&RegistrationPackage::default());
    assert!(found.iter().all(|it| it.1 == "missing"), "{found:?}");
    let fields: Vec<_> = found.into_iter().map(|it| it.0).collect();
    assert_eq!(
        fields,
        [
            FormField::ClientName,
            FormField::ClientUri,
            FormField::Logo,
            FormField::TermsUri,
            FormField::PolicyUri,
            FormField::Contacts,
            FormField::InitiationUri,
            FormField::SettingsUri,
            FormField::RedirectUris,
            FormField::Scopes,
        ]
    );
}
