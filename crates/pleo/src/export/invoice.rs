//! The invoice behind an export item.

use outlay_wire::record;

use super::status::InvoiceStatus;

/// An invoice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvoiceInformation {
    /// The supplier's number.
    pub invoice_number: String,
    /// The invoice's date; `YYYY-MM-DD`.
    pub invoice_date: String,
    /// Where it stands.
    pub status: InvoiceStatus,
    /// When it is to be paid; `YYYY-MM-DD`.
    pub due_date: Option<String>,
    /// When it was paid; `YYYY-MM-DD`.
    pub payment_date: Option<String>,
    /// Where it is to be paid to.
    pub supplier_bank_account: Option<SupplierBankAccount>,
}

record!(InvoiceInformation {
    invoice_number = "invoiceNumber", invoice_date = "invoiceDate", status = "status",
    due_date = "dueDate", payment_date = "paymentDate",
    supplier_bank_account = "supplierBankAccount",
});

/// A supplier's bank account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SupplierBankAccount {
    /// The bank.
    pub bank_name: String,
    /// ISO 3166-1 alpha-2, or `UNDEFINED`.
    pub country: String,
    /// The account's number.
    pub account_number: Option<String>,
    /// The bank's code.
    pub bank_code: Option<String>,
    /// BIC.
    pub bic: Option<String>,
    /// IBAN.
    pub iban: Option<String>,
}

record!(SupplierBankAccount {
    bank_name = "bankName", country = "country", account_number = "accountNumber",
    bank_code = "bankCode", bic = "bic", iban = "iban",
});
