//! Every file of the built site comes with the headers that the configuration makes.

use std::path::Path;

use outlay_config::{Document, headers};
use outlay_e2e::sandbox::{SandboxProcess, SandboxSetup};
use outlay_e2e::{Outcome, locations};

#[tokio::test]
async fn every_response_has_the_production_headers() -> Outcome {
    let sandbox = SandboxProcess::start(&SandboxSetup::default()).await?;
    let client = reqwest::Client::new();
    let config = client
        .get(format!("{}/config.json", sandbox.at.site))
        .send()
        .await?
        .text()
        .await?;
    let document = Document::parse(&config).unwrap();
    let mut paths = vec![
        "/".to_owned(),
        "/entries".to_owned(),
        "/callback/sandbox?code=x&state=y".to_owned(),
    ];
    let site = locations::site()?;
    collect(&site, &site, &mut paths)?;
    assert!(paths.iter().any(|path| path == "/vault.js"));
    assert!(paths.iter().any(|path| path.ends_with(".wasm")));
    for path in paths {
        let response = client
            .get(format!("{}{path}", sandbox.at.site))
            .send()
            .await?;
        assert_eq!(response.status(), 200, "{path}");
        let bare = path.split('?').next().unwrap_or(&path);
        for (name, value) in headers(&document, false, bare) {
            let served = response
                .headers()
                .get(name)
                .and_then(|value| value.to_str().ok());
            let served = served.unwrap_or_else(|| panic!("{path} lacks {name}"));
            // The sandbox adds where to send reports; all else is the production policy.
            let served = served.split("; report-").next().unwrap_or(served);
            assert_eq!(served, value, "{path} {name}");
        }
    }
    // Else a host's fallback would be kept for a year under the name of a file that is gone.
    let gone = format!("{}/outlay-0123456789abcdef.js", sandbox.at.site);
    assert_eq!(client.get(gone).send().await?.status(), 404);
    sandbox.end().await;
    Ok(())
}

fn collect(site: &Path, folder: &Path, paths: &mut Vec<String>) -> Outcome {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(site, &path, paths)?;
        } else if path
            .extension()
            .is_some_and(|end| end != "br" && end != "gz")
        {
            paths.push(format!("/{}", path.strip_prefix(site)?.display()));
        }
    }
    Ok(())
}
