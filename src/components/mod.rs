//! One component per file; its style sheet in `style/` has the same name.

pub mod chip_words;
pub mod entry_words;
pub mod grid_keys;

#[cfg(target_arch = "wasm32")]
pub mod alert;
#[cfg(target_arch = "wasm32")]
pub mod band;
#[cfg(target_arch = "wasm32")]
pub mod chart;
#[cfg(target_arch = "wasm32")]
pub mod chip;
#[cfg(target_arch = "wasm32")]
pub mod connect;
#[cfg(target_arch = "wasm32")]
pub mod drawer;
#[cfg(target_arch = "wasm32")]
pub mod grid;
#[cfg(target_arch = "wasm32")]
pub mod heading;
#[cfg(target_arch = "wasm32")]
pub mod lifetime;
#[cfg(target_arch = "wasm32")]
pub mod problems;
#[cfg(target_arch = "wasm32")]
pub mod progress;
#[cfg(target_arch = "wasm32")]
pub mod rail;
#[cfg(target_arch = "wasm32")]
pub mod scopes;
#[cfg(target_arch = "wasm32")]
pub mod theme;
#[cfg(target_arch = "wasm32")]
pub mod topbar;
