//! What the companies are called, asked once for each connection.

use std::collections::BTreeMap;

use leptos::prelude::*;
use outlay_page::session::call::ask;
use outlay_page::session::label;
use outlay_pleo::Company;
use outlay_pleo::Page;
use outlay_pleo::request::{Slice, companies};
use outlay_vault::message::Connection;

use crate::bench::Bench;

/// Companies that are looked through for a name; Pleo gives no more at once.
const PAGE: u32 = 100;

/// By connection; none where Pleo has not told, or would not.
pub type Names = RwSignal<BTreeMap<String, Option<String>>>;

/// Asks for the name of `connection`, unless it was asked for already.
pub fn want(names: Names, connection: &Connection) {
    if names.with_untracked(|names| names.contains_key(&connection.id)) {
        return;
    }
    let id = connection.id.clone();
    let subject = connection.subject.clone();
    names.update_untracked(|names| drop(names.insert(id.clone(), None)));
    leptos::task::spawn_local(async move {
        let client = Bench::get().client;
        let request = companies::list(&Slice::after(None, PAGE));
        // Without the scope Pleo refuses: then the application's name has to do.
        if let Ok(page) = ask::<Page<Company>>(&client, &id, request).await {
            let name = label::of_companies(subject.as_deref(), &page.data);
            names.try_update(|names| drop(names.insert(id, name)));
        }
    });
}

/// The name of `connection`, or what stands for it.
pub fn name(names: Names, connection: &Connection) -> String {
    let told = names.with(|names| names.get(&connection.id).cloned().flatten());
    told.unwrap_or_else(|| label::without_companies(connection))
}
