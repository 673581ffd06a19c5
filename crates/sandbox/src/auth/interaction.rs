//! A user's sign-in: request, login, consent, and redirect to the client.

use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use outlay_pleo::Subject;

use crate::auth::pages;
use crate::auth_state::authorization::{
    self, AuthorizationRefusal, AuthorizationRequest, AuthorizationRules,
};
use crate::auth_state::pending::Interaction;
use crate::auth_state::token_store::GrantTerms;
use crate::html;
use crate::params::Params;
use crate::secret;
use crate::state::{Sandbox, SharedSandbox};

const COOKIE: &str = "outlay_sandbox";

/// `GET /oauth/authorize`: validates the request and redirects to the login page (RFC 6749 §4.1.1).
pub async fn authorize(
    State(sandbox): State<SharedSandbox>,
    RawQuery(query): RawQuery,
) -> Response {
    let params = Params::parse(query.unwrap_or_default().as_bytes());
    let rules = AuthorizationRules {
        registered_uri: &sandbox.addresses.redirect_uri(),
        site_origin: sandbox.addresses.site.origin(),
        disabled_rules: &|rule| sandbox.ignores(rule),
    };
    let request = match authorization::check(&params, &rules) {
        Ok(request) => request,
        Err(AuthorizationRefusal::Page(text)) => {
            return html::message(StatusCode::BAD_REQUEST, "This request is not valid", text);
        }
        Err(AuthorizationRefusal::Redirect(address)) => return see_other(&address),
    };
    let (Ok(id), Ok(csrf)) = (secret::random(), secret::random()) else {
        return no_random();
    };
    let address = format!("/oauth/sign-in/{id}");
    let interaction = Interaction {
        request,
        csrf,
        session: None,
        started: sandbox.clock.now(),
    };
    sandbox.interactions().add(id, interaction);
    see_other(&address)
}

/// `GET /oauth/sign-in/{id}`: the login page, or the consent page once logged in.
pub async fn show(
    State(sandbox): State<SharedSandbox>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    let mut interactions = sandbox.interactions();
    let Some(interaction) = interactions.live(&id, sandbox.clock.now()) else {
        return over();
    };
    let logged_in = interaction.session.is_some() && interaction.session == cookie(&headers);
    if !logged_in {
        return pages::login(&id, &interaction.csrf);
    }
    let chosen = interaction
        .request
        .subject
        .as_ref()
        .and_then(Subject::company_id);
    pages::consent(&pages::ConsentPage {
        id: &id,
        csrf: &interaction.csrf,
        companies: sandbox.sample_data.companies(),
        chosen,
        scopes: &interaction.request.scopes,
        client_origin: sandbox.addresses.site.origin(),
    })
}

/// `POST /oauth/sign-in/{id}/login`: logs the browser in and shows the consent page.
pub async fn log_in(
    State(sandbox): State<SharedSandbox>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: axum::body::Bytes,
) -> Response {
    let form = Params::parse(&body);
    let mut interactions = sandbox.interactions();
    let Some(interaction) = interactions.live(&id, sandbox.clock.now()) else {
        return over();
    };
    if !genuine(&form, interaction) {
        return forged();
    }
    // A browser keeps its cookie, so that sign-ins in two tabs do not disturb each other.
    let kept = cookie(&headers).filter(|value| value.len() == 43);
    let Some(session) = kept.or_else(|| secret::random().ok()) else {
        return no_random();
    };
    let set = format!("{COOKIE}={session}; Path=/oauth; HttpOnly; SameSite=Lax");
    interaction.session = Some(session);
    let mut response = see_other(&format!("/oauth/sign-in/{id}"));
    if let Ok(set) = HeaderValue::from_str(&set) {
        response.headers_mut().insert(header::SET_COOKIE, set);
    }
    response
}

/// `POST /oauth/sign-in/{id}/consent`: back to the client with a code or an error.
pub async fn decide(
    State(sandbox): State<SharedSandbox>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: axum::body::Bytes,
) -> Response {
    let form = Params::parse(&body);
    let now = sandbox.clock.now();
    let mut interactions = sandbox.interactions();
    let Some(interaction) = interactions.live(&id, now) else {
        return over();
    };
    let logged_in = interaction.session.is_some() && interaction.session == cookie(&headers);
    if !logged_in || !genuine(&form, interaction) {
        return forged();
    }
    let request = interaction.request.clone();
    let denied = |description| {
        let uri = &request.redirect_uri;
        let state = Some(request.state.as_str());
        authorization::error_redirect(uri, "access_denied", description, state)
    };
    let address = match form.one("decision") {
        Ok(Some("allow")) => match terms(&sandbox, &form, &request) {
            None => return forged(),
            Some(terms) if terms.scopes.is_empty() => denied("No scope was granted."),
            Some(terms) => match sandbox.token_store().issue_code(terms, now) {
                Ok(code) => {
                    authorization::code_redirect(&request.redirect_uri, &code, &request.state)
                }
                Err(_) => return no_random(),
            },
        },
        Ok(Some("deny")) => denied("The user said no."),
        _ => return forged(),
    };
    interactions.remove(&id);
    see_other(&address)
}

/// The fields of the consent form. Values that were not on the page are rejected.
fn terms(sandbox: &Sandbox, form: &Params, request: &AuthorizationRequest) -> Option<GrantTerms> {
    let company = form.one("company").ok().flatten()?;
    let known = sandbox
        .sample_data
        .companies()
        .iter()
        .any(|one| one.id == company);
    let ticked: Vec<&str> = form.all("scope").collect();
    let asked = |name: &&str| request.scopes.iter().any(|scope| scope == name);
    if !known || !ticked.iter().all(asked) {
        return None;
    }
    // In the order of the request, each once.
    let granted = request.scopes.iter();
    Some(GrantTerms {
        redirect_uri: request.redirect_uri.clone(),
        code_challenge: request.code_challenge.clone(),
        company: company.to_owned(),
        scopes: granted
            .filter(|scope| ticked.contains(&scope.as_str()))
            .cloned()
            .collect(),
    })
}

fn genuine(form: &Params, interaction: &Interaction) -> bool {
    let given = form.one("csrf").ok().flatten().unwrap_or_default();
    secret::same(given, &interaction.csrf)
}

fn cookie(headers: &HeaderMap) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .find_map(|pair| pair.trim().strip_prefix(COOKIE)?.strip_prefix('='))
        .filter(|value| {
            let letter = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
            value.bytes().all(letter)
        })
        .map(str::to_owned)
}

fn see_other(address: &str) -> Response {
    let mut response = StatusCode::SEE_OTHER.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(
        header::REFERRER_POLICY,
        HeaderValue::from_static("no-referrer"),
    );
    if let Ok(address) = HeaderValue::from_str(address) {
        headers.insert(header::LOCATION, address);
    }
    response
}

fn over() -> Response {
    let text = "It was finished, or it took longer than ten minutes. Go back to the app and \
                connect again.";
    html::message(StatusCode::BAD_REQUEST, "This sign-in is over", text)
}

fn forged() -> Response {
    let text = "The form did not come from this sign-in. Go back to the app and connect again.";
    html::message(StatusCode::BAD_REQUEST, "This form is not valid", text)
}

fn no_random() -> Response {
    let text = "The system gave no random bytes.";
    html::message(StatusCode::INTERNAL_SERVER_ERROR, "Server error", text)
}
