//! Names, with and without Pleo's brand in its many dresses.

use crate::table;
use outlay_pleo::registration::Environment::Staging;
use outlay_pleo::registration::{FormField, RegistrationPackage, RegistrationRule, check};
use proptest::prelude::*;
use proptest::sample::select;

#[test]
fn brand_names_are_checked() {
    let long = "n".repeat(61);
    let rows: &[(&str, &[&str])] = &[
        ("Ledger Bridge", &[]),
        ("Børk & Søn", &[]),
        ("会計連携", &[]),
        ("Бухгалтерия", &[]),
        ("", &["missing"]),
        ("   ", &["missing"]),
        (" Ledger", &["outer-space"]),
        ("Ledger\u{a0}", &["outer-space"]),
        ("Ledger\nBridge", &["name-control"]),
        ("Ledger\0", &["name-control"]),
        ("Led\u{202e}reg", &["name-invisible"]),
        ("Led\u{200b}ger", &["name-invisible"]),
        ("Ledger ❤\u{fe0f}", &[]),
        (&long, &["name-long"]),
        (&long[1..], &[]),
        ("***", &["name-letters"]),
        // The brand as a word, or at the beginning of one.
        ("Pleo", &["brand"]),
        ("PLEO", &["brand"]),
        ("Ledger for pleo", &["brand"]),
        ("Pleo's ledger", &["brand"]),
        ("PleoSync", &["brand"]),
        ("pleosync", &["brand"]),
        ("MyPleo", &["brand"]),
        ("iPleo", &["brand"]),
        ("24Pleo", &["brand"]),
        ("AppPleo", &["brand"]),
        ("Appleo", &["brand-inside"]),
        ("my_pleo_app", &["brand"]),
        // Spaced out, and with letters doubled.
        ("P L E O", &["brand"]),
        ("P.l.e.o", &["brand"]),
        ("Ple-o Bridge", &["brand"]),
        ("P—L—E—O", &["brand"]),
        ("Plleo", &["brand"]),
        ("Pleeoo", &["brand"]),
        // Digits and signs for letters.
        ("pl3o", &["brand"]),
        ("P1eo", &["brand"]),
        ("Ple0", &["brand"]),
        ("P|3Ø", &["brand"]),
        ("Pl€o", &["brand"]),
        ("PIeo", &["brand"]),
        ("p|eosync", &["brand"]),
        ("Hey!Pleo", &["brand"]),
        ("Ple o!", &["brand"]),
        // Accents, precomposed and not.
        ("Pléo", &["brand"]),
        ("Ple\u{301}o\u{308}", &["brand"]),
        ("Płęő", &["brand"]),
        // Other scripts.
        ("Рlео", &["brand"]),
        ("Ρlεο", &["brand"]),
        ("Плео", &["brand"]),
        ("Πλέο", &["brand"]),
        ("ᏢᏞᎬO", &["brand"]),
        // Without width, in rings, squares and mathematical letters.
        ("Ｐｌｅｏ", &["brand"]),
        ("ⓅⓁⒺⓄ", &["brand"]),
        ("🅿🅻🅴🅾", &["brand"]),
        ("𝐏𝐥𝐞𝐨", &["brand"]),
        ("𝓟𝓵𝓮𝓸 Ledger", &["brand"]),
        // With invisible characters in between.
        ("P\u{200b}leo", &["name-invisible", "brand"]),
        ("Pl\u{ad}e\u{2060}o", &["name-invisible", "brand"]),
        ("p\u{200b}leosync", &["name-invisible", "brand"]),
        ("ple\u{301}osync", &["brand"]),
        // Ordinary words.
        ("Simpleo", &["brand-inside"]),
        ("Peopleone", &["brand-inside"]),
        ("Pleonasm Press", &["brand-inside"]),
        ("Pleomorphic", &["brand-inside"]),
        ("People One", &[]),
        ("Simple Ops", &[]),
        ("Sample Order", &[]),
        ("Apple Orchard", &[]),
        ("Triple O", &[]),
        ("Pie o'Clock", &[]),
        ("Hello! People", &[]),
        ("Napoleon", &[]),
        ("Plexo", &[]),
        ("Peo", &[]),
    ];
    for &(name, codes) in rows {
        table(&[(FormField::ClientName, Staging, name, codes)]);
    }
}

#[test]
fn brand_finding_quotes_the_matching_part() {
    let detail = |name: &str| {
        let package = RegistrationPackage {
            client_name: name.to_owned(),
            ..crate::good()
        };
        let findings = check(&package);
        findings.last().map(|it| it.detail.clone())
    };
    assert_eq!(detail("Bridge to P l e ø, today").unwrap(), "P l e ø");
    assert_eq!(detail("P\u{200b}leo").unwrap(), "P\\u{200b}leo");
    assert_eq!(detail("Led\u{202e}ger").unwrap(), "\\u{202e}");
    assert_eq!(detail("Simpleo").unwrap(), "pleo");
}

/// A name with these codes.
fn is_branded(name: &str) -> bool {
    let package = RegistrationPackage {
        client_name: name.to_owned(),
        ..crate::good()
    };
    check(&package)
        .iter()
        .any(|it| it.rule == RegistrationRule::Brand)
}

/// One of the ways to write a letter.
fn one_of(ways: &'static str) -> impl Strategy<Value = char> {
    select(ways.chars().collect::<Vec<_>>())
}

proptest! {
    #[test]
    fn brand_is_found_under_any_mixed_disguise(
        (p, l, e, o) in (one_of("pPрРρｐⓟ𝗽"), one_of("lL1|ӏｌⓛ𝗹Ł"), one_of("eE3€еéｅⓔ𝗲"), one_of("oO0оοøｏⓞ𝗼")),
        gaps in prop::array::uniform3(select(vec!["", "", " ", ".", "-", "_", "\u{200b}", "\u{301}", " - "])),
        before in select(vec!["", "My ", "Ledger-", "24/7 ", "会計 "]),
        after in select(vec!["", " Bridge", "-Ledger", "!", " 24/7"]),
    ) {
        let [first, second, third] = gaps;
        let name = format!("{before}{p}{first}{l}{second}{e}{third}{o}{after}");
        prop_assert!(is_branded(&name), "{name}");
    }

    #[test]
    fn name_lacking_a_brand_letter_is_accepted(name in "[a-df-zA-DF-Z ]{1,30}") {
        prop_assert!(!is_branded(&name), "{name}");
    }
}
