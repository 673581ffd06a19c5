//! Markdown, RFC 7591 metadata and `config.json`, each read by somebody else's parser.

use crate::good;
use outlay_config::{Document, Site, VAULT_SCRIPT, worker_policy};
use outlay_pleo::registration::{ClientKind, Environment, Logo, RegistrationPackage};
use outlay_wire::{Value, parse};
use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag};

/// What a Markdown reader sees: headings, and the texts in code spans; anything that could act or
/// mislead fails the test.
fn seen(markdown: &str) -> (Vec<String>, Vec<String>) {
    let mut headings = Vec::new();
    let mut codes = Vec::new();
    let mut in_heading = false;
    for event in Parser::new_ext(markdown, Options::all()) {
        match event {
            Event::Start(Tag::Heading { .. }) => {
                in_heading = true;
                headings.push(String::new());
            }
            Event::Start(
                Tag::List(None) | Tag::Item | Tag::Strong | Tag::Emphasis | Tag::Paragraph,
            )
            | Event::SoftBreak => {}
            Event::End(_) => in_heading = false,
            Event::Text(text) if in_heading => headings.last_mut().unwrap().push_str(&text),
            Event::Text(_) => {}
            Event::Code(code) => codes.push(code.to_string()),
            other => panic!("{other:?} in {markdown}"),
        }
    }
    (headings, codes)
}

const HEADINGS: [&str; 4] = [
    "Registration of an OAuth client at Pleo",
    "What users read",
    "Pages that Pleo links to",
    "Technical data",
];

#[test]
fn markdown_output_matches_the_form() {
    let markdown = good().to_markdown();
    assert!(markdown.contains("- **Client name:** `Ledger Bridge`\n"));
    assert!(markdown.contains(
        "- **Logo:** `logo.png`, `image/png`, 1024 × 1024 pixels, 40000 bytes, without transparency\n"
    ));
    assert!(markdown.contains("- **Logo URI:** *not given*\n"));
    assert!(markdown.contains("- **Scopes:**\n  - `users:read`\n  - `companies:read`\n"));
    assert!(markdown.contains("- **PKCE support:** Supported, S256\n"));
    assert_eq!(seen(&markdown).0, HEADINGS);
}

#[test]
fn typed_text_is_escaped_in_markdown() {
    for nasty in [
        "# Heading",
        "a\n# Heading",
        "a\r\n\r\n## Heading",
        "a\u{2028}# Heading",
        "[link](https://evil.example)",
        "![image](https://evil.example/a.png)",
        "<script>alert(1)</script>",
        "<a href=\"`\">`</a>",
        "https://evil.example",
        "www.evil.example",
        "a@evil.example",
        "`",
        "``",
        "` `",
        "`<b>`",
        "```\n<b>\n```",
        "a`b``c",
        " a ",
        "  ",
        "\\`<b>\\`",
        "| a | b |\n|---|---|",
        "- [ ] task",
        "**bold** _it_ ~~no~~",
        "&lt;b&gt; &#x3c;",
        "[^1]: note",
        "$x$ $$y$$",
        "\u{202e}evil",
        "\0",
        ":::",
        "+++\ntitle\n+++",
    ] {
        let package = nasty_package(nasty);
        let (headings, codes) = seen(&package.to_markdown());
        assert_eq!(headings, HEADINGS, "{nasty:?}");
        assert_eq!(codes.len(), 13, "{nasty:?}");
        let shown = shown(nasty);
        assert!(codes.iter().all(|it| *it == shown), "{codes:?} {nasty:?}");
    }
}

/// A package that says the same everywhere.
fn nasty_package(text: &str) -> RegistrationPackage {
    let text = text.to_owned();
    RegistrationPackage {
        client_name: text.clone(),
        client_uri: text.clone(),
        logo: Some(Logo {
            file_name: text.clone(),
            media_type: text.clone(),
            ..Logo::default()
        }),
        logo_uri: text.clone(),
        terms_uri: text.clone(),
        policy_uri: text.clone(),
        contacts: vec![text.clone()],
        initiation_uri: text.clone(),
        settings_uri: text.clone(),
        redirect_uris: vec![text.clone()],
        scopes: vec![text.clone(), text],
        ..RegistrationPackage::default()
    }
}

/// A text with names for control and direction characters.
fn shown(text: &str) -> String {
    let hidden = |c: char| c.is_control() || ('\u{2028}'..='\u{202e}').contains(&c);
    let mut shown = String::new();
    for character in text.chars() {
        if hidden(character) {
            shown.extend(character.escape_unicode());
        } else {
            shown.push(character);
        }
    }
    shown
}

proptest! {
    #[test]
    fn any_text_is_escaped_in_markdown(text in "[`<>\\[\\]()#*_!|&\\\\~a \n-]{1,12}") {
        let (headings, codes) = seen(&nasty_package(&text).to_markdown());
        prop_assert_eq!(headings, HEADINGS);
        prop_assert!(codes.iter().all(|it| *it == shown(&text)), "{:?}", codes);
    }
}

#[test]
fn client_metadata_uses_rfc_7591_names() {
    let metadata = parse(&good().metadata()).unwrap();
    let text = |name: &str| metadata.get(name).and_then(Value::as_str);
    let list = |name: &str| {
        let items = metadata.get(name).and_then(Value::as_list).unwrap();
        items.iter().filter_map(Value::as_str).collect::<Vec<_>>()
    };
    assert_eq!(text("client_name"), Some("Ledger Bridge"));
    assert_eq!(text("client_uri"), Some("https://ledger-bridge.eu/"));
    assert_eq!(text("tos_uri"), Some("https://ledger-bridge.eu/terms"));
    assert_eq!(
        text("policy_uri"),
        Some("https://ledger-bridge.eu/privacy#data")
    );
    assert_eq!(text("token_endpoint_auth_method"), Some("none"));
    assert_eq!(text("scope"), Some("users:read companies:read"));
    assert_eq!(list("grant_types"), ["authorization_code", "refresh_token"]);
    assert_eq!(list("response_types"), ["code"]);
    assert_eq!(list("contacts"), ["integrations@ledger-bridge.example"]);
    assert_eq!(
        list("redirect_uris"),
        ["https://app.ledger-bridge.eu/callback/pleo"]
    );
    assert_eq!(metadata.get("logo_uri"), None);

    let package = RegistrationPackage {
        client_kind: ClientKind::Confidential,
        logo_uri: "https://ledger-bridge.eu/logo.png".to_owned(),
        ..RegistrationPackage::default()
    };
    let metadata = parse(&package.metadata()).unwrap();
    let names: Vec<_> = metadata
        .as_object()
        .unwrap()
        .iter()
        .map(|it| &*it.0)
        .collect();
    assert_eq!(
        names,
        [
            "logo_uri",
            "token_endpoint_auth_method",
            "grant_types",
            "response_types"
        ]
    );
    assert_eq!(
        metadata
            .get("token_endpoint_auth_method")
            .and_then(Value::as_str),
        Some("client_secret_basic")
    );
}

#[test]
fn generated_configuration_is_valid() {
    let config = good().config("12a3b456-78c9-0d12-93f4-f567ab8cde9f");
    let document = Document::parse(&config).unwrap();
    let site = Site::new("https://app.ledger-bridge.eu", "/").unwrap();
    let resolved = document.resolve(&site).unwrap();
    let profile = resolved.profile("pleo").unwrap();
    assert_eq!(profile.name, "Ledger Bridge");
    assert_eq!(profile.kind, outlay_config::EnvironmentKind::Staging);
    assert_eq!(
        profile.token_endpoint,
        "https://auth.staging.pleo.io/oauth/token"
    );
    assert_eq!(
        profile.redirect_uri,
        "https://app.ledger-bridge.eu/callback/pleo"
    );
    assert_eq!(profile.scopes, ["users:read", "companies:read"]);
    assert!(worker_policy(&document, VAULT_SCRIPT).contains(
        "connect-src 'self' https://auth.staging.pleo.io https://external.staging.pleo.io;"
    ));
}

#[test]
fn every_environment_and_kind_makes_a_valid_configuration() {
    for &environment in Environment::ALL {
        for &client_kind in ClientKind::ALL {
            let package = RegistrationPackage {
                environment,
                client_kind,
                // Another app's callback: the profile is named after the environment.
                redirect_uris: vec!["https://app.ledger-bridge.eu/oauth".to_owned()],
                ..good()
            };
            assert_eq!(package.callback(), None);
            let document = Document::parse(&package.config("")).unwrap();
            let site = Site::new("https://app.ledger-bridge.eu", "/").unwrap();
            let resolved = document.resolve(&site).unwrap();
            let profile = resolved.profile(environment.word()).unwrap();
            assert_eq!(profile.client_id, None);
            let proxied = "https://app.ledger-bridge.eu/pleo-auth/oauth/token";
            assert_eq!(
                profile.token_endpoint == proxied,
                client_kind == ClientKind::Confidential
            );
            let production = environment == Environment::Production;
            assert_eq!(profile.api_base == "https://external.pleo.io", production);
        }
    }
}

#[test]
fn own_callback_is_found_among_redirect_uris() {
    let of = |uris: &[&str]| {
        let package = RegistrationPackage {
            redirect_uris: uris.iter().map(|&it| it.to_owned()).collect(),
            ..good()
        };
        package
            .callback()
            .map(|(id, uri)| (id.to_owned(), uri.to_owned()))
    };
    let own = "https://app.ledger-bridge.eu/spend/callback/pleo-2";
    assert_eq!(
        of(&["https://oauth.pstmn.io/v1/callback", own]),
        Some(("pleo-2".to_owned(), own.to_owned()))
    );
    for other in [
        "https://a.eu/callback",
        "https://a.eu/callback/",
        "https://a.eu/callback/Pleo",
        "https://a.eu/mycallback/x",
        "https://a.eu/callback/x?y=x",
        "https://a.eu/callback/x#x",
        "callback/x",
    ] {
        assert_eq!(of(&[other]), None, "{other}");
    }
}
