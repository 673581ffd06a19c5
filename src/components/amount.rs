//! An amount on a page.

use leptos::prelude::*;
use outlay_pleo::{Currency, Money};

use crate::platform::intl;

/// The attribute that [`super::copied_amounts`] reads: minor units and currency, for example
/// `-123450 SEK`.
pub const ATTRIBUTE: &str = "data-amount";

/// The class of an amount whose currency is shown elsewhere.
pub const BARE: &str = "bare";

/// The amount in the format of the browser's locale. Copying it yields a plain number.
#[component]
pub fn Amount(
    /// The amount.
    money: Money,
    /// Whether its currency is shown elsewhere, for example above a column.
    #[prop(optional)]
    bare: bool,
) -> impl IntoView {
    let text = if bare {
        intl::amount(&money)
    } else {
        intl::money(&money)
    };
    let minors = [&*money.minors.to_string(), " ", money.currency.as_str()].concat();
    view! {
        <data class="figures" class:bare=bare translate="no" value=money.decimal() data-amount=minors prop:textContent=text></data>
    }
}

/// Parses the attribute; `None` if it is malformed.
pub fn parse(attribute: &str) -> Option<Money> {
    let (minors, currency) = attribute.split_once(' ')?;
    Some(Money {
        minors: minors.parse().ok()?,
        currency: Currency::new(currency)?,
    })
}
