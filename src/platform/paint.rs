//! The copy for the client as a picture: drawn on a canvas, for a telephone that opens no other file.

use super::network::words;
use crate::app::Sheet;
use crate::form::signature::{HEIGHT, WIDTH, strokes};
use base64ct::{Base64, Encoding};
use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, CanvasRenderingContext2d, HtmlCanvasElement};

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
/// Browsers refuse canvases that are higher than this, pixels.
const HIGHEST: f64 = 16_000.0;

/// The PNG of a sheet.
pub async fn paint(sheet: &Sheet) -> Result<Vec<u8>, String> {
    let canvas = canvas().map_err(words)?;
    // Drawn twice: first to learn how high it is, for a canvas forgets its content when it gets its size.
    let height = draw(&canvas, sheet).map_err(words)?;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most 16000")]
    canvas.set_height(height.ceil().min(HIGHEST) as u32);
    draw(&canvas, sheet).map_err(words)?;
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

/// Draws everything from the top; gives how far down it came.
fn draw(canvas: &HtmlCanvasElement, sheet: &Sheet) -> Result<f64, JsValue> {
    let context: CanvasRenderingContext2d = canvas.get_context("2d")?.ok_or(JsValue::NULL)?.dyn_into()?;
    context.set_fill_style_str("#fff");
    context.fill_rect(0.0, 0.0, WIDE, f64::from(canvas.height()));
    context.set_fill_style_str("#000");
    let mut brush = Brush { context, y: MARGIN };
    brush.text("600 52px serif", 64.0, &sheet.title)?;
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
    for mark in &sheet.marks {
        brush.y += 28.0;
        brush.text("600 32px sans-serif", 44.0, &mark.title)?;
        for (_, data) in &mark.pictures {
            brush.strokes(data);
        }
        for line in &mark.lines {
            brush.text("28px sans-serif", 40.0, line)?;
        }
    }
    brush.y += 28.0;
    brush.code(&sheet.code);
    for line in &sheet.foot {
        brush.text("26px sans-serif", 36.0, line)?;
    }
    Ok(brush.y + MARGIN)
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

    /// Draws a mark that was drawn by hand; a photograph stays with the record.
    fn strokes(&mut self, data: &str) {
        let scale = 480.0 / f64::from(WIDTH);
        let picture = Base64::decode_vec(data).ok().and_then(|bytes| String::from_utf8(bytes).ok());
        let Some(strokes) = picture.and_then(|picture| strokes(&picture)) else { return };
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
