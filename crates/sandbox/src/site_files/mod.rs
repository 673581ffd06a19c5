//! Finds the file for a path.

mod kind;

use std::path::{Path, PathBuf};
use std::time::Duration;

use outlay_config::Document;

use crate::address::Addresses;

/// The folder of the built site with its configuration.
#[derive(Debug)]
pub struct SiteFiles {
    root: PathBuf,
    document: Document,
    config: String,
    reports: bool,
    delay: Duration,
}

/// A file of the site.
#[derive(Debug, PartialEq, Eq)]
pub struct FoundFile {
    /// Content of the file.
    pub bytes: Vec<u8>,
    /// Value of `Content-Type`.
    pub kind: &'static str,
}

impl SiteFiles {
    /// Serves `root`. `config` is sent as `/config.json` in place of the generated one; the policy
    /// is made from the real addresses in either case.
    ///
    /// # Errors
    ///
    /// A sentence: the folder is not there, or has no `index.html`.
    pub fn new(
        root: &Path,
        addresses: &Addresses,
        config: Option<String>,
        reports: bool,
    ) -> Result<SiteFiles, String> {
        let shown = root.display();
        let root = root
            .canonicalize()
            .map_err(|error| format!("The site's folder {shown} cannot be read: {error}."))?;
        if !root.join("index.html").is_file() {
            return Err(format!("The site's folder {shown} has no index.html."));
        }
        let generated = addresses.config();
        let document = Document::parse(&generated).map_err(|problems| {
            let reported: Vec<_> = problems.iter().map(ToString::to_string).collect();
            format!(
                "The generated config.json is not valid: {}",
                reported.join(" ")
            )
        })?;
        Ok(SiteFiles {
            root,
            document,
            config: config.unwrap_or(generated),
            reports,
            delay: Duration::ZERO,
        })
    }

    /// Sends each WebAssembly file that much later, as a slow network would.
    #[must_use]
    pub fn delayed(self, delay: Duration) -> SiteFiles {
        SiteFiles { delay, ..self }
    }

    /// Returns how long the file of a path is held back.
    pub fn delay(&self, path: &str) -> Duration {
        if path.ends_with(".wasm") {
            self.delay
        } else {
            Duration::ZERO
        }
    }

    /// Returns the configuration from which the policy headers are made.
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// Returns whether the policy asks browsers for reports.
    pub fn wants_reports(&self) -> bool {
        self.reports
    }

    /// Returns the file for a path of the request line; reads it from disk each time.
    pub fn find(&self, path: &str) -> Option<FoundFile> {
        if path == "/config.json" {
            return Some(FoundFile {
                bytes: self.config.clone().into_bytes(),
                kind: kind::of(path),
            });
        }
        let segments = segments(path)?;
        let last = segments.last().map_or("", String::as_str);
        let wanted: PathBuf = segments.iter().collect();
        if !last.is_empty()
            && let Some(found) = self.read(&wanted)
        {
            return Some(found);
        }
        // A route of the page has no extension; a missing file must not turn into a page.
        if last.contains('.') {
            return None;
        }
        self.read(Path::new("index.html"))
    }

    fn read(&self, wanted: &Path) -> Option<FoundFile> {
        let file = self.root.join(wanted).canonicalize().ok()?;
        // A symbolic link may lead out of the folder.
        if !file.starts_with(&self.root) || !file.is_file() {
            return None;
        }
        let name = file.file_name()?.to_str()?;
        Some(FoundFile {
            kind: kind::of(name),
            bytes: std::fs::read(&file).ok()?,
        })
    }
}

/// The decoded segments of a path. Hidden files, dot segments, and anything that a file system
/// could read as a separator are refused.
fn segments(path: &str) -> Option<Vec<String>> {
    let inner = path.strip_prefix('/')?;
    let mut segments = Vec::new();
    for raw in inner.split('/') {
        let segment = decode(raw)?;
        let refused = |letter: char| matches!(letter, '/' | '\\' | ':') || letter.is_control();
        if segment.starts_with('.') || segment.contains(refused) {
            return None;
        }
        segments.push(segment);
    }
    Some(segments)
}

/// Decodes a segment of a path; `None` for a `%` without two hexadecimal digits and for bytes that are
/// not UTF-8. Unlike in a form, `+` stands for itself.
fn decode(raw: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(raw.len());
    let mut rest = raw.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let high = char::from(rest.next()?).to_digit(16)?;
        let low = char::from(rest.next()?).to_digit(16)?;
        bytes.push(u8::try_from(high * 16 + low).ok()?);
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::segments;

    #[test]
    fn paths_outside_the_site_folder_are_rejected() {
        assert_eq!(segments("/a/b%20c.js").unwrap(), ["a", "b c.js"]);
        assert_eq!(segments("/").unwrap(), [""]);
        for refused in [
            "",
            "a",
            "/../x",
            "/a/./b",
            "/%2e%2e/x",
            "/.env",
            "/a%2fb",
            "/a%5Cb",
            "/a\\b",
            "/%00",
            "/%",
            "/%zz",
            "/%ff",
            "/c:x",
        ] {
            assert_eq!(segments(refused), None, "{refused:?}");
        }
    }
}
