//! Writes CSV with free columns.

use crate::amount::exponent;
use crate::entry::{Journal, Role};
use crate::format::cells::{Cells, amount, date};
use crate::format::texts::Texts;
use crate::format::{Part, Row, postings};
use crate::mapping::{Column, ColumnValue, CsvEncoding, CsvSettings, Field, Mapping};
use crate::template::render;
use crate::text::{Charset, TextRules};

pub(crate) fn write(
    journal: &Journal,
    mapping: &Mapping,
    settings: &CsvSettings,
    texts: &mut Texts,
) -> Vec<Part> {
    let writer = Writer {
        mapping,
        settings,
        rules: rules(settings),
    };
    let mut cells = Cells::new(settings.separator.character());
    let mut places = Vec::new();
    if settings.header {
        for column in &settings.columns {
            let rules = TextRules {
                formulas: false,
                longest: None,
                ..writer.rules
            };
            cells.put(&texts.fit_fixed(&rules, "header", &column.header));
        }
        cells.end_row();
    }
    for (at, entry) in journal.entries.iter().enumerate() {
        for (posting_at, posting) in postings(entry, mapping).iter().enumerate() {
            let row = Row::of(entry, posting);
            for column in &settings.columns {
                cells.put(&writer.cell(column, &row, texts));
            }
            places.push((cells.end_row(), at, posting_at));
        }
    }
    let mut bytes = writer.rules.charset.encode(&cells.into_text());
    if settings.encoding == CsvEncoding::Utf8Mark {
        bytes.splice(0..0, *b"\xef\xbb\xbf");
    }
    vec![Part { bytes, places }]
}

fn rules(settings: &CsvSettings) -> TextRules {
    TextRules {
        charset: match settings.encoding {
            CsvEncoding::Cp1252 => Charset::Cp1252,
            CsvEncoding::Utf8 | CsvEncoding::Utf8Mark => Charset::Utf8,
        },
        longest: settings.longest_text,
        replaced: &[],
        formulas: true,
    }
}

struct Writer<'a> {
    mapping: &'a Mapping,
    settings: &'a CsvSettings,
    rules: TextRules,
}

impl Writer<'_> {
    fn cell(&self, column: &Column, row: &Row<'_>, texts: &mut Texts) -> String {
        match &column.value {
            ColumnValue::Fixed(fixed) => {
                let rules = TextRules {
                    formulas: false,
                    ..self.rules
                };
                texts.fit_fixed(&rules, &column.header, fixed)
            }
            ColumnValue::Tag(group) => {
                let tags = row.line.iter().flat_map(|line| &line.tags);
                let codes: Vec<&str> = tags
                    .filter(|tag| tag.group == *group)
                    .map(|tag| tag.code.as_str())
                    .collect();
                codes.join(" ")
            }
            ColumnValue::Field { field, switched } => {
                self.field(*field, *switched, column, row, texts)
            }
        }
    }

    fn field(
        &self,
        field: Field,
        switched: bool,
        column: &Column,
        row: &Row<'_>,
        texts: &mut Texts,
    ) -> String {
        let (entry, posting) = (row.entry, row.posting);
        let digits = exponent(entry.currency).unwrap_or_default();
        let sign = if switched { -1 } else { 1 };
        let written =
            |minors: i64, digits| amount(sign * minors, digits, self.settings.decimal_comma);
        let of_line = row.line.filter(|_| posting.role == Role::Expense);
        let tax = row.line.and_then(|line| line.tax.as_ref());
        match field {
            Field::Voucher => entry.voucher.clone(),
            Field::Entry => entry.id.to_string(),
            Field::Line => row.line.map(|line| line.id.to_string()).unwrap_or_default(),
            Field::Date => date(entry.date, self.settings.dates),
            Field::Account => posting.account.code.clone(),
            Field::ContraAccount => match posting.role {
                Role::Contra => String::new(),
                _ => entry.contra.code.clone(),
            },
            Field::Amount => written(posting.amount, digits),
            Field::Debit if posting.amount > 0 => written(posting.amount, digits),
            Field::Credit if posting.amount < 0 => written(-posting.amount, digits),
            Field::Debit | Field::Credit => String::new(),
            Field::NetAmount => of_line
                .map(|line| written(line.net, digits))
                .unwrap_or_default(),
            Field::TaxAmount => match of_line.and_then(|line| line.tax.as_ref()) {
                Some(tax) => written(tax.amount, digits),
                None => String::new(),
            },
            Field::TaxCode => tax.map(|tax| tax.code.clone()).unwrap_or_default(),
            Field::TaxRate => tax
                .map(|tax| self.rate(&tax.rate.text()))
                .unwrap_or_default(),
            Field::Currency => entry.currency_code.clone(),
            Field::OriginalAmount => match of_line.and_then(|line| line.original) {
                Some((minors, currency)) => written(minors, exponent(currency).unwrap_or_default()),
                None => String::new(),
            },
            Field::OriginalCurrency => match of_line.and_then(|line| line.original) {
                Some((_, currency)) => currency.to_string(),
                None => String::new(),
            },
            Field::Text => texts.of_row(&self.rules, &column.header, row, self.mapping),
            Field::Kind => posting.role.as_str().to_owned(),
            other => {
                let text = self.fact(other, row);
                texts.fit(&self.rules, &column.header, entry, None, &text)
            }
        }
    }

    fn rate(&self, text: &str) -> String {
        match self.settings.decimal_comma {
            true => text.replace('.', ","),
            false => text.to_owned(),
        }
    }

    fn fact(&self, field: Field, row: &Row<'_>) -> String {
        let facts = &row.entry.facts;
        let text = match field {
            Field::AccountName => &row.posting.account.name,
            Field::Type => return row.entry.kind.as_str().to_owned(),
            Field::Document => return render(&self.mapping.texts.document, row.entry, row.line),
            Field::Note => &facts.note,
            Field::Supplier => &facts.supplier,
            Field::Employee => &facts.employee,
            Field::EmployeeCode => &facts.employee_code,
            Field::Team => &facts.team,
            Field::TeamCode => &facts.team_code,
            Field::Vendor => &facts.vendor,
            Field::VendorCode => &facts.vendor_code,
            Field::Invoice => &facts.invoice,
            Field::BookId => &facts.book_id,
            _ => return String::new(),
        };
        text.clone()
    }
}
