//! The login and consent pages. They have no script.

use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};
use outlay_pleo::{Company, scope};

use crate::address::CLIENT_ID;
use crate::html::page;

const CLIENT_NAME: &str = "Outlay (sandbox client)";

/// The values that [`consent`] renders; maud escapes every text.
#[derive(Debug)]
pub struct ConsentPage<'a> {
    /// Id of the pending sign-in, in the form's address.
    pub id: &'a str,
    /// CSRF token of the form, compared with that of the pending sign-in.
    pub csrf: &'a str,
    /// The companies that the user may choose.
    pub companies: &'a [Company],
    /// Id of the company that is preselected; `None` for the first.
    pub chosen: Option<&'a str>,
    /// Scopes of the authorization request.
    pub scopes: &'a [String],
    /// Origin of the redirect URI, for the page's `form-action`.
    pub client_origin: &'a str,
}

/// Returns the login page of a pending sign-in.
pub fn login(id: &str, csrf: &str) -> Response {
    let body = login_form(id, csrf);
    page(
        StatusCode::OK,
        "Log in",
        &html! {},
        &body,
        "form-action 'self'",
    )
}

fn login_form(id: &str, csrf: &str) -> Markup {
    html! {
        h1 { "Log in" }
        p {
            "You are " strong { "Runa Falk" } ", who does the bookkeeping of three companies. "
            "She and they are invented, so there is no password."
        }
        form method="post" action={ "/oauth/sign-in/" (id) "/login" } {
            input type="hidden" name="csrf" value=(csrf);
            div class="actions" { button class="primary" { "Log in" } }
        }
    }
}

/// Returns the consent page of a pending sign-in.
pub fn consent(consent: &ConsentPage<'_>) -> Response {
    // Chromium applies form-action to the redirect that answers the form, too.
    let policy = format!("form-action 'self' {}", consent.client_origin);
    let body = consent_form(consent);
    page(StatusCode::OK, "Allow access?", &html! {}, &body, &policy)
}

fn consent_form(consent: &ConsentPage<'_>) -> Markup {
    html! {
        h1 { (CLIENT_NAME) " asks for access" }
        p class="quiet" { "Client id " code { (CLIENT_ID) } }
        form method="post" action={ "/oauth/sign-in/" (consent.id) "/consent" } {
            input type="hidden" name="csrf" value=(consent.csrf);
            label class="field" for="company" { "Company" }
            select id="company" name="company" {
                @for company in consent.companies {
                    @let id = company.id.as_str();
                    option value=(id) selected[consent.chosen == Some(id)] { (company.name) }
                }
            }
            fieldset {
                legend { "It may" }
                @for name in consent.scopes {
                    label class="scope" {
                        input type="checkbox" name="scope" value=(name) checked;
                        span {
                            (scope::known(name).map_or("", |scope| scope.permits)) " "
                            code { (name) }
                        }
                    }
                }
            }
            div class="actions" {
                button class="primary" name="decision" value="allow" { "Allow" }
                button name="decision" value="deny" { "Deny" }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use outlay_pleo::Address;

    use super::*;

    const MARKUP: &str = "\"><script>'x'</script>&";
    const ESCAPED: &str = "&quot;&gt;&lt;script&gt;'x'&lt;/script&gt;&amp;";

    #[test]
    fn markup_in_values_is_escaped() {
        let text = login_form(MARKUP, MARKUP).into_string();
        assert!(
            text.contains(&format!("action=\"/oauth/sign-in/{ESCAPED}/login\"")),
            "{text}"
        );
        assert!(text.contains(&format!("value=\"{ESCAPED}\"")), "{text}");
        let company = Company {
            id: MARKUP.into(),
            name: MARKUP.to_owned(),
            address: Address::default(),
            organization_id: None,
            registration_number: None,
        };
        let text = consent_form(&ConsentPage {
            id: MARKUP,
            csrf: MARKUP,
            companies: &[company],
            chosen: Some(MARKUP),
            scopes: &[MARKUP.to_owned()],
            client_origin: "",
        })
        .into_string();
        let option = format!("<option value=\"{ESCAPED}\" selected>{ESCAPED}</option>");
        assert!(text.contains(&option), "{text}");
        assert!(text.contains(&format!("<code>{ESCAPED}</code>")), "{text}");
        assert!(!text.contains("<script"), "{text}");
    }
}
