//! Our requests against those of the `oauth2` crate: the same parameters from the same values.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail by panicking"
)]

use std::cell::RefCell;

use oauth2::basic::BasicClient;
use oauth2::{
    AuthType, AuthUrl, AuthorizationCode, ClientId, CsrfToken, EndpointNotSet, EndpointSet,
    HttpRequest, HttpResponse, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, RefreshToken,
    Scope, TokenUrl,
};
use outlay_oauth::client::ClientSettings;
use outlay_oauth::state::StateValue;
use outlay_oauth::token::{self, FormPost};
use outlay_oauth::{authorize, pkce, secret};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

const RUNS: u32 = 1_000;

type Theirs = BasicClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointSet>;
type QueryPairs = Vec<(String, String)>;

/// Letters of every kind that a value may hold: unreserved, reserved, controls, several bytes long.
const LETTERS: &str = "aZ09-._~!*'();:@&=+$,/?#[]%% \"<>\\^`{|}\u{0}\t\r\n\u{7f}éß€漢😀\u{202e}";

fn below(rng: &mut ChaCha20Rng, most: usize) -> usize {
    usize::try_from(rng.next_u64() % most as u64).unwrap()
}

fn text(rng: &mut ChaCha20Rng, longest: usize) -> String {
    let letters: Vec<char> = LETTERS.chars().collect();
    let length = 1 + below(rng, longest);
    (0..length)
        .map(|_| letters[below(rng, letters.len())])
        .collect()
}

/// A word that may stand in a path or a query of an address, and is no dot segment.
fn word(rng: &mut ChaCha20Rng) -> String {
    let letters = b"abcdefghijklmnopqrstuvwxyzABCXYZ0123456789-._~";
    let length = below(rng, 12);
    let random = (0..length).map(|_| char::from(letters[below(rng, letters.len())]));
    std::iter::once('w').chain(random).collect()
}

fn address(rng: &mut ChaCha20Rng) -> String {
    let scheme = ["https://", "http://localhost:8787/"][below(rng, 2)];
    let host = if scheme.len() > 8 {
        String::new()
    } else {
        format!("h{}.example/", below(rng, 99))
    };
    let mut address = format!("{scheme}{host}{}", word(rng));
    if below(rng, 3) == 0 {
        address.push_str(&format!("?{}={}", word(rng), word(rng)));
    }
    address
}

struct OracleCase {
    ours: ClientSettings,
    theirs: Theirs,
    scopes: Vec<String>,
}

fn case(rng: &mut ChaCha20Rng) -> OracleCase {
    let ours = ClientSettings {
        profile: "sandbox".to_owned(),
        client_id: text(rng, 24),
        authorization_endpoint: address(rng),
        token_endpoint: address(rng),
        revocation_endpoint: None,
        api_base: "https://api.example".to_owned(),
        redirect_uri: address(rng),
        issuer: None,
        subject: None,
        refresh_grace: 0,
    };
    let theirs = BasicClient::new(ClientId::new(ours.client_id.clone()))
        .set_auth_type(AuthType::RequestBody)
        .set_auth_uri(AuthUrl::new(ours.authorization_endpoint.clone()).unwrap())
        .set_token_uri(TokenUrl::new(ours.token_endpoint.clone()).unwrap())
        .set_redirect_uri(RedirectUrl::new(ours.redirect_uri.clone()).unwrap());
    let scopes = (0..below(rng, 5)).map(|_| text(rng, 12)).collect();
    OracleCase {
        ours,
        theirs,
        scopes,
    }
}

fn sorted(query: &[u8]) -> QueryPairs {
    let mut pairs: QueryPairs = form_urlencoded::parse(query).into_owned().collect();
    pairs.sort_unstable();
    pairs
}

/// The request that their client makes, caught before it reaches a network.
fn caught(
    send: impl FnOnce(&dyn Fn(HttpRequest) -> Result<HttpResponse, std::io::Error>),
) -> HttpRequest {
    let caught = RefCell::new(Vec::new());
    send(&|request| {
        caught.borrow_mut().push(request);
        Err(std::io::Error::other("there is no network"))
    });
    let mut requests = caught.into_inner();
    assert_eq!(requests.len(), 1);
    requests.remove(0)
}

fn agree(ours: &FormPost, theirs: &HttpRequest) {
    assert_eq!(theirs.method().as_str(), "POST");
    assert_eq!(
        theirs.headers()["content-type"],
        "application/x-www-form-urlencoded"
    );
    assert!(!theirs.headers().contains_key("authorization"));
    assert_eq!(ours.url, theirs.uri().to_string());
    assert_eq!(sorted(ours.body.reveal().as_bytes()), sorted(theirs.body()));
}

#[test]
fn authorization_request_matches_the_oauth2_crate() {
    let mut rng = ChaCha20Rng::seed_from_u64(1);
    for _ in 0..RUNS {
        let case = case(&mut rng);
        let state = StateValue::generate(&mut rng);
        let verifier = pkce::verifier(&mut rng);
        let ours = authorize::url(&case.ours, &case.scopes, &state, &verifier);
        let verifier = PkceCodeVerifier::new(verifier.reveal().to_owned());
        let challenge = PkceCodeChallenge::from_code_verifier_sha256(&verifier);
        let (theirs, _) = case
            .theirs
            .authorize_url(|| CsrfToken::new(state.as_str().to_owned()))
            .add_scopes(case.scopes.iter().cloned().map(Scope::new))
            .set_pkce_challenge(challenge)
            .url();
        let ours = url::Url::parse(ours.reveal()).unwrap();
        assert_eq!(
            ours[..url::Position::AfterPath],
            theirs[..url::Position::AfterPath]
        );
        let query = |url: &url::Url| sorted(url.query().unwrap().as_bytes());
        assert_eq!(query(&ours), query(&theirs));
        assert_eq!(ours.fragment(), None);
    }
}

#[test]
fn code_exchange_matches_the_oauth2_crate() {
    let mut rng = ChaCha20Rng::seed_from_u64(2);
    for _ in 0..RUNS {
        let case = case(&mut rng);
        let verifier = pkce::verifier(&mut rng);
        let code = text(&mut rng, 60);
        let ours = token::exchange_request(
            &case.ours,
            &secret::AuthorizationCode::new(code.clone()),
            &verifier,
        );
        let theirs = caught(|client| {
            let _ = case
                .theirs
                .exchange_code(AuthorizationCode::new(code))
                .set_pkce_verifier(PkceCodeVerifier::new(verifier.reveal().to_owned()))
                .request(&client);
        });
        agree(&ours, &theirs);
    }
}

#[test]
fn refresh_request_matches_the_oauth2_crate() {
    let mut rng = ChaCha20Rng::seed_from_u64(3);
    for _ in 0..RUNS {
        let case = case(&mut rng);
        let token = text(&mut rng, 200);
        let ours = token::refresh_request(&case.ours, &secret::RefreshToken::new(token.clone()));
        let theirs = caught(|client| {
            let token = RefreshToken::new(token);
            let _ = case.theirs.exchange_refresh_token(&token).request(&client);
        });
        agree(&ours, &theirs);
    }
}

/// What the other crate knows nothing of.
#[test]
fn pleo_subject_parameter_is_sent_if_configured() {
    let mut rng = ChaCha20Rng::seed_from_u64(4);
    let case = case(&mut rng);
    let client = ClientSettings {
        subject: Some("company & co".to_owned()),
        ..case.ours
    };
    let state = StateValue::generate(&mut rng);
    let url = authorize::url(&client, &case.scopes, &state, &pkce::verifier(&mut rng));
    let url = url::Url::parse(url.reveal()).unwrap();
    let mut pairs = url.query_pairs();
    let subject = pairs.find(|(name, _)| name == "urn_pleo_params_oauth_subject");
    assert_eq!(subject.unwrap().1, "company & co");
}

/// RFC 7009 §2.1, which the other crate knows in a form of its own.
#[test]
fn revocation_request_has_token_hint_and_client_id() {
    let mut rng = ChaCha20Rng::seed_from_u64(5);
    let case = case(&mut rng);
    let token = secret::RefreshToken::new("a b".to_owned());
    assert_eq!(token::revoke_request(&case.ours, &token), None);
    let client = ClientSettings {
        client_id: "outlay".to_owned(),
        revocation_endpoint: Some("https://auth.example/revoke".to_owned()),
        ..case.ours
    };
    let request = token::revoke_request(&client, &token).unwrap();
    assert_eq!(request.url, "https://auth.example/revoke");
    assert_eq!(
        request.body.reveal(),
        "token=a+b&token_type_hint=refresh_token&client_id=outlay"
    );
}
