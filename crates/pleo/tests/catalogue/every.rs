//! One request of every builder.

use outlay_pleo::account::AccountFilter;
use outlay_pleo::export::job::{CreateExportJob, CreateExportJobEvent, UpdateExportJobItem};
use outlay_pleo::export::status::{ExportJobEventType, ExportJobItemStatus, ExportJobStatus};
use outlay_pleo::filter::EntryFilter;
use outlay_pleo::receipt::{ReceiptFileType, ReceiptFilter, ReceiptSource};
use outlay_pleo::request::{
    ApiRequest, EntryOwner, Slice, accounts, companies, employees, entries, export_items,
    export_jobs, installation, introspect, receipts, tag_groups, tags, tax_codes, vendors,
};
use outlay_pleo::status::PageOrder;
use outlay_pleo::tag::one::TagFilter;
use outlay_pleo::tax_code::{TaxCodeFilter, TaxType};
use outlay_pleo::vendor::{VendorFilter, VendorState};
use outlay_wire::from_text;

pub const ID: &str = "3f2504e0-4f89-41d3-9a0c-0305e82c3301";

/// A body with its required fields, read from JSON.
pub fn body<T: outlay_wire::Wire>(json: &str) -> T {
    from_text(&json.replace("$ID", ID)).unwrap()
}

/// One request of every builder.
pub fn all() -> Vec<ApiRequest> {
    let company = &ID.into();
    let slice = &Slice::after(Some("AB=="), 50).sorted("id", PageOrder::Desc);
    let plain = &Slice::default();
    let whose = &EntryOwner::Company(ID.into());
    let organization = &EntryOwner::Organization(ID.into());
    let item: UpdateExportJobItem = body(r#"{"accountingEntryId":"$ID","status":"successful"}"#);
    vec![
        introspect::get(),
        installation::delete(),
        companies::list(slice),
        employees::list(company, plain),
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
        entries::search(
            organization,
            &entries::newest_first(slice.clone()),
            &EntryFilter::default(),
        )
        .unwrap(),
        entries::get(&ID.into(), true),
        receipts::search(whose, plain, &ReceiptFilter::default()).unwrap(),
        receipts::of_entry(
            &ID.into(),
            &[ReceiptSource::User],
            Some(&ReceiptFileType::Original),
            slice,
        )
        .unwrap(),
        receipts::get(&ID.into(), &ID.into(), Some(&ReceiptFileType::Preview)),
        tag_groups::list(
            whose,
            tag_groups::Include {
                archived: true,
                tags_count: true,
            },
        ),
        tags::search(whose, slice, &TagFilter::default()),
        tax_codes::search(
            company,
            slice,
            &TaxCodeFilter {
                kind: Some(TaxType::Reverse),
                ..TaxCodeFilter::default()
            },
        ),
        accounts::search(
            slice,
            &body::<AccountFilter>(
                r#"{"companyId":"$ID","excludeIfAssignedToCategory":false,"excludeIfAssignedToContraAccount":false}"#,
            ),
        ),
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
