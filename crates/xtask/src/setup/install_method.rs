//! Where the wasm compiler comes from: the decision, and the user's choice kept for later.

use std::fs;
use std::path::PathBuf;

use clap::ValueEnum;

use crate::outcome::Outcome;
use crate::program_paths;

/// The two sources of a compiler for wasm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum InstallMethod {
    /// The active toolchain, with the target added by rustup.
    Rustup,
    /// Debian's compiler, with a standard library built for the target.
    Debian,
}

impl InstallMethod {
    /// Parses the value of `--wasm`; fails for an unknown word.
    pub fn parse(word: &str) -> Outcome<Self> {
        match word {
            "rustup" => Ok(Self::Rustup),
            "debian" => Ok(Self::Debian),
            _ => Err(format!(
                "the wasm compiler comes from `rustup` or `debian`, not `{word}`"
            )),
        }
    }

    /// Returns the value of `--wasm`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Rustup => "rustup",
            Self::Debian => "debian",
        }
    }
}

/// The next step to get a compiler.
#[derive(Debug, PartialEq, Eq)]
pub enum InstallPlan {
    /// The compiler is installed.
    Use(InstallMethod),
    /// Try these methods in order; an empty list means that none is possible.
    Install(Vec<InstallMethod>),
}

/// A forced way is taken whatever else is there; a remembered one, while it still works; otherwise
/// the active toolchain is preferred, present or not.
pub fn decide(
    forced: Option<InstallMethod>,
    remembered: Option<InstallMethod>,
    ready: impl Fn(InstallMethod) -> bool,
    possible: impl Fn(InstallMethod) -> bool,
) -> InstallPlan {
    if let Some(method) = forced {
        return if ready(method) {
            InstallPlan::Use(method)
        } else {
            InstallPlan::Install(vec![method])
        };
    }
    let mut order: Vec<InstallMethod> = remembered.into_iter().collect();
    order.extend(
        [InstallMethod::Rustup, InstallMethod::Debian]
            .into_iter()
            .filter(|method| Some(*method) != remembered),
    );
    match order.iter().find(|method| ready(**method)) {
        Some(method) => InstallPlan::Use(*method),
        None => InstallPlan::Install(
            order
                .into_iter()
                .filter(|method| possible(*method))
                .collect(),
        ),
    }
}

fn memory() -> Outcome<PathBuf> {
    Ok(program_paths::cache()?.join("wasm-compiler"))
}

/// Returns the method that an earlier `--wasm` on this machine chose.
pub fn remembered() -> Option<InstallMethod> {
    InstallMethod::parse(fs::read_to_string(memory().ok()?).ok()?.trim()).ok()
}

/// Stores the method for later runs on this machine.
pub fn remember(method: InstallMethod) -> Outcome {
    let file = memory()?;
    file.parent()
        .map_or(Ok(()), fs::create_dir_all)
        .and_then(|()| fs::write(&file, method.word()))
        .map_err(|error| format!("{}: {error}", file.display()))
}

#[cfg(test)]
mod tests {
    use super::InstallMethod::{Debian, Rustup};
    use super::*;

    #[test]
    fn compiler_is_chosen_by_option_memory_then_availability() {
        const BOTH: &[InstallMethod] = &[Rustup, Debian];
        const NONE: &[InstallMethod] = &[];
        let cases = [
            (None, None, BOTH, NONE, InstallPlan::Use(Rustup)),
            (None, None, &[Debian], &[Rustup], InstallPlan::Use(Debian)),
            (None, Some(Debian), BOTH, NONE, InstallPlan::Use(Debian)),
            (
                None,
                Some(Debian),
                &[Rustup],
                NONE,
                InstallPlan::Use(Rustup),
            ),
            (
                Some(Rustup),
                Some(Debian),
                BOTH,
                NONE,
                InstallPlan::Use(Rustup),
            ),
            (
                Some(Debian),
                None,
                &[Rustup],
                NONE,
                InstallPlan::Install(vec![Debian]),
            ),
            (None, None, NONE, BOTH, InstallPlan::Install(BOTH.to_vec())),
            (
                None,
                None,
                NONE,
                &[Debian],
                InstallPlan::Install(vec![Debian]),
            ),
            (None, None, NONE, NONE, InstallPlan::Install(vec![])),
        ];
        for (forced, remembered, ready, possible, plan) in cases {
            let made = decide(
                forced,
                remembered,
                |method| ready.contains(&method),
                |method| possible.contains(&method),
            );
            assert_eq!(
                made, plan,
                "{forced:?} {remembered:?} {ready:?} {possible:?}"
            );
        }
    }
}
