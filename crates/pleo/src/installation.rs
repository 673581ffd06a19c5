//! The client's own installation: what a company has of it since its first sign-in.
//!
//! Source: pages `reference/installations` and `reference/marketplaceoverview`. The answers stand bare,
//! without an envelope.

use outlay_wire::{Value, record};

use crate::id::{ApplicationId, InstallationId};
use crate::open::open_enum;

open_enum! {
    /// Where an installation stands.
    InstallationStatus {
        /// At work.
        Activated = "ACTIVATED",
        /// Cut off after repeated failures.
        Inactive = "INACTIVE",
        /// Authorised, and waiting to be configured.
        Authorized = "AUTHORIZED",
        /// Syncing.
        PendingIntegration = "PENDING_INTEGRATION",
        /// Failed; see [`InstallationErrorCode`].
        Error = "ERROR",
    }
}

open_enum! {
    /// Why an installation does not work.
    InstallationErrorCode {
        NotEntitled = "NOT_ENTITLED",
        AuthError = "AUTH_ERROR",
    }
}

/// The body that installs the client.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CreateInstallation {
    /// Where it stands.
    pub status: Option<InstallationStatus>,
    /// Free-form and never read by Pleo; an object.
    pub metadata: Value,
}

record!(CreateInstallation {
    status = "status", metadata = "metadata",
});

/// The body that changes the status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UpdateInstallation {
    /// Where it stands.
    pub status: InstallationStatus,
    /// Why, where the status is an error.
    pub error_code: Option<InstallationErrorCode>,
    /// Free-form and never read by Pleo; an object.
    pub metadata: Value,
}

record!(UpdateInstallation {
    status = "status", error_code = "errorCode", metadata = "metadata",
});

/// One installation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Installation {
    /// UUID.
    pub id: InstallationId,
    /// The application's UUID.
    pub application_id: ApplicationId,
    /// Whose it is: a URN; see [`crate::Subject`].
    pub resource: String,
    /// Where it stands.
    pub status: InstallationStatus,
    /// Free-form; an object.
    pub metadata: Value,
    /// When it was made; RFC 3339.
    pub created_at: String,
    /// When it was last changed; RFC 3339.
    pub updated_at: String,
    /// Why it does not work, where it does not.
    pub error_code: Option<InstallationErrorCode>,
}

record!(Installation {
    id = "id", application_id = "applicationId", resource = "resource", status = "status",
    metadata = "metadata", created_at = "createdAt", updated_at = "updatedAt",
    error_code = "errorCode",
});
