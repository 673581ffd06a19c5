//! The filled-in form.

use super::choice::{ClientKind, Environment, Pkce, SubjectType};
use super::field::FormField;
use super::purpose::Purpose;

/// Everything that is sent to Pleo, as typed: it is not validated.
///
/// There is no place for a client id or a secret: both come back from Pleo.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RegistrationPackage {
    /// Value of [`FormField::ClientName`]: free text that users see.
    pub client_name: String,
    /// Value of [`FormField::ClientUri`], as typed; should be an absolute HTTPS URL.
    pub client_uri: String,
    /// Facts about the picked logo file; `None` if no file is picked.
    pub logo: Option<Logo>,
    /// See [`FormField::LogoUri`]; may stay empty.
    pub logo_uri: String,
    /// Value of [`FormField::TermsUri`], as typed; should be an absolute HTTPS URL.
    pub terms_uri: String,
    /// Value of [`FormField::PolicyUri`], as typed; should be an absolute HTTPS URL.
    pub policy_uri: String,
    /// Value of [`FormField::Contacts`]: e-mail addresses.
    pub contacts: Vec<String>,
    /// Value of [`FormField::InitiationUri`]: the page that Pleo's Connect button opens.
    pub initiation_uri: String,
    /// Value of [`FormField::SettingsUri`]: the page that manages the integration.
    pub settings_uri: String,
    /// Value of [`FormField::Environment`]: staging or production.
    pub environment: Environment,
    /// Value of [`FormField::ClientKind`]: public or confidential (RFC 6749 §2.1).
    pub client_kind: ClientKind,
    /// Value of [`FormField::RedirectUris`]: compared by Pleo as exact strings.
    pub redirect_uris: Vec<String>,
    /// See [`FormField::Purposes`]; may stay empty.
    pub purposes: Vec<Purpose>,
    /// Value of [`FormField::Scopes`]: names of the form `resource:permission`.
    pub scopes: Vec<String>,
    /// Value of [`FormField::Pkce`]: Pleo requires S256 of public clients.
    pub pkce: Pkce,
    /// Value of [`FormField::SubjectType`]: the resource that the client works on by default.
    pub subject_type: SubjectType,
}

/// What a decoded image file shows of itself. The image is not part of a package.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Logo {
    /// File name as picked, without a folder.
    pub file_name: String,
    /// Media type as the browser reports it, for example `image/png`.
    pub media_type: String,
    /// Width of the decoded image, in pixels.
    pub width: u32,
    /// Height of the decoded image, in pixels.
    pub height: u32,
    /// Size of the file, in bytes.
    pub bytes: u64,
    /// Whether at least one pixel is not opaque.
    pub has_transparency: bool,
}

impl RegistrationPackage {
    /// Returns the value of a single-text field; `None` for other fields.
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

    /// Returns the value of a single-text field for editing; `None` for other fields.
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

    /// Returns the entries of a list field; `None` for other fields.
    #[must_use]
    pub fn list(&self, field: FormField) -> Option<&[String]> {
        Some(match field {
            FormField::Contacts => &self.contacts,
            FormField::RedirectUris => &self.redirect_uris,
            FormField::Scopes => &self.scopes,
            _ => return None,
        })
    }

    /// Returns the entries of a list field for editing; `None` for other fields.
    pub fn list_mut(&mut self, field: FormField) -> Option<&mut Vec<String>> {
        Some(match field {
            FormField::Contacts => &mut self.contacts,
            FormField::RedirectUris => &mut self.redirect_uris,
            FormField::Scopes => &mut self.scopes,
            _ => return None,
        })
    }
}
