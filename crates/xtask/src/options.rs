//! The command line.

use crate::Outcome;

/// What is left of the command line; each question takes its answer out.
#[derive(Debug)]
pub struct Options {
    words: Vec<String>,
}

impl Options {
    /// The arguments of this process.
    pub fn from_env() -> Outcome<Self> {
        let words = std::env::args_os()
            .skip(1)
            .map(|word| {
                word.into_string()
                    .map_err(|word| format!("{word:?} is not UTF-8"))
            })
            .collect::<Result<_, _>>()?;
        Ok(Self { words })
    }

    /// These words.
    #[cfg(test)]
    pub fn of(words: &[&str]) -> Self {
        let words = words.iter().map(|word| (*word).to_owned()).collect();
        Self { words }
    }

    /// The first word, or `help`.
    pub fn command(&mut self) -> String {
        self.word().unwrap_or_else(|| "help".to_owned())
    }

    /// The next word, unless it is an option.
    pub fn word(&mut self) -> Option<String> {
        let first = self.words.first()?;
        if first.starts_with("--") && first != "--help" {
            return None;
        }
        Some(self.words.remove(0))
    }

    /// The value of `--name value` or `--name=value`.
    pub fn value(&mut self, name: &str) -> Outcome<Option<String>> {
        let value = self.next(name)?;
        if value.is_some() && self.next(name)?.is_some() {
            return Err(format!("`{name}` is said twice"));
        }
        Ok(value)
    }

    /// The values of an option that may be said more than once.
    pub fn values(&mut self, name: &str) -> Outcome<Vec<String>> {
        std::iter::from_fn(|| self.next(name).transpose()).collect()
    }

    fn next(&mut self, name: &str) -> Outcome<Option<String>> {
        let with_value = format!("{name}=");
        let Some(at) = self
            .words
            .iter()
            .position(|word| word == name || word.starts_with(&with_value))
        else {
            return Ok(None);
        };
        let word = self.words.remove(at);
        if let Some(value) = word.strip_prefix(&with_value) {
            return Ok(Some(value.to_owned()));
        }
        if at < self.words.len() {
            return Ok(Some(self.words.remove(at)));
        }
        Err(format!("`{name}` needs a value"))
    }

    /// Whether `--name` is there.
    pub fn flag(&mut self, name: &str) -> bool {
        let before = self.words.len();
        self.words.retain(|word| word != name);
        self.words.len() < before
    }

    /// Everything that nobody asked for.
    pub fn rest(self) -> Vec<String> {
        self.words
    }

    /// Refuses what nobody asked for.
    pub fn finish(self) -> Outcome {
        match self.words.first() {
            None => Ok(()),
            Some(word) => Err(format!(
                "`{word}` is not understood; see `cargo xtask help`"
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(words: &[&str]) -> Options {
        Options::of(words)
    }

    #[test]
    fn values_are_taken_in_both_forms_and_the_rest_stays() {
        let mut given = options(&["demo", "--wasm", "debian", "--entries", "9", "--out=x"]);
        assert_eq!(given.command(), "demo");
        assert_eq!(given.value("--wasm"), Ok(Some("debian".to_owned())));
        assert_eq!(given.value("--out"), Ok(Some("x".to_owned())));
        assert_eq!(given.value("--config"), Ok(None));
        assert_eq!(given.rest(), ["--entries", "9"]);
    }

    #[test]
    fn an_option_that_is_said_twice_is_named() {
        let twice = ["--out", "x", "--out=y"];
        let told = options(&twice).value("--out").unwrap_err();
        assert_eq!(told, "`--out` is said twice");
        let both = options(&twice).values("--out").unwrap();
        assert_eq!(both, ["x", "y"]);
    }

    #[test]
    fn a_flag_is_taken_wherever_it_stands() {
        let mut given = options(&["test", "--firefox", "e2e"]);
        assert_eq!(given.command(), "test");
        assert!(given.flag("--firefox") && !given.flag("--firefox"));
        assert_eq!(given.word().as_deref(), Some("e2e"));
    }

    #[test]
    fn a_missing_value_and_a_stray_word_are_refused() {
        assert!(options(&["--out"]).value("--out").is_err());
        assert!(options(&["what"]).finish().is_err());
        assert_eq!(options(&[]).command(), "help");
        assert_eq!(options(&["--out", "x"]).word(), None);
    }
}
