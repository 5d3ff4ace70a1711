//! The copy for the client as a picture: drawn on a canvas, for a telephone that opens no other file.

use super::network::words;
use crate::app::{Mark, Sheet};
use crate::form::signature::{HEIGHT, WIDTH, strokes};
use base64ct::{Base64, Encoding};
use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, CanvasRenderingContext2d, HtmlCanvasElement, HtmlImageElement};

#[wasm_bindgen]
extern "C" {
    /// What web-sys has with a type of its own for the result.
    type Measuring;
    #[wasm_bindgen(method, js_name = measureText)]
    fn measure(this: &Measuring, text: &str) -> JsValue;
}

/// As wide as a telephone shows it without making it smaller twice, in pixels.
const WIDE: f64 = 1080.0;
const MARGIN: f64 = 72.0;
/// How wide marks are, in pixels.
const MARK: f64 = 480.0;
/// Browsers refuse canvases that are higher than this, pixels.
const HIGHEST: f64 = 16_000.0;

/// The PNG of a sheet.
pub async fn paint(sheet: &Sheet) -> Result<Vec<u8>, String> {
    let canvas = canvas().map_err(words)?;
    let photos = photos(sheet).await;
    // Drawn twice: first to learn how high it is, for a canvas forgets its content when it gets its size.
    let height = draw(&canvas, sheet, &photos).map_err(words)?;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most 16000")]
    canvas.set_height(height.ceil().min(HIGHEST) as u32);
    draw(&canvas, sheet, &photos).map_err(words)?;
    let made = Promise::new(&mut |resolve, reject| {
        if let Err(error) = canvas.to_blob_with_type(&resolve, "image/png") {
            // A rejection that nobody can hear any more changes nothing.
            let _ = reject.call1(&JsValue::NULL, &error);
        }
    });
    let blob: Blob = JsFuture::from(made).await.and_then(|blob| blob.dyn_into()).map_err(words)?;
    let buffer = JsFuture::from(blob.array_buffer()).await.map_err(words)?;
    Ok(js_sys::Uint8Array::new(&buffer).to_vec())
}

fn canvas() -> Result<HtmlCanvasElement, JsValue> {
    let document = web_sys::window().and_then(|window| window.document()).ok_or(JsValue::NULL)?;
    let canvas: HtmlCanvasElement = document.create_element("canvas")?.dyn_into()?;
    canvas.set_width(1080);
    canvas.set_height(100);
    Ok(canvas)
}

/// The photographs among the marks, as the browser draws them, in their order; those that it cannot draw are left out.
async fn photos(sheet: &Sheet) -> Vec<HtmlImageElement> {
    let mut photos = Vec::new();
    for (kind, data) in sheet.marks.iter().flat_map(|mark| &mark.pictures) {
        if let Ok(photo) = photo(kind, data).await {
            photos.push(photo);
        }
    }
    photos
}

fn source(kind: &str, data: &str) -> String {
    format!("data:{kind};base64,{data}")
}

async fn photo(kind: &str, data: &str) -> Result<HtmlImageElement, JsValue> {
    let photo = HtmlImageElement::new()?;
    photo.set_src(&source(kind, data));
    JsFuture::from(photo.decode()).await?;
    Ok(photo)
}

/// Draws everything from the top; gives how far down it came.
fn draw(canvas: &HtmlCanvasElement, sheet: &Sheet, photos: &[HtmlImageElement]) -> Result<f64, JsValue> {
    let context: CanvasRenderingContext2d = canvas.get_context("2d")?.ok_or(JsValue::NULL)?.dyn_into()?;
    context.set_fill_style_str("#fff");
    context.fill_rect(0.0, 0.0, WIDE, f64::from(canvas.height()));
    context.set_fill_style_str("#000");
    let mut brush = Brush { context, y: MARGIN };
    for (at, line) in sheet.letterhead.iter().enumerate() {
        let (font, leading) = if at == 0 { ("600 40px serif", 52.0) } else { ("26px sans-serif", 38.0) };
        brush.text(font, leading, line)?;
    }
    brush.rule();
    brush.text("600 52px serif", 64.0, &sheet.title)?;
    if let Some(line) = &sheet.number {
        brush.text("28px sans-serif", 38.0, line)?;
    }
    brush.y += 16.0;
    for (name, value) in &sheet.facts {
        brush.text("28px sans-serif", 38.0, &format!("{name}: {value}"))?;
    }
    for part in &sheet.parts {
        if let Some(heading) = &part.heading {
            brush.y += 24.0;
            brush.text("600 40px serif", 52.0, heading)?;
        }
        brush.y += 12.0;
        if let Some(title) = &part.title {
            brush.text("600 32px sans-serif", 44.0, title)?;
        }
        for line in &part.lines {
            brush.text("32px sans-serif", 46.0, line)?;
        }
    }
    brush.y += 28.0;
    if let Some(line) = &sheet.signed {
        brush.text("28px sans-serif", 40.0, line)?;
    }
    for mark in &sheet.marks {
        brush.mark(mark, photos)?;
    }
    brush.y += 28.0;
    brush.code(&sheet.code);
    for line in &sheet.foot {
        brush.text("26px sans-serif", 36.0, line)?;
    }
    Ok(brush.y + MARGIN)
}

/// The strokes of a mark that was drawn by hand; none in a photograph.
fn strokes_of(data: &str) -> Option<Vec<String>> {
    let picture = Base64::decode_vec(data).ok().and_then(|bytes| String::from_utf8(bytes).ok())?;
    strokes(&picture)
}

struct Brush {
    context: CanvasRenderingContext2d,
    y: f64,
}

impl Brush {
    /// Writes a text in as many lines as it needs.
    fn text(&mut self, font: &str, leading: f64, text: &str) -> Result<(), JsValue> {
        self.context.set_font(font);
        let mut line = String::new();
        for word in text.split_whitespace() {
            let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
            if !line.is_empty() && self.width(&longer) > WIDE - 2.0 * MARGIN {
                self.write(leading, &line)?;
                line = word.to_owned();
            } else {
                line = longer;
            }
        }
        self.write(leading, &line)
    }

    fn width(&self, text: &str) -> f64 {
        let measured = self.context.unchecked_ref::<Measuring>().measure(text);
        js_sys::Reflect::get(&measured, &"width".into()).ok().and_then(|width| width.as_f64()).unwrap_or_default()
    }

    fn write(&mut self, leading: f64, line: &str) -> Result<(), JsValue> {
        self.y += leading;
        self.context.fill_text(line, MARGIN, self.y - leading / 4.0)
    }

    /// A line across the page.
    fn rule(&mut self) {
        self.y += 12.0;
        self.context.fill_rect(MARGIN, self.y, WIDE - 2.0 * MARGIN, 3.0);
        self.y += 12.0;
    }

    /// Draws somebody's mark with its title and words.
    fn mark(&mut self, mark: &Mark, photos: &[HtmlImageElement]) -> Result<(), JsValue> {
        self.y += 28.0;
        self.text("600 32px sans-serif", 44.0, &mark.title)?;
        for (kind, data) in &mark.pictures {
            let photo = photos.iter().find(|photo| photo.src() == source(kind, data));
            match (strokes_of(data), photo) {
                (Some(strokes), _) => self.strokes(strokes),
                (None, Some(photo)) => self.photo(photo)?,
                (None, None) => {}
            }
        }
        for line in &mark.lines {
            self.text("28px sans-serif", 40.0, line)?;
        }
        Ok(())
    }

    /// Draws a photograph within the width that a drawn mark has.
    fn photo(&mut self, photo: &HtmlImageElement) -> Result<(), JsValue> {
        let (wide, high) = (f64::from(photo.natural_width()), f64::from(photo.natural_height()));
        let scale = (MARK / wide.max(high).max(1.0)).min(1.0);
        let (wide, high) = (wide * scale, high * scale);
        self.context.draw_image_with_html_image_element_and_dw_and_dh(photo, MARGIN, self.y, wide, high)?;
        self.y += high;
        Ok(())
    }

    /// Draws a mark that was drawn by hand.
    fn strokes(&mut self, strokes: Vec<String>) {
        let scale = MARK / f64::from(WIDTH);
        self.context.set_line_width(5.0);
        for stroke in strokes {
            self.context.begin_path();
            let numbers = stroke.split(|sign: char| !sign.is_ascii_digit()).filter(|part| !part.is_empty());
            let numbers: Vec<f64> = numbers.filter_map(|number| number.parse().ok()).collect();
            for (at, point) in numbers.chunks_exact(2).enumerate() {
                let (x, y) = (MARGIN + point[0] * scale, self.y + point[1] * scale);
                if at == 0 { self.context.move_to(x, y) } else { self.context.line_to(x, y) }
            }
            self.context.stroke();
        }
        self.y += f64::from(HEIGHT) * scale;
    }

    /// Draws the code for machines.
    fn code(&mut self, rows: &[Vec<bool>]) {
        const SQUARE: f64 = 7.0;
        let mut top = self.y + 4.0 * SQUARE;
        for row in rows {
            let mut left = MARGIN + 4.0 * SQUARE;
            for dark in row {
                if *dark {
                    self.context.fill_rect(left, top, SQUARE, SQUARE);
                }
                left += SQUARE;
            }
            top += SQUARE;
        }
        if !rows.is_empty() {
            self.y = top + 4.0 * SQUARE;
        }
    }
}
