//! What a live site has to refuse, and the policy beside the configuration.

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
            self.common(method, &answer);
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
        // Beside a port of its own there is no other.
        if plain.matches(':').count() > 1 {
            return Ok(());
        }
        // Nobody listening there is as good.
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
