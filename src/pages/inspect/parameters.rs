//! The parameters in the OAuth log: meaning, purpose and source of each.

/// A parameter of a request or a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExplainedParameter {
    /// The name as it is sent.
    pub name: &'static str,
    /// The meaning.
    pub what: &'static str,
    /// The purpose.
    pub why: &'static str,
    /// The section of the standard, and Pleo's page if there is one.
    pub source: &'static str,
}

/// Returns the explanation of the parameter `name`; `None` if it is not known.
pub fn explained(name: &str) -> Option<&'static ExplainedParameter> {
    PARAMETERS.iter().find(|parameter| parameter.name == name)
}

macro_rules! parameters {
    ($($name:ident $what:literal $why:literal $source:literal)*) => {
        /// The parameters that this client sends or reads, each once.
        pub const PARAMETERS: &[ExplainedParameter] = &[$(ExplainedParameter {
            name: stringify!($name),
            what: $what,
            why: $why,
            source: $source,
        }),*];
    };
}

parameters! {
    response_type
        "The type of response that is requested."
        "Always code: tokens never appear in the address bar."
        "RFC 6749 §4.1.1; Pleo: How to direct users to the authorisation endpoint"
    client_id
        "Identifies the client at the authorization server."
        "Public: it does not authenticate the client."
        "RFC 6749 §2.2; Pleo: OAuth client registration"
    redirect_uri
        "Where the authorization server sends the response."
        "Must equal a registered URI character for character, so that no other site receives the code. The token request repeats it."
        "RFC 6749 §3.1.2, §4.1.3; Pleo: OAuth client configuration"
    scope
        "The permissions, separated by spaces."
        "Only scopes approved at registration can be requested; the user may grant fewer. If a token response has none, all requested scopes are granted."
        "RFC 6749 §3.3, §5.1; Pleo: API scopes"
    state
        "A random value, new for each sign-in."
        "The response must return it, which a forged response cannot. It also identifies the sign-in that a response belongs to."
        "RFC 6749 §10.12; Pleo: PKCE and secured patterns"
    code_challenge
        "The SHA-256 of the verifier, as base64url."
        "Only the client that knows the verifier can redeem the code. The challenge is not a secret."
        "RFC 7636 §4.2; Pleo: PKCE and secured patterns"
    code_challenge_method
        "How the challenge was derived."
        "Always S256; plain would send the verifier itself."
        "RFC 7636 §4.3; Pleo: OAuth client configuration"
    urn_pleo_params_oauth_subject
        "The company or organisation that the access is for."
        "A link that starts a sign-in for one company may contain it; it is passed on unchanged."
        "Pleo: How to direct users to the authorisation endpoint"
    code
        "The authorization code."
        "Represents the user's consent. It is short-lived and can be redeemed once, with the verifier."
        "RFC 6749 §4.1.2; Pleo: How to exchange the authorisation code"
    iss
        "The issuer identifier of the server that sent the response."
        "Compared with the configured issuer if there is one: a response of another server is rejected."
        "RFC 9207 §2"
    error
        "The error code."
        "The error is shown; the app does not redirect again."
        "RFC 6749 §4.1.2.1, §5.2"
    error_description
        "The server's description of the error."
        "Shown to the user; the app does not act on it."
        "RFC 6749 §4.1.2.1, §5.2"
    grant_type
        "The type of grant that the token request presents."
        "authorization_code after a sign-in, refresh_token afterwards; this client uses no other."
        "RFC 6749 §4.1.3, §6"
    code_verifier
        "The random secret behind the challenge."
        "Proves that the client that redeems the code started the sign-in. It replaces a client secret."
        "RFC 7636 §4.5; Pleo: PKCE and secured patterns"
    access_token
        "The credential of API requests."
        "Opaque: the client does not inspect it. It stays in the vault's memory."
        "RFC 6749 §1.4, RFC 6750 §2.1"
    refresh_token
        "The credential for requesting new tokens."
        "Each works once. Presenting a replaced one would end the authorization, so the client never does."
        "RFC 6749 §6, RFC 9700 §4.14; Pleo: Refresh tokens"
    token_type
        "How the access token is used."
        "Bearer, or absent."
        "RFC 6749 §7.1, RFC 6750"
    expires_in
        "The access token's lifetime in seconds."
        "Counted from receipt by a monotonic clock. If it is absent, no refresh is scheduled."
        "RFC 6749 §5.1"
    token
        "The refresh token that is to be revoked."
        "Sent at sign-out if the server has a revocation endpoint."
        "RFC 7009 §2.1"
    token_type_hint
        "The type of that token."
        "Helps the server to find the token."
        "RFC 7009 §2.1"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_parameter_is_explained_once_and_names_its_source() {
        for (at, parameter) in PARAMETERS.iter().enumerate() {
            let first = PARAMETERS.iter().position(|it| it.name == parameter.name);
            assert_eq!(first, Some(at), "{}", parameter.name);
            assert!(parameter.source.contains("RFC") || parameter.source.contains("Pleo"));
        }
    }

    #[test]
    fn every_production_parameter_is_explained() {
        use outlay_oauth::secret::{AuthorizationCode, CodeVerifier, RefreshToken};
        use outlay_oauth::state::StateValue;
        use outlay_oauth::{authorize, client::ClientSettings, form, token};

        let text = |text: &str| text.to_owned();
        let client = ClientSettings {
            profile: text("p"),
            client_id: text("c"),
            authorization_endpoint: text("https://auth.example/authorize"),
            token_endpoint: text("https://auth.example/token"),
            revocation_endpoint: Some(text("https://auth.example/revoke")),
            api_base: text("https://api.example"),
            redirect_uri: text("https://site.example/callback/p"),
            issuer: None,
            subject: Some(text("urn:pleo:company:x")),
            refresh_grace: 0,
        };
        let verifier = CodeVerifier::new(text("v"));
        let refresh = RefreshToken::new(text("r"));
        let url = authorize::url(&client, &[text("s")], &StateValue::received("x"), &verifier);
        let query = url.reveal().split_once('?').map_or("", |parts| parts.1);
        let code = AuthorizationCode::new(text("k"));
        let exchange = token::exchange_request(&client, &code, &verifier);
        let renewal = token::refresh_request(&client, &refresh);
        let mut all = form::parse(query).unwrap_or_default();
        for body in [exchange.body.reveal(), renewal.body.reveal()] {
            all.extend(form::parse(body).unwrap_or_default());
        }
        if let Some(revocation) = token::revoke_request(&client, &refresh) {
            all.extend(form::parse(revocation.body.reveal()).unwrap_or_default());
        }
        assert!(all.len() > 15);
        for (name, _) in all {
            assert!(explained(&name).is_some(), "{name} is not explained");
        }
    }
}
