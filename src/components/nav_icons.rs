//! The icons of the navigation, as path data of SVG in a square of 16 units, drawn with a stroke.

/// The icon of the button for the links that are not in the bar of a narrow screen.
pub const MORE: &str = "M3.5 8h.01M8 8h.01M12.5 8h.01";

/// Returns the icon of the page with this path in the route table; a sheet of paper for a page
/// without one of its own.
pub fn of_path(path: &str) -> &'static str {
    match path {
        "/" => "M2.5 13.5h11M4.5 11V7M8 11V3.5M11.5 11V5.5",
        "/entries" => "M5.5 4h8M5.5 8h8M5.5 12h8M2.5 4h.01M2.5 8h.01M2.5 12h.01",
        "/exports" => "M8 10V2.5M5 5.5l3-3 3 3M2.5 10v3.5h11V10",
        "/directory/*" => {
            "M6 7.5A2.25 2.25 0 106 3a2.25 2.25 0 000 4.5M2 13c0-2.2 1.8-4 4-4s4 1.8 4 4M10.5 3.2a2.25 \
             2.25 0 010 4.1M14 13c0-1.8-1-3.2-2.5-3.8"
        }
        "/snapshot" => "M2.5 5.5h11v8h-11zM4 3.5h8M5.5 1.5h5",
        "/api" => "M5.5 3.5L2 8l3.5 4.5M10.5 3.5L14 8l-3.5 4.5",
        "/webhooks" => "M8 2.5v6.5a2.5 2.5 0 11-2.5 2.5M5 5.5l3-3 3 3",
        "/inspect" => "M8 4.5V8l2.5 1.5M8 14A6 6 0 108 2a6 6 0 000 12",
        "/check" => "M1.5 8h3l2-4.5 3 9 2-4.5h3",
        "/storage" => {
            "M3 4c0-1.1 2.2-2 5-2s5 .9 5 2-2.2 2-5 2-5-.9-5-2v8c0 1.1 2.2 2 5 2s5-.9 5-2V4M3 8c0 1.1 \
             2.2 2 5 2s5-.9 5-2"
        }
        "/settings" => "M2.5 5h6M11.5 5h2M2.5 11h2M7.5 11h6M10 3.5v3M6 9.5v3",
        _ => "M3.5 2h6l3 3v9h-9zM6 8h4M6 10.5h4",
    }
}
