//! One page of a list: the parameters, and the page object.

use std::collections::BTreeMap;

use outlay_pleo::paging::RequestEcho;
use outlay_pleo::status::PageOrder;
use outlay_pleo::{Page, Pagination};
use outlay_wire::Value;

use crate::api::cursor;
use crate::api::problem::ApiError;
use crate::params::Params;
use crate::world::ledger::View;

/// Rows of a page where the request does not say. Pleo states it for entries only.
const DEFAULT_LIMIT: usize = 20;
/// The most rows of a page.
const LARGEST_LIMIT: usize = 100;

/// The paging part of a request, checked.
#[derive(Debug)]
pub struct PageQuery {
    anchor: Anchor,
    limit: usize,
    /// The sorting, as asked for.
    pub sorting: Vec<(String, PageOrder)>,
    echo: RequestEcho,
}

#[derive(Debug)]
enum Anchor {
    Offset(usize),
    After(String),
    Before(String),
}

impl PageQuery {
    /// Reads the parameters. `keys` are the fields that the list can be sorted by; `offset` says
    /// whether it can be entered by a number.
    ///
    /// # Errors
    ///
    /// 400, naming the parameter.
    pub fn read(params: &Params, keys: &[&str], offset: bool) -> Result<PageQuery, ApiError> {
        let (before, after) = (single(params, "before")?, single(params, "after")?);
        let skip = single(params, "offset")?;
        if skip.is_some() && !offset {
            return Err(ApiError::invalid("This list takes no offset."));
        }
        let skip = skip.map(number).transpose()?;
        let anchor = match (before, after, skip) {
            (None, None, None) => Anchor::Offset(0),
            (None, None, Some(rows)) => Anchor::Offset(rows),
            (None, Some(cursor), None) => Anchor::After(cursor.to_owned()),
            (Some(cursor), None, None) => Anchor::Before(cursor.to_owned()),
            _ => {
                let message = "before, after and offset exclude one another.";
                return Err(ApiError::invalid(message));
            }
        };
        let limit = single(params, "limit")?.map(number).transpose()?;
        let limit = limit.unwrap_or(DEFAULT_LIMIT);
        if !(1..=LARGEST_LIMIT).contains(&limit) {
            return Err(ApiError::invalid("limit must be 1 to 100."));
        }
        let sorting = sorting(params, keys)?;
        Ok(PageQuery {
            echo: echo(params, &anchor, limit, skip, &sorting),
            anchor,
            limit,
            sorting,
        })
    }

    /// The name of the order, for cursors.
    pub fn order_name(&self) -> String {
        let each = |(key, order): &(String, PageOrder)| format!("{key} {order};");
        self.sorting.iter().map(each).collect()
    }

    /// The page of a view.
    ///
    /// # Errors
    ///
    /// 400: a cursor that is not of this list.
    pub fn page<T>(
        self,
        view: &View,
        item: impl Fn(usize) -> Option<T>,
    ) -> Result<Page<T>, ApiError> {
        let order = cursor::fingerprint(&self.order_name());
        let total = view.rows().len();
        let place = |text: &str| {
            let row = cursor::read(text, order);
            row.and_then(|row| view.place(row))
                .ok_or_else(|| ApiError::invalid("The cursor is not one of this list."))
        };
        let (start, end) = match &self.anchor {
            Anchor::Offset(rows) => (*rows, rows.saturating_add(self.limit)),
            Anchor::After(text) => {
                let start = place(text)? + 1;
                (start, start + self.limit)
            }
            Anchor::Before(text) => {
                let end = place(text)?;
                (end.saturating_sub(self.limit), end)
            }
        };
        let (start, end) = (start.min(total), end.min(total));
        let rows = view.rows().get(start..end).unwrap_or_default();
        let cursor = |row: Option<&usize>| row.map(|row| cursor::write(*row, order));
        Ok(Page {
            data: rows.iter().filter_map(|row| item(*row)).collect(),
            pagination: Pagination {
                has_next_page: end < total,
                has_previous_page: start > 0 && total > 0,
                start_cursor: cursor(rows.first()),
                end_cursor: cursor(rows.last()),
                total: i64::try_from(total).ok(),
                current_request_pagination: outlay_wire::from_text(&outlay_wire::to_text(
                    &self.echo,
                ))
                .unwrap_or_default(),
            },
        })
    }
}

/// A parameter that may stand once.
///
/// # Errors
///
/// 400: it stands more than once.
pub fn single<'a>(params: &'a Params, name: &'static str) -> Result<Option<&'a str>, ApiError> {
    params
        .one(name)
        .map_err(|_| ApiError::invalid(format!("{name} stands more than once.")))
}

fn number(text: &str) -> Result<usize, ApiError> {
    text.parse()
        .map_err(|_| ApiError::invalid("limit and offset must be whole numbers."))
}

fn sorting(params: &Params, known: &[&str]) -> Result<Vec<(String, PageOrder)>, ApiError> {
    let keys: Vec<&str> = params.all("sorting_keys").collect();
    let orders: Vec<&str> = params.all("sorting_order").collect();
    if !orders.is_empty() && orders.len() != keys.len() {
        let message = "sorting_order needs one value for each of sorting_keys.";
        return Err(ApiError::invalid(message));
    }
    let mut sorting = Vec::new();
    for (at, key) in keys.iter().enumerate() {
        let order = PageOrder::from(orders.get(at).copied().unwrap_or("ASC"));
        let strange = matches!(order, PageOrder::Other(_));
        if strange || !known.contains(key) {
            return Err(ApiError::invalid(format!("Cannot sort by {key} {order}.")));
        }
        sorting.push(((*key).to_owned(), order));
    }
    Ok(sorting)
}

fn echo(
    params: &Params,
    anchor: &Anchor,
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
        Anchor::After(text) => echo.after = Some(text.clone()),
        Anchor::Before(text) => echo.before = Some(text.clone()),
        Anchor::Offset(_) => {}
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
