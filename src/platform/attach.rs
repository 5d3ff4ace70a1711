//! Files as answers: read, and pictures drawn anew, which makes them small enough to keep and leaves behind what cameras
//! write into them, such as where they were taken.

use super::network::words;
use crate::form::{Attachment, Bounds};
use base64ct::{Base64, Encoding};
use js_sys::Promise;
use std::hint::black_box;
use std::pin::Pin;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, CanvasRenderingContext2d, Document, File, HtmlCanvasElement, HtmlImageElement, ImageBitmap};

/// Why a file is not taken.
pub enum FileRefusal {
    /// Larger than this many bytes.
    TooLarge(u64),
    /// Of a media type that the form does not take here.
    Kind(String),
    /// A picture that the browser cannot draw.
    Undrawable,
    /// It cannot be read; the browser's words.
    Unread(String),
}

/// Pictures above this size are made smaller even where the form sets no limit.
const LARGE_PICTURE: u64 = 1_000_000;
/// The longest sides of a picture, pixels, tried one after another until it is small enough. The first is enough to read
/// a paper.
const LONGEST_SIDES: [f64; 3] = [1600.0, 1100.0, 700.0];
/// Media types in which pictures are kept.
const JPEG: &str = "image/jpeg";
const PNG: &str = "image/png";
const SVG: &str = "image/svg+xml";

/// Reads a file as an answer within the bounds of its question.
pub async fn attach(file: File, bounds: &Bounds) -> Result<Attachment, FileRefusal> {
    let kind = file.type_();
    let picture = if kind.starts_with("image/") && kind != SVG {
        let most = bounds.max_size.unwrap_or(LARGE_PICTURE).min(LARGE_PICTURE);
        Some(drawn_anew(&file, &kind, most, bounds).await?)
    } else {
        None
    };
    let blob: &Blob = picture.as_ref().unwrap_or(&file);
    if !bounds.takes_kind(&blob.type_()) {
        return Err(FileRefusal::Kind(if kind.is_empty() { file.name() } else { kind }));
    }
    if let Some(limit) = bounds.max_size.filter(|limit| size(blob) > *limit) {
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

/// A picture of at most so many bytes, if it can be: without loss while that is small and allowed, else as photographs
/// are kept.
async fn drawn_anew(file: &File, kind: &str, most: u64, bounds: &Bounds) -> Result<Blob, FileRefusal> {
    let lossy = bounds.takes_kind(JPEG);
    let exact = bounds.takes_kind(PNG) && (kind == PNG || !lossy);
    let usual = match (lossy, exact) {
        (true, _) => JPEG,
        (false, true) => PNG,
        (false, false) => kind,
    };
    let first = exact.then_some((LONGEST_SIDES[0], PNG));
    let mut drawn = Err(FileRefusal::Undrawable);
    for (side, kind) in first.into_iter().chain(LONGEST_SIDES.map(|side| (side, usual))) {
        drawn = draw(file, side, kind).await.map_err(|_| FileRefusal::Undrawable);
        if drawn.as_ref().is_ok_and(|blob| size(blob) <= most) {
            break;
        }
    }
    drawn
}

/// A picture with sides of at most so many pixels.
async fn draw(file: &File, longest: f64, kind: &str) -> Result<Blob, JsValue> {
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    let bitmap: ImageBitmap = JsFuture::from(window.create_image_bitmap_with_blob(file)?).await?.dyn_into()?;
    let (width, height) = (f64::from(bitmap.width()), f64::from(bitmap.height()));
    let scale = (longest / width.max(height)).min(1.0);
    let (width, height) = ((width * scale).round(), (height * scale).round());
    let (canvas, context) = paper(width, height, kind == JPEG)?;
    context.draw_image_with_image_bitmap_and_dw_and_dh(&bitmap, 0.0, 0.0, width, height)?;
    let made = Promise::new(&mut |resolve, reject| {
        if let Err(error) = canvas.to_blob_with_type_and_encoder_options(&resolve, kind, &0.85.into()) {
            // A rejection that nobody can hear any more changes nothing.
            let _ = reject.call1(&JsValue::NULL, &error);
        }
    });
    JsFuture::from(made).await?.dyn_into()
}

/// A drawing (SVG) of this size in pixels as a picture of this media type, base64.
pub async fn picture_of(drawing: &str, (width, height): (u16, u16), kind: &str) -> Option<String> {
    let url = raster(drawing, f64::from(width), f64::from(height), kind).await.ok()?;
    // Browsers that cannot write a media type write another and say so.
    url.strip_prefix("data:")?.strip_prefix(kind)?.strip_prefix(";base64,").map(str::to_owned)
}

/// The same for another part of the module, which has to wait for [`Part::Fields`](super::Part::Fields) first.
#[inline(never)] // An entry of tools/parts.json.
pub fn painted(drawing: String, size: (u16, u16), kind: &'static str) -> Pin<Box<dyn Future<Output = Option<String>>>> {
    // Whoever calls it must not know what it does: what is done is in another part of the module.
    black_box(Box::pin(async move { picture_of(&drawing, size, kind).await }))
}

async fn raster(drawing: &str, width: f64, height: f64, kind: &str) -> Result<String, JsValue> {
    // Firefox draws only drawings that say how large they are.
    let sized = drawing.replacen("<svg ", &format!("<svg width=\"{width}\" height=\"{height}\" "), 1);
    let image: HtmlImageElement = document()?.create_element("img")?.dyn_into()?;
    image.set_src(&format!("data:{SVG};base64,{}", Base64::encode_string(sized.as_bytes())));
    JsFuture::from(image.decode()).await?;
    let (canvas, context) = paper(width, height, true)?;
    context.draw_image_with_html_image_element_and_dw_and_dh(&image, 0.0, 0.0, width, height)?;
    canvas.to_data_url_with_type(kind)
}

fn document() -> Result<Document, JsValue> {
    web_sys::window().and_then(|window| window.document()).ok_or(JsValue::NULL)
}

/// A canvas to draw on. On white, what was transparent becomes paper and not black.
fn paper(width: f64, height: f64, white: bool) -> Result<(HtmlCanvasElement, CanvasRenderingContext2d), JsValue> {
    let canvas: HtmlCanvasElement = document()?.create_element("canvas")?.dyn_into()?;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most 1600")]
    let (pixels_wide, pixels_high) = (width as u32, height as u32);
    canvas.set_width(pixels_wide);
    canvas.set_height(pixels_high);
    let context: CanvasRenderingContext2d = canvas.get_context("2d")?.ok_or(JsValue::NULL)?.dyn_into()?;
    if white {
        context.set_fill_style_str("#fff");
        context.fill_rect(0.0, 0.0, width, height);
    }
    Ok((canvas, context))
}
