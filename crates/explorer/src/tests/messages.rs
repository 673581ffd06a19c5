//! Sentences.

use outlay_codes::ErrorCode;
use outlay_pleo::Incomplete;
use outlay_pleo::catalogue::{FaultCode, RetrySafety, Schema, ValueFault};

use super::{catalogue, operation};
use crate::messages::faults::sentence;
use crate::messages::limits::description;
use crate::messages::outcome::{CallOutcome, change, is_final, size, time};
use crate::messages::paging::blocked;
use crate::messages::scopes::{ScopeStatus, approved, scope_status};

#[test]
fn fault_names_its_unit_in_the_singular_for_one() {
    let too_short = |number: &str| {
        sentence(&ValueFault {
            code: FaultCode::TooShort,
            values: vec![number.to_owned()],
            ..ValueFault::default()
        })
    };
    assert_eq!(too_short("1"), "Must have at least 1 character.");
    assert_eq!(too_short("2"), "Must have at least 2 characters.");
    assert_eq!((&*size(1), &*size(2)), ("1 byte", "2 bytes"));
}

#[test]
fn every_parameter_and_field_describes_its_type() {
    let reported = |schema: &Schema| {
        let description = description(catalogue(), schema, true);
        assert!(
            description.contains("required") && !description.starts_with('·'),
            "{description}"
        );
    };
    for one in &catalogue().operations {
        one.parameters.iter().for_each(|it| reported(&it.schema));
    }
    let search = operation("externalSearchAccountingEntriesV1");
    let limit = &search
        .parameters
        .iter()
        .find(|one| one.name == "limit")
        .unwrap()
        .schema;
    assert_eq!(
        description(catalogue(), limit, false),
        "integer, 1 to 100 · default 20"
    );
    let body = catalogue().schema("AccountingEntrySearchRequest").unwrap();
    let outlay_pleo::catalogue::SchemaShape::Object(object) = &body.shape else {
        panic!()
    };
    let ids = &object
        .fields
        .iter()
        .find(|it| it.name == "taxCodeIds")
        .unwrap()
        .schema;
    assert!(description(catalogue(), ids, false).starts_with("list of UUIDs, at most 100, unique"));
    let deleted = object.fields.iter().find(|it| it.name == "includeDeleted");
    assert_eq!(
        description(catalogue(), &deleted.unwrap().schema, true),
        "boolean · required · default false"
    );
}

#[test]
fn every_error_message_is_a_sentence() {
    for code in [
        FaultCode::Missing,
        FaultCode::Unknown,
        FaultCode::Kind,
        FaultCode::Null,
        FaultCode::Format,
        FaultCode::Pattern,
        FaultCode::Word,
        FaultCode::TooShort,
        FaultCode::TooLong,
        FaultCode::TooFew,
        FaultCode::TooMany,
        FaultCode::Repeated,
        FaultCode::TooSmall,
        FaultCode::TooLarge,
        FaultCode::OneNeeded,
        FaultCode::OneAllowed,
        FaultCode::Invisible,
    ] {
        let description = sentence(&ValueFault {
            at: "x".into(),
            code,
            values: vec!["7".into(), "8".into()],
        });
        assert!(
            description.ends_with('.') && description.starts_with(char::is_uppercase),
            "{description}"
        );
    }
}

#[test]
fn scope_is_granted_in_either_spelling() {
    let tags = operation("getTags");
    let granted = |name: &str| Some(vec![name.to_owned()]);
    for name in ["tag-groups:read", "tag-group:read"] {
        assert_eq!(
            scope_status(tags, granted(name).as_deref()),
            ScopeStatus::Held
        );
    }
    assert_eq!(
        scope_status(tags, granted("users:read").as_deref()),
        ScopeStatus::Missing
    );
    assert_eq!(scope_status(tags, None), ScopeStatus::Unchecked);
    assert_eq!(
        scope_status(operation("getSubscriptions"), Some(&[])),
        ScopeStatus::Unknown
    );
    let registered = ["tag-group:read".to_owned()];
    assert_eq!(approved(tags, &registered), Some("tag-group:read"));
    assert_eq!(approved(operation("searchVendors"), &registered), None);
}

#[test]
fn only_an_unanswered_write_has_an_unknown_outcome() {
    let (read, write) = (operation("getTag"), operation("updateTag"));
    let failed = CallOutcome::Failed;
    for lost in [
        failed(ErrorCode::ApiNetwork),
        failed(ErrorCode::ApiTimeout),
        failed(ErrorCode::VaultLost),
        CallOutcome::Cancelled,
        CallOutcome::Status(502),
    ] {
        assert!(lost.is_unknown(write) && !lost.is_unknown(read), "{lost:?}");
    }
    for clear in [
        failed(ErrorCode::Offline),
        failed(ErrorCode::SessionEnded),
        CallOutcome::Status(200),
        CallOutcome::Status(409),
        CallOutcome::Status(429),
    ] {
        assert!(!clear.is_unknown(write), "{clear:?}");
    }
}

#[test]
fn every_write_has_a_description_for_mid_sentence() {
    for one in catalogue()
        .operations
        .iter()
        .filter(|one| one.retry == RetrySafety::Write)
    {
        let description = change(one);
        assert!(
            description.starts_with(char::is_lowercase) && !description.ends_with('.'),
            "{description}"
        );
    }
    let deletes = catalogue().operations.iter().filter(|one| is_final(one));
    assert!(
        deletes.clone().count() > 5
            && deletes
                .clone()
                .any(|one| one.id == "deleteClientInstallation")
    );
}

#[test]
fn sizes_and_durations_are_formatted_briefly() {
    for (bytes, description) in [
        (0, "0 bytes"),
        (999, "999 bytes"),
        (1_000, "1.0 kB"),
        (999_949, "999.9 kB"),
        (10_000_000, "10.0 MB"),
    ] {
        assert_eq!(size(bytes), description);
    }
    assert_eq!(
        (time(999).as_str(), time(1_340).as_str()),
        ("999 ms", "1.3 s")
    );
}

#[test]
fn irreversible_operations_are_marked() {
    for id in ["deleteTaxCode", "deleteTag", "createExportJobEventV3"] {
        assert!(is_final(operation(id)), "{id}");
    }
    assert!(is_final(operation("updateExportJobItemsV3")));
    assert!(is_final(operation("enrichAccountingEntryV2")));
    assert!(!is_final(operation("archiveVendorById")));
}

#[test]
fn every_reason_against_a_neighbouring_page_has_its_sentence() {
    for (reason, part) in [
        (Incomplete::NoCursor, "gives no cursor"),
        (Incomplete::RepeatedCursor, "leads back"),
        (Incomplete::EmptyPage, "this page has none"),
        (Incomplete::TooManyPages, "after 5000 pages"),
    ] {
        assert!(blocked(&reason).contains(part), "{reason:?}");
    }
}
