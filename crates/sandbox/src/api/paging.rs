//! One page of a list: the parameters, and the page object.

use std::collections::BTreeMap;

use outlay_pleo::Pagination;
use outlay_pleo::paging::RequestEcho;
use outlay_pleo::status::PageOrder;
use outlay_wire::Value;

use crate::api::call::{ApiResponse, SandboxCall};
use crate::api::cursor;
use crate::api::problem::ApiError;
use crate::params::Params;

/// The most rows of a page.
const LARGEST_LIMIT: usize = 100;

/// The validated paging parameters of a request.
#[derive(Debug)]
pub struct PageQuery {
    anchor: PageAnchor,
    limit: usize,
    /// Sort keys with their directions, as in the request.
    pub sorting: Vec<(String, PageOrder)>,
    /// The list for which cursors are valid.
    list: String,
    echo: RequestEcho,
}

#[derive(Debug)]
enum PageAnchor {
    Offset(usize),
    After(String),
    Before(String),
}

/// Limits of a list's page size, in rows.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    /// Smallest valid `limit`.
    pub least: usize,
    /// Page size of a request without `limit`.
    pub default: usize,
}

/// Pleo states 20 for entries, and nothing for most lists.
pub const USUAL: Bounds = Bounds {
    least: 1,
    default: 20,
};

/// Bounds of the Export API, which accepts `limit=0`.
pub const EXPORT: Bounds = Bounds { least: 0, ..USUAL };

/// Bounds of receipts: 1 to 100, default 10.
pub const RECEIPTS: Bounds = Bounds {
    default: 10,
    ..USUAL
};

impl PageQuery {
    /// Reads the parameters of a call. `keys` are the fields that its list can be sorted by.
    ///
    /// # Errors
    ///
    /// 400, naming the parameter.
    pub fn read(
        call: &SandboxCall<'_>,
        keys: &[&str],
        bounds: Bounds,
    ) -> Result<PageQuery, ApiError> {
        let params = &call.query;
        let (before, after) = (single(params, "before")?, single(params, "after")?);
        let skip = single(params, "offset")?.map(number).transpose()?;
        let anchor = match (before, after) {
            (None, None) => PageAnchor::Offset(skip.unwrap_or(0)),
            (_, Some(cursor)) => PageAnchor::After(cursor.to_owned()),
            (Some(cursor), None) => PageAnchor::Before(cursor.to_owned()),
        };
        let limit = single(params, "limit")?.map(number).transpose()?;
        let limit = limit.unwrap_or(bounds.default);
        let least = bounds.least;
        if !(least..=LARGEST_LIMIT).contains(&limit) {
            let message = format!("limit must be {least} to {LARGEST_LIMIT}.");
            return Err(ApiError::invalid(message));
        }
        let sorting = sorting(params, keys)?;
        Ok(PageQuery {
            echo: echo(params, &anchor, limit, skip, &sorting),
            anchor,
            limit,
            sorting,
            list: call.list_name(),
        })
    }

    /// Returns a text that is equal for equal orders, for cursors.
    pub fn order_name(&self) -> String {
        let each = |(key, order): &(String, PageOrder)| format!("{key} {order};");
        self.sorting.iter().map(each).collect()
    }

    /// Returns the page of these rows. `place` returns the index of a row, or the index that it had
    /// if it was removed; `item` converts a row to JSON.
    ///
    /// # Errors
    ///
    /// 400: a cursor that is not of this list.
    pub fn page(
        self,
        rows: &[usize],
        place: impl Fn(usize) -> Option<Result<usize, usize>>,
        item: impl Fn(usize) -> Option<String>,
    ) -> Result<ApiResponse, ApiError> {
        let list = cursor::fingerprint(&format!("{} {}", self.list, self.order_name()));
        let total = rows.len();
        let find = |text: &str| {
            let row = cursor::read(text, list);
            row.and_then(&place)
                .ok_or_else(|| ApiError::invalid("The cursor is not one of this list."))
        };
        let (start, end) = match &self.anchor {
            PageAnchor::Offset(rows) => (*rows, rows.saturating_add(self.limit)),
            PageAnchor::After(text) => {
                let start = find(text)?.map_or_else(|next| next, |own| own + 1);
                (start, start + self.limit)
            }
            PageAnchor::Before(text) => {
                let end = find(text)?.unwrap_or_else(|next| next);
                (end.saturating_sub(self.limit), end)
            }
        };
        let (start, end) = (start.min(total), end.min(total));
        let shown = rows.get(start..end).unwrap_or_default();
        let cursor = |row: Option<&usize>| row.map(|row| cursor::write(*row, list));
        let echo = outlay_wire::to_text(&self.echo);
        let pagination = outlay_wire::to_text(&Pagination {
            has_next_page: end < total,
            has_previous_page: start > 0 && total > 0,
            start_cursor: cursor(shown.first()),
            end_cursor: cursor(shown.last()),
            total: i64::try_from(total).ok(),
            current_request_pagination: outlay_wire::from_text(&echo).unwrap_or_default(),
        });
        let data: Vec<String> = shown.iter().filter_map(|row| item(*row)).collect();
        let data = data.join(",");
        Ok(ApiResponse::text(format!(
            "{{\"data\":[{data}],\"pagination\":{pagination}}}"
        )))
    }
}

fn single<'a>(params: &'a Params, name: &'static str) -> Result<Option<&'a str>, ApiError> {
    params
        .one(name)
        .map_err(|_| ApiError::invalid(format!("{name} stands more than once.")))
}

fn number(text: &str) -> Result<usize, ApiError> {
    text.parse()
        .map_err(|_| ApiError::invalid("limit and offset must be whole numbers from 0 on."))
}

fn sorting(params: &Params, known: &[&str]) -> Result<Vec<(String, PageOrder)>, ApiError> {
    let keys: Vec<&str> = params.all("sorting_keys").collect();
    let orders: Vec<&str> = params.all("sorting_order").collect();
    if !orders.is_empty() && orders.len() != keys.len() {
        let message = "sorting_order needs one value for each of sorting_keys.";
        return Err(ApiError::invalid(message));
    }
    if keys.iter().any(|key| !known.contains(key)) {
        let known = if known.is_empty() {
            "nothing".to_owned()
        } else {
            known.join(", ")
        };
        let message = format!("sorting_keys: this list can be sorted by {known}.");
        return Err(ApiError::invalid(message));
    }
    let mut sorting = Vec::new();
    for (at, key) in keys.iter().enumerate() {
        let order = PageOrder::from(orders.get(at).copied().unwrap_or("ASC"));
        sorting.push(((*key).to_owned(), order));
    }
    Ok(sorting)
}

fn echo(
    params: &Params,
    anchor: &PageAnchor,
    limit: usize,
    skip: Option<usize>,
    sorting: &[(String, PageOrder)],
) -> RequestEcho {
    let mut echo = RequestEcho {
        limit: i32::try_from(limit).ok(),
        offset: skip.and_then(|rows| i64::try_from(rows).ok()),
        sorting_keys: Some(sorting.iter().map(|(key, _)| key.clone()).collect()),
        sorting_order: Some(sorting.iter().map(|(_, order)| order.clone()).collect()),
        ..RequestEcho::default()
    };
    match anchor {
        PageAnchor::After(text) => echo.after = Some(text.clone()),
        PageAnchor::Before(text) => echo.before = Some(text.clone()),
        PageAnchor::Offset(_) => {}
    }
    let mut parameters = BTreeMap::<_, Vec<_>>::new();
    for (name, value) in params.pairs() {
        parameters
            .entry(name.clone())
            .or_default()
            .push(value.clone());
    }
    let listed = |values: Vec<String>| Value::List(values.into_iter().map(Value::Text).collect());
    let parameters = parameters.into_iter();
    echo.parameters = Value::Object(
        parameters
            .map(|(name, values)| (name, listed(values)))
            .collect(),
    );
    echo
}
