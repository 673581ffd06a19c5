//! The drafts of the forms and their faults.

use crate::address;
use crate::platform::{document, location};
use leptos::prelude::*;
use outlay_pleo::catalogue::Endpoint;

use super::{Explorer, FormPart};
use outlay_explorer::chain::filled;
use outlay_explorer::draft::FieldDraft;
use outlay_explorer::form::{FieldFault, OperationForm};
use outlay_explorer::link::{BODY, LeftOut, link, not_in_link, opened};

impl Explorer {
    /// Creates the form of the operation in view and fills in the values of the address. Sends
    /// nothing.
    pub fn arrive(self) {
        let Some(operation) = self.operation.get() else {
            return;
        };
        let subject = self.subject.get_untracked();
        let given = self.address.with(|query| opened(query));
        let given = given.map(|(_, pairs)| pairs).unwrap_or_default();
        let given: Vec<_> = given.into_iter().filter(|(name, _)| name != "c").collect();
        let Some(catalogue) = self.known() else {
            return;
        };
        self.forms.update_value(|forms| {
            let blank = || OperationForm::blank(&catalogue, &operation, subject.as_deref());
            let form = forms.entry(operation.id.clone()).or_insert_with(blank);
            for (name, _) in &given {
                form.clear(&operation, name);
            }
            let body = given.iter().find(|(name, _)| name == BODY);
            if let Some((_, body)) = body.filter(|_| operation.body.is_some()) {
                form.raw = Some(body.clone());
                // A body that the fields cannot show stays text.
                let _ = form.as_fields(&catalogue, &operation);
                form.prefill(&catalogue, &operation, subject.as_deref());
            }
            for (name, text) in &given {
                form.fill(&catalogue, &operation, name, text);
            }
        });
        self.shows_faults.set(false);
        self.unshown.set(None);
        self.redraw();
    }

    /// Fills in the company ID, once the subject is known.
    pub fn fill_in_company(self) {
        let Some(subject) = self.subject.get() else {
            return;
        };
        let (Some(operation), Some(catalogue)) = (self.operation.get_untracked(), self.known())
        else {
            return;
        };
        let before = self.form(&operation);
        let mut form = before.clone();
        form.prefill(&catalogue, &operation, Some(&subject));
        if form != before {
            self.set_form(&operation, form);
        }
    }

    /// The form of an operation.
    pub fn form(self, operation: &Endpoint) -> OperationForm {
        let known = self
            .forms
            .with_value(|forms| forms.get(&operation.id).cloned());
        known.unwrap_or_default()
    }

    /// Replaces the form of an operation.
    pub fn set_form(self, operation: &Endpoint, form: OperationForm) {
        self.forms
            .update_value(|forms| drop(forms.insert(operation.id.clone(), form)));
        self.redraw();
    }

    /// Empties the form of an operation, but for known values such as the company ID.
    pub fn reset(self, operation: &Endpoint) {
        let Some(catalogue) = self.known() else {
            return;
        };
        let subject = self.subject.get_untracked();
        self.shows_faults.set(false);
        self.unshown.set(None);
        self.set_form(
            operation,
            OperationForm::blank(&catalogue, operation, subject.as_deref()),
        );
    }

    /// Changes the form in view without rendering it anew.
    pub fn change(self, operation: &Endpoint, change: impl FnOnce(&mut OperationForm)) {
        self.forms.update_value(|forms| {
            if let Some(form) = forms.get_mut(&operation.id) {
                change(form);
            }
        });
        self.touch();
    }

    /// Changes one draft in the form.
    pub fn edit(
        self,
        operation: &Endpoint,
        part: FormPart,
        way: &[usize],
        edit: impl FnOnce(&mut FieldDraft),
    ) {
        self.change(operation, |form| {
            let whole = match part {
                FormPart::Parameter(number) => form.parameters.get_mut(number),
                FormPart::Body => Some(&mut form.body),
            };
            if let Some(draft) = whole.and_then(|draft| draft.at(way)) {
                edit(draft);
            }
        });
    }

    /// The faults of the form; empty until faults are shown.
    pub fn faults(self, operation: &Endpoint) -> Vec<FieldFault> {
        self.edited.track();
        let Some(catalogue) = self.known().filter(|_| self.shows_faults.get()) else {
            return Vec::new();
        };
        let form = self.filled_form(operation);
        form.faults(&catalogue, operation)
    }

    /// The form of an operation with the values of its variables.
    pub fn filled_form(self, operation: &Endpoint) -> OperationForm {
        let form = self.form(operation);
        self.tools.variables.with(|all| filled(&form, all))
    }

    /// The parts of the form that its link does not contain.
    pub fn not_in_link(self, operation: &Endpoint) -> Vec<LeftOut> {
        self.edited.track();
        let form = self.form(operation);
        let all = self.known();
        all.map(|all| not_in_link(&all, operation, &form))
            .unwrap_or_default()
    }

    /// The link to the operation in view with its form, without secrets and the connection.
    pub fn link(self, operation: &Endpoint) -> String {
        let query = self
            .known()
            .map(|all| link(&all, operation, &self.form(operation)));
        let path = ["/api?", &query.unwrap_or_default()].concat();
        [
            location::origin(),
            address::at_base(&document::base(), &path),
        ]
        .concat()
    }
}
