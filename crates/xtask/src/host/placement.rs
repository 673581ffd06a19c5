//! What the command line says of the place.

use std::fmt;

use outlay_config::Location;

use crate::Outcome;
use crate::options::Options;

/// Where a site will be, and what stands behind it.
#[derive(Debug, Clone, Default)]
pub struct Placement {
    /// The site's origin.
    pub origin: Option<String>,
    /// The folder on the server whose path `/` is.
    pub root: Option<String>,
    /// Who is to hear of a broken policy.
    pub report_uri: Option<String>,
    /// Whether the proxy adds a secret to token requests.
    pub confidential: bool,
    /// The same for the profiles that are named.
    pub confidential_for: Vec<String>,
    /// What stands behind the token paths and the API paths, where that does not follow.
    pub token_upstreams: Vec<Behind>,
    pub api_upstreams: Vec<Behind>,
    /// Who tells nginx the addresses of names behind the proxy.
    pub resolver: Option<String>,
}

/// A server behind the paths of one profile, or of the only one that needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Behind {
    pub profile: Option<String>,
    pub url: String,
}

impl Behind {
    /// `profile=URL`, or a URL alone.
    pub fn parse(text: &str) -> Self {
        let named = text.split_once('=').filter(|(id, _)| !id.contains(':'));
        Self {
            profile: named.map(|(id, _)| id.to_owned()),
            url: named.map_or(text, |(_, url)| url).to_owned(),
        }
    }
}

impl fmt::Display for Behind {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.profile {
            Some(profile) => write!(out, "{profile}={}", self.url),
            None => out.write_str(&self.url),
        }
    }
}

impl Placement {
    /// Takes its options out of the command line.
    pub fn take(options: &mut Options) -> Outcome<Self> {
        let mut behind = |name| {
            let given = options.values(name)?;
            Outcome::Ok(given.iter().map(|text| Behind::parse(text)).collect())
        };
        Ok(Self {
            token_upstreams: behind("--token-upstream")?,
            api_upstreams: behind("--api-upstream")?,
            origin: options.value("--origin")?,
            root: options.value("--root")?,
            report_uri: options.value("--report-uri")?,
            confidential: options.flag("--confidential"),
            // What is left of it is `--confidential=ID`.
            confidential_for: options.values("--confidential")?,
            resolver: options.value("--resolver")?,
        })
    }
}

/// A path that may stand in a server's configuration as it is.
pub fn root(given: Option<&str>) -> Outcome<String> {
    let root = given.unwrap_or("/srv/outlay");
    let plain = |c: char| c.is_ascii_alphanumeric() || "-._/".contains(c);
    if root.starts_with('/') && root.chars().all(plain) {
        Ok(root.trim_end_matches('/').to_owned())
    } else {
        Err(format!(
            "--root is a plain absolute path on the server, not `{root}`"
        ))
    }
}

/// What stands after nginx's `resolver`: addresses and, if wanted, its own options.
pub fn resolver(given: Option<&str>) -> Outcome<String> {
    let resolver = given.unwrap_or("127.0.0.53 valid=60s").trim();
    let plain = |c: char| c.is_ascii_alphanumeric() || "-._:[]= ".contains(c);
    if !resolver.is_empty() && resolver.chars().all(plain) {
        Ok(resolver.to_owned())
    } else {
        Err(format!(
            "--resolver is the address of a name server, as nginx takes it, not `{resolver}`"
        ))
    }
}

/// An address that may stand in a policy and in a server's configuration as it is.
pub fn report_uri(uri: &str) -> Outcome<String> {
    let (address, query) = uri.split_once('?').unwrap_or((uri, ""));
    let safe = |c: char| c.is_ascii_alphanumeric() || "-._~:/?=&%+@[]".contains(c);
    let heard = Location::parse(address).is_ok_and(|place| place.is_https() || place.is_loopback())
        && uri.chars().all(safe)
        && !query.contains('?');
    heard.then(|| uri.to_owned()).ok_or_else(|| {
        format!(
            "--report-uri is an https address (http on this machine alone) of letters, digits and \
             -._~:/?=&%+@, not `{uri}`"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_root_is_a_plain_path() {
        assert_eq!(root(None).as_deref(), Ok("/srv/outlay"));
        assert_eq!(root(Some("/var/www/")).as_deref(), Ok("/var/www"));
        for wrong in ["var", "/a b", "/a;b", "/a\"", "/{b}"] {
            assert!(root(Some(wrong)).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_resolver_may_bear_its_options_and_ends_no_line() {
        for right in ["10.0.0.2", "10.0.0.2:53 valid=30s ipv6=off", "[fd00::1]"] {
            assert_eq!(resolver(Some(right)).as_deref(), Ok(right));
        }
        for wrong in ["", " ", "10.0.0.2; root /", "a\nb", "$x"] {
            assert!(resolver(Some(wrong)).is_err(), "{wrong}");
        }
    }

    #[test]
    fn reports_go_nowhere_unencrypted_and_end_no_value() {
        for right in [
            "https://reports.example/csp?site=a&b=%20",
            "http://localhost:8787/reports",
        ] {
            assert_eq!(report_uri(right).as_deref(), Ok(right));
        }
        for wrong in [
            "http://reports.example/csp",
            "/csp",
            "https://reports.example/;script-src",
            "https://reports.example/a,b",
            "https://reports.example/{env.HOME}",
            "https://reports.example/$x",
            "https://reports.example/a?b\"c",
            "https://reports.example/a b",
        ] {
            assert!(report_uri(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn an_upstream_may_name_its_profile() {
        let both = ["mock=https://a.example/x=y", "https://a.example/x=y"];
        assert_eq!(
            both.map(|text| Behind::parse(text).profile),
            [Some("mock".to_owned()), None]
        );
        assert_eq!(both.map(|text| Behind::parse(text).to_string()), both);
    }
}
