//! The form as it is being filled in, and what is said of it meanwhile.

use outlay_pleo::registration::{
    Finding, FindingLevel, FormField, Logo, Purpose, RegistrationPackage, RegistrationRule, check,
    least_scopes,
};

use outlay_pleo::text::trim_pasted;

use super::{choices, messages};

/// The most entries of a list that are shown; a rule says that more are too many.
pub const MOST_ROWS: usize = 50;

/// What was typed, chosen and picked so far.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RegistrationDraft {
    /// What is handed to Pleo.
    pub package: RegistrationPackage,
    /// What Pleo has given back, for the configuration; no part of the package.
    pub client_id: String,
    /// What was here before a file took its place.
    before: Option<RegistrationPackage>,
    /// What was typed into: an empty field there is a fault, elsewhere it is still to be filled in.
    touched: Vec<(FormField, usize)>,
    /// How many logos were picked: the image of an earlier one may still be read.
    picks: u32,
}

/// What there is to say of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftAssessment {
    /// The findings that are shown.
    pub shown: Vec<Finding>,
    /// How many fields and entries are empty and untouched.
    pub to_fill: usize,
}

impl RegistrationDraft {
    /// What stands in a field of one text, or in an entry of a list.
    pub fn text(&self, field: FormField, at: usize) -> &str {
        let list = self.package.list(field);
        let entry = list.and_then(|list| list.get(at)).map(String::as_str);
        entry.or(self.package.text(field)).unwrap_or_default()
    }

    /// Takes what was typed, without invisible characters at its ends. An entry that was shown and not there yet comes to be.
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

    /// How many entries of a list there are to show: an empty list has one to type into.
    pub fn rows(&self, field: FormField) -> usize {
        self.package.list(field).map_or(0, <[String]>::len).max(1)
    }

    /// Adds an empty entry after those that are shown, and says which one it is.
    pub fn add(&mut self, field: FormField) -> usize {
        let at = self.rows(field);
        self.reach(field, at);
        at
    }

    /// Removes an entry; what is known of those after it moves along.
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

    /// Chooses a purpose, or no longer.
    pub fn toggle(&mut self, purpose: Purpose) {
        self.refill(|package| {
            let chosen = &package.purposes;
            let all = Purpose::ALL.iter().copied();
            let now = all.filter(|it| chosen.contains(it) != (*it == purpose));
            package.purposes = now.collect();
        });
    }

    /// Makes a change that may ask for other scopes: what the purposes took before and take no
    /// longer goes, what they take now comes, and what was typed by hand stays.
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

    /// A logo was picked; the number is for [`RegistrationDraft::set_logo`].
    pub fn pick(&mut self) -> u32 {
        self.picks = self.picks.wrapping_add(1);
        self.picks
    }

    /// What the image of a pick shows, unless another was picked since; whether it was taken.
    pub fn set_logo(&mut self, pick: u32, logo: Option<Logo>) -> bool {
        let newest = pick == self.picks;
        if newest {
            self.package.logo = logo;
        }
        newest
    }

    /// Puts another package in place of this one, which is kept.
    pub fn replace(&mut self, package: RegistrationPackage) {
        self.pick();
        self.touched.clear();
        self.before = Some(core::mem::replace(&mut self.package, package));
    }

    /// Whether there was another package before this one.
    pub fn has_before(&self) -> bool {
        self.before.is_some()
    }

    /// Changes places with the package before: nothing is lost by it.
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

    /// The user has asked for everything that is missing.
    pub fn touch_all(&mut self) {
        for finding in check(&self.package) {
            self.touch(finding.field, finding.at.unwrap_or(0));
        }
    }

    fn is_touched(&self, field: FormField, at: usize) -> bool {
        self.touched.contains(&(field, at))
    }

    /// What there is to say now.
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

    /// Whether an error stands at a control: at its entry, or at its field as a whole.
    pub fn is_wrong(&self, field: FormField, at: usize) -> bool {
        let own = |it: &&Finding| it.field == field && it.at.is_none_or(|it| it == at);
        let mut own = self.shown.iter().filter(own);
        own.any(|it| it.level() == FindingLevel::Error)
    }

    /// The place of the first finding to fix: an error before a warning.
    pub fn first(&self) -> Option<(FormField, usize)> {
        let mut all = self.shown.iter();
        let error = all.find(|it| it.level() == FindingLevel::Error);
        let first = error.or(self.shown.first())?;
        Some((first.field, first.at.unwrap_or(0)))
    }

    /// All of it in a sentence or two.
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
