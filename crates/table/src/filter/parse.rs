//! Reads the text of a filter.

use super::field::{Field, FlagWord, NumberField, TAG, TextField};
use super::{DayRange, Filter, FilterError, FilterErrorCode, Quantity, Range, Test, Text};

/// Characters of a filter, at most.
const LONGEST: usize = 4000;

/// Nested parentheses and minus signs, at most.
const DEEPEST: usize = 32;

/// How a field is compared with a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Operator {
    Has,
    Equals,
    More,
    AtLeast,
    Less,
    AtMost,
}

/// The operators, the longer ones first.
const OPERATORS: [(&str, Operator); 6] = [
    (">=", Operator::AtLeast),
    ("<=", Operator::AtMost),
    (":", Operator::Has),
    ("=", Operator::Equals),
    (">", Operator::More),
    ("<", Operator::Less),
];

/// Makes a test of a field.
type TestOf = fn(Field) -> Test;

/// The words before a field that ask whether it has a value.
const PRESENCE: [(&str, TestOf); 2] = [("has", Test::Has), ("missing", Test::Missing)];

/// An error and the byte at which it is.
type Fault = (usize, FilterErrorCode);

impl Filter {
    /// Reads a filter; see `docs/filters.md`. A blank text keeps every row.
    ///
    /// # Errors
    ///
    /// The first character that is wrong, and why.
    pub fn parse(text: &str) -> Result<Filter, FilterError> {
        let position = |byte: usize| text.get(..byte).unwrap_or(text).chars().count();
        if let Some((byte, _)) = text.char_indices().nth(LONGEST) {
            return Err(FilterError {
                at: position(byte),
                code: FilterErrorCode::TooLong,
            });
        }
        let mut parser = Parser { text, at: 0 };
        let parsed = parser.whole();
        parsed.map_err(|(byte, code)| FilterError {
            at: position(byte),
            code,
        })
    }
}

struct Parser<'a> {
    text: &'a str,
    /// The next byte.
    at: usize,
}

/// Returns whether a word ends before the character in any position.
fn ends_word(c: char) -> bool {
    c.is_whitespace() || matches!(c, '(' | ')' | '"')
}

impl<'a> Parser<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn skip_blanks(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }

    /// Takes the text if it is next.
    fn take(&mut self, text: &str) -> bool {
        let is_next = self.rest().starts_with(text);
        self.at += if is_next { text.len() } else { 0 };
        is_next
    }

    /// Consumes the keyword if it is next and a separate word.
    fn take_keyword(&mut self, keyword: &str) -> bool {
        let after = self.rest().strip_prefix(keyword);
        let is_next = after.is_some_and(|after| after.chars().next().is_none_or(ends_word));
        is_next && self.take(keyword)
    }

    /// Takes characters up to the first for which `ends` holds.
    fn take_until(&mut self, ends: fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let taken = rest.get(..rest.find(ends).unwrap_or(rest.len()));
        self.at += taken.unwrap_or_default().len();
        taken.unwrap_or_default()
    }

    fn whole(&mut self) -> Result<Filter, Fault> {
        self.skip_blanks();
        if self.rest().is_empty() {
            return Ok(Filter::default());
        }
        let filter = self.any(0)?;
        match self.rest().is_empty() {
            true => Ok(filter),
            false => Err((self.at, FilterErrorCode::UnopenedParenthesis)),
        }
    }

    /// Conditions with `OR` between them.
    fn any(&mut self, depth: usize) -> Result<Filter, Fault> {
        let mut any = vec![self.all(depth)?];
        while self.take_keyword("OR") {
            any.push(self.all(depth)?);
        }
        Ok(match any.len() {
            1 => any.remove(0),
            _ => Filter::Any(any),
        })
    }

    /// Conditions with blanks or `AND` between them; at least one.
    fn all(&mut self, depth: usize) -> Result<Filter, Fault> {
        let mut all = Vec::new();
        loop {
            self.skip_blanks();
            let is_linked = !all.is_empty() && self.take_keyword("AND");
            self.skip_blanks();
            let before = self.at;
            let ends = matches!(self.peek(), None | Some(')'))
                || self.take_keyword("OR")
                || self.take_keyword("AND");
            if ends {
                self.at = before;
                if is_linked || all.is_empty() {
                    return Err((self.at, FilterErrorCode::MissingCondition));
                }
                break;
            }
            all.push(self.condition(depth)?);
        }
        Ok(match all.len() {
            1 => all.remove(0),
            _ => Filter::All(all),
        })
    }

    fn condition(&mut self, depth: usize) -> Result<Filter, Fault> {
        let start = self.at;
        if depth >= DEEPEST {
            return Err((start, FilterErrorCode::TooDeep));
        }
        if self.take("-") {
            if self.peek().is_none_or(|c| c.is_whitespace() || c == ')') {
                return Err((self.at, FilterErrorCode::MissingCondition));
            }
            let inner = self.condition(depth + 1)?;
            return Ok(Filter::Not(Box::new(inner)));
        }
        if self.take("(") {
            self.skip_blanks();
            if self.take(")") {
                return Ok(Filter::default());
            }
            let inner = self.any(depth + 1)?;
            return match self.take(")") {
                true => Ok(inner),
                false => Err((start, FilterErrorCode::UnclosedParenthesis)),
            };
        }
        self.test().map(Filter::Test)
    }

    fn test(&mut self) -> Result<Test, Fault> {
        let start = self.at;
        if self.peek() == Some('"') {
            return Ok(Test::Word(self.text_value()?));
        }
        let is_end = |c: char| ends_word(c) || matches!(c, ':' | '=' | '<' | '>');
        let word = self.take_until(is_end);
        let field = self.field_after(start, word)?;
        let Some(operator) = self.operator() else {
            if let Some(Field::Text(TextField::Tag(Some(_)))) = field {
                return Err((self.at, FilterErrorCode::WrongOperator));
            }
            if let Some(flag) = FlagWord::named(word) {
                return Ok(Test::Is(flag));
            }
            return self.word(start, word).map(Test::Word);
        };
        let of_presence = PRESENCE
            .iter()
            .find(|it| word.eq_ignore_ascii_case(it.0) && field.is_none());
        if let Some((_, test)) = of_presence {
            if operator != Operator::Has {
                return Err((start + word.len(), FilterErrorCode::WrongOperator));
            }
            let at = self.at;
            let name = self.take_until(ends_word);
            let field = self.field_after(at, name)?;
            return field.map(test).ok_or((at, FilterErrorCode::UnknownField));
        }
        let at = start + word.len();
        match field.ok_or((start, FilterErrorCode::UnknownField))? {
            Field::Text(field) => self.texts(field, operator, at),
            Field::Number(field) => self.number(field, operator),
            Field::Day(field) => {
                let range = self.days(operator)?;
                Ok(Test::Day(field, range))
            }
        }
    }

    fn operator(&mut self) -> Option<Operator> {
        let found = OPERATORS.iter().find(|it| self.rest().starts_with(it.0))?;
        self.take(found.0);
        Some(found.1)
    }

    /// The field that the word names. The group of a field of tags may follow in quotation marks.
    fn field_after(&mut self, start: usize, word: &str) -> Result<Option<Field>, Fault> {
        let group = word
            .get(..=TAG.len())
            .filter(|it| it.eq_ignore_ascii_case("tag."));
        let Some(prefix) = group else {
            return Ok(Field::named(word));
        };
        let group = match &word[prefix.len()..] {
            "" if self.peek() == Some('"') => self.quoted()?,
            "" => return Err((start, FilterErrorCode::UnknownField)),
            group => group.to_owned(),
        };
        Ok(Some(Field::Text(TextField::Tag(Some(group)))))
    }

    /// The inside of quotation marks.
    fn quoted(&mut self) -> Result<String, Fault> {
        let start = self.at;
        self.take("\"");
        let mut text = String::new();
        let mut escaped = false;
        for (at, c) in self.rest().char_indices() {
            match c {
                '\\' if !escaped => escaped = true,
                '"' if !escaped => {
                    self.at += at + 1;
                    return match text.is_empty() {
                        true => Err((start, FilterErrorCode::MissingValue)),
                        false => Ok(text),
                    };
                }
                c => {
                    // A backslash before another character is a character itself.
                    if escaped && !matches!(c, '"' | '\\') {
                        text.push('\\');
                    }
                    escaped = false;
                    text.push(c);
                }
            }
        }
        Err((start, FilterErrorCode::UnclosedQuote))
    }

    fn text_value(&mut self) -> Result<Text, Fault> {
        let start = self.at;
        if self.peek() == Some('"') {
            let text = self.quoted()?;
            let begins = self.take("*");
            return Ok(Text { text, begins });
        }
        let word = self.take_until(|c| ends_word(c) || c == ',');
        self.word(start, word)
    }

    fn word(&self, start: usize, word: &str) -> Result<Text, Fault> {
        let (text, begins) = match word.strip_suffix('*') {
            Some(text) => (text, true),
            None => (word, false),
        };
        if text.is_empty() {
            return Err((start, FilterErrorCode::MissingValue));
        }
        Ok(Text {
            text: text.to_owned(),
            begins,
        })
    }

    fn texts(&mut self, field: TextField, operator: Operator, at: usize) -> Result<Test, Fault> {
        let exact = match operator {
            Operator::Has => false,
            Operator::Equals => true,
            _ => return Err((at, FilterErrorCode::WrongOperator)),
        };
        let mut any_of = vec![self.text_value()?];
        while self.take(",") {
            any_of.push(self.text_value()?);
        }
        Ok(Test::Text {
            field,
            exact,
            any_of,
        })
    }

    /// A value that is no text, with the byte at which it begins.
    fn plain_value(&mut self) -> Result<(usize, String), Fault> {
        let start = self.at;
        let value = match self.peek() {
            Some('"') => self.quoted()?,
            _ => self.take_until(ends_word).to_owned(),
        };
        match value.is_empty() {
            true => Err((start, FilterErrorCode::MissingValue)),
            false => Ok((start, value)),
        }
    }

    fn number(&mut self, field: NumberField, operator: Operator) -> Result<Test, Fault> {
        let (at, value) = self.plain_value()?;
        let quantity = |text: &str| Quantity::parse(text).map_err(|code| (at, code));
        let range = match (operator, value.split_once("..")) {
            (Operator::Has | Operator::Equals, Some((from, to))) => match (from, to) {
                ("", "") => return Err((at, FilterErrorCode::MissingValue)),
                ("", to) => Range::AtMost(quantity(to)?),
                (from, "") => Range::AtLeast(quantity(from)?),
                (from, to) => {
                    let range = Range::between(quantity(from)?, quantity(to)?);
                    range.ok_or((at, FilterErrorCode::ReversedRange))?
                }
            },
            (Operator::Has | Operator::Equals, None) => Range::Exactly(quantity(&value)?),
            (Operator::More, _) => Range::MoreThan(quantity(&value)?),
            (Operator::AtLeast, _) => Range::AtLeast(quantity(&value)?),
            (Operator::Less, _) => Range::LessThan(quantity(&value)?),
            (Operator::AtMost, _) => Range::AtMost(quantity(&value)?),
        };
        Ok(Test::Number(field, range))
    }

    fn days(&mut self, operator: Operator) -> Result<DayRange, Fault> {
        let (at, value) = self.plain_value()?;
        let wrong = (at, FilterErrorCode::NotADate);
        let period = |text: &str| DayRange::parse(text).ok_or(wrong);
        let (from, to) = match (operator, value.split_once("..")) {
            (Operator::Has | Operator::Equals, Some(("", ""))) => {
                return Err((at, FilterErrorCode::MissingValue));
            }
            (Operator::Has | Operator::Equals, Some((from, to))) => {
                let from = match from {
                    "" => None,
                    from => period(from)?.from(),
                };
                let to = match to {
                    "" => None,
                    to => period(to)?.to(),
                };
                if from.zip(to).is_some_and(|(from, to)| from > to) {
                    return Err((at, FilterErrorCode::ReversedRange));
                }
                (from, to)
            }
            (Operator::Has | Operator::Equals, None) => return period(&value),
            (Operator::AtLeast, _) => (period(&value)?.from(), None),
            (Operator::More, _) => (period(&value)?.to().map(|day| day + 1), None),
            (Operator::AtMost, _) => (None, period(&value)?.to()),
            (Operator::Less, _) => (None, period(&value)?.from().map(|day| day - 1)),
        };
        DayRange::new(from, to).ok_or(wrong)
    }
}
