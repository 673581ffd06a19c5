//! The only use of web storage: the copy of a redirect sign-in that this tab keeps while the user
//! is away, and the count of its starts. Neither holds a token; the copy is deleted before it is
//! used, and the count means nothing after a minute.

use outlay_vault::message::StoredSignIn;
use web_sys::Storage;

use crate::session::sign_in_throttle::SignInThrottle;

const KEY: &str = "outlay.pending";
const STARTS: &str = "outlay.starts";

fn storage() -> Option<Storage> {
    super::window()?.session_storage().ok().flatten()
}

/// Keeps `sign_in` until the callback. Where the browser refuses storage, the vault's own copy must
/// do.
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

/// How often this tab has left for a sign-in.
pub fn starts() -> Option<SignInThrottle> {
    outlay_wire::from_text(&storage()?.get_item(STARTS).ok().flatten()?)
}

/// Keeps the count.
pub fn store_start_count(starts: &SignInThrottle) {
    if let Some(storage) = storage() {
        let _ = storage.set_item(STARTS, &outlay_wire::to_text(starts));
    }
}
