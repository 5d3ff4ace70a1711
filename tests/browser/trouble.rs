//! Bad situations: each is told in words that say what happened, what is safe and what to do; nothing is lost.

use super::engine::Options;
use super::{Browser, Engine, Page, Server, case, run, server, stored};
use serde_json::{Value, json};
use std::fs;
use tempfile::TempDir;

in_every_engine! {
    a_module_that_does_not_come_is_told
    an_unknown_version_of_a_form_is_refused
    an_unreadable_answer_does_not_hide_the_others
    an_unreadable_case_does_not_hide_the_others
    an_unreadable_document_does_not_hide_the_others
    an_unreadable_form_is_told
    an_app_that_stops_says_so
}

/// The question that the tests answer.
pub const QUESTION: &str = "[data-linkid='language_used'] input";

/// Waits for a message of trouble and checks that it says all three things.
pub async fn told(page: &Page, happened: &str) {
    let script = "const one = [...root.querySelectorAll('.trouble')].find((one) => one.textContent.includes(args)); \
                  return one && one.getClientRects().length > 0 && \
                    [...one.querySelectorAll('.trouble-words > p')].map((line) => line.textContent)";
    let lines = page.wait(&format!("message {happened:?}"), script, json!(happened)).await;
    let lines: Vec<String> = serde_json::from_value(lines).expect("texts");
    assert!(lines.len() >= 3 && lines[1].starts_with("Aman:") && lines[2].len() > 20, "{lines:?}");
}

/// Opens a case and answers a question in it.
pub async fn begin(page: &Page, name: &str, answer: &str) {
    case::new(page, name).await;
    case::begin(page, "fisik").await;
    page.fill(QUESTION, answer).await;
    page.saved().await;
}

/// A copy of the built app in which one file is replaced or missing.
fn bundle_with(file: &str, content: Option<String>) -> (TempDir, Server) {
    let folder = tempfile::Builder::new().prefix("asesmen-bundle-").tempdir().expect("a folder");
    server::copy(&Server::bundle(), folder.path());
    for ending in ["", ".br", ".gz"] {
        fs::remove_file(folder.path().join(format!("{file}{ending}"))).expect("the file");
    }
    if let Some(content) = content {
        fs::write(folder.path().join(file), content).expect("the file");
    }
    let server = Server::of(folder.path());
    (folder, server)
}

async fn a_module_that_does_not_come_is_told(engine: Engine) {
    let (_folder, server) = bundle_with("asesmen_bg.wasm", None);
    let browser = Browser::start(engine).await;
    browser.client.goto(&server.origin).await.expect("the page opens");
    Page::of(&browser).shows(".loading", "Tidak ada catatan yang hilang. Periksa jaringan").await;
}

async fn an_app_that_stops_says_so(engine: Engine) {
    let (server, browser) = (Server::start(), Browser::start(engine).await);
    let page = Page::of(&browser);
    page.open(&server.origin).await;
    begin(&page, "Ningsih", "Minang").await;
    // The app takes for granted that the browser can make elements, so without that it panics.
    page.script("document.createElement = () => { throw new Error('no elements') }", json!(null)).await;
    page.tap(".brand").await;
    page.shows("[part='app']", "Asesmen berhenti karena kesalahan. Semua yang tertulis “Tersimpan” aman").await;
    page.reload().await;
    page.tap(".brand").await;
    page.tap("[data-case]").await;
    case::begin(&page, "fisik").await;
    assert_eq!(stored::field(&page, "language_used").await, "Minang");
}

async fn an_unknown_version_of_a_form_is_refused(engine: Engine) {
    let form = fs::read_to_string(Server::bundle().join("instruments/fisik.json")).expect("the form");
    let mut form: Value = serde_json::from_str(&form).expect("JSON");
    form["version"] = "99.0.0".into();
    let (_folder, server) = bundle_with("instruments/fisik.json", Some(form.to_string()));
    let browser = Browser::start(engine).await;
    let page = Page::of(&browser);
    page.open(&server.origin).await;
    case::new(&page, "Ningsih").await;
    case::begin(&page, "fisik").await;
    told(&page, "berversi lain: https://asesmen.id/fhir/Questionnaire/fisik|99.0.0").await;
    page.tap("[data-act='dismiss']").await;
    page.shows(".case-head", "Ningsih").await;
    assert_eq!(stored::records(&page, "documents").await.len(), 0, "nothing is begun on a form that is not known");
}

async fn an_unreadable_answer_does_not_hide_the_others(engine: Engine) {
    let (server, browser) = (Server::start(), Browser::start(engine).await);
    let page = Page::of(&browser);
    page.open(&server.origin).await;
    begin(&page, "Ningsih", "Batak").await;
    page.fill("[data-linkid='place'] input", "Rumah paman").await;
    page.saved().await;
    let answers = stored::records(&page, "operations").await;
    let damaged = answers.iter().position(|answer| answer.contains("Batak")).expect("the answer");
    stored::damage(&page, "operations", damaged).await;
    page.reload().await;
    told(&page, "1 perubahan di dokumen ini tidak dapat dibaca").await;
    assert_eq!(stored::field(&page, "place").await, "Rumah paman");
    page.tap("[data-act='raw-copy']").await;
    let (_, copy) = browser.downloaded_as(".raw.json").await;
    let copy = String::from_utf8(copy).expect("text");
    assert!(copy.contains("Rumah paman") && copy.contains("not a record"), "everything as it is: {copy}");
    // The form can be filled on, and the damaged record stays where it is.
    page.fill(QUESTION, "Toba").await;
    page.saved().await;
    let now = stored::records(&page, "operations").await;
    assert!(now.len() > answers.len() && now[damaged].contains("not a record"), "{now:?}");
}

async fn an_unreadable_case_does_not_hide_the_others(engine: Engine) {
    let (server, browser) = (Server::start(), Browser::start(engine).await);
    let page = Page::of(&browser);
    page.open(&server.origin).await;
    case::new(&page, "Ningsih").await;
    page.tap(".brand").await;
    begin(&page, "Togar", "Batak").await;
    page.tap(".brand").await;
    let cases = stored::records(&page, "cases").await;
    let damaged = cases.iter().position(|case| case.contains("Ningsih")).expect("the case");
    stored::damage(&page, "cases", damaged).await;
    page.reload().await;
    told(&page, "1 catatan di tablet ini tidak dapat dibaca").await;
    page.tap("[data-case]").await;
    page.shows(".case-head", "Togar").await;
    case::begin(&page, "fisik").await;
    assert_eq!(stored::field(&page, "language_used").await, "Batak");
    assert_eq!(stored::records(&page, "cases").await.len(), 2, "the unreadable one is not deleted");
}

async fn an_unreadable_document_does_not_hide_the_others(engine: Engine) {
    let (server, browser) = (Server::start(), Browser::start(engine).await);
    let page = Page::of(&browser);
    page.open(&server.origin).await;
    begin(&page, "Ningsih", "Minang").await;
    page.tap(".brand").await;
    begin(&page, "Togar", "Batak").await;
    page.tap(".brand").await;
    // Identifiers grow with time, so the first document is the first by its key too.
    stored::damage(&page, "documents", 0).await;
    page.reload().await;
    told(&page, "1 catatan di tablet ini tidak dapat dibaca").await;
    page.tap("[data-case]:has(.row-title)").await;
    page.shows(".case-head", "Togar").await;
    case::begin(&page, "fisik").await;
    assert_eq!(stored::field(&page, "language_used").await, "Batak");
    let answers = stored::records(&page, "operations").await;
    assert!(answers.iter().any(|answer| answer.contains("Minang")), "the answers of the unreadable one stay");
}

async fn an_unreadable_form_is_told(engine: Engine) {
    let (server, browser) = (Server::start(), Browser::start(engine).await);
    let page = Page::of(&browser);
    page.open(&server.origin).await;
    begin(&page, "Ningsih", "Minang").await;
    stored::damage(&page, "instruments", 0).await;
    page.reload().await;
    told(&page, "Formulir ini tidak dapat dipakai").await;
    page.shows("h1", "Dokumen ini tidak dapat dibuka").await;
    page.tap("[data-act='raw-copy']").await;
    let (_, copy) = browser.downloaded_as(".raw.json").await;
    assert!(String::from_utf8_lossy(&copy).contains("Minang"), "the copy holds the answers");
    page.tap(".brand").await;
    page.tap("[data-case]").await;
    page.shows(".case-head", "Ningsih").await;
}

#[test]
fn storage_that_the_browser_forbids_is_told() {
    run(|| async {
        for (engine, preference) in [
            (Engine::Firefox, ("network.cookie.cookieBehavior", json!(2))),
            (Engine::Chromium, ("profile.default_content_setting_values.cookies", json!(2))),
        ] {
            let server = Server::start();
            let options = Options { preferences: vec![preference], ..Options::default() };
            let browser = Browser::with(engine, options).await;
            let page = Page::of(&browser);
            page.open(&server.origin).await;
            told(&page, "Browser ini tidak mengizinkan Asesmen menyimpan").await;
            page.find("[data-act='retry']").await;
        }
    });
}

#[test]
fn an_insecure_address_lets_fill_and_says_why_it_does_not_seal() {
    run(|| async {
        let server = Server::start();
        let options = Options { host_rules: Some("MAP asesmen.test 127.0.0.1".to_owned()), ..Options::default() };
        let browser = Browser::with(Engine::Chromium, options).await;
        let page = Page::of(&browser);
        page.open(&server.origin.replace("127.0.0.1", "asesmen.test")).await;
        begin(&page, "Ningsih", "Minang").await;
        page.fill("[data-linkid='place'] input", "Rumah paman").await;
        page.tap("[data-linkid='contact_at'] [data-act='now']").await;
        page.onward().await;
        page.tap("[data-act='to-review']").await;
        told(&page, "dibuka lewat alamat yang tidak aman").await;
        page.find("[data-act='seal'][disabled]").await;
        page.reload().await;
        page.tap(".brand").await;
        page.tap("[data-case]").await;
        case::begin(&page, "fisik").await;
        assert_eq!(stored::field(&page, "language_used").await, "Minang");
        assert_eq!(stored::field(&page, "place").await, "Rumah paman");
    });
}
