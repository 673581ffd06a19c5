//! The properties of a chosen image, decoded in this tab. Nothing leaves the tab.

use crate::platform::clock;
use js_sys::{Object, Reflect};
use outlay_pleo::registration::Logo;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{CanvasRenderingContext2d, File, HtmlCanvasElement, ImageBitmap};

/// The number of pixels that are read without a pause.
const STRIP: u32 = 1 << 20;

/// Returns the properties of a file, without width and height if the browser cannot decode it as an
/// image.
pub async fn facts(file: &File) -> Logo {
    let mut logo = Logo {
        file_name: file.name(),
        media_type: file.type_(),
        bytes: file.size() as u64,
        ..Logo::default()
    };
    if let Some(image) = decoded(file).await {
        if let Some(transparent) = lets_through(&image).await {
            logo.width = image.width();
            logo.height = image.height();
            logo.has_transparency = transparent;
        }
        image.close();
    }
    logo
}

async fn decoded(file: &File) -> Option<ImageBitmap> {
    let promise = web_sys::window()?
        .create_image_bitmap_with_blob(file)
        .ok()?;
    JsFuture::from(promise).await.ok()?.dyn_into().ok()
}

/// Returns whether any pixel is transparent. Reads the image in strips, so that a large one neither
/// takes much memory nor blocks the page.
async fn lets_through(image: &ImageBitmap) -> Option<bool> {
    let (width, height) = (image.width(), image.height());
    let rows = (STRIP / width.max(1)).clamp(1, height.max(1));
    let canvas = web_sys::window()?
        .document()?
        .create_element("canvas")
        .ok()?;
    let canvas: HtmlCanvasElement = canvas.dyn_into().ok()?;
    canvas.set_width(width);
    canvas.set_height(rows);
    let options = Object::new();
    Reflect::set(&options, &"willReadFrequently".into(), &true.into()).ok()?;
    let context = canvas
        .get_context_with_context_options("2d", &options)
        .ok()??;
    let context: CanvasRenderingContext2d = context.dyn_into().ok()?;
    let mut top = 0;
    while top < height {
        let tall = rows.min(height - top);
        context.clear_rect(0.0, 0.0, f64::from(width), f64::from(rows));
        let drawn = context.draw_image_with_image_bitmap(image, 0.0, -f64::from(top));
        drawn.ok()?;
        let seen = context.get_image_data(0.0, 0.0, f64::from(width), f64::from(tall));
        let pixels = seen.ok()?.data();
        if pixels
            .iter()
            .skip(3)
            .step_by(4)
            .any(|&opaque| opaque < u8::MAX)
        {
            return Some(true);
        }
        top += tall;
        clock::sleep(0).await;
    }
    Some(false)
}
