//! Vendors: the suppliers that a company's ledger knows.
//!
//! Source: page `reference/vendor/vendor-api-scopes`.

use outlay_wire::record;

use crate::id::{CompanyId, VendorId};
use crate::open::open_enum;

open_enum! {
    /// State of a vendor.
    VendorState {
        /// Made in Pleo and not yet known to the ledger.
        Draft = "DRAFT",
        /// In use.
        Active = "ACTIVE",
        /// Archived: no longer offered, but kept.
        Archived = "ARCHIVED",
    }
}

/// A vendor (supplier) of one company.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vendor {
    /// UUID.
    pub id: VendorId,
    /// The company's UUID.
    pub company_id: CompanyId,
    /// Name of the vendor, free text; required.
    pub name: String,
    /// Currency of its invoices, an ISO 4217 code.
    pub default_currency: String,
    /// Draft, active or archived; an undocumented value is kept as text.
    pub state: VendorState,
    /// Id in the target system; `None` for a draft.
    pub external_id: Option<String>,
    /// Code in the ledger; `None` if Pleo sends none or `null`.
    pub code: Option<String>,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// Number in the national company register.
    pub registration_number: Option<String>,
    /// VAT registration number in the national format; `None` without one.
    pub tax_registration_number: Option<String>,
    /// Name of the accounting system that the vendor comes from.
    pub accounting_system: Option<String>,
    /// When it was made; RFC 3339.
    pub created_at: Option<String>,
    /// When it was last changed; RFC 3339.
    pub updated_at: Option<String>,
}

record!(Vendor {
    id = "id", company_id = "companyId", name = "name", default_currency = "defaultCurrency",
    state = "state", external_id = "externalId", code = "code", country = "country",
    registration_number = "registrationNumber", tax_registration_number = "taxRegistrationNumber",
    accounting_system = "accountingSystem", created_at = "createdAt", updated_at = "updatedAt",
});

/// Request body of the vendor search. A field that is `None` does not narrow the result.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct VendorFilter {
    /// Vendors, as UUIDs; at most 100.
    pub ids: Option<Vec<VendorId>>,
    /// Ids in the target system; at most 100.
    pub external_ids: Option<Vec<String>>,
    /// Codes in the ledger; at most 100.
    pub codes: Option<Vec<String>>,
    /// ISO 3166-1 alpha-2; at most 100.
    pub countries: Option<Vec<String>>,
    /// Accounting systems; at most 100.
    pub accounting_systems: Option<Vec<String>>,
    /// Numbers for value added tax; at most 100.
    pub tax_registration_numbers: Option<Vec<String>>,
    /// Only vendors in one of these states; at most 4.
    pub states: Option<Vec<VendorState>>,
    /// Name of the vendor to match; `None` for any name.
    pub name: Option<String>,
}

record!(VendorFilter {
    ids = "ids", external_ids = "externalIds", codes = "codes", countries = "countries",
    accounting_systems = "accountingSystems", tax_registration_numbers = "taxRegistrationNumbers",
    states = "states", name = "name",
});
