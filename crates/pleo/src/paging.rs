//! The envelopes around Pleo's answers.

use outlay_wire::{Reading, Value, Wire, Writer, record};

use crate::number::whole;
use crate::status::PageOrder;
use crate::time::Timestamp;

/// The envelope of a single object: `{"data": …}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope<T> {
    /// The object inside `data`.
    pub data: T,
}

record!(Envelope<T> { data = "data" });

/// One page of a list: `{"data": […], "pagination": …}`. Each record is read on its own: one that is
/// faulty is listed in [`PageFacts::unreadable`] and takes nothing else along.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page<T> {
    /// The rows of this page that have the documented shape, in the server's order.
    pub data: Vec<T>,
    /// Pagination, counts and the rows that could not be read.
    pub facts: PageFacts,
}

/// Facts about a page apart from its readable rows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageFacts {
    /// The page's `pagination` object: cursors and flags.
    pub pagination: Pagination,
    /// Number of rows in `data`, readable or not.
    pub rows: usize,
    /// The rows that do not have the documented shape.
    pub unreadable: Vec<Unreadable>,
    /// Rows that were read although a value has another form than documented, such as an amount as
    /// text.
    pub lenient: Vec<Unreadable>,
}

/// A record without the documented shape: its id and the first field that differs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Unreadable {
    /// Its `id`; `None` if that is no text, or empty.
    pub id: Option<String>,
    /// The path of its first field of another form, for example `transactionValue.minors`; empty
    /// where the record is no object.
    pub field: String,
    /// Its `performedAt`, which is the place of an entry in its list; `None` if that is no text.
    pub performed_at: Option<Timestamp>,
}

impl Unreadable {
    fn of(json: &Value) -> Unreadable {
        let text = |name| json.get(name).and_then(Value::as_str).map(str::to_owned);
        Unreadable {
            id: text("id").filter(|id| !id.is_empty()),
            field: String::new(),
            performed_at: text("performedAt").map(Timestamp::from),
        }
    }
}

impl<T> Page<T> {
    /// JSON names of the fields, in the order in which they are written.
    pub const FIELDS: &'static [&'static str] = &["data", "pagination"];

    /// Makes a page of rows that are all readable.
    pub fn new(data: Vec<T>, pagination: Pagination) -> Page<T> {
        let facts = PageFacts {
            pagination,
            rows: data.len(),
            ..PageFacts::default()
        };
        Page { data, facts }
    }
}

impl<T: Wire> Wire for Page<T> {
    fn write(&self, out: &mut Writer) {
        out.open();
        out.field("data", &self.data);
        out.field("pagination", &self.facts.pagination);
        out.close();
    }

    fn take(mut json: Value, reading: &mut Reading) -> Page<T> {
        reading.require(json.as_object().is_some());
        let rows: Vec<Value> = match json.take("data") {
            Value::List(rows) => rows,
            // Nothing instead of a list is no empty list.
            _ => {
                reading.fail_field("data");
                Vec::new()
            }
        };
        let mut page = Page::new(Vec::with_capacity(rows.len()), Pagination::default());
        page.facts.rows = rows.len();
        for row in rows {
            let mut record = Unreadable::of(&row);
            let mut own = Reading::default();
            let value = T::take(row, &mut own);
            if let Some(field) = own.lenient() {
                field.clone_into(&mut record.field);
                if own.fault().is_none() {
                    page.facts.lenient.push(record.clone());
                }
            }
            match own.into_fault() {
                Some(field) => page.facts.unreadable.push(Unreadable { field, ..record }),
                None => page.data.push(value),
            }
        }
        page.facts.pagination = reading.field(&mut json, "pagination");
        page
    }
}

/// Where a page lies in its list. Only [`Pagination::has_next_page`] must be there: every other value
/// that cannot be read counts as absent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pagination {
    /// Whether the list has rows after this page.
    pub has_next_page: bool,
    /// Whether the list has rows before this page.
    pub has_previous_page: bool,
    /// Cursor of the page's first row, for `before`.
    pub start_cursor: Option<String>,
    /// The cursor of the last row; the next page is asked for with `after` and this value.
    pub end_cursor: Option<String>,
    /// Number of rows in the whole list; Pleo may leave it out.
    pub total: Option<i64>,
    /// The request as Pleo understood it: a [`RequestEcho`], which no caller needs to read.
    pub current_request_pagination: Value,
}

impl Pagination {
    /// JSON names of the fields, in the order in which they are written.
    pub const FIELDS: &'static [&'static str] = &[
        "hasNextPage",
        "hasPreviousPage",
        "startCursor",
        "endCursor",
        "total",
        "currentRequestPagination",
    ];

    /// Returns the cursor of the next page: `endCursor` while there is one. `None` at the end, and if
    /// Pleo promises a next page without a cursor.
    pub fn next_cursor(&self) -> Option<&str> {
        let cursor = self.end_cursor.as_deref().filter(|_| self.has_next_page);
        cursor.filter(|cursor| !cursor.is_empty())
    }
}

impl Wire for Pagination {
    fn write(&self, out: &mut Writer) {
        out.open();
        out.field("hasNextPage", &self.has_next_page);
        out.field("hasPreviousPage", &self.has_previous_page);
        out.field("startCursor", &self.start_cursor);
        out.field("endCursor", &self.end_cursor);
        out.field("total", &self.total);
        out.field("currentRequestPagination", &self.current_request_pagination);
        out.close();
    }

    fn take(mut json: Value, reading: &mut Reading) -> Pagination {
        reading.require(json.as_object().is_some());
        let text = |json: Value| json.as_str().map(str::to_owned);
        Pagination {
            has_next_page: reading.field(&mut json, "hasNextPage"),
            has_previous_page: json.take("hasPreviousPage").as_bool() == Some(true),
            start_cursor: text(json.take("startCursor")),
            end_cursor: text(json.take("endCursor")),
            total: whole(&json.take("total")),
            current_request_pagination: json.take("currentRequestPagination"),
        }
    }
}

/// The paging parameters of the request, as the response repeats them (`currentRequestPagination`).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RequestEcho {
    /// JSON object: each query parameter with the list of its values.
    pub parameters: Value,
    /// The `before` cursor of the request: the page ends before its row.
    pub before: Option<String>,
    /// The `after` cursor of the request: the page starts after its row.
    pub after: Option<String>,
    /// Number of skipped rows in the request.
    pub offset: Option<i64>,
    /// Page size of the request, in rows.
    pub limit: Option<i32>,
    /// Fields by which the rows are sorted, the first being the most significant.
    pub sorting_keys: Option<Vec<String>>,
    /// Sort direction of each key in `sorting_keys`.
    pub sorting_order: Option<Vec<PageOrder>>,
}

record!(RequestEcho {
    parameters = "parameters", before = "before", after = "after", offset = "offset",
    limit = "limit", sorting_keys = "sortingKeys", sorting_order = "sortingOrder",
});
