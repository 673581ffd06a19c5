//! Waiting for a condition instead of for a time.

use std::time::Duration;

use tokio::time::{Instant, sleep};

use crate::Outcome;

/// How long a condition may take that needs no deadline of its own.
pub const PATIENCE: Duration = Duration::from_secs(15);

/// Asks until the answer is there; `what` names it should it never come. An error of the question
/// counts as "not yet": elements go stale while a page draws itself anew.
///
/// # Errors
///
/// After `patience`, with the last error.
pub async fn until<T>(
    what: &str,
    patience: Duration,
    mut ask: impl AsyncFnMut() -> Outcome<Option<T>>,
) -> Outcome<T> {
    let deadline = Instant::now() + patience;
    loop {
        let last = match ask().await {
            Ok(Some(answer)) => return Ok(answer),
            Ok(None) => None,
            Err(error) => Some(error),
        };
        if Instant::now() >= deadline {
            let because = last.map_or(String::new(), |error| format!(" ({error})"));
            return Err(format!("waited {patience:?} in vain for {what}{because}").into());
        }
        sleep(Duration::from_millis(25)).await;
    }
}
