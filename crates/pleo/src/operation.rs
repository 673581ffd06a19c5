//! The calls that are made, each with its method, path and scope.

/// The methods of Pleo's API.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Method {
    /// Read.
    #[default]
    Get,
    /// Create, or a custom verb such as `:search`.
    Post,
    /// Replace.
    Put,
    /// Remove.
    Delete,
}

outlay_wire::words!(Method { Get = "GET", Post = "POST", Put = "PUT", Delete = "DELETE" });

impl Method {
    /// As it stands in a request line.
    pub fn as_str(self) -> &'static str {
        self.word()
    }
}

/// One call of Pleo's API.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Operation {
    /// A short name, unique among [`OPERATIONS`].
    pub name: &'static str,
    /// The method.
    pub method: Method,
    /// The path below the API base; `{…}` stands for an id.
    pub path: &'static str,
    /// The scope that the token needs; none where any token will do.
    pub scope: Option<&'static str>,
    /// Whether it only reads, and so may be sent again after 429 or 503.
    pub reads: bool,
}

/// Who the token speaks for. Any token will do; no scope is documented.
pub const INTROSPECT: Operation = Operation {
    name: "introspect",
    method: Method::Get,
    path: "/v1/introspect",
    scope: None,
    reads: true,
};

/// The companies that the token can see.
pub const COMPANIES: Operation = Operation {
    name: "companies",
    method: Method::Get,
    path: "/v1/companies",
    scope: Some("companies:read"),
    reads: true,
};

/// One company.
pub const COMPANY: Operation = Operation {
    name: "company",
    method: Method::Get,
    path: "/v1/companies/{companyId}",
    scope: Some("companies:read"),
    reads: true,
};

/// The employees that the token can see.
pub const EMPLOYEES: Operation = Operation {
    name: "employees",
    method: Method::Get,
    path: "/v2/employees",
    scope: Some("users:read"),
    reads: true,
};

/// One employee.
pub const EMPLOYEE: Operation = Operation {
    name: "employee",
    method: Method::Get,
    path: "/v2/employees/{employeeId}",
    scope: Some("users:read"),
    reads: true,
};

/// A search of the accounting entries. Its scope is inferred; see [`crate::scope`].
pub const SEARCH_ENTRIES: Operation = Operation {
    name: "search-entries",
    method: Method::Post,
    path: "/v1/accounting-entries:search",
    scope: Some("accounting-entries:read"),
    reads: true,
};

/// One accounting entry. Its scope is inferred; see [`crate::scope`].
pub const ENTRY: Operation = Operation {
    name: "entry",
    method: Method::Get,
    path: "/v1/accounting-entries/{accountingEntryId}",
    scope: Some("accounting-entries:read"),
    reads: true,
};

/// The removal of the client's own installation, which ends every access and refresh token of the
/// client. Its scope is not documented.
pub const DELETE_INSTALLATION: Operation = Operation {
    name: "delete-installation",
    method: Method::Delete,
    path: "/v1/installations/me",
    scope: None,
    reads: false,
};

/// All of them.
pub const OPERATIONS: &[Operation] = &[
    INTROSPECT,
    COMPANIES,
    COMPANY,
    EMPLOYEES,
    EMPLOYEE,
    SEARCH_ENTRIES,
    ENTRY,
    DELETE_INSTALLATION,
];
