//! The search for tokens, and for a company's texts, in every place that could keep one.
//!
//! A token is looked for by its halves, so that a shortened one is found too: in the clear,
//! percent-encoded, in base64 and in UTF-16.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use memchr::memmem;
use serde::Deserialize;
use serde_json::Value;

use crate::Outcome;
use crate::browser::{ConsoleLine, TestBrowser};
use crate::wait::{PATIENCE, until};

const SEARCH: &str = include_str!("search.js");

/// The texts that must not be found, and where they were found all the same.
#[derive(Debug)]
pub struct Audit {
    needles: Vec<String>,
    /// The places in which a token was found.
    pub found: BTreeSet<String>,
    /// Which of the texts were found, by their numbers.
    pub hits: BTreeSet<(String, usize)>,
    /// How many characters each place held.
    pub searched: BTreeMap<String, u64>,
}

#[derive(Deserialize)]
struct StorageSearch {
    /// Whether the vault has answered in this document.
    #[serde(default)]
    running: bool,
    #[serde(default)]
    error: Option<String>,
    #[serde(default)]
    found: Vec<(String, usize)>,
    #[serde(default)]
    searched: BTreeMap<String, u64>,
}

impl Audit {
    /// An audit for these tokens.
    pub fn new<'a>(tokens: impl IntoIterator<Item = &'a str>) -> Self {
        let mut needles = Vec::new();
        for token in tokens {
            let half = token.len() / 2;
            match (token.get(..half), token.get(half..)) {
                (Some(front), Some(back)) if half >= 8 => {
                    needles.extend([front.to_owned(), back.to_owned()]);
                }
                _ => needles.push(token.to_owned()),
            }
        }
        Self::of(needles)
    }

    /// An audit for texts of a company, each of which is looked for whole.
    pub fn of(texts: Vec<String>) -> Self {
        Self {
            needles: texts,
            found: BTreeSet::new(),
            hits: BTreeSet::new(),
            searched: BTreeMap::new(),
        }
    }

    /// Searches the document in the present window, and the window's history. What it finds is in
    /// [`Audit::found`].
    ///
    /// # Errors
    ///
    /// If the search itself fails, or if the product runs in the document and the hooks have kept
    /// nothing of it: such a search would prove nothing.
    pub async fn document(&mut self, browser: &TestBrowser) -> Outcome {
        let needles = Value::from(self.needles.clone());
        let result = until("a search to its end", PATIENCE, async || {
            let result = browser.run_async(SEARCH, vec![needles.clone()]).await?;
            // Firefox has no result where the document was replaced meanwhile: the new one is searched.
            Ok((!result.is_null()).then_some(result))
        })
        .await?;
        let result: StorageSearch = serde_json::from_value(result)?;
        if let Some(error) = result.error {
            return Err(format!("the search failed: {error}").into());
        }
        for place in ["memory", "sent", "received"] {
            if result.running && result.searched.get(place) == Some(&0) {
                return Err(format!("there was nothing to search in: {place}").into());
            }
        }
        self.found
            .extend(result.found.iter().map(|(place, _)| place.clone()));
        self.hits.extend(result.found);
        for (place, size) in result.searched {
            *self.searched.entry(place).or_default() += size;
        }
        self.text("history", &browser.history().await?.join("\n"));
        Ok(())
    }

    /// Searches what the console has got, and the cookies of every origin.
    ///
    /// # Errors
    ///
    /// If the browser refuses.
    pub async fn browser(&mut self, browser: &TestBrowser, console: &[ConsoleLine]) -> Outcome {
        for line in console {
            self.text("console", &line.text);
        }
        self.text("all cookies", &browser.cookies().await?);
        Ok(())
    }

    /// Searches every file of a profile whose browser has ended.
    ///
    /// # Errors
    ///
    /// If the folder cannot be read.
    pub fn profile(&mut self, folder: &Path) -> Outcome {
        self.folder("disk", folder)
    }

    /// Searches every file that a host has written.
    ///
    /// # Errors
    ///
    /// If the folder cannot be read.
    pub fn written(&mut self, folder: &Path) -> Outcome {
        self.folder("the host's logs", folder)
    }

    fn folder(&mut self, place: &str, folder: &Path) -> Outcome {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            if entry.file_type()?.is_dir() {
                self.folder(place, &entry.path())?;
            } else if entry.file_type()?.is_file() {
                self.bytes(place, &fs::read(entry.path())?);
            }
        }
        Ok(())
    }

    fn text(&mut self, place: &str, haystack: &str) {
        self.bytes(place, haystack.as_bytes());
    }

    fn bytes(&mut self, place: &str, haystack: &[u8]) {
        *self.searched.entry(place.to_owned()).or_default() += haystack.len() as u64;
        let there = self.needles.iter().any(|needle| {
            let wide: Vec<u8> = needle.bytes().flat_map(|byte| [byte, 0]).collect();
            memmem::find(haystack, needle.as_bytes()).is_some()
                || memmem::find(haystack, &wide).is_some()
        });
        if there {
            self.found.insert(place.to_owned());
        }
    }
}
