//! A window for a sign-in.
//!
//! Nothing passes between the windows: no opener, no message, and neither window asks whether the other one
//! is closed, since a server's `Cross-Origin-Opener-Policy` makes every answer a guess.

/// A window that is still empty. It is sent away once, and then left to itself.
pub struct Popup(web_sys::Window);

impl From<web_sys::Window> for Popup {
    fn from(window: web_sys::Window) -> Popup {
        Popup(window)
    }
}

impl Popup {
    /// Opens it. To be called in the click itself: later the browser takes it for an advertisement.
    /// None where the browser does not let it open.
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

    /// Sends it to `url`.
    pub fn go(self, url: &str) {
        let _ = self.0.location().replace(url);
    }

    /// Closes it, where it has nowhere to go.
    pub fn close(self) {
        let _ = self.0.close();
    }
}

/// Closes this window, if it is one that a page has opened.
pub fn close_own() {
    if let Some(window) = super::window() {
        let _ = window.close();
    }
}
