//! A form on a host's page: what its element lets the host do.
//!
//! The answers live as long as this does; the view stands only while the element is on a page.

use super::dispatch::{Outside, Shell, Ui};
use super::fields::issue_words;
use super::i18n::host::{kind, not_taken, reasons};
use super::reactive::{Owner, own};
use super::root::root;
use crate::app::{Event, HostAct, Layout, Locale, Model, Theme};
use crate::form::{Answer, Issue, as_given};
use crate::json::{Object, Value, array};
use std::cell::RefCell;
use std::rc::Rc;

/// A form, its answers, and its view while there is one.
pub struct HostedForm {
    shell: Rc<Shell>,
    ui: Ui,
    view: RefCell<Option<Owner>>,
    _owner: Owner,
}

impl HostedForm {
    /// A form before the host gave one; `tell` is called when a hand changed an answer.
    #[must_use]
    pub fn new(tell: Box<dyn Fn()>) -> Self {
        let shell = Rc::new(Shell::new("", Model::hosted(), Outside::Host(tell)));
        let owner = Owner::new();
        let ui = owner.with(|| Ui::of(Rc::clone(&shell)));
        Self { shell, ui, view: RefCell::default(), _owner: owner }
    }

    /// Draws it into a container.
    pub fn show(&self, container: web_sys::HtmlElement) {
        let ui = self.ui;
        self.shell.stand(Some(container.clone()));
        self.view.replace(Some(own(move || root(ui).mount(&container))));
    }

    /// Takes the view away; nothing holds on to elements of the page any more.
    pub fn hide(&self) {
        self.view.take();
        self.shell.stand(None);
    }

    /// Takes over an attribute; values that are not known change nothing.
    pub fn attribute(&self, name: &str, value: &str) {
        let event = match name {
            "locale" => Locale::from_tag(value).map(Event::LocaleGiven),
            "theme" => Theme::from_code(value).map(Event::ThemeGiven),
            "mode" => Layout::from_code(value).map(|layout| Event::Hosted(HostAct::LaidOut(layout))),
            _ => None,
        };
        event.into_iter().for_each(|event| self.shell.send(event));
    }

    /// Does what the host asks; says as JSON why it is not done: `kind`, `words` and `reasons`.
    #[inline(never)] // An entry of tools/parts.json.
    pub fn act(&self, act: HostAct) -> Option<String> {
        self.shell.send(Event::Hosted(act));
        let refusal = self.ui.read(|model| model.host_refusal().cloned())?;
        let words = not_taken(self.ui, &refusal);
        let mut told = Object::default();
        told.set("kind", kind(&refusal));
        told.set("words", format!("{} {} {}", words.happened, self.ui.t(words.safe), self.ui.t(words.todo)));
        told.set("reasons", array(reasons(self.ui, &refusal).into_iter().map(Value::from)));
        Some(Value::from(told).to_string())
    }

    /// The QuestionnaireResponse as it stands; none without a form.
    #[must_use]
    #[inline(never)] // An entry of tools/parts.json.
    pub fn response(&self) -> Option<String> {
        self.ui.read(|model| Some(as_given(&model.filling()?.response, model.locale().tag()).to_string()))
    }

    /// The answers to a question wherever it is asked, as FHIR has them.
    #[must_use]
    #[inline(never)] // An entry of tools/parts.json.
    pub fn answers(&self, link_id: &str) -> String {
        let answers = self.ui.read(|model| {
            let response = &model.filling()?.response;
            let item = response.questionnaire().find(link_id)?;
            let nodes = response.nodes_of(item).filter(|node| response.is_enabled(*node));
            let answers = nodes.flat_map(|node| &response.node(node).content.answers);
            Some(array(answers.filter(|answer| !answer.is_blank()).map(Answer::to_fhir)))
        });
        answers.unwrap_or_else(|| array([])).to_string()
    }

    /// Says what is wrong, on the page and to the host: `linkId` (null for the form as a whole), `severity` and `words`.
    #[must_use]
    #[inline(never)] // An entry of tools/parts.json.
    pub fn validate(&self) -> String {
        self.act(HostAct::Checked);
        let found = self.ui.read(|model| model.hosted.as_ref().map(|hosted| hosted.found.clone()));
        array(found.unwrap_or_default().iter().map(|issue| self.told(issue))).to_string()
    }

    fn told(&self, issue: &Issue) -> Value {
        let link_id = |model: &Model| {
            let response = &model.filling()?.response;
            issue.node.map(|node| response.item(node).link_id.clone())
        };
        let mut told = Object::default();
        told.set("linkId", self.ui.read(link_id).map_or(Value::Null, Value::from));
        told.set("severity", issue.problem.severity().code());
        told.set("words", issue_words(self.ui, issue));
        told.into()
    }
}
