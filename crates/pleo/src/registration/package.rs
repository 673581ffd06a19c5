//! The filled-in form.

use super::choice::{ClientKind, Environment, Pkce, SubjectType};
use super::field::Field;
use super::purpose::Purpose;

/// Everything that is handed to Pleo, as it was typed: nothing in it has been checked.
///
/// There is no place for a client id or a secret: both come back from Pleo.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Package {
    /// See [`Field::ClientName`].
    pub client_name: String,
    /// See [`Field::ClientUri`].
    pub client_uri: String,
    /// What is known of the picked file.
    pub logo: Option<Logo>,
    /// See [`Field::LogoUri`]; may stay empty.
    pub logo_uri: String,
    /// See [`Field::TermsUri`].
    pub terms_uri: String,
    /// See [`Field::PolicyUri`].
    pub policy_uri: String,
    /// See [`Field::Contacts`].
    pub contacts: Vec<String>,
    /// See [`Field::InitiationUri`].
    pub initiation_uri: String,
    /// See [`Field::SettingsUri`].
    pub settings_uri: String,
    /// See [`Field::Environment`].
    pub environment: Environment,
    /// See [`Field::ClientKind`].
    pub client_kind: ClientKind,
    /// See [`Field::RedirectUris`].
    pub redirect_uris: Vec<String>,
    /// See [`Field::Purposes`]; may stay empty.
    pub purposes: Vec<Purpose>,
    /// See [`Field::Scopes`].
    pub scopes: Vec<String>,
    /// See [`Field::Pkce`].
    pub pkce: Pkce,
    /// See [`Field::SubjectType`].
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

impl Package {
    /// A field of one text; none for the others.
    #[must_use]
    pub fn text(&self, field: Field) -> Option<&str> {
        Some(match field {
            Field::ClientName => &self.client_name,
            Field::ClientUri => &self.client_uri,
            Field::LogoUri => &self.logo_uri,
            Field::TermsUri => &self.terms_uri,
            Field::PolicyUri => &self.policy_uri,
            Field::InitiationUri => &self.initiation_uri,
            Field::SettingsUri => &self.settings_uri,
            _ => return None,
        })
    }

    /// A field of one text, to be typed into; none for the others.
    pub fn text_mut(&mut self, field: Field) -> Option<&mut String> {
        Some(match field {
            Field::ClientName => &mut self.client_name,
            Field::ClientUri => &mut self.client_uri,
            Field::LogoUri => &mut self.logo_uri,
            Field::TermsUri => &mut self.terms_uri,
            Field::PolicyUri => &mut self.policy_uri,
            Field::InitiationUri => &mut self.initiation_uri,
            Field::SettingsUri => &mut self.settings_uri,
            _ => return None,
        })
    }

    /// A field of several texts; none for the others.
    #[must_use]
    pub fn list(&self, field: Field) -> Option<&[String]> {
        Some(match field {
            Field::Contacts => &self.contacts,
            Field::RedirectUris => &self.redirect_uris,
            Field::Scopes => &self.scopes,
            _ => return None,
        })
    }

    /// A field of several texts, to be typed into; none for the others.
    pub fn list_mut(&mut self, field: Field) -> Option<&mut Vec<String>> {
        Some(match field {
            Field::Contacts => &mut self.contacts,
            Field::RedirectUris => &mut self.redirect_uris,
            Field::Scopes => &mut self.scopes,
            _ => return None,
        })
    }
}
