//! One request, sent by curl without changes.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use crate::Outcome;
use crate::host::pack;

/// A response of the live site.
#[derive(Debug, Default)]
pub struct FetchedResponse {
    /// HTTP status, 100 to 599.
    pub status: u16,
    /// Headers; names in lower case.
    pub headers: Vec<(String, String)>,
    /// Body as received, compressed if the server compressed it.
    pub body: Vec<u8>,
}

impl FetchedResponse {
    /// Returns the values of a header joined by commas; `None` if it is absent.
    pub fn header(&self, name: &str) -> Option<String> {
        let name = name.to_ascii_lowercase();
        let values: Vec<_> = self
            .headers
            .iter()
            .filter(|(key, _)| *key == name)
            .map(|(_, value)| value.as_str())
            .collect();
        (!values.is_empty()).then(|| values.join(", "))
    }

    /// The body, decompressed.
    ///
    /// # Errors
    ///
    /// The coding is unknown, or the body is not in it.
    pub fn content(&self) -> Outcome<Vec<u8>> {
        let coding = self.header("Content-Encoding").unwrap_or_default();
        let unpacked = match coding.as_str() {
            "" | "identity" => return Ok(self.body.clone()),
            "gzip" => pack::ungzip(&self.body),
            "br" => pack::unbrotli(&self.body),
            other => return Err(format!("has the coding `{other}`, which was not asked for")),
        };
        unpacked.map_err(|error| format!("is not valid {coding}: {error}"))
    }
}

/// Sends requests by curl, which writes responses to a temporary folder.
pub struct Fetch {
    folder: PathBuf,
}

impl Fetch {
    /// Makes the temporary folder.
    pub fn new() -> Outcome<Self> {
        let folder = std::env::temp_dir().join(format!("outlay-verify-{}", std::process::id()));
        fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        Ok(Self { folder })
    }

    /// Sends a request without a body; does not follow redirects.
    ///
    /// # Errors
    ///
    /// As [`Fetch::send`].
    pub fn ask(&self, method: &str, url: &str, headers: &[&str]) -> Outcome<FetchedResponse> {
        self.send(method, url, headers, None)
    }

    /// Sends a request with an optional form body.
    ///
    /// # Errors
    ///
    /// curl cannot be started, fails, or writes no readable response.
    pub fn send(
        &self,
        method: &str,
        url: &str,
        headers: &[&str],
        form: Option<&str>,
    ) -> Outcome<FetchedResponse> {
        let (head, body) = (self.folder.join("head"), self.folder.join("body"));
        let mut curl = Command::new("curl");
        curl.args(["--silent", "--show-error", "--path-as-is", "--globoff"])
            .args(["--max-time", "60", "--output"])
            .arg(&body)
            .arg("--dump-header")
            .arg(&head);
        for header in headers {
            curl.args(["--header", header]);
        }
        if let Some(form) = form {
            curl.args(["--data-raw", form]);
        }
        if method == "HEAD" {
            curl.arg("--head");
        } else {
            curl.args(["--request", method]);
        }
        let _ = fs::remove_file(&body);
        let done = curl.arg(url).stdin(Stdio::null()).output();
        let done = done.map_err(|error| format!("curl could not be started: {error}"))?;
        if !done.status.success() {
            let why = String::from_utf8_lossy(&done.stderr);
            return Err(format!("{url}: {}", why.trim()));
        }
        let text = fs::read(&head).map_err(|error| format!("{url}: {error}"))?;
        let mut answer = parse(&String::from_utf8_lossy(&text))
            .ok_or_else(|| format!("{url}: the answer has no status"))?;
        // Without a response body, curl writes no file.
        if method != "HEAD" {
            answer.body = fs::read(&body).unwrap_or_default();
        }
        Ok(answer)
    }
}

impl Drop for Fetch {
    fn drop(&mut self) {
        // A folder that stays costs disk space alone.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// The last response head: interim (1xx) ones come before it.
fn parse(heads: &str) -> Option<FetchedResponse> {
    let heads = heads.replace("\r\n", "\n");
    let head = heads.trim_end().rsplit("\n\n").next()?;
    let mut lines = head.lines();
    let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
    let headers = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
        .collect();
    Some(FetchedResponse {
        status,
        headers,
        body: Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn last_response_head_is_used_and_header_names_ignore_case() {
        let heads =
            "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/2 404 \r\nVary: A\r\nvary: B\r\n\r\n";
        let answer = parse(heads).unwrap();
        assert_eq!(answer.status, 404);
        assert_eq!(answer.header("Vary").as_deref(), Some("A, B"));
        assert_eq!(answer.header("Link"), None);
        assert!(parse("").is_none());
    }

    #[test]
    fn a_body_is_compared_after_decompression() {
        let answer = |coding: &str, body: &[u8]| FetchedResponse {
            headers: vec![("content-encoding".to_owned(), coding.to_owned())],
            body: body.to_vec(),
            ..FetchedResponse::default()
        };
        let packed = pack::brotli(b"text").unwrap();
        assert_eq!(answer("br", &packed).content().unwrap(), b"text");
        assert_eq!(answer("", b"text").content().unwrap(), b"text");
        for coding in ["br", "gzip", "zstd"] {
            assert!(answer(coding, b"text").content().is_err(), "{coding}");
        }
    }
}
