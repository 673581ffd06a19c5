//! The file at the place where it is served: the rules that need the page's own origin.

use crate::config::{Config, Kind, Profile};
use crate::document::{Document, Entry};
use crate::keys::{At, FILE};
use crate::location::Location;
use crate::problem::{Problem, Rule};
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
            let mut place = Place {
                prefix: ["profiles[", &*decimal(at as u64), "]."].concat(),
                site,
                server: entry.text(At::Server).unwrap_or("").trim_end_matches('/'),
                problems: &mut problems,
            };
            profiles.push(place.profile(entry));
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
struct Place<'a> {
    prefix: String,
    site: &'a Site,
    /// The authorization server's address, without a slash at its end.
    server: &'a str,
    problems: &'a mut Vec<Problem>,
}

impl Place<'_> {
    fn profile(&mut self, entry: Entry<'_>) -> Profile {
        let id = entry.text(At::Id).unwrap_or("");
        let text = |at| entry.text(at).map(str::to_owned);
        let below = |path: &str| [self.server, path].concat();
        let authorize = text(At::Authorize).unwrap_or_else(|| below("/oauth/authorize"));
        let token = text(At::Token).unwrap_or_else(|| below("/oauth/token"));
        let api = entry.text(At::Api).unwrap_or("");
        let redirect_uri = self.site.redirect_uri(id);
        self.absolute(At::Server, self.server.to_owned());
        if entry
            .text(At::Redirect)
            .is_some_and(|given| given != redirect_uri)
        {
            self.note(At::Redirect, Rule::CallbackElsewhere);
        }
        Profile {
            id: id.to_owned(),
            name: entry.text(At::Name).unwrap_or(id).to_owned(),
            kind: match entry.text(At::Kind) {
                Some("staging") => Kind::Staging,
                Some("sandbox") => Kind::Sandbox,
                _ => Kind::Production,
            },
            authorization_endpoint: self.absolute(At::Authorize, authorize),
            token_endpoint: self.absolute(At::Token, token),
            revocation_endpoint: text(At::Revoke).map(|it| self.absolute(At::Revoke, it)),
            api_base: self.absolute(At::Api, api.trim_end_matches('/').to_owned()),
            issuer: text(At::Issuer),
            redirect_uri,
            client_id: text(At::ClientId),
            scopes: entry.scopes(),
            refresh_grace_seconds: entry.number(At::Grace),
            subject: text(At::Subject),
        }
    }

    /// The whole of an address that may be a path of this site, judged at this place.
    fn absolute(&mut self, at: At, address: String) -> String {
        let Ok(location) = Location::parse(&address) else {
            return [self.site.origin(), &address].concat();
        };
        // What is wrong with the authorization server's origin is told once, under its own key.
        let server = Location::parse(self.server);
        if at != At::Server && server.is_ok_and(|it| it.origin() == location.origin()) {
            return address;
        }
        if !location.is_https() && !self.site.is_loopback() {
            self.note(at, Rule::PlainHttpHere);
        }
        if location.origin() == self.site.origin() {
            // The user logs in at the first two, so they must not be this site at all.
            if matches!(at, At::Server | At::Authorize) {
                self.note(at, Rule::OwnOrigin);
            } else if location.path().len() < 2 {
                self.note(at, Rule::WholeOrigin);
            }
        }
        address
    }

    fn note(&mut self, at: At, rule: Rule) {
        let key = [&self.prefix, at.field().name].concat();
        self.problems.push(Problem::new(&key, rule));
    }
}
