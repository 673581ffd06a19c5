//! The receipt files, behind links that need no token and expire: Pleo's after 24 hours, these
//! after a quarter of an hour, so that the end can be observed.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use outlay_pleo::time::Instant;
use sha2::{Digest, Sha256};

use crate::address::FILES;
use crate::params::Params;
use crate::sample_data::receipt;
use crate::state::Sandbox;

/// Seconds until a link expires.
const LINK_LIFE: i64 = 900;

/// The small picture of a receipt, and the receipt itself.
const FORMS: [&str; 2] = ["thumbnail", "original"];

/// Returns a link to a receipt that is valid for a limited time from `now`, as Pleo's pre-signed
/// links are.
pub fn link(sandbox: &Sandbox, receipt: &str, small: bool, now: Instant) -> String {
    let until = now.seconds + LINK_LIFE;
    let form = FORMS[usize::from(!small)];
    let path = format!("{FILES}{receipt}/{form}");
    let signature = signature(&path, until);
    let origin = &sandbox.addresses.api;
    format!("{origin}{path}?until={until}&signature={signature}")
}

/// A user of the sandbox can forge links: the receipts are fictional.
fn signature(path: &str, until: i64) -> String {
    let text = format!("a link of the sandbox {path} {until}");
    URL_SAFE_NO_PAD.encode(Sha256::digest(text.as_bytes()))
}

/// Answers a request for a receipt file: 404 for an unknown one, 403 for an expired link.
pub fn answer(sandbox: &Sandbox, method: &str, path: &str, query: &str) -> Response {
    if method != "GET" {
        return plain(StatusCode::METHOD_NOT_ALLOWED, "This is a file.\n");
    }
    let query = Params::parse(query.as_bytes());
    let until = query.one("until").ok().flatten();
    let until = until.and_then(|text| text.parse::<i64>().ok());
    let signed = query.one("signature").ok().flatten();
    let good = until.filter(|until| signed == Some(signature(path, *until).as_str()));
    let Some(until) = good else {
        return plain(StatusCode::FORBIDDEN, "The link is not signed.\n");
    };
    if sandbox.now().seconds >= until {
        return plain(StatusCode::FORBIDDEN, "The link has expired.\n");
    }
    let named = path
        .strip_prefix(FILES)
        .and_then(|rest| rest.split_once('/'));
    let Some((receipt, form)) = named.filter(|(_, form)| FORMS.contains(form)) else {
        return plain(StatusCode::NOT_FOUND, "There is no such file.\n");
    };
    match file(sandbox, receipt, form == FORMS[0]) {
        Some((kind, bytes)) => {
            let mut response = bytes.into_response();
            let headers = response.headers_mut();
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
            let nosniff = HeaderValue::from_static("nosniff");
            headers.insert(header::X_CONTENT_TYPE_OPTIONS, nosniff);
            let inline = HeaderValue::from_static("inline");
            headers.insert(header::CONTENT_DISPOSITION, inline);
            response
        }
        None => plain(StatusCode::NOT_FOUND, "There is no such file.\n"),
    }
}

fn file(sandbox: &Sandbox, id: &str, small: bool) -> Option<(&'static str, Vec<u8>)> {
    let store = sandbox.store();
    let upload = store.uploads.iter().find(|upload| upload.id == id);
    if let Some(upload) = upload {
        return Some((media_type(&upload.bytes), upload.bytes.clone()));
    }
    let mut all_companies = sandbox.sample_data.all_companies().iter();
    let known = all_companies
        .any(|company_entries| company_entries.receipts().iter().any(|one| one.id == id));
    let files = known.then(|| receipt::files(id))?;
    let file = if small {
        files.thumbnail
    } else {
        files.original
    };
    Some((file.media_type, file.bytes.to_vec()))
}

/// The media type of a file by its first bytes.
pub fn media_type(bytes: &[u8]) -> &'static str {
    let known: [(&[u8], &str); 4] = [
        (b"\x89PNG", "image/png"),
        (b"%PDF", "application/pdf"),
        (b"\xff\xd8\xff", "image/jpeg"),
        (b"GIF8", "image/gif"),
    ];
    let found = known.iter().find(|(start, _)| bytes.starts_with(start));
    found.map_or("application/octet-stream", |(_, kind)| kind)
}

fn plain(status: StatusCode, text: &'static str) -> Response {
    (status, text).into_response()
}
