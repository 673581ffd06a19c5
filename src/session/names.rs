//! The names of this browser's connections, requested from Pleo once there are two.

use leptos::prelude::*;

use crate::effect::effect;
use outlay_pleo::request::bounds::MOST_ROWS;
use outlay_pleo::request::{Slice, companies};
use outlay_pleo::{Company, Page};
use outlay_vault::message::Connection;

use super::call::ask;
use super::{Session, label};

/// The names at Pleo by connection id; `None` until the response has come, or if it is an error.
type KnownNames = RwSignal<Vec<(String, Option<String>)>>;

/// Names of the connections, as a context.
#[derive(Clone, Copy)]
pub struct Names {
    session: Session,
    known: KnownNames,
    /// The ids and names of the live connections, the oldest first. It changes when a company is
    /// added, removed or named, but not with a refresh.
    pub live_connections: Memo<Vec<(String, String)>>,
}

impl Names {
    /// Loads the names once there are two connections.
    pub fn new(session: Session) -> Names {
        let known: KnownNames = RwSignal::new(Vec::new());
        let live_connections = Memo::new(move |_| {
            let all = session.live_connections().into_iter();
            all.map(|connection| (connection.id.clone(), name(session, known, &connection)))
                .collect()
        });
        let names = Names {
            session,
            known,
            live_connections,
        };
        effect(move || names.follow());
        names
    }

    fn follow(self) {
        let live_connections = self.session.live_connections();
        let has_gone = |id: &str| {
            live_connections
                .iter()
                .all(|connection| connection.id != id)
        };
        if self
            .known
            .with_untracked(|known| known.iter().any(|(id, _)| has_gone(id)))
        {
            self.known
                .update(|known| known.retain(|(id, _)| !has_gone(id)));
        }
        if live_connections.len() < 2 {
            return;
        }
        for connection in live_connections {
            self.ask(connection);
        }
    }

    /// Requests the name of the company of `connection`, unless that was done before.
    pub fn ask(self, connection: Connection) {
        let asked = self
            .known
            .with_untracked(|known| known.iter().any(|(id, _)| *id == connection.id));
        if !asked {
            self.known
                .update(|known| known.push((connection.id.clone(), None)));
            leptos::task::spawn_local(self.learn(connection));
        }
    }

    /// Returns the name of the company of `connection`, without the environment; until Pleo has
    /// answered, the application's name.
    pub fn company(self, connection: &Connection) -> String {
        company(self.known, connection)
    }

    async fn learn(self, connection: Connection) {
        let Some(client) = self.session.client() else {
            return;
        };
        let request = companies::list(&Slice::after(None, MOST_ROWS));
        // Without the scope Pleo refuses; the application's name is then used.
        let Ok(page) = ask::<Page<Company>>(&client, &connection.id, request).await else {
            return;
        };
        let name = label::of_companies(connection.subject.as_deref(), &page.data);
        self.known.update(|known| {
            if let Some((_, known)) = known.iter_mut().find(|(id, _)| *id == connection.id) {
                *known = name;
            }
        });
    }
}

fn company(known: KnownNames, connection: &Connection) -> String {
    let name = known.with(|known| {
        let mut all = known.iter();
        all.find(|(id, _)| *id == connection.id)
            .map(|(_, name)| name.clone())
    });
    name.flatten()
        .unwrap_or_else(|| label::without_companies(connection))
}

/// Returns the name of `connection`, with its environment if the deployment has several.
fn name(session: Session, known: KnownNames, connection: &Connection) -> String {
    let name = company(known, connection);
    let profile = session.config.with(|config| {
        let config = config.as_ref().filter(|config| config.profiles.len() > 1)?;
        Some(config.profile(&connection.profile)?.name.clone())
    });
    match profile {
        Some(profile) => [&name, " (", &profile, ")"].concat(),
        None => name,
    }
}
