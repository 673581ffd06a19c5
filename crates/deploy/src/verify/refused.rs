//! Requests that a live site must reject, and its policy compared with the configuration.

use outlay_config::{Config, WORKER_SCRIPTS};

use super::checks::Live;
use super::report as row;
use crate::Outcome;
use crate::host::manifest::hash;
use crate::host::policy::CONTENT_SECURITY;

impl Live {
    /// Checks that methods other than `GET` and `HEAD` are rejected.
    pub fn methods(&mut self) -> Outcome {
        let head = self.ask("HEAD", "", &[])?;
        self.report.see(row::METHODS, head.status == 200, || {
            format!("HEAD: status {}", head.status)
        });
        self.common("", &head);
        for method in ["POST", "PUT", "DELETE", "PATCH"] {
            let answer = self.ask(method, "", &["Content-Length: 0"])?;
            self.report.see(row::METHODS, answer.status >= 400, || {
                format!("{method}: status {}", answer.status)
            });
            self.common(method, &answer);
        }
        Ok(())
    }

    /// The origins that `connect-src` names: those of the configuration for the scripts that start a
    /// worker, the site's own for everything else.
    pub fn policy_of_the_configuration(&mut self) -> Outcome {
        let with_own = |servers: Vec<String>| {
            let own = std::iter::once("'self'".to_owned());
            own.chain(servers).collect::<Vec<_>>()
        };
        let of_workers = WORKER_SCRIPTS.map(|path| (path, with_own(self.policy.origins(path))));
        let of_pages = ["", "config.json"].map(|path| (path, with_own(Vec::new())));
        for (path, expected) in of_workers.into_iter().chain(of_pages) {
            let answer = self.get(path)?;
            let served = answer.header(CONTENT_SECURITY).unwrap_or_default();
            let connects: Vec<_> = served
                .split([';', ','])
                .filter_map(|part| part.trim().strip_prefix("connect-src "))
                .collect();
            let right = connects
                .iter()
                .any(|connect| connect.split_whitespace().eq(expected.iter()));
            self.report.see(row::CONNECT, right, || {
                let (found, expected) = (connects.join("` and `"), expected.join(" "));
                format!("/{path}: connect-src is `{found}`, not `{expected}`")
            });
        }
        Ok(())
    }

    /// How long an authorization code may be: the client takes a callback of 16 kB.
    pub fn callback_length(&mut self) -> Outcome {
        let page = self.hash_of("index.html");
        let mut longest = 0;
        for letters in [3_000, 7_900, 15_000] {
            let code = "c".repeat(letters);
            let path = format!("callback/verify?code={code}&state=verify");
            // A host may cut the connection instead of answering.
            let answer = self.get(&path).unwrap_or_default();
            if hash(&answer.body) != page {
                break;
            }
            longest = letters;
        }
        self.report.see(row::CALLBACK, longest > 0, || {
            "a callback with a code of 3,000 letters does not lead to the page".to_owned()
        });
        if (1..15_000).contains(&longest) {
            self.report.note(format!(
                "a code of {longest} letters comes back here, one of twice that or 15,000 does not"
            ));
        }
        Ok(())
    }

    /// No response may become a service worker. Without a proxy, a host that cannot refuse is accepted:
    /// only files of the build could become one, and none of them intercepts requests.
    pub fn service_workers(&mut self, config: &Config) -> Outcome {
        let below = format!("{}/", self.origin);
        let proxied = config.profiles.iter().any(|profile| {
            profile.token_endpoint.starts_with(&below) || profile.api_base.starts_with(&below)
        });
        let mut paths = vec![format!("{}vault.js", self.base), self.base.clone()];
        for profile in &config.profiles {
            if let Some(path) = profile.api_base.strip_prefix(&self.origin) {
                paths.push(format!("{path}/outlay-verify"));
            }
        }
        for path in paths {
            let url = format!("{}{path}", self.origin);
            let headers = [
                "Service-Worker: script",
                "Sec-Fetch-Site: same-origin",
                "Sec-Fetch-Dest: serviceworker",
            ];
            let answer = self.fetch.ask("GET", &url, &headers)?;
            let refused = matches!(answer.status, 403 | 404);
            if refused || proxied {
                self.report.see(row::SERVICE_WORKER, refused, || {
                    format!("{path} for a service worker: status {}", answer.status)
                });
            } else {
                self.report.note(format!(
                    "{path} is sent for a service worker too: this kind of host cannot refuse that"
                ));
            }
        }
        Ok(())
    }

    /// Checks that the address without TLS redirects to the one with TLS.
    pub fn without_tls(&mut self) -> Outcome {
        let plain = self.origin.replacen("https:", "http:", 1);
        // A site on its own port has no second port.
        if plain.matches(':').count() > 1 {
            return Ok(());
        }
        // A closed port is as good.
        let Ok(answer) = self.fetch.ask("GET", &format!("{plain}{}", self.base), &[]) else {
            return Ok(());
        };
        let to = answer.header("Location").unwrap_or_default();
        let own = to
            .strip_prefix(&self.origin)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        let right = (300..400).contains(&answer.status) && own;
        self.report.see(row::HEADERS, right, || {
            format!(
                "{plain} answers with status {} and leads to `{to}`",
                answer.status
            )
        });
        Ok(())
    }
}
