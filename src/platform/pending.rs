//! The only use of web storage: a copy of the pending sign-in while the user is at Pleo, and the
//! number of sign-ins of this tab that failed. Neither contains a token. The copy is deleted before
//! its use, and the number is ignored after a minute.

use outlay_vault::message::StoredSignIn;
use outlay_wire::Wire;
use web_sys::Storage;

const KEY: &str = "outlay.pending";
const FAILURES: &str = "outlay.failures";

fn storage() -> Option<Storage> {
    super::window()?.session_storage().ok().flatten()
}

/// Stores `sign_in` until the callback. If the browser refuses storage, only the vault has a copy.
pub fn store(sign_in: &StoredSignIn) {
    if let Some(storage) = storage() {
        let _ = storage.set_item(KEY, &outlay_wire::to_text(sign_in));
    }
}

/// Deletes the copy and returns it.
pub fn take() -> Option<StoredSignIn> {
    let storage = storage()?;
    let json = storage.get_item(KEY).ok().flatten()?;
    storage.remove_item(KEY).ok()?;
    outlay_wire::from_text(&json)
}

/// The sign-ins of this tab that failed recently, in the type of the caller.
pub fn failures<T: Wire>() -> Option<T> {
    outlay_wire::from_text(&storage()?.get_item(FAILURES).ok().flatten()?)
}

/// Stores the number of sign-ins of this tab that failed.
pub fn store_failures(failures: &impl Wire) {
    if let Some(storage) = storage() {
        let _ = storage.set_item(FAILURES, &outlay_wire::to_text(failures));
    }
}

/// Deletes that number.
pub fn forget_failures() {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(FAILURES);
    }
}
