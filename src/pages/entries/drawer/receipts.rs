//! The receipts of the entry: images in the page where the configuration allows it, and links.

use leptos::prelude::*;
use outlay_pleo::receipt::Receipt;
use outlay_pleo::time::Timestamp;

use crate::components::external_text::ExternalText;
use crate::components::list_notes::IncompleteList;
use crate::components::messages::SEPARATOR;
use crate::components::messages::drawer as labels;
use crate::effect::effect;
use crate::pages::entry_receipts::{LINK_LIFETIME, ReceiptDisplay, display, host};
use crate::pages::refusal::refusal;
use crate::platform::intl;
use crate::session::Session;
use crate::session::company_data::CompanyData;
use crate::session::load::Load;

/// The receipts of an entry.
#[component]
pub fn Receipts(
    /// The id of the entry.
    id: String,
) -> impl IntoView {
    let company_data = expect_context::<CompanyData>();
    let session = expect_context::<Session>();
    let id = StoredValue::new(id);
    effect(move || id.with_value(|id| company_data.load_receipts(id)));
    let again = move || id.with_value(|id| company_data.reload_receipts(id));
    let list = Memo::new(move |_| {
        company_data.receipts.with(|receipts| {
            let is_own = id.with_value(|id| *id == receipts.entry);
            match is_own {
                true => receipts.list.clone(),
                false => Load::Loading,
            }
        })
    });
    let incomplete = Memo::new(move |_| list.with(|list| list.ready()?.1.incomplete().cloned()));
    let is_expired = Memo::new(move |_| {
        session.tick.track();
        company_data
            .receipts
            .with(|receipts| receipts.since.elapsed() >= LINK_LIFETIME)
    });
    let shown = move || match list.get() {
        Load::Idle | Load::Loading => {
            view! { <p class="fine" role="status">{labels::LOADING_RECEIPTS}</p> }.into_any()
        }
        Load::Failed(app_error) => refusal(app_error, again),
        Load::Ready((receipts, _)) if receipts.is_empty() => {
            view! { <p class="fine">{labels::NO_RECEIPT_FILES}</p> }.into_any()
        }
        Load::Ready((receipts, _)) => {
            let origins = origins(session);
            let all = receipts.len();
            let items = receipts.into_iter().enumerate().map(|(at, receipt)| {
                let place = (at + 1, all);
                let display = display(&receipt, &origins);
                item(
                    receipt,
                    display,
                    place,
                    is_expired,
                    Callback::new(move |()| again()),
                )
            });
            view! { <ul class="receipts">{items.collect_view()}</ul> }.into_any()
        }
    };
    view! {
        <section class="entry-receipts" aria-labelledby="receipts-title">
            <h3 id="receipts-title">{labels::RECEIPTS_TITLE}</h3>
            <IncompleteList list=incomplete what=labels::RECEIPT_ROWS again=Callback::new(move |()| again()) />
            {move || shown()}
        </section>
    }
}

/// The origins that images may be shown from.
fn origins(session: Session) -> Vec<String> {
    let profile = session
        .view
        .with_untracked(|view| view.live().map(|live| live.profile.clone()));
    let profile = profile.and_then(|id| session.profile(&id));
    profile.map_or_else(Vec::new, |profile| profile.receipt_origins)
}

/// One receipt; `place` is its number and how many there are.
fn item(
    receipt: Receipt,
    display: ReceiptDisplay,
    (number, all): (usize, usize),
    is_expired: Memo<bool>,
    again: Callback<()>,
) -> AnyView {
    let url = StoredValue::new(receipt.url.clone());
    let is_broken = RwSignal::new(false);
    let reason = match &display {
        ReceiptDisplay::Image => None,
        ReceiptDisplay::PdfInTab => Some(labels::PDF_IN_TAB.to_owned()),
        ReceiptDisplay::OtherInTab => Some(labels::OTHER_IN_TAB.to_owned()),
        ReceiptDisplay::UnnamedOriginInTab(origin) => Some(labels::unnamed_origin(origin)),
        ReceiptDisplay::NoLink => Some(labels::NO_LINK.to_owned()),
    };
    let is_image = display == ReceiptDisplay::Image;
    let image = move || {
        (is_image && !is_broken.get() && !is_expired.get()).then(|| {
            view! {
                <img
                    src=url.get_value() alt=labels::receipt_image(number, all) referrerpolicy="no-referrer" decoding="async"
                    on:error=move |_| is_broken.set(true)
                />
            }
            .into_any()
        })
    };
    let fetch = move || {
        view! { <button type="button" class="quiet" on:click=move |_| again.run(())>{labels::FETCH_LINK_AGAIN}</button> }
    };
    let link = move || {
        let host = url.with_value(|url| host(url).map(str::to_owned))?;
        if is_expired.get() {
            let expired = view! {
                <p class="note" role="status">{labels::EXPIRED}</p>
                {fetch()}
            };
            return Some(expired.into_any());
        }
        let broken = is_broken
            .get()
            .then(|| view! { <p class="note" role="status">{labels::NOT_SHOWN}</p> {fetch()} });
        let link = view! {
            {broken}
            <p>
                <a href=url.get_value() target="_blank" rel="noopener noreferrer" aria-label=labels::open_receipt(number, all)>
                    {labels::OPEN_IN_TAB}
                </a>
                " " <span class="fine"><ExternalText text=host /></span>
            </p>
        };
        Some(link.into_any())
    };
    view! {
        <li>
            {move || image()}
            <p class="fine"><ExternalText text=about(&receipt) /></p>
            {move || link()}
            {reason.map(|words| view! { <p class="fine" prop:textContent=words></p> })}
        </li>
    }
    .into_any()
}

/// Type, size and date as Pleo states them.
fn about(receipt: &Receipt) -> String {
    let bytes = usize::try_from(receipt.size_in_bytes).unwrap_or(0);
    let size = intl::count(bytes.div_ceil(1_000));
    let parts = [
        labels::file_type(receipt.mime_type.as_str()),
        labels::kilobytes(&size),
        intl::minute(&Timestamp::from(&*receipt.created_at)),
    ];
    parts.join(SEPARATOR)
}
