//! Requests that a live proxy must reject itself: a response of the upstream is wrong, whatever it says. No
//! request here would redeem anything if it were passed on.

use outlay_config::{Config, Profile};

use super::checks::Live;
use super::report as row;
use crate::Outcome;
use crate::host::grammar::FORM;
use crate::host::manifest::hash;
use crate::host::route::REFUSED;

/// A request that must not be passed on.
struct ProxyRequest {
    method: &'static str,
    url: String,
    fetch_site: Option<&'static str>,
    /// What the browser would make of the answer.
    fetch_dest: Option<&'static str>,
    origin: Option<String>,
    kind: &'static str,
    form: Option<String>,
}

impl Live {
    /// Checks every path of the site that a proxy forwards.
    pub fn proxy(&mut self, config: &Config) -> Outcome {
        let below = format!("{}/", self.origin);
        for profile in &config.profiles {
            if profile.token_endpoint.starts_with(&below) {
                for probe in self.token(profile) {
                    self.refuses(&probe)?;
                }
            }
            if profile.api_base.starts_with(&below) {
                for probe in self.api(profile) {
                    self.refuses(&probe)?;
                }
            }
        }
        Ok(())
    }

    fn refuses(&mut self, probe: &ProxyRequest) -> Outcome {
        let mut headers = vec![format!("Content-Type: {}", probe.kind)];
        headers.extend(
            probe
                .fetch_site
                .map(|site| format!("Sec-Fetch-Site: {site}")),
        );
        headers.extend(
            probe
                .fetch_dest
                .map(|dest| format!("Sec-Fetch-Dest: {dest}")),
        );
        let origin = probe.origin.as_ref();
        headers.extend(origin.map(|origin| format!("Origin: {origin}")));
        let headers: Vec<_> = headers.iter().map(String::as_str).collect();
        let (method, url) = (probe.method, &probe.url);
        let answer = self
            .fetch
            .send(method, url, &headers, probe.form.as_deref())?;
        let own = answer.header(REFUSED).as_deref() == Some("refused");
        // A path that leads out of the proxy's may be the page's.
        let page = answer.content().map(|content| hash(&content));
        let page = answer.status == 200 && page == Ok(self.hash_of("index.html"));
        let right = ((400..500).contains(&answer.status) && own) || page;
        self.report.see(row::PROXY, right, || {
            format!(
                "{method} {url} with {headers:?} and `{}`: status {}{}",
                probe.form.as_deref().unwrap_or_default(),
                answer.status,
                if own {
                    ""
                } else {
                    ", and not of the proxy's own"
                }
            )
        });
        let path = url.strip_prefix(&self.origin).unwrap_or(url);
        self.common(path.trim_start_matches('/'), &answer);
        Ok(())
    }

    /// The right request for a token that never was, and each thing that can be wrong with it.
    fn token(&self, profile: &Profile) -> Vec<ProxyRequest> {
        let url = &profile.token_endpoint;
        let folder = url.rsplit_once('/').map_or("", |(folder, _)| folder);
        let client = profile.client_id.as_deref().unwrap_or("outlay-verify");
        let form =
            format!("grant_type=refresh_token&refresh_token=outlay-verify&client_id={client}");
        let right = || ProxyRequest {
            method: "POST",
            url: url.clone(),
            fetch_site: Some("same-origin"),
            fetch_dest: Some("empty"),
            origin: Some(self.origin.clone()),
            kind: FORM,
            form: Some(form.clone()),
        };
        let with = |form: String| ProxyRequest {
            form: Some(form),
            ..right()
        };
        vec![
            ProxyRequest {
                method: "GET",
                form: None,
                ..right()
            },
            ProxyRequest {
                fetch_site: Some("cross-site"),
                ..right()
            },
            ProxyRequest {
                fetch_site: None,
                ..right()
            },
            ProxyRequest {
                fetch_dest: Some("document"),
                ..right()
            },
            ProxyRequest {
                origin: Some("https://elsewhere.example".to_owned()),
                ..right()
            },
            ProxyRequest {
                origin: None,
                ..right()
            },
            ProxyRequest {
                kind: "text/plain",
                ..right()
            },
            ProxyRequest {
                url: format!("{url}?outlay=verify"),
                ..right()
            },
            ProxyRequest {
                url: format!("{folder}/introspect"),
                ..right()
            },
            with("grant_type=outlay-verify".to_owned()),
            with(String::new()),
            with(format!("{form}&refresh_token=outlay-verify")),
            with(format!("{form}&grant_type=outlay-verify")),
        ]
    }

    /// Calls without a bearer, of a path that no server has.
    fn api(&self, profile: &Profile) -> Vec<ProxyRequest> {
        let call = |path: &str, fetch_site| ProxyRequest {
            method: "GET",
            url: format!("{}/{path}", profile.api_base),
            fetch_site,
            fetch_dest: Some("empty"),
            origin: None,
            kind: "application/json",
            form: None,
        };
        let made_into = |dest| ProxyRequest {
            fetch_dest: Some(dest),
            ..call("outlay-verify", Some("same-origin"))
        };
        vec![
            made_into("document"),
            made_into("iframe"),
            made_into("script"),
            made_into("worker"),
            made_into("serviceworker"),
            call("outlay-verify", Some("cross-site")),
            call("outlay-verify", None),
            call("../outlay-verify", Some("same-origin")),
            call("x/%2e%2e/outlay-verify", Some("same-origin")),
            call("x%2f..%2foutlay-verify", Some("same-origin")),
        ]
    }
}
