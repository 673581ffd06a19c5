//! Tests the format of token responses: deviations from the standard that the app accepts.

use outlay_codes::{ErrorCode, TokenOddity};
use outlay_oauth::token::{self, TokenError, TokenHttpResponse, TokenSet};

use super::CheckRun;
use super::deviations::NO_SUCH_SCOPE;
use crate::row::RowId;

impl CheckRun<'_> {
    /// Parses a response as the vault does, and records deviations from the standard format.
    pub(super) fn read_token_answer(
        &mut self,
        status: u16,
        body: &str,
    ) -> Result<TokenSet, TokenError> {
        let mut asked = self.setup.profile.scopes.clone();
        asked.push(NO_SUCH_SCOPE.to_owned());
        let answer = TokenHttpResponse::Http {
            status,
            retry_after: None,
            body: body.to_owned(),
        };
        let result = token::process(answer, &asked);
        match &result {
            Ok(tokens) => {
                for oddity in &tokens.oddities {
                    self.note_form(match *oddity {
                        TokenOddity::ScopeSeparators => {
                            "Scopes are not separated by single spaces."
                        }
                        TokenOddity::ScopeList => "scope is an array, not a string.",
                        TokenOddity::ScopeUnreadable => {
                            "scope is neither a string nor an array of strings."
                        }
                        _ => continue,
                    });
                }
            }
            Err(error) if (200..=299).contains(&status) => {
                self.note_form(match error.code() {
                    ErrorCode::TokenFormEncoded => "A response was in form encoding, not in JSON.",
                    ErrorCode::TokenNotJson => "A response was not JSON.",
                    _ if matches!(error, TokenError::Refused { .. }) => {
                        "An error response had status 200."
                    }
                    _ => return result,
                });
            }
            Err(_) => {}
        }
        result
    }

    fn note_form(&mut self, fault: &str) {
        if !self.odd_forms.iter().any(|known| known == fault) {
            self.odd_forms.push(fault.to_owned());
        }
    }

    /// Sets the verdict, after all token responses.
    pub(super) fn check_token_form(&mut self) {
        let row = RowId::TokenForm;
        let mut faults = std::mem::take(&mut self.odd_forms).into_iter();
        if let Some(first) = faults.next() {
            self.fail(row, &first, &[]);
            faults.for_each(|fault| self.note(row, fault));
        } else if self.exchanged && self.begin(row) {
            let explanation = "The responses were JSON, and scopes were separated by spaces.";
            self.pass(row, explanation);
        }
    }
}
