//! Caddy: one Caddyfile.
//!
//! Caddy sees a request body through a placeholder; it limits no rate without a plug-in. Headers are
//! compared in expressions, which see every value of a repeated header unchanged: some releases expand
//! placeholders in the value of a `vars_regexp` once more.

use super::deployment::Deployment;
use super::template::render;
use crate::Outcome;

/// The Caddyfile.
///
/// # Errors
///
/// The template cannot be filled in.
pub fn caddyfile(deployment: &Deployment) -> Outcome<String> {
    render("Caddyfile", deployment)
}

#[cfg(test)]
mod tests {
    use super::super::deployment::tests::{PLEO, PROXIED, at, deployment, secret_of, two};
    use super::super::placement::Placement;
    use super::*;

    fn text(config: &str, placement: &Placement) -> String {
        caddyfile(&deployment(config, placement).unwrap()).unwrap()
    }

    #[test]
    fn headers_and_policy_match_the_configuration_without_proxy() {
        let plain = deployment(PLEO, &at("https://spend.example")).unwrap();
        let text = caddyfile(&plain).unwrap();
        for (name, value) in plain.policy.common() {
            assert!(text.contains(&format!("\t{name} \"{value}\"\n")));
        }
        let policy = plain.policy.of_vault();
        let workers = format!(
            "\t\t@worker1 path_regexp ^/vault\\.js$\n\
             \t\theader @worker1 Content-Security-Policy \"{policy}\"\n\
             \t\t@worker2 path_regexp ^/probe\\.js$\n\
             \t\theader @worker2 Content-Security-Policy \"{policy}\"\n"
        );
        assert!(text.contains(&workers) && workers.contains("external.pleo.io"));
        assert!(text.contains("\nhttps://spend.example {\n"));
        assert!(!text.contains("reverse_proxy") && !text.contains("bind"));
    }

    #[test]
    fn operator_files_are_imported_first_and_admin_endpoint_is_off() {
        let text = text(PLEO, &at("https://spend.example"));
        let (before, route) = text.split_once("\troute {\n").unwrap();
        let first = route.lines().find(|line| !line.contains('#')).unwrap();
        assert_eq!(first, "\t\timport outlay/fence*.caddy");
        assert!(before.contains("\timport outlay/global*.caddy\n}"));
        assert!(before.contains("\timport outlay/site*.caddy\n"));
        assert!(before.contains("\n\tadmin off\n") && before.contains("\tprotocols h1 h2\n"));
        assert_eq!(before.matches("request>headers delete").count(), 2);
    }

    #[test]
    fn secret_is_read_from_the_environment_only_for_a_confidential_client() {
        let public = at("https://spend.example");
        assert!(!text(PROXIED, &public).contains("Basic"));
        let confidential = Placement {
            confidential: true,
            ..public
        };
        assert!(text(PROXIED, &confidential).contains("\"Basic {env.OUTLAY_BASIC_PLEO}\""));
    }

    #[test]
    fn secret_of_a_profile_is_sent_only_to_its_server() {
        let text = text(&two(), &secret_of("mock-2"));
        assert_eq!(text.matches("{env.").count(), 2);
        let (before, after) = text
            .split_once("\"Basic {env.OUTLAY_BASIC_MOCK_2}\"")
            .unwrap();
        let server = before.rsplit("reverse_proxy ").next().unwrap();
        assert!(server.starts_with("https://mock.example {"), "{server}");
        assert!(!after.contains("Basic"));
    }

    #[test]
    fn all_request_headers_but_host_are_removed() {
        let text = text(PROXIED, &at("https://spend.example"));
        let removed: Vec<_> = text
            .lines()
            .filter_map(|line| line.strip_prefix("\trequest_header -*")?.strip_suffix('*'))
            .collect();
        for name in [
            "cookie",
            "authorization",
            "x-forwarded-for",
            "te",
            "dnt",
            "origin",
        ] {
            assert!(removed.iter().any(|letter| name.contains(letter)), "{name}");
        }
        assert!(!removed.iter().any(|letter| "host".contains(letter)));
    }
}
