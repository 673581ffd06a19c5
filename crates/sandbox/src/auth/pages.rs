//! The pages that a person sees: login, consent, messages. No script, and a policy of their own.
//! The console wears the same dress.

use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use outlay_pleo::{Company, scope};

use crate::address::CLIENT_ID;

const CLIENT_NAME: &str = "Outlay (sandbox client)";
const STYLE: &str = include_str!("style.css");

/// `GET /oauth/style.css`.
pub async fn style() -> Response {
    let kind = (header::CONTENT_TYPE, "text/css; charset=utf-8");
    let cache = (header::CACHE_CONTROL, "no-cache");
    ([kind, cache], STYLE).into_response()
}

/// What the consent page shows.
#[derive(Debug)]
pub struct Consent<'a> {
    /// The sign-in's id.
    pub id: &'a str,
    /// The form's token.
    pub csrf: &'a str,
    /// The companies to choose from.
    pub companies: &'a [Company],
    /// The id of the company that is chosen at first.
    pub chosen: Option<&'a str>,
    /// The scopes asked for.
    pub scopes: &'a [String],
    /// Where the form's answer leads.
    pub client_origin: &'a str,
}

/// The login page.
pub fn login(id: &str, csrf: &str) -> Response {
    let (id, csrf) = (escape(id), escape(csrf));
    let body = format!(
        "<h1>Log in</h1>
<p>You are <strong>Runa Falk</strong>, who looks after the books of three companies. \
She and they are invented, so there is no password.</p>
<form method=\"post\" action=\"/oauth/sign-in/{id}/login\">
<input type=\"hidden\" name=\"csrf\" value=\"{csrf}\">
<div class=\"actions\"><button class=\"primary\">Log in</button></div>
</form>"
    );
    page(StatusCode::OK, "Log in", "", &body, "form-action 'self'")
}

/// The consent page.
pub fn consent(consent: &Consent<'_>) -> Response {
    let (id, csrf) = (escape(consent.id), escape(consent.csrf));
    let options: String = consent
        .companies
        .iter()
        .map(|company| option(company, consent.chosen))
        .collect();
    let boxes: String = consent.scopes.iter().map(|name| checkbox(name)).collect();
    let (client, client_id) = (escape(CLIENT_NAME), escape(CLIENT_ID));
    let body = format!(
        "<h1>{client} asks for access</h1>
<p class=\"quiet\">Client id <code>{client_id}</code></p>
<form method=\"post\" action=\"/oauth/sign-in/{id}/consent\">
<input type=\"hidden\" name=\"csrf\" value=\"{csrf}\">
<label class=\"field\" for=\"company\">Company</label>
<select id=\"company\" name=\"company\">{options}</select>
<fieldset><legend>It may</legend>{boxes}</fieldset>
<div class=\"actions\">
<button class=\"primary\" name=\"decision\" value=\"allow\">Allow</button>
<button name=\"decision\" value=\"deny\">Deny</button>
</div>
</form>"
    );
    // Chromium applies form-action to the redirect that answers the form, too.
    let policy = format!("form-action 'self' {}", consent.client_origin);
    page(StatusCode::OK, "Allow access?", "", &body, &policy)
}

/// A page that only says something.
pub fn message(status: StatusCode, title: &str, text: &str) -> Response {
    let body = format!("<h1>{}</h1>\n<p>{}</p>", escape(title), escape(text));
    page(status, title, "", &body, "form-action 'none'")
}

fn option(company: &Company, chosen: Option<&str>) -> String {
    let selected = if chosen == Some(company.id.as_str()) {
        " selected"
    } else {
        ""
    };
    let (id, name) = (escape(company.id.as_str()), escape(&company.name));
    format!("<option value=\"{id}\"{selected}>{name}</option>")
}

fn checkbox(name: &str) -> String {
    let permits = scope::known(name).map_or("", |scope| scope.permits);
    let (name, permits) = (escape(name), escape(permits));
    format!(
        "<label class=\"scope\"><input type=\"checkbox\" name=\"scope\" value=\"{name}\" checked>\
         <span>{permits} <code>{name}</code></span></label>"
    )
}

/// A page of this server. `head` is markup for its head, `policy` what it may do beyond showing
/// itself.
pub fn page(status: StatusCode, title: &str, head: &str, body: &str, policy: &str) -> Response {
    let title = escape(title);
    let html = format!(
        "<!doctype html>
<html lang=\"en-GB\">
<head>
<meta charset=\"utf-8\">
<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">
<meta name=\"color-scheme\" content=\"light dark\">
<title>{title} – Sandbox</title>
<link rel=\"icon\" href=\"data:,\">
<link rel=\"stylesheet\" href=\"/oauth/style.css\">
{head}</head>
<body>
<p class=\"band\">Sandbox, not Pleo. Everything here is invented.</p>
<main>
{body}
</main>
</body>
</html>
"
    );
    let policy = format!(
        "default-src 'none'; style-src 'self'; img-src data:; {policy}; \
         base-uri 'none'; frame-ancestors 'none'"
    );
    let mut response = (status, html).into_response();
    let mut set = |name: HeaderName, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            response.headers_mut().insert(name, value);
        }
    };
    set(header::CONTENT_TYPE, "text/html; charset=utf-8");
    set(header::CONTENT_SECURITY_POLICY, &policy);
    set(header::CACHE_CONTROL, "no-store");
    set(header::REFERRER_POLICY, "no-referrer");
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::X_FRAME_OPTIONS, "DENY");
    response
}

/// Text as it may stand in markup and in quoted attributes.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn markup_is_escaped() {
        let escaped = escape("<a href=\"x\" id='y'>&</a>");
        let expected = "&lt;a href=&quot;x&quot; id=&#39;y&#39;&gt;&amp;&lt;/a&gt;";
        assert_eq!(escaped, expected);
    }
}
