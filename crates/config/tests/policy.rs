//! The policy and the headers, in their exact words.
#![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]

use outlay_config::{Document, POSTED_CALLBACK, headers, page_policy, worker_policy};

fn document(json: &str) -> Document {
    Document::parse(json).unwrap()
}

fn two_profiles() -> Document {
    document(
        r#"{"profiles":[
        {"id":"a","authorizationServer":"https://auth.pleo.io","apiBase":"https://external.pleo.io","scopes":["x"]},
        {"id":"b","authorizationServer":"https://auth.pleo.io","apiBase":"/proxy","scopes":["x"],
         "authorizationEndpoint":"https://login.example/authorize",
         "revocationEndpoint":"https://auth.example:8443/revoke"}
        ]}"#,
    )
}

#[test]
fn connect_src_lists_exactly_the_origins_that_the_vault_calls() {
    assert_eq!(
        worker_policy(&two_profiles(), "vault.js"),
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
         img-src 'self' blob:; worker-src 'self'; connect-src 'self' https://auth.pleo.io \
         https://external.pleo.io https://auth.example:8443; base-uri 'none'; \
         form-action 'none'; frame-ancestors 'none'; object-src 'none'"
    );
}

#[test]
fn only_worker_scripts_list_server_origins_in_the_policy() {
    let page = page_policy(&two_profiles());
    let worker = worker_policy(&two_profiles(), "vault.js");
    assert_eq!(
        page,
        worker.replace(
            " https://auth.pleo.io https://external.pleo.io https://auth.example:8443",
            ""
        )
    );
    let of = |path| headers(&two_profiles(), true, path)[0].1.clone();
    for path in ["/vault.js", "/probe.js", "/base/vault.js"] {
        assert_eq!(of(path), worker, "{path}");
    }
    for path in [
        "/",
        "/index.html",
        "/404.html",
        "/callback/a",
        "/config.json",
        "/explorer.js",
        "/workbook.js",
        "/workbench_bg.wasm",
        "/outlay-0123456789abcdef.js",
        "/vault.js/x",
        "/my-vault.js",
        "/vault.json",
        "/proxy/v1/vault",
    ] {
        assert_eq!(of(path), page, "{path}");
    }
}

#[test]
fn receipt_origins_are_in_img_src_and_in_connect_src_of_the_vault_alone() {
    let with = |receipts: [&str; 2]| {
        document(&format!(
            r#"{{"profiles":[
            {{"id":"a","authorizationServer":"https://auth.example","apiBase":"https://api.example","scopes":["x"]{}}},
            {{"id":"b","authorizationServer":"https://auth.example","apiBase":"/proxy","scopes":["x"]{}}}
            ]}}"#,
            receipts[0], receipts[1]
        ))
    };
    let without = with(["", ""]);
    let named = with([
        r#","receiptOrigins":["https://files.example","https://api.example"]"#,
        r#","receiptOrigins":["https://files.example"]"#,
    ]);
    let of = |document: &Document, path| headers(document, true, path)[0].1.clone();
    let images = "img-src 'self' blob:";
    let named_images = "img-src 'self' blob: https://files.example https://api.example";
    for path in ["/", "/entries", "/callback/a", "/config.json"] {
        let expected = of(&without, path).replace(images, named_images);
        assert_eq!(of(&named, path), expected, "{path}");
        assert!(expected.contains("connect-src 'self';"), "{path}");
    }
    let servers = "connect-src 'self' https://auth.example https://api.example";
    let probe = of(&without, "/probe.js").replace(images, named_images);
    assert_eq!(of(&named, "/probe.js"), probe);
    assert!(probe.contains(&format!("{servers};")), "{probe}");
    // An origin that is called already is not named twice.
    let vault = probe.replace(servers, &format!("{servers} https://files.example"));
    assert_eq!(of(&named, "/vault.js"), vault);
}

#[test]
fn posted_callback_response_is_quotable_and_names_the_fix() {
    assert!(POSTED_CALLBACK.is_ascii());
    assert!(!POSTED_CALLBACK.contains(['$', '{', '}', '\\', '`', '"']));
    assert!(POSTED_CALLBACK.contains("response_mode=query"));
    // nginx reads at most 4,096 bytes as one parameter.
    assert!(POSTED_CALLBACK.len() < 2_000);
}

#[test]
fn every_response_has_the_security_headers() {
    let plain = headers(&two_profiles(), false, "/entries");
    let names: Vec<_> = plain.iter().map(|(name, _)| *name).collect();
    assert_eq!(
        names,
        [
            "Content-Security-Policy",
            "Cross-Origin-Opener-Policy",
            "Cross-Origin-Resource-Policy",
            "X-Content-Type-Options",
            "Referrer-Policy",
            "Cache-Control",
        ]
    );
    let secure = headers(&two_profiles(), true, "/entries");
    assert!(secure.contains(&("Strict-Transport-Security", "max-age=31536000".to_owned())));
    assert_eq!(secure.len(), 7);
}

#[test]
fn cache_control_depends_on_the_path() {
    let table = [
        ("/", "no-cache"),
        ("/index.html", "no-cache"),
        ("/config.json", "no-cache"),
        ("/vault.js", "no-cache"),
        ("/vault_worker_bg.wasm", "no-cache"),
        ("/entries", "no-cache"),
        ("/callback/sandbox", "no-store"),
        ("/base/callback/sandbox/", "no-store"),
        ("/callback/x-0123456789abcdef.js", "no-store"),
        (
            "/outlay-0123456789abcdef.js",
            "public, max-age=31536000, immutable",
        ),
        (
            "/base/outlay-0123456789abcdef_bg.wasm",
            "public, max-age=31536000, immutable",
        ),
        (
            "/tokens-fedcba9876543210.css",
            "public, max-age=31536000, immutable",
        ),
        (
            "/scopes-f7bf121d9c9f9c2.css",
            "public, max-age=31536000, immutable",
        ),
        ("/outlay-012345678.js", "no-cache"),
        ("/outlay-0123456789abcdef0.js", "no-cache"),
        ("/outlay-0123456789abcdeg.js", "no-cache"),
        ("/outlay-0123456789abcdef", "no-cache"),
        ("/-0123456789abcdef.js", "no-cache"),
    ];
    for (path, expected) in table {
        let headers = headers(&two_profiles(), true, path);
        let found = headers.iter().find(|(name, _)| *name == "Cache-Control");
        assert_eq!(found.unwrap().1, expected, "{path}");
    }
}
