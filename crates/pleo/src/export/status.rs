//! The enumerations of the export. Each is open: an unlisted value becomes `Other`.

use crate::open::open_enum;

open_enum! {
    /// Status of an export job.
    ExportJobStatus {
        /// Made and not yet begun.
        Pending = "pending",
        /// Begun by an integration.
        InProgress = "in_progress",
        /// Over, without success.
        Failed = "failed",
        /// Over, with success.
        Completed = "completed",
        /// Over, with single items failed.
        CompletedWithErrors = "completed_with_errors",
    }
}

open_enum! {
    /// What is reported of an export job.
    ExportJobEventType {
        Started = "started",
        Failed = "failed",
        Completed = "completed",
        CompletedWithErrors = "completed_with_errors",
    }
}

open_enum! {
    /// Status of an item of an export job.
    ExportJobItemStatus {
        /// Not yet begun.
        Pending = "pending",
        /// Begun.
        InProgress = "in_progress",
        /// Refused by the target system.
        Failed = "failed",
        /// Booked.
        Successful = "successful",
        /// Left behind by a job that could not finish.
        Abandoned = "abandoned",
    }
}

open_enum! {
    /// Why an export job failed.
    ExportJobFailureReasonType {
        InvalidConfiguration = "invalid_configuration",
        MissingConfiguration = "missing_configuration",
        AuthenticationFailure = "authentication_failure",
        AccountingSystemAuthenticationFailure = "accounting_system_authentication_failure",
        PleoRateLimit = "pleo_rate_limit",
        AccountingSystemRateLimit = "accounting_system_rate_limit",
        ServiceUnreachable = "service_unreachable",
        AccountingSystemUnreachable = "accounting_system_unreachable",
        ValidationFailure = "validation_failure",
        AuthorizationFailure = "authorization_failure",
        IntegrationUnusable = "integration_unusable",
        JobExpired = "job_expired",
        ServiceTimeout = "service_timeout",
        AccountingSystemTimeout = "accounting_system_timeout",
        CanceledByUser = "canceled_by_user",
    }
}

open_enum! {
    /// Why one item failed.
    ExportJobItemFailureReasonType {
        ReceiptUploadFailure = "receipt_upload_failure",
        ReceiptDownloadFailure = "receipt_download_failure",
        ReceiptFileSizeLimitExceeded = "receipt_file_size_limit_exceeded",
        ReceiptConversionFailure = "receipt_conversion_failure",
        UnexpectedFailure = "unexpected_failure",
        InvalidConfiguration = "invalid_configuration",
        MissingConfiguration = "missing_configuration",
        AccountingSystemAuthenticationFailure = "accounting_system_authentication_failure",
        AccountingSystemRateLimit = "accounting_system_rate_limit",
        AccountingSystemUnreachable = "accounting_system_unreachable",
        ValidationFailure = "validation_failure",
        AccountingSystemValidationFailure = "accounting_system_validation_failure",
        AuthorizationFailure = "authorization_failure",
        AccountingSystemTimeout = "accounting_system_timeout",
        VendorUnknown = "vendor_unknown",
        AccountUnknown = "account_unknown",
        TaxCodeUnknown = "tax_code_unknown",
        TagUnknown = "tag_unknown",
    }
}

open_enum! {
    /// Why an item could not be updated.
    ExportJobItemUpdateErrorType {
        AccountingEntryDoesNotExist = "ACCOUNTING_ENTRY_DOES_NOT_EXIST",
        ExportEntryStatusUpdateFailed = "EXPORT_ENTRY_STATUS_UPDATE_FAILED",
        AccountingEntryUpdateFailed = "ACCOUNTING_ENTRY_UPDATE_FAILED",
    }
}

open_enum! {
    /// What kind of spend an export item is.
    ExportItemType {
        CardPurchase = "card_purchase",
        CardInvoice = "card_invoice",
        OutOfPocket = "out_of_pocket",
        Mileage = "mileage",
        PerDiem = "per_diem",
        ExternalReimbursement = "external_reimbursement",
        DirectReimbursement = "direct_reimbursement",
        Invoice = "invoice",
        InvoicePayment = "invoice_payment",
        Chargeback = "chargeback",
        Refund = "refund",
        Cashback = "cashback",
        AtmWithdrawal = "atm_withdrawal",
        WalletTopup = "wallet_topup",
        WalletUnload = "wallet_unload",
        PersonalSpend = "personal_spend",
        Fee = "fee",
    }
}

open_enum! {
    /// The finer kind.
    ExportItemSubType {
        ReimbursementToEmployeeRefund = "reimbursement_to_employee_refund",
        ReimbursementToCompany = "reimbursement_to_company",
        ReimbursementToEmployee = "reimbursement_to_employee",
        InvoicePaymentReturned = "invoice_payment_returned",
        InvoicePaymentSent = "invoice_payment_sent",
        Interest = "interest",
    }
}

open_enum! {
    /// The bookkeeping method of an item.
    BookkeepingMethod {
        None = "none",
        Journal = "journal",
        AccountsPayable = "accounts_payable",
    }
}

open_enum! {
    /// Payment status of an invoice.
    InvoiceStatus {
        PendingApproval = "pending_approval",
        Parsed = "parsed",
        Preparing = "preparing",
        Prepared = "prepared",
        Ready = "ready",
        RejectedByApprover = "rejected_by_approver",
        MarkedAsPaid = "marked_as_paid",
        Scheduled = "scheduled",
        PaymentInProgress = "payment_in_progress",
        Paid = "paid",
        VoidedByUser = "voided_by_user",
        RejectedByUser = "rejected_by_user",
        FailedPayment = "failed_payment",
    }
}
