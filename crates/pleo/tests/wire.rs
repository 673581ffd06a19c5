//! What is sent and what is read, against Pleo's documented JSON.

#![allow(clippy::unwrap_used)] // a failed set-up should stop a test

use outlay_pleo::catalogue::DOCUMENT;
use outlay_pleo::filter::EntryFilter;
use outlay_pleo::paging::RequestEcho;
use outlay_pleo::problem::ProblemKind;
use outlay_pleo::scope::{ScopeCertainty, known, spellings};
use outlay_pleo::status::{EntryFamily, EntryStatus, PageOrder, ReviewStatus};
use outlay_pleo::{AccountingEntry, ApiProblem, Company, Envelope, IntrospectionResponse, Page};
use outlay_wire::{Value, Wire, from_text, read, to_text};

const ENTRY: &str = r#"{
  "id": "e1", "companyId": "c1", "status": "TELEPORTED", "family": "CARD_PURCHASE",
  "subFamily": null, "exportStatus": "QUEUED", "reviewStatus": "OK",
  "transactionValue": {"currency": "ISK", "minors": 1500},
  "performedAt": "2025-02-21T10:05:43.530450712Z",
  "createdAt": "2025-02-21T10:05:43Z", "updatedAt": "2025-02-21T10:05:43Z",
  "receiptIds": null, "tags": [{"tagGroupId": "g"}], "splitItems": [],
  "supplier": {"cif": "B1", "surprise": 1}, "brandNew": {"x": [1, 2.5]}
}"#;

fn value(of: &impl Wire) -> Value {
    from_text(&to_text(of)).unwrap()
}

fn text_at<'a>(value: &'a Value, path: &[&str]) -> Option<&'a str> {
    let mut names = path.iter();
    names.try_fold(value, |at, name| at.get(name))?.as_str()
}

#[test]
fn entry_with_absent_null_and_unknown_fields_is_parsed() {
    let entry: AccountingEntry = from_text(ENTRY).unwrap();
    assert_eq!(entry.status, EntryStatus::Other("TELEPORTED".into()));
    assert_eq!(entry.family, EntryFamily::CardPurchase);
    assert_eq!(entry.sub_family, None);
    assert_eq!(entry.transaction_value.decimal(), "1500");
    assert!(entry.receipt_ids.is_empty() && entry.attendees.is_empty());
    assert_eq!(entry.tags[0].tag_id, None);
    let written = value(&entry);
    assert_eq!(text_at(&written, &["status"]), Some("TELEPORTED"));
    assert_eq!(text_at(&written, &["supplier", "cif"]), Some("B1"));
    assert!(written.get("note").is_none());
    let again: AccountingEntry = read::<AccountingEntry>(written).unwrap();
    assert_eq!(again, entry);
}

#[test]
fn always_present_fields_are_required() {
    assert_eq!(from_text::<AccountingEntry>(r#"{"id":"e1"}"#), None);
    let huge = ENTRY.replace("ISK", "A-CURRENCY-OF-TOO-MANY-LETTERS");
    assert_eq!(from_text::<AccountingEntry>(&huge), None);
}

#[test]
fn introspection_urn_is_parsed_in_upper_case() {
    let answer = r#"{"data":{"authMethod":"OAUTH2","clientId":"c","scope":"users:read companies:read",
        "applicationName":"A","subjectURN":"urn:pleo:company:x"}}"#;
    let answer: Envelope<IntrospectionResponse> = from_text(answer).unwrap();
    assert_eq!(
        answer.data.subject_urn.as_deref(),
        Some("urn:pleo:company:x")
    );
    let scopes: Vec<_> = answer.data.scopes().collect();
    assert_eq!(scopes, ["users:read", "companies:read"]);
    let written = value(&answer);
    assert_eq!(
        text_at(&written, &["data", "subjectURN"]),
        Some("urn:pleo:company:x")
    );
}

#[test]
fn page_has_its_next_cursor() {
    let page = |pagination: &str| {
        let text = format!(
            r#"{{"data":[{{"id":"c","name":"N","address":{{}}}}],"pagination":{pagination}}}"#
        );
        from_text::<Page<Company>>(&text).unwrap()
    };
    let more = page(
        r#"{"hasNextPage":true,"hasPreviousPage":false,"endCursor":"ABC=","total":9,
            "currentRequestPagination":{"parameters":{"limit":["5"]},"limit":5,"sortingOrder":["SIDEWAYS"]}}"#,
    );
    assert_eq!(more.facts.pagination.next_cursor(), Some("ABC="));
    let echo = &more.facts.pagination.current_request_pagination;
    let echo = read::<RequestEcho>(echo.clone()).unwrap();
    assert_eq!(echo.limit, Some(5));
    assert_eq!(
        echo.sorting_order,
        Some(vec![PageOrder::Other("SIDEWAYS".into())])
    );
    let last = page(r#"{"hasNextPage":false,"hasPreviousPage":true,"endCursor":"ABC="}"#);
    assert_eq!(last.facts.pagination.next_cursor(), None);
    let silent = page(r#"{"hasNextPage":true,"hasPreviousPage":false}"#);
    assert_eq!(silent.facts.pagination.next_cursor(), None);
}

#[test]
fn filters_are_written_in_camel_case_and_unknown_ones_rejected() {
    let filter = EntryFilter {
        review_status: Some(vec![ReviewStatus::NotSet]),
        has_note: Some(true),
        ..EntryFilter::default()
    };
    let text = to_text(&filter);
    assert_eq!(
        text,
        r#"{"includeDeleted":false,"reviewStatus":["NOT_SET"],"hasNote":true}"#
    );
    assert_eq!(EntryFilter::read_strictly(text.as_bytes()).unwrap(), filter);
    assert_eq!(
        EntryFilter::read_strictly(b"{}").unwrap(),
        EntryFilter::default()
    );
    for strange in [r#"{"colour":"red"}"#, r#"{"hasNote":"yes"}"#, "[]", ""] {
        assert!(
            EntryFilter::read_strictly(strange.as_bytes()).is_err(),
            "{strange}"
        );
    }
}

#[test]
fn api_problem_is_parsed_leniently() {
    let read = |body: &str| ApiProblem::read(body.as_bytes());
    let full = read(r#"{"type":"EXPORT_NOT_FOUND","message":"none"}"#).unwrap();
    assert_eq!(full.kind, "EXPORT_NOT_FOUND");
    assert_eq!(full.message.as_deref(), Some("none"));
    assert_eq!(read(r#"{"type":"X","message":7}"#).unwrap().message, None);
    assert_eq!(read(r#"{"message":"only"}"#).unwrap().kind, "");
    for nothing in ["", "<html>", "[]", "{}", "\"x\"", "null"] {
        assert_eq!(read(nothing), None, "{nothing}");
    }
}

#[test]
fn known_problems_have_an_explanation() {
    for code in ProblemKind::KNOWN {
        let kind = ApiProblem {
            kind: (*code).to_owned(),
            message: None,
        }
        .known();
        assert_eq!(kind.as_str(), *code);
        assert!(
            kind.means().is_some_and(|words| words.ends_with('.')),
            "{code}"
        );
    }
    let strange = ProblemKind::from("SOMETHING_NEW");
    assert_eq!((strange.as_str(), strange.means()), ("SOMETHING_NEW", None));
    // The document names codes next to its statuses: each of them is known.
    let words = DOCUMENT.split(|one: char| !one.is_ascii_uppercase() && one != '_');
    let mut found = 0;
    for code in
        words.filter(|word| word.starts_with("EXPORT_") || word.starts_with("MISSING_CONTRA"))
    {
        let entry = ["EXPORT_ENTRY_STATUS_UPDATE_FAILED"].contains(&code);
        assert!(entry || ProblemKind::KNOWN.contains(&code), "{code}");
        found += 1;
    }
    assert!(found > 5);
}

/// A code comes in more than one status of a job: its sentence has to be true in each of them.
#[test]
fn export_job_explains_its_refusal_for_every_status() {
    let means = |kind: ProblemKind| kind.means().unwrap();
    // From pending to completed, started twice, and any step of a job that is over.
    let step = means(ProblemKind::InvalidExportJobStatusChange);
    for status in ["pending", "in progress", "over"] {
        assert!(step.contains(status), "{step}");
    }
    assert!(!step.contains("This export job is over"), "{step}");
    // Payloads are there for a job that is pending; whether it can be updated then is not documented.
    let items = means(ProblemKind::ExportJobStatusUnprocessable);
    let (payload, report) = items.split_once("report").unwrap();
    assert!(payload.contains("pending or in progress"), "{items}");
    assert!(
        report.contains("started") && !report.contains("pending"),
        "{items}"
    );
}

#[test]
fn scope_is_found_by_either_spelling() {
    assert_eq!(
        known("users:read").unwrap().certainty,
        ScopeCertainty::Documented
    );
    assert!(known("employees.read").is_none());
    let all = |name| spellings(name).collect::<Vec<_>>();
    assert_eq!(all("tag-group:read"), ["tag-group:read", "tag-groups:read"]);
    assert_eq!(
        all("tag-groups:write"),
        ["tag-groups:write", "tag-group:write"]
    );
    assert_eq!(all("users:read"), ["users:read"]);
}
