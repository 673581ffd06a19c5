//! One request of every operation.

use outlay_pleo::account::{AccountBatchCreate, AccountCreate, AccountFilter, AccountUpdate};
use outlay_pleo::enrich::EnrichRequest;
use outlay_pleo::export::job::{
    CreateExportJob, CreateExportJobEvent, ExportJobItemFilter, UpdateExportJobItem,
};
use outlay_pleo::export::status::{ExportJobEventType, ExportJobItemStatus, ExportJobStatus};
use outlay_pleo::filter::EntryFilter;
use outlay_pleo::installation::{CreateInstallation, InstallationStatus, UpdateInstallation};
use outlay_pleo::receipt::{ReceiptFileType, ReceiptFilter, ReceiptSource};
use outlay_pleo::request::enrich::{Purchase, PurchasedAt};
use outlay_pleo::request::{
    Anchor, ApiRequest, EntryOwner, Slice, accounts, companies, dimensions, employees, enrich,
    entries, export_items, export_jobs, installation, introspect, receipts, subscriptions,
    tag_groups, tags, tax_codes, vendors,
};
use outlay_pleo::status::PageOrder;
use outlay_pleo::subscription::{SubscriptionOperation, SubscriptionRequest, SubscriptionStatus};
use outlay_pleo::tag::dimension::{TagDimensionValueWrite, TagGroupDimensionWrite};
use outlay_pleo::tag::group::{TagGroupCreate, TagGroupUpdate};
use outlay_pleo::tag::one::{BulkTagArchive, BulkTagDelete, TagFilter, TagWrite};
use outlay_pleo::tax_code::{TaxCodeFilter, TaxCodeWrite, TaxType};
use outlay_pleo::vendor::{VendorActivate, VendorCreate, VendorFilter, VendorState, VendorUpdate};
use outlay_pleo::{Currency, Money};
use outlay_wire::{Value, from_text};

pub const ID: &str = "3f2504e0-4f89-41d3-9a0c-0305e82c3301";
const AT: &str = "2026-11-15T08:00:00Z";

/// A body with its required fields, read from JSON.
pub fn body<T: outlay_wire::Wire>(json: &str) -> T {
    from_text(&json.replace("$ID", ID)).unwrap()
}

/// One request of every operation.
pub fn all() -> Vec<ApiRequest> {
    let company = &ID.into();
    let slice = &Slice::after(Some("AB=="), 50).sorted("id", PageOrder::Desc);
    let plain = &Slice {
        from: Anchor::Skip(10),
        ..Slice::default()
    };
    let back = &Slice {
        from: Anchor::Before("AB==".into()),
        limit: Some(1),
        ..Slice::default()
    };
    let whose = &EntryOwner::Company(ID.into());
    let organization = &EntryOwner::Organization(ID.into());
    let tag: &TagWrite = &body(r#"{"archived":false,"code":"c","otherDimensionValues":["v"]}"#);
    let dimension: &TagGroupDimensionWrite = &body(r#"{"code":"c","name":"n","visible":true}"#);
    let value = &TagDimensionValueWrite { value: "v".into() };
    let tax: &TaxCodeWrite =
        &body(r#"{"companyId":"$ID","name":"n","rate":0.25,"type":"inclusive","archived":false}"#);
    let subscription: &SubscriptionRequest = &body(
        r#"{"endpointUrl":"https://hook.example","eventTypes":["v1.vendor.created"],"status":"ACTIVE"}"#,
    );
    let item: UpdateExportJobItem = body(r#"{"accountingEntryId":"$ID","status":"successful"}"#);
    let purchase = &Purchase {
        amount: Money {
            currency: Currency::new("EUR").unwrap(),
            minors: -350,
        },
        card_last_four_digits: "1234".into(),
        merchant_name: "Æ".into(),
        at: PurchasedAt::Settled(AT.into()),
        email: Some("a@b.example".into()),
    };
    vec![
        introspect::get(),
        installation::get(Some(company)),
        installation::create(&CreateInstallation::default()),
        installation::update(&UpdateInstallation {
            status: InstallationStatus::Activated,
            error_code: None,
            metadata: Value::Null,
        }),
        installation::delete(),
        installation::activate(),
        installation::complete(),
        companies::of_organization(&ID.into(), slice),
        companies::get(company),
        employees::search(company, Some("a@b.example"), Some("7"), plain),
        employees::get(&ID.into()),
        subscriptions::list(Some(&SubscriptionStatus::Active), &["a", "b"], slice),
        subscriptions::create(subscription),
        subscriptions::get(&ID.into()),
        subscriptions::update(&ID.into(), subscription),
        subscriptions::delete(&ID.into()),
        subscriptions::activities(&ID.into(), &[SubscriptionOperation::Create], back),
        subscriptions::secret(&ID.into()),
        export_jobs::list(
            Some(company),
            &[ExportJobStatus::Pending, ExportJobStatus::InProgress],
            slice,
        ),
        export_jobs::create(&body::<CreateExportJob>(
            r#"{"companyId":"$ID","accountingEntryIds":["$ID"]}"#,
        )),
        export_jobs::get(&ID.into()),
        export_jobs::items(&ID.into(), Some(&ExportJobItemStatus::Failed), slice),
        export_jobs::update_items(&ID.into(), &vec![item]).unwrap(),
        export_jobs::report(&CreateExportJobEvent {
            job_id: ID.into(),
            event: ExportJobEventType::Started,
            failure_reason: None,
            failure_reason_type: None,
        }),
        export_items::list(&ID.into(), slice),
        export_jobs::item(company, &ID.into()),
        export_jobs::search_items(
            company,
            slice,
            &ExportJobItemFilter {
                accounting_entry_ids: vec![ID.into()],
                status: None,
            },
        ),
        entries::search(
            organization,
            &entries::newest_first(slice.clone()),
            &EntryFilter::default(),
        )
        .unwrap(),
        entries::get(&ID.into(), true),
        receipts::of_partner(&ID.into(), back, &ReceiptFilter::default()).unwrap(),
        receipts::of_entry(
            &ID.into(),
            &[ReceiptSource::User],
            Some(&ReceiptFileType::Original),
            slice,
        )
        .unwrap(),
        receipts::get(&ID.into(), &ID.into(), Some(&ReceiptFileType::Preview)),
        enrich::enrich(
            purchase,
            &EnrichRequest {
                receipts: vec!["QQ==".into()],
                tags: None,
            },
        ),
        tag_groups::list(
            whose,
            tag_groups::Include {
                archived: true,
                tags_count: true,
            },
        ),
        tag_groups::create(
            company,
            &body::<TagGroupCreate>(r#"{"archived":false,"code":"c","name":"n"}"#),
        ),
        tag_groups::get(&ID.into()),
        tag_groups::update(
            &ID.into(),
            &body::<TagGroupUpdate>(
                r#"{"archived":false,"code":"c","name":"n","metadata":{"a":"b"}}"#,
            ),
        ),
        tag_groups::delete(&ID.into()),
        dimensions::list(&ID.into()),
        dimensions::create(&ID.into(), dimension),
        dimensions::get(&ID.into(), &ID.into()),
        dimensions::update(&ID.into(), &ID.into(), dimension),
        dimensions::delete(&ID.into(), &ID.into()),
        tags::of_group(&ID.into(), true, slice),
        tags::create(&ID.into(), tag),
        tags::list(company, Some("t"), &[ID.into()], true, slice),
        tags::delete_many(&BulkTagDelete {
            company_id: ID.into(),
            tag_ids: vec![ID.into()],
        })
        .unwrap(),
        tags::archive_many(&BulkTagArchive {
            company_id: ID.into(),
            tag_ids: vec![ID.into()],
            archived: true,
        })
        .unwrap(),
        tags::search(whose, slice, &TagFilter::default()),
        tags::get(&ID.into()),
        tags::update(&ID.into(), tag),
        tags::delete(&ID.into()),
        dimensions::values(&ID.into()),
        dimensions::value(&ID.into(), &ID.into()),
        dimensions::create_value(&ID.into(), &ID.into(), value),
        dimensions::update_value(&ID.into(), &ID.into(), value),
        dimensions::delete_value(&ID.into(), &ID.into()),
        tag_groups::aggregated(whose, &[ID.into()]),
        tags::aggregated(
            company,
            slice,
            &TagFilter {
                archived: Some(true),
                ..TagFilter::default()
            },
        ),
        tax_codes::create(tax),
        tax_codes::get(&ID.into()),
        tax_codes::update(&ID.into(), tax),
        tax_codes::delete(&ID.into()),
        tax_codes::search(
            company,
            slice,
            &TaxCodeFilter {
                kind: Some(TaxType::Reverse),
                ..TaxCodeFilter::default()
            },
        ),
        accounts::create(&body::<AccountCreate>(
            r#"{"companyId":"$ID","externalId":"e","name":"n","archived":false,"metadata":{}}"#,
        ))
        .unwrap(),
        accounts::create_many(&body::<AccountBatchCreate>(
            r#"{"companyId":"$ID","items":[{"externalId":"e","name":"n","archived":false}]}"#,
        ))
        .unwrap(),
        accounts::get(&ID.into()),
        accounts::update(
            &ID.into(),
            &body::<AccountUpdate>(r#"{"name":"n","archived":true}"#),
        )
        .unwrap(),
        accounts::delete(&ID.into()),
        accounts::search(
            slice,
            &body::<AccountFilter>(
                r#"{"companyId":"$ID","excludeIfAssignedToCategory":false,"excludeIfAssignedToContraAccount":false}"#,
            ),
        ),
        vendors::create(&body::<VendorCreate>(
            r#"{"companyId":"$ID","name":"n","defaultCurrency":"EUR"}"#,
        )),
        vendors::get(&ID.into()),
        vendors::update(
            &ID.into(),
            &body::<VendorUpdate>(
                r#"{"companyId":"$ID","name":"n","defaultCurrency":"EUR","externalId":"e","state":"ACTIVE"}"#,
            ),
        ),
        vendors::activate(
            &ID.into(),
            &VendorActivate {
                external_id: "e".into(),
                code: None,
            },
        ),
        vendors::archive(&ID.into()),
        vendors::search(
            company,
            slice,
            &VendorFilter {
                states: Some(vec![VendorState::Draft]),
                ..VendorFilter::default()
            },
        )
        .unwrap(),
    ]
}
