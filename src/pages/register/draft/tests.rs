use outlay_pleo::registration::Environment;

use super::*;

fn rules(draft: &RegistrationDraft, field: FormField, at: Option<usize>) -> Vec<RegistrationRule> {
    let found = draft.assessment().of(field, at);
    found.into_iter().map(|it| it.rule).collect()
}

#[test]
fn empty_form_has_required_fields_and_no_errors() {
    let mut draft = RegistrationDraft::default();
    let fresh = draft.assessment();
    assert_eq!(fresh.shown, []);
    assert_eq!(fresh.first(), None);
    assert_eq!(
        fresh.summary(),
        "0 errors, 0 warnings. 10 still to be filled in."
    );
    draft.type_into(FormField::ClientName, 0, String::new());
    assert_eq!(
        rules(&draft, FormField::ClientName, None),
        [RegistrationRule::Missing]
    );
    assert!(draft.assessment().is_wrong(FormField::ClientName, 0));
    draft.touch_all();
    assert_eq!(draft.assessment().to_fill, 0);
    assert_eq!(draft.assessment().shown.len(), fresh.to_fill);
    assert_eq!(draft.assessment().first(), Some((FormField::ClientName, 0)));
}

#[test]
fn error_appears_while_typing_and_clears_when_fixed() {
    let mut draft = RegistrationDraft::default();
    for (text, expected) in [
        ("Pleo tools", &[RegistrationRule::Brand][..]),
        ("Ledger tools", &[]),
        ("", &[RegistrationRule::Missing]),
    ] {
        draft.type_into(FormField::ClientName, 0, text.to_owned());
        assert_eq!(draft.text(FormField::ClientName, 0), text);
        assert_eq!(
            rules(&draft, FormField::ClientName, None),
            expected,
            "{text}"
        );
    }
    draft.type_into(
        FormField::RedirectUris,
        0,
        "https://a.test.invalid/*".to_owned(),
    );
    assert!(
        rules(&draft, FormField::RedirectUris, Some(0))
            .contains(&RegistrationRule::RedirectWildcard)
    );
    assert_eq!(rules(&draft, FormField::RedirectUris, None), []);
}

#[test]
fn list_has_an_empty_entry_and_removal_deletes_the_right_one() {
    let mut draft = RegistrationDraft::default();
    let field = FormField::Contacts;
    assert_eq!((draft.rows(field), draft.text(field, 0)), (1, ""));
    assert_eq!(draft.add(field), 1);
    assert_eq!(draft.rows(field), 2);
    assert_eq!(draft.add(field), 2);
    for (at, text) in [(0, "a@one.example"), (1, "nonsense"), (2, "")] {
        draft.type_into(field, at, text.to_owned());
    }
    assert_eq!(
        rules(&draft, field, Some(1)),
        [RegistrationRule::ContactForm]
    );
    assert_eq!(rules(&draft, field, Some(2)), [RegistrationRule::Missing]);
    draft.remove(field, 1);
    assert_eq!(draft.package.contacts, ["a@one.example", ""]);
    assert_eq!(rules(&draft, field, Some(1)), [RegistrationRule::Missing]);
    draft.remove(field, 1);
    draft.add(field);
    assert_eq!(rules(&draft, field, Some(1)), []);
    draft.remove(field, 0);
    draft.remove(field, 0);
    draft.remove(field, 0);
    assert_eq!((draft.package.contacts.len(), draft.rows(field)), (0, 1));
}

#[test]
fn purposes_fill_minimal_scopes_and_keep_typed_values() {
    let mut draft = RegistrationDraft::default();
    draft.type_into(FormField::Scopes, 0, "vendors:read".to_owned());
    draft.add(FormField::Scopes);
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
    draft.choose(FormField::Environment, "production");
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
fn purpose_without_more_scopes_keeps_an_empty_entry() {
    let mut draft = RegistrationDraft::default();
    draft.add(FormField::Scopes);
    draft.choose(FormField::Pkce, "plain");
    assert_eq!(draft.rows(FormField::Scopes), 2);
    assert_eq!(
        rules(&draft, FormField::Pkce, None),
        [RegistrationRule::PkcePlain]
    );
    draft.choose(FormField::Environment, "production");
    assert_eq!(draft.rows(FormField::Scopes), 2);
}

#[test]
fn newest_logo_is_used_after_a_replacement() {
    let logo = |name: &str| {
        Some(Logo {
            file_name: name.to_owned(),
            ..Logo::default()
        })
    };
    let mut draft = RegistrationDraft::default();
    let first = draft.pick();
    let second = draft.pick();
    assert!(draft.set_logo(second, logo("b")));
    assert!(!draft.set_logo(first, logo("a")));
    assert_eq!(draft.package.logo, logo("b"));
    draft.replace(RegistrationPackage::default());
    assert!(!draft.set_logo(second, logo("b")));
    assert_eq!(draft.package.logo, None);
}

#[test]
fn loading_a_file_can_be_undone_by_swapping() {
    let mut draft = RegistrationDraft::default();
    draft.type_into(FormField::ClientName, 0, "Typed".to_owned());
    assert!(!draft.has_before());
    draft.undo();
    assert_eq!(draft.text(FormField::ClientName, 0), "Typed");
    draft.replace(RegistrationPackage {
        client_name: "Loaded".to_owned(),
        ..RegistrationPackage::default()
    });
    for expected in ["Loaded", "Typed", "Loaded"] {
        assert!(draft.has_before());
        assert_eq!(draft.text(FormField::ClientName, 0), expected);
        draft.undo();
    }
}

#[test]
fn summary_counts_errors_and_missing_fields() {
    let mut draft = RegistrationDraft::default();
    draft.type_into(FormField::ClientName, 0, "Pleo".to_owned());
    draft.type_into(FormField::Contacts, 0, "noreply@one.example".to_owned());
    let shown_text = draft.assessment().summary();
    assert!(
        shown_text.starts_with("1 error, 1 warning. "),
        "{shown_text}"
    );
    draft.choose(FormField::Pkce, "plain");
    let shown_text = draft.assessment().summary();
    assert!(
        shown_text.starts_with("2 errors, 1 warning. "),
        "{shown_text}"
    );
}

#[test]
fn pasted_value_is_trimmed_of_invisible_characters_and_keeps_spaces() {
    let mut draft = RegistrationDraft::default();
    for (pasted, kept) in [
        ("\u{feff}Example\u{200b}", "Example"),
        ("\u{a0}Example\r\n", "Example"),
        ("Example ", "Example "),
        ("Exa\u{200b}mple", "Exa\u{200b}mple"),
    ] {
        for field in [
            FormField::ClientName,
            FormField::ClientUri,
            FormField::RedirectUris,
            FormField::Contacts,
        ] {
            draft.type_into(field, 0, pasted.to_owned());
            assert_eq!(draft.text(field, 0), kept, "{field:?}");
        }
    }
}

#[test]
fn only_input_that_no_file_holds_is_unsaved() {
    let mut draft = RegistrationDraft::default();
    assert!(!draft.has_unsaved_input());
    draft.type_into(FormField::ClientName, 0, "Ledger tools".to_owned());
    assert!(draft.has_unsaved_input());
    draft.mark_saved();
    assert!(!draft.has_unsaved_input());
    draft.type_into(FormField::ClientName, 0, "Ledger tool".to_owned());
    assert!(draft.has_unsaved_input());
    draft.replace(RegistrationPackage::default());
    assert!(!draft.has_unsaved_input());
    draft.client_id = "0f1e2d3c".to_owned();
    assert!(draft.has_unsaved_input());
}
