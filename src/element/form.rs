//! What `<asesmen-form>` calls: texts in, texts out. Its class is `form.js` beside this file.

use crate::app::HostAct;
use crate::ui::HostedForm;
use wasm_bindgen::prelude::*;

/// The form of one element.
#[wasm_bindgen]
pub struct Form {
    form: HostedForm,
}

/// A form before the host gave one; `tell` is called when a hand changed an answer.
#[wasm_bindgen]
pub fn host(tell: js_sys::Function) -> Form {
    // What the host's listeners throw, the browser reports by itself; the call cannot fail otherwise.
    let tell = move || drop(tell.call0(&JsValue::NULL));
    Form { form: HostedForm::new(Box::new(tell)) }
}

#[wasm_bindgen]
impl Form {
    /// Draws it into a container.
    pub fn show(&self, container: web_sys::HtmlElement) {
        self.form.show(container);
    }

    /// Takes the view away.
    pub fn hide(&self) {
        self.form.hide();
    }

    /// Takes over a changed attribute; values that are not known change nothing.
    pub fn attribute(&self, name: &str, value: &str) {
        self.form.attribute(name, value);
    }

    /// Takes over what the host gave, as JSON; says why it does not.
    pub fn take(&self, what: &str, json: Option<String>) -> Option<String> {
        let bytes = json.map(String::into_bytes);
        self.form.act(match (what, bytes) {
            ("definition", bytes) => HostAct::FormGiven(bytes),
            ("response", Some(bytes)) => HostAct::ResponseGiven(bytes),
            ("context", bytes) => HostAct::ContextGiven(bytes.unwrap_or_else(|| b"{}".to_vec())),
            _ => HostAct::Cleared,
        })
    }

    /// Finds what is wrong and shows it; gives it as JSON.
    pub fn validate(&self) -> String {
        self.form.validate()
    }

    /// Puts away what was shown of that.
    pub fn quiet(&self) {
        self.form.act(HostAct::IssuesPutAway);
    }

    /// The QuestionnaireResponse as it stands, as JSON.
    pub fn response(&self) -> Option<String> {
        self.form.response()
    }

    /// The answers to a question, as JSON.
    pub fn answers(&self, link_id: &str) -> String {
        self.form.answers(link_id)
    }
}
