//! Loads the file of the catalogue.

use std::sync::Arc;

use outlay_codes::ErrorCode;

use crate::platform::document;
use crate::session::app_error::AppError;
use crate::session::load::Load;
use leptos::prelude::window;
use outlay_pleo::catalogue::Catalogue;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

const FILE: &str = "catalogue.json";

/// Fetches and parses the catalogue.
pub async fn catalogue() -> Load<Arc<Catalogue>> {
    match read().await {
        Some(catalogue) => Load::Ready(Arc::new(catalogue)),
        None => Load::Failed(AppError {
            detail: Some(FILE.to_owned()),
            ..AppError::of(ErrorCode::PartNotLoaded)
        }),
    }
}

async fn read() -> Option<Catalogue> {
    let address = [&document::base(), FILE].concat();
    let response = JsFuture::from(window().fetch_with_str(&address))
        .await
        .ok()?;
    let response: Response = response.dyn_into().ok()?;
    if !response.ok() {
        return None;
    }
    let text = JsFuture::from(response.text().ok()?)
        .await
        .ok()?
        .as_string()?;
    outlay_wire::from_text(&text)
}
