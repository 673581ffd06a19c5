//! What a parameter is, why it is there, and where it is laid down.

/// A name that goes over the wire, explained.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExplainedParameter {
    /// As it stands on the wire.
    pub name: &'static str,
    /// What it is.
    pub what: &'static str,
    /// Why it is there.
    pub why: &'static str,
    /// The clause, and Pleo's page where there is one.
    pub source: &'static str,
}

/// What is known of `name`.
pub fn explained(name: &str) -> Option<&'static ExplainedParameter> {
    PARAMETERS.iter().find(|parameter| parameter.name == name)
}

macro_rules! parameters {
    ($($name:ident $what:literal $why:literal $source:literal)*) => {
        /// Every parameter that this client sends or reads, each once.
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
        "The kind of answer that is asked for."
        "Always code: tokens never come through the address bar."
        "RFC 6749 §4.1.1; Pleo: How to direct users to the authorisation endpoint"
    client_id
        "The client's public name at the authorization server."
        "It may be known to everybody; it proves nothing by itself."
        "RFC 6749 §2.2; Pleo: OAuth client registration"
    redirect_uri
        "The address that the user is sent back to."
        "It must equal a registered one, letter for letter, so that nobody else receives the code. The exchange repeats it."
        "RFC 6749 §3.1.2, §4.1.3; Pleo: OAuth client configuration"
    scope
        "The permissions, separated by spaces."
        "Only those approved at registration can be asked for; the user may grant fewer. Absent in an answer, it means as asked."
        "RFC 6749 §3.3, §5.1; Pleo: API scopes"
    state
        "A random value, made anew for every sign-in."
        "The answer must bring it back: a forged one cannot. It also tells which of several sign-ins an answer belongs to."
        "RFC 6749 §10.12; Pleo: PKCE and secured patterns"
    code_challenge
        "The SHA-256 of the verifier, as base64url."
        "Only whoever knows the verifier can use the code. The challenge itself is no secret."
        "RFC 7636 §4.2; Pleo: PKCE and secured patterns"
    code_challenge_method
        "How the challenge was made."
        "Always S256; plain would send the verifier itself."
        "RFC 7636 §4.3; Pleo: OAuth client configuration"
    urn_pleo_params_oauth_subject
        "The company or organisation that the access is for."
        "A link that begins a sign-in for one company may carry it; it is passed on as it came."
        "Pleo: How to direct users to the authorisation endpoint"
    code
        "The authorization code."
        "It stands for the user's consent for a short time, and works once, with the verifier."
        "RFC 6749 §4.1.2; Pleo: How to exchange the authorisation code"
    iss
        "Who says that it gave this answer."
        "Compared with the configured issuer, where there is one: an answer of another server is refused."
        "RFC 9207 §2"
    error
        "Why the request was refused, as one word."
        "A refusal is told, and never answered by another redirect."
        "RFC 6749 §4.1.2.1, §5.2"
    error_description
        "The server's own words on the refusal."
        "For people; nothing is decided by it."
        "RFC 6749 §4.1.2.1, §5.2"
    grant_type
        "What the token endpoint is given in exchange."
        "authorization_code after a sign-in, refresh_token afterwards; this client knows no other."
        "RFC 6749 §4.1.3, §6"
    code_verifier
        "The random secret behind the challenge."
        "It proves that the exchange comes from where the sign-in began. It takes the place of a client secret."
        "RFC 7636 §4.5; Pleo: PKCE and secured patterns"
    access_token
        "What calls of the API bear."
        "Opaque: nothing looks inside. It stays in the vault's memory."
        "RFC 6749 §1.4, RFC 6750 §2.1"
    refresh_token
        "What the next pair of tokens is asked for with."
        "Each works once. One that was replaced, presented again, would end the authorization, so it never is."
        "RFC 6749 §6, RFC 9700 §4.14; Pleo: Refresh tokens"
    token_type
        "How the access token is used."
        "Bearer, or nothing."
        "RFC 6749 §7.1, RFC 6750"
    expires_in
        "The access token's life, in seconds."
        "Counted from its receipt by a clock that nobody sets. Absent, no renewal is planned ahead."
        "RFC 6749 §5.1"
    token
        "The refresh token that is to be revoked."
        "Signing out tells the server, where it has an endpoint for that."
        "RFC 7009 §2.1"
    token_type_hint
        "Which kind of token that is."
        "It spares the server a search."
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
