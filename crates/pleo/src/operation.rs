//! The calls of Pleo's API that Outlay makes by itself, each with its method, path and scope. The
//! explorer makes every documented one, with [`crate::catalogue`] alone.
//!
//! The table is held against `openapi.json` by a test. What is not used falls out of a download: each
//! row is a constant of its own.

pub use outlay_wire::Method;

/// A documented call of Pleo's API that this crate can make.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Operation {
    /// Pleo's `operationId`, unique among [`OPERATIONS`].
    pub id: &'static str,
    /// HTTP method of the call; `POST` may also read (`:search`).
    pub method: Method,
    /// Path below the API base with its version; `{…}` is replaced by an id.
    pub path: &'static str,
    /// The scope that the token needs; `None` if no scope is known. Some are inferred, and some have
    /// a second spelling: see [`crate::scope`].
    pub scope: Option<&'static str>,
    /// Whether it only reads, and so may be sent again after 429 or 503.
    pub reads: bool,
}

macro_rules! operations {
    ($($(#[$about:meta])* $name:ident = $class:ident $method:ident $path:literal $scope:tt $id:literal;)+) => {
        $(
            $(#[$about])*
            pub const $name: Operation = Operation {
                id: $id,
                method: Method::$method,
                path: $path,
                scope: operations!(@scope $scope),
                reads: operations!(@$class),
            };
        )+

        /// Every operation that this crate can request, in the order of the OpenAPI document.
        pub const OPERATIONS: &[Operation] = &[$($name),+];
    };
    (@scope -) => { None };
    (@scope $scope:literal) => { Some($scope) };
    (@reads) => { true };
    (@writes) => { false };
}

operations! {
    // The token and the installation
    /// Who the token speaks for, and its scopes.
    INTROSPECT = reads Get "/v1/introspect" - "introspect";
    /// Remove the installation, which ends every access and refresh token of the client.
    DELETE_INSTALLATION = writes Delete "/v1/installations/me" - "deleteClientInstallation";

    // Companies and employees
    /// List companies.
    COMPANIES = reads Get "/v1/companies" "companies:read" "searchCompanies";
    /// List employees.
    EMPLOYEES = reads Get "/v2/employees" "users:read" "searchEmployees";

    // Export
    /// List export jobs.
    EXPORT_JOBS = reads Get "/v3/export-jobs" "export-jobs:read" "getExportJobsListV3";
    /// Create an export job.
    CREATE_EXPORT_JOB = writes Post "/v3/export-jobs" "export-jobs:write" "createExportJobV3";
    /// One export job.
    EXPORT_JOB = reads Get "/v3/export-jobs/{jobId}" "export-jobs:read" "getExportJobByIdV3";
    /// List the items of an export job.
    EXPORT_JOB_ITEMS = reads Get "/v3/export-jobs/{jobId}/items" "export-jobs:read" "getExportJobItemsV3";
    /// Report how items of an export job went.
    UPDATE_EXPORT_JOB_ITEMS = writes Put "/v3/export-jobs/{jobId}/items" "export-jobs:write" "updateExportJobItemsV3";
    /// Start, complete or fail an export job.
    CREATE_EXPORT_JOB_EVENT = writes Post "/v3/export-job-events" "export-jobs:write" "createExportJobEventV3";
    /// List the bookkeeping data of a running export job.
    EXPORT_ITEMS = reads Get "/v3/export-items" "export-items:read" "getExportItemsV3";

    // Accounting entries and receipts
    /// Search accounting entries.
    SEARCH_ENTRIES = reads Post "/v1/accounting-entries:search" "accounting-entries:read" "externalSearchAccountingEntriesV1";
    /// One accounting entry.
    ENTRY = reads Get "/v1/accounting-entries/{accountingEntryId}" "accounting-entries:read" "externalGetAccountingEntryV1";
    /// Search receipts.
    SEARCH_RECEIPTS = reads Post "/v1/accounting-entries/receipts:search" "accounting-entries:read" "searchReceipts";
    /// List the receipts of an accounting entry.
    ENTRY_RECEIPTS = reads Get "/v1/accounting-entries/{accountingEntryId}/receipts" "accounting-entries:read" "getAllReceipts";
    /// One receipt.
    RECEIPT = reads Get "/v1/accounting-entries/{accountingEntryId}/receipts/{receiptId}" "accounting-entries:read" "getReceipt";

    // Tags
    /// List tag groups.
    TAG_GROUPS = reads Get "/v0/tag-groups" "tag-groups:read" "getTagGroups";
    /// Search tags.
    SEARCH_TAGS = reads Post "/v0/tags:search" "tag-groups:read" "searchTagsPost";

    // Tax codes
    /// Search tax codes.
    SEARCH_TAX_CODES = reads Post "/v0/tax-codes:search" "tax-codes:read" "getTaxCodes";

    // The chart of accounts
    /// Search accounts.
    SEARCH_ACCOUNTS = reads Post "/v1/chart-of-accounts:search" "accounts:read" "searchAccountsV1";

    // Vendors
    /// Search vendors.
    SEARCH_VENDORS = reads Post "/v1/vendors:search" "vendors:read" "searchVendors";
}
