//! The sources of the rules: Pleo's pages, standards, and our own advice.

/// The page or standard that states a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RuleSource {
    /// Citation for readers, for example an RFC with its section.
    pub name: &'static str,
    /// Address of the page; `None` for advice without a public source.
    pub url: Option<&'static str>,
}

macro_rules! sources {
    ($($name:ident = $text:literal, $url:literal;)*) => {$(
        #[doc = $text]
        pub const $name: RuleSource = RuleSource { name: $text, url: Some($url) };
    )*};
}

sources! {
    PLEO_REGISTRATION = "Pleo, OAuth client registration",
        "https://developers.pleo.io/docs/current/integration-design/auth/oauth/getting-set-up/oauth-client-registration";
    PLEO_CONFIGURATION = "Pleo, OAuth client configuration",
        "https://developers.pleo.io/docs/current/integration-design/auth/oauth/getting-set-up/oauth-client-configuration";
    PLEO_HOW_TO_REGISTER = "Pleo, How to register an OAuth client",
        "https://developers.pleo.io/docs/current/how-tos/oauth/how-to-register-an-oauth-client";
    PLEO_POSTMAN = "Pleo, How to register an OAuth client (Postman)",
        "https://developers.pleo.io/docs/current/how-tos/oauth-postman/how-to-register-an-oauth-client-postman";
    PLEO_OVERVIEW = "Pleo, OAuth overview",
        "https://developers.pleo.io/docs/current/authentication/oauth/oauth-overview";
    PLEO_SCOPES = "Pleo, API scopes",
        "https://developers.pleo.io/docs/current/authentication/api-scopes";
    PLEO_ENRICHMENT = "Pleo, Enrichment API scopes",
        "https://developers.pleo.io/reference/enrichment-api/enrichment-api-scopes";
    PLEO_VENDORS = "Pleo, Vendor API scopes",
        "https://developers.pleo.io/reference/vendor/vendor-api-scopes";
    PLEO_MULTI_ENTITY = "Pleo, Multi-entity and API scope",
        "https://developers.pleo.io/docs/current/platform/multi-entity/multi-entity-and-api-scope";
    PLEO_INTROSPECT = "Pleo, Introspect the details of the current authentication",
        "https://developers.pleo.io/reference/external-clients/introspect-the-details-of-the-current-authentication";
    PLEO_MARKETPLACE = "Pleo, App Marketplace overview",
        "https://developers.pleo.io/reference/marketplaceoverview";
    PLEO_PKCE = "Pleo, PKCE and secured patterns",
        "https://developers.pleo.io/docs/current/integration-design/auth/oauth/implementing-oauth/integration-design-auth-oauth-pkce-and-secured-patterns";
    RFC_6749_SCOPE = "RFC 6749, section 3.3", "https://www.rfc-editor.org/rfc/rfc6749#section-3.3";
    RFC_6749_REDIRECT = "RFC 6749, section 3.1.2", "https://www.rfc-editor.org/rfc/rfc6749#section-3.1.2";
    RFC_6749_RESPONSE = "RFC 6749, section 4.1.2", "https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2";
    RFC_9700_EXACT = "RFC 9700, section 2.1", "https://www.rfc-editor.org/rfc/rfc9700#section-2.1";
    RFC_9700_PRIVILEGE = "RFC 9700, section 2.3", "https://www.rfc-editor.org/rfc/rfc9700#section-2.3";
    RFC_9700_HTTP = "RFC 9700, section 2.6", "https://www.rfc-editor.org/rfc/rfc9700#section-2.6";
    RFC_7636_S256 = "RFC 7636, section 4.2", "https://www.rfc-editor.org/rfc/rfc7636#section-4.2";
    RFC_3986 = "RFC 3986, section 2", "https://www.rfc-editor.org/rfc/rfc3986#section-2";
    RFC_3986_PORT = "RFC 3986, section 3.2.3", "https://www.rfc-editor.org/rfc/rfc3986#section-3.2.3";
    RFC_9110_USER = "RFC 9110, section 4.2.4", "https://www.rfc-editor.org/rfc/rfc9110#section-4.2.4";
    RFC_3986_NORMAL = "RFC 3986, section 6.2", "https://www.rfc-editor.org/rfc/rfc3986#section-6.2";
    RFC_1123 = "RFC 1123, section 2.1", "https://www.rfc-editor.org/rfc/rfc1123#section-2.1";
    RFC_5891 = "RFC 5891, section 4.4", "https://www.rfc-editor.org/rfc/rfc5891#section-4.4";
    RFC_1918 = "RFC 1918, section 3, and RFC 4193", "https://www.rfc-editor.org/rfc/rfc1918#section-3";
    RFC_3927 = "RFC 3927, and RFC 4291, section 2.5.6", "https://www.rfc-editor.org/rfc/rfc3927";
    RFC_4291_MAPPED = "RFC 4291, section 2.5.5.2", "https://www.rfc-editor.org/rfc/rfc4291#section-2.5.5.2";
    RFC_4291_TEXT = "RFC 4291, section 2.2", "https://www.rfc-editor.org/rfc/rfc4291#section-2.2";
    RFC_5771 = "RFC 5771, and RFC 4291, section 2.7", "https://www.rfc-editor.org/rfc/rfc5771";
    RFC_6598 = "RFC 6598", "https://www.rfc-editor.org/rfc/rfc6598";
    RFC_6890 = "RFC 6890, section 2.2", "https://www.rfc-editor.org/rfc/rfc6890#section-2.2";
    RFC_6761 = "RFC 6761, section 6", "https://www.rfc-editor.org/rfc/rfc6761#section-6";
    RFC_8252_LOOPBACK = "RFC 8252, section 7.3", "https://www.rfc-editor.org/rfc/rfc8252#section-7.3";
    RFC_5321 = "RFC 5321, section 4.1.2", "https://www.rfc-editor.org/rfc/rfc5321#section-4.1.2";
    UNICODE_SECURITY = "Unicode Technical Report 36, section 2", "https://www.unicode.org/reports/tr36/#visual_spoofing";
    URL_STANDARD = "URL Standard, IPv4 parser", "https://url.spec.whatwg.org/#concept-ipv4-parser";
}

/// Advice of our own, where neither Pleo nor a standard gives a rule or a number.
pub const ADVICE: RuleSource = RuleSource {
    name: "Advice of this app",
    url: None,
};

/// Pleo states it of redirect URIs; it is applied to every address that a person is sent to.
pub const APPLIED: RuleSource = RuleSource {
    name: "Pleo's rule for redirect URIs, applied by this app to every address that people open",
    url: Some(
        "https://developers.pleo.io/docs/current/integration-design/auth/oauth/getting-set-up/oauth-client-registration",
    ),
};
