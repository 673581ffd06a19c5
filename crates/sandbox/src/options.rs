//! The command line.

use std::path::PathBuf;

use clap::builder::TypedValueParser;
use clap::error::ErrorKind;
use clap::{Args, CommandFactory, Parser};
use outlay_pleo::time::Date;

use crate::auth_state::client::ClientRegistration;

const MOST_ENTRIES: i64 = 1_000_000;

/// A stand-in for Pleo on loopback. Everything it shows is invented.
///
/// The addresses are printed as one line of JSON on standard output.
#[derive(Debug, Parser)]
#[command(name = "outlay-sandbox")]
struct SandboxArguments {
    #[command(flatten)]
    options: Options,
    /// Print the table of faults as Markdown
    #[arg(long)]
    faults: bool,
}

/// The validated options of the command line.
#[derive(Debug, Clone, PartialEq, Eq, Args)]
pub struct Options {
    /// Port of the authorization server and the fault console; 0 takes any free port
    #[arg(long, value_name = "PORT", default_value_t = 8787)]
    pub auth_port: u16,
    /// Port of the API; 0 takes any free port
    #[arg(long, value_name = "PORT", default_value_t = 8788)]
    pub api_port: u16,
    /// Port of the static host; 0 takes any free port
    #[arg(long, value_name = "PORT", default_value_t = 8080)]
    pub site_port: u16,
    /// Serve the built site in DIR
    #[arg(long, value_name = "DIR")]
    pub site: Option<PathBuf>,
    /// Another host serves the site: redirect and CORS follow it
    #[arg(long, value_name = "URL")]
    pub site_origin: Option<String>,
    /// Accounting entries, deleted ones not counted
    #[arg(
        long,
        value_name = "N",
        default_value_t = 5000,
        value_parser = clap::value_parser!(u32).range(..=MOST_ENTRIES).map(|number| number as usize)
    )]
    pub entries: usize,
    /// Seconds that an access token is valid
    #[arg(
        long,
        value_name = "S",
        default_value_t = 900,
        value_parser = clap::value_parser!(u64).range(1..)
    )]
    pub access_ttl: u64,
    /// The last day of the invented data
    #[arg(long, value_name = "YYYY-MM-DD", default_value = "2026-11-15", value_parser = date)]
    pub today: Date,
    /// How the client is registered
    #[command(flatten)]
    pub registration: ClientRegistration,
    /// The site also asks for policy reports and collects them
    #[arg(long)]
    pub csp_reports: bool,
    /// Milliseconds that every WebAssembly file of the site is late, as on a slow network
    #[arg(long, value_name = "MS", default_value_t = 0, requires = "site")]
    pub site_delay: u64,
    /// Serve FILE as /config.json; the policy stays the one for the real addresses
    #[arg(long, value_name = "FILE", requires = "site")]
    pub site_config: Option<PathBuf>,
}

impl Default for Options {
    /// The values without any option.
    fn default() -> Options {
        // No option is required, so this never ends the process.
        SandboxArguments::parse_from(["outlay-sandbox"]).options
    }
}

/// The subcommand of the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SandboxCommand {
    /// Serve.
    Run(Options),
    /// Print the table of faults.
    Faults,
}

/// Reads the arguments, without the program's name.
///
/// # Errors
///
/// The fault of an argument; or the help text, with the exit code 0.
pub fn parse(arguments: impl IntoIterator<Item = String>) -> Result<SandboxCommand, clap::Error> {
    let words = ["outlay-sandbox".to_owned()].into_iter().chain(arguments);
    let SandboxArguments { options, faults } = SandboxArguments::try_parse_from(words)?;
    if faults {
        return Ok(SandboxCommand::Faults);
    }
    let served = options.site.is_some() || options.site_origin.is_some();
    if options.site_port == 0 && !served {
        let message = "--site-port 0 needs --site: without it the site has no address";
        return Err(SandboxArguments::command().error(ErrorKind::MissingRequiredArgument, message));
    }
    Ok(SandboxCommand::Run(options))
}

fn date(text: &str) -> Result<Date, String> {
    Date::parse(text).ok_or_else(|| "a date is written as 2026-11-15".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<SandboxCommand, clap::Error> {
        parse(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn both_option_spellings_are_parsed() {
        let expected = Options {
            auth_port: 0,
            entries: 7,
            csp_reports: true,
            registration: ClientRegistration {
                secret: Some("s".to_owned()),
                cors: false,
            },
            site: Some("dist".into()),
            ..Options::default()
        };
        let line =
            "--auth-port 0 --entries=7 --csp-reports --no-cors --client-secret s --site dist";
        assert_eq!(read(line).unwrap(), SandboxCommand::Run(expected));
        assert_eq!(read("").unwrap(), SandboxCommand::Run(Options::default()));
        assert_eq!(read("--faults").unwrap(), SandboxCommand::Faults);
        let help = read("--help").unwrap_err();
        assert_eq!((help.kind(), help.exit_code()), (ErrorKind::DisplayHelp, 0));
        assert!(help.to_string().contains("--access-ttl"));
    }

    #[test]
    fn defaults_match_the_contract() {
        let options = Options::default();
        let ports = (options.auth_port, options.api_port, options.site_port);
        assert_eq!(ports, (8787, 8788, 8080));
        assert_eq!((options.entries, options.access_ttl), (5000, 900));
        assert_eq!(Some(options.today), Date::parse("2026-11-15"));
        assert_eq!(options.registration, ClientRegistration::default());
    }

    #[test]
    fn secret_may_begin_with_a_hyphen() {
        let Ok(SandboxCommand::Run(options)) = read("--client-secret -s") else {
            unreachable!()
        };
        assert_eq!(options.registration.secret.as_deref(), Some("-s"));
    }

    #[test]
    fn invalid_options_are_named_and_exit_with_2() {
        for (line, word) in [
            ("--colour red", "--colour"),
            ("--entries", "value"),
            ("--entries many", "--entries"),
            ("--auth-port 70000", "--auth-port"),
            ("--access-ttl 0", "--access-ttl"),
            ("--today yesterday", "date"),
            ("--site-port 0", "--site"),
            ("--site-config f", "--site"),
            ("--site-delay 100", "--site"),
            ("--site a --site-delay soon", "--site-delay"),
            ("--client-secret=", "secret"),
            ("--no-cors=yes", "--no-cors"),
            ("--entries 1000001", "1000000"),
            ("--entries x --help", "--entries"),
            ("--site a --site b", "--site"),
        ] {
            let error = read(line).unwrap_err();
            assert_eq!(error.exit_code(), 2, "{line}");
            assert!(error.to_string().contains(word), "{line}: {error}");
        }
    }
}
