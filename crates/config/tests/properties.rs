//! What holds for every file, not for chosen ones.
#![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]

use outlay_config::{Document, Location, Site, headers, keys};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

fn site(local: bool) -> Site {
    let origin = if local {
        "http://localhost:8080"
    } else {
        "https://spend.example"
    };
    Site::new(origin, "/").unwrap()
}

/// Any JSON, with the product's own keys among those of its objects.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "\\PC{0,12}".prop_map(Value::from),
        text(),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec((any_key(), inner), 0..8)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

fn any_key() -> impl Strategy<Value = String> {
    let known: Vec<_> = keys::FILE.iter().chain(&keys::PROFILE).collect();
    let known = prop::sample::select(known).prop_map(|field| field.name.to_owned());
    prop_oneof![4 => known, 1 => "[a-z.\\[\\]]{0,8}"]
}

/// Addresses, near-addresses, and what could break out of a header.
fn text() -> impl Strategy<Value = Value> {
    let origin = "(https?://)?(a\\.example|localhost|127\\.0\\.0\\.1|\\[::1\\]|A|a b|a;b|a,b|)(:[0-9]{1,5})?";
    let path = "(/[a-z;,%'~\\\\ \r\n.]{0,4}){0,3}";
    let address = prop::string::string_regex(&format!("{origin}{path}")).unwrap();
    address.prop_map(Value::from)
}

/// A profile that is often sound: each key absent or with a text of the above sort.
fn any_profile() -> impl Strategy<Value = Value> {
    let addresses = [
        "authorizationServer",
        "authorizationEndpoint",
        "tokenEndpoint",
        "revocationEndpoint",
        "apiBase",
    ];
    let sound = prop::sample::select(vec![
        "https://a.example",
        "https://a.example:8443/b",
        "http://localhost:1",
        "https://spend.example/x",
        "http://127.0.0.1/p/",
        "/proxy",
        "/proxy/a/",
    ]);
    let value = prop_oneof![6 => sound.prop_map(Value::from), 1 => text()];
    prop::collection::vec(value, addresses.len()).prop_map(move |values| {
        let mut profile = Map::new();
        profile.insert("id".into(), json!("a"));
        profile.insert("scopes".into(), json!(["s"]));
        for (key, value) in addresses.into_iter().zip(values) {
            // `apiBase` and the server have to be there; of the others some are left out.
            let needed = key == "apiBase" || key == "authorizationServer";
            if needed || value.as_str().is_some_and(|text| text.len() % 2 == 0) {
                profile.insert(key.into(), value);
            }
        }
        Value::Object(profile)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn any_json_is_checked_without_panic(file in any_json(), profile in any_json()) {
        for file in [file, json!({ "profiles": [profile] })] {
            if let Err(problems) = Document::parse(&file.to_string()) {
                prop_assert!(!problems.is_empty());
                for problem in problems {
                    prop_assert!(!problem.to_string().contains(char::is_control));
                }
            }
        }
    }

    #[test]
    fn accepted_config_has_https_or_loopback_targets_and_a_well_formed_policy(
        profile in any_profile(), local in any::<bool>(),
    ) {
        let Ok(document) = Document::parse(&json!({ "profiles": [profile] }).to_string()) else {
            return Ok(());
        };
        for origin in document.connect_origins() {
            prop_assert!(origin.bytes().all(|b| b.is_ascii_graphic() && !b";,'\"".contains(&b)));
        }
        for (_, value) in headers(&document, true, "/") {
            prop_assert!(!value.contains(char::is_control));
        }
        let Ok(config) = document.resolve(&site(local)) else {
            return Ok(());
        };
        let [profile] = &config.profiles[..] else { panic!("one profile") };
        let revocation = profile.revocation_endpoint.as_deref();
        let all = [
            Some(profile.authorization_endpoint.as_str()),
            Some(profile.token_endpoint.as_str()),
            Some(profile.api_base.as_str()),
            revocation,
        ];
        for address in all.into_iter().flatten() {
            let location = Location::parse(address).unwrap();
            prop_assert!(location.is_https() || (local && location.is_loopback()), "{address}");
        }
        let login = Location::parse(&profile.authorization_endpoint).unwrap();
        prop_assert!(login.origin() != site(local).origin());
    }

    #[test]
    fn key_order_does_not_change_the_result(order in Just(ORDER.to_vec()).prop_shuffle()) {
        let fields: Vec<_> = order.iter().map(|(key, value)| format!("{key:?}:{value}")).collect();
        let file = |profile: &str| format!(r#"{{"profiles":[{{{profile}}}]}}"#);
        let shuffled = Document::parse(&file(&fields.join(","))).unwrap();
        let sorted = ORDER.map(|(key, value)| format!("{key:?}:{value}"));
        let sorted = Document::parse(&file(&sorted.join(","))).unwrap();
        prop_assert_eq!(shuffled.resolve(&site(true)), sorted.resolve(&site(true)));
    }
}

static ORDER: [(&str, &str); 7] = [
    ("id", r#""a""#),
    ("authorizationServer", r#""https://a.example/""#),
    ("apiBase", r#""/api""#),
    ("redirectUri", r#""http://localhost:8080/callback/a""#),
    ("scopes", r#"["x","y"]"#),
    ("refreshGraceSeconds", "7"),
    ("kind", r#""staging""#),
];
