//! Vendors: the suppliers that a company's ledger knows.
//!
//! Source: page `reference/vendor/vendor-api-scopes`.

use outlay_wire::record;

use crate::id::{CompanyId, VendorId};
use crate::open::open_enum;

open_enum! {
    /// Where a vendor stands.
    VendorState {
        /// Made in Pleo and not yet known to the ledger.
        Draft = "DRAFT",
        /// In use.
        Active = "ACTIVE",
        /// Put away.
        Archived = "ARCHIVED",
    }
}

/// One vendor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vendor {
    /// UUID.
    pub id: VendorId,
    /// The company's UUID.
    pub company_id: CompanyId,
    /// Its name.
    pub name: String,
    /// The currency of its invoices; 3 letters.
    pub default_currency: String,
    /// Where it stands.
    pub state: VendorState,
    /// The id in the target system.
    pub external_id: Option<String>,
    /// The code in the ledger.
    pub code: Option<String>,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// The number in the national register.
    pub registration_number: Option<String>,
    /// The number for value added tax.
    pub tax_registration_number: Option<String>,
    /// The accounting system.
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

/// The body that makes a vendor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VendorCreate {
    /// The company's UUID.
    pub company_id: CompanyId,
    /// Its name.
    pub name: String,
    /// The currency of its invoices; 3 letters.
    pub default_currency: String,
    /// The id in the target system.
    pub external_id: Option<String>,
    /// The code in the ledger.
    pub code: Option<String>,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// The number in the national register.
    pub registration_number: Option<String>,
    /// The number for value added tax.
    pub tax_registration_number: Option<String>,
}

record!(VendorCreate {
    company_id = "companyId", name = "name", default_currency = "defaultCurrency",
    external_id = "externalId", code = "code", country = "country",
    registration_number = "registrationNumber", tax_registration_number = "taxRegistrationNumber",
});

/// The body that replaces a vendor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VendorUpdate {
    /// The company's UUID.
    pub company_id: CompanyId,
    /// Its name.
    pub name: String,
    /// The currency of its invoices; 3 letters.
    pub default_currency: String,
    /// The id in the target system.
    pub external_id: String,
    /// Where it stands.
    pub state: VendorState,
    /// The code in the ledger.
    pub code: Option<String>,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// The number in the national register.
    pub registration_number: Option<String>,
    /// The number for value added tax.
    pub tax_registration_number: Option<String>,
}

record!(VendorUpdate {
    company_id = "companyId", name = "name", default_currency = "defaultCurrency",
    external_id = "externalId", state = "state", code = "code", country = "country",
    registration_number = "registrationNumber", tax_registration_number = "taxRegistrationNumber",
});

/// The body that activates a vendor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VendorActivate {
    /// The id in the target system.
    pub external_id: String,
    /// The code in the ledger.
    pub code: Option<String>,
}

record!(VendorActivate {
    external_id = "externalId", code = "code",
});

/// The body of the vendor search; an absent field does not narrow.
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
    /// Where they stand; at most 4.
    pub states: Option<Vec<VendorState>>,
    /// The name.
    pub name: Option<String>,
}

record!(VendorFilter {
    ids = "ids", external_ids = "externalIds", codes = "codes", countries = "countries",
    accounting_systems = "accountingSystems", tax_registration_numbers = "taxRegistrationNumbers",
    states = "states", name = "name",
});
