//! The settings page.

use std::rc::Rc;

use outlay_codes::ErrorCode;

use crate::address;
use crate::components::disconnect::{Disconnect, DisconnectDialog, DisconnectTarget};
use crate::components::external_text::ExternalText;
use crate::components::heading::Heading;
use crate::components::messages::{ENVIRONMENT, NOT_KNOWN_YET, NOT_STATED};
use crate::components::scopes::Scopes;
use crate::components::session_status_text::{meaning, span};
use crate::messages::errors::explain;
use crate::platform::document;
use crate::session::app_error::AppError;
use futures::FutureExt;
use leptos::prelude::*;
use outlay_config::{Config, EnvironmentKind};
use outlay_vault::message::Connection;

use super::disconnect::disconnect;
use super::files;
use super::messages;
use crate::components::external_text::external;
use crate::session::Session;
use crate::session::names::Names;

/// The settings page.
#[component]
pub fn SettingsPage() -> impl IntoView {
    let session = expect_context::<Session>();
    let names = expect_context::<Names>();
    // The gate shows no page before the configuration is known.
    let config = session.config.get_untracked();
    config.map(|config| page(config, session, names))
}

fn page(config: Config, session: Session, names: Names) -> impl IntoView {
    let asked = RwSignal::new(None::<DisconnectTarget>);
    let gone = RwSignal::new(None::<ErrorCode>);
    let execute: Disconnect = Rc::new(move |id| {
        async move {
            let client = session
                .client()
                .ok_or_else(|| AppError::of(ErrorCode::VaultLost))?;
            disconnect(client, id).await?;
            gone.set(Some(ErrorCode::Disconnected));
            Ok(())
        }
        .boxed_local()
    });
    let live_connections = Memo::new(move |_| session.live_connections());
    let limits = messages::timeout(config.idle_sign_out_minutes, config.absolute_sign_out_hours);
    let cards = move || {
        let config = &config;
        let all = live_connections.get().into_iter();
        all.map(|connection| card(connection, config, session, names, asked))
            .collect_view()
            .into_any()
    };
    let none = move || {
        let connect = address::at_base(&document::base(), "/connect");
        live_connections.with(Vec::is_empty).then(|| {
            view! {
                <p>{messages::NONE}</p>
                <p><a href=connect>{messages::CONNECT}</a></p>
            }
            .into_any()
        })
    };
    let signed_out_notice = move || {
        gone.get().map(|code| {
            let words = explain(code);
            view! {
                <section class="note" role="status" data-code=code.word()>
                    <p><strong>{words.happened}</strong></p>
                    <p>{words.means} " " {words.next}</p>
                </section>
            }
            .into_any()
        })
    };
    view! {
        <Heading text=messages::TITLE />
        {move || signed_out_notice()}
        {move || none()}
        {move || cards()}
        <section class="card">
            <h2>{messages::TIMEOUT}</h2>
            <p>{limits}</p>
        </section>
        {files::section()}
        <DisconnectDialog asked disconnect=execute />
    }
}

fn card(
    connection: Connection,
    config: &Config,
    session: Session,
    names: Names,
    asked: RwSignal<Option<DisconnectTarget>>,
) -> impl IntoView + use<> {
    names.ask(connection.clone());
    let profile = config.profile(&connection.profile);
    let environment = profile
        .map(|profile| profile.name.clone())
        .unwrap_or_default();
    let kind = profile.map_or(EnvironmentKind::Production, |profile| profile.kind);
    let known = connection.clone();
    let owner_label = Memo::new(move |_| names.company(&known));
    let disconnect_target = {
        let connection = connection.id.clone();
        let environment = environment.clone();
        move |_| {
            asked.set(Some(DisconnectTarget {
                connection: connection.clone(),
                owner_label: owner_label.get_untracked(),
                environment: (kind, environment.clone()),
            }));
        }
    };
    let remove = {
        let id = connection.id.clone();
        move |_| {
            let id = id.clone();
            leptos::task::spawn_local(session.remove(id));
        }
    };
    let subject = connection.subject.clone();
    let left = connection.expires_in.map_or(NOT_STATED.to_owned(), |left| {
        messages::access_left(&span(left))
    });
    view! {
        <section class="card">
            <h2><ExternalText text=owner_label /></h2>
            <p>{meaning(&connection)}</p>
            <dl class="facts">
                <dt>{ENVIRONMENT}</dt><dd>{environment}</dd>
                <dt>{messages::APPLICATION}</dt><dd>{external(connection.application.as_deref().unwrap_or(NOT_KNOWN_YET))}</dd>
                <dt>{messages::SUBJECT}</dt><dd><code>{external(subject.as_deref().unwrap_or(NOT_KNOWN_YET))}</code></dd>
                <dt>{messages::ACCESS}</dt><dd translate="no">{left}</dd>
                <dt>{messages::SESSION}</dt><dd translate="no">{messages::session_left(&span(connection.session_left))}</dd>
            </dl>
            <Scopes connection=connection.clone() />
            <div class="actions">
                <button type="button" on:click=remove>{messages::DISCONNECT}</button>
                <button type="button" class="quiet" on:click=disconnect_target>{messages::REMOVE}</button>
            </div>
        </section>
    }
}
