//! Where the page is served.

use crate::location::{Location, is_path};
use crate::problem::{ConfigRule, Problem};

/// Origin and base path under which the site is served.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    origin: String,
    base: String,
    loopback: bool,
}

impl Site {
    /// From `location.origin` and the site's base path, `/` or for example `/spend/`.
    ///
    /// # Errors
    ///
    /// A [`Problem`] under the key `site` if the origin is no web origin, if it is plain `http`
    /// other than loopback, or if the base does not begin and end with `/`.
    pub fn new(origin: &str, base: &str) -> Result<Self, Problem> {
        let problem = |rule| Problem::new("site", rule);
        let location = Location::parse(origin).map_err(problem)?;
        if !location.path().is_empty() {
            return Err(problem(ConfigRule::SiteOrigin));
        }
        if !location.is_https() && !location.is_loopback() {
            return Err(problem(ConfigRule::PlainHttp));
        }
        if !base.ends_with('/') || !is_path(base) {
            return Err(problem(ConfigRule::SiteBase));
        }
        Ok(Self {
            origin: origin.to_owned(),
            base: base.to_owned(),
            loopback: location.is_loopback(),
        })
    }

    /// Returns the origin as the browser serialises it, without a trailing slash.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Returns the base path; it begins and ends with `/`.
    #[must_use]
    pub fn base(&self) -> &str {
        &self.base
    }

    /// Returns whether the page is served from loopback (`localhost`, `127.0.0.1` or `[::1]`).
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        self.loopback
    }

    /// Returns the redirect URI of a profile: `callback/` and the id below the base path.
    #[must_use]
    pub fn redirect_uri(&self, profile: &str) -> String {
        let mut uri = self.origin.clone();
        uri.push_str(&self.base);
        uri.push_str("callback/");
        uri.push_str(profile);
        uri
    }
}
