//! Questions: one frame for all, one control a kind.

mod attachment;
mod autocomplete;
mod bound;
mod choice;
mod controls;
mod frame;
mod group;
mod list;
mod naming;
mod partial_date;
mod proposal;
mod ranking;
mod reckoned;
mod rich;
mod signature;
mod slider;
mod steps;
mod text;
mod value;

pub use attachment::picture;
pub use bound::{COPIES, read_together};
pub use group::{below, for_client, is_drawing, page};
pub use naming::words_at;
pub use partial_date::date_fields;
pub use proposal::for_page as proposals;
pub use value::{answer_words, basis_key, constraint_words, date_key, issue_words, problem_words, told};

use super::dispatch::Ui;
use super::dom::El;
use crate::domain::DocumentId;
use crate::form::{Content, Item, ItemIx, NodeIx, Place, Questionnaire};
use std::rc::Rc;
use std::sync::Arc;

/// One question as its views know it: the definition never changes, the content is read from the model.
#[derive(Clone)]
pub struct Field {
    /// The app.
    pub ui: Ui,
    /// The question.
    pub node: NodeIx,
    form: Arc<Questionnaire>,
    item: ItemIx,
    /// The element that names the control, where its question is asked in a list and has its text once for all answers.
    named_by: Option<Rc<str>>,
}

impl Field {
    /// The field of a node of the open document.
    pub fn new(ui: Ui, node: NodeIx) -> Option<Self> {
        ui.read(|model| {
            let response = &model.filling()?.response;
            let (form, item) = (Arc::clone(response.questionnaire()), response.node(node).item);
            Some(Self { ui, node, form, item, named_by: None })
        })
    }

    /// The same question, whose control is named by another element of the page.
    pub fn named_by(&self, id: &str) -> Self {
        Self { named_by: Some(id.into()), ..self.clone() }
    }

    /// Gives the control its name, once it stands within an element.
    pub fn name_within(&self, place: &El) {
        let control = place.find(&format!("[id='{}']", self.id("")));
        if let Some(control) = control.filter(|_| self.named_by.is_some()) {
            control.set_attr("aria-labelledby", self.named_by.as_deref());
        }
    }

    /// Another entry of the same list.
    pub fn at(&self, node: NodeIx) -> Self {
        Self { node, ..self.clone() }
    }

    /// The item's definition.
    pub fn item(&self) -> &Item {
        self.form.item(self.item)
    }

    /// The question's text in the language in force.
    pub fn text(&self) -> String {
        self.item().text.in_language(self.ui.locale().tag()).to_owned()
    }

    /// The short form of the text, where the form has one; for lists and heads of columns.
    pub fn short(&self) -> String {
        self.item().short().in_language(self.ui.locale().tag()).to_owned()
    }

    /// Reads the content.
    pub fn content<R: Default>(&self, read: impl FnOnce(&Content) -> R) -> R {
        self.ui.read(|model| {
            model.filling().map(|filling| read(&filling.response.node(self.node).content)).unwrap_or_default()
        })
    }

    /// Reads the content and watches it.
    pub fn watch<R: Default>(&self, read: impl FnOnce(&Content) -> R) -> R {
        self.ui.watch_node(self.node);
        self.content(read)
    }

    /// The id of the control, and of what belongs to it by a suffix.
    pub fn id(&self, suffix: &str) -> String {
        format!("q{}{suffix}", self.node.number())
    }

    /// The ids of what describes the control.
    pub fn described(&self) -> String {
        let format = self.item().entry_format.as_ref().map(|_| format!(" {}", self.id("-format")));
        format!("{}{}", self.id("-problem"), format.unwrap_or_default())
    }

    /// Which question of which document it is, for what comes later than the next screen.
    pub fn address(&self) -> Option<(DocumentId, Place)> {
        self.ui.read(|model| {
            let filling = model.filling()?;
            Some((filling.document.id, filling.response.place(self.node)))
        })
    }

    /// Says what a hand did.
    pub fn edit(&self, edit: crate::form::Edit) {
        self.ui.send(crate::app::Event::Edited(self.node, edit));
    }

    /// Says that the field lost the focus.
    pub fn leave(&self) {
        self.ui.leave(self.node);
    }
}
