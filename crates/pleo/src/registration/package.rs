//! The filled-in form.

use super::choice::{ClientKind, Environment, Pkce, SubjectType};
use super::field::FormField;
use super::purpose::Purpose;

/// Everything that is handed to Pleo, as it was typed: nothing in it has been checked.
///
/// There is no place for a client id or a secret: both come back from Pleo.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RegistrationPackage {
    /// See [`FormField::ClientName`].
    pub client_name: String,
    /// See [`FormField::ClientUri`].
    pub client_uri: String,
    /// What is known of the picked file.
    pub logo: Option<Logo>,
    /// See [`FormField::LogoUri`]; may stay empty.
    pub logo_uri: String,
    /// See [`FormField::TermsUri`].
    pub terms_uri: String,
    /// See [`FormField::PolicyUri`].
    pub policy_uri: String,
    /// See [`FormField::Contacts`].
    pub contacts: Vec<String>,
    /// See [`FormField::InitiationUri`].
    pub initiation_uri: String,
    /// See [`FormField::SettingsUri`].
    pub settings_uri: String,
    /// See [`FormField::Environment`].
    pub environment: Environment,
    /// See [`FormField::ClientKind`].
    pub client_kind: ClientKind,
    /// See [`FormField::RedirectUris`].
    pub redirect_uris: Vec<String>,
    /// See [`FormField::Purposes`]; may stay empty.
    pub purposes: Vec<Purpose>,
    /// See [`FormField::Scopes`].
    pub scopes: Vec<String>,
    /// See [`FormField::Pkce`].
    pub pkce: Pkce,
    /// See [`FormField::SubjectType`].
    pub subject_type: SubjectType,
}

/// What a decoded image file shows of itself. The image is not part of a package.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Logo {
    /// The file's name.
    pub file_name: String,
    /// The media type, for example `image/png`.
    pub media_type: String,
    /// The decoded width, in pixels.
    pub width: u32,
    /// The decoded height, in pixels.
    pub height: u32,
    /// The file's weight, in bytes.
    pub bytes: u64,
    /// Whether any pixel lets the background through.
    pub has_transparency: bool,
}

impl RegistrationPackage {
    /// A field of one text; none for the others.
    #[must_use]
    pub fn text(&self, field: FormField) -> Option<&str> {
        Some(match field {
            FormField::ClientName => &self.client_name,
            FormField::ClientUri => &self.client_uri,
            FormField::LogoUri => &self.logo_uri,
            FormField::TermsUri => &self.terms_uri,
            FormField::PolicyUri => &self.policy_uri,
            FormField::InitiationUri => &self.initiation_uri,
            FormField::SettingsUri => &self.settings_uri,
            _ => return None,
        })
    }

    /// A field of one text, to be typed into; none for the others.
    pub fn text_mut(&mut self, field: FormField) -> Option<&mut String> {
        Some(match field {
            FormField::ClientName => &mut self.client_name,
            FormField::ClientUri => &mut self.client_uri,
            FormField::LogoUri => &mut self.logo_uri,
            FormField::TermsUri => &mut self.terms_uri,
            FormField::PolicyUri => &mut self.policy_uri,
            FormField::InitiationUri => &mut self.initiation_uri,
            FormField::SettingsUri => &mut self.settings_uri,
            _ => return None,
        })
    }

    /// A field of several texts; none for the others.
    #[must_use]
    pub fn list(&self, field: FormField) -> Option<&[String]> {
        Some(match field {
            FormField::Contacts => &self.contacts,
            FormField::RedirectUris => &self.redirect_uris,
            FormField::Scopes => &self.scopes,
            _ => return None,
        })
    }

    /// A field of several texts, to be typed into; none for the others.
    pub fn list_mut(&mut self, field: FormField) -> Option<&mut Vec<String>> {
        Some(match field {
            FormField::Contacts => &mut self.contacts,
            FormField::RedirectUris => &mut self.redirect_uris,
            FormField::Scopes => &mut self.scopes,
            _ => return None,
        })
    }
}
