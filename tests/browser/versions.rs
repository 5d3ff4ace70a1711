//! A newer version of a form: told of, shown with all that would change, chosen by the worker, and undone.

use super::audit::{Audit, Look};
use super::hosts::both;
use super::portal::Portal;
use super::server::copy;
use super::update::{build_of, release};
use super::{Browser, Engine, Page, Server, case, devtools, run, stored};
use base64ct::{Base64, Encoding};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::Path;

in_every_engine! {
    a_draft_moves_to_another_version_of_a_form_from_outside
    a_draft_moves_to_the_form_of_a_newer_app
    a_draft_moves_once_in_two_windows
    what_is_written_over_a_version_that_was_left_goes_along
}

const ENTER: &str = "\u{e007}";

/// The form of an agency, in two versions that differ in everything a version can.
fn survey(version: &str) -> Value {
    let newer = version != "1";
    let words = |id: &str, en: &str| {
        json!({"extension": [{"url": "http://hl7.org/fhir/StructureDefinition/translation", "extension": [
            {"url": "lang", "valueCode": "en"}, {"url": "content", "valueString": en}]}]})
        .as_object()
        .map(|beside| (id.to_owned(), Value::Object(beside.clone())))
        .expect("an object")
    };
    let item = |link_id: &str, kind: &str, (id, beside): (String, Value)| json!({"linkId": link_id, "type": kind, "text": id, "_text": beside});
    let option =
        |code: &str, display: &str| json!({"valueCoding": {"system": "urn:contoh", "code": code, "display": display}});
    let sum = json!([{"url": "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression",
        "valueExpression": {"language": "text/fhirpath", "expression":
            format!("%resource.descendants().where(linkId = 'adults').answer.value * {}", if newer { "2" } else { "1" })}}]);
    let asked =
        if newer { words("Siapa nama panggilan Anda?", "What do people call you?") } else { words("Nama", "Name") };
    let mut home = vec![item("name", "string", asked)];
    if newer {
        home.push(item("phone", "string", words("Nomor telepon", "Telephone number")));
    } else {
        home.push(item("note", "string", words("Catatan keluarga", "Family note")));
    }
    let mut water = item("water", "choice", words("Sumber air", "Source of water"));
    water["answerOption"] = if newer {
        json!([option("well", "Sumur gali"), option("pipe", "PDAM"), option("rain", "Air hujan")])
    } else {
        json!([option("well", "Sumur"), option("river", "Sungai")])
    };
    let mut child = item("child", "group", words("Anak", "Child"));
    child["repeats"] = json!(true);
    child["item"] = json!([
        item("child.name", "string", words("Nama anak", "Name of the child")),
        item("child.age", if newer { "integer" } else { "string" }, words("Umur anak", "Age of the child"))
    ]);
    let mut total = item("need", "integer", words("Kebutuhan beras (kg)", "Rice needed (kg)"));
    total["extension"] = sum;
    total["readOnly"] = json!(true);
    let title = words("Survei rumah tangga", "Household survey");
    json!({"resourceType": "Questionnaire", "url": "https://example.org/fhir/Questionnaire/survei", "version": version,
        "title": title.0, "_title": title.1, "language": "id", "status": "active", "item": [
            {"linkId": "home", "type": "group", "text": "Rumah", "item": home},
            {"linkId": "needs", "type": "group", "text": "Kebutuhan", "item": [water, item("adults", "integer",
                words("Jumlah orang dewasa", "Number of adults")), total, child]}]})
}

async fn give(page: &Page, browser: &Browser, version: &str) {
    let file = browser.folder().join(format!("survei-{version}.json"));
    fs::write(&file, survey(version).to_string()).expect("a form");
    page.tap("[data-act='other-forms']").await;
    page.find("[data-act='form-file']").await.send_keys(&file.to_string_lossy()).await.expect("a file");
    page.find("[data-act='begin-added']").await;
}

/// A draft of the first version with its first section filled.
async fn begin(page: &Page, browser: &Browser) {
    give(page, browser, "1").await;
    page.tap("[data-act='begin-added']").await;
    page.fill("[data-linkid='name'] input", "Sekar").await;
    page.fill("[data-linkid='note'] input", "Ibu bekerja di pasar").await;
    page.saved().await;
}

/// A draft of the first version with an answer to every question, its second section on the screen.
async fn fill(page: &Page, browser: &Browser) {
    begin(page, browser).await;
    page.tap("[data-act='next']").await;
    page.shows(".section-place", "Bagian 2").await;
    page.tap("[data-linkid='water'] .option:has([value='river'])").await;
    page.fill("[data-linkid='adults'] input", "3").await;
    page.fill("[data-linkid='child.name'] input", "Adi").await;
    page.tap("[data-linkid='child'] > [data-act='add']").await;
    page.nth("[data-linkid='child.name'] input", 1).await.send_keys("Bima").await.expect("typing");
    page.nth("[data-linkid='child.age'] input", 1).await.send_keys("lima").await.expect("typing");
    page.saved().await;
}

/// What a part of the comparison says, row by row.
async fn rows(page: &Page, part: &str) -> Vec<String> {
    page.find("[data-act='move']").await;
    let script = "const part = root.querySelector(`[data-part='${args}']`); \
                  return part ? [...part.querySelectorAll('.version-row, li')].map((row) => \
                    [...row.children].map((one) => one.textContent).join(' | ') || row.textContent) : []";
    serde_json::from_value(page.script(script, json!(part)).await).expect("rows")
}

/// Whether the heading of the screen has the focus.
async fn heading_has_focus(page: &Page) {
    page.wait(
        "focus on the heading",
        "return root.activeElement && root.activeElement.localName === 'h1'",
        json!(null),
    )
    .await;
}

async fn value(page: &Page, link: &str) -> Value {
    stored::field(page, link).await
}

async fn a_draft_moves_to_another_version_of_a_form_from_outside(engine: Engine) {
    let (server, browser) = (Server::start(), Browser::start(engine).await);
    let page = Page::of(&browser);
    page.open(&server.origin).await;
    case::new(&page, "Nurlaila").await;
    fill(&page, &browser).await;
    page.tap("[data-act='stop']").await;
    give(&page, &browser, "2").await;
    page.shows(".version-offer", "Draf ini memakai versi 1; yang baru versi 2.").await;
    page.tap("[data-act='back']").await;
    let before = stored::records(&page, "operations").await;

    // The offer is quiet: the draft goes on as it is.
    page.tap("[data-instrument$='/survei'] [data-act='begin']").await;
    assert_eq!(value(&page, "note").await, "Ibu bekerja di pasar");
    page.tap(".contents [data-act='newer-version']").await;
    heading_has_focus(&page).await;
    let leaves = rows(&page, "leaves").await;
    assert_eq!(leaves.len(), 3, "{leaves:?}");
    assert!(leaves[0].contains("Catatan keluarga | Ibu bekerja di pasar"), "{leaves:?}");
    assert!(leaves[1].contains("Sumber air | Sungai"), "{leaves:?}");
    assert!(leaves[2].contains("Anak 2 › Umur anak | lima"), "{leaves:?}");
    let stays = rows(&page, "stays").await;
    assert!(stays[0].contains("Nama | Sekar") && stays[0].contains("Siapa nama panggilan Anda?"), "{stays:?}");
    assert_eq!(rows(&page, "reckoned").await, ["Kebutuhan beras (kg) | Sekarang3Sesudah pindah6"]);
    assert_eq!(rows(&page, "added").await, ["Nomor telepon"]);
    page.shows(".version-same", "3").await;
    page.tap("[data-language='en']").await;
    page.shows("[data-part='added']", "Telephone number").await;
    page.tap("[data-language='id']").await;
    page.tap("[data-act='stay']").await;
    page.find(".section-place").await;
    assert_eq!(stored::records(&page, "operations").await, before, "looking changes nothing");

    page.tap(".contents [data-act='newer-version']").await;
    page.press_on("[data-act='move']", ENTER).await;
    page.shows(".section-place", "Bagian 1").await;
    heading_has_focus(&page).await;
    page.shows(".notice", "Draf ini sekarang memakai versi 2").await;
    assert_eq!(value(&page, "name").await, "Sekar");
    page.fill("[data-linkid='phone'] input", "0812").await;
    page.saved().await;
    let after = stored::records(&page, "operations").await;
    assert_eq!(after[..before.len()], before, "what was written stays");
    page.reload().await;
    assert_eq!(value(&page, "phone").await, "0812");
    assert!(!page.has("[data-linkid='note']").await && !page.has("[data-act='newer-version']").await);

    page.tap("[data-act='earlier-version']").await;
    assert!(rows(&page, "leaves").await[0].contains("Nomor telepon | 0812"));
    assert_eq!(rows(&page, "returns").await.len(), 3);
    page.tap("[data-act='move']").await;
    page.shows(".section-place", "Bagian 1").await;
    assert_eq!(value(&page, "note").await, "Ibu bekerja di pasar");
    page.tap("[data-act='next']").await;
    page.shows(".section-place", "Bagian 2").await;
    page.find("[data-linkid='water'] [value='river']:checked").await;
}

/// Puts another version of the built-in form, and an app that comes with it, into a served folder.
fn publish(folder: &Path) {
    let hash = |bytes: &[u8]| format!("sha256-{}", Base64::encode_string(&Sha256::digest(bytes)));
    let mut worker = fs::read_to_string(folder.join("sw.js")).expect("the service worker");
    let mut write = |name: &str, change: &dyn Fn(&mut Value)| {
        let path = folder.join("instruments").join(name);
        let old = fs::read(&path).expect("a file");
        let mut value: Value = serde_json::from_slice(&old).expect("JSON");
        change(&mut value);
        let new = value.to_string().into_bytes();
        worker = worker.replace(&hash(&old), &hash(&new));
        fs::write(&path, new).expect("written");
        for packed in ["br", "gz"] {
            fs::remove_file(folder.join("instruments").join(format!("{name}.{packed}"))).expect("a packed file");
        }
    };
    write("fisik.json", &|form| {
        form["version"] = json!("9.9.9");
        drop_item(form, "language_used");
    });
    write("index.json", &|list| {
        let entries = list["instruments"].as_array_mut().expect("a list");
        let own = entries.iter_mut().find(|entry| entry["file"] == "fisik.json").expect("the form");
        own["version"] = json!("9.9.9");
    });
    fs::write(folder.join("sw.js"), worker).expect("written");
    release(folder, &build_of(folder));
}

fn drop_item(element: &mut Value, link_id: &str) {
    let Some(items) = element.get_mut("item").and_then(Value::as_array_mut) else { return };
    items.retain(|item| item["linkId"] != link_id);
    items.iter_mut().for_each(|item| drop_item(item, link_id));
}

async fn a_draft_moves_to_the_form_of_a_newer_app(engine: Engine) {
    let browser = Browser::start(engine).await;
    let folder = browser.folder().join("served");
    copy(&Server::bundle(), &folder);
    let server = Server::of(&folder);
    let page = Page::of(&browser);
    page.open(&server.origin).await;
    page.wait("service worker", "return !!navigator.serviceWorker.controller", json!(null)).await;
    case::new(&page, "Nurlaila").await;
    case::begin(&page, "fisik").await;
    page.fill("[data-linkid='language_used'] input", "Minang").await;
    page.fill("[data-linkid='place'] input", "Rumah paman").await;
    page.saved().await;
    publish(&folder);
    page.open(&format!("{}/?again", server.origin)).await;
    page.tap("[data-act='update']").await;
    page.wait("older page gone", "return !root.querySelector('[data-act=update]')", json!(null)).await;
    page.tap(".brand").await;
    page.tap("[data-case]").await;
    page.shows(".version-offer", "9.9.9").await;
    page.tap("[data-act='newer-version']").await;
    let leaves = rows(&page, "leaves").await;
    assert!(leaves.len() == 1 && leaves[0].contains("Minang"), "{leaves:?}");
    page.tap("[data-act='move']").await;
    page.shows(".notice", "versi 9.9.9").await;
    assert_eq!(value(&page, "place").await, "Rumah paman");
    page.tap("[data-act='undo-move']").await;
    page.tap("[data-act='move']").await;
    assert_eq!(value(&page, "language_used").await, "Minang");
}

/// Two elements on a page are as two windows: each knows what it has read, and both write to one storage. Both show a
/// draft with the same answers, the first in Indonesian, the second in English.
async fn two_windows(browser: &Browser) -> (Portal, [Page; 2]) {
    let portal = Portal::start();
    let [first, second] = both(browser, &portal).await;
    case::new(&first, "Nurlaila").await;
    begin(&first, browser).await;
    first.tap("[data-act='stop']").await;
    give(&first, browser, "2").await;
    first.reload().await;
    for page in [&first, &second] {
        page.tap("[data-case]").await;
        // What comes a moment after the page moves the button.
        let whole = "return root.querySelectorAll(\"[data-instrument$='/survei'] .row-detail\").length === 2";
        page.wait("counts and offer", whole, json!(null)).await;
        page.tap("[data-instrument$='/survei'] [data-act='begin']").await;
        page.find("[data-linkid='note'] input").await;
    }
    (portal, [first, second])
}

async fn look_at_newer(page: &Page) {
    page.script("root.querySelector('.contents details').open = true", json!(null)).await;
    page.tap("[data-act='newer-version']").await;
    page.find("[data-act='move']").await;
}

async fn a_draft_moves_once_in_two_windows(engine: Engine) {
    let browser = Browser::start(engine).await;
    let (_portal, [first, second]) = two_windows(&browser).await;
    look_at_newer(&first).await;
    look_at_newer(&second).await;
    second.tap("[data-act='move']").await;
    second.shows(".notice", "version 2").await;
    first.tap("[data-act='move']").await;
    first.shows(".notice", "Di jendela lain draf ini sudah dipindah ke versi 2").await;
    let journal = stored::records(&first, "operations").await;
    assert_eq!(journal.iter().filter(|entry| entry.contains("\"moved\"")).count(), 1, "{journal:?}");
    first.tap("[data-act='back']").await;
    assert_eq!(value(&first, "name").await, "Sekar");
    first.fill("[data-linkid='phone'] input", "0812").await;
    first.saved().await;
}

async fn what_is_written_over_a_version_that_was_left_goes_along(engine: Engine) {
    let browser = Browser::start(engine).await;
    let (_portal, [first, second]) = two_windows(&browser).await;
    look_at_newer(&second).await;
    second.tap("[data-act='move']").await;
    second.shows(".notice", "version 2").await;
    first.fill("[data-linkid='note'] input", " dan di rumah").await;
    first.shows(".notice", "Di jendela lain draf ini sudah dipindah ke versi 2").await;
    first.shows(".trouble", "Ibu bekerja di pasar dan di rumah").await;
    first.tap("[data-act='dismiss-strays']").await;
    first.fill("[data-linkid='name'] input", " Ayu").await;
    first.saved().await;
    first.reload().await;
    first.tap("[data-case]").await;
    first.tap("[data-instrument$='/survei'] [data-act='begin']").await;
    assert_eq!(value(&first, "name").await, "Sekar Ayu");
    assert!(!first.has("[data-linkid='note']").await);
}

#[test]
fn everybody_can_compare_versions() {
    run(|| walk(Look::axe(Engine::Chromium, 1280, 800)));
}

#[test]
fn everybody_can_compare_versions_on_a_phone() {
    run(|| walk(Look { locale: "en", ..Look::axe(Engine::Chromium, 390, 844) }));
}

#[test]
fn versions_stand_side_by_side_at_320_pixels() {
    run(|| walk(Look { axe: false, themes: &["light"], ..Look::axe(Engine::Chromium, 320, 640) }));
}

async fn walk(look: Look) {
    let (server, browser) = (Server::start(), Browser::start(look.engine).await);
    devtools::resize(&browser, look.size.0, look.size.1).await;
    let page = Page::of(&browser);
    page.open(&server.origin).await;
    case::new(&page, "Nurlaila").await;
    fill(&page, &browser).await;
    page.tap("[data-act='stop']").await;
    give(&page, &browser, "2").await;
    let mut audit = Audit::begin(look, page, &browser).await;
    audit.check("added again").await;
    audit.page.tap("[data-act='back']").await;
    audit.page.find(".task [data-act='newer-version']").await;
    audit.check("offered").await;
    audit.page.tap(".task [data-act='newer-version']").await;
    audit.page.find("[data-act='move']").await;
    audit.check("compared").await;
    audit.page.tap("[data-act='move']").await;
    audit.page.find("[data-act='undo-move']").await;
    audit.open_all().await;
    audit.check("moved").await;
    audit.page.tap("[data-act='undo-move']").await;
    audit.page.find("[data-part='returns']").await;
    audit.check("going back").await;
    audit.end();
}
