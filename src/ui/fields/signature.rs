//! Signatures: drawn with a finger or pen, or given in another way by those who cannot draw here.
//!
//! What is kept is the picture; the strokes on the pad are read from it, so the pad shows what is stored and nothing else.
//! Where the form takes only pictures of dots, the strokes stay on the pad until the page is left.

use super::Field;
use super::attachment::{chosen, file_input};
use crate::app::Event as Happened;
use crate::form::signature::{HEIGHT, WIDTH, drawn, strokes, written};
use crate::form::{Answer, Attachment, Content, Control, Edit, Item, Kind};
use crate::platform::{picture_of, spawn};
use crate::ui::dom::{El, distinct, el, measure, svg, target, yes};
use crate::ui::i18n::Key;
use crate::ui::icon::Icon;
use crate::ui::panel::{button, line, say_problem};
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

/// Media types in which a signature can be kept; strokes that are kept as such can be drawn on later.
const KINDS: [&str; 3] = [STROKES, "image/png", "image/jpeg"];
const STROKES: &str = "image/svg+xml";

/// The media type in which a signature is kept at an item; none where the form takes no picture.
fn kind_of(item: &Item) -> Option<&'static str> {
    KINDS.into_iter().find(|kind| item.bounds.takes_kind(kind))
}

/// Whether a file is drawn by hand: the form asks for a signature and takes a picture of one.
pub fn is_signature(item: &Item) -> bool {
    let asked = item.control == Some(Control::Signature) || item.signature_required;
    item.kind == Kind::Attachment && asked && kind_of(item).is_some()
}

/// One place to sign.
#[derive(Clone)]
struct Pad {
    field: Field,
    kind: &'static str,
    /// What is kept, base64.
    data: Memo<String>,
    /// The strokes drawn since the pad was shown, where the form takes only pictures from which none can be read.
    ink: RwSignal<Vec<String>>,
    /// How often something was kept: a picture that is ready late must not replace a newer one.
    times: Rc<Cell<u32>>,
    refused: El,
}

/// The pad and the other ways; or the picture, where it is none of strokes.
#[inline(never)] // An entry of tools/parts.json.
pub fn signature(field: &Field) -> El {
    let watched = field.clone();
    let pad = Pad {
        field: field.clone(),
        kind: kind_of(field.item()).unwrap_or(STROKES),
        data: distinct(move || watched.watch(data)),
        ink: RwSignal::default(),
        times: Rc::default(),
        refused: el("p").class("problem").attr("role", "status"),
    };
    let (shown, read) = (Cell::new(false), pad.clone());
    let foreign = distinct(move || yes(!read.data.get().is_empty() && read.strokes().is_empty()));
    el("div").live(move |place| {
        let foreign = !foreign.get().is_empty();
        let file = pad.field.content(|content| content.answers.first().cloned());
        match file.filter(|_| foreign) {
            Some(Answer::Attachment(file)) => place.append(&chosen(&pad.field, &file)),
            _ => {
                place.append(&pad.surface());
                place.append(&pad.other_ways());
            }
        }
        if shown.replace(true) {
            place.focus_within();
        }
    })
}

fn data(content: &Content) -> String {
    match content.answers.first() {
        Some(Answer::Attachment(file)) => file.data.clone(),
        _ => String::new(),
    }
}

impl Pad {
    /// The strokes on the pad, watched.
    fn strokes(&self) -> Vec<String> {
        if self.kind == STROKES { strokes_of(&self.data.get()).unwrap_or_default() } else { self.ink.get() }
    }

    /// The strokes as they are now.
    fn now(&self) -> Vec<String> {
        if self.kind == STROKES {
            strokes_of(&self.field.content(data)).unwrap_or_default()
        } else {
            self.ink.get_untracked()
        }
    }

    fn keep_strokes(&self, strokes: Vec<String>) {
        let field = &self.field;
        if strokes.is_empty() {
            self.times.set(self.times.get() + 1);
            field.edit(Edit::Cleared);
            field.leave();
        } else {
            self.keep(field.ui.t(Key::Signature).to_owned(), drawn(&strokes));
        }
        self.ink.set(strokes);
    }

    /// Keeps a drawing in the media type that the form takes.
    fn keep(&self, title: String, drawing: String) {
        self.times.set(self.times.get() + 1);
        self.refused.clear();
        if self.kind == STROKES {
            self.field.edit(Edit::File(file(self.kind, title, Base64::encode_string(drawing.as_bytes()))));
            return self.field.leave();
        }
        let (pad, time) = (self.clone(), self.times.get());
        let Some((document, question)) = pad.field.address() else { return };
        spawn(Box::pin(async move {
            let picture = picture_of(&drawing, (WIDTH, HEIGHT), pad.kind).await;
            if pad.times.get() != time {
                return;
            }
            match picture {
                Some(data) => {
                    pad.field.ui.send(Happened::FileAttached(document, question, file(pad.kind, title, data)))
                }
                // What is not kept must not look as if it were.
                None if pad.refused.stands() => {
                    pad.ink.set(Vec::new());
                    say_problem(&pad.refused, pad.field.ui.t(Key::SignatureNotKept));
                }
                None => {}
            }
        }));
    }

    fn surface(&self) -> El {
        let (ui, read, empty) = (self.field.ui, self.clone(), self.clone());
        let kept = svg("g").live(move |place| {
            for stroke in read.strokes() {
                place.append(&svg("path").attr("d", &stroke));
            }
        });
        let ink = svg("path");
        let surface = svg("svg")
            .class("pad")
            .attr("viewBox", &format!("0 0 {WIDTH} {HEIGHT}"))
            .attr("role", "img")
            .attr("aria-label", &ui.tf(Key::SignHere, &[&self.field.text()]))
            .child(svg("path").class("pad-line").attr("d", &format!("M40 {0}H{1}", HEIGHT * 4 / 5, WIDTH - 40)))
            .child(kept)
            .child(ink.clone());
        // Words and buttons stay where they are; the stylesheet shows those that fit.
        el("div")
            .class("pad-box")
            .live_attr("data-empty", move || empty.strokes().is_empty().then(String::new))
            .child(draw(self, surface, ink))
            .child(line("hint", ui.t(Key::SignHint)))
            .child(self.actions())
            .child(self.refused.clone())
    }

    fn actions(&self) -> El {
        let (ui, undone, cleared) = (self.field.ui, self.clone(), self.clone());
        let undo = button("button button-quiet", "undo-stroke", None, ui.t(Key::UndoStroke)).on_click(move || {
            let mut strokes = undone.now();
            strokes.pop();
            undone.keep_strokes(strokes);
        });
        let clear = button("button button-quiet", "clear-signature", Some(Icon::Bin), ui.t(Key::Remove));
        el("div").class("actions").child(undo).child(clear.on_click(move || cleared.keep_strokes(Vec::new())))
    }

    /// For hands that do not draw here: the name typed, or a photograph, such as of a thumb print.
    fn other_ways(&self) -> El {
        let (field, ui) = (&self.field, self.field.ui);
        // Photographs are kept as pictures of dots. Where the form takes none, it asks for other ways itself.
        let photo = KINDS[1..].iter().any(|kind| field.item().bounds.takes_kind(kind));
        let key = if photo { Key::SignOtherwise } else { Key::SignByName };
        let summary = el("summary").attr("id", &field.id("")).text(ui.t(key));
        let name = el("input").class("input").attr("type", "text").attr("autocomplete", "off");
        let (typed, signed) = (name.clone(), self.clone());
        let sign = button("button", "sign-typed", None, ui.t(Key::SignTyped)).on_click(move || {
            let name = typed.value();
            if !name.trim().is_empty() {
                signed.ink.set(Vec::new());
                signed.keep(format!("{}: {}", ui.t(Key::Signature), name.trim()), written(name.trim()));
            }
        });
        let label = el("label").class("date-part").child(el("span").text(ui.t(Key::SignName))).child(name);
        let written = el("div").class("sign-name").child(label).child(sign);
        let photo = photo.then(|| file_input(field, &field.id("-photo"), "image/*"));
        el("details").class("sign-otherwise").child(summary).child(written).maybe(photo)
    }
}

fn file(kind: &str, title: String, data: String) -> Attachment {
    let mut file = Attachment { content_type: kind.to_owned(), title, size: 0, data };
    file.size = file.bytes();
    file
}

fn strokes_of(data: &str) -> Option<Vec<String>> {
    strokes(&atob(data).ok()?)
}

/// A stroke being drawn.
#[derive(Default)]
struct Stroke {
    pointer: Cell<Option<f64>>,
    last: Cell<(u16, u16)>,
    path: RefCell<String>,
}

/// Lets a finger, pen or mouse draw. The stroke is kept when it is lifted.
fn draw(pad: &Pad, surface: El, ink: El) -> El {
    let (pad, stroke) = (pad.clone(), Rc::new(Stroke::default()));
    let (begun, moved, ended) = (Rc::clone(&stroke), Rc::clone(&stroke), stroke);
    let (drawn, done) = (ink.clone(), ink);
    let end = Rc::new(move |event: Event| {
        if ended.pointer.get() != Some(measure(&event, "pointerId")) {
            return;
        }
        ended.pointer.set(None);
        done.set_attr("d", None);
        let mut strokes = pad.now();
        strokes.push(ended.path.take());
        pad.keep_strokes(strokes);
    });
    let cancelled = Rc::clone(&end);
    surface
        // A stroke is no gesture of the browser's: after a swift one it would hold back the next tap, wherever that is.
        .on("touchstart", |event| event.prevent_default())
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
