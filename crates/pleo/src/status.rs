//! The enumerations of Pleo's models. Each is open: an unlisted value becomes `Other`.

use crate::open::open_enum;

open_enum! {
    /// How a caller proved who it is.
    AuthMethod {
        /// A bearer token of an OAuth client.
        Oauth2 = "OAUTH2",
        /// An API key.
        ApiKey = "API_KEY",
        /// Nothing.
        None = "NONE",
    }
}

open_enum! {
    /// Status of an accounting entry.
    EntryStatus {
        /// Started and not yet submitted.
        Draft = "DRAFT",
        /// Under way, for example an authorised card payment that is not settled.
        Pending = "PENDING",
        /// Done.
        Completed = "COMPLETED",
        /// Done outside Pleo.
        CompletedExternally = "COMPLETED_EXTERNALLY",
        /// Called off.
        Cancelled = "CANCELLED",
        /// Refused.
        Rejected = "REJECTED",
        /// Failed.
        Error = "ERROR",
    }
}

open_enum! {
    /// What kind of spend an entry is.
    EntryFamily {
        /// A correction of the balance.
        BalanceAmendment = "BALANCE_AMENDMENT",
        /// An invoice of a supplier.
        BillInvoice = "BILL_INVOICE",
        /// A payment with a card.
        CardPurchase = "CARD_PURCHASE",
        /// Cashback.
        Cashback = "CASHBACK",
        /// A credit note of a supplier.
        CreditNote = "CREDIT_NOTE",
        /// Kilometres driven.
        Mileage = "MILEAGE",
        /// Paid with an employee's own money.
        OutOfPocket = "OUT_OF_POCKET",
        /// Overdraft.
        Overdraft = "OVERDRAFT",
        /// A daily allowance.
        PerDiem = "PER_DIEM",
        /// An invoice of Pleo itself.
        PleoInvoice = "PLEO_INVOICE",
        /// Money paid back to or by an employee.
        Reimbursement = "REIMBURSEMENT",
        /// Money moved into or out of the wallet.
        Wallet = "WALLET",
        /// The payment of a supplier's invoice.
        BillInvoicePayment = "BILL_INVOICE_PAYMENT",
    }
}

open_enum! {
    /// The finer kind within a family.
    EntrySubFamily {
        /// Cash from a machine.
        Atm = "ATM",
        /// A card payment in a shop.
        InStore = "IN_STORE",
        /// A card payment on the web.
        Online = "ONLINE",
        /// An invoice of Pleo.
        PleoInvoice = "PLEO_INVOICE",
        /// A refunded invoice of Pleo.
        PleoInvoiceRefund = "PLEO_INVOICE_REFUND",
        /// An employee paid the company.
        ReimbursementToCompany = "REIMBURSEMENT_TO_COMPANY",
        /// The company paid an employee.
        ReimbursementToEmployee = "REIMBURSEMENT_TO_EMPLOYEE",
        /// Such a payment came back.
        ReimbursementToEmployeeRefund = "REIMBURSEMENT_TO_EMPLOYEE_REFUND",
        /// Money into the wallet.
        Load = "LOAD",
        /// Money out of the wallet.
        Unload = "UNLOAD",
        /// A withdrawal.
        Withdrawal = "WITHDRAWAL",
        /// A fee.
        Fee = "FEE",
        /// Interest.
        Interest = "INTEREST",
        /// A supplier's invoice payment that came back.
        BillInvoicePaymentReturned = "BILL_INVOICE_PAYMENT_RETURNED",
        /// A supplier's invoice payment that arrived.
        BillInvoicePaymentReceived = "BILL_INVOICE_PAYMENT_RECEIVED",
    }
}

open_enum! {
    /// Whether an entry has been taken into the accounts.
    EntryExportStatus {
        /// An export item exists.
        Created = "CREATED",
        /// Exported.
        Exported = "EXPORTED",
        /// Being exported.
        Exporting = "EXPORTING",
        /// No export item exists.
        NotCreated = "NOT_CREATED",
        /// Not exported.
        NotExported = "NOT_EXPORTED",
        /// Waiting in the export queue.
        Queued = "QUEUED",
    }
}

open_enum! {
    /// State of the internal review of an entry.
    ReviewStatus {
        /// Looked at and objected to.
        NotOk = "NOT_OK",
        /// No review is needed.
        NotRequired = "NOT_REQUIRED",
        /// Not looked at.
        NotSet = "NOT_SET",
        /// Looked at and approved.
        Ok = "OK",
        /// Waits for the person who spent.
        WaitingForExpenseOwner = "WAITING_FOR_EXPENSE_OWNER",
        /// Waits for a reviewer.
        WaitingForReviewer = "WAITING_FOR_REVIEWER",
        /// Waits for the company's reviewer.
        WaitingForCompanyReviewer = "WAITING_FOR_COMPANY_REVIEWER",
        /// Waits for the team's reviewer.
        WaitingForTeamReviewer = "WAITING_FOR_TEAM_REVIEWER",
        /// Waits for a tag's reviewer.
        WaitingForTagReviewer = "WAITING_FOR_TAG_REVIEWER",
    }
}

open_enum! {
    /// What the entry search can sort by.
    EntrySortingKey {
        /// When the money moved; entries may lack it.
        SettledAt = "settledAt",
        /// When it was spent.
        PerformedAt = "performedAt",
        /// By id: arbitrary and stable.
        Id = "id",
        /// The bookkeeping date; entries may lack it.
        BookkeepingDate = "bookkeepingDate",
    }
}

open_enum! {
    /// The direction of a sort, and where absent values go.
    PageOrder {
        /// Smallest first.
        Asc = "ASC",
        /// Smallest first, absent values before them.
        AscNullsFirst = "ASC_NULLS_FIRST",
        /// Smallest first, absent values after them.
        AscNullsLast = "ASC_NULLS_LAST",
        /// Largest first.
        Desc = "DESC",
        /// Largest first, absent values before them.
        DescNullsFirst = "DESC_NULLS_FIRST",
        /// Largest first, absent values after them.
        DescNullsLast = "DESC_NULLS_LAST",
    }
}
