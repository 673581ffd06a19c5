//! Outlay and the React app, loaded in turn.

use outlay_config::Document;

use super::chromium::Chromium;
use super::load::{App, Sample, load};
use super::static_site::{Content, StaticFile, StaticSite, read};
use super::{peer, report};
use crate::sandbox::{SandboxProcess, SandboxSetup};
use crate::{Outcome, locations};

/// How much the main thread is slowed down.
const SLOWDOWNS: [u32; 2] = [1, 4];

/// How a comparison is made.
#[derive(Debug, Clone, Copy)]
pub struct BenchSettings {
    /// Loads of each app at each CPU speed.
    pub loads: usize,
}

/// Measures and prints.
pub(super) async fn compare(settings: BenchSettings) -> Outcome {
    let (ours, our_sandbox) = serve_outlay(&SandboxSetup::default()).await?;
    let (theirs, their_sandbox) = peer::serve(&SandboxSetup::default()).await?;
    let mut browser = Chromium::start().await?;
    let measured = measure(&mut browser, [&ours, &theirs], settings).await;
    browser.end().await;
    our_sandbox.end().await;
    their_sandbox.end().await;
    measured
}

async fn measure(browser: &mut Chromium, apps: [&App; 2], settings: BenchSettings) -> Outcome {
    // The first load of each warms up the browser's own processes and is not counted.
    for app in apps {
        let first = load(browser, app, 1).await?;
        println!("{}", report::answers(app.name, &first));
    }
    for slowdown in SLOWDOWNS {
        let mut samples: [Vec<Sample>; 2] = Default::default();
        for _ in 0..settings.loads {
            for (app, samples) in apps.into_iter().zip(&mut samples) {
                samples.push(load(browser, app, slowdown).await?);
            }
        }
        let [ours, theirs] = &samples;
        let names = apps.map(|app| app.name);
        println!("{}", report::table(slowdown, names, [ours, theirs]));
    }
    println!(
        "The CPU is slowed down in the page's main thread alone, not in its workers: Chromium's \
         DevTools can do no more."
    );
    Ok(())
}

/// The built site under its production headers; the sandbox must live as long as it is used.
pub(super) async fn serve_outlay(options: &SandboxSetup) -> Outcome<(App, SandboxProcess)> {
    let site = StaticSite::listen().await?;
    let sandbox = SandboxProcess::for_site_at(&site.origin, options).await?;
    let config = sandbox.at.config().to_string();
    let document = Document::parse(&config)
        .map_err(|problems| format!("config.json is not valid: {problems:?}"))?;
    let mut files = read(&locations::site()?)?;
    // Hosts send it as it is: it may be edited in place.
    files.insert(
        "/config.json".to_owned(),
        StaticFile::plain(config.into_bytes()),
    );
    site.serve(Content {
        files,
        headers: Box::new(move |path| outlay_config::headers(&document, false, path)),
    })?;
    let app = App {
        name: "Outlay",
        site,
        states_session: true,
        authorization_server: sandbox.at.auth.clone(),
    };
    Ok((app, sandbox))
}
