//! The copy of a redirect sign-in that this tab keeps while the user is away: the only use of web
//! storage. It holds no token, and it is deleted before it is used.

use outlay_vault::message::StoredSignIn;
use web_sys::Storage;

const KEY: &str = "outlay.pending";

fn storage() -> Option<Storage> {
    super::window()?.session_storage().ok().flatten()
}

/// Keeps `sign_in` until the callback. Where the browser refuses storage, the vault's own copy must
/// do.
pub fn keep(sign_in: &StoredSignIn) {
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
