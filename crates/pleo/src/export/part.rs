//! The parts that export items are made of.

use outlay_wire::{Value, record};

use super::money::ExportMoney;
use super::status::BookkeepingMethod;
use crate::id::{AccountId, TagId, TaxCodeId, VendorId};
use crate::number::Decimal;
use crate::tax_code::TaxType;

/// One amount in two currencies, both with the same sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CurrencyPair {
    /// In the currency that the supplier was paid in.
    pub in_supplier_currency: ExportMoney,
    /// In the currency of the company's wallet.
    pub in_wallet_currency: ExportMoney,
}

record!(CurrencyPair {
    in_supplier_currency = "inSupplierCurrency", in_wallet_currency = "inWalletCurrency",
});

/// Reference to an account, in an export item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportAccountRef {
    /// UUID.
    pub id: AccountId,
    /// Name at the time of the export; free text.
    pub name: String,
    /// Code in the ledger; `None` if Pleo sends none or `null`.
    pub code: Option<String>,
    /// Id that the accounting system assigned.
    pub identifier: Option<String>,
}

record!(ExportAccountRef {
    id = "id", name = "name", code = "code", identifier = "identifier",
});

/// Reference to a tag, in an export item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportTag {
    /// UUID.
    pub id: TagId,
    /// Code of the tag in the ledger; free text.
    pub code: String,
    /// Code of the tag group in the ledger; free text.
    pub group_code: String,
}

record!(ExportTag {
    id = "id", code = "code", group_code = "groupCode",
});

/// Tax of an accounting line; its `rate` is a fraction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportTax {
    /// UUID.
    pub id: TaxCodeId,
    /// A fraction: 0.2 is 20 %.
    pub rate: Decimal,
    /// Whether the line's amount includes the tax; an undocumented value is kept as text.
    pub kind: TaxType,
    /// Tax amount, in the supplier's and in the wallet's currency.
    pub amount: CurrencyPair,
    /// Code of the tax code in the ledger.
    pub code: Option<String>,
    /// Account for ingoing (input) tax in the ledger.
    pub ingoing_tax_account: Option<String>,
    /// Account for outgoing (output) tax in the ledger.
    pub outgoing_tax_account: Option<String>,
}

record!(ExportTax {
    id = "id", rate = "rate", kind = "type", amount = "amount", code = "code",
    ingoing_tax_account = "ingoingTaxAccount", outgoing_tax_account = "outgoingTaxAccount",
});

/// A receipt of an export item; the address expires after 24 hours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportItemFile {
    /// Where it can be fetched; dead 24 hours after the answer.
    pub url: String,
    /// MIME type, for example `application/pdf`.
    pub kind: String,
    /// Size of the file, in bytes.
    pub size: i32,
}

record!(ExportItemFile {
    url = "url", kind = "type", size = "size",
});

/// Payee of a purchase, as the card network or the invoice names it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ExportSupplier {
    /// Name of the payee, free text; `None` if Pleo sends none.
    pub name: Option<String>,
    /// Supplier's code in the ledger; `None` without one.
    pub code: Option<String>,
    /// Supplier's account in the ledger.
    pub account: Option<String>,
    /// The merchant category, for example 5999.
    pub category_code: Option<String>,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// Tax number of the supplier, as the document states it.
    pub tax_identifier: Option<String>,
}

record!(ExportSupplier {
    name = "name", code = "code", account = "account", category_code = "categoryCode",
    country = "country", tax_identifier = "taxIdentifier",
});

/// Reference to an employee or a team, in an export item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportRef {
    /// UUID.
    pub id: String,
    /// Full name of the person, or name of the team.
    pub name: String,
    /// Code in the ledger or the HR system.
    pub code: Option<String>,
}

record!(ExportRef {
    id = "id", name = "name", code = "code",
});

/// Reference to a vendor, in an export item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportVendor {
    /// UUID.
    pub id: VendorId,
    /// Name of the vendor at the time of the export; free text.
    pub name: String,
    /// Currency of its invoices, an ISO 4217 code.
    pub default_currency: String,
    /// Code in the ledger; `None` without one.
    pub code: Option<String>,
    /// Id in the target system; `None` if Pleo sends none.
    pub external_id: Option<String>,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// Number in the national company register.
    pub registration_number: Option<String>,
    /// VAT registration number in the national format; free text.
    pub tax_registration_number: Option<String>,
}

record!(ExportVendor {
    id = "id", name = "name", default_currency = "defaultCurrency", code = "code",
    external_id = "externalId", country = "country", registration_number = "registrationNumber",
    tax_registration_number = "taxRegistrationNumber",
});

/// Bookkeeping method of an export item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportBookkeeping {
    /// Journal, accounts payable or none; an undocumented value is kept as text.
    pub method: BookkeepingMethod,
}

record!(ExportBookkeeping {
    method = "method",
});

/// Period of the service that an item pays for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServicePeriod {
    /// The first instant; RFC 3339.
    pub from: String,
    /// The last instant; RFC 3339.
    pub to: String,
}

record!(ServicePeriod {
    from = "from", to = "to",
});

/// Addresses of an entry in Pleo's apps and API.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Links {
    /// JSON object of addresses in the web app, by name.
    pub web: Value,
    /// JSON object of addresses in the mobile app, by name.
    pub mobile: Value,
    /// JSON object of addresses in the API, by name, for example `exportItem`.
    pub api: Value,
}

record!(Links {
    web = "web", mobile = "mobile", api = "api",
});
