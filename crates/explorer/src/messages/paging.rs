//! Why a page that the response promises cannot be loaded.

use outlay_pleo::Incomplete;

/// Returns the reason as a sentence with the protocol's terms; it holds for both directions.
#[must_use]
pub fn blocked(reason: &Incomplete) -> String {
    let sentence = match reason {
        Incomplete::NoCursor => {
            "Pleo says that there are more rows, but gives no cursor to ask for them with."
        }
        Incomplete::RepeatedCursor => {
            "Pleo says that there are more rows, but its cursor leads back to a page that was here \
             before."
        }
        Incomplete::EmptyPage => "Pleo says that there are more rows, but this page has none.",
        other => return other.sentence("rows", |count| count.to_string()),
    };
    sentence.to_owned()
}
