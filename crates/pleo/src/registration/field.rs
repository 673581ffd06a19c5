//! The fields of the form, in Pleo's three groups.

/// Groups of registration data, as Pleo's registration page divides them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldGroup {
    /// Data that users see on the consent screen and in the marketplace.
    Human,
    /// Addresses that Pleo's own pages link to.
    Pleo,
    /// Data that the authorization server enforces.
    Technical,
}

impl FieldGroup {
    /// The groups in the order of the form.
    pub const ALL: [FieldGroup; 3] = [FieldGroup::Human, FieldGroup::Pleo, FieldGroup::Technical];

    /// Returns the heading on screen, in sentence case.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            FieldGroup::Human => "What users read",
            FieldGroup::Pleo => "Pages that Pleo links to",
            FieldGroup::Technical => "Technical data",
        }
    }

    /// Returns the fields of the group, in the order of the form.
    pub fn fields(self) -> impl Iterator<Item = FormField> {
        FormField::ALL
            .iter()
            .copied()
            .filter(move |field| field.group() == self)
    }
}

macro_rules! fields {
    ($($field:ident = $group:ident, $key:literal, $label:literal, $meaning:literal;)*) => {
        /// A field of the registration form.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum FormField { $(#[doc = $meaning] $field),* }

        impl FormField {
            /// All fields, in the order of the form.
            pub const ALL: &'static [FormField] = &[$(FormField::$field),*];

            /// Returns the group under which the form shows the field.
            #[must_use]
            pub fn group(self) -> FieldGroup {
                match self { $(FormField::$field => FieldGroup::$group),* }
            }

            /// Returns the JSON key in a saved package, in camelCase.
            #[must_use]
            pub fn key(self) -> &'static str {
                match self { $(FormField::$field => $key),* }
            }

            /// Returns the label on screen, in sentence case.
            #[must_use]
            pub fn label(self) -> &'static str {
                match self { $(FormField::$field => $label),* }
            }

            /// Returns the purpose of the field as one sentence for the form.
            #[must_use]
            pub fn meaning(self) -> &'static str {
                match self { $(FormField::$field => $meaning),* }
            }
        }
    };
}

fields! {
    ClientName = Human, "clientName", "Client name",
        "The name that users read when they are asked for consent.";
    ClientUri = Human, "clientUri", "Client URI",
        "The page that describes the client.";
    Logo = Human, "logo", "Logo",
        "A square image of high resolution, shown next to the name.";
    LogoUri = Human, "logoUri", "Logo URI",
        "Where the logo can be fetched, if it is published already.";
    TermsUri = Human, "termsOfServiceUri", "Terms of service URI",
        "The terms that users accept.";
    PolicyUri = Human, "privacyPolicyUri", "Privacy policy URI",
        "How the client treats what it learns.";
    Contacts = Human, "contacts", "Contacts",
        "E-mail addresses of the people who answer for the client.";
    InitiationUri = Pleo, "initiationUri", "Initiation URI",
        "The page where a user starts connecting; Pleo's Connect button opens it.";
    SettingsUri = Pleo, "settingsUri", "Settings URI",
        "The page where a user manages the integration; Pleo links to it.";
    Environment = Technical, "environment", "Environment",
        "Where the client is used.";
    ClientKind = Technical, "clientKind", "Client type",
        "Whether the client can keep a secret.";
    RedirectUris = Technical, "redirectUris", "Redirect URIs",
        "Where users come back to with a code; compared character by character.";
    Purposes = Technical, "purposes", "Purposes",
        "What the client is for; the least set of scopes follows from it.";
    Scopes = Technical, "scopes", "Scopes",
        "What the client may ask for at most; fixed at registration.";
    Pkce = Technical, "pkce", "PKCE support",
        "Whether a code is bound to the client instance that asked for it.";
    SubjectType = Technical, "subjectType", "Subject type preference",
        "The kind of subject that the client works on by default; optional.";
}
