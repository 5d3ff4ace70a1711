//! The frame through which a drawing is seen: moved by a finger, made larger and smaller by two, by buttons or by a wheel. What
//! is chosen in it can be moved along by a finger too, where the drawing lets it.

use crate::platform::spawn;
use crate::ui::dom::{El, around, is_held, measure, svg, target};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::{Element, Event};

#[wasm_bindgen]
extern "C" {
    /// What web-sys has with a type of its own for each result.
    #[wasm_bindgen(extends = Element)]
    type Surface;
    #[wasm_bindgen(method, js_name = getBoundingClientRect)]
    fn bounds(this: &Surface) -> JsValue;
    #[wasm_bindgen(catch, method, js_name = setPointerCapture)]
    fn capture(this: &Surface, pointer: f64) -> Result<(), JsValue>;
}

/// A finger that moved less than this touched and did not move, in pixels.
const STILL: f64 = 8.0;
/// The largest and the smallest that a drawing is shown by itself, in pixels for each of its units.
const NATURAL: (f64, f64) = (0.55, 1.35);
/// The largest and the smallest that it can be made.
const BOUNDS: (f64, f64) = (0.15, 4.0);

/// The part of a drawing that is seen: where its middle is, and how many pixels there are for a unit.
#[derive(Clone, Copy)]
struct View {
    x: f64,
    y: f64,
    scale: f64,
}

#[allow(clippy::cast_possible_truncation, reason = "what is no number is 0, and what is too large is no drawing")]
fn whole(number: f64) -> i32 {
    number.round() as i32
}

/// The frame, and what is seen through it.
#[derive(Clone)]
pub struct Stage {
    /// The picture.
    pub surface: El,
    seen: Rc<Seen>,
}

/// What becomes of what a finger moved along.
type Dropped = Rc<dyn Fn(f64)>;

struct Seen {
    view: Cell<View>,
    /// How large the drawing is.
    size: Cell<(i32, i32)>,
    /// Where the one stands that the hand is on.
    about: Cell<Option<(i32, i32)>>,
    /// Whether the hand chose what is seen; else all of it is, as far as it can be read.
    is_chosen: Cell<bool>,
    fingers: RefCell<Vec<(f64, f64, f64)>>,
    /// Whether the fingers that are down have moved the drawing.
    has_moved: Cell<bool>,
    /// What becomes of what a finger moved along, by so many units.
    dropped: RefCell<Option<Dropped>>,
    /// What a finger moves along, and where it took hold.
    held: RefCell<Option<(El, f64)>>,
}

impl Stage {
    /// An empty frame.
    pub fn new(label: &str) -> Self {
        let surface = svg("svg").class("stage-surface").attr("role", "group").attr("aria-label", label);
        let seen = Seen {
            view: Cell::new(View { x: 0.0, y: 0.0, scale: 1.0 }),
            size: Cell::new((1, 1)),
            about: Cell::new(None),
            is_chosen: Cell::new(false),
            fingers: RefCell::default(),
            has_moved: Cell::new(false),
            dropped: RefCell::default(),
            held: RefCell::default(),
        };
        let stage = Self { surface, seen: Rc::new(seen) };
        stage.listen();
        stage
    }

    /// Whether the fingers that were down last moved the drawing, so that they touched nothing in it.
    pub fn has_moved(&self) -> bool {
        self.seen.has_moved.get()
    }

    /// Lets a finger move along what is chosen.
    pub fn lets_move(&self, dropped: impl Fn(f64) + 'static) {
        self.seen.dropped.replace(Some(Rc::new(dropped)));
    }

    /// A drawing of this size stands in the frame, and the hand is on what is there.
    pub fn holds(&self, size: (i32, i32), about: Option<(i32, i32)>) {
        self.seen.size.set(size);
        self.seen.about.set(about);
        let stage = self.clone();
        // How large the frame is, is known only once it stands on the page.
        spawn(Box::pin(async move { stage.settle() }));
    }

    fn settle(&self) {
        if !self.seen.is_chosen.get() {
            return self.fit_now(NATURAL);
        }
        // What was just made has to be seen.
        let (width, height) = self.pixels();
        let mut view = self.seen.view.get();
        if let Some((x, y)) = self.seen.about.get() {
            let (x, y) = (f64::from(x), f64::from(y));
            let (half_width, half_height) = (width / view.scale / 2.0, height / view.scale / 2.0);
            let margin = 60.0;
            view.x = view.x.clamp(x - (half_width - margin).max(0.0), x + (half_width - margin).max(0.0));
            view.y = view.y.clamp(y - (half_height - margin).max(0.0), y + (half_height - margin).max(0.0));
        }
        self.show(view);
    }

    /// Shows all of the drawing.
    pub fn fit(&self) {
        self.seen.is_chosen.set(false);
        self.fit_now((BOUNDS.0, NATURAL.1));
    }

    fn fit_now(&self, (least, most): (f64, f64)) {
        let (width, height) = self.pixels();
        let (all_width, all_height) = self.seen.size.get();
        let (all_width, all_height) = (f64::from(all_width.max(1)), f64::from(all_height.max(1)));
        let whole = (width / all_width).min(height / all_height);
        let scale = whole.clamp(least, most);
        let mut view = View { x: all_width / 2.0, y: all_height / 2.0, scale };
        if whole < least
            && let Some((x, y)) = self.seen.about.get()
        {
            (view.x, view.y) = (f64::from(x), f64::from(y));
        }
        self.show(view);
    }

    /// Makes the drawing larger or smaller around what the hand is on.
    pub fn zoom(&self, larger: bool) {
        let (width, height) = self.pixels();
        let about = self.seen.about.get().map(|(x, y)| (f64::from(x), f64::from(y)));
        let view = self.seen.view.get();
        let inside = |(x, y): &(f64, f64)| {
            (x - view.x).abs() < width / view.scale / 2.0 && (y - view.y).abs() < height / view.scale / 2.0
        };
        let around = about.filter(inside).unwrap_or((view.x, view.y));
        self.zoom_around(around, if larger { 1.3 } else { 1.0 / 1.3 });
    }

    fn zoom_around(&self, (x, y): (f64, f64), factor: f64) {
        let view = self.seen.view.get();
        let scale = (view.scale * factor).clamp(BOUNDS.0, BOUNDS.1);
        let kept = view.scale / scale;
        self.choose(View { x: x + (view.x - x) * kept, y: y + (view.y - y) * kept, scale });
    }

    fn choose(&self, view: View) {
        self.seen.is_chosen.set(true);
        self.show(view);
    }

    fn show(&self, view: View) {
        self.seen.view.set(view);
        let (width, height) = self.pixels();
        let (shown_width, shown_height) = (width / view.scale, height / view.scale);
        let left = whole(view.x - shown_width / 2.0);
        let top = whole(view.y - shown_height / 2.0);
        let shown = format!("{left} {top} {} {}", whole(shown_width).max(1), whole(shown_height).max(1));
        self.surface.set_attr("viewBox", Some(&shown));
    }

    /// How large the frame is on the page.
    fn pixels(&self) -> (f64, f64) {
        let bounds = self.bounds();
        let bounds: &Event = bounds.unchecked_ref();
        (measure(bounds, "width").max(1.0), measure(bounds, "height").max(1.0))
    }

    fn bounds(&self) -> JsValue {
        self.surface.element().unchecked_ref::<Surface>().bounds()
    }

    /// What stands at a point of the page.
    fn point(&self, x: f64, y: f64) -> (f64, f64) {
        let bounds = self.bounds();
        let bounds: &Event = bounds.unchecked_ref();
        let ((width, height), view) = (self.pixels(), self.seen.view.get());
        let from_middle = (x - measure(bounds, "left") - width / 2.0, y - measure(bounds, "top") - height / 2.0);
        (view.x + from_middle.0 / view.scale, view.y + from_middle.1 / view.scale)
    }

    fn listen(&self) {
        let [down, moved, up, gone, wheel] = [(); 5].map(|()| self.clone());
        let surface = self.surface.clone();
        surface
            .on("pointerdown", move |event| down.down(&event))
            .on("pointermove", move |event| moved.moved(&event))
            .on("pointerup", move |event| up.up(&event))
            .on("pointercancel", move |event| {
                gone.let_go();
                gone.up(&event);
            })
            .on("wheel", move |event| wheel.wheel(&event));
    }

    fn down(&self, event: &Event) {
        let mut fingers = self.seen.fingers.borrow_mut();
        if fingers.is_empty() {
            self.seen.has_moved.set(false);
        }
        let id = measure(event, "pointerId");
        fingers.retain(|(other, ..)| *other != id);
        // Two fingers make the drawing larger or smaller, whatever they are on.
        self.let_go();
        if fingers.is_empty() && self.seen.dropped.borrow().is_some() {
            let chosen = around(event, "[aria-pressed='true']");
            self.seen.held.replace(chosen.map(|chosen| (chosen, measure(event, "clientX"))));
        }
        fingers.push((id, measure(event, "clientX"), measure(event, "clientY")));
    }

    fn moved(&self, event: &Event) {
        let (id, x, y) = (measure(event, "pointerId"), measure(event, "clientX"), measure(event, "clientY"));
        let before = self.seen.fingers.borrow().clone();
        let Some(&(_, old_x, old_y)) = before.iter().find(|(own, ..)| *own == id) else { return };
        if !self.seen.has_moved.get() && (x - old_x).hypot(y - old_y) < STILL {
            return;
        }
        if !self.seen.has_moved.replace(true)
            && let Some(element) = target(event)
        {
            // Without the capture the drawing stops where the finger leaves the frame.
            let _ = element.unchecked_into::<Surface>().capture(id);
        }
        for finger in self.seen.fingers.borrow_mut().iter_mut().filter(|(own, ..)| *own == id) {
            *finger = (id, x, y);
        }
        if let Some((chosen, from)) = &*self.seen.held.borrow() {
            let along = (x - from) / self.seen.view.get().scale;
            chosen.set_attr("transform", Some(&format!("translate({} 0)", whole(along))));
            return;
        }
        match before[..] {
            [_] => {
                let view = self.seen.view.get();
                self.choose(View {
                    x: view.x - (x - old_x) / view.scale,
                    y: view.y - (y - old_y) / view.scale,
                    ..view
                });
            }
            [(one, x1, y1), (_, x2, y2)] => {
                let (other_x, other_y) = if one == id { (x2, y2) } else { (x1, y1) };
                let apart = |x: f64, y: f64| (x - other_x).hypot(y - other_y).max(1.0);
                let middle = self.point(f64::midpoint(x, other_x), f64::midpoint(y, other_y));
                self.zoom_around(middle, apart(x, y) / apart(old_x, old_y));
            }
            _ => {}
        }
    }

    /// What was held is where it was before.
    fn let_go(&self) -> Option<f64> {
        let (chosen, from) = self.seen.held.take()?;
        chosen.set_attr("transform", None);
        Some(from)
    }

    fn up(&self, event: &Event) {
        let id = measure(event, "pointerId");
        let along = self.let_go().map(|from| (measure(event, "clientX") - from) / self.seen.view.get().scale);
        let dropped = self.seen.dropped.borrow().clone();
        if let Some((dropped, along)) = dropped.zip(along.filter(|_| self.has_moved())) {
            dropped(along);
        }
        self.seen.fingers.borrow_mut().retain(|(other, ..)| *other != id);
    }

    fn wheel(&self, event: &Event) {
        // Without the key the wheel scrolls the page, as everywhere.
        if is_held(event, "ctrlKey") {
            event.prevent_default();
            let point = self.point(measure(event, "clientX"), measure(event, "clientY"));
            self.zoom_around(point, if measure(event, "deltaY") < 0.0 { 1.15 } else { 1.0 / 1.15 });
        }
    }
}
