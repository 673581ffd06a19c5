//! Where the site will be served, as the command line states it.

use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

use outlay_config::Location;

use crate::Outcome;

/// The site's address and the servers that its proxy forwards to.
#[derive(Debug, Clone, Default)]
pub struct Placement {
    /// Origin of the site; `None` for the one in the configuration.
    pub origin: Option<String>,
    /// Folder on the server that is served as `/`.
    pub root: Option<String>,
    /// `report-uri` of the policy, for violation reports.
    pub report_uri: Option<String>,
    /// Whether the proxy adds the client's secret to token requests of every profile.
    pub confidential: bool,
    /// Ids of the profiles whose token requests get the client secret; empty for all.
    pub confidential_for: Vec<String>,
    /// The servers for paths of token endpoints, where they do not follow from the configuration.
    pub token_upstreams: Vec<UpstreamArg>,
    /// Upstream servers of API paths.
    pub api_upstreams: Vec<UpstreamArg>,
    /// Arguments of nginx's `resolver`.
    pub resolver: Option<String>,
}

/// The server for the path of one profile, or of the only profile that needs one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UpstreamArg {
    /// Id of the profile; `None` for every profile.
    pub profile: Option<String>,
    /// Absolute URL of the server.
    pub url: String,
}

impl FromStr for UpstreamArg {
    type Err = Infallible;

    /// `profile=URL`, or a URL alone.
    fn from_str(text: &str) -> Result<Self, Infallible> {
        let named = text.split_once('=').filter(|(id, _)| !id.contains(':'));
        Ok(Self {
            profile: named.map(|(id, _)| id.to_owned()),
            url: named.map_or(text, |(_, url)| url).to_owned(),
        })
    }
}

impl fmt::Display for UpstreamArg {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.profile {
            Some(profile) => write!(out, "{profile}={}", self.url),
            None => out.write_str(&self.url),
        }
    }
}

/// Validates the folder on the server. It is written into a server's configuration without quotes,
/// so only plain paths are accepted. Default `/srv/outlay`.
///
/// # Errors
///
/// The path is relative, or has a character other than letters, digits, `-`, `.`, `_` and `/`.
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

/// Validates the arguments of nginx's `resolver`: addresses and options. Default `127.0.0.53
/// valid=60s`.
///
/// # Errors
///
/// The text is empty, or has a character that nginx would need quotes for.
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

/// Validates the report address. It is written into a policy and into a server's configuration
/// without quotes, so only characters that are safe in both are accepted.
///
/// # Errors
///
/// The address is neither `https` nor on loopback, or has another character.
pub fn report_uri(uri: &str) -> Outcome<String> {
    let (address, query) = uri.split_once('?').unwrap_or((uri, ""));
    let safe = |c: char| c.is_ascii_alphanumeric() || "-._~:/?=&%+@[]".contains(c);
    let reachable = Location::parse(address)
        .is_ok_and(|place| place.is_https() || place.is_loopback())
        && uri.chars().all(safe)
        && !query.contains('?');
    reachable.then(|| uri.to_owned()).ok_or_else(|| {
        format!(
            "--report-uri is an https address (http on this machine alone) of letters, digits and \
             -._~:/?=&%+@, not `{uri}`"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn upstream(text: &str) -> UpstreamArg {
        text.parse().unwrap()
    }

    #[test]
    fn root_must_be_a_plain_path() {
        assert_eq!(root(None).as_deref(), Ok("/srv/outlay"));
        assert_eq!(root(Some("/var/www/")).as_deref(), Ok("/var/www"));
        for wrong in ["var", "/a b", "/a;b", "/a\"", "/{b}"] {
            assert!(root(Some(wrong)).is_err(), "{wrong}");
        }
    }

    #[test]
    fn resolver_accepts_options_and_rejects_line_breaks() {
        for right in ["10.0.0.2", "10.0.0.2:53 valid=30s ipv6=off", "[fd00::1]"] {
            assert_eq!(resolver(Some(right)).as_deref(), Ok(right));
        }
        for wrong in ["", " ", "10.0.0.2; root /", "a\nb", "$x"] {
            assert!(resolver(Some(wrong)).is_err(), "{wrong}");
        }
    }

    #[test]
    fn report_uri_must_be_https_and_cannot_end_the_value() {
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
    fn upstream_may_name_a_profile() {
        let both = ["mock=https://a.example/x=y", "https://a.example/x=y"];
        assert_eq!(
            both.map(|text| upstream(text).profile),
            [Some("mock".to_owned()), None]
        );
        assert_eq!(both.map(|text| upstream(text).to_string()), both);
    }
}
