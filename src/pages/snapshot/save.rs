//! The panel of the entries page that saves a snapshot of what is filtered.

use leptos::prelude::*;

use super::messages;
use super::seal::{SavedFile, is_complete, save};
use crate::components::messages as words;
use crate::pages::entries::state::EntriesState;
use crate::platform::{document, intl};
use crate::session::Session;
use crate::session::latest::Latest;

/// How far the file is.
#[derive(Debug, Clone, PartialEq, Eq)]
enum SaveStage {
    Idle,
    Writing(usize, usize),
    Saved(SavedFile),
    Failed(&'static str),
}

/// The panel.
#[component]
pub fn SaveSnapshot() -> impl IntoView {
    let session = expect_context::<Session>();
    let state = expect_context::<EntriesState>();
    let stage = RwSignal::new(SaveStage::Idle);
    let passphrase = RwSignal::new(String::new());
    let task = StoredValue::new_local(Latest::default());
    let stop = move || {
        let _ = task.try_with_value(Latest::stop);
    };
    on_cleanup(stop);
    // Entries of one company are never written into the file of another one.
    Effect::new(move |before: Option<_>| {
        let now = (session.live_id.get(), state.company_data.company_id.get());
        if before.is_some_and(|before| before != now) {
            stop();
            passphrase.set(String::new());
            stage.set(SaveStage::Idle);
        }
        now
    });
    let begin = move |_| {
        stage.set(SaveStage::Writing(0, 0));
        let secret = passphrase.get_untracked();
        passphrase.set(String::new());
        task.with_value(|task| {
            task.run(async move {
                let progress = |done, of| drop(stage.try_set(SaveStage::Writing(done, of)));
                let saved = save(session, state, secret, progress).await;
                stage.try_set(saved.map_or_else(SaveStage::Failed, SaveStage::Saved));
            });
        });
    };
    let is_writing =
        Memo::new(move |_| stage.with(|stage| matches!(stage, SaveStage::Writing(..))));
    let words = move || match stage.get() {
        SaveStage::Idle => String::new(),
        SaveStage::Writing(done, of) => messages::writing(&intl::count(done), &intl::count(of)),
        SaveStage::Saved(file) => [&file.notice, ". ", &messages::sealed(&file.root)].concat(),
        SaveStage::Failed(text) => text.to_owned(),
    };
    let root = move || match stage.get() {
        SaveStage::Saved(file) => Some(file.root),
        _ => None,
    };
    let partial = Memo::new(move |_| {
        state.company_data.entries_pagination.track();
        !is_complete(state)
    });
    let base = document::base();
    let href = [base.trim_end_matches('/'), "/snapshot"].concat();
    view! {
        <div class="views">
            <label class="field inline">
                <span>{messages::NEW_PASSPHRASE}</span>
                <input
                    type="password" autocomplete="new-password" prop:value=passphrase
                    on:input=move |event| passphrase.set(event_target_value(&event))
                />
            </label>
            <button type="button" disabled=is_writing on:click=begin>{messages::SAVE}</button>
            <button
                type="button" class="quiet" class:off=move || !is_writing.get()
                on:click=move |_| { stop(); stage.set(SaveStage::Idle); }
            >{words::CANCEL}</button>
            <a href=href>{messages::OPEN_ONE}</a>
            <p class="fine">{messages::SAVE_HINT}</p>
            <p class="fine" class:off=move || !partial.get()>{messages::PARTIAL}</p>
            <p class="figures snapshot-saved" role="status" translate="no" data-root=root prop:textContent=move || words()></p>
        </div>
    }
}
