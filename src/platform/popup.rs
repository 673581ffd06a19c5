//! A window for a sign-in.
//!
//! The windows exchange nothing: the popup has no opener, no message is sent, and neither window
//! checks whether the other one is closed, since with a server's `Cross-Origin-Opener-Policy` the
//! result is unreliable.

/// A popup that is still empty. It is redirected once; after that the page has no reference to it.
pub struct Popup(web_sys::Window);

impl From<web_sys::Window> for Popup {
    fn from(window: web_sys::Window) -> Popup {
        Popup(window)
    }
}

impl Popup {
    /// Opens a popup. Call it inside the click handler: the browser blocks popups that open later.
    /// Returns `None` if the browser blocks it.
    pub fn open() -> Option<Popup> {
        super::window()?
            .open_with_url_and_target_and_features(
                "about:blank",
                "_blank",
                "popup,width=560,height=760",
            )
            .ok()
            .flatten()
            .map(Popup)
    }

    /// Loads `url` in it.
    pub fn go(self, url: &str) {
        let _ = self.0.location().replace(url);
    }

    /// Closes it, if there is no address to load.
    pub fn close(self) {
        let _ = self.0.close();
    }
}

/// Closes this window, if a page opened it.
pub fn close_own() {
    if let Some(window) = super::window() {
        let _ = window.close();
    }
}
