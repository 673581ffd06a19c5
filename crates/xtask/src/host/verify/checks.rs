//! What is asked of a live site, and what has to come.

use outlay_config::Config;

use super::fetch::{Answer, Fetch};
use super::report::{self as row, Report};
use crate::Outcome;
use crate::host::manifest::hash;
use crate::host::policy::Policy;

/// A live site and the build that it should be.
pub struct Live {
    pub fetch: Fetch,
    pub origin: String,
    pub base: String,
    pub policy: Policy,
    /// Name and hash of every file.
    pub files: Vec<(String, String)>,
    pub report: Report,
}

/// Routes that no build names, and some that each does.
const ROUTES: [&str; 4] = ["", "entries", "a/route/nobody/knows", "connect"];
const CALLBACK: &str = "callback/verify";
/// Files that no build holds, one of them by a name that looks hashed.
const MISSING: [&str; 3] = [
    "outlay-0123456789abcdef.js",
    "nothing.js",
    "nothing/vault.js",
];
const HIDDEN: [&str; 3] = [".env", "_headers", ".git/config"];

impl Live {
    /// Everything that can be judged from outside.
    pub fn all(mut self, config: &Config) -> Outcome<Report> {
        self.every_file()?;
        self.routes()?;
        self.missing()?;
        self.methods()?;
        self.policy_of_the_configuration()?;
        if self.policy.https {
            self.without_tls()?;
        }
        self.proxy(config)?;
        Ok(self.report)
    }

    fn ask(&self, method: &str, path: &str, headers: &[&str]) -> Outcome<Answer> {
        let url = format!("{}{}{path}", self.origin, self.base);
        self.fetch.ask(method, &url, headers)
    }

    fn get(&self, path: &str) -> Outcome<Answer> {
        self.ask("GET", path, &["Accept-Encoding: identity"])
    }

    fn hash_of(&self, name: &str) -> String {
        let found = self.files.iter().find(|(file, _)| file == name);
        found.map(|(_, hash)| hash.clone()).unwrap_or_default()
    }

    fn every_file(&mut self) -> Outcome {
        let files = self.files.clone();
        for (name, expected) in files {
            if name.starts_with('_') || name.ends_with(".br") || name.ends_with(".gz") {
                continue;
            }
            let mut answer = self.get(&name)?;
            // Some hosts give the page its folder's address and no other.
            if (300..400).contains(&answer.status) && name.ends_with(".html") {
                answer = self.get("")?;
            }
            let found = hash(&answer.body);
            self.report.see(
                row::FILES,
                answer.status == 200 && found == expected,
                || format!("/{name}: status {}, SHA-256 {found}", answer.status),
            );
            let kind = answer.header("Content-Type").unwrap_or_default();
            self.report.see(row::HEADERS, suits(&name, &kind), || {
                format!("/{name}: Content-Type is `{kind}`")
            });
            self.common(&name, &answer);
            self.kept(&name, &answer);
        }
        Ok(())
    }

    /// The headers that every answer bears.
    fn common(&mut self, path: &str, answer: &Answer) {
        for (name, expected) in self.policy.common() {
            let of = match name {
                "Content-Security-Policy" => row::POLICY,
                "Cross-Origin-Opener-Policy" => row::OPENER,
                _ => row::HEADERS,
            };
            let found = answer.header(name);
            let right = if name == "Strict-Transport-Security" {
                found.as_deref().is_some_and(a_year)
            } else {
                found.as_deref() == Some(&*expected)
            };
            self.report.see(of, right, || match found {
                None => format!("/{path} ({}): {name} is missing", answer.status),
                Some(found) => format!("/{path} ({}): {name} is `{found}`", answer.status),
            });
        }
    }

    fn kept(&mut self, path: &str, answer: &Answer) {
        let expected = self.policy.kept(&format!("{}{path}", self.base));
        let found = answer.header("Cache-Control").unwrap_or_default();
        let right = same_keeping(&found, &expected);
        self.report.see(row::KEPT, right, || {
            format!("/{path}: Cache-Control is `{found}`, not `{expected}`")
        });
    }

    fn routes(&mut self) -> Outcome {
        let page = self.hash_of("index.html");
        for route in ROUTES {
            let answer = self.get(route)?;
            // Hosts without a fallback of their own send the same page as 404.html.
            let right = matches!(answer.status, 200 | 404) && hash(&answer.body) == page;
            self.report.see(row::FALLBACK, right, || {
                format!("/{route}: status {}, and not the page", answer.status)
            });
            self.common(route, &answer);
            self.kept(route, &answer);
        }
        let asked = format!("{CALLBACK}?code=verify&state=verify");
        let answer = self.get(&asked)?;
        self.report
            .see(row::FALLBACK, hash(&answer.body) == page, || {
                format!("/{CALLBACK}: status {}, and not the page", answer.status)
            });
        self.common(CALLBACK, &answer);
        let kept = answer.header("Cache-Control").unwrap_or_default();
        self.report
            .see(row::CALLBACK, kept.contains("no-store"), || {
                format!("/{CALLBACK}: Cache-Control is `{kept}`")
            });
        let html = String::from_utf8_lossy(&answer.body).into_owned();
        for address in addresses(&html) {
            let own = address.starts_with('/') && !address.starts_with("//");
            self.report.see(row::CALLBACK_PAGE, own, || {
                format!("the page names {address}")
            });
            if address.ends_with(".js") {
                self.report
                    .see(row::FILES, self.policy.immutable(&address), || {
                        format!("the page loads {address}, whose name holds no hash")
                    });
            }
        }
        Ok(())
    }

    fn missing(&mut self) -> Outcome {
        for path in MISSING {
            let answer = self.get(path)?;
            self.report.see(row::FALLBACK, answer.status == 404, || {
                format!("/{path}: status {} instead of 404", answer.status)
            });
            self.common(path, &answer);
            let kept = answer.header("Cache-Control").unwrap_or_default();
            self.report.see(row::KEPT, !kept.contains("immutable"), || {
                format!("/{path} is missing, and that is kept: `{kept}`")
            });
        }
        let page = self.hash_of("index.html");
        for path in HIDDEN {
            let answer = self.get(path)?;
            let shown = answer.status == 200 && hash(&answer.body) != page;
            self.report
                .see(row::FALLBACK, !shown, || format!("/{path} is served"));
        }
        Ok(())
    }

    fn methods(&mut self) -> Outcome {
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
    fn policy_of_the_configuration(&mut self) -> Outcome {
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

    fn without_tls(&mut self) -> Outcome {
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
    fn proxy(&mut self, config: &Config) -> Outcome {
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

fn suits(name: &str, kind: &str) -> bool {
    let essence = kind.split(';').next().unwrap_or_default().trim();
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => essence == "text/html",
        "css" => essence == "text/css",
        "js" => ["text/javascript", "application/javascript"].contains(&essence),
        "wasm" => essence == "application/wasm",
        "json" => essence == "application/json",
        "svg" => essence == "image/svg+xml",
        _ => true,
    }
}

fn a_year(hsts: &str) -> bool {
    hsts.split(';')
        .find_map(|part| part.trim().strip_prefix("max-age="))
        .and_then(|age| age.trim_matches('"').parse::<u64>().ok())
        .is_some_and(|age| age >= 31_536_000)
}

/// Whether both let an answer be kept equally long; hosts write "ask first" in several ways.
fn same_keeping(found: &str, expected: &str) -> bool {
    let asks_first = found.contains("no-store")
        || found.contains("no-cache")
        || (found.contains("max-age=0") && found.contains("must-revalidate"));
    found == expected || (expected == "no-cache" && asks_first && !found.contains("immutable"))
}

/// What the page's markup loads or links to.
fn addresses(html: &str) -> Vec<String> {
    ["src=\"", "href=\"", "data-module=\"", "data-wasm=\""]
        .iter()
        .flat_map(|attribute| html.split(attribute).skip(1))
        .filter_map(|rest| rest.split('"').next())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_page_names_is_found() {
        let html = r#"<link href="/a.css"><script src="//evil.example/x.js"></script><meta data-module="/b-0123456789abcdef.js">"#;
        assert_eq!(
            addresses(html),
            ["//evil.example/x.js", "/a.css", "/b-0123456789abcdef.js"]
        );
    }

    #[test]
    fn hosts_may_say_ask_first_in_their_own_words() {
        for found in ["no-cache", "no-store", "public, max-age=0, must-revalidate"] {
            assert!(same_keeping(found, "no-cache"), "{found}");
        }
        for found in ["", "max-age=60", "public, max-age=31536000, immutable"] {
            assert!(!same_keeping(found, "no-cache"), "{found}");
        }
        assert!(!same_keeping("no-cache", "no-store"));
    }

    #[test]
    fn a_year_is_a_year_or_more() {
        assert!(a_year("max-age=31536000") && a_year("includeSubDomains; max-age=63072000"));
        assert!(!a_year("max-age=3600") && !a_year(""));
    }

    #[test]
    fn each_file_has_its_kind() {
        assert!(
            suits("a.wasm", "application/wasm") && !suits("a.wasm", "application/octet-stream")
        );
        assert!(suits("a.js", "text/javascript; charset=utf-8") && !suits("a.js", "text/html"));
    }
}
