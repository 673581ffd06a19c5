//! The draft of the form and its findings.

use outlay_pleo::registration::{
    Finding, FindingLevel, FormField, Logo, Purpose, RegistrationPackage, RegistrationRule, check,
    least_scopes,
};

use outlay_pleo::text::trim_pasted;

use super::{choices, messages};

/// The most entries of a list that are shown. A rule rejects longer lists.
pub const MOST_ROWS: usize = 50;

/// The user's input.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RegistrationDraft {
    /// The package that is handed to Pleo.
    pub package: RegistrationPackage,
    /// The client ID that Pleo has issued, for the configuration. It is not part of the package.
    pub client_id: String,
    /// The package in the last file that was saved or loaded.
    saved: Option<RegistrationPackage>,
    /// The package before a file or *Clear form* replaced it.
    before: Option<RegistrationPackage>,
    /// The fields that the user has edited. An empty one of these is an error; the others are still
    /// to be filled in.
    touched: Vec<(FormField, usize)>,
    /// The number of chosen logos. The image of an earlier one may still be decoded.
    picks: u32,
}

/// The findings about a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftAssessment {
    /// The findings that are shown.
    pub shown: Vec<Finding>,
    /// The number of fields and entries that are empty and not edited.
    pub to_fill: usize,
}

impl RegistrationDraft {
    /// Whether it has input of the user that no file holds.
    pub fn has_unsaved_input(&self) -> bool {
        self.package != RegistrationPackage::default() && self.saved.as_ref() != Some(&self.package)
            || !self.client_id.is_empty()
    }

    /// Notes that the user saved or loaded a file with all of the package.
    pub fn mark_saved(&mut self) {
        self.saved = Some(self.package.clone());
    }

    /// The text of a field, or of an entry of a list.
    pub fn text(&self, field: FormField, at: usize) -> &str {
        let list = self.package.list(field);
        let entry = list.and_then(|list| list.get(at)).map(String::as_str);
        entry.or(self.package.text(field)).unwrap_or_default()
    }

    /// Stores input without invisible characters at its ends. Adds the entry if the list does not
    /// have it yet.
    pub fn type_into(&mut self, field: FormField, at: usize, text: String) {
        self.touch(field, at);
        self.reach(field, at);
        let text = trim_pasted(&text).to_owned();
        let list = self.package.list_mut(field);
        if let Some(entry) = list.and_then(|list| list.get_mut(at)) {
            *entry = text;
        } else if let Some(whole) = self.package.text_mut(field) {
            *whole = text;
        }
    }

    /// Makes a list long enough for this entry.
    fn reach(&mut self, field: FormField, at: usize) {
        if let Some(list) = self.package.list_mut(field)
            && list.len() <= at
        {
            list.resize(at + 1, String::new());
        }
    }

    /// The number of entries to show. An empty list shows one.
    pub fn rows(&self, field: FormField) -> usize {
        self.package.list(field).map_or(0, <[String]>::len).max(1)
    }

    /// Adds an empty entry after those that are shown, and returns its index.
    pub fn add(&mut self, field: FormField) -> usize {
        let at = self.rows(field);
        self.reach(field, at);
        at
    }

    /// Removes an entry and moves the state of those after it.
    pub fn remove(&mut self, field: FormField, at: usize) {
        if let Some(list) = self.package.list_mut(field)
            && at < list.len()
        {
            list.remove(at);
        }
        self.touched.retain(|&place| place != (field, at));
        for (touched, place) in &mut self.touched {
            if *touched == field && *place > at {
                *place -= 1;
            }
        }
    }

    /// Chooses a value by its word.
    pub fn choose(&mut self, field: FormField, word: &str) {
        self.refill(|package| choices::choose(package, field, word));
    }

    /// Adds or removes a purpose.
    pub fn toggle(&mut self, purpose: Purpose) {
        self.refill(|package| {
            let chosen = &package.purposes;
            let all = Purpose::ALL.iter().copied();
            let now = all.filter(|it| chosen.contains(it) != (*it == purpose));
            package.purposes = now.collect();
        });
    }

    /// Makes a change that can change the scopes: removes those that only the purposes before
    /// needed, adds those that the purposes now need, and keeps those that the user typed.
    fn refill(&mut self, change: impl FnOnce(&mut RegistrationPackage)) {
        let package = &mut self.package;
        let before = least_scopes(&package.purposes, package.environment);
        change(package);
        let now = least_scopes(&package.purposes, package.environment);
        if before == now {
            return;
        }
        let scopes = &mut package.scopes;
        scopes.retain(|it| {
            !it.is_empty() && (!before.contains(&it.as_str()) || now.contains(&it.as_str()))
        });
        for scope in now {
            if !scopes.iter().any(|it| it == scope) {
                scopes.push(scope.to_owned());
            }
        }
        self.touched
            .retain(|&(field, _)| field != FormField::Scopes);
    }

    /// Notes that the user chose a logo. Returns a number for [`RegistrationDraft::set_logo`].
    pub fn pick(&mut self) -> u32 {
        self.picks = self.picks.wrapping_add(1);
        self.picks
    }

    /// Stores the properties of a chosen image. Returns `false` if the user has chosen another one
    /// since.
    pub fn set_logo(&mut self, pick: u32, logo: Option<Logo>) -> bool {
        let newest = pick == self.picks;
        if newest {
            self.package.logo = logo;
        }
        newest
    }

    /// Replaces the package and keeps the one before.
    pub fn replace(&mut self, package: RegistrationPackage) {
        self.pick();
        self.touched.clear();
        self.before = Some(core::mem::replace(&mut self.package, package));
    }

    /// Whether there is a package to restore.
    pub fn has_before(&self) -> bool {
        self.before.is_some()
    }

    /// Swaps the package with the one before.
    pub fn undo(&mut self) {
        if let Some(before) = self.before.take() {
            self.replace(before);
        }
    }

    fn touch(&mut self, field: FormField, at: usize) {
        if !self.is_touched(field, at) {
            self.touched.push((field, at));
        }
    }

    /// Marks every incomplete field as edited, so that its finding is shown.
    pub fn touch_all(&mut self) {
        for finding in check(&self.package) {
            self.touch(finding.field, finding.at.unwrap_or(0));
        }
    }

    fn is_touched(&self, field: FormField, at: usize) -> bool {
        self.touched.contains(&(field, at))
    }

    /// Returns the findings now.
    pub fn assessment(&self) -> DraftAssessment {
        let all = check(&self.package);
        let (waiting, shown): (Vec<_>, Vec<_>) = all.into_iter().partition(|it| {
            it.rule == RegistrationRule::Missing && !self.is_touched(it.field, it.at.unwrap_or(0))
        });
        DraftAssessment {
            shown,
            to_fill: waiting.len(),
        }
    }
}

impl DraftAssessment {
    /// The findings of an entry, or of a field as a whole.
    pub fn of(&self, field: FormField, at: Option<usize>) -> Vec<Finding> {
        let all = self.shown.iter();
        let own = all.filter(|it| it.field == field && it.at == at);
        own.cloned().collect()
    }

    /// Whether a control has an error: at its entry, or at its field as a whole.
    pub fn is_wrong(&self, field: FormField, at: usize) -> bool {
        let own = |it: &&Finding| it.field == field && it.at.is_none_or(|it| it == at);
        let mut own = self.shown.iter().filter(own);
        own.any(|it| it.level() == FindingLevel::Error)
    }

    /// Whether a field has an error or is still empty, so that Pleo would not accept the form.
    pub fn is_unfinished(&self) -> bool {
        let mut all = self.shown.iter();
        self.to_fill > 0 || all.any(|it| it.level() == FindingLevel::Error)
    }

    /// The field and entry of the first finding, errors before warnings.
    pub fn first(&self) -> Option<(FormField, usize)> {
        let mut all = self.shown.iter();
        let error = all.find(|it| it.level() == FindingLevel::Error);
        let first = error.or(self.shown.first())?;
        Some((first.field, first.at.unwrap_or(0)))
    }

    /// The number of findings as a sentence.
    pub fn summary(&self) -> String {
        let errors = self
            .shown
            .iter()
            .filter(|it| it.level() == FindingLevel::Error);
        let errors = errors.count();
        messages::summary(errors, self.shown.len() - errors, self.to_fill)
    }
}

#[cfg(test)]
mod tests;
