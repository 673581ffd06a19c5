//! Each operation needs its scope, in any of its spellings; where none is known, any token will do.

mod common;

use common::TestSandbox;
use outlay_sandbox::api::catalogue::CATALOGUE;

#[tokio::test]
async fn every_operation_requires_exactly_its_scope() {
    let sandbox_server = TestSandbox::with(20, None);
    let nothing = sandbox_server.token_for(0, &["test:test"]).await;
    let mut asked = 0;
    for endpoint in &CATALOGUE.operations {
        // What would end the token; `installation.rs` plays it.
        if endpoint.id == "deleteClientInstallation" {
            continue;
        }
        let path = filled(&endpoint.path);
        let line = format!("{} {path}", endpoint.method.as_str());
        let refused = sandbox_server.call(&line, &nothing, "").await;
        if endpoint.scopes.is_empty() {
            assert_ne!(refused.status, 403, "{line}");
            continue;
        }
        asked += 1;
        assert_eq!(refused.status, 403, "{line}: {}", refused.text);
        let challenge = refused.header("www-authenticate");
        assert!(challenge.contains("insufficient_scope"), "{challenge}");
        for scope in &endpoint.scopes {
            let token = sandbox_server.token_for(0, &[scope]).await;
            let answer = sandbox_server.call(&line, &token, "").await;
            let lacks = answer.text.contains("lacks the scope");
            assert!(!lacks, "{line} with {scope}: {}", answer.text);
        }
    }
    assert_eq!(asked, 60);
}

fn filled(path: &str) -> String {
    let id = "00000000-0000-4000-8000-000000000000";
    let mut parts = path.split('{');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |path, part| {
        let (_, rest) = part.split_once('}').unwrap_or_default();
        format!("{path}{id}{rest}")
    })
}
