//! Every call of Pleo's API, each with its method, path and scope.
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
    /// The client's installation.
    INSTALLATION = reads Get "/v1/installations/me" - "getClientInstallation";
    /// Install the client.
    CREATE_INSTALLATION = writes Post "/v1/installations/me" - "createClientInstallation";
    /// Change the installation's status.
    UPDATE_INSTALLATION = writes Put "/v1/installations/me" - "updateClientInstallation";
    /// Remove the installation, which ends every access and refresh token of the client.
    DELETE_INSTALLATION = writes Delete "/v1/installations/me" - "deleteClientInstallation";
    /// Activate the installation.
    ACTIVATE_INSTALLATION = writes Post "/v1/installations/me:activate" - "activateMyInstallation";
    /// Complete the installation. Pleo advises against it.
    COMPLETE_INSTALLATION = writes Put "/v1/installations/completions" - "completeInstallation";

    // Companies and employees
    /// List companies.
    COMPANIES = reads Get "/v1/companies" "companies:read" "searchCompanies";
    /// One company.
    COMPANY = reads Get "/v1/companies/{companyId}" "companies:read" "getCompany";
    /// List employees.
    EMPLOYEES = reads Get "/v2/employees" "users:read" "searchEmployees";
    /// One employee.
    EMPLOYEE = reads Get "/v2/employees/{employeeId}" "users:read" "getEmployee";

    // Webhook subscriptions
    /// List webhook subscriptions.
    SUBSCRIPTIONS = reads Get "/v1/subscriptions" - "getSubscriptions";
    /// Subscribe to events. It takes the scope of the API behind the event.
    CREATE_SUBSCRIPTION = writes Post "/v1/subscriptions" - "createSubscription";
    /// One subscription.
    SUBSCRIPTION = reads Get "/v1/subscriptions/{id}" - "getSubscription";
    /// Replace a subscription.
    UPDATE_SUBSCRIPTION = writes Put "/v1/subscriptions/{id}" - "updateSubscription";
    /// Remove a subscription.
    DELETE_SUBSCRIPTION = writes Delete "/v1/subscriptions/{id}" - "deleteSubscription";
    /// What was done to a subscription.
    SUBSCRIPTION_ACTIVITIES = reads Get "/v1/subscriptions/{id}/activities" - "getSubscriptionActivities";
    /// The secret that signs a subscription's deliveries.
    SUBSCRIPTION_SECRET = reads Get "/v1/subscriptions/{id}/secret" - "getSubscriptionSecret";

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
    /// The export job item of an accounting entry. Pleo keeps it for itself.
    EXPORT_JOB_ITEM = reads Get "/v3/export-job-items" - "getExportJobItemByAccountingEntryIdV3";
    /// Search export job items by accounting entry. Pleo advises against it. Pleo keeps it for itself.
    SEARCH_EXPORT_JOB_ITEMS = reads Post "/v3/export-job-items:search" - "searchExportJobItemsV3";

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
    /// Add receipts and tags to an accounting entry.
    ENRICH_ENTRY = writes Post "/v2/accounting-entries:enrich" "accounting-entries:write" "enrichAccountingEntryV2";

    // Tags
    /// List tag groups.
    TAG_GROUPS = reads Get "/v0/tag-groups" "tag-groups:read" "getTagGroups";
    /// Create a tag group.
    CREATE_TAG_GROUP = writes Post "/v0/tag-groups" "tag-groups:write" "createTagGroup";
    /// One tag group.
    TAG_GROUP = reads Get "/v0/tag-groups/{groupId}" "tag-groups:read" "getTagGroup";
    /// Replace a tag group.
    UPDATE_TAG_GROUP = writes Put "/v0/tag-groups/{groupId}" "tag-groups:write" "updateTagGroup";
    /// Remove a tag group.
    DELETE_TAG_GROUP = writes Delete "/v0/tag-groups/{groupId}" "tag-groups:write" "deleteTagGroup";
    /// List the dimensions of a tag group.
    DIMENSIONS = reads Get "/v0/tag-groups/{groupId}/dimensions" "tag-groups:read" "getTagGroupDimensions";
    /// Add a dimension to a tag group.
    CREATE_DIMENSION = writes Post "/v0/tag-groups/{groupId}/dimensions" "tag-groups:write" "createTagGroupDimension";
    /// One dimension of a tag group.
    DIMENSION = reads Get "/v0/tag-groups/{groupId}/dimensions/{dimensionId}" "tag-groups:read" "getTagGroupDimension";
    /// Replace a dimension of a tag group.
    UPDATE_DIMENSION = writes Put "/v0/tag-groups/{groupId}/dimensions/{dimensionId}" "tag-groups:write" "updateTagGroupDimension";
    /// Remove a dimension of a tag group.
    DELETE_DIMENSION = writes Delete "/v0/tag-groups/{groupId}/dimensions/{dimensionId}" "tag-groups:write" "deleteTagGroupDimension";
    /// List the tags of a tag group.
    TAGS_OF_GROUP = reads Get "/v0/tag-groups/{groupId}/tags" "tag-groups:read" "getTags";
    /// Create a tag.
    CREATE_TAG = writes Post "/v0/tag-groups/{groupId}/tags" "tag-groups:write" "createTag";
    /// List tags. Pleo advises against it.
    TAGS = reads Get "/v0/tags" "tag-groups:read" "searchTagsGet";
    /// Remove many tags.
    DELETE_TAGS = writes Delete "/v0/tags" "tag-groups:write" "bulkDeleteTags";
    /// Archive or restore many tags.
    ARCHIVE_TAGS = writes Post "/v0/tags/archive" "tag-groups:write" "bulkArchiveTags";
    /// Search tags.
    SEARCH_TAGS = reads Post "/v0/tags:search" "tag-groups:read" "searchTagsPost";
    /// One tag.
    TAG = reads Get "/v0/tags/{tagId}" "tag-groups:read" "getTag";
    /// Replace a tag.
    UPDATE_TAG = writes Put "/v0/tags/{tagId}" "tag-groups:write" "updateTag";
    /// Remove a tag.
    DELETE_TAG = writes Delete "/v0/tags/{tagId}" "tag-groups:write" "deleteTag";
    /// List the dimension values of a tag.
    DIMENSION_VALUES = reads Get "/v0/tags/{tagId}/dimensions" "tag-groups:read" "getTagDimensionValues";
    /// One dimension value of a tag.
    DIMENSION_VALUE = reads Get "/v0/tags/{tagId}/dimensions/{dimensionId}" "tag-groups:read" "getDimensionValue";
    /// Give a tag a dimension value.
    CREATE_DIMENSION_VALUE = writes Post "/v0/tags/{tagId}/dimensions/{dimensionId}" "tag-groups:write" "createDimensionValue";
    /// Replace a dimension value of a tag.
    UPDATE_DIMENSION_VALUE = writes Put "/v0/tags/{tagId}/dimensions/{dimensionId}" "tag-groups:write" "updateDimensionValue";
    /// Remove a dimension value of a tag.
    DELETE_DIMENSION_VALUE = writes Delete "/v0/tags/{tagId}/dimensions/{dimensionId}" "tag-groups:write" "deleteDimensionValue";
    /// List tag groups with their dimensions.
    AGGREGATED_TAG_GROUPS = reads Get "/v0/aggregations/tag-groups" "tag-groups:read" "getAggregatedTagGroups";
    /// Search tags with their groups and dimensions.
    SEARCH_AGGREGATED_TAGS = reads Post "/v0/aggregations/tags" "tag-groups:read" "searchAggregatedTags";

    // Tax codes
    /// Create a tax code.
    CREATE_TAX_CODE = writes Post "/v0/tax-codes" "tax-codes:write" "createTaxCode";
    /// One tax code.
    TAX_CODE = reads Get "/v0/tax-codes/{taxCodeId}" "tax-codes:read" "getTaxCode";
    /// Replace a tax code.
    UPDATE_TAX_CODE = writes Put "/v0/tax-codes/{taxCodeId}" "tax-codes:write" "updateTaxCode";
    /// Remove a tax code.
    DELETE_TAX_CODE = writes Delete "/v0/tax-codes/{taxCodeId}" "tax-codes:write" "deleteTaxCode";
    /// Search tax codes.
    SEARCH_TAX_CODES = reads Post "/v0/tax-codes:search" "tax-codes:read" "getTaxCodes";

    // The chart of accounts
    /// Create an account.
    CREATE_ACCOUNT = writes Post "/v1/chart-of-accounts" "accounts:write" "createAccountV1";
    /// Create many accounts.
    CREATE_ACCOUNTS = writes Post "/v1/chart-of-accounts/batch" "accounts:write" "createAccountsBatchV1";
    /// One account.
    ACCOUNT = reads Get "/v1/chart-of-accounts/{accountId}" "accounts:read" "getAccountV1";
    /// Replace an account.
    UPDATE_ACCOUNT = writes Put "/v1/chart-of-accounts/{accountId}" "accounts:write" "updateAccountV1";
    /// Remove an account.
    DELETE_ACCOUNT = writes Delete "/v1/chart-of-accounts/{accountId}" "accounts:write" "deleteAccountV1";
    /// Search accounts.
    SEARCH_ACCOUNTS = reads Post "/v1/chart-of-accounts:search" "accounts:read" "searchAccountsV1";

    // Vendors
    /// Create a vendor.
    CREATE_VENDOR = writes Post "/v1/vendors" "vendors:write" "postVendor";
    /// One vendor.
    VENDOR = reads Get "/v1/vendors/{id}" "vendors:read" "getVendorById";
    /// Replace a vendor.
    UPDATE_VENDOR = writes Put "/v1/vendors/{id}" "vendors:write" "updateVendor";
    /// Activate a vendor.
    ACTIVATE_VENDOR = writes Post "/v1/vendors/{id}:activate" "vendors:write" "activateVendor";
    /// Archive a vendor.
    ARCHIVE_VENDOR = writes Post "/v1/vendors/{id}:archive" "vendors:write" "archiveVendorById";
    /// Search vendors.
    SEARCH_VENDORS = reads Post "/v1/vendors:search" "vendors:read" "searchVendors";
}
