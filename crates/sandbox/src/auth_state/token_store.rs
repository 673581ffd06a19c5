//! Codes, tokens and authorisations: company, lifetime and end. No I/O; the time is passed in.

use std::collections::HashMap;

use crate::auth_state::disabled_rules::DisabledRules;
use crate::clock::Millis;
use crate::counters::Counters;
use crate::secret;

/// Lifetime of a code: one minute.
const CODE_LIFE: Millis = 60_000;
/// Lifetime of a refresh token: 60 days.
const REFRESH_LIFE: Millis = 60 * 24 * 3600 * 1000;

/// The terms of a consent, which its code and tokens have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GrantTerms {
    /// Redirect URI of the request; the exchange must repeat it (RFC 6749 §4.1.3).
    pub redirect_uri: String,
    /// PKCE `code_challenge` of the request; `None` only if a fault allows it.
    pub code_challenge: Option<String>,
    /// UUID of the chosen company.
    pub company: String,
    /// Granted scopes; a refresh may narrow them (RFC 6749 §6).
    pub scopes: Vec<String>,
}

/// A new access token with its refresh token.
#[derive(Debug, Clone)]
pub struct IssuedPair {
    /// The bearer token.
    pub access_token: String,
    /// The refresh token, valid for one refresh.
    pub refresh_token: String,
    /// Lifetime of the access token, in seconds.
    pub expires_in: u64,
    /// Scopes of the access token, a subset of the granted ones.
    pub scopes: Vec<String>,
}

/// Why the token endpoint issues no tokens (RFC 6749 §5.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Denied {
    /// `invalid_grant`, with the reason for `error_description`.
    Grant(&'static str),
    /// `invalid_scope`: the refresh requests more than was granted.
    Scope,
    /// The operating system gave no random bytes.
    Random,
}

/// Why the API rejects a bearer token (401).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadBearer {
    /// Never issued, replaced by a refresh, or revoked.
    Invalid,
    /// Its lifetime has passed.
    Expired,
}

/// The rights of a valid bearer token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bearer {
    /// UUID of the company.
    pub company: String,
    /// Granted scopes of the access token, compared with the operation's.
    pub scopes: Vec<String>,
}

#[derive(Debug)]
struct IssuedCode {
    terms: GrantTerms,
    expires: Millis,
    spent: bool,
    authorisation: Option<usize>,
}

#[derive(Debug)]
struct Authorisation {
    company: String,
    scopes: Vec<String>,
    is_live: bool,
}

#[derive(Debug)]
struct AccessToken {
    authorisation: usize,
    scopes: Vec<String>,
    expires: Millis,
    replaced: bool,
}

#[derive(Debug)]
struct RefreshToken {
    authorisation: usize,
    expires: Millis,
    redeemed: bool,
}

/// All codes and tokens that the authorization server issued.
#[derive(Debug)]
pub struct TokenStore {
    /// Numbers of requests since the start, for tests.
    pub counters: Counters,
    access_life: u64,
    codes: HashMap<String, IssuedCode>,
    authorisations: Vec<Authorisation>,
    access: HashMap<String, AccessToken>,
    refresh: HashMap<String, RefreshToken>,
}

impl TokenStore {
    /// Makes an empty store. `access_life` is the lifetime of access tokens in seconds.
    pub fn new(access_life: u64) -> TokenStore {
        TokenStore {
            counters: Counters::default(),
            access_life,
            codes: HashMap::new(),
            authorisations: Vec::new(),
            access: HashMap::new(),
            refresh: HashMap::new(),
        }
    }

    /// Issues a code for the consent of a user.
    ///
    /// # Errors
    ///
    /// No random bytes.
    pub fn issue_code(&mut self, terms: GrantTerms, now: Millis) -> Result<String, Denied> {
        let text = random()?;
        let code = IssuedCode {
            terms,
            expires: now + CODE_LIFE,
            spent: false,
            authorisation: None,
        };
        self.codes.insert(text.clone(), code);
        Ok(text)
    }

    /// Returns whether the exchange of a code must have a `code_verifier`.
    pub fn needs_verifier(&self, code: &str) -> bool {
        let known = self.codes.get(code);
        known.is_none_or(|code| code.terms.code_challenge.is_some())
    }

    /// Redeems a code. The first attempt uses it up, even if it fails. A second attempt revokes the
    /// tokens of the first (RFC 6749 section 4.1.2).
    ///
    /// # Errors
    ///
    /// [`Denied::Grant`] with the reason.
    pub fn exchange(
        &mut self,
        code: &str,
        redirect_uri: &str,
        verifier: Option<&str>,
        disabled_rules: &dyn Fn(DisabledRules) -> bool,
        now: Millis,
    ) -> Result<IssuedPair, Denied> {
        let code = self
            .codes
            .get_mut(code)
            .ok_or(Denied::Grant("The code is not known."))?;
        if code.spent && !disabled_rules(DisabledRules::CodeAgain) {
            if let Some(authorisation) = code.authorisation {
                self.end(authorisation);
            }
            return Err(Denied::Grant("The code has been used."));
        }
        code.spent = true;
        if now >= code.expires {
            return Err(Denied::Grant("The code has expired."));
        }
        if redirect_uri != code.terms.redirect_uri {
            return Err(Denied::Grant(
                "The redirect_uri is not the one of the request.",
            ));
        }
        let matches = match (&code.terms.code_challenge, verifier) {
            (Some(challenge), Some(verifier)) => secret::same(&secret::s256(verifier), challenge),
            (Some(_), None) => false,
            // Only if a fault allowed a request without PKCE.
            (None, _) => true,
        };
        if !matches && !disabled_rules(DisabledRules::AnyVerifier) {
            return Err(Denied::Grant("The code_verifier does not match."));
        }
        let authorisation = self.authorisations.len();
        code.authorisation = Some(authorisation);
        let scopes = code.terms.scopes.clone();
        self.authorisations.push(Authorisation {
            company: code.terms.company.clone(),
            scopes: scopes.clone(),
            is_live: true,
        });
        self.issue_pair(authorisation, scopes, now)
    }

    /// Replaces both tokens of an authorisation. `scope` may narrow the new access token. An
    /// expired or redeemed token ends the authorisation.
    ///
    /// # Errors
    ///
    /// [`Denied::Grant`] with the reason, or [`Denied::Scope`].
    pub fn refresh(
        &mut self,
        token: &str,
        scope: Option<&str>,
        disabled_rules: &dyn Fn(DisabledRules) -> bool,
        now: Millis,
    ) -> Result<IssuedPair, Denied> {
        let known = self
            .refresh
            .get_mut(token)
            .ok_or(Denied::Grant("The refresh token is not known."))?;
        let id = known.authorisation;
        if known.redeemed {
            self.counters.refresh_presented_again += 1;
            if !disabled_rules(DisabledRules::ReplacedToken) {
                self.end(id);
                return Err(Denied::Grant("The refresh token has been replaced."));
            }
        }
        if now >= known.expires {
            self.end(id);
            return Err(Denied::Grant("The refresh token has expired."));
        }
        let Some(authorisation) = self.authorisations.get(id).filter(|found| found.is_live) else {
            return Err(Denied::Grant("The authorisation is over."));
        };
        let scopes = match scope {
            None => authorisation.scopes.clone(),
            Some(text) => narrowed(text, &authorisation.scopes).ok_or(Denied::Scope)?,
        };
        known.redeemed = true;
        for access in self.access.values_mut() {
            access.replaced |= access.authorisation == id;
        }
        self.issue_pair(id, scopes, now)
    }

    /// Changes a refresh into one without rotation: the new refresh token was never sent, so the
    /// old one stays valid.
    pub fn unrotate(&mut self, old: &str, unseen: &str) {
        self.refresh.remove(unseen);
        if let Some(old) = self.refresh.get_mut(old) {
            old.redeemed = false;
        }
    }

    /// Returns the scopes granted with a refresh token; empty for an unknown one.
    pub fn granted(&self, token: &str) -> &[String] {
        let known = self.refresh.get(token);
        let authorisation = known.and_then(|known| self.authorisations.get(known.authorisation));
        authorisation.map_or(&[], |found| &found.scopes)
    }

    /// Returns the grant of an access token.
    ///
    /// # Errors
    ///
    /// Why the token is not valid.
    pub fn bearer(&self, token: &str, now: Millis) -> Result<Bearer, BadBearer> {
        let access = self.access.get(token).ok_or(BadBearer::Invalid)?;
        let authorisation = self.authorisations.get(access.authorisation);
        let authorisation = authorisation
            .filter(|found| found.is_live && !access.replaced)
            .ok_or(BadBearer::Invalid)?;
        if now >= access.expires {
            return Err(BadBearer::Expired);
        }
        Ok(Bearer {
            company: authorisation.company.clone(),
            scopes: access.scopes.clone(),
        })
    }

    /// Expires every access token at `now`; refresh tokens stay valid.
    pub fn expire_access(&mut self, now: Millis) {
        for access in self.access.values_mut() {
            access.expires = access.expires.min(now);
        }
    }

    /// Revokes every authorisation.
    pub fn revoke_all(&mut self) {
        for authorisation in &mut self.authorisations {
            authorisation.is_live = false;
        }
    }

    /// Revokes every authorisation of one company.
    pub fn end_company(&mut self, company: &str) {
        for authorisation in &mut self.authorisations {
            authorisation.is_live &= authorisation.company != company;
        }
    }

    /// Ends the authorisation of a refresh or access token (RFC 7009 section 2.1).
    pub fn return_token(&mut self, token: &str) {
        let refresh = self.refresh.get(token).map(|known| known.authorisation);
        let access = self.access.get(token).map(|known| known.authorisation);
        if let Some(authorisation) = refresh.or(access) {
            self.end(authorisation);
        }
    }

    fn end(&mut self, authorisation: usize) {
        if let Some(found) = self.authorisations.get_mut(authorisation) {
            found.is_live = false;
        }
    }

    fn issue_pair(
        &mut self,
        authorisation: usize,
        scopes: Vec<String>,
        now: Millis,
    ) -> Result<IssuedPair, Denied> {
        let pair = IssuedPair {
            access_token: random()?,
            refresh_token: random()?,
            expires_in: self.access_life,
            scopes: scopes.clone(),
        };
        let access = AccessToken {
            authorisation,
            scopes,
            expires: now.saturating_add(self.access_life.saturating_mul(1000)),
            replaced: false,
        };
        let refresh = RefreshToken {
            authorisation,
            expires: now + REFRESH_LIFE,
            redeemed: false,
        };
        self.access.insert(pair.access_token.clone(), access);
        self.refresh.insert(pair.refresh_token.clone(), refresh);
        let issued = &mut self.counters.tokens_issued;
        issued.extend([pair.access_token.clone(), pair.refresh_token.clone()]);
        Ok(pair)
    }
}

fn random() -> Result<String, Denied> {
    secret::random().map_err(|_| Denied::Random)
}

/// Returns the requested scopes, if each was granted.
fn narrowed(asked: &str, granted: &[String]) -> Option<Vec<String>> {
    let asked: Vec<String> = asked.split(' ').map(str::to_owned).collect();
    let within = asked.iter().all(|name| granted.contains(name));
    within.then_some(asked)
}
