//! Building elements.
//!
//! Leptos gives the app its reactive system: triggers, effects, memos and the owners that end them. Its typed views are
//! not used: every element type in a view brings code of its own into the module, and the screens of this app alone
//! would weigh more than everything else together. Here one untyped element serves for all.

use crate::platform::spawn;
use crate::ui::reactive::*;
use wasm_bindgen::prelude::*;
use web_sys::{
    Document, Element, Event, HtmlElement, HtmlInputElement, Node, ScrollIntoViewOptions, ScrollLogicalPosition,
};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(thread_local_v2, js_name = document)]
    static DOCUMENT: Document;
}

/// An element, being built or on the screen.
#[derive(Clone)]
pub struct El(Element);

/// A new element.
#[expect(clippy::ok_expect, reason = "the browser's own words would bring along all that puts a JsValue into words")]
pub fn el(tag: &str) -> El {
    let element = DOCUMENT.with(|document| document.create_element(tag));
    El(element.ok().expect("tags are constants of this app"))
}

/// A new SVG element.
#[expect(clippy::ok_expect, reason = "as for `el`")]
pub fn svg(tag: &str) -> El {
    const NAMESPACE: &str = "http://www.w3.org/2000/svg";
    let element = DOCUMENT.with(|document| document.create_element_ns(Some(NAMESPACE), tag));
    El(element.ok().expect("tags are constants of this app"))
}

impl El {
    /// Sets an attribute.
    pub fn attr(self, name: &str, value: &str) -> Self {
        self.set_attr(name, Some(value));
        self
    }

    /// Sets an attribute without a value, if the condition holds.
    pub fn flag(self, name: &str, holds: bool) -> Self {
        if holds {
            self.set_attr(name, Some(""));
        }
        self
    }

    /// Sets or removes an attribute.
    pub fn set_attr(&self, name: &str, value: Option<&str>) {
        // Attribute names are constants of this app, so neither can fail.
        let _ = match value {
            Some(value) => self.0.set_attribute(name, value),
            None => self.0.remove_attribute(name),
        };
    }

    /// Sets the classes.
    pub fn class(self, class: &str) -> Self {
        self.attr("class", class)
    }

    /// Appends text.
    pub fn text(self, text: &str) -> Self {
        self.append_text(text);
        self
    }

    /// Appends text.
    pub fn append_text(&self, text: &str) {
        // Appending text to an element cannot fail.
        let _ = self.0.append_with_str_1(text);
    }

    /// Appends an element.
    pub fn child(self, child: El) -> Self {
        self.append(&child);
        self
    }

    /// Appends an element, if there is one.
    pub fn maybe(self, child: Option<El>) -> Self {
        if let Some(child) = child {
            self.append(&child);
        }
        self
    }

    /// Appends elements.
    pub fn all(self, children: impl IntoIterator<Item = El>) -> Self {
        for child in children {
            self.append(&child);
        }
        self
    }

    /// Appends an element.
    pub fn append(&self, child: &El) {
        // An element fails to be appended only to its own descendants.
        let _ = self.0.append_child(&child.0);
    }

    /// Another one like it, with all that stands in it; what it listens to is not copied.
    pub fn copy(&self) -> Self {
        // An element can always be copied, and the copy is one as well.
        self.0.clone_node_with_deep(true).map_or_else(|_| self.clone(), |copy| Self(copy.unchecked_into()))
    }

    /// Takes everything out of it.
    pub fn clear(&self) {
        self.0.set_text_content(None);
    }

    /// Puts another element in its place.
    pub fn replace_with(&self, other: &El) {
        // An element fails to be put only into its own descendants.
        let _ = self.0.replace_with_with_node_1(&other.0);
    }

    /// Takes it off the page.
    pub fn remove(&self) {
        self.0.remove();
    }

    /// Calls a function at every event of a kind.
    pub fn on(self, kind: &str, act: impl FnMut(Event) + 'static) -> Self {
        self.listen(kind, Box::new(act));
        self
    }

    fn listen(&self, kind: &str, act: Box<dyn FnMut(Event)>) {
        // The browser's garbage collector frees the function together with the element.
        let function = Closure::wrap(act).into_js_value();
        // Listening fails only for something that is no function.
        let _ = self.0.add_event_listener_with_callback(kind, function.unchecked_ref());
    }

    /// Calls a function at every click.
    pub fn on_click(self, mut act: impl FnMut() + 'static) -> Self {
        self.on("click", move |_| act())
    }

    /// Fills it now, and anew whenever what was read changes.
    pub fn live(self, fill: impl Fn(&El) + 'static) -> Self {
        let element = self.clone();
        whenever(move || {
            element.clear();
            fill(&element);
        });
        self
    }

    /// Sets an attribute now, and anew whenever what was read changes.
    pub fn live_attr(self, name: &'static str, value: impl Fn() -> Option<String> + 'static) -> Self {
        let element = self.clone();
        whenever(move || element.set_attr(name, value().as_deref()));
        self
    }

    /// Shows one element for each key, now and whenever the list changes; those that stay are not touched.
    pub fn live_list(self, keys: impl Fn() -> Vec<u32> + 'static, make: impl Fn(u32) -> El + 'static) -> Self {
        let parts = Parts {
            parent: self.0.clone(),
            owner: Owner::current().unwrap_or_default(),
            shown: RwSignal::new_local(Vec::new()),
        };
        whenever(move || parts.show(&keys(), &make));
        self
    }

    /// The first element below it that a selector matches.
    pub fn find(&self, selector: &str) -> Option<El> {
        self.0.query_selector(selector).ok().flatten().map(El)
    }

    /// The innermost element around it, itself included, that a selector matches.
    pub fn around(&self, selector: &str) -> Option<El> {
        self.0.closest(selector).ok().flatten().map(El)
    }

    /// All elements below it that a selector matches.
    pub fn all_below(&self, selector: &str) -> Vec<El> {
        let Ok(found) = self.0.query_selector_all(selector) else { return Vec::new() };
        (0..found.length()).filter_map(|at| found.get(at)?.dyn_into().ok().map(El)).collect()
    }

    /// An attribute.
    pub fn attribute(&self, name: &str) -> Option<String> {
        self.0.get_attribute(name)
    }

    /// The element itself, for what only the browser knows of it.
    pub const fn element(&self) -> &Element {
        &self.0
    }

    /// Whether it is on the page.
    pub fn stands(&self) -> bool {
        self.0.is_connected()
    }

    /// Gives it the focus.
    pub fn focus(&self) {
        // What is drawn takes the focus in the same way as other elements, though its type is another. Focusing fails only
        // for elements that were removed meanwhile.
        let _ = self.0.unchecked_ref::<HtmlElement>().focus();
    }

    /// Gives it the focus and brings it into view, with the question it stands in; where it was folded away it is not
    /// any more.
    pub fn focus_in_view(&self) {
        if let Some(folded) = self.around("details") {
            folded.set_attr("open", Some(""));
        }
        self.focus();
        self.around(".question,.asking").as_ref().unwrap_or(self).show();
    }

    /// Brings it into view, if it is not.
    pub fn show(&self) {
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Nearest);
        self.0.scroll_into_view_with_scroll_into_view_options(&options);
    }

    /// Gives the focus to the first question in it beside which a problem is said, once it is said.
    pub fn focus_refused(&self) {
        let form = self.clone();
        spawn(Box::pin(async move {
            let said = form.find(".problem:not(:empty)");
            if let Some(question) = said.and_then(|said| said.around(".question, .list, .group")) {
                question.focus_within();
            }
        }));
    }

    /// Gives it the focus, once what is being drawn stands.
    pub fn focus_drawn(&self) {
        let place = self.clone();
        spawn(Box::pin(async move { place.focus() }));
    }

    /// Gives the focus to the first control in it, once what is being drawn stands.
    pub fn focus_within(&self) {
        let place = self.clone();
        spawn(Box::pin(async move {
            if let Some(control) = place.find("input,select,textarea,button") {
                control.focus();
            }
        }));
    }

    /// Checks or unchecks it, where it is a radio button or a check box.
    pub fn set_checked(&self, checked: bool) {
        self.0.unchecked_ref::<HtmlInputElement>().set_checked(checked);
    }

    /// The text in it, where it is a field.
    pub fn value(&self) -> String {
        self.0.unchecked_ref::<HtmlInputElement>().value()
    }

    /// Puts text into it, where it is a field.
    pub fn set_value(&self, value: &str) {
        self.0.unchecked_ref::<HtmlInputElement>().set_value(value);
    }

    /// Appends it to an element of the page.
    pub fn mount(&self, parent: &Node) {
        // An element fails to be appended only to its own descendants.
        let _ = parent.append_child(&self.0);
    }
}

/// The elements of a live list, each with the owner of its effects.
struct Parts {
    parent: Element,
    owner: Owner,
    shown: RwSignal<Vec<(u32, El, Owner)>, LocalStorage>,
}

impl Parts {
    fn show(&self, keys: &[u32], make: &dyn Fn(u32) -> El) {
        self.shown.update_untracked(|shown| {
            shown.retain(|(key, element, owner)| {
                let stays = keys.contains(key);
                if !stays {
                    owner.cleanup();
                    element.remove();
                }
                stays
            });
            let mut next = self.parent.first_child();
            for key in keys {
                if !shown.iter().any(|(other, ..)| other == key) {
                    // Its own owner, so that its effects outlive the next change of the list.
                    let owner = self.owner.child();
                    let element = owner.with(|| make(*key));
                    shown.push((*key, element, owner));
                }
                let Some((_, element, _)) = shown.iter().find(|(other, ..)| other == key) else { continue };
                let node: &Node = &element.0;
                if next.as_ref() == Some(node) {
                    next = node.next_sibling();
                } else {
                    // The parent is an element that stands, so inserting cannot fail.
                    let _ = self.parent.insert_before(node, next.as_ref());
                }
            }
        });
    }
}

/// Runs a function now, and again whenever what it read changes, for as long as the part of the screen around it stands.
pub fn whenever(run: impl Fn() + 'static) {
    keep(Box::new(run));
}

fn keep(run: Box<dyn Fn()>) {
    StoredValue::new_local(RenderEffect::new(move |_| run()));
}

/// What a reading of the model comes to, waking those who watch it only when that changes. All readings have one type,
/// because every other type would bring its own machinery into the module.
pub fn distinct(read: impl Fn() -> String + 'static) -> Memo<String> {
    distinct_boxed(Box::new(read))
}

fn distinct_boxed(read: Box<dyn Fn() -> String>) -> Memo<String> {
    let read = StoredValue::new_local(read);
    Memo::new(move |_| read.with_value(|read| read()))
}

/// A yes or no for [`distinct`].
pub fn yes(holds: bool) -> String {
    if holds { "yes".to_owned() } else { String::new() }
}

/// What stands in the field that an event came from.
pub fn value(event: &Event) -> String {
    let target = event.target().unwrap_or_else(|| JsCast::unchecked_into(JsValue::UNDEFINED));
    js_sys::Reflect::get(&target, &"value".into()).ok().and_then(|value| value.as_string()).unwrap_or_default()
}

/// The element that an event came from.
pub fn target(event: &Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

/// What an event came from, or stands around it, that a selector matches.
pub fn around(event: &Event, selector: &str) -> Option<El> {
    target(event)?.closest(selector).ok().flatten().map(El)
}

/// An attribute of what an event came from, or of what stands around it.
pub fn attribute_around(event: &Event, name: &str) -> Option<String> {
    around(event, &format!("[{name}]"))?.0.get_attribute(name)
}

/// A property of an event that is text.
pub fn property(event: &Event, name: &str) -> String {
    js_sys::Reflect::get(event, &name.into()).ok().and_then(|value| value.as_string()).unwrap_or_default()
}

/// A property of an event that is a number.
pub fn measure(event: &Event, name: &str) -> f64 {
    js_sys::Reflect::get(event, &name.into()).ok().and_then(|value| value.as_f64()).unwrap_or_default()
}

/// Whether a key, as `shiftKey`, is held down meanwhile.
pub fn is_held(event: &Event, key: &str) -> bool {
    js_sys::Reflect::get(event, &key.into()).ok().and_then(|held| held.as_bool()).unwrap_or_default()
}

/// Whether the box that an event came from is checked.
pub fn checked(event: &Event) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    target.is_some_and(|input| input.checked())
}

/// Text without case and accents, as it is searched. The browser's own way, as Rust's brings tables with it.
pub fn folded(text: &str) -> String {
    let plain = String::from(js_sys::JsString::from(text).normalize("NFD").to_lower_case());
    plain.chars().filter(|letter| !('\u{300}'..='\u{36f}').contains(letter)).collect()
}
