//! The content of an entry, before it has an id, dates or states.

use outlay_pleo::EntrySupplier;
use outlay_pleo::status::{EntryFamily, EntrySubFamily};

use crate::sample_data::catalogue::{ExpenseKind, PURCHASES, SUPPLIERS};
use crate::sample_data::rng::SeededRng;
use crate::sample_data::vendors;

/// The content of an entry before it gets people, ids and dates.
#[derive(Debug)]
pub struct EntryDraft {
    /// Family of the entry.
    pub family: EntryFamily,
    /// Subfamily of the entry, if it has one.
    pub sub_family: Option<EntrySubFamily>,
    /// Amount in euro cents with the entry's sign.
    pub cents: i64,
    /// Code of the account; `None` for an entry without one.
    pub account: Option<&'static str>,
    /// Note of the employee.
    pub note: Option<String>,
    /// Supplier data, for invoices.
    pub supplier: Option<EntrySupplier>,
    /// Whether an employee made the purchase.
    pub personal: bool,
    /// Whether it may be in a foreign currency.
    pub abroad: bool,
    /// Whether it may have participants.
    pub shared: bool,
}

impl EntryDraft {
    /// Draws the content of one entry, the family by fixed weights (64 % card purchases).
    pub fn random(rng: &mut SeededRng) -> EntryDraft {
        const FAMILIES: &[(u64, EntryFamily)] = &[
            (640, EntryFamily::CardPurchase),
            (85, EntryFamily::OutOfPocket),
            (45, EntryFamily::Mileage),
            (35, EntryFamily::PerDiem),
            (50, EntryFamily::Reimbursement),
            (70, EntryFamily::BillInvoice),
            (35, EntryFamily::BillInvoicePayment),
            (16, EntryFamily::Wallet),
            (8, EntryFamily::Cashback),
            (6, EntryFamily::PleoInvoice),
            (6, EntryFamily::CreditNote),
            (2, EntryFamily::BalanceAmendment),
            (2, EntryFamily::Overdraft),
        ];
        let family = rng.weighted(FAMILIES).cloned();
        match family.unwrap_or(EntryFamily::CardPurchase) {
            EntryFamily::OutOfPocket => purchase(EntryFamily::OutOfPocket, rng),
            EntryFamily::Mileage => mileage(rng),
            EntryFamily::PerDiem => per_diem(rng),
            EntryFamily::BillInvoice => invoice(EntryFamily::BillInvoice, 1, rng),
            EntryFamily::CreditNote => invoice(EntryFamily::CreditNote, -1, rng),
            EntryFamily::CardPurchase => purchase(EntryFamily::CardPurchase, rng),
            other => booking(other, rng),
        }
    }
}

fn purchase(family: EntryFamily, rng: &mut SeededRng) -> EntryDraft {
    let card = family == EntryFamily::CardPurchase;
    let kinds: Vec<(u64, &ExpenseKind)> =
        PURCHASES.iter().map(|kind| (kind.weight, kind)).collect();
    let Some(kind) = rng.weighted(&kinds).copied() else {
        return booking(family, rng);
    };
    let (low, high) = kind.cents;
    // Small amounts are commoner than large ones.
    let cents = rng.between(low, high).min(rng.between(low, high));
    let refund = card && rng.permille(35);
    let withdrawal = card && rng.permille(6);
    EntryDraft {
        sub_family: if withdrawal {
            Some(EntrySubFamily::Atm)
        } else {
            card.then(|| kind.sub_family())
        },
        note: remark(kind, refund, withdrawal, rng),
        cents: if refund { -cents } else { cents },
        account: (!withdrawal).then_some(kind.account),
        supplier: None,
        personal: true,
        abroad: true,
        shared: kind.shared,
        family,
    }
}

fn remark(
    kind: &ExpenseKind,
    refund: bool,
    withdrawal: bool,
    rng: &mut SeededRng,
) -> Option<String> {
    // Signs that a spreadsheet would run, a line break, letters of other scripts.
    const ODD: &[&str] = &[
        "+1 guest at the table",
        "-10 % voucher used",
        "=2 tickets, one for Thyra",
        "@ trade fair, hall 4",
        "Two items:\nglue, tape",
        "東京 showroom, samples",
        "thanks 🙏",
        "A rather long remark, since the office asked that every purchase of this kind says who \
         wanted it, what it is for, and to which project it should be charged in the end",
    ];
    let seller = rng.text(kind.sellers);
    let words = rng.text(kind.notes);
    let odd = rng.permille(12).then(|| rng.text(ODD));
    if rng.permille(30) {
        return None;
    }
    Some(match (odd, withdrawal, refund, words) {
        (Some(odd), ..) => odd.to_owned(),
        (_, true, ..) => "Cash withdrawal".to_owned(),
        (_, _, true, _) => format!("{seller} – refund"),
        (_, _, _, "") => seller.to_owned(),
        _ => format!("{seller} – {words}"),
    })
}

fn mileage(rng: &mut SeededRng) -> EntryDraft {
    let place = rng.text(&[
        "the client",
        "the airport",
        "the workshop",
        "the trade fair",
        "the supplier",
        "the warehouse",
    ]);
    let km = rng.between(6, 420);
    EntryDraft {
        cents: km * 48,
        account: Some("6500"),
        note: Some(format!("{km} km, {place} and back")),
        ..plain(EntryFamily::Mileage)
    }
}

fn per_diem(rng: &mut SeededRng) -> EntryDraft {
    let place = rng.text(&["Hamburg", "Oslo", "Lyon", "Gdańsk", "Leeds", "Akureyri"]);
    let days = rng.between(1, 5);
    let plural = if days == 1 { "" } else { "s" };
    EntryDraft {
        cents: days * 6_200,
        account: Some("6600"),
        note: Some(format!("Per diem, {days} day{plural} in {place}")),
        ..plain(EntryFamily::PerDiem)
    }
}

fn invoice(family: EntryFamily, sign: i64, rng: &mut SeededRng) -> EntryDraft {
    let at = usize::try_from(rng.below(SUPPLIERS.len() as u64)).unwrap_or(0);
    let seller = SUPPLIERS.get(at).copied().unwrap_or_default();
    let number = rng.between(10_000, 99_999);
    let word = if sign < 0 { "Credit note" } else { "Invoice" };
    EntryDraft {
        cents: sign * rng.between(6_000, 940_000).min(rng.between(6_000, 940_000)),
        account: Some("6700"),
        note: Some(format!("{seller} – {word} {number}")),
        supplier: Some(EntrySupplier {
            document_number: Some(number.to_string()),
            document_type: Some(word.to_uppercase().replace(' ', "_")),
            external_account_number: Some(format!("C{:04}", rng.between(1, 40))),
            external_supplier_id: Some(vendors::external_id(at)),
            ..EntrySupplier::default()
        }),
        personal: false,
        abroad: true,
        ..plain(family)
    }
}

/// Money that moves between accounts, or between the company and Pleo.
fn booking(family: EntryFamily, rng: &mut SeededRng) -> EntryDraft {
    use EntrySubFamily as Sub;
    let (sub_family, note, low, high, personal) = match family {
        EntryFamily::Reimbursement if rng.permille(80) => {
            let sub = Sub::ReimbursementToCompany;
            (Some(sub), "Paid back to the company", -24_000, -900, true)
        }
        EntryFamily::Reimbursement if rng.permille(30) => {
            let sub = Sub::ReimbursementToEmployeeRefund;
            (Some(sub), "Reimbursement came back", -38_000, -1_200, true)
        }
        EntryFamily::Reimbursement => {
            let sub = Sub::ReimbursementToEmployee;
            (Some(sub), "Reimbursement", 1_200, 38_000, true)
        }
        EntryFamily::BillInvoicePayment if rng.permille(60) => {
            let sub = Sub::BillInvoicePaymentReturned;
            (
                Some(sub),
                "Payment of invoice came back",
                -300_000,
                -6_000,
                false,
            )
        }
        EntryFamily::BillInvoicePayment => (None, "Payment of invoice", 6_000, 700_000, false),
        EntryFamily::Wallet if rng.permille(120) => {
            let sub = Sub::Unload;
            (Some(sub), "Wallet unload", -900_000, -50_000, false)
        }
        EntryFamily::Wallet => (Some(Sub::Load), "Wallet load", 200_000, 4_000_000, false),
        EntryFamily::Cashback => (None, "Cashback", -9_000, -200, false),
        EntryFamily::PleoInvoice => (Some(Sub::PleoInvoice), "Subscription", 9_900, 39_900, false),
        EntryFamily::Overdraft => (Some(Sub::Interest), "Overdraft interest", 150, 4_000, false),
        _ => (
            Some(Sub::Fee),
            "Correction of the balance",
            -2_500,
            2_500,
            false,
        ),
    };
    EntryDraft {
        sub_family,
        cents: rng.between(low, high),
        note: Some(note.to_owned()),
        personal,
        ..plain(family)
    }
}

fn plain(family: EntryFamily) -> EntryDraft {
    EntryDraft {
        family,
        sub_family: None,
        cents: 0,
        account: None,
        note: None,
        supplier: None,
        personal: true,
        abroad: false,
        shared: false,
    }
}
