//! `config.json`, read by the vault itself: a page can name a profile, never an endpoint.

use std::rc::Rc;

use outlay_codes::ErrorCode;

use futures::channel::oneshot;
use outlay_config::{Config, Problem, Profile};
use outlay_oauth::client::{ClientSettings, client_id};
use outlay_oauth::session::SessionLimits;
use outlay_oauth::time::{MINUTE, SECOND};

use outlay_worker::config_file;
use outlay_worker::fetch::FetchRequest;

use crate::message::FromVault;

use super::VaultWorker;
use super::io::decoded;

/// The shortest interval between two reads of the file while there is a connection, in
/// milliseconds.
const REFRESH_SNAPSHOT: u64 = 10 * SECOND;

/// The state of the configuration.
#[derive(Debug, Clone, Default)]
pub(super) enum VaultSettings {
    /// Not read yet.
    #[default]
    Unknown,
    /// Read and valid.
    Sound(Config),
    /// Read and invalid, or not readable.
    Unsound(Vec<Problem>),
}

impl VaultWorker {
    /// Returns the current configuration. Reads it again, unless a live connection or a sign-in in
    /// progress uses the one before.
    pub(super) async fn settle_config(&self) -> Result<Config, Vec<Problem>> {
        if let Some(config) = self.pinned_config() {
            let since = self.0.worker_io.now().monotonic - self.0.config_read.get();
            if since >= REFRESH_SNAPSHOT {
                drop(self.read_shared());
            }
            return Ok(config);
        }
        let _ = self.read_shared().await;
        match &*self.0.settings.borrow() {
            VaultSettings::Sound(config) => Ok(config.clone()),
            VaultSettings::Unsound(problems) => Err(problems.clone()),
            VaultSettings::Unknown => Err(config_file::unreachable(None)),
        }
    }

    /// The valid settings that a live connection or sign-in uses.
    fn pinned_config(&self) -> Option<Config> {
        match &*self.0.settings.borrow() {
            VaultSettings::Sound(config) if self.0.sessions.borrow().is_live() => {
                Some(config.clone())
            }
            _ => None,
        }
    }

    /// Reads the file. Requests during the read wait for the same result.
    fn read_shared(&self) -> oneshot::Receiver<()> {
        let (reader, ready) = oneshot::channel();
        let is_first = {
            let mut readers = self.0.config_readers.borrow_mut();
            readers.push(reader);
            readers.len() == 1
        };
        if is_first {
            self.0.config_read.set(self.0.worker_io.now().monotonic);
            let vault = self.clone();
            self.spawn(async move {
                let read = vault.read_config().await;
                vault.take_config(read);
                for reader in vault.0.config_readers.take() {
                    let _ = reader.send(());
                }
            });
        }
        ready
    }

    /// Stores the configuration that was read. If a user has signed in meanwhile, a new
    /// configuration has to wait.
    fn take_config(&self, read: Result<Config, Vec<Problem>>) {
        if let Some(pinned) = self.pinned_config() {
            if let Ok(config) = read {
                let before = self.0.config_waits.get();
                let since = before.unwrap_or_else(|| self.0.worker_io.now().wall);
                let waits = (config != pinned).then_some(since);
                self.0.config_waits.set(waits);
                if waits != before {
                    self.send_to_all(&FromVault::State(self.snapshot()));
                }
            }
            return;
        }
        self.0.config_waits.set(None);
        let settings = match read {
            Ok(config) => {
                self.0.sessions.borrow_mut().set_limits(SessionLimits {
                    idle: u64::from(config.idle_sign_out_minutes) * MINUTE,
                    absolute: u64::from(config.absolute_sign_out_hours) * 60 * MINUTE,
                });
                VaultSettings::Sound(config)
            }
            Err(problems) => VaultSettings::Unsound(problems),
        };
        *self.0.settings.borrow_mut() = settings;
    }

    /// Returns the client settings of a profile, and the profile.
    pub(super) fn client(
        &self,
        profile: &str,
        client_id: Option<&str>,
        subject: Option<String>,
    ) -> Result<Rc<ClientSettings>, ErrorCode> {
        let VaultSettings::Sound(config) = &*self.0.settings.borrow() else {
            return Err(ErrorCode::ConfigInvalid);
        };
        let profile = config.profile(profile).ok_or(ErrorCode::ProfileUnknown)?;
        client(profile, client_id, subject).map(Rc::new)
    }

    /// Returns a value of a profile, if the profile exists.
    pub(super) fn of_profile<T>(&self, id: &str, get: impl Fn(&Profile) -> T) -> Option<T> {
        match &*self.0.settings.borrow() {
            VaultSettings::Sound(config) => config.profile(id).map(get),
            _ => None,
        }
    }

    /// The request for `config.json`. It also serves as the check of the network.
    pub(super) fn config_request(&self) -> FetchRequest {
        config_file::request(&self.0.worker_io.script_url())
    }

    async fn read_config(&self) -> Result<Config, Vec<Problem>> {
        let request = self.config_request();
        let url = self.0.worker_io.parse_url(&request.url);
        let (origin, path) = url.unwrap_or_default();
        let answer = self.0.worker_io.send(request).await.ok();
        let answer = answer.map(|answer| (answer.status, decoded(&answer).text));
        let answer = answer.as_ref().map(|(status, text)| (*status, &**text));
        config_file::check(&origin, &path, answer)
    }
}

fn client(
    profile: &Profile,
    typed: Option<&str>,
    subject: Option<String>,
) -> Result<ClientSettings, ErrorCode> {
    if !subject.as_deref().is_none_or(is_subject) {
        return Err(ErrorCode::SubjectRefused);
    }
    let client_id = client_id(profile.client_id.as_deref(), typed)?;
    Ok(ClientSettings {
        profile: profile.id.clone(),
        client_id,
        authorization_endpoint: profile.authorization_endpoint.clone(),
        token_endpoint: profile.token_endpoint.clone(),
        revocation_endpoint: profile.revocation_endpoint.clone(),
        api_base: profile.api_base.clone(),
        redirect_uri: profile.redirect_uri.clone(),
        issuer: profile.issuer.clone(),
        subject: subject.or_else(|| profile.subject.clone()),
        refresh_grace: u64::from(profile.refresh_grace_seconds) * SECOND,
    })
}

/// Whether the text is a URN of visible ASCII characters, as Pleo's subjects are.
fn is_subject(text: &str) -> bool {
    text.starts_with("urn:")
        && text.len() <= 200
        && text.bytes().all(|byte| byte.is_ascii_graphic())
}
