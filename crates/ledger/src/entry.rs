//! The journal between the export and the formats: entries, their lines, and the postings that they make.

use outlay_pleo::Currency;
use outlay_pleo::export::status::ExportItemType;
use outlay_pleo::id::{AccountingEntryId, EntryLineId};
use outlay_pleo::tax_code::TaxType;
use outlay_pleo::time::Date;

use crate::amount::Rate;

/// Entries that can all be written, ordered by date and id, so that the order of the answers of the API
/// changes no file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Journal {
    /// The entries in the order of the file.
    pub entries: Vec<Entry>,
    /// Base currency of the ledger, an ISO 4217 code.
    pub base: Currency,
}

/// One entry. Every amount is in smallest units of [`Entry::currency`]; spend is positive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Id of the accounting entry at Pleo.
    pub id: AccountingEntryId,
    /// The voucher number in the file: the journal of the mapping and [`Entry::number`].
    pub voucher: String,
    /// Voucher number, unique in the journal.
    pub number: u64,
    /// Bookkeeping date: the day in Pleo's text, without conversion to another zone.
    pub date: Date,
    /// Kind of item at Pleo.
    pub kind: ExportItemType,
    /// Currency of the postings.
    pub currency: Currency,
    /// Name of that currency in the ledger, which may differ from ISO 4217.
    pub currency_code: String,
    /// Contra account, for example the wallet's.
    pub contra: Account,
    /// Amount on the contra account in smallest units; negative for a refund.
    pub total: i64,
    /// Lines of the entry, at least one.
    pub lines: Vec<Line>,
    /// The account of a rounding line; empty if the mapping has none.
    pub rounding: String,
    /// Texts and codes for CSV columns and text templates.
    pub facts: Facts,
}

/// Texts and codes of an entry; each is empty if Pleo does not state it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    /// Note of the employee.
    pub note: String,
    /// Name of the supplier.
    pub supplier: String,
    /// Name of the employee.
    pub employee: String,
    /// Code of the employee in the payroll.
    pub employee_code: String,
    /// Name of the team.
    pub team: String,
    /// Code of the team.
    pub team_code: String,
    /// Name of the vendor.
    pub vendor: String,
    /// Code of the vendor in the ledger.
    pub vendor_code: String,
    /// Invoice number of the supplier.
    pub invoice: String,
    /// Pleo's book id, by which a bank line is matched.
    pub book_id: String,
}

/// An account of the ledger, as files name it.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Account {
    /// Number in the file, or name for ledgers that import by name.
    pub code: String,
    /// Name at Pleo.
    pub name: String,
}

/// One line of an entry, on one account. Spend is positive, a refund negative.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Id of the line at Pleo.
    pub id: EntryLineId,
    /// Account that the line is booked on.
    pub account: Account,
    /// Amount with tax, in smallest units.
    pub gross: i64,
    /// Amount without tax, in smallest units.
    pub net: i64,
    /// Tax of the line; `None` without a tax code.
    pub tax: Option<Tax>,
    /// The amount in the currency that was paid, in its smallest units. `None` if that currency has none.
    pub original: Option<(i64, Currency)>,
    /// Tags of the line, at most five.
    pub tags: Vec<Tag>,
}

/// Tax of one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tax {
    /// The ledger's tax code; empty if neither Pleo nor the mapping has one.
    pub code: String,
    /// Rate as a fraction.
    pub rate: Rate,
    /// Whether the tax is inside the amount, on top of it, or under reverse charge.
    pub kind: TaxType,
    /// Tax amount in smallest units.
    pub amount: i64,
    /// Account of reclaimable (input) tax.
    pub ingoing: String,
    /// Account of tax owed under reverse charge.
    pub outgoing: String,
}

/// A tag of one line.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tag {
    /// Code of the tag group.
    pub group: String,
    /// Code of the tag.
    pub code: String,
}

/// How a file states tax.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Net amounts, with a separate posting for each tax.
    TaxLines,
    /// Gross amounts; the ledger computes the tax that they contain, if the line has a tax code.
    Gross,
    /// Net amounts; the ledger adds the tax that it computes from the tax code.
    NetAndComputed,
}

/// The purpose of a posting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// On the account of a line.
    Expense,
    /// On the account of a line's tax.
    Tax,
    /// On the contra account.
    Contra,
    /// On the rounding account.
    Rounding,
}

impl Role {
    /// Returns the role as the CSV column `kind` states it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Expense => "expense",
            Role::Tax => "tax",
            Role::Contra => "contra",
            Role::Rounding => "rounding",
        }
    }
}

/// One amount on one account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posting {
    /// Purpose of the posting.
    pub role: Role,
    /// Account of the posting.
    pub account: Account,
    /// Amount in smallest units: debit positive, credit negative, never 0.
    pub amount: i64,
    /// Tax that the ledger adds under [`Style::NetAndComputed`], in smallest units.
    pub computed: i64,
    /// Index in [`Entry::lines`]; `None` for contra and rounding postings.
    pub line: Option<usize>,
}

impl Entry {
    /// The postings, the contra account's last but for a rounding line. Their amounts and computed taxes
    /// add up to zero. Postings of zero are left out; the result is empty if all are zero.
    #[must_use]
    pub fn postings(&self, style: Style) -> Vec<Posting> {
        let mut postings = Vec::new();
        let mut put = |role, code: &str, name: &str, amount, computed, line| {
            if amount != 0 {
                let (code, name) = (code.to_owned(), name.to_owned());
                postings.push(Posting {
                    role,
                    account: Account { code, name },
                    amount,
                    computed,
                    line,
                });
            }
        };
        for (at, line) in self.lines.iter().enumerate() {
            let (code, name, line_at) = (&line.account.code, &line.account.name, Some(at));
            let computed = line.computed_tax();
            match style {
                Style::Gross => put(Role::Expense, code, name, line.gross, 0, line_at),
                Style::NetAndComputed => {
                    put(Role::Expense, code, name, line.net, computed, line_at);
                }
                Style::TaxLines => {
                    put(Role::Expense, code, name, line.net, 0, line_at);
                    if let Some(tax) = &line.tax {
                        put(Role::Tax, &tax.ingoing, "", tax.amount, 0, line_at);
                        if tax.kind == TaxType::Reverse {
                            put(Role::Tax, &tax.outgoing, "", -tax.amount, 0, line_at);
                        }
                    }
                }
            }
        }
        put(
            Role::Contra,
            &self.contra.code,
            &self.contra.name,
            -self.total,
            0,
            None,
        );
        let left: i64 = postings.iter().map(|one| one.amount + one.computed).sum();
        if left != 0 {
            postings.push(Posting {
                role: Role::Rounding,
                account: Account {
                    code: self.rounding.clone(),
                    name: String::new(),
                },
                amount: -left,
                computed: 0,
                line: None,
            });
        }
        postings
    }

    /// Returns the postings for a format whose rows name both accounts. The contra account is the second
    /// account of every row and has no posting of its own.
    #[must_use]
    pub fn pairs(&self) -> Vec<Posting> {
        let mut postings = self.postings(Style::Gross);
        postings.retain(|posting| posting.role != Role::Contra);
        postings
    }
}

impl Line {
    /// The tax that a ledger computes of the net amount, and adds to it. A reverse charge adds none.
    #[must_use]
    pub fn computed_tax(&self) -> i64 {
        match &self.tax {
            Some(tax) if tax.kind != TaxType::Reverse => tax.rate.of_net(self.net),
            _ => 0,
        }
    }
}
