//! The conditions that a form of fields can show: one value for each, all of which must hold.

use outlay_pleo::time::Date;

use super::{
    DayField, DayRange, Filter, FlagWord, NumberField, Quantity, Range, Test, Text, TextField,
};
use crate::Month;

/// A field of the form that holds one text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FormText {
    /// Entry status.
    Status,
    /// Entry family.
    Type,
    /// Account.
    Account,
    /// Employee.
    Employee,
    /// Export status.
    Export,
}

impl FormText {
    /// Every field.
    pub const ALL: [FormText; 5] = [
        FormText::Status,
        FormText::Type,
        FormText::Account,
        FormText::Employee,
        FormText::Export,
    ];

    fn field(self) -> TextField {
        match self {
            FormText::Status => TextField::Status,
            FormText::Type => TextField::Type,
            FormText::Account => TextField::Account,
            FormText::Employee => TextField::Employee,
            FormText::Export => TextField::Export,
        }
    }

    /// Whether a value must equal a name, a code or an id.
    fn is_exact(self) -> bool {
        matches!(self, FormText::Account | FormText::Employee)
    }
}

/// The values of the form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FilterForm {
    /// The least amount, included.
    pub amount_from: Option<Quantity>,
    /// The largest amount, included.
    pub amount_to: Option<Quantity>,
    /// The first month of purchase.
    pub month_from: Option<Month>,
    /// The last month of purchase.
    pub month_to: Option<Month>,
    /// Whether there must be a receipt, or none.
    pub receipt: Option<bool>,
    texts: [Option<String>; FormText::ALL.len()],
}

impl FilterForm {
    /// Splits a filter into what a form can show and the other conditions; together they are the
    /// filter.
    #[must_use]
    pub fn of(filter: &Filter) -> (FilterForm, Filter) {
        let mut form = FilterForm::default();
        let all = match filter {
            Filter::All(all) => all.clone(),
            other => vec![other.clone()],
        };
        let others = all.into_iter().filter(|one| !form.take(one)).collect();
        let others: Vec<Filter> = others;
        (form, Filter::All(others))
    }

    /// The filter with the other conditions first.
    #[must_use]
    pub fn filter(&self, others: Filter) -> Filter {
        let mut all = match others {
            Filter::All(all) => all,
            other => vec![other],
        };
        let mut add = |test: Test| all.push(Filter::Test(test));
        match (self.amount_from, self.amount_to) {
            (None, None) => {}
            (Some(from), None) => add(Test::Number(NumberField::Amount, Range::AtLeast(from))),
            (None, Some(to)) => add(Test::Number(NumberField::Amount, Range::AtMost(to))),
            (Some(from), Some(to)) => match Range::between(from, to) {
                Some(range) => add(Test::Number(NumberField::Amount, range)),
                // Finds nothing, as the fields say.
                None => {
                    add(Test::Number(NumberField::Amount, Range::AtLeast(from)));
                    add(Test::Number(NumberField::Amount, Range::AtMost(to)));
                }
            },
        }
        let first = self.month_from.and_then(|month| day(month.first_day()));
        let last = self.month_to.and_then(last_day);
        match DayRange::new(first, last) {
            Some(range) => add(Test::Day(DayField::Date, range)),
            None => {
                let ranges = [DayRange::new(first, None), DayRange::new(None, last)];
                for range in ranges.into_iter().flatten() {
                    add(Test::Day(DayField::Date, range));
                }
            }
        }
        for field in FormText::ALL {
            let Some(text) = self.text(field) else {
                continue;
            };
            add(Test::Text {
                field: field.field(),
                exact: field.is_exact(),
                any_of: vec![Text {
                    text: text.to_owned(),
                    begins: false,
                }],
            });
        }
        if let Some(has) = self.receipt {
            let test = Filter::Test(Test::Is(FlagWord::Receipt));
            all.push(match has {
                true => test,
                false => Filter::Not(Box::new(test)),
            });
        }
        match all.len() {
            1 => all.remove(0),
            _ => Filter::All(all),
        }
    }

    /// The value of a field; `None` if it is not narrowed.
    #[must_use]
    pub fn text(&self, field: FormText) -> Option<&str> {
        self.texts[field as usize].as_deref()
    }

    /// Sets a field; `None` or an empty text does not narrow it.
    pub fn set_text(&mut self, field: FormText, text: Option<String>) {
        self.texts[field as usize] = text.filter(|text| !text.is_empty());
    }

    /// Takes in a condition; `false` if the form has no free field for it.
    fn take(&mut self, filter: &Filter) -> bool {
        match filter {
            Filter::Test(Test::Number(NumberField::Amount, range)) => self.take_amounts(*range),
            Filter::Test(Test::Day(DayField::Date, range)) => self.take_months(*range),
            Filter::Test(Test::Text {
                field,
                exact,
                any_of,
            }) => {
                let field = FormText::ALL.into_iter().find(|it| it.field() == *field);
                let (Some(field), [text]) = (field, &**any_of) else {
                    return false;
                };
                let fits = !text.begins && *exact == field.is_exact();
                if !fits || self.text(field).is_some() {
                    return false;
                }
                self.set_text(field, Some(text.text.clone()));
                true
            }
            Filter::Test(Test::Is(FlagWord::Receipt)) => self.take_receipt(true),
            Filter::Not(inner) => match &**inner {
                Filter::Test(Test::Is(FlagWord::Receipt)) => self.take_receipt(false),
                _ => false,
            },
            _ => false,
        }
    }

    fn take_receipt(&mut self, has: bool) -> bool {
        let free = self.receipt.is_none();
        self.receipt = self.receipt.or(Some(has));
        free
    }

    fn take_amounts(&mut self, range: Range) -> bool {
        let (from, to) = match range {
            Range::Exactly(number) => (Some(number), Some(number)),
            Range::AtLeast(number) => (Some(number), None),
            Range::AtMost(number) => (None, Some(number)),
            Range::Between(from, to) => (Some(from), Some(to)),
            Range::MoreThan(_) | Range::LessThan(_) => return false,
        };
        let is_taken =
            |old: Option<Quantity>, new: Option<Quantity>| old.is_some() && new.is_some();
        if is_taken(self.amount_from, from) || is_taken(self.amount_to, to) {
            return false;
        }
        self.amount_from = self.amount_from.or(from);
        self.amount_to = self.amount_to.or(to);
        true
    }

    fn take_months(&mut self, range: DayRange) -> bool {
        let month = |day: i32| {
            let date = Date::from_days(i64::from(day));
            Month {
                year: date.year,
                month: date.month,
            }
        };
        let from = range.from().map(|day| (day, month(day)));
        let to = range.to().map(|day| (day, month(day)));
        let is_first = from.is_none_or(|(first, month)| day(month.first_day()) == Some(first));
        let is_last = to.is_none_or(|(last, month)| last_day(month) == Some(last));
        let is_taken =
            from.is_some() && self.month_from.is_some() || to.is_some() && self.month_to.is_some();
        if !is_first || !is_last || is_taken {
            return false;
        }
        self.month_from = self.month_from.or(from.map(|it| it.1));
        self.month_to = self.month_to.or(to.map(|it| it.1));
        true
    }
}

fn day(date: Date) -> Option<i32> {
    i32::try_from(date.days()).ok()
}

fn last_day(month: Month) -> Option<i32> {
    DayRange::parse(&month.to_string()).and_then(DayRange::to)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may fail by panicking")]
mod tests {
    use super::*;

    #[test]
    fn form_shows_one_condition_per_field_and_leaves_the_others() {
        let text = "lunch amount:100..200 status:PENDING date:2026-03 account=4010 -receipt \
                    (a OR b) status:DRAFT date>=2026-03-02 amount>5";
        let filter = Filter::parse(text).unwrap();
        let (form, others) = FilterForm::of(&filter);
        let number = |text| Quantity::parse(text).ok();
        assert_eq!(
            (form.amount_from, form.amount_to),
            (number("100"), number("200"))
        );
        let march = Some(Month {
            year: 2026,
            month: 3,
        });
        assert_eq!((form.month_from, form.month_to), (march, march));
        assert_eq!(form.receipt, Some(false));
        assert_eq!(form.text(FormText::Status), Some("PENDING"));
        assert_eq!(form.text(FormText::Account), Some("4010"));
        assert_eq!(form.text(FormText::Employee), None);
        assert_eq!(
            others.to_string(),
            "lunch (a OR b) status:DRAFT date>=2026-03-02 amount>5"
        );
        // Written back, it has the same conditions and can be read.
        let back = form.filter(others);
        assert_eq!(Filter::parse(&back.to_string()).unwrap(), back);
        assert_eq!(
            back.to_string(),
            "lunch (a OR b) status:DRAFT date>=2026-03-02 amount>5 amount:100..200 date:2026-03 \
             status:PENDING account=4010 -receipt"
        );
    }

    #[test]
    fn form_writes_open_ranges_and_reversed_ones() {
        let mut form = FilterForm {
            amount_from: Quantity::parse("10").ok(),
            month_from: Some(Month {
                year: 2026,
                month: 1,
            }),
            month_to: Some(Month {
                year: 2026,
                month: 3,
            }),
            ..FilterForm::default()
        };
        form.set_text(FormText::Employee, Some("Ada Example".to_owned()));
        let text = form.filter(Filter::default()).to_string();
        assert_eq!(
            text,
            "amount>=10 date:2026-01-01..2026-03-31 employee=\"Ada Example\""
        );
        assert_eq!(FilterForm::of(&Filter::parse(&text).unwrap()).0, form);
        form.amount_to = Quantity::parse("5").ok();
        let text = form.filter(Filter::default()).to_string();
        assert!(text.starts_with("amount>=10 amount<=5 "), "{text}");
        let single = FilterForm {
            receipt: Some(true),
            ..FilterForm::default()
        };
        assert_eq!(single.filter(Filter::default()).to_string(), "receipt");
        assert!(FilterForm::default().filter(Filter::default()).is_empty());
    }
}
