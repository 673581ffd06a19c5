//! The command line.

use std::path::PathBuf;

use outlay_pleo::time::Date;

use crate::auth::client::Registration;

/// What `--help` prints.
pub const HELP: &str = "\
A stand-in for Pleo on loopback. Everything it shows is invented.

Usage: outlay-sandbox [OPTIONS]

  --auth-port PORT     authorization server and fault console [8787; 0 = any free port]
  --api-port PORT      API [8788; 0 = any free port]
  --site-port PORT     static host [8080; 0 = any free port]
  --site DIR           serve the built site in DIR
  --site-origin URL    another host serves the site: redirect and CORS follow it
  --entries N          accounting entries, deleted ones not counted [5000]
  --access-ttl S       seconds that an access token lives [900]
  --today YYYY-MM-DD   the day on which the invented data ends [2026-11-15]
  --client-secret TEXT the client is a confidential one and needs this secret, by HTTP Basic
  --no-cors            no page of another origin may read answers
  --csp-reports        the site also asks for policy reports and collects them
  --site-config FILE   serve FILE as /config.json; the policy stays the one for the real addresses
  --faults             print the table of faults as Markdown
  --help               print this

The addresses are printed as one line of JSON on standard output.
";

/// What the command line asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Port of the authorization server; 0 for any.
    pub auth_port: u16,
    /// Port of the API; 0 for any.
    pub api_port: u16,
    /// Port of the static host; 0 for any.
    pub site_port: u16,
    /// The folder with the built site.
    pub site: Option<PathBuf>,
    /// Where another host serves the site.
    pub site_origin: Option<String>,
    /// How many entries that are not deleted.
    pub entries: usize,
    /// Seconds that an access token lives.
    pub access_ttl: u64,
    /// The last day of the data.
    pub today: Date,
    /// How the client is registered.
    pub registration: Registration,
    /// Whether the site collects policy reports.
    pub csp_reports: bool,
    /// A configuration to serve in place of the generated one.
    pub site_config: Option<PathBuf>,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            auth_port: 8787,
            api_port: 8788,
            site_port: 8080,
            site: None,
            site_origin: None,
            entries: 5000,
            access_ttl: 900,
            today: Date {
                year: 2026,
                month: 11,
                day: 15,
            },
            registration: Registration::default(),
            csp_reports: false,
            site_config: None,
        }
    }
}

/// What to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// Serve.
    Run(Options),
    /// Print [`HELP`].
    Help,
    /// Print the table of faults.
    Faults,
}

/// Reads the arguments, without the program's name. Both `--key value` and `--key=value` will do.
///
/// # Errors
///
/// A sentence that names the argument and what it should be.
pub fn parse(arguments: impl IntoIterator<Item = String>) -> Result<Command, String> {
    let mut options = Options::default();
    let mut rest = arguments.into_iter();
    while let Some(argument) = rest.next() {
        let (name, inline) = match argument.split_once('=') {
            Some((name, value)) => (name.to_owned(), Some(value.to_owned())),
            None => (argument, None),
        };
        let mut value = || {
            inline
                .clone()
                .or_else(|| rest.next())
                .ok_or_else(|| format!("{name} needs a value."))
        };
        match name.as_str() {
            "--help" | "-h" => return Ok(Command::Help),
            "--faults" => return Ok(Command::Faults),
            "--no-cors" if inline.is_none() => options.registration.cors = false,
            "--client-secret" => options.registration.secret = Some(value()?),
            "--csp-reports" if inline.is_none() => options.csp_reports = true,
            "--auth-port" => options.auth_port = number(&name, &value()?)?,
            "--api-port" => options.api_port = number(&name, &value()?)?,
            "--site-port" => options.site_port = number(&name, &value()?)?,
            "--entries" => options.entries = number(&name, &value()?)?,
            "--access-ttl" => options.access_ttl = number(&name, &value()?)?,
            "--site" => options.site = Some(value()?.into()),
            "--site-origin" => options.site_origin = Some(value()?),
            "--site-config" => options.site_config = Some(value()?.into()),
            "--today" => {
                options.today =
                    Date::parse(&value()?).ok_or("--today needs a date: 2026-11-15.")?;
            }
            _ => return Err(format!("There is no option {name}. See --help.")),
        }
    }
    check(&options)?;
    Ok(Command::Run(options))
}

fn check(options: &Options) -> Result<(), String> {
    const MOST_ENTRIES: usize = 1_000_000;
    if options.entries > MOST_ENTRIES {
        return Err(format!("--entries goes up to {MOST_ENTRIES}."));
    }
    if options.access_ttl == 0 {
        return Err("--access-ttl needs at least 1 second.".to_owned());
    }
    if options.registration.secret.as_deref() == Some("") {
        return Err("--client-secret needs a secret.".to_owned());
    }
    let served = options.site.is_some() || options.site_origin.is_some();
    if options.site_port == 0 && !served {
        return Err("--site-port 0 needs --site, or nobody knows the site's address.".to_owned());
    }
    if options.site_config.is_some() && options.site.is_none() {
        return Err("--site-config needs --site.".to_owned());
    }
    Ok(())
}

fn number<T: std::str::FromStr>(name: &str, text: &str) -> Result<T, String> {
    text.parse()
        .map_err(|_| format!("{name} needs a whole number, not {text:?}."))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Command, String> {
        parse(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn both_spellings_are_read() {
        let expected = Options {
            auth_port: 0,
            entries: 7,
            csp_reports: true,
            registration: Registration {
                secret: Some("s".to_owned()),
                cors: false,
            },
            site: Some("dist".into()),
            ..Options::default()
        };
        let line =
            "--auth-port 0 --entries=7 --csp-reports --no-cors --client-secret s --site dist";
        assert_eq!(read(line), Ok(Command::Run(expected)));
        assert_eq!(read(""), Ok(Command::Run(Options::default())));
        assert_eq!(read("--entries x --help"), read("--entries x"));
        assert_eq!(read("--help"), Ok(Command::Help));
        assert_eq!(read("--faults"), Ok(Command::Faults));
    }

    #[test]
    fn mistakes_are_named() {
        for (line, word) in [
            ("--colour red", "--colour"),
            ("--entries", "value"),
            ("--entries many", "whole number"),
            ("--auth-port 70000", "whole number"),
            ("--access-ttl 0", "1 second"),
            ("--today yesterday", "date"),
            ("--site-port 0", "--site"),
            ("--site-config f", "--site"),
            ("--client-secret=", "secret"),
            ("--no-cors=yes", "--no-cors"),
            ("--entries 1000001", "up to"),
        ] {
            let error = read(line).unwrap_err();
            assert!(error.contains(word), "{line}: {error}");
        }
    }
}
