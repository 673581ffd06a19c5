//! End-to-end tests: the built site, served by the sandbox under its production headers, in a real
//! browser. The tests themselves are in `tests/`; this is what they stand on.
//!
//! Reading order:
//!
//! 1. [`stage`]: one test from start to finish: its processes, its deadline, its audit.
//! 2. [`sandbox`], at its [`addresses`], and [`driver`]: the two processes behind a test, and
//!    [`processes`]: the end of all of a driver's; [`host`]: a third, where another program than the
//!    sandbox serves the site; [`fault`]: how the sandbox can be made to misbehave.
//! 3. [`browser`]: windows, scripts, console.
//! 4. [`page`] and [`login`]: the product's pages and the sandbox's, through their contracts.
//! 5. [`files`]: what the page offers to be saved; [`port`]: the page's own port to the vault, as the hooks caught it; [`vault`]: the vault's
//!    clock and its end.
//! 6. [`audit`]: the search for tokens in every place that could keep one.
//! 7. [`axe`]: the search for what keeps people out of a page.
//! 8. [`soak`]: minutes of everything at once, by chance; [`devtools`]: what the vault weighs.
//! 9. [`interop`]: the same site before authorization servers of other authors.
//! 10. [`mod@bench`]: measured page loads, side by side with those of a React app, and Lighthouse.
//!
//! | variable | what it names | default |
//! | --- | --- | --- |
//! | `OUTLAY_SITE` | the built site | `dist` in the repository |
//! | `OUTLAY_SANDBOX` | the sandbox's binary | `target/debug/outlay-sandbox` |
//! | `OUTLAY_AXE` | axe-core's script | none |
//! | `OUTLAY_BROWSER` | `chromium` or `firefox` | `chromium` |
//! | `OUTLAY_HOST` | `sandbox`, `nginx`, `caddy`, `nginx-proxy`, `caddy-proxy` | `sandbox` |
//! | `OUTLAY_SITE_DELAY` | milliseconds that each WebAssembly file is late on the sandbox's host: finds tests that read a page before its chunk is there | 0 |
//! | `OUTLAY_FAILURES` | the file that each failed test appends a line to: its name and the reason | none |
//! | `OUTLAY_XTASK` | the program that writes the hosts' files | `target/debug/xtask` |
//! | `NGINX`, `CADDY` | these programs | what is on `PATH` |
//! | `CHROME`, `CHROMEDRIVER` | Chromium and its driver | what is on `PATH` |
//! | `OUTLAY_NODE` | Node.js | none |
//! | `OUTLAY_BENCH_PEER` | the React app's sources with their packages | none |
//! | `OUTLAY_LIGHTHOUSE` | the folder with the package `lighthouse` | none |
//! | `FIREFOX`, `GECKODRIVER` | Firefox and its driver | what is on `PATH` |

pub mod addresses;
pub mod audit;
pub mod axe;
pub mod bench;
pub mod browser;
pub mod devtools;
pub mod driver;
pub mod fault;
pub mod files;
pub mod host;
pub mod interop;
pub mod locations;
pub mod login;
pub mod page;
pub mod port;
pub mod processes;
pub mod sandbox;
pub mod soak;
pub mod stage;
pub mod vault;
pub mod wait;

/// What a step of a test brings.
pub type Outcome<T = ()> = Result<T, Box<dyn std::error::Error + Send + Sync>>;
