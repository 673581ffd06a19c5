//! The file at the place where it is served: the rules that need the page's own origin.

use crate::config::{Config, EnvironmentKind, Profile};
use crate::document::{Document, DocumentEntry};
use crate::keys::{FILE, KeyPath};
use crate::location::Location;
use crate::problem::{ConfigRule, Problem};
use crate::site::Site;
use outlay_wire::decimal;

impl Document {
    /// The configuration of a page served at `site`.
    ///
    /// # Errors
    ///
    /// Every [`Problem`] that the file has at this place, not only the first.
    pub fn resolve(&self, site: &Site) -> Result<Config, Vec<Problem>> {
        let mut problems = Vec::new();
        let mut profiles = Vec::new();
        for (at, entry) in self.profiles().enumerate() {
            let mut address = TargetAddress {
                prefix: ["profiles[", &*decimal(at as u64), "]."].concat(),
                site,
                server: entry
                    .text(KeyPath::Server)
                    .unwrap_or("")
                    .trim_end_matches('/'),
                problems: &mut problems,
            };
            profiles.push(address.profile(entry));
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let [idle, absolute, ..] = &FILE;
        Ok(Config {
            profiles,
            idle_sign_out_minutes: self.number(idle),
            absolute_sign_out_hours: self.number(absolute),
        })
    }
}

/// One profile of the file at one site.
struct TargetAddress<'a> {
    prefix: String,
    site: &'a Site,
    /// The authorization server's address, without a slash at its end.
    server: &'a str,
    problems: &'a mut Vec<Problem>,
}

impl TargetAddress<'_> {
    fn profile(&mut self, entry: DocumentEntry<'_>) -> Profile {
        let id = entry.text(KeyPath::Id).unwrap_or("");
        let text = |at| entry.text(at).map(str::to_owned);
        let below = |path: &str| [self.server, path].concat();
        let authorize = text(KeyPath::Authorize).unwrap_or_else(|| below("/oauth/authorize"));
        let token = text(KeyPath::Token).unwrap_or_else(|| below("/oauth/token"));
        let api = entry.text(KeyPath::Api).unwrap_or("");
        let redirect_uri = self.site.redirect_uri(id);
        self.absolute(KeyPath::Server, self.server.to_owned());
        if entry
            .text(KeyPath::Redirect)
            .is_some_and(|given| given != redirect_uri)
        {
            self.note(KeyPath::Redirect, ConfigRule::CallbackElsewhere);
        }
        let is_insecure = |origin| Location::parse(origin).is_ok_and(|it| !it.is_https());
        if !self.site.is_loopback() && entry.list(KeyPath::Receipts).any(is_insecure) {
            self.note(KeyPath::Receipts, ConfigRule::PlainHttpHere);
        }
        Profile {
            id: id.to_owned(),
            name: entry.text(KeyPath::Name).unwrap_or(id).to_owned(),
            kind: match entry.text(KeyPath::Kind) {
                Some("staging") => EnvironmentKind::Staging,
                Some("sandbox") => EnvironmentKind::Sandbox,
                _ => EnvironmentKind::Production,
            },
            authorization_endpoint: self.absolute(KeyPath::Authorize, authorize),
            token_endpoint: self.absolute(KeyPath::Token, token),
            revocation_endpoint: text(KeyPath::Revoke).map(|it| self.absolute(KeyPath::Revoke, it)),
            api_base: self.absolute(KeyPath::Api, api.trim_end_matches('/').to_owned()),
            issuer: text(KeyPath::Issuer),
            redirect_uri,
            client_id: text(KeyPath::ClientId),
            scopes: entry.list(KeyPath::Scopes).map(str::to_owned).collect(),
            refresh_grace_seconds: entry.number(KeyPath::Grace),
            subject: text(KeyPath::Subject),
            receipt_origins: entry.list(KeyPath::Receipts).map(str::to_owned).collect(),
        }
    }

    /// The whole of an address that may be a path of this site, judged at this place.
    fn absolute(&mut self, at: KeyPath, address: String) -> String {
        let Ok(location) = Location::parse(&address) else {
            return [self.site.origin(), &address].concat();
        };
        // What is wrong with the authorization server's origin is reported once, under its own key.
        let server = Location::parse(self.server);
        if at != KeyPath::Server && server.is_ok_and(|it| it.origin() == location.origin()) {
            return address;
        }
        if !location.is_https() && !self.site.is_loopback() {
            self.note(at, ConfigRule::PlainHttpHere);
        }
        if location.origin() == self.site.origin() {
            // The user logs in at the first two, so they must not be this site at all.
            if matches!(at, KeyPath::Server | KeyPath::Authorize) {
                self.note(at, ConfigRule::OwnOrigin);
            } else if location.path().len() < 2 {
                self.note(at, ConfigRule::WholeOrigin);
            }
        }
        address
    }

    fn note(&mut self, at: KeyPath, rule: ConfigRule) {
        let key = [&self.prefix, at.field().name].concat();
        self.problems.push(Problem::new(&key, rule));
    }
}
