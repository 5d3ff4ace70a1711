//! Parts of the module: loaded only when something needs them, kept for working without a network, never of another build.

use super::server::copy;
use super::trouble::told;
use super::{Browser, Engine, Page, Server, case};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

in_every_engine! {
    a_built_in_form_needs_one_part_besides_those_of_the_app
    a_form_with_expressions_works_also_without_a_server
    a_part_that_does_not_come_is_told_and_tried_again
    rules_that_do_not_come_hold_up_the_seal
    a_screen_that_does_not_come_is_told_and_tried_again
    a_language_that_does_not_come_is_told_and_tried_again
    a_part_of_another_build_is_refused
}

const EXPRESSIONS: &str = "asesmen_expressions.wasm";
const OFFICE: &str = "asesmen_office.wasm";
const RULES: &str = "instruments/rules.json";
const RECORD: &str = "asesmen_record.wasm";
const ENGLISH: &str = "asesmen_english.wasm";

/// The built app with one more instrument, in which an answer is reckoned.
struct Served {
    server: Server,
    folder: TempDir,
}

impl Served {
    fn new() -> Self {
        let folder = tempfile::Builder::new().prefix("asesmen-parts-").tempdir().expect("a folder");
        copy(&Server::bundle(), folder.path());
        let item = |link_id: &str| json!({"linkId": link_id, "type": "integer", "text": link_id});
        let mut total = item("total");
        let sum = "%resource.item.where(linkId = 'one' or linkId = 'two').answer.value.sum()";
        total["extension"] = json!([{
            "url": "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression",
            "valueExpression": {"language": "text/fhirpath", "expression": sum},
        }]);
        let url = "https://example.org/fhir/Questionnaire/sum";
        let form = json!({"resourceType": "Questionnaire", "url": url, "version": "1", "title": "Jumlah",
            "item": [item("one"), item("two"), total]});
        let entry = json!({"file": "sum.json", "url": url, "version": "1",
            "title": {"id": "Jumlah", "en": "Sum"}, "purpose": {"id": "Contoh", "en": "Example"}});
        let folder_of_forms = folder.path().join("instruments");
        fs::write(folder_of_forms.join("sum.json"), form.to_string()).expect("a form");
        let index = fs::read(folder_of_forms.join("index.json")).expect("the list");
        let mut index: Value = serde_json::from_slice(&index).expect("JSON");
        index["instruments"].as_array_mut().expect("a list").insert(0, entry);
        put(&folder_of_forms.join("index.json"), index.to_string().as_bytes());
        Self { server: Server::of(folder.path()), folder }
    }

    fn part(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Takes a part away; what it holds is given.
    fn take(&self, name: &str) -> Vec<u8> {
        let bytes = fs::read(self.part(name)).expect("a part");
        for ending in ["", ".br", ".gz"] {
            fs::remove_file(self.part(&format!("{name}{ending}"))).expect("a part");
        }
        bytes
    }

    fn give(&self, name: &str, bytes: &[u8]) {
        fs::write(self.part(name), bytes).expect("a part");
    }

    async fn open(&self, browser: &Browser) -> Page {
        let page = Page::of(browser);
        page.open(&self.server.origin).await;
        case::new(&page, "Wulan Kirana").await;
        page
    }
}

/// Puts a file into a built folder, in place of its packed forms too.
fn put(path: &Path, bytes: &[u8]) {
    fs::write(path, bytes).expect("a file");
    for ending in ["br", "gz"] {
        fs::remove_file(format!("{}.{ending}", path.display())).expect("a packed file");
    }
}

/// Begins the form in which an answer is reckoned, or goes on with it.
async fn begin(page: &Page) {
    page.tap(".phases > .tasks [data-act='begin']").await;
}

/// Fills the open form and waits for its sum.
async fn sum(page: &Page) {
    page.fill("[data-linkid='one'] input", "19").await;
    page.fill("[data-linkid='two'] input", "23").await;
    page.shows(".reckoned-value", "42").await;
    page.saved().await;
}

async fn a_built_in_form_needs_one_part_besides_those_of_the_app(engine: Engine) {
    let (served, browser) = (Served::new(), Browser::start(engine).await);
    for part in [OFFICE, RECORD, ENGLISH, "asesmen_fields.wasm", "asesmen_unusual.wasm"] {
        served.take(part);
    }
    let page = Page::of(&browser);
    page.open(&served.server.origin).await;
    super::trouble::begin(&page, "Wulan Kirana", "Sunda").await;
    page.reload().await;
    answered(&page).await;
}

/// Waits until the question holds its answer.
async fn answered(page: &Page) {
    let script = "return root.querySelector(args)?.value === 'Sunda'";
    page.wait("the answer", script, json!(super::trouble::QUESTION)).await;
}

async fn a_form_with_expressions_works_also_without_a_server(engine: Engine) {
    let mut server = Server::start();
    let browser = Browser::start(engine).await;
    let page = Page::of(&browser);
    page.open(&server.origin).await;
    page.wait("service worker", "return !!navigator.serviceWorker.controller", json!(null)).await;
    server.stop();
    page.reload().await;
    case::new(&page, "Wulan Kirana").await;
    page.tap("[data-act='other-forms']").await;
    let served = Served::new();
    let form = page.find("[data-act='form-file']").await;
    let file = served.folder.path().join("instruments/sum.json");
    form.send_keys(&file.to_string_lossy()).await.expect("a file");
    page.tap("[data-act='back']").await;
    begin(&page).await;
    sum(&page).await;
    page.reload().await;
    page.shows(".reckoned-value", "42").await;
}

async fn a_part_that_does_not_come_is_told_and_tried_again(engine: Engine) {
    let (served, browser) = (Served::new(), Browser::start(engine).await);
    let part = served.take(EXPRESSIONS);
    let page = served.open(&browser).await;
    told(&page, "rules.json").await;
    begin(&page).await;
    told(&page, "sum.json").await;
    served.give(EXPRESSIONS, &part);
    begin(&page).await;
    sum(&page).await;

    fs::remove_file(served.part(EXPRESSIONS)).expect("a part");
    page.reload().await;
    told(&page, "Bagian Asesmen yang diperlukan di sini belum dapat dimuat").await;
    served.give(EXPRESSIONS, &part);
    page.tap("[data-act='retry']").await;
    page.shows(".reckoned-value", "42").await;
}

/// Without the rules nobody knows whether a document may be sealed; they are had again by the same button.
async fn rules_that_do_not_come_hold_up_the_seal(engine: Engine) {
    let (served, browser) = (Served::new(), Browser::start(engine).await);
    let rules = served.take(RULES);
    let page = Page::of(&browser);
    page.open(&served.server.origin).await;
    super::trouble::begin(&page, "Wulan Kirana", "Sunda").await;
    told(&page, "rules.json").await;
    served.give(RULES, &rules);
    page.tap("[data-act='retry']").await;
    let gone = "return ![...root.querySelectorAll('.trouble')].some((one) => one.textContent.includes('rules.json'))";
    page.wait("rules", gone, json!(null)).await;
    answered(&page).await;
}

async fn a_screen_that_does_not_come_is_told_and_tried_again(engine: Engine) {
    let (served, browser) = (Served::new(), Browser::start(engine).await);
    let part = served.take(OFFICE);
    let page = served.open(&browser).await;
    page.tap(".tab:nth-child(3)").await;
    told(&page, "Bagian Asesmen yang diperlukan di sini belum dapat dimuat").await;
    served.give(OFFICE, &part);
    page.tap("[data-act='bring']").await;
    // What the screen had asked for when it was gone to comes too.
    if engine != Engine::WebKit {
        // WebKitGTK says nothing of its storage.
        page.shows(".health", "Terpakai").await;
    }
    // The heading is said, as if the screen had been there at once.
    page.wait("the heading", "return root.activeElement?.localName === 'h1'", json!(null)).await;
    page.tap(".tab:nth-child(2)").await;
    page.find("[data-act='verify-files']").await;
}

async fn a_language_that_does_not_come_is_told_and_tried_again(engine: Engine) {
    let (served, browser) = (Served::new(), Browser::start(engine).await);
    let part = served.take(ENGLISH);
    let page = served.open(&browser).await;
    page.tap("[data-language='en']").await;
    told(&page, "English could not be loaded").await;
    served.give(ENGLISH, &part);
    page.tap("[data-act='retry']").await;
    page.shows(".tab", "Check files").await;
    assert!(!page.has(".trouble").await);
}

async fn a_part_of_another_build_is_refused(engine: Engine) {
    let (served, browser) = (Served::new(), Browser::start(engine).await);
    let mut other = served.take(EXPRESSIONS);
    // A module all the same, with one section more that says nothing.
    other.extend([0, 2, 1, b'x']);
    served.give(EXPRESSIONS, &other);
    let page = served.open(&browser).await;
    begin(&page).await;
    told(&page, "sum.json").await;
}
