//! How a receipt is shown: in the page, or in a tab of its own, and why.

use outlay_explorer::external_link;
use outlay_pleo::receipt::{Receipt, ReceiptMimeType};

/// How long the link of a receipt works at Pleo, in milliseconds; the origin of this number is Pleo's
/// API documentation: 24 hours.
pub const LINK_LIFETIME: f64 = 86_400_000.0;

/// How a receipt is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReceiptDisplay {
    /// As an image in the page.
    Image,
    /// In a tab: browsers show PDF files in a document of their own, which the policy does not allow here.
    PdfInTab,
    /// In a tab: the file is of a type that a page cannot show as an image.
    OtherInTab,
    /// In a tab: the configuration does not name this origin, so the policy does not allow its images.
    UnnamedOriginInTab(String),
    /// Not at all: its link is no address that may be opened.
    NoLink,
}

/// Returns how to show a receipt. `origins` are those of the configuration.
pub fn display(receipt: &Receipt, origins: &[String]) -> ReceiptDisplay {
    let Some(origin) = origin(&receipt.url) else {
        return ReceiptDisplay::NoLink;
    };
    match receipt.mime_type {
        ReceiptMimeType::ApplicationPdf => ReceiptDisplay::PdfInTab,
        ReceiptMimeType::ImageJpeg | ReceiptMimeType::ImagePng | ReceiptMimeType::ImageGif => {
            match origins.contains(&origin) {
                true => ReceiptDisplay::Image,
                false => ReceiptDisplay::UnnamedOriginInTab(origin),
            }
        }
        _ => ReceiptDisplay::OtherInTab,
    }
}

/// Returns the host of a link that may be opened; see [`external_link::host`].
pub fn host(url: &str) -> Option<&str> {
    external_link::host(url)
}

/// The origin of a link that may be opened, as the configuration writes it.
fn origin(url: &str) -> Option<String> {
    let host = host(url)?;
    let (scheme, _) = url.split_once("://")?;
    Some([scheme, "://", &host.to_ascii_lowercase()].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIGNED: &str = "https://files.example/r/1?until=9&signature=x";

    fn receipt(mime: &str, url: &str) -> Receipt {
        outlay_wire::from_text(&format!(
            r#"{{"id":"r","accountingEntryId":"e","createdAt":"2026-03-01T10:00:00Z","source":"CAMERA",
            "fileType":"ORIGINAL","mimeType":"{mime}","sizeInBytes":9,"url":"{url}"}}"#
        ))
        .unwrap()
    }

    #[test]
    fn image_of_a_named_origin_is_shown_and_others_state_their_reason() {
        let named = ["https://files.example".to_owned()];
        let unnamed = |origin: &str| ReceiptDisplay::UnnamedOriginInTab(origin.to_owned());
        let cases = [
            ("image/png", SIGNED, ReceiptDisplay::Image),
            (
                "image/jpeg",
                "https://Files.example/r",
                ReceiptDisplay::Image,
            ),
            ("image/gif", "https://files.example", ReceiptDisplay::Image),
            ("application/pdf", SIGNED, ReceiptDisplay::PdfInTab),
            ("image/heic", SIGNED, ReceiptDisplay::OtherInTab),
            ("text/xml", SIGNED, ReceiptDisplay::OtherInTab),
            ("image/svg+xml", SIGNED, ReceiptDisplay::OtherInTab),
            ("unknown", SIGNED, ReceiptDisplay::OtherInTab),
            (
                "image/png",
                "https://files.example:8443/r",
                unnamed("https://files.example:8443"),
            ),
            (
                "image/png",
                "https://files.example.evil.example/r",
                unnamed("https://files.example.evil.example"),
            ),
            (
                "image/png",
                "http://localhost:1/r",
                unnamed("http://localhost:1"),
            ),
        ];
        for (mime, url, expected) in cases {
            assert_eq!(
                display(&receipt(mime, url), &named),
                expected,
                "{mime} {url}"
            );
        }
        let one = receipt("image/png", SIGNED);
        assert_eq!(display(&one, &[]), unnamed("https://files.example"));
    }

    #[test]
    fn link_that_may_not_be_opened_is_no_link() {
        for url in [
            "",
            "http://files.example/r",
            "javascript:alert(1)",
            "data:image/png;base64,AA",
            "//files.example/r",
            "https://files.example@evil.example/r",
            "https://files.example/r 1",
            "blob:https://files.example/1",
        ] {
            let one = receipt("image/png", url);
            let named = ["https://files.example".to_owned()];
            assert_eq!(display(&one, &named), ReceiptDisplay::NoLink, "{url}");
        }
    }
}
