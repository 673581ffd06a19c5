//! The models against the document: their fields, their words, and that nothing gets lost.

use std::fmt::Debug;

use outlay_pleo::catalogue::SchemaShape;
use outlay_pleo::{
    account::{
        Account, AccountBatchCreate, AccountBatchFailure, AccountBatchFailureReason,
        AccountBatchItem, AccountBatchResult, AccountCreate, AccountFilter, AccountUpdate,
    },
    company::{Address, Company},
    employee::Employee,
    enrich::{EnrichReceiptStatus, EnrichRequest, EnrichResponse},
    entry::{AccountingEntry, AccountingEntryTag, Attendee, EntrySupplier, SplitItem},
    export::invoice::{InvoiceInformation, SupplierBankAccount},
    export::item::{ExportItem, ExportItemAdditionalInformation, ExportItemLine},
    export::job::{
        CreateExportJob, CreateExportJobEvent, ExportJob, ExportJobItem, ExportJobItemFilter,
        ExportJobItemUpdate, ExportJobItemUpdateError, ExportOptions, UpdateExportJobItem,
    },
    export::money::ExportMoney,
    export::part::{
        CurrencyPair, ExportAccountRef, ExportBookkeeping, ExportItemFile, ExportRef,
        ExportSupplier, ExportTag, ExportTax, ExportVendor, Links, ServicePeriod,
    },
    export::status::{
        BookkeepingMethod, ExportItemSubType, ExportItemType, ExportJobEventType,
        ExportJobFailureReasonType, ExportJobItemFailureReasonType, ExportJobItemStatus,
        ExportJobItemUpdateErrorType, ExportJobStatus, InvoiceStatus,
    },
    filter::EntryFilter,
    identity::IntrospectionResponse,
    installation::{
        CreateInstallation, Installation, InstallationErrorCode, InstallationStatus,
        UpdateInstallation,
    },
    money::Money,
    paging::{Envelope, Page, Pagination, RequestEcho},
    problem::ApiProblem,
    receipt::{
        Receipt, ReceiptFileType, ReceiptFilter, ReceiptMimeType, ReceiptSortingKey, ReceiptSource,
    },
    status::{
        AuthMethod, EntryExportStatus, EntryFamily, EntrySortingKey, EntryStatus, EntrySubFamily,
        PageOrder, ReviewStatus,
    },
    subscription::{
        AuthCredential, EndpointAuth, EndpointAuthType, Subscription, SubscriptionActivity,
        SubscriptionOperation, SubscriptionRequest, SubscriptionSecret, SubscriptionStatus,
    },
    tag::aggregate::{
        AggregatedDimension, AggregatedTag, AggregatedTagDimension, AggregatedTagGroup,
        AggregatedTagGroupRef,
    },
    tag::dimension::{
        TagDimensionValue, TagDimensionValueWrite, TagGroupDimension, TagGroupDimensionWrite,
    },
    tag::group::{TagGroup, TagGroupCreate, TagGroupUpdate},
    tag::one::{BulkTagArchive, BulkTagDelete, Tag, TagFilter, TagWrite},
    tax_code::{TaxCode, TaxCodeFilter, TaxCodeWrite, TaxType},
    vendor::{Vendor, VendorActivate, VendorCreate, VendorFilter, VendorState, VendorUpdate},
};
use outlay_wire::{Value, Wire, from_text, to_text};
use proptest::prelude::*;

use crate::CATALOGUE;
use crate::generate::Choices;
use crate::same::settled;
use crate::sound::sound;

/// A value, read as a model and written again.
pub type Again = fn(&Value) -> Option<Value>;

/// What a model says of itself and does.
struct Model {
    schema: &'static str,
    fields: &'static [&'static str],
    again: Again,
    wrapped: [(String, Again); 3],
}

macro_rules! models {
    ($($type:ident = $schema:literal,)+) => {
        fn models() -> Vec<Model> {
            vec![$(Model {
                schema: $schema,
                fields: $type::FIELDS,
                again: read_and_write::<$type>,
                wrapped: [
                    (concat!("Data", $schema).to_owned(), read_and_write::<Envelope<$type>>),
                    (concat!("DataList", $schema).to_owned(), read_and_write::<Envelope<Vec<$type>>>),
                    (concat!("CursorPage", $schema).to_owned(), read_and_write::<Page<$type>>),
                ],
            },)+]
        }
    };
}

models! {
    CreateInstallation = "CreateInstallationRequest",
    UpdateInstallation = "UpdateInstallationRequest",
    Installation = "InstallationResponse",
    SubscriptionRequest = "SubscriptionRequest",
    Subscription = "Subscription",
    EndpointAuth = "EndpointAuth",
    AuthCredential = "AuthCredential",
    SubscriptionActivity = "SubscriptionActivity",
    SubscriptionSecret = "SubscriptionSecret",
    ExportJob = "ExportJob",
    CreateExportJob = "CreateExportJob",
    ExportOptions = "ExportOptions",
    CreateExportJobEvent = "CreateExportJobEvent",
    ExportJobItem = "ExportJobItem",
    UpdateExportJobItem = "UpdateExportJobItem",
    ExportJobItemUpdate = "ExportJobItemUpdate",
    ExportJobItemUpdateError = "ExportJobItemUpdateError",
    ExportJobItemFilter = "SearchExportJobItemsRequest",
    ExportItem = "ExportItem",
    ExportItemLine = "ExportItemLine",
    ExportItemAdditionalInformation = "ExportItemAdditionalInformation",
    CurrencyPair = "CurrencyPair",
    ExportAccountRef = "ExportAccountRef",
    ExportTag = "ExportTag",
    ExportTax = "ExportTax",
    ExportItemFile = "ExportItemFile",
    ExportSupplier = "ExportSupplier",
    ExportRef = "ExportRef",
    ExportVendor = "ExportVendor",
    ExportBookkeeping = "ExportBookkeeping",
    ServicePeriod = "ServicePeriod",
    Links = "LinksResponse",
    InvoiceInformation = "InvoiceInformation",
    SupplierBankAccount = "SupplierBankAccount",
    ExportMoney = "MoneyModel",
    Receipt = "Receipt",
    ReceiptFilter = "ReceiptSearchRequest",
    EnrichRequest = "EnrichRequest",
    EnrichResponse = "EnrichResponse",
    TagGroup = "TagGroup",
    TagGroupCreate = "TagGroupCreate",
    TagGroupUpdate = "TagGroupUpdate",
    TagGroupDimension = "TagGroupDimension",
    TagGroupDimensionWrite = "TagGroupDimensionWrite",
    TagDimensionValue = "TagDimensionValue",
    TagDimensionValueWrite = "TagDimensionValueWrite",
    Tag = "Tag",
    TagWrite = "TagWrite",
    BulkTagDelete = "BulkTagDelete",
    BulkTagArchive = "BulkTagArchive",
    TagFilter = "CompositeTagSearchRequest",
    AggregatedTagGroup = "AggregatedTagGroup",
    AggregatedDimension = "AggregatedDimension",
    AggregatedTag = "AggregatedTag",
    AggregatedTagGroupRef = "AggregatedTagGroupRef",
    AggregatedTagDimension = "AggregatedTagDimension",
    TaxCode = "TaxCode",
    TaxCodeWrite = "TaxCodeWrite",
    TaxCodeFilter = "TaxCodeSearchRequest",
    Account = "Account",
    AccountCreate = "AccountCreate",
    AccountUpdate = "AccountUpdate",
    AccountFilter = "AccountSearchRequest",
    AccountBatchCreate = "AccountBatchCreate",
    AccountBatchItem = "AccountBatchItem",
    AccountBatchResult = "AccountBatchResult",
    AccountBatchFailure = "AccountBatchFailure",
    Vendor = "Vendor",
    VendorCreate = "VendorCreate",
    VendorUpdate = "VendorUpdate",
    VendorActivate = "VendorActivate",
    VendorFilter = "VendorSearchRequest",
    Company = "Company",
    Address = "Address",
    Employee = "Employee",
    IntrospectionResponse = "ExternalClientModel",
    AccountingEntry = "AccountingEntry",
    AccountingEntryTag = "AccountingEntryTag",
    SplitItem = "SplitItem",
    Attendee = "Attendee",
    EntrySupplier = "EntrySupplier",
    EntryFilter = "AccountingEntrySearchRequest",
    Money = "Money",
    Pagination = "CursorPageInfo",
    RequestEcho = "CursorPageCurrentRequestInfo",
    ApiProblem = "ExceptionInfo",
}

macro_rules! string_enum {
    ($($type:ident,)+) => {
        const WORDS: &[(&str, &[&str], fn(&str) -> String)] = &[$((
            stringify!($type),
            $type::KNOWN,
            |word| to_text(&from_text::<$type>(&to_text(&word.to_owned())).unwrap()),
        ),)+];
    };
}

string_enum! {
    AuthMethod, EntryStatus, EntryFamily, EntrySubFamily, EntryExportStatus, ReviewStatus, EntrySortingKey, PageOrder, InstallationStatus, InstallationErrorCode, SubscriptionStatus, SubscriptionOperation, EndpointAuthType, ExportJobStatus, ExportJobEventType, ExportJobItemStatus, ExportJobFailureReasonType, ExportJobItemFailureReasonType, ExportJobItemUpdateErrorType, ExportItemType, ExportItemSubType, BookkeepingMethod, InvoiceStatus, ReceiptSortingKey, ReceiptFileType, ReceiptMimeType, ReceiptSource, EnrichReceiptStatus, TaxType, AccountBatchFailureReason, VendorState,
}

/// A value read as `T` and written again.
fn read_and_write<T: Wire + PartialEq + Debug>(value: &Value) -> Option<Value> {
    let model: T = from_text(&to_text(value))?;
    let text = to_text(&model);
    assert_eq!(from_text::<T>(&text).as_ref(), Some(&model), "{text}");
    from_text(&text)
}

/// What reads and writes the values of a schema.
pub fn again(schema: &str) -> Option<Again> {
    models().into_iter().find_map(|model| {
        let own = [(model.schema.to_owned(), model.again)];
        let mut all = own.into_iter().chain(model.wrapped);
        Some(all.find(|(name, _)| name == schema)?.1)
    })
}

#[test]
fn every_schema_field_has_its_model_field() {
    let models = models();
    for (name, schema) in &CATALOGUE.schemas {
        let SchemaShape::Object(it) = &schema.shape else {
            let known = WORDS.iter().any(|(word, ..)| word == name);
            // The import of vendors from a file is Pleo's own, and no operation of the document.
            assert!(known || name.starts_with("CsvImport"), "{name}");
            continue;
        };
        if models
            .iter()
            .flat_map(|model| &model.wrapped)
            .any(|(wrapped, _)| wrapped == name)
        {
            continue;
        }
        let model = models.iter().find(|model| model.schema == name);
        let mut fields: Vec<_> = it.fields.iter().map(|field| field.name.as_str()).collect();
        let mut known = model.unwrap_or_else(|| panic!("{name}")).fields.to_vec();
        fields.sort_unstable();
        known.sort_unstable();
        assert_eq!(known, fields, "{name}");
    }
}

#[test]
fn known_enum_values_are_parsed_and_unknown_ones_kept() {
    for (name, known, again) in WORDS {
        let SchemaShape::Text(it) = &CATALOGUE.schema(name).unwrap().shape else {
            panic!("{name}");
        };
        assert_eq!(known, &it.enum_values, "{name}");
        for word in known.iter().chain(&["", "brand_new", "ÆØÅ"]) {
            assert_eq!(again(word), to_text(&(*word).to_owned()), "{name}");
        }
    }
}

/// The rule of this crate: `null` and absent are one. It costs nothing only while this holds.
#[test]
fn required_field_rejects_null() {
    for (name, schema) in &CATALOGUE.schemas {
        if let SchemaShape::Object(it) = &schema.shape {
            let torn = it
                .fields
                .iter()
                .find(|field| field.required && field.schema.nullable);
            assert_eq!(torn, None, "{name}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn every_model_round_trips(at in any::<prop::sample::Index>(), bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let models = models();
        let model = at.get(&models);
        let wrapped = model.wrapped.iter().map(|(name, again)| (name.as_str(), *again));
        for (name, again) in wrapped.chain([(model.schema, model.again)]) {
            let Some(schema) = CATALOGUE.schema(name) else { continue };
            let value = sound(&CATALOGUE, "", schema, &mut Choices(&bytes));
            prop_assert_eq!(CATALOGUE.validate(schema, &value), [], "{}", to_text(&value));
            let written = again(&value);
            prop_assert_eq!(written.as_ref().map(settled), Some(settled(&value)), "{}: {}", name, to_text(&value));
            prop_assert_eq!(CATALOGUE.validate_strictly(schema, &written.unwrap()), []);
        }
    }
}
