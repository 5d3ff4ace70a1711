//! Choices: one or many, exclusive options, "Lainnya", options chosen from the start.

use super::sheet::{Sheet, choice, coded, item, text, with};
use asesmen::form::{Answer, Edit, other_of};
use asesmen::json::Number;
use serde_json::{Value, json};

fn many() -> Value {
    let mut choice = with(choice("q", "open-choice", &["a", "b", "c", "none"]), json!({"repeats": true}));
    choice["answerOption"][3]["extension"] = json!([{"valueBoolean": true,
        "url": "http://hl7.org/fhir/StructureDefinition/questionnaire-optionExclusive"}]);
    choice
}

fn pick(sheet: &mut Sheet, position: usize, chosen: bool) -> Vec<Answer> {
    sheet.edit("q", &[], Edit::Option { position, chosen }).answers.clone()
}

fn other(sheet: &mut Sheet, words: Option<&str>) -> Vec<Answer> {
    sheet.edit("q", &[], Edit::Other(words.map(str::to_owned))).answers.clone()
}

#[test]
fn one_choice_holds_one_answer() {
    let mut sheet = Sheet::new(&json!([choice("q", "open-choice", &["a", "b"])]));
    pick(&mut sheet, 0, true);
    assert_eq!(pick(&mut sheet, 1, true), [coded("b")]);
    assert_eq!(pick(&mut sheet, 0, false), [coded("b")], "unchoosing what is not chosen");
    assert_eq!(other(&mut sheet, Some("lain")), [text("lain")], "Lainnya takes its place");
    assert_eq!(pick(&mut sheet, 0, true), [coded("a")], "and an option that of Lainnya");
    assert_eq!(pick(&mut sheet, 0, false), []);
    assert_eq!(pick(&mut sheet, 9, true), [], "there is no such option");
}

#[test]
fn many_choices_stand_in_the_order_of_the_form() {
    let mut sheet = Sheet::new(&json!([many()]));
    pick(&mut sheet, 2, true);
    other(&mut sheet, Some("lain"));
    assert_eq!(pick(&mut sheet, 0, true), [coded("a"), coded("c"), text("lain")]);
    assert_eq!(pick(&mut sheet, 0, true).len(), 3, "choosing twice chooses once");
    assert_eq!(pick(&mut sheet, 2, false), [coded("a"), text("lain")]);
}

#[test]
fn an_exclusive_option_stands_alone() {
    let mut sheet = Sheet::new(&json!([many()]));
    pick(&mut sheet, 0, true);
    other(&mut sheet, Some("lain"));
    assert_eq!(pick(&mut sheet, 3, true), [coded("none")]);
    assert_eq!(pick(&mut sheet, 1, true), [coded("b")]);
    pick(&mut sheet, 3, true);
    assert_eq!(other(&mut sheet, Some("lain")), [text("lain")]);
}

#[test]
fn lainnya_is_opened_empty_changed_and_taken_away() {
    let mut sheet = Sheet::new(&json!([many()]));
    pick(&mut sheet, 1, true);
    assert_eq!(other(&mut sheet, Some("")), [coded("b"), text("")], "opened, nothing written yet");
    let node = sheet.node("q", &[]);
    assert_eq!(other_of(sheet.response.item(node), sheet.content("q", &[])), Some(""));
    assert_eq!(other(&mut sheet, Some("lain")), [coded("b"), text("lain")]);
    assert_eq!(other(&mut sheet, None), [coded("b")]);
    assert_eq!(other_of(sheet.response.item(node), sheet.content("q", &[])), None);
}

#[test]
fn options_selected_from_the_start_are_answers_from_the_start() {
    let mut choice = many();
    for position in [0, 2] {
        choice["answerOption"][position]["initialSelected"] = json!(true);
    }
    let mut sheet = Sheet::new(&json!([choice]));
    assert_eq!(sheet.content("q", &[]).answers, [coded("a"), coded("c")]);
    assert!(sheet.response.operations().is_empty(), "nobody did anything yet");
    pick(&mut sheet, 0, false);
    pick(&mut sheet, 2, false);
    let operations = sheet.response.operations();
    assert_eq!(operations.len(), 1, "that all were taken away has to be said");
    let mut copy = Sheet::new(&json!([many()]));
    copy.apply(&operations[0]);
    assert_eq!(copy.content("q", &[]).answers, []);
}

#[test]
fn options_may_be_of_any_type() {
    let options =
        json!([{"valueString": "satu"}, {"valueInteger": 2}, {"valueDate": "2026"}, {"valueTime": "09:00:00"}]);
    let mut sheet = Sheet::new(&json!([with(item("q", "choice"), json!({"answerOption": options}))]));
    let node = sheet.node("q", &[]);
    let texts: Vec<&str> =
        sheet.response.item(node).options.iter().map(|option| option.text.in_language("id")).collect();
    assert_eq!(texts, ["satu", "2", "2026", "09:00:00"]);
    for position in 0..4 {
        pick(&mut sheet, position, true);
        assert_eq!(sheet.items()[0]["answer"][0], options[position]);
        assert!(asesmen::form::issues(&sheet.response).is_empty());
    }
}

#[test]
fn an_option_may_count_in_a_score() {
    let url = "http://hl7.org/fhir/StructureDefinition/ordinalValue";
    let mut choice = choice("q", "choice", &["a", "b"]);
    choice["answerOption"][0]["valueCoding"]["extension"] = json!([{"url": url, "valueDecimal": 2}]);
    choice["answerOption"][1]["extension"] = json!([{"url": url, "valueDecimal": 0.5}]);
    let sheet = Sheet::new(&json!([choice]));
    let ordinals = sheet.response.item(sheet.node("q", &[])).options.iter().map(|option| option.ordinal.clone());
    assert_eq!(ordinals.collect::<Vec<_>>(), ["2", "0.5"].map(Number::parse));
}

#[test]
fn a_system_counts_only_where_both_sides_name_one() {
    let of = |system: Option<&str>| asesmen::form::Coding {
        system: system.map(str::to_owned),
        code: "a".to_owned(),
        display: None,
        version: None,
    };
    assert!(of(None).same(&of(Some("urn:x"))) && of(Some("urn:x")).same(&of(Some("urn:x"))));
    assert!(!of(Some("urn:y")).same(&of(Some("urn:x"))));
}
