//! What a live site has to refuse, and the policy beside the configuration.

use outlay_config::Config;

use super::checks::Live;
use super::report as row;
use crate::Outcome;

impl Live {
    /// Methods that change something.
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
        }
        Ok(())
    }

    /// The file that is served, and the policy that is served with it.
    pub fn policy_of_the_configuration(&mut self) -> Outcome {
        let answer = self.get("config.json")?;
        let served = answer.header("Content-Security-Policy").unwrap_or_default();
        let mut expected = vec!["'self'".to_owned()];
        expected.extend(self.policy.origins());
        let connect = served
            .split(';')
            .find_map(|part| part.trim().strip_prefix("connect-src "))
            .unwrap_or_default()
            .to_owned();
        let found: Vec<_> = connect.split_whitespace().collect();
        self.report.see(row::CONNECT, found == expected, || {
            format!("connect-src is `{connect}`, not `{}`", expected.join(" "))
        });
        Ok(())
    }

    /// The address without TLS leads to the one with it.
    pub fn without_tls(&mut self) -> Outcome {
        let plain = self.origin.replacen("https:", "http:", 1);
        // Nobody listening there is as good.
        let Ok(answer) = self.fetch.ask("GET", &format!("{plain}{}", self.base), &[]) else {
            return Ok(());
        };
        let to = answer.header("Location").unwrap_or_default();
        let right = (300..400).contains(&answer.status) && to.starts_with("https://");
        self.report.see(row::HEADERS, right, || {
            format!(
                "{plain} answers with status {} and leads to `{to}`",
                answer.status
            )
        });
        Ok(())
    }

    /// Only what must be refused is asked: nothing is redeemed by it.
    pub fn proxy(&mut self, config: &Config) -> Outcome {
        let form = "Content-Type: application/x-www-form-urlencoded";
        let (own, origin) = (
            "Sec-Fetch-Site: same-origin",
            format!("Origin: {}", self.origin),
        );
        for profile in &config.profiles {
            let token = &profile.token_endpoint;
            if !token.starts_with(&format!("{}/", self.origin)) {
                continue;
            }
            let folder = token.rsplit_once('/').map_or("", |(folder, _)| folder);
            let asked: [(&str, String, Vec<&str>); 5] = [
                ("GET", token.clone(), vec![own, &origin, form]),
                (
                    "POST",
                    token.clone(),
                    vec!["Sec-Fetch-Site: cross-site", &origin, form],
                ),
                (
                    "POST",
                    token.clone(),
                    vec![own, "Origin: https://elsewhere.example", form],
                ),
                ("POST", token.clone(), vec![own, &origin, form]),
                (
                    "POST",
                    format!("{folder}/introspect"),
                    vec![own, &origin, form],
                ),
            ];
            for (method, url, headers) in asked {
                let answer = self.fetch.ask(method, &url, &headers)?;
                let right = (400..500).contains(&answer.status) && answer.status != 401;
                self.report.see(row::PROXY, right, || {
                    format!("{method} {url} with {headers:?}: status {}", answer.status)
                });
                let cookie = answer.header("Set-Cookie");
                self.report.see(row::PROXY, cookie.is_none(), || {
                    format!("{url} sets a cookie")
                });
            }
        }
        Ok(())
    }
}
