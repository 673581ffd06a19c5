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
    /// The entries.
    pub entries: Vec<Entry>,
    /// The ledger's own currency.
    pub base: Currency,
}

/// One entry. Every amount is in smallest units of [`Entry::currency`]; spend is positive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The accounting entry's id at Pleo.
    pub id: AccountingEntryId,
    /// The voucher number in the file: the journal of the mapping and [`Entry::number`].
    pub voucher: String,
    /// The number within the journal.
    pub number: u64,
    /// The bookkeeping date, as written, whatever its offset.
    pub date: Date,
    /// What kind of spend it is.
    pub kind: ExportItemType,
    /// The currency that is posted.
    pub currency: Currency,
    /// How the ledger names that currency.
    pub currency_code: String,
    /// The account on the other side.
    pub contra: Account,
    /// What leaves the contra account; negative for a refund.
    pub total: i64,
    /// The lines; at least one.
    pub lines: Vec<Line>,
    /// The account of a rounding line; empty if the mapping has none.
    pub rounding: String,
    /// Texts and codes for columns and templates.
    pub facts: Facts,
}

/// What an entry says beside its amounts. A field is empty if Pleo sends nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[allow(
    missing_docs,
    reason = "each field is the export item's field of that name"
)]
pub struct Facts {
    pub note: String,
    pub supplier: String,
    pub employee: String,
    pub employee_code: String,
    pub team: String,
    pub team_code: String,
    pub vendor: String,
    pub vendor_code: String,
    pub invoice: String,
    pub book_id: String,
}

/// An account of the ledger.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Account {
    /// What the file writes: a number, or a name where the ledger imports by name.
    pub code: String,
    /// Its name at Pleo.
    pub name: String,
}

/// One line of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The line's id at Pleo.
    pub id: EntryLineId,
    /// The account.
    pub account: Account,
    /// With tax.
    pub gross: i64,
    /// Without tax.
    pub net: i64,
    /// The tax.
    pub tax: Option<Tax>,
    /// The amount in the currency that was paid, in its smallest units. `None` if that currency has none.
    pub original: Option<(i64, Currency)>,
    /// The tags.
    pub tags: Vec<Tag>,
}

/// The tax of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tax {
    /// The ledger's tax code; empty if neither Pleo nor the mapping has one.
    pub code: String,
    /// The rate.
    pub rate: Rate,
    /// How it relates to the amount.
    pub kind: TaxType,
    /// The amount.
    pub amount: i64,
    /// The account of the tax that can be reclaimed.
    pub ingoing: String,
    /// The account of the tax that is owed under a reverse charge.
    pub outgoing: String,
}

/// A tag of a line.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tag {
    /// The code of its group.
    pub group: String,
    /// Its code.
    pub code: String,
}

/// How tax reaches the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Net amounts and a posting of their own for each tax.
    TaxLines,
    /// Gross amounts; the ledger computes the tax that they contain, if the line has a tax code.
    Gross,
    /// Net amounts; the ledger computes the tax and adds it.
    NetAndComputed,
}

/// What a posting is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// The line's account.
    Expense,
    /// The account of a line's tax.
    Tax,
    /// The other side.
    Contra,
    /// What rounding leaves.
    Rounding,
}

impl Role {
    /// The role as the column `kind` of a file has it.
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
    /// What it is for.
    pub role: Role,
    /// The account.
    pub account: Account,
    /// Debit positive, credit negative; never zero.
    pub amount: i64,
    /// What the ledger adds by itself as tax, with [`Style::NetAndComputed`].
    pub computed: i64,
    /// The index of the line in [`Entry::lines`].
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

    /// The postings for a format whose rows name both accounts: each of them stands against the contra
    /// account, which has no posting of its own.
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
