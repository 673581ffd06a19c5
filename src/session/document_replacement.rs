//! When this document is replaced by a new one, and the code in the new document's address.
//!
//! Freed WebAssembly memory is overwritten, but JavaScript's copies of a text cannot be. So a
//! document that has shown a company's data is replaced as a whole once that data must not be seen
//! any more: after a sign-out, a time limit, a disconnection, a change of company, and ten minutes
//! after data was hidden. A document that has shown no company data is never replaced, which rules
//! out a loop.

use super::view::SessionView;
use crate::address;
use outlay_codes::ErrorCode;

/// The parameter with the notice of the new document. Its value is one of `NOTICES`; it is
/// removed from the address before the first render.
const PARAMETER: &str = "ended";

/// The codes that are accepted in the address of a new document.
const NOTICES: [ErrorCode; 4] = [
    ErrorCode::SignedOut,
    ErrorCode::Idle,
    ErrorCode::Absolute,
    OTHER_COMPANY,
];

/// The code for a sign-in that was meant to renew one company and returned another. It is the only one
/// that is shown while a connection is active.
pub const OTHER_COMPANY: ErrorCode = ErrorCode::OtherCompany;

/// Whether a notice with this code stays on the page when a connection is live.
pub fn stays_when_connected(code: Option<ErrorCode>) -> bool {
    matches!(code, Some(OTHER_COMPANY | ErrorCode::OtherCompanyShown))
}

/// The notice and the connection of the next document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DocumentReplacement {
    /// The code of the notice that is shown if there is no connection.
    pub notice: Option<ErrorCode>,
    /// The id of the connection in view, live or ended.
    pub connection: Option<String>,
}

impl DocumentReplacement {
    /// Returns the replacement for `view`. `signed_out_notice` is the code that this document shows
    /// already.
    pub fn of(view: &SessionView, signed_out_notice: Option<ErrorCode>) -> DocumentReplacement {
        let limit = view.connection().and_then(super::end_reason::of);
        let limit = limit.and_then(|reason| known(reason.code()));
        DocumentReplacement {
            notice: limit.or(signed_out_notice),
            connection: view.connection().map(|connection| connection.id.clone()),
        }
    }

    /// Returns the route of the new document. `present` is the current route with its query.
    #[must_use]
    pub fn route(&self, present: &str) -> String {
        let path = present.split('?').next().unwrap_or_default();
        // The query of a callback is the response to a sign-in.
        let present = match address::callback_profile(path) {
            Some(_) => "/",
            None => present,
        };
        let route = address::with_connection(present, self.connection.as_deref());
        match self.notice {
            Some(code) => {
                let sign = if route.contains('?') { "&" } else { "?" };
                [&route, sign, PARAMETER, "=", code.word()].concat()
            }
            None => route,
        }
    }
}

/// Returns whether a document that has dropped one company's data must be replaced. `holds`: data
/// of another company is in view now; `touched`: this document has loaded company data.
pub fn is_due(view: &SessionView, holds: bool, touched: bool) -> bool {
    match view {
        SessionView::SignedOut | SessionView::Ended(_) => true,
        // Another company came into view. Without `touched`, nothing was loaded for the one before.
        _ => touched && holds,
    }
}

/// Splits a route into the code of its notice and the route without it. Returns `None` if the route
/// has no notice. The code is `None` if it is not one of `NOTICES`.
pub fn taken(route: &str) -> Option<(Option<ErrorCode>, String)> {
    let (path, query) = route.split_once('?')?;
    let value = |pair: &str| -> Option<Option<ErrorCode>> {
        let value = pair.strip_prefix(PARAMETER)?.strip_prefix('=')?;
        Some(ErrorCode::from_word(value).and_then(known))
    };
    let code = query.split('&').find_map(value)?;
    let others = query.split('&').filter(|pair| value(pair).is_none());
    let others: Vec<&str> = others.collect();
    let rest = match &*others {
        [] => path.to_owned(),
        _ => [path, "?", &others.join("&")].concat(),
    };
    Some((code, rest))
}

fn known(code: ErrorCode) -> Option<ErrorCode> {
    NOTICES.contains(&code).then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::view::tests::connection;
    use outlay_codes::EndReason;
    use outlay_vault::message::ConnectionPhase;

    fn ended(reason: EndReason) -> SessionView {
        SessionView::Ended(connection("a", ConnectionPhase::Ended(reason)))
    }

    fn refused() -> EndReason {
        EndReason::Refused("invalid_grant".to_owned())
    }

    fn live(id: &str) -> SessionView {
        SessionView::Live(connection(id, ConnectionPhase::Active))
    }

    #[test]
    fn document_that_showed_company_data_is_replaced_at_each_end_and_company_change() {
        for view in [
            SessionView::SignedOut,
            ended(EndReason::Idle),
            ended(refused()),
        ] {
            assert!(is_due(&view, false, false));
            assert!(is_due(&view, false, true));
        }
        assert!(is_due(&live("b"), true, true));
        assert!(!is_due(&live("b"), true, false));
        for view in [
            SessionView::Broken(ErrorCode::VaultLost),
            SessionView::Misconfigured,
            SessionView::Waiting,
        ] {
            assert!(!is_due(&view, false, true));
        }
    }

    #[test]
    fn replacement_document_keeps_the_route_and_states_the_reason() {
        for (view, signed_out_notice, present, next) in [
            (
                SessionView::SignedOut,
                Some(ErrorCode::SignedOut),
                "/entries?from=2026-01&c=a",
                "/entries?from=2026-01&ended=signed_out",
            ),
            (
                SessionView::SignedOut,
                Some(ErrorCode::SignedOut),
                "/",
                "/?ended=signed_out",
            ),
            (ended(EndReason::Idle), None, "/?c=a", "/?c=a&ended=idle"),
            (
                ended(EndReason::Absolute),
                None,
                "/",
                "/?c=a&ended=absolute",
            ),
            // The vault reports this reason itself.
            (ended(refused()), None, "/entries?c=a", "/entries?c=a"),
            (live("b"), None, "/entries?c=a&q=x", "/entries?q=x&c=b"),
            (SessionView::SignedOut, None, "/callback/x", "/"),
        ] {
            assert_eq!(
                DocumentReplacement::of(&view, signed_out_notice).route(present),
                next
            );
        }
    }

    #[test]
    fn notice_is_shown_once_and_only_if_known() {
        for (route, code, rest) in [
            ("/?ended=signed_out", Some(ErrorCode::SignedOut), "/"),
            (
                "/entries?a=b&ended=idle&c=x",
                Some(ErrorCode::Idle),
                "/entries?a=b&c=x",
            ),
            ("/?ended=idle&ended=absolute", Some(ErrorCode::Idle), "/"),
            ("/?ended=%3Cb%3E", None, "/"),
            ("/?ended=", None, "/"),
        ] {
            assert_eq!(taken(route), Some((code, rest.to_owned())), "{route}");
        }
        for route in ["/", "/?c=x", "/?endedx=idle", "/ended=idle"] {
            assert_eq!(taken(route), None, "{route}");
        }
    }
}
