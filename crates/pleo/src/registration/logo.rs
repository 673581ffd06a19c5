//! The logo, by what its decoded file shows: Pleo asks for a square one of high resolution. The
//! limits in numbers are ours.

use super::check::Finding;
use super::field::FormField;
use super::package::Logo;
use super::rule::RegistrationRule;

/// Sides in pixels: below the first no image is of high resolution, from the second on it is.
const TINY: u32 = 128;
const SMALL: u32 = 512;
/// In bytes.
const HEAVY: u64 = 1_000_000;

pub(super) fn check(logo: Option<&Logo>, out: &mut Vec<Finding>) {
    let mut note = |rule, detail: &str| out.push(Finding::new(FormField::Logo, None, rule, detail));
    let Some(logo) = logo else {
        note(RegistrationRule::Missing, "");
        return;
    };
    let kind = logo.media_type.to_ascii_lowercase();
    if !kind.starts_with("image/") {
        note(RegistrationRule::LogoFormat, &logo.media_type);
    } else if kind != "image/png" && kind != "image/jpeg" {
        note(RegistrationRule::LogoFormatRare, &logo.media_type);
    }
    if logo.bytes > HEAVY {
        note(RegistrationRule::LogoHeavy, &logo.bytes.to_string());
    }
    if logo.has_transparency {
        note(RegistrationRule::LogoTransparent, "");
    }
    if logo.width == 0 || logo.height == 0 || logo.bytes == 0 {
        note(RegistrationRule::LogoUnreadable, "");
        return;
    }
    let size = [&*logo.width.to_string(), " × ", &logo.height.to_string()].concat();
    if logo.width != logo.height {
        note(RegistrationRule::LogoNotSquare, &size);
    }
    match logo.width.min(logo.height) {
        ..TINY => note(RegistrationRule::LogoTiny, &size),
        TINY..SMALL => note(RegistrationRule::LogoSmall, &size),
        _ => {}
    }
}
