//! A static server on loopback that sends precompressed files and counts the bytes of their bodies.

use std::collections::BTreeMap;
use std::fs;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;
use axum::serve::ListenerExt;
use brotli::enc::BrotliEncoderParams;
use tokio::net::TcpListener;

use crate::Outcome;

/// Makes the headers of the answer for a path.
pub(super) type Headers = Box<dyn Fn(&str) -> Vec<(&'static str, String)> + Send + Sync>;

/// What is served.
pub(super) struct Content {
    /// Each file by its path.
    pub(super) files: BTreeMap<String, StaticFile>,
    /// Added to every answer.
    pub(super) headers: Headers,
}

/// One file.
pub(super) struct StaticFile {
    plain: Vec<u8>,
    /// None where it is not smaller than the file itself.
    brotli: Option<Vec<u8>>,
}

/// A running server; it ends with the runtime.
pub(super) struct StaticSite {
    /// Where it listens.
    pub(super) origin: String,
    state: Arc<SharedSite>,
}

#[derive(Default)]
struct SharedSite {
    content: OnceLock<Content>,
    sent: Mutex<Vec<SentBytes>>,
}

/// One answer.
#[derive(Debug, Clone)]
pub(super) struct SentBytes {
    /// The path that was asked for.
    pub(super) path: String,
    /// The bytes of the body, as encoded.
    pub(super) bytes: usize,
}

impl StaticSite {
    /// Listens on a free port. Every answer is 503 until [`Self::serve`].
    pub(super) async fn listen() -> Outcome<Self> {
        let first = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let port = first.local_addr()?.port();
        // A browser may resolve `localhost` to either address; a machine may have only one.
        let second = TcpListener::bind((Ipv6Addr::LOCALHOST, port)).await.ok();
        let state = Arc::new(SharedSite::default());
        let router = Router::new().fallback(answer).with_state(state.clone());
        for listener in [Some(first), second].into_iter().flatten() {
            let listener = listener.tap_io(|stream| {
                let _ = stream.set_nodelay(true);
            });
            let router = router.clone();
            tokio::spawn(async move { axum::serve(listener, router).await });
        }
        Ok(Self {
            origin: format!("http://localhost:{port}"),
            state,
        })
    }

    /// Sets what is served, once.
    pub(super) fn serve(&self, content: Content) -> Outcome {
        let set = self.state.content.set(content);
        set.map_err(|_| "the server has its content already".into())
    }

    /// The answers since the last call, in order.
    pub(super) fn take_sent(&self) -> Vec<SentBytes> {
        let mut sent = self
            .state
            .sent
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut sent)
    }
}

impl StaticFile {
    /// A file that is compressed here.
    pub(super) fn new(plain: Vec<u8>) -> Outcome<Self> {
        // The settings of the files that `cargo xtask host` writes.
        let parameters = BrotliEncoderParams {
            quality: 11,
            lgwin: 22,
            ..Default::default()
        };
        let mut packed = Vec::new();
        brotli::BrotliCompress(&mut &*plain, &mut packed, &parameters)?;
        Ok(Self::with(plain, packed))
    }

    /// A file that no host compresses.
    pub(super) fn plain(plain: Vec<u8>) -> Self {
        Self {
            plain,
            brotli: None,
        }
    }

    fn with(plain: Vec<u8>, packed: Vec<u8>) -> Self {
        let brotli = Some(packed).filter(|packed| packed.len() < plain.len());
        Self { plain, brotli }
    }
}

/// Every file of a folder. `.br` beside a file is its compressed form; without one it is made here.
pub(super) fn read(folder: &Path) -> Outcome<BTreeMap<String, StaticFile>> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let beside = [".br", ".gz"].iter().any(|end| name.ends_with(end));
        if !entry.file_type()?.is_file() || beside {
            continue;
        }
        let plain = fs::read(entry.path())?;
        let file = match fs::read(folder.join(format!("{name}.br"))) {
            Ok(packed) => StaticFile::with(plain, packed),
            Err(_) => StaticFile::new(plain)?,
        };
        files.insert(format!("/{name}"), file);
    }
    Ok(files)
}

/// Every file of a folder, none of them compressed.
pub(super) fn read_plain(folder: &Path) -> Outcome<BTreeMap<String, StaticFile>> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type()?.is_file() {
            files.insert(
                format!("/{name}"),
                StaticFile::plain(fs::read(entry.path())?),
            );
        }
    }
    Ok(files)
}

async fn answer(State(state): State<Arc<SharedSite>>, request: Request) -> Response {
    let path = request.uri().path().to_owned();
    let mut response = Response::new(Body::empty());
    let Some(content) = state.content.get() else {
        *response.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
        return response;
    };
    let name = path.rsplit('/').next().unwrap_or_default();
    // A route has no extension; a missing file must not turn into the page.
    let found = match content.files.get_key_value(&path) {
        None if !name.contains('.') => content.files.get_key_value("/index.html"),
        found => found,
    };
    for (name, value) in (content.headers)(&path) {
        if let (Ok(name), Ok(value)) = (
            HeaderName::from_bytes(name.as_bytes()),
            HeaderValue::from_str(&value),
        ) {
            response.headers_mut().insert(name, value);
        }
    }
    let Some((file_path, file)) = found else {
        *response.status_mut() = StatusCode::NOT_FOUND;
        return response;
    };
    let takes_brotli = request
        .headers()
        .get(header::ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.split(',').any(|one| one.trim() == "br"));
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static(media_type(file_path)),
    );
    let packed = file.brotli.as_ref().filter(|_| takes_brotli);
    if packed.is_some() {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
    }
    headers.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    let body = packed.unwrap_or(&file.plain).clone();
    let bytes = body.len();
    let mut sent = state.sent.lock().unwrap_or_else(PoisonError::into_inner);
    sent.push(SentBytes { path, bytes });
    *response.body_mut() = Body::from(body);
    response
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn file_is_sent_compressed_counted_and_with_headers() {
        let site = StaticSite::listen().await.unwrap();
        let text = "a line\n".repeat(500);
        let files = BTreeMap::from([
            (
                "/index.html".to_owned(),
                StaticFile::new(text.clone().into_bytes()).unwrap(),
            ),
            (
                "/config.json".to_owned(),
                StaticFile::plain(text.clone().into_bytes()),
            ),
        ]);
        site.serve(Content {
            files,
            headers: Box::new(|path| vec![("X-Path", path.to_owned())]),
        })
        .unwrap();
        let client = reqwest::Client::new();
        let get = async |path: &str| {
            let request = client.get(format!("{}{path}", site.origin));
            let answer = request.header("Accept-Encoding", "gzip, br").send().await;
            answer.unwrap()
        };
        let page = get("/callback/sandbox").await;
        assert_eq!(page.headers()["content-encoding"], "br");
        assert_eq!(page.headers()["x-path"], "/callback/sandbox");
        assert_eq!(page.headers()["content-type"], "text/html; charset=utf-8");
        let bytes = page.bytes().await.unwrap();
        let mut unpacked = Vec::new();
        brotli::BrotliDecompress(&mut &*bytes, &mut unpacked).unwrap();
        assert_eq!(unpacked, text.as_bytes());
        assert_eq!(get("/config.json").await.text().await.unwrap(), text);
        assert_eq!(get("/missing.js").await.status(), 404);
        let sent: Vec<_> = site
            .take_sent()
            .into_iter()
            .map(|sent| (sent.path, sent.bytes))
            .collect();
        let config = ("/config.json".to_owned(), text.len());
        assert_eq!(
            sent,
            [("/callback/sandbox".to_owned(), bytes.len()), config]
        );
        assert!(site.take_sent().is_empty());
    }
}
