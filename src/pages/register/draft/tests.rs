use outlay_pleo::registration::Environment;

use super::*;

fn rules(draft: &Draft, field: Field, at: Option<usize>) -> Vec<Rule> {
    let found = draft.judged().of(field, at);
    found.into_iter().map(|it| it.rule).collect()
}

#[test]
fn an_empty_form_is_not_wrong_but_to_be_filled_in() {
    let mut draft = Draft::default();
    let fresh = draft.judged();
    assert_eq!(fresh.shown, []);
    assert_eq!(fresh.first(), None);
    assert_eq!(
        fresh.summary(),
        "0 errors, 0 warnings. 10 still to be filled in."
    );
    draft.type_into(Field::ClientName, 0, String::new());
    assert_eq!(rules(&draft, Field::ClientName, None), [Rule::Missing]);
    assert!(draft.judged().is_wrong(Field::ClientName, 0));
    draft.touch_all();
    assert_eq!(draft.judged().to_fill, 0);
    assert_eq!(draft.judged().shown.len(), fresh.to_fill);
    assert_eq!(draft.judged().first(), Some((Field::ClientName, 0)));
}

#[test]
fn a_rule_fires_as_typed_and_goes_when_mended() {
    let mut draft = Draft::default();
    for (text, expected) in [
        ("Pleo tools", &[Rule::Brand][..]),
        ("Ledger tools", &[]),
        ("", &[Rule::Missing]),
    ] {
        draft.type_into(Field::ClientName, 0, text.to_owned());
        assert_eq!(draft.text(Field::ClientName, 0), text);
        assert_eq!(rules(&draft, Field::ClientName, None), expected, "{text}");
    }
    draft.type_into(
        Field::RedirectUris,
        0,
        "https://a.test.invalid/*".to_owned(),
    );
    assert!(rules(&draft, Field::RedirectUris, Some(0)).contains(&Rule::RedirectWildcard));
    assert_eq!(rules(&draft, Field::RedirectUris, None), []);
}

#[test]
fn a_list_has_an_entry_to_type_into_and_loses_the_one_that_is_removed() {
    let mut draft = Draft::default();
    let field = Field::Contacts;
    assert_eq!((draft.rows(field), draft.text(field, 0)), (1, ""));
    assert_eq!(draft.add(field), 1);
    assert_eq!(draft.rows(field), 2);
    assert_eq!(draft.add(field), 2);
    for (at, text) in [(0, "a@one.example"), (1, "nonsense"), (2, "")] {
        draft.type_into(field, at, text.to_owned());
    }
    assert_eq!(rules(&draft, field, Some(1)), [Rule::ContactForm]);
    assert_eq!(rules(&draft, field, Some(2)), [Rule::Missing]);
    draft.remove(field, 1);
    assert_eq!(draft.package.contacts, ["a@one.example", ""]);
    assert_eq!(rules(&draft, field, Some(1)), [Rule::Missing]);
    draft.remove(field, 1);
    draft.add(field);
    assert_eq!(rules(&draft, field, Some(1)), []);
    draft.remove(field, 0);
    draft.remove(field, 0);
    draft.remove(field, 0);
    assert_eq!((draft.package.contacts.len(), draft.rows(field)), (0, 1));
}

#[test]
fn purposes_fill_the_least_scopes_and_leave_what_was_typed() {
    let mut draft = Draft::default();
    draft.type_into(Field::Scopes, 0, "vendors:read".to_owned());
    draft.add(Field::Scopes);
    draft.toggle(Purpose::ManageTags);
    draft.toggle(Purpose::WatchExports);
    draft.toggle(Purpose::ExportToLedger);
    assert_eq!(
        draft.package.scopes,
        [
            "vendors:read",
            "tag-groups:read",
            "tag-groups:write",
            "export-jobs:read",
            "export-items:read",
            "export-jobs:write",
        ]
    );
    draft.choose(Field::Environment, "production");
    assert_eq!(draft.package.environment, Environment::Production);
    assert!(draft.package.scopes.iter().any(|it| it == "tag-group:read"));
    assert!(
        !draft
            .package
            .scopes
            .iter()
            .any(|it| it == "tag-groups:read")
    );
    draft.toggle(Purpose::ManageTags);
    draft.toggle(Purpose::ExportToLedger);
    assert_eq!(draft.package.purposes, [Purpose::WatchExports]);
    assert_eq!(
        draft.package.scopes,
        ["vendors:read", "export-jobs:read", "export-items:read"]
    );
}

#[test]
fn a_choice_that_asks_for_no_other_scope_leaves_an_empty_entry() {
    let mut draft = Draft::default();
    draft.add(Field::Scopes);
    draft.choose(Field::Pkce, "plain");
    assert_eq!(draft.rows(Field::Scopes), 2);
    assert_eq!(rules(&draft, Field::Pkce, None), [Rule::PkcePlain]);
    draft.choose(Field::Environment, "production");
    assert_eq!(draft.rows(Field::Scopes), 2);
}

#[test]
fn the_newest_logo_counts_and_a_file_that_took_its_place_too() {
    let logo = |name: &str| {
        Some(Logo {
            file_name: name.to_owned(),
            ..Logo::default()
        })
    };
    let mut draft = Draft::default();
    let first = draft.pick();
    let second = draft.pick();
    assert!(draft.set_logo(second, logo("b")));
    assert!(!draft.set_logo(first, logo("a")));
    assert_eq!(draft.package.logo, logo("b"));
    draft.replace(Package::default());
    assert!(!draft.set_logo(second, logo("b")));
    assert_eq!(draft.package.logo, None);
}

#[test]
fn what_a_file_replaced_changes_places_with_it() {
    let mut draft = Draft::default();
    draft.type_into(Field::ClientName, 0, "Typed".to_owned());
    assert!(!draft.has_before());
    draft.take_back();
    assert_eq!(draft.text(Field::ClientName, 0), "Typed");
    draft.replace(Package {
        client_name: "Loaded".to_owned(),
        ..Package::default()
    });
    for expected in ["Loaded", "Typed", "Loaded"] {
        assert!(draft.has_before());
        assert_eq!(draft.text(Field::ClientName, 0), expected);
        draft.take_back();
    }
}

#[test]
fn the_summary_counts() {
    let mut draft = Draft::default();
    draft.type_into(Field::ClientName, 0, "Pleo".to_owned());
    draft.type_into(Field::Contacts, 0, "noreply@one.example".to_owned());
    let said = draft.judged().summary();
    assert!(said.starts_with("1 error, 1 warning. "), "{said}");
    draft.choose(Field::Pkce, "plain");
    let said = draft.judged().summary();
    assert!(said.starts_with("2 errors, 1 warning. "), "{said}");
}

#[test]
fn what_is_pasted_loses_invisible_characters_at_its_ends_and_keeps_plain_spaces() {
    let mut draft = Draft::default();
    for (pasted, kept) in [
        ("\u{feff}Example\u{200b}", "Example"),
        ("\u{a0}Example\r\n", "Example"),
        ("Example ", "Example "),
        ("Exa\u{200b}mple", "Exa\u{200b}mple"),
    ] {
        for field in [
            Field::ClientName,
            Field::ClientUri,
            Field::RedirectUris,
            Field::Contacts,
        ] {
            draft.type_into(field, 0, pasted.to_owned());
            assert_eq!(draft.text(field, 0), kept, "{field:?}");
        }
    }
}
