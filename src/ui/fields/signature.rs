//! Signatures: drawn with a finger or pen, or given in another way by those who cannot draw here.
//!
//! What is kept is the picture; the strokes on the pad are read from it, so the pad shows what is stored and nothing else.

use super::Field;
use super::attachment::{chosen, file_input};
use crate::form::signature::{HEIGHT, WIDTH, drawn, strokes, written};
use crate::form::{Answer, Attachment, Edit};
use crate::ui::dom::{El, distinct, el, measure, svg, target};
use crate::ui::i18n::Key;
use crate::ui::icon::Icon;
use crate::ui::panel::{button, line};
use crate::ui::reactive::*;
use base64ct::{Base64, Encoding};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::{Element, Event};

/// Points nearer to each other than this, in units of the drawing, make a stroke longer and not better.
const NEAR: u16 = 3;

#[wasm_bindgen]
extern "C" {
    /// What web-sys has with a type of its own for each result.
    #[wasm_bindgen(extends = Element)]
    type Surface;
    #[wasm_bindgen(method, js_name = getBoundingClientRect)]
    fn bounds(this: &Surface) -> JsValue;
    #[wasm_bindgen(catch, method, js_name = setPointerCapture)]
    fn capture(this: &Surface, pointer: f64) -> Result<(), JsValue>;
    #[wasm_bindgen(catch)]
    fn atob(data: &str) -> Result<String, JsValue>;
}

/// The pad and the other ways; or the picture, where it is none of strokes.
pub fn signature(field: &Field) -> El {
    let watched = field.clone();
    let data = distinct(move || watched.watch(data));
    let foreign = distinct(move || {
        let data = data.get();
        if data.is_empty() || strokes_of(&data).is_some() { String::new() } else { data }
    });
    let (field, shown) = (field.clone(), Cell::new(false));
    el("div").live(move |place| {
        let foreign = !foreign.get().is_empty();
        let file = field.content(|content| content.answers.first().cloned());
        match file.filter(|_| foreign) {
            Some(Answer::Attachment(file)) => place.append(&chosen(&field, &file)),
            _ => {
                place.append(&pad(&field, data));
                place.append(&other_ways(&field));
            }
        }
        if shown.replace(true) {
            place.focus_within();
        }
    })
}

fn data(content: &crate::form::Content) -> String {
    match content.answers.first() {
        Some(Answer::Attachment(file)) => file.data.clone(),
        _ => String::new(),
    }
}

fn strokes_of(data: &str) -> Option<Vec<String>> {
    strokes(&atob(data).ok()?)
}

fn keep(field: &Field, title: String, picture: &str) {
    let bytes = picture.as_bytes();
    field.edit(Edit::File(Attachment {
        content_type: "image/svg+xml".to_owned(),
        title,
        size: bytes.len() as u64,
        data: Base64::encode_string(bytes),
    }));
    field.leave();
}

fn keep_strokes(field: &Field, strokes: &[String]) {
    if strokes.is_empty() {
        field.edit(Edit::Cleared);
        return field.leave();
    }
    keep(field, field.ui.t(Key::Signature).to_owned(), &drawn(strokes));
}

fn pad(field: &Field, data: Memo<String>) -> El {
    let ui = field.ui;
    let kept = svg("g").live(move |place| {
        for stroke in strokes_of(&data.get()).unwrap_or_default() {
            place.append(&svg("path").attr("d", &stroke));
        }
    });
    let ink = svg("path");
    let surface = svg("svg")
        .class("pad")
        .attr("viewBox", &format!("0 0 {WIDTH} {HEIGHT}"))
        .attr("role", "img")
        .attr("aria-label", &ui.tf(Key::SignHere, &[&field.text()]))
        .child(svg("path").class("pad-line").attr("d", &format!("M40 {0}H{1}", HEIGHT * 4 / 5, WIDTH - 40)))
        .child(kept)
        .child(ink.clone());
    let surface = draw(field, surface, ink);
    let (undone, cleared) = (field.clone(), field.clone());
    let undo = button("button button-quiet", "undo-stroke", None, ui.t(Key::UndoStroke)).on_click(move || {
        let mut strokes = strokes_of(&undone.content(self::data)).unwrap_or_default();
        strokes.pop();
        keep_strokes(&undone, &strokes);
    });
    let clear = button("button button-quiet", "clear-signature", Some(Icon::Bin), ui.t(Key::Remove));
    let clear = clear.on_click(move || keep_strokes(&cleared, &[]));
    // Words and buttons stay where they are; the stylesheet shows those that fit.
    el("div")
        .class("pad-box")
        .live_attr("data-empty", move || data.get().is_empty().then(String::new))
        .child(surface)
        .child(line("hint", ui.t(Key::SignHint)))
        .child(el("div").class("actions").child(undo).child(clear))
}

/// A stroke being drawn.
#[derive(Default)]
struct Stroke {
    pointer: Cell<Option<f64>>,
    last: Cell<(u16, u16)>,
    path: RefCell<String>,
}

/// Lets a finger, pen or mouse draw. The stroke is kept when it is lifted.
fn draw(field: &Field, surface: El, ink: El) -> El {
    let (field, stroke) = (field.clone(), Rc::new(Stroke::default()));
    let (begun, moved, ended) = (Rc::clone(&stroke), Rc::clone(&stroke), stroke);
    let (drawn, done) = (ink.clone(), ink);
    let end = Rc::new(move |event: Event| {
        if ended.pointer.get() != Some(measure(&event, "pointerId")) {
            return;
        }
        ended.pointer.set(None);
        done.set_attr("d", None);
        let mut strokes = strokes_of(&field.content(data)).unwrap_or_default();
        strokes.push(ended.path.take());
        keep_strokes(&field, &strokes);
    });
    let cancelled = Rc::clone(&end);
    surface
        .on("pointerdown", move |event| {
            // A second finger, or the heel of the hand, draws nothing.
            if begun.pointer.get().is_none() && measure(&event, "button") == 0.0 {
                begun.begin(&event);
            }
        })
        .on("pointermove", move |event| {
            if moved.pointer.get() == Some(measure(&event, "pointerId")) {
                moved.go_on(&event);
                drawn.set_attr("d", Some(&moved.path.borrow()));
            }
        })
        .on("pointerup", move |event| end(event))
        .on("pointercancel", move |event| cancelled(event))
}

impl Stroke {
    fn begin(&self, event: &Event) {
        let pointer = measure(event, "pointerId");
        if let Some(surface) = target(event) {
            // Without the capture a stroke ends where it leaves the pad; it is drawn all the same.
            let _ = surface.unchecked_into::<Surface>().capture(pointer);
        }
        let (x, y) = place(event);
        self.pointer.set(Some(pointer));
        self.last.set((x, y));
        // A line to where it begins: a mere touch leaves a dot.
        self.path.replace(format!("M{x} {y}L{x} {y}"));
    }

    fn go_on(&self, event: &Event) {
        let ((x, y), (old_x, old_y)) = (place(event), self.last.get());
        if x.abs_diff(old_x).max(y.abs_diff(old_y)) >= NEAR {
            self.last.set((x, y));
            self.path.borrow_mut().push_str(&format!(" {x} {y}"));
        }
    }
}

/// Where an event happened, in whole units of the drawing.
fn place(event: &Event) -> (u16, u16) {
    let Some(surface) = target(event) else { return (0, 0) };
    let bounds = surface.unchecked_into::<Surface>().bounds();
    let bounds: &Event = bounds.unchecked_ref();
    let part = |at: &str, from: &str, size: &str, units: u16| {
        let share = (measure(event, at) - measure(bounds, from)) / measure(bounds, size);
        // Whole numbers: all that writes a fraction in decimals would weigh more than everything else here.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped; what is no number is 0")]
        let place = (share * f64::from(units)).round().clamp(0.0, f64::from(units)) as u16;
        place
    };
    (part("clientX", "left", "width", WIDTH), part("clientY", "top", "height", HEIGHT))
}

/// For hands that do not draw here: the name typed, or a photograph, such as of a thumb print.
fn other_ways(field: &Field) -> El {
    let ui = field.ui;
    let summary = el("summary").text(ui.t(Key::SignOtherwise));
    let name = el("input").class("input").attr("type", "text").attr("autocomplete", "off");
    let (typed, signed) = (name.clone(), field.clone());
    let sign = button("button", "sign-typed", None, ui.t(Key::SignTyped)).on_click(move || {
        let name = typed.value();
        if !name.trim().is_empty() {
            keep(&signed, format!("{}: {}", signed.ui.t(Key::Signature), name.trim()), &written(name.trim()));
        }
    });
    let label = el("label").class("date-part").child(el("span").text(ui.t(Key::SignName))).child(name);
    let written = el("div").class("sign-name").child(label).child(sign);
    el("details").class("sign-otherwise").child(summary).child(written).child(file_input(field, "image/*"))
}
