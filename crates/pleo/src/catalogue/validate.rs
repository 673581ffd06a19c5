//! A JSON value against a schema.

use std::collections::HashSet;

use outlay_wire::{Value, to_text};

use super::fault::{FaultCode, ValueFault};
use super::schema::{Format, ListShape, Number, Object, Schema, SchemaShape, TextShape};
use super::{Catalogue, pattern};
use crate::number::Decimal;
use crate::subject::is_uuid;
use crate::time::{self, Date};

impl Catalogue {
    /// Everything that is wrong with a value under a schema. Fields that the schema does not know are
    /// no fault, as OpenAPI has it.
    #[must_use]
    pub fn validate(&self, schema: &Schema, value: &Value) -> Vec<ValueFault> {
        self.check_value(schema, value, false)
    }

    /// As [`Catalogue::validate`], but an object's unknown field is a fault: what a request that a
    /// person writes is held to.
    #[must_use]
    pub fn validate_strictly(&self, schema: &Schema, value: &Value) -> Vec<ValueFault> {
        self.check_value(schema, value, true)
    }

    fn check_value(&self, schema: &Schema, value: &Value, strict: bool) -> Vec<ValueFault> {
        let mut check_value = Validator {
            catalogue: self,
            strict,
            at: String::new(),
            faults: Vec::new(),
        };
        check_value.value(schema, value);
        check_value.faults
    }
}

/// Where the judging has come to, and what it has found.
struct Validator<'a> {
    catalogue: &'a Catalogue,
    strict: bool,
    at: String,
    faults: Vec<ValueFault>,
}

impl Validator<'_> {
    fn value(&mut self, schema: &Schema, value: &Value) {
        let (schema, nullable) = self.catalogue.resolve(schema);
        if *value == Value::Null {
            if !nullable && schema.shape != SchemaShape::Any {
                self.fault(FaultCode::Null, []);
            }
            return;
        }
        match (&schema.shape, value) {
            (SchemaShape::Any | SchemaShape::Named(_), _)
            | (SchemaShape::Boolean, Value::Bool(_)) => {}
            (SchemaShape::Object(bounds), Value::Object(fields)) => {
                self.object(bounds, value, fields)
            }
            (SchemaShape::List(bounds), Value::List(items)) => self.list(bounds, items),
            (SchemaShape::Text(bounds), Value::Text(text)) => self.text(bounds, text),
            (SchemaShape::Integer(bounds), Value::Number(digits)) => {
                self.number(bounds, digits, true)
            }
            (SchemaShape::Number(bounds), Value::Number(digits)) => {
                self.number(bounds, digits, false)
            }
            (shape, _) => self.fault(FaultCode::Kind, [shape.word().to_owned()]),
        }
    }

    fn object(&mut self, bounds: &Object, value: &Value, fields: &[(String, Value)]) {
        let known = |name: &String| bounds.fields.iter().any(|field| field.name == *name);
        for field in &bounds.fields {
            self.inside(&field.name, |check_value| match value.get(&field.name) {
                Some(value) => check_value.value(&field.schema, value),
                None if field.required => check_value.fault(FaultCode::Missing, []),
                None => {}
            });
        }
        let mut seen = HashSet::new();
        for (name, _) in fields {
            if known(name) || !seen.insert(name) {
                continue;
            }
            self.inside(name, |check_value| {
                match (&bounds.others, value.get(name)) {
                    (Some(others), Some(value)) => check_value.value(others, value),
                    _ if check_value.strict => check_value.fault(FaultCode::Unknown, []),
                    _ => {}
                }
            });
        }
    }

    fn list(&mut self, bounds: &ListShape, items: &[Value]) {
        self.count(
            bounds.fewest,
            bounds.most,
            items.len(),
            [FaultCode::TooFew, FaultCode::TooMany],
        );
        let mut seen = HashSet::new();
        for (at, item) in items.iter().enumerate() {
            let length = self.at.len();
            self.at.push_str(&format!("[{at}]"));
            if bounds.unique && !seen.insert(to_text(item)) {
                self.fault(FaultCode::Repeated, []);
            }
            self.value(&bounds.items, item);
            self.at.truncate(length);
        }
    }

    fn text(&mut self, bounds: &TextShape, text: &str) {
        let length = text.chars().count();
        self.count(
            bounds.shortest,
            bounds.longest,
            length,
            [FaultCode::TooShort, FaultCode::TooLong],
        );
        if !bounds.enum_values.is_empty() && !bounds.enum_values.iter().any(|word| word == text) {
            self.fault(FaultCode::Word, bounds.enum_values.iter().cloned());
        }
        if let Some(format) = bounds.format.filter(|format| !is_written(*format, text)) {
            self.fault(FaultCode::Format, [format.word().to_owned()]);
        }
        if let Some(pattern) = &bounds.pattern
            && pattern::matches(pattern, text) == Some(false)
        {
            self.fault(FaultCode::Pattern, [pattern.clone()]);
        }
    }

    fn number(&mut self, bounds: &Number, digits: &str, whole: bool) {
        let Some(number) = Decimal::parse(digits).filter(|it| !whole || it.is_whole()) else {
            let word = if whole { "integer" } else { "number" };
            return self.fault(FaultCode::Kind, [word.to_owned()]);
        };
        let (low, high) = match bounds.format {
            Some(Format::Int32) => (Some(i32::MIN.into()), Some(i32::MAX.into())),
            Some(Format::Int64) => (Some(i64::MIN), Some(i64::MAX)),
            _ => (None, None),
        };
        if let Some(bound) = bounds.smallest.max(low)
            && number < Decimal::from(bound)
        {
            self.fault(FaultCode::TooSmall, [bound.to_string()]);
        }
        let high = [bounds.largest, high].into_iter().flatten().min();
        if let Some(bound) = high
            && number > Decimal::from(bound)
        {
            self.fault(FaultCode::TooLarge, [bound.to_string()]);
        }
    }

    fn count(&mut self, low: Option<u32>, high: Option<u32>, count: usize, codes: [FaultCode; 2]) {
        let [few, many] = codes;
        if let Some(low) = low.filter(|low| count < *low as usize) {
            self.fault(few, [low.to_string()]);
        }
        if let Some(high) = high.filter(|high| count > *high as usize) {
            self.fault(many, [high.to_string()]);
        }
    }

    fn inside(&mut self, name: &str, check_value: impl FnOnce(&mut Self)) {
        let length = self.at.len();
        if length > 0 {
            self.at.push('.');
        }
        self.at.push_str(name);
        check_value(self);
        self.at.truncate(length);
    }

    fn fault(&mut self, code: FaultCode, values: impl IntoIterator<Item = String>) {
        self.faults.push(ValueFault {
            at: self.at.clone(),
            code,
            values: values.into_iter().collect(),
        });
    }
}

impl SchemaShape {
    /// The kind's name in JSON Schema; empty where everything is allowed.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            SchemaShape::Any | SchemaShape::Named(_) => "",
            SchemaShape::Object(_) => "object",
            SchemaShape::List(_) => "array",
            SchemaShape::Text(_) => "string",
            SchemaShape::Integer(_) => "integer",
            SchemaShape::Number(_) => "number",
            SchemaShape::Boolean => "boolean",
        }
    }
}

fn is_written(format: Format, text: &str) -> bool {
    match format {
        Format::Uuid => is_uuid(text),
        Format::Date => Date::parse(text).is_some(),
        Format::DateTime => time::DateTime::parse(text).is_some_and(|written| written.is_rfc3339),
        Format::Password | Format::Int32 | Format::Int64 => true,
    }
}
