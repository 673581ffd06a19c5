//! Writes a filter as text.

use std::fmt::{self, Display, Formatter};

use super::field::{Field, FlagWord, TextField};
use super::{Filter, Range, Test, Text};

impl Display for Filter {
    /// The text that [`Filter::parse`] reads as this filter.
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Filter::All(all) => list(f, all, " "),
            Filter::Any(any) if any.is_empty() => f.write_str("-()"),
            Filter::Any(any) => list(f, any, " OR "),
            Filter::Not(inner) => {
                f.write_str("-")?;
                nested(f, inner)
            }
            Filter::Test(test) => test.fmt(f),
        }
    }
}

fn list(f: &mut Formatter<'_>, filters: &[Filter], between: &str) -> fmt::Result {
    for (at, filter) in filters.iter().enumerate() {
        if at > 0 {
            f.write_str(between)?;
        }
        match filter {
            // A blank binds closer than OR.
            Filter::All(all) if all.len() > 1 && between == " OR " => list(f, all, " ")?,
            filter => nested(f, filter)?,
        }
    }
    Ok(())
}

/// Writes a filter as one condition, in parentheses if it has several.
fn nested(f: &mut Formatter<'_>, filter: &Filter) -> fmt::Result {
    match filter {
        Filter::Test(_) | Filter::Not(_) => filter.fmt(f),
        Filter::Any(any) if any.is_empty() => filter.fmt(f),
        Filter::All(children) | Filter::Any(children) if children.len() == 1 => {
            nested(f, &children[0])
        }
        Filter::All(_) | Filter::Any(_) => write!(f, "({filter})"),
    }
}

impl Display for Test {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Test::Word(text) => {
                let is_bare = !text.text.starts_with('-')
                    && !matches!(&*text.text, "OR" | "AND")
                    && (text.begins || FlagWord::named(&text.text).is_none())
                    && !text.text.contains([':', '=', '<', '>'])
                    && !starts_with_group(&text.text);
                write_text(f, text, is_bare)
            }
            Test::Text {
                field,
                exact,
                any_of,
            } => {
                write_field(f, &Field::Text(field.clone()))?;
                f.write_str(if *exact { "=" } else { ":" })?;
                for (at, text) in any_of.iter().enumerate() {
                    if at > 0 {
                        f.write_str(",")?;
                    }
                    write_text(f, text, !text.text.contains(','))?;
                }
                Ok(())
            }
            Test::Number(field, range) => {
                f.write_str(Field::Number(*field).name())?;
                match range {
                    Range::Exactly(number) => write!(f, ":{number}"),
                    Range::MoreThan(number) => write!(f, ">{number}"),
                    Range::AtLeast(number) => write!(f, ">={number}"),
                    Range::LessThan(number) => write!(f, "<{number}"),
                    Range::AtMost(number) => write!(f, "<={number}"),
                    Range::Between(from, to) => write!(f, ":{from}..{to}"),
                }
            }
            Test::Day(field, range) => {
                write!(f, "{}{range}", Field::Day(*field).name())
            }
            Test::Has(field) => {
                f.write_str("has:")?;
                write_field(f, field)
            }
            Test::Missing(field) => {
                f.write_str("missing:")?;
                write_field(f, field)
            }
            Test::Is(flag) => f.write_str(flag.name()),
        }
    }
}

/// Whether a word would be read as the field of a tag group.
fn starts_with_group(word: &str) -> bool {
    let start = word.get(..4);
    start.is_some_and(|start| start.eq_ignore_ascii_case("tag."))
}

fn write_field(f: &mut Formatter<'_>, field: &Field) -> fmt::Result {
    f.write_str(field.name())?;
    let Field::Text(TextField::Tag(Some(group))) = field else {
        return Ok(());
    };
    f.write_str(".")?;
    let is_bare = is_word(group) && !group.contains([':', '=', '<', '>']);
    match is_bare {
        true => f.write_str(group),
        false => write_quoted(f, group),
    }
}

fn write_text(f: &mut Formatter<'_>, text: &Text, may_be_bare: bool) -> fmt::Result {
    match may_be_bare && is_word(&text.text) && !text.text.ends_with('*') {
        true => f.write_str(&text.text)?,
        false => write_quoted(f, &text.text)?,
    }
    f.write_str(if text.begins { "*" } else { "" })
}

fn is_word(text: &str) -> bool {
    !text.is_empty() && !text.contains(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '"'))
}

fn write_quoted(f: &mut Formatter<'_>, text: &str) -> fmt::Result {
    f.write_str("\"")?;
    for c in text.chars() {
        if matches!(c, '"' | '\\') {
            f.write_str("\\")?;
        }
        write!(f, "{c}")?;
    }
    f.write_str("\"")
}
