//! Texts in the language asked for, or in the form's own.

use super::sheet::{Sheet, group, item, with};
use asesmen::form::{Guidance, Sensitivity};
use serde_json::{Value, json};

fn translated(words: &str, language: &str, translation: &str, field: &str) -> Value {
    let parts = json!([{"url": "lang", "valueCode": language}, {"url": "content", field: translation}]);
    json!({"text": words, "_text": {"extension": [
        {"url": "http://hl7.org/fhir/StructureDefinition/translation", "extension": parts}]}})
}

fn text_of(members: Value, language: &str) -> String {
    let sheet = Sheet::new(&json!([with(item("q", "string"), members)]));
    sheet.response.item(sheet.node("q", &[])).text.in_language(language).to_owned()
}

#[test]
fn a_text_is_shown_in_the_language_asked_for() {
    let cases = [
        ("en", "en", "Sleep"),
        ("en", "en-GB", "Sleep"),
        ("EN-us", "en", "Sleep"),
        ("en", "id", "Tidur"),
        ("en", "jv", "Tidur"),
    ];
    for (language, asked, shown) in cases {
        assert_eq!(text_of(translated("Tidur", language, "Sleep", "valueString"), asked), shown, "{language} {asked}");
    }
    assert_eq!(text_of(translated("Tidur", "en", "**Sleep**", "valueMarkdown"), "en"), "**Sleep**");
}

#[test]
fn a_broken_translation_leaves_the_own_text() {
    let mut broken = translated("Tidur", "en", "Sleep", "valueString");
    broken["_text"]["extension"][0]["extension"][0] = json!({"url": "lang"});
    assert_eq!(text_of(broken, "en"), "Tidur");
    assert_eq!(text_of(translated("Tidur", "en", "5", "valueInteger"), "en"), "Tidur");
}

#[test]
fn the_export_speaks_the_language_in_which_the_form_was_shown() {
    let mut sheet = Sheet::new(&json!([with(item("q", "string"), translated("Tidur", "en", "Sleep", "valueString"))]));
    sheet.typed("q", "cukup");
    assert_eq!(super::sheet::export(&sheet.response, "en")["item"][0]["text"], "Sleep");
    assert_eq!(sheet.items()[0]["text"], "Tidur");
}

/// Help belongs to its question and is no item of its own.
#[test]
fn help_is_kept_apart_from_questions() {
    let help = |link_id: &str, purpose: Value| {
        json!({"linkId": link_id, "type": "display", "text": link_id, "extension": [
            {"url": "http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl",
                "valueCodeableConcept": {"coding": [{"code": "help"}]}},
            {"url": "https://asesmen.id/fhir/StructureDefinition/guidance", "valueCode": purpose}]})
    };
    let helps = json!([help("how", json!("how-to-ask")), help("why", json!("why-asked")), help("what", json!("x"))]);
    let sheet = Sheet::new(&json!([with(item("q", "string"), json!({"item": helps})), item("d", "display")]));
    let guidance = &sheet.response.item(sheet.node("q", &[])).guidance;
    let purposes: Vec<Guidance> = guidance.iter().map(|(purpose, _)| *purpose).collect();
    assert_eq!(purposes, [Guidance::HowToAsk, Guidance::WhyAsked, Guidance::Help]);
    assert_eq!(guidance[0].1.in_language("id"), "how");
    assert_eq!(sheet.response.roots().len(), 2, "the display text is shown on its own");
    assert!(sheet.response.questionnaire().find("how").is_none());
}

#[test]
fn a_mark_of_sensitivity_covers_everything_below_and_the_strongest_counts() {
    let mark = |element: Value, code: &str| {
        let url = "https://asesmen.id/fhir/StructureDefinition/sensitivity";
        super::sheet::extended(element, url, "valueCode", json!(code))
    };
    let inner = json!([mark(item("x", "string"), "X"), mark(item("p", "string"), "P"), item("none", "string")]);
    let sheet = Sheet::new(&json!([mark(group("g", inner), "S"), item("free", "string")]));
    let marks = ["x", "p", "none", "free"].map(|link_id| sheet.response.item(sheet.node(link_id, &[])).sensitivity);
    assert_eq!(marks, [Some(Sensitivity::X), Some(Sensitivity::S), Some(Sensitivity::S), None]);
}

#[test]
fn a_form_without_a_title_is_called_by_its_name_or_url() {
    let title = |change: &dyn Fn(&mut Value)| {
        let mut form = super::sheet::form(&json!([]));
        change(&mut form);
        super::sheet::load(&form).expect("loads").title.in_language("id").to_owned()
    };
    assert_eq!(title(&|_| ()), "Contoh");
    let without = |form: &mut Value| drop(form.as_object_mut().expect("an object").remove("title"));
    assert_eq!(title(&without), "https://example.org/form");
    assert_eq!(
        title(&|form| {
            without(form);
            form["name"] = json!("Nama");
        }),
        "Nama"
    );
}
