//! Checks of the program's files, which `boot.js` makes: which file does not load or run, and why.

use js_sys::{Error, Reflect};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// The element `<meta name="outlay-page">`, to which `boot.js` adds its functions.
    type Files;

    /// Resolves to a sentence, or to an empty string if no file has a fault. Rejects with an error whose
    /// `code` is `newer_version` if the site was deployed anew.
    #[wasm_bindgen(method, catch)]
    async fn fault(this: &Files, names: &str) -> Result<JsValue, JsValue>;

    /// The same for the files of a chunk.
    #[wasm_bindgen(method, catch, js_name = faultOfChunk)]
    async fn fault_of_chunk(this: &Files, chunk: &str) -> Result<JsValue, JsValue>;

    /// Shows the fault of a chunk's files in place of the static page.
    #[wasm_bindgen(method, catch)]
    async fn report(this: &Files, chunk: &str) -> Result<JsValue, JsValue>;

    /// Fetches the files of these chunks into the browser's cache when the browser is idle.
    #[wasm_bindgen(method)]
    fn prefetch(this: &Files, chunks: &str);
}

/// Why a file did not load.
pub struct ChunkFault {
    /// The site was deployed anew since this page was loaded.
    pub newer: bool,
    /// The file and its fault, as a sentence.
    pub detail: Option<String>,
}

/// The first fault among the files of `chunk`; `None` if all of them load now.
pub async fn fault(chunk: &str) -> Option<ChunkFault> {
    fault_in(files()?.fault_of_chunk(chunk).await)
}

/// The first fault among the vault's files, as a sentence; `None` if all of them load.
pub async fn fault_of_vault() -> Option<String> {
    let names = "vault.js vault_worker.js vault_worker_bg.wasm";
    fault_in(files()?.fault(names).await)?.detail
}

/// Shows in place of the static page why the app did not load.
pub async fn report(chunk: &str) {
    if let Some(files) = files() {
        let _ = files.report(chunk).await;
    }
}

/// Fetches the files of these chunks, separated by spaces, into the browser's cache.
pub fn prefetch(chunks: &str) {
    if let Some(files) = files() {
        files.prefetch(chunks);
    }
}

fn fault_in(answer: Result<JsValue, JsValue>) -> Option<ChunkFault> {
    match answer {
        Ok(sentence) => {
            let sentence = sentence
                .as_string()
                .filter(|sentence| !sentence.is_empty())?;
            Some(ChunkFault {
                newer: false,
                detail: Some(sentence),
            })
        }
        Err(error) => Some(ChunkFault {
            newer: Reflect::has(&error, &"code".into()).unwrap_or(false),
            detail: error.dyn_ref().map(|error: &Error| error.message().into()),
        }),
    }
}

fn files() -> Option<Files> {
    let document = super::window()?.document()?;
    let files = document.query_selector("meta[name=outlay-page]").ok()??;
    Some(JsValue::from(files).unchecked_into())
}
