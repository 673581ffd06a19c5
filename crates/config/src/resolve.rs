//! The file at the place where it is served: the rules that need the page's own origin.

use crate::config::{Config, Profile};
use crate::document::Document;
use crate::location::{Location, Scheme};
use crate::problem::Problem;
use crate::profile::{Draft, Target};
use crate::site::Site;

impl Document {
    /// The configuration of a page served at `site`.
    ///
    /// # Errors
    ///
    /// Every [`Problem`] that the file has at this place, not only the first.
    pub fn resolve(&self, site: &Site) -> Result<Config, Vec<Problem>> {
        let mut problems = Vec::new();
        let mut profiles = Vec::new();
        for (at, draft) in self.profiles.iter().enumerate() {
            let prefix = ["profiles[", &at.to_string(), "]."].concat();
            let mut place = Place {
                prefix,
                site,
                problems: &mut problems,
            };
            profiles.push(place.profile(draft));
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        Ok(Config {
            profiles,
            idle_sign_out_minutes: self.idle_sign_out_minutes,
            absolute_sign_out_hours: self.absolute_sign_out_hours,
        })
    }
}

/// One profile of the file at one site.
struct Place<'a> {
    prefix: String,
    site: &'a Site,
    problems: &'a mut Vec<Problem>,
}

impl Place<'_> {
    fn profile(&mut self, draft: &Draft) -> Profile {
        self.foreign("authorizationServer", &draft.authorization_server);
        if draft.authorization_endpoint.origin() != draft.authorization_server.origin() {
            self.foreign("authorizationEndpoint", &draft.authorization_endpoint);
        }
        let redirect_uri = self.site.redirect_uri(&draft.id);
        if let Some(given) = &draft.redirect_uri
            && given.to_string() != redirect_uri
        {
            let fix = [
                "At this address it is ",
                &redirect_uri,
                "; leave the key out to get that.",
            ];
            self.problem(
                "redirectUri",
                "does not lead back to this page",
                &fix.concat(),
            );
        }
        let revocation = draft.revocation_endpoint.as_ref();
        Profile {
            id: draft.id.clone(),
            name: draft.name.clone(),
            kind: draft.kind,
            authorization_endpoint: draft.authorization_endpoint.to_string(),
            token_endpoint: self.target("tokenEndpoint", &draft.token_endpoint, draft),
            revocation_endpoint: revocation.map(|it| self.target("revocationEndpoint", it, draft)),
            api_base: self.target("apiBase", &draft.api_base, draft),
            issuer: draft.issuer.clone(),
            redirect_uri,
            client_id: draft.client_id.clone(),
            scopes: draft.scopes.clone(),
            refresh_grace_seconds: draft.refresh_grace_seconds,
            subject: draft.subject.clone(),
        }
    }

    /// The user logs in there, so it must not be this site.
    fn foreign(&mut self, key: &str, location: &Location) {
        self.plain_http(key, location);
        if location.origin() == self.site.origin() {
            self.problem(
                key,
                "is on this site's own origin",
                "Name the authorization server's own address; nobody logs in on this site.",
            );
        }
    }

    fn target(&mut self, key: &str, target: &Target, draft: &Draft) -> String {
        match target {
            Target::Path(path) => [self.site.origin(), path].concat(),
            // What is wrong with the authorization server's origin is told once, under its own key.
            Target::Absolute(location)
                if location.origin() == draft.authorization_server.origin() =>
            {
                location.to_string()
            }
            Target::Absolute(location) => {
                self.plain_http(key, location);
                if location.origin() == self.site.origin() && location.path.len() < 2 {
                    self.problem(
                        key,
                        "is the whole of this site's own origin",
                        "Give the proxy a path of its own, such as /pleo-api.",
                    );
                }
                location.to_string()
            }
        }
    }

    fn plain_http(&mut self, key: &str, location: &Location) {
        if location.scheme == Scheme::Http && !self.site.is_loopback() {
            self.problem(
                key,
                "is plain http, and this site is not on localhost",
                "Use https.",
            );
        }
    }

    fn problem(&mut self, key: &str, message: &str, fix: &str) {
        let key = [&self.prefix, key].concat();
        self.problems.push(Problem::new(key, message, fix));
    }
}
