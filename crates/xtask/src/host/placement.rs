//! What the command line says of the place.

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
    /// What stands behind the token path and the API path, where that does not follow.
    pub token_upstream: Option<String>,
    pub api_upstream: Option<String>,
}

impl Placement {
    /// Takes its options out of the command line.
    pub fn take(options: &mut Options) -> Outcome<Self> {
        Ok(Self {
            origin: options.value("--origin")?,
            root: options.value("--root")?,
            report_uri: options.value("--report-uri")?,
            confidential: options.flag("--confidential"),
            token_upstream: options.value("--token-upstream")?,
            api_upstream: options.value("--api-upstream")?,
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

#[cfg(test)]
mod tests {
    use super::root;

    #[test]
    fn a_root_is_a_plain_path() {
        assert_eq!(root(None).as_deref(), Ok("/srv/outlay"));
        assert_eq!(root(Some("/var/www/")).as_deref(), Ok("/var/www"));
        for wrong in ["var", "/a b", "/a;b", "/a\"", "/{b}"] {
            assert!(root(Some(wrong)).is_err(), "{wrong}");
        }
    }
}
