//! The client's own installation: what a company has of it since its first sign-in.
//!
//! Source: pages `reference/installations` and `reference/marketplaceoverview`. The responses have no envelope,
//! without an envelope.

use outlay_wire::{Value, record};

use crate::id::{ApplicationId, InstallationId};
use crate::open::open_enum;

open_enum! {
    /// Status of an installation.
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

/// Request body of `POST /v1/installations/me`; needed with API keys only, since a sign-in installs
/// the client.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CreateInstallation {
    /// Initial status; `None` leaves it to Pleo.
    pub status: Option<InstallationStatus>,
    /// Free-form JSON object that Pleo stores and never reads.
    pub metadata: Value,
}

record!(CreateInstallation {
    status = "status", metadata = "metadata",
});

/// Request body of `PUT /v1/installations/me`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UpdateInstallation {
    /// New status of the installation; one of the documented values.
    pub status: InstallationStatus,
    /// Reason of an error status; `None` for the other statuses.
    pub error_code: Option<InstallationErrorCode>,
    /// Free-form JSON object that Pleo stores and never reads.
    pub metadata: Value,
}

record!(UpdateInstallation {
    status = "status", error_code = "errorCode", metadata = "metadata",
});

/// The record that the application is connected to one company or organisation. Pleo sends it
/// without the `data` envelope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Installation {
    /// UUID.
    pub id: InstallationId,
    /// The application's UUID.
    pub application_id: ApplicationId,
    /// Whose it is: a URN; see [`crate::Subject`].
    pub resource: String,
    /// Status of the installation; an undocumented value is kept as text.
    pub status: InstallationStatus,
    /// Free-form JSON object, as the application stored it.
    pub metadata: Value,
    /// When it was made; RFC 3339.
    pub created_at: String,
    /// When it was last changed; RFC 3339.
    pub updated_at: String,
    /// Reason why the installation does not work; only with an inactive or error status.
    pub error_code: Option<InstallationErrorCode>,
}

record!(Installation {
    id = "id", application_id = "applicationId", resource = "resource", status = "status",
    metadata = "metadata", created_at = "createdAt", updated_at = "updatedAt",
    error_code = "errorCode",
});
