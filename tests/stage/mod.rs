//! A place in the document where a test shows one component.
#![allow(dead_code, reason = "each test file uses a part of it")]

use leptos::mount::{UnmountHandle, mount_to};
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyViewState;
use outlay_vault::message::{Connection, ConnectionPhase};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, HtmlElement, window};

/// What is shown; taken away when it is dropped.
pub struct MountedView {
    place: HtmlElement,
    shown: Option<UnmountHandle<AnyViewState>>,
}

impl MountedView {
    /// Shows `view` and waits until it stands.
    pub async fn show<V: IntoView + 'static>(view: impl FnOnce() -> V + 'static) -> MountedView {
        let stage = MountedView::raise(view);
        stage.settle().await;
        stage
    }

    /// Shows `view` and waits for nothing.
    pub fn raise<V: IntoView + 'static>(view: impl FnOnce() -> V + 'static) -> MountedView {
        let document = window().unwrap().document().unwrap();
        let place: HtmlElement = document.create_element("div").unwrap().unchecked_into();
        document.body().unwrap().append_child(&place).unwrap();
        let shown = mount_to(place.clone(), move || view().into_any());
        MountedView {
            place,
            shown: Some(shown),
        }
    }

    /// Waits until effects have run and a frame has been drawn.
    pub async fn settle(&self) {
        for _ in 0..2 {
            leptos::task::tick().await;
            let frame = js_sys::Promise::new(&mut |resolve, _| {
                window().unwrap().request_animation_frame(&resolve).unwrap();
            });
            JsFuture::from(frame).await.unwrap();
        }
    }

    /// The one element of this selector.
    pub fn one(&self, selector: &str) -> Element {
        let found = self.place.query_selector(selector).unwrap();
        found.unwrap_or_else(|| panic!("no {selector} in {}", self.place.inner_html()))
    }

    /// How many elements there are of this selector.
    pub fn all(&self, selector: &str) -> u32 {
        self.place.query_selector_all(selector).unwrap().length()
    }
}

impl Drop for MountedView {
    fn drop(&mut self) {
        drop(self.shown.take());
        self.place.remove();
    }
}

/// A connection of 15 minutes that was just made, with one of two scopes.
pub fn connection(phase: ConnectionPhase) -> Connection {
    Connection {
        id: "c1".to_owned(),
        profile: "sandbox".to_owned(),
        phase,
        generation: 3,
        subject: None,
        application: Some("Outlay".to_owned()),
        scopes_asked: vec!["companies:read".to_owned(), "users:read".to_owned()],
        scopes_granted: vec!["companies:read".to_owned()],
        expires_in: Some(900_000),
        lifetime: Some(900_000),
        token_age: 0,
        refreshable: true,
        session_left: 43_200_000,
    }
}
