//! Sentences.

use outlay_pleo::catalogue::{Code, Fault, Retry, Schema};

use super::{catalogue, operation};
use crate::said::faults::sentence;
use crate::said::limits::words;
use crate::said::outcome::{Outcome, change, is_final, size, time};
use crate::said::refusal::{retry_after, words as refused};
use crate::said::scopes::{Standing, approved, standing};

#[test]
fn every_parameter_and_field_tells_what_it_takes() {
    let told = |schema: &Schema| {
        let words = words(catalogue(), schema, true);
        assert!(
            words.contains("needed") && !words.starts_with('·'),
            "{words}"
        );
    };
    for one in &catalogue().operations {
        one.parameters.iter().for_each(|it| told(&it.schema));
    }
    let search = operation("externalSearchAccountingEntriesV1");
    let limit = &search
        .parameters
        .iter()
        .find(|one| one.name == "limit")
        .unwrap()
        .schema;
    assert_eq!(
        words(catalogue(), limit, false),
        "whole number, 1 to 100 · default 20"
    );
    let body = catalogue().schema("AccountingEntrySearchRequest").unwrap();
    let outlay_pleo::catalogue::Shape::Object(object) = &body.shape else {
        panic!()
    };
    let ids = &object
        .fields
        .iter()
        .find(|it| it.name == "taxCodeIds")
        .unwrap()
        .schema;
    assert!(words(catalogue(), ids, false).starts_with("list of UUID, at most 100, none twice"));
    let deleted = object.fields.iter().find(|it| it.name == "includeDeleted");
    assert_eq!(
        words(catalogue(), &deleted.unwrap().schema, true),
        "true or false · needed · default false"
    );
}

#[test]
fn every_fault_is_a_sentence() {
    for code in [
        Code::Missing,
        Code::Unknown,
        Code::Kind,
        Code::Null,
        Code::Format,
        Code::Pattern,
        Code::Word,
        Code::TooShort,
        Code::TooLong,
        Code::TooFew,
        Code::TooMany,
        Code::Repeated,
        Code::TooSmall,
        Code::TooLarge,
        Code::OneNeeded,
        Code::OneAllowed,
        Code::Invisible,
    ] {
        let words = sentence(&Fault {
            at: "x".into(),
            code,
            values: vec!["7".into(), "8".into()],
        });
        assert!(
            words.ends_with('.') && words.starts_with(char::is_uppercase),
            "{words}"
        );
    }
}

#[test]
fn a_scope_is_held_in_either_spelling() {
    let tags = operation("getTags");
    let granted = |name: &str| Some(vec![name.to_owned()]);
    for name in ["tag-groups:read", "tag-group:read"] {
        assert_eq!(standing(tags, granted(name).as_deref()), Standing::Held);
    }
    assert_eq!(
        standing(tags, granted("users:read").as_deref()),
        Standing::Missing
    );
    assert_eq!(standing(tags, None), Standing::Told);
    assert_eq!(
        standing(operation("getSubscriptions"), Some(&[])),
        Standing::Unknown
    );
    let registered = ["tag-group:read".to_owned()];
    assert_eq!(approved(tags, &registered), Some("tag-group:read"));
    assert_eq!(approved(operation("searchVendors"), &registered), None);
}

#[test]
fn only_a_lost_write_has_an_unknown_outcome() {
    let (read, write) = (operation("getTag"), operation("updateTag"));
    let failed = |code: &str| Outcome::Failed(code.to_owned());
    for lost in [
        failed("api_network"),
        failed("api_timeout"),
        failed("vault_lost"),
        Outcome::Cancelled,
        Outcome::Status(502),
    ] {
        assert!(lost.is_unknown(write) && !lost.is_unknown(read), "{lost:?}");
    }
    for clear in [
        failed("offline"),
        failed("session_ended"),
        Outcome::Status(200),
        Outcome::Status(409),
        Outcome::Status(429),
    ] {
        assert!(!clear.is_unknown(write), "{clear:?}");
    }
}

#[test]
fn every_write_is_told_in_the_middle_of_a_sentence() {
    for one in catalogue()
        .operations
        .iter()
        .filter(|one| one.retry == Retry::Write)
    {
        let words = change(one);
        assert!(
            words.starts_with(char::is_lowercase) && !words.ends_with('.'),
            "{words}"
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
fn sizes_and_times_are_short() {
    for (bytes, words) in [
        (0, "0 bytes"),
        (999, "999 bytes"),
        (1_000, "1.0 kB"),
        (999_949, "999.9 kB"),
        (10_000_000, "10.0 MB"),
    ] {
        assert_eq!(size(bytes), words);
    }
    assert_eq!(
        (time(999).as_str(), time(1_340).as_str()),
        ("999 ms", "1.3 s")
    );
}

#[test]
fn a_refusal_blames_the_scope_only_where_it_is_missing() {
    let missing = refused("scope_missing", Standing::Missing, None);
    assert!(missing.next.contains("Sign in again"), "{missing:?}");
    let held = refused("scope_missing", Standing::Held, None);
    assert!(held.means.contains("scope is granted"), "{held:?}");
    assert!(!held.next.contains("permission"), "{held:?}");
}

#[test]
fn who_is_asked_to_wait_is_told_how_long() {
    let headers = [("retry-after".to_owned(), "100".to_owned())];
    let words = refused("rate_limited", Standing::Held, retry_after(&headers));
    assert_eq!(words.next, "Wait 100 seconds, then send it again.");
    let date = [("Retry-After".to_owned(), "Wed, 21 Oct".to_owned())];
    assert_eq!(retry_after(&date), None);
    let words = refused("rate_limited", Standing::Held, None);
    assert!(words.next.contains("minute"), "{words:?}");
}

#[test]
fn what_is_final_at_pleo_is_called_so() {
    for id in ["deleteTaxCode", "deleteTag", "createExportJobEventV3"] {
        assert!(is_final(operation(id)), "{id}");
    }
    assert!(is_final(operation("updateExportJobItemsV3")));
    assert!(is_final(operation("enrichAccountingEntryV2")));
    assert!(!is_final(operation("archiveVendorById")));
}
