//! Every question is reached from the list of what has to be mended, wherever it stands, and nothing is said about one
//! before it was left.

use super::form::{Form, control, core, group, own};
use super::{Engine, devtools, run};
use serde_json::{Value, json};

in_every_engine! { every_question_is_reached_from_the_review }

const ENTER: &str = "\u{e007}";

fn question(link_id: &str, kind: &str, more: Value) -> Value {
    let mut question = json!({"linkId": link_id, "type": kind, "text": link_id, "required": true});
    question.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
    question
}

fn options(many: usize) -> Value {
    (0..many).map(|at| json!({"valueCoding": {"code": format!("o{at}"), "display": format!("Pilihan {at}")}})).collect()
}

/// One question of each kind, in each place where one can stand.
fn items() -> Value {
    let x = json!([own("sensitivity", "valueCode", json!("X"))]);
    let partial = json!([own("partial-date", "valueBoolean", json!(true))]);
    let bound = |name: &str, number: i32| core(name, "valueInteger", json!(number));
    let slider = json!([control("slider"), bound("minValue", 0), bound("maxValue", 10)]);
    let broken = json!([{"url": "http://hl7.org/fhir/StructureDefinition/questionnaire-constraint", "extension": [
        {"url": "key", "valueId": "k"}, {"url": "severity", "valueCode": "error"},
        {"url": "human", "valueString": "Tidak cocok."},
        {"url": "expression", "valueString": "item.where(linkId = 'ada').answer.value = false"}]}]);
    json!([
        group("tempat", json!([
            {"linkId": "kartu", "type": "group", "text": "Kartu", "repeats": true, "item": [
                {"linkId": "kartu.ada", "type": "string", "text": "ada", "initial": [{"valueString": "a"}]},
                question("kartu.nama", "string", json!({}))]},
            {"linkId": "tabel", "type": "group", "text": "Tabel", "repeats": true, "extension": [control("gtable")], "item": [
                {"linkId": "tabel.ada", "type": "string", "text": "ada", "initial": [{"valueString": "a"}]},
                question("tabel.nama", "string", json!({}))]},
            {"linkId": "induk", "type": "boolean", "text": "induk", "initial": [{"valueBoolean": true}], "item": [
                question("anak", "string", json!({}))]},
            question("daftar", "string", json!({"repeats": true})),
            question("rahasia", "string", json!({"extension": x})),
            {"linkId": "kelompok", "type": "group", "text": "Kelompok", "required": true, "item": [
                {"linkId": "kelompok.a", "type": "string", "text": "a"}]},
            {"linkId": "cocok", "type": "group", "text": "Cocok", "extension": broken, "item": [
                {"linkId": "ada", "type": "boolean", "text": "ada", "initial": [{"valueBoolean": true}]}]}])),
        group("jenis", json!([
            question("ya", "boolean", json!({})),
            question("satu", "choice", json!({"answerOption": options(3)})),
            question("banyak", "choice", json!({"answerOption": options(3), "repeats": true})),
            question("turun", "choice", json!({"answerOption": options(20)})),
            question("cari", "choice", json!({"answerOption": options(50)})),
            question("angka", "integer", json!({"extension": slider})),
            question("lama", "date", json!({"extension": partial})),
            question("hari", "date", json!({})),
            question("cerita", "text", json!({})),
            question("berkas", "attachment", json!({})),
            question("tanda", "attachment", json!({"extension": [control("signature")]}))])),
        {"linkId": "peka", "type": "group", "text": "Peka", "extension": x, "item": [question("dalam", "string", json!({}))]}
    ])
}

/// What has to be mended, by the words of its link, and the item that the link leads to.
const LINKS: [(&str, &str); 19] = [
    ("kartu.nama:", "kartu.nama"),
    ("tabel.nama:", "tabel.nama"),
    ("anak:", "anak"),
    ("daftar:", "daftar"),
    ("rahasia:", "rahasia"),
    ("Kelompok:", "kelompok"),
    ("Cocok:", "cocok"),
    ("ya:", "ya"),
    ("satu:", "satu"),
    ("banyak:", "banyak"),
    ("turun:", "turun"),
    ("cari:", "cari"),
    ("angka:", "angka"),
    ("lama:", "lama"),
    ("hari:", "hari"),
    ("cerita:", "cerita"),
    ("berkas:", "berkas"),
    ("tanda:", "tanda"),
    ("dalam:", "dalam"),
];

async fn every_question_is_reached_from_the_review(engine: Engine) {
    let form = Form::with(engine, items(), 1).await;
    let page = form.review().await;
    let mut unreached = Vec::new();
    for (at, (words, link_id)) in LINKS.iter().enumerate() {
        let link = page.nth("[data-act='mend']", at).await;
        assert!(link.text().await.expect("words").starts_with(words), "{words} is link {at}");
        page.tap_nth("[data-act='mend']", at).await;
        page.find(".section-place").await;
        let there = "const e = root.activeElement; if (!e || !e.closest('.sheet-main') || e.matches('h1')) return null; \
                     const { top, bottom } = e.getBoundingClientRect(); \
                     const inside = !!e.closest(`[data-linkid='${args}']`); \
                     return { inside, seen: bottom > 0 && top < innerHeight }";
        let reached = page.wait(&format!("focus for {link_id}"), there, json!(link_id)).await;
        if reached != json!({"inside": true, "seen": true}) {
            unreached.push((link_id, reached));
        }
        let said = page.script(
            "return root.querySelector(`[data-linkid='${args}'] .problem:not(:empty)`)?.textContent",
            json!(link_id),
        );
        let said = said.await;
        if said.as_str().is_none_or(str::is_empty) {
            unreached.push((link_id, json!("nothing is said there")));
        }
        form.review().await;
    }
    assert!(unreached.is_empty(), "{engine:?}: {unreached:?}");
}

#[test]
fn the_list_of_what_has_to_be_mended_takes_the_focus() {
    run(|| async {
        let form = Form::with(Engine::Chromium, items(), 1).await;
        let page = form.review().await;
        page.press_on("[data-act='seal']", ENTER).await;
        let there = "const e = root.activeElement; return !!e && !!e.querySelector('[data-act=mend]') \
                     && e.getAttribute('role') === 'group' && e.getAttribute('aria-label')";
        page.wait("focus on the list", there, json!(null)).await;
        devtools::resize(&form.browser, 390, 844).await;
        page.press_on("[data-act='mend']", ENTER).await;
        page.find("[data-linkid='kartu.nama'] .problem:not(:empty)").await;
    });
}

/// The gentle voice: nothing is said while somebody types, and nothing shouts before a field was left.
#[test]
fn nothing_is_said_before_a_field_was_left() {
    run(|| async {
        let number = json!({"linkId": "umur", "type": "integer", "text": "Umur", "required": true});
        let items = json!([group("satu", json!([number, {"linkId": "lain", "type": "string", "text": "Lain"}]))]);
        let form = Form::with(Engine::Chromium, items, 1).await;
        let page = &form.page;
        // Keys go to whatever has the focus, as from a hand; typing into an element would leave it first.
        page.press_on("[data-linkid='umur'] input", "dua").await;
        page.saved().await;
        let quiet = "return !root.querySelector('.problem:not(:empty)')";
        assert_eq!(page.script(quiet, json!(null)).await, true, "saved as typed, and nothing is called wrong yet");
        page.press_on("[data-linkid='lain'] input", "a").await;
        page.shows("[data-linkid='umur'] .problem", "angka").await;
        page.press_on("[data-linkid='umur'] input", "\u{e003}\u{e003}\u{e003}2").await;
        page.wait("quiet at once", quiet, json!(null)).await;
        page.tap("[data-act='next']").await;
        page.find(".review").await;
    });
}

/// What is wrong with the form as a whole leads to a question that has to do with it, or can at least be read.
#[test]
fn what_is_wrong_with_the_whole_form_can_be_reached() {
    run(|| async {
        let constraint = |key: &str, text: &str| {
            let parts = json!([{"url": "key", "valueId": key}, {"url": "severity", "valueCode": "error"},
                {"url": "human", "valueString": key}, {"url": "expression", "valueString": text}]);
            json!({"url": "http://hl7.org/fhir/StructureDefinition/questionnaire-constraint", "extension": parts})
        };
        let items = json!([
            group("satu", json!([{"linkId": "a", "type": "string", "text": "a"}])),
            group("dua", json!([{"linkId": "b", "type": "integer", "text": "b", "initial": [{"valueInteger": 1}]}]))
        ]);
        let mut form = super::form::questionnaire(items);
        form["extension"] = json!([
            constraint("terlalu-kecil", "%resource.item.item.where(linkId = 'b').answer.value > 5"),
            constraint("tidak-pernah", "1 = 2")
        ]);
        let form = Form::of(Engine::Chromium, &form, 1).await;
        let page = form.review().await;
        page.press_on(".trouble li[tabindex='0']", "").await;
        page.shows(".trouble li[tabindex='0']", "keseluruhan").await;
        page.press_on("[data-act='mend']", ENTER).await;
        let there = "const e = root.activeElement; return !!e && !!e.closest(\"[data-linkid='b']\")";
        page.wait("focus at the question", there, json!(null)).await;
    });
}
