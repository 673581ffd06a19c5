//! The parts that export items are made of.

use outlay_wire::{Value, record};

use super::money::ExportMoney;
use super::status::BookkeepingMethod;
use crate::id::{AccountId, TagId, TaxCodeId, VendorId};
use crate::number::Decimal;
use crate::tax_code::TaxType;

/// An amount in two currencies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CurrencyPair {
    /// In the currency that was paid.
    pub in_supplier_currency: ExportMoney,
    /// In the currency of the wallet.
    pub in_wallet_currency: ExportMoney,
}

record!(CurrencyPair {
    in_supplier_currency = "inSupplierCurrency", in_wallet_currency = "inWalletCurrency",
});

/// An account, as an item names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportAccountRef {
    /// UUID.
    pub id: AccountId,
    /// Its name.
    pub name: String,
    /// The code in the ledger.
    pub code: Option<String>,
    /// The id in the accounting system.
    pub identifier: Option<String>,
}

record!(ExportAccountRef {
    id = "id", name = "name", code = "code", identifier = "identifier",
});

/// A tag, as an item names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportTag {
    /// UUID.
    pub id: TagId,
    /// The tag's code.
    pub code: String,
    /// The code of its group.
    pub group_code: String,
}

record!(ExportTag {
    id = "id", code = "code", group_code = "groupCode",
});

/// The tax of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportTax {
    /// UUID.
    pub id: TaxCodeId,
    /// A fraction: 0.2 is 20 %.
    pub rate: Decimal,
    /// How it relates to the amount.
    pub kind: TaxType,
    /// The tax.
    pub amount: CurrencyPair,
    /// The tax code's code in the ledger.
    pub code: Option<String>,
    /// The account of the tax that comes in.
    pub ingoing_tax_account: Option<String>,
    /// The account of the tax that goes out.
    pub outgoing_tax_account: Option<String>,
}

record!(ExportTax {
    id = "id", rate = "rate", kind = "type", amount = "amount", code = "code",
    ingoing_tax_account = "ingoingTaxAccount", outgoing_tax_account = "outgoingTaxAccount",
});

/// A receipt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportItemFile {
    /// Where it can be fetched; dead 24 hours after the answer.
    pub url: String,
    /// MIME type.
    pub kind: String,
    /// Bytes.
    pub size: i32,
}

record!(ExportItemFile {
    url = "url", kind = "type", size = "size",
});

/// Where the money went.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ExportSupplier {
    /// Its name.
    pub name: Option<String>,
    /// The code in the ledger.
    pub code: Option<String>,
    /// The account in the ledger.
    pub account: Option<String>,
    /// The merchant category, for example 5999.
    pub category_code: Option<String>,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// The number for tax.
    pub tax_identifier: Option<String>,
}

record!(ExportSupplier {
    name = "name", code = "code", account = "account", category_code = "categoryCode",
    country = "country", tax_identifier = "taxIdentifier",
});

/// A person or a team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportRef {
    /// UUID.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The code in the ledger.
    pub code: Option<String>,
}

record!(ExportRef {
    id = "id", name = "name", code = "code",
});

/// A vendor, as an item names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportVendor {
    /// UUID.
    pub id: VendorId,
    /// Its name.
    pub name: String,
    /// The currency of its invoices; 3 letters.
    pub default_currency: String,
    /// The code in the ledger.
    pub code: Option<String>,
    /// The id in the target system.
    pub external_id: Option<String>,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// The number in the national register.
    pub registration_number: Option<String>,
    /// The number for value added tax.
    pub tax_registration_number: Option<String>,
}

record!(ExportVendor {
    id = "id", name = "name", default_currency = "defaultCurrency", code = "code",
    external_id = "externalId", country = "country", registration_number = "registrationNumber",
    tax_registration_number = "taxRegistrationNumber",
});

/// How an item is booked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportBookkeeping {
    /// Which books.
    pub method: BookkeepingMethod,
}

record!(ExportBookkeeping {
    method = "method",
});

/// A period.
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

/// Addresses of an entry.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Links {
    /// On the web; an object of addresses.
    pub web: Value,
    /// In the app; an object of addresses.
    pub mobile: Value,
    /// In the API; an object of addresses.
    pub api: Value,
}

record!(Links {
    web = "web", mobile = "mobile", api = "api",
});
