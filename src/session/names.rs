//! What the connections of this browser are called, asked of Pleo once there are two to tell apart.

use std::collections::BTreeMap;

use leptos::prelude::*;
use outlay_pleo::request::{Slice, companies};
use outlay_pleo::{Company, Page};
use outlay_vault::message::Connection;

use super::call::ask;
use super::{Session, label};

/// Companies that are looked through for a name; Pleo gives no more at once.
const PAGE: u32 = 100;

/// The context.
#[derive(Clone, Copy)]
pub struct Names {
    session: Session,
    /// By connection; none where Pleo has not told, or would not.
    known: RwSignal<BTreeMap<String, Option<String>>>,
}

impl Names {
    /// Follows the connections.
    pub fn new(session: Session) -> Names {
        let names = Names {
            session,
            known: RwSignal::new(BTreeMap::new()),
        };
        Effect::new(move |_| names.follow());
        names
    }

    /// What `connection` is called.
    pub fn of(self, connection: &Connection) -> String {
        let told = self.known.with(|known| known.get(&connection.id).cloned());
        let told = told.flatten();
        let name = told.unwrap_or_else(|| label::without_companies(connection));
        let profile = self.session.config.with(|config| {
            let config = config.as_ref().filter(|config| config.profiles.len() > 1)?;
            Some(config.profile(&connection.profile)?.name.clone())
        });
        match profile {
            Some(profile) => [&name, " (", &profile, ")"].concat(),
            None => name,
        }
    }

    fn follow(self) {
        let living = self.session.living();
        let has_gone = |id: &str| living.iter().all(|connection| connection.id != id);
        if self
            .known
            .with_untracked(|known| known.keys().any(|id| has_gone(id)))
        {
            self.known
                .update(|known| known.retain(|id, _| !has_gone(id)));
        }
        if living.len() < 2 {
            return;
        }
        for connection in living {
            let asked = self
                .known
                .with_untracked(|known| known.contains_key(&connection.id));
            if !asked {
                self.known
                    .update(|known| drop(known.insert(connection.id.clone(), None)));
                leptos::task::spawn_local(self.learn(connection));
            }
        }
    }

    async fn learn(self, connection: Connection) {
        let Some(client) = self.session.client() else {
            return;
        };
        let request = companies::list(&Slice::after(None, PAGE));
        // Without the scope Pleo refuses: then the application's name has to do.
        let Ok(page) = ask::<Page<Company>>(&client, &connection.id, request).await else {
            return;
        };
        let name = label::of_companies(connection.subject.as_deref(), &page.data);
        self.known.update(|known| {
            if let Some(known) = known.get_mut(&connection.id) {
                *known = name;
            }
        });
    }
}
