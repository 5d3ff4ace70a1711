//! The app with one more instrument, open at one of its sections.

use super::server::copy;
use super::{Browser, Engine, Page, Server, case};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// A draft of the instrument.
pub struct Form {
    pub page: Page,
    pub browser: Browser,
    pub server: Server,
    _folder: TempDir,
}

impl Form {
    /// A form with every kind of field.
    pub async fn open(engine: Engine, section: usize) -> Self {
        let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/widgets.json");
        let form = serde_json::from_slice(&fs::read(fixture).expect("a form")).expect("JSON");
        Self::of(engine, &form, section).await
    }

    /// A form of these items.
    pub async fn with(engine: Engine, items: Value, section: usize) -> Self {
        Self::of(engine, &questionnaire(items), section).await
    }

    /// This form.
    pub async fn of(engine: Engine, form: &Value, section: usize) -> Self {
        let folder = tempfile::Builder::new().prefix("asesmen-form-").tempdir().expect("a folder");
        copy(&Server::bundle(), folder.path());
        add_instrument(&folder.path().join("instruments"), form);
        let (server, browser) = (Server::of(folder.path()), Browser::start(engine).await);
        let page = Page::of(&browser);
        page.open(&server.origin).await;
        let form = Self { page, browser, server, _folder: folder };
        form.begin(section).await;
        form
    }

    async fn begin(&self, section: usize) {
        case::new(&self.page, "Wulan Kirana").await;
        self.page.tap(".phases > .tasks [data-act='begin']").await;
        self.page.shows(".section-place", "Bagian 1").await;
        for number in 1..section {
            self.page.onward().await;
            self.page.shows(".section-place", &format!("Bagian {}", number + 1)).await;
        }
    }

    /// Waits until all is saved and loads the page anew.
    pub async fn reopen(&self) -> &Page {
        self.page.saved().await;
        self.page.reload().await;
        self.page.find(".question, .list, .veil").await;
        self.page.drawn().await;
        &self.page
    }

    /// Goes to the review.
    pub async fn review(&self) -> &Page {
        self.page.script("root.querySelector('.contents details').open = true", json!(null)).await;
        self.page.tap("[data-act='to-review']").await;
        self.page.find(".review").await;
        &self.page
    }
}

/// A form of these items.
pub fn questionnaire(items: Value) -> Value {
    json!({"resourceType": "Questionnaire", "url": "https://example.org/fhir/Questionnaire/widgets", "version": "1",
        "title": "Semua isian", "language": "id", "status": "active", "item": items})
}

/// A page of a form.
pub fn group(link_id: &str, items: Value) -> Value {
    json!({"linkId": link_id, "type": "group", "text": link_id, "item": items})
}

/// An extension of FHIR R4 by the last part of its name.
pub fn core(name: &str, field: &str, value: Value) -> Value {
    json!({"url": format!("http://hl7.org/fhir/StructureDefinition/{name}"), field: value})
}

/// An extension that names how an item is shown.
pub fn control(code: &str) -> Value {
    core("questionnaire-itemControl", "valueCodeableConcept", json!({"coding": [{"code": code}]}))
}

/// One of our own extensions.
pub fn own(name: &str, field: &str, value: Value) -> Value {
    json!({"url": format!("https://asesmen.id/fhir/StructureDefinition/{name}"), field: value})
}

/// Puts the instrument first in the list of those that the app offers.
pub fn add_instrument(folder: &Path, form: &Value) {
    fs::write(folder.join("widgets.json"), form.to_string()).expect("the form");
    let index = fs::read(folder.join("index.json")).expect("the list");
    let mut index: Value = serde_json::from_slice(&index).expect("JSON");
    let entry = json!({"file": "widgets.json", "url": form["url"], "version": form["version"],
        "title": {"id": "Semua isian", "en": "All fields"}, "purpose": {"id": "Contoh", "en": "Example"}});
    index["instruments"].as_array_mut().expect("a list").insert(0, entry);
    fs::write(folder.join("index.json"), index.to_string()).expect("the list");
    for packed in ["index.json.br", "index.json.gz"] {
        fs::remove_file(folder.join(packed)).expect("a packed list");
    }
}

/// The values of the fields that a selector matches.
pub async fn values(page: &Page, selector: &str) -> Vec<String> {
    let script = "return [...root.querySelectorAll(args)].map((field) => field.value)";
    serde_json::from_value(page.script(script, json!(selector)).await).expect("texts")
}

/// How many elements a selector matches.
pub async fn count(page: &Page, selector: &str) -> Value {
    page.script("return root.querySelectorAll(args).length", json!(selector)).await
}

/// Chooses from a drop-down as the browser itself does it.
pub async fn choose(page: &Page, selector: &str, value: &str) {
    page.find(selector).await.select_by_value(value).await.expect("a choice");
}
