//! The models against the document: their fields, their words, and that nothing gets lost.

use std::collections::BTreeSet;
use std::fmt::Debug;

use outlay_pleo::catalogue::{Schema, SchemaShape};
use outlay_pleo::operation::OPERATIONS;
use outlay_pleo::{
    account::{Account, AccountFilter},
    company::{Address, Company},
    employee::Employee,
    entry::{AccountingEntry, AccountingEntryTag, Attendee, EntrySupplier, SplitItem},
    export::invoice::{InvoiceInformation, SupplierBankAccount},
    export::item::{ExportItem, ExportItemAdditionalInformation, ExportItemLine},
    export::job::{
        CreateExportJob, CreateExportJobEvent, ExportJob, ExportJobItem, ExportJobItemUpdate,
        ExportJobItemUpdateError, ExportOptions, UpdateExportJobItem,
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
    tag::group::TagGroup,
    tag::one::{Tag, TagFilter},
    tax_code::{TaxCode, TaxCodeFilter, TaxType},
    vendor::{Vendor, VendorFilter, VendorState},
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
    ExportJob = "ExportJob",
    CreateExportJob = "CreateExportJob",
    ExportOptions = "ExportOptions",
    CreateExportJobEvent = "CreateExportJobEvent",
    ExportJobItem = "ExportJobItem",
    UpdateExportJobItem = "UpdateExportJobItem",
    ExportJobItemUpdate = "ExportJobItemUpdate",
    ExportJobItemUpdateError = "ExportJobItemUpdateError",
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
    TagGroup = "TagGroup",
    Tag = "Tag",
    TagFilter = "CompositeTagSearchRequest",
    TaxCode = "TaxCode",
    TaxCodeFilter = "TaxCodeSearchRequest",
    Account = "Account",
    AccountFilter = "AccountSearchRequest",
    Vendor = "Vendor",
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
    AuthMethod, EntryStatus, EntryFamily, EntrySubFamily, EntryExportStatus, ReviewStatus, EntrySortingKey, PageOrder, ExportJobStatus, ExportJobEventType, ExportJobItemStatus, ExportJobFailureReasonType, ExportJobItemFailureReasonType, ExportJobItemUpdateErrorType, ExportItemType, ExportItemSubType, BookkeepingMethod, InvoiceStatus, ReceiptSortingKey, ReceiptFileType, ReceiptMimeType, ReceiptSource, TaxType, VendorState,
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

/// The names of the schemas that the requests and answers of the operation table consist of.
fn needed() -> BTreeSet<&'static str> {
    let mut found = BTreeSet::new();
    for operation in OPERATIONS {
        let endpoint = CATALOGUE.operation(operation.id).unwrap();
        let parameters = endpoint.parameters.iter().map(|one| &one.schema);
        let body = endpoint.body.iter().map(|body| &body.schema);
        let answers = endpoint
            .answers
            .iter()
            .filter_map(|one| one.schema.as_ref());
        for schema in parameters.chain(body).chain(answers) {
            add_names(schema, &mut found);
        }
    }
    found
}

fn add_names(schema: &'static Schema, found: &mut BTreeSet<&'static str>) {
    // The document states the values of some texts in prose only.
    if let Some(name) = schema.note.strip_prefix("one of ") {
        found.extend(
            CATALOGUE
                .schemas
                .iter()
                .map(|(known, _)| known.as_str())
                .filter(|known| *known == name),
        );
    }
    match &schema.shape {
        SchemaShape::Named(name) if found.insert(name) => {
            add_names(CATALOGUE.schema(name).unwrap(), found);
        }
        SchemaShape::List(list) => add_names(&list.items, found),
        SchemaShape::Object(object) => {
            let fields = object.fields.iter().map(|field| &field.schema);
            for schema in fields.chain(object.others.as_deref()) {
                add_names(schema, found);
            }
        }
        _ => {}
    }
}

#[test]
fn every_field_of_a_needed_schema_has_its_model_field() {
    let models = models();
    for name in needed() {
        let SchemaShape::Object(it) = &CATALOGUE.schema(name).unwrap().shape else {
            assert!(WORDS.iter().any(|(word, ..)| *word == name), "{name}");
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
fn no_model_is_without_a_request_or_answer_that_needs_it() {
    let needed = needed();
    let models = models();
    let schemas = models.iter().map(|model| model.schema);
    for name in schemas.chain(WORDS.iter().map(|(name, ..)| *name)) {
        assert!(needed.contains(name), "{name}");
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
