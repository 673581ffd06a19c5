//! The browser's driver as a process of its own on a free port.

use std::process::Stdio;

use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

use crate::{Outcome, place};

/// A running chromedriver. It ends when this is dropped.
#[derive(Debug)]
pub struct Driver {
    /// Where it listens.
    pub url: String,
    process: Child,
}

impl Driver {
    /// Starts a driver and waits until it listens.
    ///
    /// # Errors
    ///
    /// If it does not start.
    pub async fn start() -> Outcome<Self> {
        let binary = place::chromedriver();
        let mut process = Command::new(&binary)
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .map_err(|error| format!("{}: {error}", binary.display()))?;
        let output = process.stdout.take().ok_or("the driver has no output")?;
        let mut lines = BufReader::new(output).lines();
        let port = loop {
            let line = lines
                .next_line()
                .await?
                .ok_or("the driver ended before it listened")?;
            // "ChromeDriver was started successfully on port 12345."
            if let Some((_, port)) = line.split_once("successfully on port ") {
                break port.trim_end_matches('.').parse::<u16>()?;
            }
        };
        tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        Ok(Self {
            url: format!("http://127.0.0.1:{port}"),
            process,
        })
    }

    /// Ends the process and waits until it is gone.
    pub async fn end(mut self) {
        let _ = self.process.kill().await;
    }
}
