//! What a failed write means for the run.

use outlay_codes::ErrorCode;
use outlay_ledger::run::WriteFailure;

/// Returns whether Pleo refused the write, did not act on it, or may have acted on it.
pub fn write_failure(code: ErrorCode) -> WriteFailure {
    match code {
        ErrorCode::NotFound
        | ErrorCode::Conflict
        | ErrorCode::TooLarge
        | ErrorCode::Unprocessable => WriteFailure::Refused,
        ErrorCode::ApiBadRequest
        | ErrorCode::UnauthorisedOperation
        | ErrorCode::ScopeMissing
        | ErrorCode::RateLimited => WriteFailure::NotDone,
        // The end of a session also ends calls that Pleo may have carried out already.
        _ => WriteFailure::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_definite_answer_counts_as_not_done() {
        for (status, failure) in [
            (400, WriteFailure::NotDone),
            (401, WriteFailure::NotDone),
            (403, WriteFailure::NotDone),
            (404, WriteFailure::Refused),
            (409, WriteFailure::Refused),
            (413, WriteFailure::Refused),
            (422, WriteFailure::Refused),
            (429, WriteFailure::NotDone),
            (500, WriteFailure::Unknown),
            (503, WriteFailure::Unknown),
        ] {
            let code = ErrorCode::of_status(status).unwrap();
            assert_eq!(write_failure(code), failure, "{status}");
        }
        for code in [
            ErrorCode::ApiNetwork,
            ErrorCode::ApiTimeout,
            ErrorCode::ApiMalformed,
            ErrorCode::VaultLost,
            ErrorCode::SessionEnded,
        ] {
            assert_eq!(write_failure(code), WriteFailure::Unknown, "{code:?}");
        }
    }
}
