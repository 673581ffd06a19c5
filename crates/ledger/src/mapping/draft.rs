//! A mapping that is being edited: JSON whose values are set one by one, and may be invalid meanwhile.

use outlay_pleo::export::item::ExportItem;
use outlay_wire::{Value, to_text};

use super::error::Checked;
use super::{Format, Mapping, Settings, propose};

/// A mapping as its file has it, with values that [`MappingDraft::mapping`] may refuse.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MappingDraft(Value);

/// Names a rule of a list by the fields that it is found by, for example `from`.
pub type RuleKey<'a> = &'a [(&'a str, &'a str)];

impl From<&Mapping> for MappingDraft {
    fn from(mapping: &Mapping) -> MappingDraft {
        MappingDraft(mapping.value())
    }
}

impl MappingDraft {
    /// Reads a mapping file; the draft has every key, also those that the file leaves out.
    ///
    /// # Errors
    ///
    /// As [`Mapping::from_json`].
    pub fn from_json(text: &str) -> Checked<MappingDraft> {
        Ok(MappingDraft::from(&Mapping::from_json(text)?))
    }

    /// The mapping.
    ///
    /// # Errors
    ///
    /// The first value that is not allowed, with its key.
    pub fn mapping(&self) -> Checked<Mapping> {
        Mapping::from_json(&to_text(&self.0))
    }

    /// Returns the value at a path such as `texts.entry` or `settings.columns[2].header` as text: digits
    /// of a number, `true` or `false`, or empty if there is none.
    #[must_use]
    pub fn text(&self, path: &str) -> String {
        let mut here = &self.0;
        for (name, at) in steps(path) {
            let Some(next) = here.get(name) else {
                return String::new();
            };
            here = match at.map(|at| next.as_list().and_then(|list| list.get(at))) {
                None => next,
                Some(Some(item)) => item,
                Some(None) => return String::new(),
            };
        }
        shown(here)
    }

    /// Returns whether the value at a path is `true`.
    #[must_use]
    pub fn is_set(&self, path: &str) -> bool {
        self.text(path) == "true"
    }

    /// Sets the text at a path; objects on the way must exist.
    pub fn set_text(&mut self, path: &str, text: &str) {
        self.set(path, Value::Text(text.to_owned()));
    }

    /// Sets a number at a path; text that is no whole number is stored as text, which
    /// [`MappingDraft::mapping`] refuses. An empty text removes the value, so that the default counts.
    pub fn set_number(&mut self, path: &str, text: &str) {
        let text = text.trim();
        let digits =
            !text.is_empty() && text.len() <= 18 && text.bytes().all(|it| it.is_ascii_digit());
        let value = match (text, digits) {
            ("", _) => Value::Null,
            (text, true) => {
                let plain = text.trim_start_matches('0');
                Value::Number(if plain.is_empty() { "0" } else { plain }.to_owned())
            }
            (text, false) => Value::Text(text.to_owned()),
        };
        self.set(path, value);
    }

    /// Sets a yes or no at a path.
    pub fn set_flag(&mut self, path: &str, flag: bool) {
        self.set(path, Value::Bool(flag));
    }

    fn set(&mut self, path: &str, value: Value) {
        let mut here = &mut self.0;
        let steps: Vec<(&str, Option<usize>)> = steps(path).collect();
        for (name, at) in steps {
            let Value::Object(fields) = here else { return };
            let place = match fields.iter().rposition(|(known, _)| known == name) {
                Some(place) => place,
                None => {
                    fields.push((name.to_owned(), Value::Null));
                    fields.len() - 1
                }
            };
            let Some((_, next)) = fields.get_mut(place) else {
                return;
            };
            here = match (at, next) {
                (None, next) => next,
                (Some(at), Value::List(list)) => match list.get_mut(at) {
                    Some(item) => item,
                    None => return,
                },
                _ => return,
            };
        }
        *here = value;
    }

    /// Returns the number of entries of the list at a key such as `settings.columns`.
    #[must_use]
    pub fn len(&self, list: &str) -> usize {
        self.list(list).len()
    }

    /// Returns the index of the rule that has these fields.
    #[must_use]
    pub fn rule_at(&self, list: &str, key: RuleKey<'_>) -> Option<usize> {
        self.list(list).iter().position(|rule| is_rule(rule, key))
    }

    /// Returns a value of the rule that has these fields; empty without such a rule or value.
    #[must_use]
    pub fn rule(&self, list: &str, key: RuleKey<'_>, name: &str) -> String {
        let rules = self.list(list);
        let rule = rules.iter().find(|rule| is_rule(rule, key));
        rule.and_then(|rule| rule.get(name))
            .map(shown)
            .unwrap_or_default()
    }

    /// Sets a text of the rule that has these fields, and adds the rule if it is missing. If `required` is
    /// set to an empty text, the rule is removed.
    pub fn set_rule(
        &mut self,
        list: &str,
        key: RuleKey<'_>,
        name: &str,
        text: &str,
        required: &str,
    ) {
        let value = Value::Text(text.to_owned());
        self.set_rule_value(list, key, name, value);
        if name == required && text.trim().is_empty() {
            self.edit(list, |rules| rules.retain(|rule| !is_rule(rule, key)));
        }
    }

    /// Sets a yes or no of the rule that has these fields, and adds the rule if it is missing.
    pub fn set_rule_flag(&mut self, list: &str, key: RuleKey<'_>, name: &str, flag: bool) {
        self.set_rule_value(list, key, name, Value::Bool(flag));
    }

    /// Returns whether a list of texts, such as `reversedTypes`, has this one.
    #[must_use]
    pub fn has_text(&self, list: &str, text: &str) -> bool {
        self.list(list).iter().any(|it| it.as_str() == Some(text))
    }

    /// Adds a text to a list of texts, or removes it.
    pub fn set_listed(&mut self, list: &str, text: &str, is_listed: bool) {
        self.edit(list, |texts| {
            texts.retain(|it| it.as_str() != Some(text));
            if is_listed {
                texts.push(Value::Text(text.to_owned()));
            }
        });
    }

    fn set_rule_value(&mut self, list: &str, key: RuleKey<'_>, name: &str, value: Value) {
        self.edit(list, |rules| {
            let place = rules.iter().position(|rule| is_rule(rule, key));
            let at = place.unwrap_or_else(|| {
                let named = key
                    .iter()
                    .filter(|(_, text)| !text.is_empty())
                    .map(|(name, text)| ((*name).to_owned(), Value::Text((*text).to_owned())));
                let mut fields: Vec<(String, Value)> = named.collect();
                // The keys that a rule of the list may not lack.
                if matches!(list, "taxCodes" | "currencies") && name != "to" {
                    fields.push(("to".to_owned(), Value::Text(String::new())));
                }
                rules.push(Value::Object(fields));
                rules.len() - 1
            });
            if let Some(Value::Object(fields)) = rules.get_mut(at) {
                match fields.iter_mut().rfind(|(known, _)| known == name) {
                    Some((_, known)) => *known = value,
                    None => fields.push((name.to_owned(), value)),
                }
            }
        });
    }

    /// Adds a column with this header and value to a CSV file.
    pub fn add_column(&mut self) {
        let text = |text: &str| Value::Text(text.to_owned());
        let column = vec![
            ("header".to_owned(), text("")),
            ("fixed".to_owned(), text("")),
        ];
        self.edit("settings.columns", |columns| {
            columns.push(Value::Object(column));
        });
    }

    /// Removes a column of a CSV file.
    pub fn remove_column(&mut self, at: usize) {
        self.edit("settings.columns", |columns| {
            if at < columns.len() {
                columns.remove(at);
            }
        });
    }

    /// Moves a column of a CSV file one place to the left.
    pub fn move_column(&mut self, at: usize) {
        self.edit("settings.columns", |columns| {
            if at > 0 && at < columns.len() {
                columns.swap(at - 1, at);
            }
        });
    }

    /// Sets what a column contains: a [`super::Field`] by its word, or `fixed`, or `tag:` and a group.
    pub fn set_column_value(&mut self, at: usize, value: &str) {
        self.edit("settings.columns", |columns| {
            let Some(Value::Object(fields)) = columns.get_mut(at) else {
                return;
            };
            fields.retain(|(name, _)| name == "header");
            let (name, text) = match value.strip_prefix("tag:") {
                Some(group) => ("tag", group),
                None if value == "fixed" => ("fixed", ""),
                None => ("value", value),
            };
            fields.push((name.to_owned(), Value::Text(text.to_owned())));
        });
    }

    /// Returns what a column contains, in the form of [`MappingDraft::set_column_value`].
    #[must_use]
    pub fn column_value(&self, at: usize) -> String {
        let columns = self.list("settings.columns");
        let text = |name| columns.get(at)?.get(name)?.as_str();
        match (text("value"), text("tag")) {
            (Some(value), _) => value.to_owned(),
            (None, Some(group)) => ["tag:", group].concat(),
            (None, None) => "fixed".to_owned(),
        }
    }

    /// Changes the file format. The rules that do not depend on it are kept; the settings, the tax codes
    /// and the dimensions of tags are proposed for the items.
    #[must_use]
    pub fn in_format(&self, format: Format, items: &[ExportItem]) -> MappingDraft {
        let mut next = propose(format, &self.text("name"), items);
        if let Ok(before) = self.mapping() {
            let by_name = |settings: &Settings| settings.by_account_name();
            if by_name(&before.settings) == by_name(&next.settings) {
                next.accounts = before.accounts;
                next.contra = before.contra;
                next.vendors = before.vendors;
                next.rounding_account = before.rounding_account;
            }
            if before.base == next.base {
                next.currencies = before.currencies;
            }
            next.reversed = before.reversed;
            next.journal = before.journal;
            next.first_number = before.first_number;
            next.texts = before.texts;
            next.tax_code_required = before.tax_code_required;
            next.vendor_required = before.vendor_required;
        }
        MappingDraft::from(&next)
    }

    /// The draft as a mapping file, valid or not.
    #[must_use]
    pub fn to_json(&self) -> String {
        super::pretty(&self.0)
    }

    fn list(&self, path: &str) -> &[Value] {
        let mut here = &self.0;
        for (name, _) in steps(path) {
            let Some(next) = here.get(name) else {
                return &[];
            };
            here = next;
        }
        here.as_list().unwrap_or_default()
    }

    fn edit(&mut self, path: &str, change: impl FnOnce(&mut Vec<Value>)) {
        let mut here = &mut self.0;
        for (name, _) in steps(path) {
            let Value::Object(fields) = here else { return };
            let Some((_, next)) = fields.iter_mut().rfind(|(known, _)| known == name) else {
                return;
            };
            here = next;
        }
        if let Value::List(list) = here {
            change(list);
        }
    }
}

/// The steps of a path: names, each with an index if the value is an item of a list.
fn steps(path: &str) -> impl Iterator<Item = (&str, Option<usize>)> {
    path.split('.').map(|step| match step.split_once('[') {
        Some((name, at)) => (name, at.trim_end_matches(']').parse().ok()),
        None => (step, None),
    })
}

fn shown(value: &Value) -> String {
    match value {
        Value::Text(text) | Value::Number(text) => text.clone(),
        Value::Bool(flag) => flag.to_string(),
        Value::Null | Value::List(_) | Value::Object(_) => String::new(),
    }
}

/// Returns whether a rule has exactly these fields; an empty text counts as absent.
fn is_rule(rule: &Value, key: RuleKey<'_>) -> bool {
    key.iter().all(|(name, text)| {
        let value = rule.get(name).and_then(Value::as_str);
        value.unwrap_or_default() == *text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIE: &str = r#"{ "outlayMapping": 1, "format": "sie", "baseCurrency": "SEK",
        "settings": { "company": "Exempel AB" } }"#;

    #[test]
    fn value_that_was_set_is_read_back_and_reaches_the_mapping() {
        let mut draft = MappingDraft::from_json(SIE).unwrap();
        draft.set_text("texts.entry", "{note}");
        draft.set_number("firstNumber", "012");
        draft.set_flag("vendorRequired", true);
        draft.set_number("settings.longestText", "40");
        assert_eq!(draft.text("texts.entry"), "{note}");
        assert_eq!(draft.text("settings.longestText"), "40");
        let mapping = draft.mapping().unwrap();
        assert_eq!((mapping.first_number, mapping.vendor_required), (12, true));
        draft.set_number("settings.longestText", "");
        assert!(draft.mapping().is_ok());
    }

    #[test]
    fn invalid_value_stays_in_the_draft_and_is_named_by_its_key() {
        for (path, text, key) in [
            ("firstNumber", "-1", "firstNumber"),
            ("settings.longestText", "ten", "settings.longestText"),
            ("texts.line", "{unknown}", "texts.line"),
            (
                "settings.organisationNumber",
                "1",
                "settings.organisationNumber",
            ),
        ] {
            let mut draft = MappingDraft::from_json(SIE).unwrap();
            match path {
                "firstNumber" | "settings.longestText" => draft.set_number(path, text),
                _ => draft.set_text(path, text),
            }
            assert_eq!(draft.text(path), text);
            assert_eq!(draft.mapping().unwrap_err().key, key);
        }
    }

    #[test]
    fn rule_is_added_changed_and_removed_with_its_required_value() {
        let mut draft = MappingDraft::from_json(SIE).unwrap();
        let rent = [("from", "5010")];
        draft.set_rule("accounts", &rent, "to", "5011", "to");
        draft.set_rule("accounts", &rent, "to", "5012", "to");
        assert_eq!(draft.rule("accounts", &rent, "to"), "5012");
        assert_eq!(draft.mapping().unwrap().accounts.len(), 1);
        draft.set_rule("accounts", &rent, "to", " ", "to");
        assert_eq!(draft.mapping().unwrap().accounts.len(), 0);
        let any_kind = [("type", ""), ("currency", "EUR")];
        draft.set_rule("contraAccounts", &any_kind, "to", "1941", "to");
        assert_eq!(draft.rule("contraAccounts", &any_kind, "to"), "1941");
        let other = [("type", "fee"), ("currency", "EUR")];
        assert_eq!(draft.rule("contraAccounts", &other, "to"), "");
        draft.set_rule("taxCodes", &[("from", "I25")], "ingoing", "2641", "");
        assert_eq!(draft.mapping().unwrap().tax_codes[0].ingoing, "2641");
        draft.set_rule_flag("tags", &[("group", "Project")], "required", true);
        draft.set_rule("tags", &[("group", "Project")], "to", "6", "");
        assert!(draft.mapping().unwrap().tags[0].required);
    }

    #[test]
    fn reversed_types_and_automatic_accounts_reach_the_mapping() {
        let mut draft = MappingDraft::from_json(SIE).unwrap();
        draft.set_listed("reversedTypes", "fee", true);
        draft.set_listed("reversedTypes", "wallet_topup", true);
        draft.set_listed("reversedTypes", "fee", false);
        assert!(draft.has_text("reversedTypes", "wallet_topup"));
        assert!(!draft.has_text("reversedTypes", "fee"));
        let reversed = draft.mapping().unwrap().reversed;
        let words: Vec<&str> = reversed.iter().map(|it| it.as_str()).collect();
        assert_eq!(words, ["wallet_topup"]);

        let mut draft = MappingDraft::from(&propose(Format::Datev, "", &[]));
        draft.set_number("settings.consultant", "1001");
        draft.set_number("settings.client", "1");
        let list = "settings.automaticAccounts";
        let account = [("account", "3400")];
        draft.set_rule(list, &account, "rate", "19", "rate");
        let Settings::Datev(datev) = draft.mapping().unwrap().settings else {
            panic!("another format");
        };
        assert_eq!(datev.automatic_accounts[0].account, "3400");
        draft.set_rule(list, &account, "rate", "a fifth", "rate");
        let key = draft.mapping().unwrap_err().key;
        assert_eq!(key, "settings.automaticAccounts[0].rate");
        draft.set_rule(list, &account, "rate", "", "rate");
        assert!(draft.mapping().is_ok());
        assert_eq!(draft.len(list), 0);
    }

    #[test]
    fn columns_are_added_moved_changed_and_removed() {
        let mapping = propose(Format::Csv, "", &[]);
        let mut draft = MappingDraft::from(&mapping);
        let count = draft.len("settings.columns");
        draft.add_column();
        draft.set_text(&format!("settings.columns[{count}].header"), "Source");
        draft.set_text(&format!("settings.columns[{count}].fixed"), "Pleo");
        draft.move_column(count);
        assert_eq!(draft.column_value(count - 1), "fixed");
        let header = format!("settings.columns[{}].header", count - 1);
        assert_eq!(draft.text(&header), "Source");
        draft.set_column_value(count - 1, "note");
        assert_eq!(draft.column_value(count - 1), "note");
        draft.set_column_value(count - 1, "tag:Project");
        assert_eq!(draft.column_value(count - 1), "tag:Project");
        draft.remove_column(count - 1);
        assert_eq!(draft.len("settings.columns"), count);
        // The first column stays where it is.
        draft.move_column(0);
        draft.remove_column(99);
        assert_eq!(draft, MappingDraft::from(&mapping));
    }

    #[test]
    fn other_format_keeps_the_rules_that_do_not_depend_on_it() {
        let mut draft = MappingDraft::from_json(SIE).unwrap();
        draft.set_rule("accounts", &[("from", "5010")], "to", "5011", "to");
        draft.set_text("roundingAccount", "3740");
        draft.set_text("texts.entry", "{note}");
        let csv = draft.in_format(Format::Csv, &[]);
        assert_eq!(csv.text("roundingAccount"), "3740");
        assert_eq!(csv.rule("accounts", &[("from", "5010")], "to"), "5011");
        let names = draft.in_format(Format::QuickBooks, &[]);
        assert_eq!(names.text("texts.entry"), "{note}");
        assert_eq!(names.rule("accounts", &[("from", "5010")], "to"), "");
    }

    #[test]
    fn path_without_a_value_is_empty_and_sets_nothing_in_a_text() {
        let mut draft = MappingDraft(outlay_wire::parse(r#"{"a": "b"}"#).unwrap());
        draft.set_text("a.c", "d");
        draft.set_text("a[0]", "d");
        assert_eq!(
            (draft.text("a"), draft.text("a.c")),
            ("b".into(), "".into())
        );
        assert_eq!(draft.text("x[3].y"), "");
    }
}
