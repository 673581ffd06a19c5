//! Calls about the chart of accounts.

use super::bounds::{LONGEST, MOST_ACCOUNTS, within};
use super::{ApiRequest, OutOfBounds, Slice};
use crate::account::{AccountBatchCreate, AccountCreate, AccountFilter, AccountUpdate};
use crate::id::AccountId;
use crate::operation;

/// Makes an account; answered by an `Envelope<Account>`, with 200 where it was there already.
///
/// # Errors
///
/// An external id of no character, or more than 255 characters in a field.
pub fn create(body: &AccountCreate) -> Result<ApiRequest, OutOfBounds> {
    let length = |text: &str| text.chars().count();
    within("externalId", length(&body.external_id), 1, LONGEST)?;
    within("name", length(&body.name), 0, LONGEST)?;
    within(
        "code",
        length(body.code.as_deref().unwrap_or_default()),
        0,
        LONGEST,
    )?;
    Ok(ApiRequest::new(&operation::CREATE_ACCOUNT).body(body))
}

/// Makes 1 to 1,000 accounts; answered by an `Envelope<AccountBatchResult>`, which names those that
/// were refused.
///
/// # Errors
///
/// More accounts, or none.
pub fn create_many(body: &AccountBatchCreate) -> Result<ApiRequest, OutOfBounds> {
    within("items", body.items.len(), 1, MOST_ACCOUNTS)?;
    Ok(ApiRequest::new(&operation::CREATE_ACCOUNTS).body(body))
}

/// `GET /v1/chart-of-accounts/{accountId}`; returns an `Envelope<Account>`.
pub fn get(id: &AccountId) -> ApiRequest {
    ApiRequest::of(&operation::ACCOUNT, &[id.as_str()])
}

/// Replaces an account; answered by an `Envelope<Account>`.
///
/// # Errors
///
/// A name of more than 255 characters.
pub fn update(id: &AccountId, body: &AccountUpdate) -> Result<ApiRequest, OutOfBounds> {
    within("name", body.name.chars().count(), 0, LONGEST)?;
    Ok(ApiRequest::of(&operation::UPDATE_ACCOUNT, &[id.as_str()]).body(body))
}

/// Removes an account; answered without a body, by 409 where entries use it.
pub fn delete(id: &AccountId) -> ApiRequest {
    ApiRequest::of(&operation::DELETE_ACCOUNT, &[id.as_str()])
}

/// `POST /v1/chart-of-accounts:search`; returns a `Page<Account>`. The company is in the body.
pub fn search(slice: &Slice, filter: &AccountFilter) -> ApiRequest {
    ApiRequest::new(&operation::SEARCH_ACCOUNTS)
        .slice(slice)
        .body(filter)
}
