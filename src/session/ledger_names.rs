//! Loads what the ids in entries stand for: accounts, tax codes, tags and suppliers, each by id, so that
//! archived ones are found too.

use outlay_codes::ErrorCode;
use outlay_pleo::account::AccountFilter;
use outlay_pleo::id::CompanyId;
use outlay_pleo::number::Decimal;
use outlay_pleo::operation::{SEARCH_ACCOUNTS, SEARCH_TAGS, SEARCH_TAX_CODES, SEARCH_VENDORS};
use outlay_pleo::request::tag_groups::Include;
use outlay_pleo::request::{
    ApiRequest, EntryOwner, OutOfBounds, Slice, accounts, tag_groups, tags, tax_codes, vendors,
};
use outlay_pleo::tag::one::TagFilter;
use outlay_pleo::tax_code::TaxCodeFilter;
use outlay_pleo::vendor::VendorFilter;
use outlay_pleo::{Envelope, Incomplete, ListProgress, Page, scope};
use outlay_table::names::{Coded, LedgerIds, LedgerNames};
use outlay_vault::client::VaultClient;
use outlay_wire::record;

use super::app_error::AppError;
use super::call::ask;
use crate::messages::name_kinds as messages;
pub use crate::messages::name_kinds::NameKind;

/// Ids in one request, and rows of one page; Pleo states no limit for most of these lists.
const PAGE: usize = 100;

const ACCOUNTS: NameKind = (messages::ACCOUNTS, SEARCH_ACCOUNTS.scope);
const TAX_CODES: NameKind = (messages::TAX_CODES, SEARCH_TAX_CODES.scope);
const TAGS: NameKind = (messages::TAGS, SEARCH_TAGS.scope);
const SUPPLIERS: NameKind = (messages::SUPPLIERS, SEARCH_VENDORS.scope);

/// The kinds whose scope is not among the granted ones. None if the server does not say what it has
/// granted.
pub fn not_granted(granted: &[String]) -> Vec<NameKind> {
    let lacks = |(_, needed): &NameKind| {
        let Some(needed) = needed else { return false };
        !scope::spellings(needed).any(|name| granted.iter().any(|scope| scope == name))
    };
    let mut kinds = vec![ACCOUNTS, TAX_CODES, TAGS, SUPPLIERS];
    kinds.retain(|kind| !granted.is_empty() && lacks(kind));
    kinds
}

/// The fields that accounts, tax codes, tags and suppliers of the API share.
struct Named {
    id: String,
    external_id: Option<String>,
    code: Option<String>,
    name: Option<String>,
    /// Of a tax code, as a fraction.
    rate: Option<Decimal>,
}

record!(Named { id = "id", external_id = "externalId", code = "code", name = "name", rate = "rate" });

/// The kinds of names that could not be loaded, each with the reason.
pub type NamesFailed = Vec<(&'static str, AppError)>;

/// The kinds that some of `ids` are of.
pub fn kinds_of(ids: &LedgerIds) -> impl Iterator<Item = &'static str> {
    let kinds = [
        (ACCOUNTS, ids.accounts.is_empty()),
        (TAX_CODES, ids.tax_codes.is_empty()),
        (TAGS, ids.tags.is_empty() && ids.tag_groups.is_empty()),
        (SUPPLIERS, ids.suppliers.is_empty()),
    ];
    let used = kinds.into_iter().filter(|(_, is_empty)| !is_empty);
    used.map(|((kind, _), _)| kind)
}

/// Adds names; the found ones replace earlier ones.
pub fn merge(names: &mut LedgerNames, found: LedgerNames) {
    names.accounts.extend(found.accounts);
    names.tax_codes.extend(found.tax_codes);
    names.tax_rates.extend(found.tax_rates);
    names.tag_groups.extend(found.tag_groups);
    names.tags.extend(found.tags);
    names.suppliers.extend(found.suppliers);
    names.supplier_codes.extend(found.supplier_codes);
}

/// Marks the ids that have no name at Pleo, so that they are not asked for again; those of kinds that
/// `failed` stay to be asked for.
pub fn mark_asked(names: &mut LedgerNames, ids: LedgerIds, failed: impl Fn(&str) -> bool) {
    if !failed(ACCOUNTS.0) {
        for id in ids.accounts {
            names.accounts.entry(id).or_default();
        }
    }
    if !failed(TAX_CODES.0) {
        for id in ids.tax_codes {
            names.tax_codes.entry(id).or_default();
        }
    }
    if !failed(TAGS.0) {
        for id in ids.tags {
            names.tags.entry(id).or_default();
        }
        for id in ids.tag_groups {
            let text = id.to_string();
            names.tag_groups.entry(id).or_insert(text);
        }
    }
    if !failed(SUPPLIERS.0) {
        for id in ids.suppliers {
            names.suppliers.entry(id).or_default();
        }
    }
}

/// Where the requests go.
pub struct NameSource {
    /// The vault's client.
    pub client: VaultClient,
    /// The connection's id.
    pub connection: String,
    /// The company.
    pub company: CompanyId,
}

/// Loads the names of `ids` except those of the kinds in `without`. Kinds that fail are returned with
/// the reason; their names are missing.
pub async fn load(
    source: &NameSource,
    ids: LedgerIds,
    without: &[NameKind],
) -> (LedgerNames, NamesFailed) {
    let mut names = LedgerNames::default();
    let mut failed = Vec::new();
    let company = &source.company;
    let wanted = |kind: NameKind| !without.contains(&kind);
    if wanted(ACCOUNTS) {
        let request = |ids: Vec<_>, slice: &Slice| {
            let filter = AccountFilter {
                company_id: company.clone(),
                exclude_if_assigned_to_category: false,
                exclude_if_assigned_to_contra_account: false,
                archived: None,
                codes: None,
                code: None,
                external_id: None,
                ids: Some(ids),
                name: None,
            };
            Ok(accounts::search(slice, &filter))
        };
        let result = source.every(ids.accounts, request, |it| {
            names
                .accounts
                .insert(it.id.as_str().into(), it.coded())
                .is_none()
        });
        failed.extend(result.await.err().map(|app_error| (ACCOUNTS.0, app_error)));
    }
    if wanted(TAX_CODES) {
        let request = |ids: Vec<_>, slice: &Slice| {
            let filter = TaxCodeFilter {
                tax_code_ids: Some(ids),
                ..TaxCodeFilter::default()
            };
            Ok(tax_codes::search(company, slice, &filter))
        };
        let result = source.every(ids.tax_codes, request, |it| {
            if let Some(rate) = it.rate.clone() {
                names.tax_rates.insert(it.id.as_str().into(), rate);
            }
            names
                .tax_codes
                .insert(it.id.as_str().into(), it.coded())
                .is_none()
        });
        failed.extend(result.await.err().map(|app_error| (TAX_CODES.0, app_error)));
    }
    if wanted(TAGS) && !(ids.tags.is_empty() && ids.tag_groups.is_empty()) {
        let request = |ids: Vec<_>, slice: &Slice| {
            let filter = TagFilter {
                include_archived: Some(true),
                tag_ids: Some(ids),
                ..TagFilter::default()
            };
            Ok(tags::search(
                &EntryOwner::Company(company.clone()),
                slice,
                &filter,
            ))
        };
        // Those of groups whose name is known may still lack theirs.
        let groups = match ids.tag_groups.is_empty() {
            true => Ok(()),
            false => source.tag_groups(&mut names).await,
        };
        let result = source.every(ids.tags, request, |it| {
            names
                .tags
                .insert(it.id.as_str().into(), it.coded())
                .is_none()
        });
        let app_error = groups.err().or(result.await.err());
        failed.extend(app_error.map(|app_error| (TAGS.0, app_error)));
    }
    if wanted(SUPPLIERS) {
        let request = |ids: Vec<_>, slice: &Slice| {
            let filter = VendorFilter {
                external_ids: Some(ids),
                ..VendorFilter::default()
            };
            vendors::search(company, slice, &filter)
        };
        let result = source.every(ids.suppliers, request, |it| {
            if let (Some(id), Some(code)) = (&it.external_id, &it.code) {
                names.supplier_codes.insert(id.clone(), code.clone());
            }
            let known = it.external_id.zip(it.name);
            known.is_none_or(|(id, name)| names.suppliers.insert(id, name).is_none())
        });
        failed.extend(result.await.err().map(|app_error| (SUPPLIERS.0, app_error)));
    }
    (names, failed)
}

impl Named {
    fn coded(self) -> Coded {
        Coded {
            code: self.code,
            name: self.name,
        }
    }
}

impl NameSource {
    async fn tag_groups(&self, names: &mut LedgerNames) -> Result<(), AppError> {
        let with = Include {
            archived: true,
            ..Include::default()
        };
        let request = tag_groups::list(&EntryOwner::Company(self.company.clone()), with);
        let all: Envelope<Vec<Named>> = ask(&self.client, &self.connection, request).await?;
        let named = all
            .data
            .into_iter()
            .filter_map(|it| Some((it.id.as_str().into(), it.name?)));
        names.tag_groups.extend(named);
        Ok(())
    }

    /// Asks for all of `ids`, some at a time. `take` stores each record and returns whether it is new.
    async fn every<Id: Clone>(
        &self,
        ids: impl IntoIterator<Item = Id>,
        request: impl Fn(Vec<Id>, &Slice) -> Result<ApiRequest, OutOfBounds>,
        mut take: impl FnMut(Named) -> bool,
    ) -> Result<(), AppError> {
        let mut ids = ids.into_iter().peekable();
        while ids.peek().is_some() {
            let some: Vec<Id> = ids.by_ref().take(PAGE).collect();
            let mut list = ListProgress::default();
            while !list.is_over() {
                #[expect(clippy::cast_possible_truncation, reason = "a small number")]
                let slice = Slice::after(list.cursor(), PAGE as u32);
                let request = request(some.clone(), &slice);
                let request = request.map_err(|_| AppError::of(ErrorCode::ApiBadRequest))?;
                let page: Page<Named> = ask(&self.client, &self.connection, request).await?;
                let readable = page.data.into_iter().map(&mut take);
                let new = readable.filter(|new| *new).count() + page.facts.unreadable.len();
                list.take(&page.facts, new);
            }
            match list.incomplete() {
                None | Some(Incomplete::Unreadable { .. }) => {}
                Some(_) => return Err(AppError::of(ErrorCode::ApiMalformed)),
            }
        }
        Ok(())
    }
}
