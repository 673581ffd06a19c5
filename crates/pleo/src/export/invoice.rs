//! The invoice behind an export item.

use outlay_wire::record;

use super::status::InvoiceStatus;

/// Invoice data of an export item, only for invoices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvoiceInformation {
    /// Invoice number as the supplier printed it; free text.
    pub invoice_number: String,
    /// Invoice date, `YYYY-MM-DD` although Pleo declares `date-time`.
    pub invoice_date: String,
    /// Payment status; an undocumented value is kept as text.
    pub status: InvoiceStatus,
    /// Due date, `YYYY-MM-DD`; `None` if the invoice states none.
    pub due_date: Option<String>,
    /// Payment date, `YYYY-MM-DD`; `None` while the invoice is unpaid.
    pub payment_date: Option<String>,
    /// Account that the invoice is paid to.
    pub supplier_bank_account: Option<SupplierBankAccount>,
}

record!(InvoiceInformation {
    invoice_number = "invoiceNumber", invoice_date = "invoiceDate", status = "status",
    due_date = "dueDate", payment_date = "paymentDate",
    supplier_bank_account = "supplierBankAccount",
});

/// A supplier's bank account, as far as the invoice states it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SupplierBankAccount {
    /// Name of the bank, free text; required by Pleo.
    pub bank_name: String,
    /// ISO 3166-1 alpha-2, or `UNDEFINED`.
    pub country: String,
    /// Account number in the national format.
    pub account_number: Option<String>,
    /// National code of the bank; free text.
    pub bank_code: Option<String>,
    /// BIC (ISO 9362), 8 or 11 characters.
    pub bic: Option<String>,
    /// IBAN (ISO 13616), as the invoice states it.
    pub iban: Option<String>,
}

record!(SupplierBankAccount {
    bank_name = "bankName", country = "country", account_number = "accountNumber",
    bank_code = "bankCode", bic = "bic", iban = "iban",
});
