//! The command line.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use crate::host::placement::{Placement, UpstreamArg};
use crate::{Outcome, check, host, verify};

/// The commands of the program; also subcommands of xtask.
#[derive(Debug, Subcommand)]
pub enum DeployCommand {
    /// Prepare a built site for its web server: compressed files, header files, manifest
    Host(HostArgs),
    /// Compare a live site with the build, row by row of docs/checklist.md
    Verify(VerifyArgs),
    /// Check a config.json
    #[command(subcommand)]
    Config(ConfigCommand),
}

/// Options of `host`.
#[derive(Debug, Args)]
pub struct HostArgs {
    /// The built site [default: dist]
    #[arg(long, value_name = "DIR")]
    site: Option<PathBuf>,
    /// Replace the site's config.json with this file first
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Serve the site under another path than it was built for
    #[arg(long, value_name = "PATH", value_parser = host::base_path)]
    base: Option<String>,
    #[command(flatten)]
    placement: PlacementArgs,
}

/// Options that `host` and `build` share: the site's address and upstream servers.
#[derive(Debug, Args)]
pub struct PlacementArgs {
    /// The origin that the site will be served from
    #[arg(long, value_name = "URL")]
    origin: Option<String>,
    /// The site's folder on the server [default: /srv/outlay]
    #[arg(long, value_name = "PATH")]
    root: Option<String>,
    /// Where browsers report violations of the Content Security Policy
    #[arg(long, value_name = "URL")]
    report_uri: Option<String>,
    /// The proxy adds the client's secret to token requests: for every profile, or for those named
    #[arg(
        long,
        value_name = "PROFILE",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = ""
    )]
    confidential: Vec<String>,
    /// The token endpoint that a profile's path stands for
    #[arg(long, value_name = "[PROFILE=]URL")]
    token_upstream: Vec<UpstreamArg>,
    /// The API that a profile's path stands for
    #[arg(long, value_name = "[PROFILE=]URL")]
    api_upstream: Vec<UpstreamArg>,
    /// The name server that nginx asks for the addresses of upstreams
    #[arg(long, value_name = "ADDRESS")]
    resolver: Option<String>,
}

/// Options of `verify`.
#[derive(Debug, Args)]
pub struct VerifyArgs {
    /// The address of the live site
    url: String,
    /// The build that it should be [default: dist]
    #[arg(long, value_name = "DIR")]
    site: Option<PathBuf>,
    /// The report address that the host files were written with
    #[arg(long, value_name = "URL")]
    report_uri: Option<String>,
}

/// Subcommands of `config`.
#[derive(Debug, Subcommand)]
pub enum ConfigCommand {
    /// Report what is wrong with a config.json, in the same words as the site
    Check {
        /// The file
        file: PathBuf,
        /// Show what the configuration means at this address
        #[arg(long, value_name = "URL")]
        origin: Option<String>,
    },
}

impl DeployCommand {
    /// Runs the command; `default_site` is the folder of the built site where none is named.
    ///
    /// # Errors
    ///
    /// The message for the user.
    pub fn run(self, default_site: &Path) -> Outcome {
        match self {
            Self::Host(args) => {
                let site = args.site.as_deref().unwrap_or(default_site);
                let placement = args.placement.into();
                host::run(site, args.config.as_deref(), args.base, &placement)
            }
            Self::Verify(args) => {
                let site = args.site.as_deref().unwrap_or(default_site);
                verify::run(&args.url, site, args.report_uri.as_deref())
            }
            Self::Config(ConfigCommand::Check { file, origin }) => {
                println!("{}", check::report(&file, origin.as_deref())?);
                Ok(())
            }
        }
    }
}

impl From<PlacementArgs> for Placement {
    fn from(args: PlacementArgs) -> Self {
        let (all, named): (Vec<_>, Vec<_>) =
            args.confidential.into_iter().partition(String::is_empty);
        Self {
            origin: args.origin,
            root: args.root,
            report_uri: args.report_uri,
            confidential: !all.is_empty(),
            confidential_for: named,
            token_upstreams: args.token_upstream,
            api_upstreams: args.api_upstream,
            resolver: args.resolver,
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Debug, Parser)]
    struct ParsedArguments {
        #[command(subcommand)]
        command: DeployCommand,
    }

    fn placement(words: &[&str]) -> Result<Placement, clap::Error> {
        let words = ["outlay-deploy", "host"].iter().chain(words);
        let arguments = ParsedArguments::try_parse_from(words)?;
        match arguments.command {
            DeployCommand::Host(args) => Ok(args.placement.into()),
            other => unreachable!("{other:?}"),
        }
    }

    #[test]
    fn confidential_option_is_a_flag_or_lists_profiles() {
        let all = placement(&["--confidential"]).unwrap();
        assert!(all.confidential && all.confidential_for.is_empty());
        let named = placement(&["--confidential=a", "--confidential=b"]).unwrap();
        assert!(!named.confidential);
        assert_eq!(named.confidential_for, ["a", "b"]);
        let followed = placement(&["--confidential", "--origin", "https://a.example"]).unwrap();
        assert_eq!(followed.origin.as_deref(), Some("https://a.example"));
    }

    #[test]
    fn upstream_option_may_name_a_profile_and_repeat() {
        let given = placement(&[
            "--token-upstream",
            "a=https://a.example/t",
            "--token-upstream=https://b.example/t",
        ])
        .unwrap();
        let shown: Vec<_> = given
            .token_upstreams
            .iter()
            .map(UpstreamArg::to_string)
            .collect();
        assert_eq!(shown, ["a=https://a.example/t", "https://b.example/t"]);
    }

    #[test]
    fn invalid_option_exits_with_2_and_is_named() {
        for (words, named) in [
            (&["--origin", "a", "--origin", "b"][..], "--origin"),
            (&["--colour", "red"], "--colour"),
            (&["--site"], "--site"),
            (&["--base", "team"], "--base"),
        ] {
            let error = placement(words).unwrap_err();
            assert_eq!(error.exit_code(), 2);
            assert!(error.to_string().contains(named), "{error}");
        }
    }
}
