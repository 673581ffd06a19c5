//! `docs/registration.md` is made from the tables: `OUTLAY_WRITE_DOCS=1 cargo test -p outlay-pleo`
//! writes it anew.

use outlay_pleo::registration::{
    Environment, FaultRule, FindingLevel, Purpose, RegistrationRule, RuleSource, TERMS,
    least_scopes,
};
use std::fs;
use std::path::Path;

const HEAD: &str = "# Registering a client at Pleo

Every rule that `/register` holds a form against, with its stable code. Everything here comes from
`crates/pleo/src/registration`. Pleo's pages give no limits in numbers: those are advice of this app.

";

fn link(source: &RuleSource) -> String {
    match source.url {
        Some(url) => format!("[{}]({url})", source.name),
        None => source.name.to_owned(),
    }
}

fn plain(text: &str) -> String {
    text.replace('*', "\\*").replace('<', "\\<")
}

fn document() -> String {
    let mut document = HEAD.to_owned();
    document.push_str(
        "| code | level | what is wrong | what to do | source |\n| --- | --- | --- | --- | --- |\n",
    );
    for rule in RegistrationRule::ALL {
        let level = match rule.level() {
            FindingLevel::Error => "error",
            FindingLevel::Warning => "warning",
        };
        document.push_str(&format!(
            "| `{}` | {level} | {} | {} | {} |\n",
            rule.code(),
            plain(rule.what()),
            plain(rule.fix()),
            link(rule.source())
        ));
    }
    document.push_str("\n## Files\n\nA saved package is refused for one of these.\n\n| code | what is wrong | what to do |\n| --- | --- | --- |\n");
    for rule in FaultRule::ALL {
        let (what, fix) = (plain(rule.what()), plain(rule.fix()));
        document.push_str(&format!("| `{}` | {what} | {fix} |\n", rule.code()));
    }
    document.push_str("\n## Scopes by purpose\n\n| purpose | least scopes, staging | least scopes, production |\n| --- | --- | --- |\n");
    for &purpose in Purpose::ALL {
        let cell = |environment| {
            let scopes = least_scopes(&[purpose], environment);
            let scopes: Vec<_> = scopes.iter().map(|it| format!("`{it}`")).collect();
            scopes.join(" ")
        };
        let (staging, production) = (cell(Environment::Staging), cell(Environment::Production));
        document.push_str(&format!(
            "| {} | {staging} | {production} |\n",
            purpose.label()
        ));
    }
    document.push_str("\n## Terms\n");
    for term in TERMS {
        let meaning = plain(term.meaning);
        document.push_str(&format!(
            "\n**{}.** {meaning} ({})\n",
            term.name,
            link(term.source)
        ));
    }
    document
}

#[test]
fn registration_document_matches_the_tables() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/registration.md");
    if std::env::var_os("OUTLAY_WRITE_DOCS").is_some() {
        fs::write(&path, document()).unwrap();
    }
    let hint = "write it anew: OUTLAY_WRITE_DOCS=1 cargo test -p outlay-pleo --test registration";
    assert!(fs::read_to_string(&path).unwrap() == document(), "{hint}");
}
