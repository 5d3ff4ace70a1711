//! Files as answers: read, and pictures made small enough to keep.

use super::network::words;
use crate::form::Attachment;
use base64ct::{Base64, Encoding};
use js_sys::Promise;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, CanvasRenderingContext2d, File, HtmlCanvasElement, ImageBitmap};

/// Why a file is not taken.
pub enum FileRefusal {
    /// Larger than this many bytes.
    TooLarge(u64),
    /// It cannot be read; the browser's words.
    Unread(String),
}

/// Pictures above this size are made smaller even where the form sets no limit.
const LARGE_PICTURE: u64 = 1_000_000;
/// The longest sides of a picture made smaller, pixels, tried one after another until it is small enough. The first is
/// enough to read a paper.
const LONGEST_SIDES: [f64; 3] = [1600.0, 1100.0, 700.0];

/// Reads a file as an answer.
pub async fn attach(file: File, limit: Option<u64>) -> Result<Attachment, FileRefusal> {
    let most = limit.unwrap_or(LARGE_PICTURE).min(LARGE_PICTURE);
    let mut smaller = None;
    if file.type_().starts_with("image/") {
        for side in LONGEST_SIDES {
            // Pictures that the browser cannot draw stay as they are.
            smaller = shrink(&file, side, size(&file) > most).await.ok().flatten().or(smaller);
            if smaller.as_ref().is_none_or(|smaller| size(smaller) <= most) {
                break;
            }
        }
    }
    let blob: &Blob = smaller.as_ref().unwrap_or(&file);
    if let Some(limit) = limit.filter(|limit| size(blob) > *limit) {
        return Err(FileRefusal::TooLarge(limit));
    }
    let buffer = JsFuture::from(blob.array_buffer()).await.map_err(|error| FileRefusal::Unread(words(error)))?;
    let bytes = js_sys::Uint8Array::new(&buffer).to_vec();
    Ok(Attachment {
        content_type: blob.type_(),
        title: file.name(),
        size: bytes.len() as u64,
        data: Base64::encode_string(&bytes),
    })
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "sizes are whole and positive")]
fn size(blob: &Blob) -> u64 {
    blob.size() as u64
}

/// A JPEG of a picture with sides of at most so many pixels; none where the picture is so already and need not be made
/// smaller.
async fn shrink(file: &File, longest: f64, always: bool) -> Result<Option<Blob>, JsValue> {
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    let bitmap: ImageBitmap = JsFuture::from(window.create_image_bitmap_with_blob(file)?).await?.dyn_into()?;
    let (width, height) = (f64::from(bitmap.width()), f64::from(bitmap.height()));
    let scale = (longest / width.max(height)).min(1.0);
    if scale >= 1.0 && !always {
        return Ok(None);
    }
    let (width, height) = ((width * scale).round(), (height * scale).round());
    let document = window.document().ok_or(JsValue::NULL)?;
    let canvas: HtmlCanvasElement = document.create_element("canvas")?.dyn_into()?;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most 1600")]
    let (pixels_wide, pixels_high) = (width as u32, height as u32);
    canvas.set_width(pixels_wide);
    canvas.set_height(pixels_high);
    let context: CanvasRenderingContext2d = canvas.get_context("2d")?.ok_or(JsValue::NULL)?.dyn_into()?;
    // What was transparent becomes paper and not black.
    context.set_fill_style_str("#fff");
    context.fill_rect(0.0, 0.0, width, height);
    context.draw_image_with_image_bitmap_and_dw_and_dh(&bitmap, 0.0, 0.0, width, height)?;
    let made = Promise::new(&mut |resolve, reject| {
        if let Err(error) = canvas.to_blob_with_type_and_encoder_options(&resolve, "image/jpeg", &0.85.into()) {
            // A rejection that nobody can hear any more changes nothing.
            let _ = reject.call1(&JsValue::NULL, &error);
        }
    });
    JsFuture::from(made).await?.dyn_into().map(Some)
}
