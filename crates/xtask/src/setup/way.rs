//! Where the wasm compiler comes from: the decision, and the user's choice kept for later.

use std::fs;
use std::path::PathBuf;

use clap::ValueEnum;

use crate::outcome::Outcome;
use crate::place;

/// The two ways to a wasm compiler.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Way {
    /// The active toolchain, its target added by rustup where it lacks it.
    Rustup,
    /// Debian's packaged compiler, with a standard library built for it.
    Debian,
}

impl Way {
    pub fn parse(word: &str) -> Outcome<Self> {
        match word {
            "rustup" => Ok(Self::Rustup),
            "debian" => Ok(Self::Debian),
            _ => Err(format!(
                "the wasm compiler comes from `rustup` or `debian`, not `{word}`"
            )),
        }
    }

    pub fn word(self) -> &'static str {
        match self {
            Self::Rustup => "rustup",
            Self::Debian => "debian",
        }
    }
}

/// What to do about the compiler.
#[derive(Debug, PartialEq, Eq)]
pub enum Plan {
    /// It is there.
    Use(Way),
    /// Try these in order; none may be left.
    Install(Vec<Way>),
}

/// A forced way is taken whatever else is there; a remembered one, while it still works; otherwise
/// the active toolchain is preferred, present or not.
pub fn decide(
    forced: Option<Way>,
    remembered: Option<Way>,
    ready: impl Fn(Way) -> bool,
    possible: impl Fn(Way) -> bool,
) -> Plan {
    if let Some(way) = forced {
        return if ready(way) {
            Plan::Use(way)
        } else {
            Plan::Install(vec![way])
        };
    }
    let mut order: Vec<Way> = remembered.into_iter().collect();
    order.extend(
        [Way::Rustup, Way::Debian]
            .into_iter()
            .filter(|way| Some(*way) != remembered),
    );
    match order.iter().find(|way| ready(**way)) {
        Some(way) => Plan::Use(*way),
        None => Plan::Install(order.into_iter().filter(|way| possible(*way)).collect()),
    }
}

fn memory() -> Outcome<PathBuf> {
    Ok(place::cache()?.join("wasm-compiler"))
}

/// What the user chose with `--wasm`, on this machine, before.
pub fn remembered() -> Option<Way> {
    Way::parse(fs::read_to_string(memory().ok()?).ok()?.trim()).ok()
}

/// Keeps the user's choice for later runs.
pub fn remember(way: Way) -> Outcome {
    let file = memory()?;
    file.parent()
        .map_or(Ok(()), fs::create_dir_all)
        .and_then(|()| fs::write(&file, way.word()))
        .map_err(|error| format!("{}: {error}", file.display()))
}

#[cfg(test)]
mod tests {
    use super::Way::{Debian, Rustup};
    use super::*;

    #[test]
    fn the_compiler_is_chosen_by_force_then_memory_then_what_is_there() {
        const BOTH: &[Way] = &[Rustup, Debian];
        const NONE: &[Way] = &[];
        let cases = [
            (None, None, BOTH, NONE, Plan::Use(Rustup)),
            (None, None, &[Debian], &[Rustup], Plan::Use(Debian)),
            (None, Some(Debian), BOTH, NONE, Plan::Use(Debian)),
            (None, Some(Debian), &[Rustup], NONE, Plan::Use(Rustup)),
            (Some(Rustup), Some(Debian), BOTH, NONE, Plan::Use(Rustup)),
            (
                Some(Debian),
                None,
                &[Rustup],
                NONE,
                Plan::Install(vec![Debian]),
            ),
            (None, None, NONE, BOTH, Plan::Install(BOTH.to_vec())),
            (None, None, NONE, &[Debian], Plan::Install(vec![Debian])),
            (None, None, NONE, NONE, Plan::Install(vec![])),
        ];
        for (forced, remembered, ready, possible, plan) in cases {
            let made = decide(
                forced,
                remembered,
                |way| ready.contains(&way),
                |way| possible.contains(&way),
            );
            assert_eq!(
                made, plan,
                "{forced:?} {remembered:?} {ready:?} {possible:?}"
            );
        }
    }
}
