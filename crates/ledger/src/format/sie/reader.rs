//! Reads SIE 4I under the rules that imports enforce.

use outlay_pleo::time::Date;

use crate::mapping::{DateForm, Mapping, SieSettings};
use crate::read::{Read, ReadError, ReadRow, check_group_balances, code_page, values};

/// Reads a file.
///
/// # Errors
///
/// The first break of a rule: bytes, order and form of the items, lengths of texts, or sums.
pub fn read(bytes: &[u8], mapping: &Mapping, settings: &SieSettings) -> Read<Vec<ReadRow>> {
    let text = code_page::cp437(bytes)?;
    if !text.ends_with('\n') {
        return Err(ReadError::new(
            "read_line_end",
            0,
            "The last line does not end.",
        ));
    }
    let mut reader = Reader {
        mapping,
        settings,
        heads: Vec::new(),
        voucher: None,
        open: false,
        vouchers: Vec::new(),
        rows: Vec::new(),
    };
    for (at, line) in text.lines().enumerate() {
        reader.line(line, at + 1)?;
    }
    if reader.open || reader.voucher.is_some() {
        return Err(ReadError::new(
            "read_order",
            0,
            "The last voucher is not closed.",
        ));
    }
    let heads: Vec<&str> = reader.heads.iter().map(String::as_str).collect();
    for needed in [
        "#FLAGGA", "#PROGRAM", "#FORMAT", "#GEN", "#SIETYP", "#FNAMN",
    ] {
        if !heads.contains(&needed) {
            return Err(ReadError::new(
                "read_header",
                0,
                format!("{needed} is missing."),
            ));
        }
    }
    if heads.first() != Some(&"#FLAGGA") {
        return Err(ReadError::new("read_order", 1, "#FLAGGA comes first."));
    }
    check_group_balances(&reader.rows)?;
    Ok(reader.rows)
}

/// A field of a line.
#[derive(Debug, PartialEq, Eq)]
enum Item {
    /// Without quotation marks.
    Bare(String),
    /// In quotation marks.
    Quoted(String),
    /// A list in braces.
    List(Vec<String>),
}

impl Item {
    fn text(&self) -> &str {
        match self {
            Item::Bare(text) | Item::Quoted(text) => text,
            Item::List(_) => "",
        }
    }
}

struct Voucher {
    group: String,
    date: Date,
    rows: usize,
}

struct Reader<'a> {
    mapping: &'a Mapping,
    settings: &'a SieSettings,
    heads: Vec<String>,
    voucher: Option<Voucher>,
    open: bool,
    vouchers: Vec<String>,
    rows: Vec<ReadRow>,
}

impl Reader<'_> {
    fn line(&mut self, text: &str, line: usize) -> Read<()> {
        let wrong = |code, message: &str| Err(ReadError::new(code, line, message));
        match (text, &self.voucher, self.open) {
            ("{", Some(_), false) => self.open = true,
            ("}", Some(voucher), true) => {
                if voucher.rows < 2 {
                    return wrong("read_order", "A voucher has fewer than two rows.");
                }
                self.open = false;
                self.voucher = None;
            }
            (_, Some(_), false) => {
                return wrong("read_order", "A voucher's rows follow in braces.");
            }
            _ => {
                let items = items(text, line)?;
                let label = items.first().map(Item::text).unwrap_or_default().to_owned();
                match (label.as_str(), self.open) {
                    ("#TRANS", true) => self.row(&items, line)?,
                    (_, true) => {
                        return wrong("read_order", "Inside a voucher there are rows only.");
                    }
                    ("#VER", false) => self.begin(&items, line)?,
                    (_, false) => self.head(&label, &items, line)?,
                }
            }
        }
        Ok(())
    }

    fn head(&mut self, label: &str, items: &[Item], line: usize) -> Read<()> {
        let wrong = |message: &str| {
            Err(ReadError::new(
                "read_header",
                line,
                format!("{label}: {message}"),
            ))
        };
        if !self.vouchers.is_empty() {
            return wrong("comes before the vouchers.");
        }
        if label != "#DIM" && self.heads.iter().any(|head| head == label) {
            return wrong("is there twice.");
        }
        let value = items.get(1);
        let bare = |wanted: &str| value == Some(&Item::Bare(wanted.to_owned())) && items.len() == 2;
        let sound = match label {
            "#FLAGGA" => bare("0"),
            "#FORMAT" => bare("PC8"),
            "#SIETYP" => bare("4"),
            "#GEN" => {
                values::date(value.map_or("", Item::text), DateForm::Compact, line)?;
                items.len() == 2
            }
            "#PROGRAM" => items.len() == 3,
            "#ORGNR" => match value {
                Some(Item::Bare(number)) => {
                    let digits = |text: &str, count: usize| {
                        text.len() == count && text.bytes().all(|one| one.is_ascii_digit())
                    };
                    matches!(number.split_once('-'), Some((first, last)) if digits(first, 6) && digits(last, 4))
                }
                _ => false,
            },
            "#FNAMN" => items.len() == 2 && !value.map_or("", Item::text).is_empty(),
            "#VALUTA" => value.map_or("", Item::text) == self.mapping.base.as_str(),
            "#DIM" => items.len() == 3,
            _ => return wrong("is not allowed in a file of vouchers for import."),
        };
        if !sound {
            return wrong("has another form.");
        }
        self.heads.push(label.to_owned());
        Ok(())
    }

    fn begin(&mut self, items: &[Item], line: usize) -> Read<()> {
        let [_, series, number, date, text, registered] = items else {
            return Err(ReadError::new(
                "read_columns",
                line,
                "#VER has five fields.",
            ));
        };
        let date = values::date(date.text(), DateForm::Compact, line)?;
        values::date(registered.text(), DateForm::Compact, line)?;
        self.check_text(text, line)?;
        let group = match (self.settings.numbered, number.text()) {
            (true, number) if !number.is_empty() => [series.text(), number].concat(),
            (false, "") => format!("voucher at line {line}"),
            _ => {
                return Err(ReadError::new(
                    "read_voucher",
                    line,
                    "The file and the mapping differ in whether vouchers have numbers.",
                ));
            }
        };
        if self.vouchers.contains(&group) && self.settings.numbered {
            return Err(ReadError::new(
                "read_voucher",
                line,
                format!("The voucher {group} is there twice."),
            ));
        }
        if self.vouchers.last() != Some(&group) {
            self.vouchers.push(group.clone());
        }
        let rows = 0;
        self.voucher = Some(Voucher { group, date, rows });
        Ok(())
    }

    fn row(&mut self, items: &[Item], line: usize) -> Read<()> {
        let [_, account, objects, amount, date, text] = items else {
            return Err(ReadError::new(
                "read_columns",
                line,
                "#TRANS has five fields.",
            ));
        };
        let account = values::filled(account.text(), "The account", line)?;
        if !account.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(ReadError::new(
                "read_account",
                line,
                "An account is a number.",
            ));
        }
        match objects {
            Item::List(list) if list.len().is_multiple_of(2) => {}
            _ => {
                return Err(ReadError::new(
                    "read_columns",
                    line,
                    "The objects are pairs in braces.",
                ));
            }
        }
        self.check_text(text, line)?;
        let currency = self.mapping.base;
        let amount = values::amount(amount.text(), '.', values::decimals(currency), line)?;
        let date = values::date(date.text(), DateForm::Compact, line)?;
        let Some(voucher) = &mut self.voucher else {
            return Err(ReadError::new(
                "read_order",
                line,
                "A row is outside a voucher.",
            ));
        };
        if date != voucher.date {
            return Err(ReadError::new(
                "read_date",
                line,
                "A row has another date than its voucher.",
            ));
        }
        voucher.rows += 1;
        self.rows.push(ReadRow {
            line,
            group: voucher.group.clone(),
            date,
            account,
            contra: None,
            amount,
            currency,
            text: text.text().to_owned(),
            tax_code: String::new(),
            computed: None,
        });
        Ok(())
    }

    fn check_text(&self, text: &Item, line: usize) -> Read<()> {
        let length = text.text().chars().count();
        if length == 0 || length > self.settings.longest_text {
            let message = format!(
                "A text has {length} characters, and may have 1 to {}.",
                self.settings.longest_text
            );
            return Err(ReadError::new("read_text", line, message));
        }
        Ok(())
    }
}

/// The fields of a line.
fn items(text: &str, line: usize) -> Read<Vec<Item>> {
    let wrong = |message: &str| ReadError::new("read_quotes", line, message);
    let mut items = Vec::new();
    let mut rest = text.trim_matches([' ', '\t']);
    if !rest.starts_with('#') {
        return Err(ReadError::new("read_order", line, "A line begins with #."));
    }
    while !rest.is_empty() {
        let (item, after) = if let Some(inside) = rest.strip_prefix('{') {
            let mut list = Vec::new();
            let mut inner = inside.trim_start_matches([' ', '\t']);
            while !inner.starts_with('}') {
                let (item, after) = field(inner).ok_or_else(|| wrong("A list is not closed."))?;
                list.push(item.text().to_owned());
                inner = after.trim_start_matches([' ', '\t']);
            }
            (Item::List(list), inner.get(1..).unwrap_or_default())
        } else {
            field(rest).ok_or_else(|| wrong("A quotation mark is not where the format has it."))?
        };
        if !after.is_empty() && !after.starts_with([' ', '\t']) {
            return Err(wrong("Fields are separated by spaces."));
        }
        items.push(item);
        rest = after.trim_start_matches([' ', '\t']);
    }
    Ok(items)
}

/// A field, and what follows. `None` if it has no end, or is empty without quotation marks.
fn field(text: &str) -> Option<(Item, &str)> {
    let Some(inside) = text.strip_prefix('"') else {
        let end = text.find([' ', '\t', '{', '}', '"']).unwrap_or(text.len());
        let (bare, after) = text.split_at_checked(end)?;
        return (!bare.is_empty()).then(|| (Item::Bare(bare.to_owned()), after));
    };
    let mut content = String::new();
    let mut escaped = false;
    for (at, one) in inside.char_indices() {
        match one {
            '"' if !escaped => return Some((Item::Quoted(content), inside.get(at + 1..)?)),
            '\\' if !escaped => escaped = true,
            // Only a quotation mark may be escaped, and braces are misread by some.
            one if escaped && one != '"' => return None,
            '{' | '}' => return None,
            one => {
                content.push(one);
                escaped = false;
            }
        }
    }
    None
}
