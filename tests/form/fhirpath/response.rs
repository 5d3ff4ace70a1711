//! Walking a response: what is there, what is not, and scores.

use super::{check, run};
use crate::form::sheet::{Sheet, choice, coded, context, form, group, item, list, load, text, when, with};
use asesmen::form::fhirpath::Budget;
use asesmen::form::{Answer, Quantity, Response};
use asesmen::json::Number;
use serde_json::{Value, json};
use std::sync::Arc;

fn scored(link_id: &str) -> Value {
    let url = "http://hl7.org/fhir/StructureDefinition/ordinalValue";
    let mut choice = with(choice(link_id, "choice", &["a", "b", "c"]), json!({"repeats": true}));
    for (position, score) in [json!(0), json!(1), json!(2.5)].into_iter().enumerate() {
        choice["answerOption"][position]["extension"] = json!([{"url": url, "valueDecimal": score}]);
    }
    choice
}

/// A form with a group, a list in it, conditions and scores, half filled.
fn sheet() -> Sheet {
    let drug = list("drug", json!([item("name", "string"), item("dose", "decimal")]));
    let gated = when(group("gated", json!([item("deep", "string")])), "gate", "=", "answerBoolean", json!(true));
    let mut sheet = Sheet::new(&json!([
        item("gate", "boolean"),
        group("g", json!([item("weight", "decimal"), item("height", "decimal"), drug, item("note", "display")])),
        gated,
        scored("p1"),
        scored("p2"),
        item("mass", "quantity"),
        item("born", "date"),
        item("at", "time"),
        choice("plain", "choice", &["a", "b"]),
    ]));
    let decimal = |number| Answer::Decimal(Number::parse(number).expect("a number"));
    sheet.answer("weight", &[], &[decimal("70")]);
    sheet.answer("height", &[], &[decimal("1.75")]);
    sheet.answer("name", &[0], &[text("satu")]);
    sheet.answer("dose", &[0], &[decimal("1.5")]);
    sheet.add("drug", &[4]);
    sheet.answer("name", &[4], &[text("dua")]);
    sheet.answer("dose", &[4], &[decimal("2e0")]);
    sheet.answer("deep", &[], &[text("kept")]);
    sheet.answer("p1", &[], &[coded("b")]);
    sheet.answer("p2", &[], &[coded("a"), coded("c")]);
    sheet.answer("plain", &[], &[coded("a")]);
    let unit = asesmen::form::Coding {
        system: Some("http://unitsofmeasure.org".to_owned()),
        code: "kg".to_owned(),
        display: Some("kilo".to_owned()),
        version: None,
    };
    let value = Number::parse("70.0").expect("a number");
    sheet.answer("mass", &[], &[Answer::Quantity(Quantity { value, unit })]);
    sheet
}

#[test]
fn paths() {
    check(
        &sheet(),
        &[
            ("%resource", "resource"),
            ("item", "gate, g, p1, p2, mass, born, at, plain"),
            ("QuestionnaireResponse.item.linkId.first()", "'gate'"),
            ("%resource.item.where(linkId = 'g').item", "weight, height, drug, drug"),
            ("%resource.item.where(linkId = 'g').item.where(linkId = 'weight').answer", "weight#0"),
            ("%resource.item.where(linkId = 'g').item.where(linkId = 'weight').answer.value", "70"),
            ("%resource.item.where(linkId = 'weight')", ""),
            ("%resource.item.where('g' = linkId).item.where(linkId in ('weight' | 'height')).answer.value", "70, 1.75"),
            ("%resource.item.where(linkId = 'plain' or linkId = 'p1')", "p1, plain"),
            ("%resource.item.where(linkId = 'p1' and answer.count() > 1)", ""),
            ("%resource.item.where(linkId = 'p1' and $index = 2)", "p1"),
            ("%resource.item.where(linkId.startsWith('p'))", "p1, p2, plain"),
            ("%resource.item.where(linkId = 'nowhere')", ""),
            ("%resource.descendants().where(linkId = 'dose').answer.value", "1.5, 2"),
            ("%resource.repeat(item).where(linkId = 'dose').answer.value.sum()", "3.5"),
            ("%resource.repeat(item).linkId.count()", "16"),
            ("%resource.descendants().where(linkId = 'note')", ""),
            ("%resource.item.answer.value.ofType(boolean)", ""),
            (
                "item.where(linkId = 'g').item.where(linkId = 'drug')[1].item.where(linkId = 'name').answer.value",
                "'dua'",
            ),
            ("item.where(linkId = 'g').item.where(linkId = 'drug').item.answer.value.ofType(String)", "'satu', 'dua'"),
            ("item.where(linkId = 'g').item.text.first()", "'weight'"),
            ("item.where(linkId = 'mass').answer.value", "70.0 'kg'"),
            ("item.where(linkId = 'mass').answer.value.unit", "'kilo'"),
            ("item.where(linkId = 'mass').answer.value > 60000 'g'", "true"),
            ("item.where(linkId = 'mass').answer.valueQuantity.code", "'kg'"),
            ("item.where(linkId = 'mass').answer.valueCoding", ""),
            ("item.where(linkId = 'p1').answer.value", "#b"),
            ("item.where(linkId = 'p1').answer.value.code = 'b'", "true"),
            (
                "item.where(linkId = 'p1').answer.value.display & item.where(linkId = 'p1').answer.value.system",
                "'burn:test'",
            ),
            ("item.where(linkId = 'plain').answer.value = item.where(linkId = 'p2').answer[0].value", "true"),
            ("item.where(linkId = 'plain').answer.value ~ %patient.maritalStatus.coding", "true"),
            ("item.where(linkId = 'plain').answer.value in item.where(linkId = 'p1').answer.value", "false"),
            ("item.where(linkId = 'born').answer.empty()", "true"),
            (
                "item.where(linkId = 'born').extension('http://hl7.org/fhir/StructureDefinition/data-absent-reason').value",
                "'not-asked'",
            ),
        ],
    );
}

#[test]
fn what_is_not_asked_is_not_there() {
    let mut sheet = sheet();
    let deep = "%resource.descendants().where(linkId = 'deep').answer.value";
    let gated = "item.where(linkId = 'gated').exists()";
    check(&sheet, &[(deep, ""), (gated, "false"), ("repeat(item).where(linkId = 'deep').exists()", "false")]);
    sheet.answer("gate", &[], &[Answer::Boolean(true)]);
    check(&sheet, &[(deep, "'kept'"), (gated, "true"), ("item.where(linkId = 'gate').answer.value", "true")]);
}

#[test]
fn an_entry_nobody_began_is_not_there() {
    let mut sheet = sheet();
    let count = "item.where(linkId = 'g').item.where(linkId = 'drug').count()";
    sheet.add("drug", &[9]);
    check(&sheet, &[(count, "2"), ("descendants().where(linkId = 'name').count()", "2")]);
    sheet.answer("name", &[9], &[text("tiga")]);
    check(&sheet, &[(count, "3")]);
    sheet.remove("drug", &[0]);
    check(&sheet, &[(count, "2"), ("descendants().where(linkId = 'name').answer.value", "'dua', 'tiga'")]);
}

#[test]
fn scores() {
    let url = "http://hl7.org/fhir/StructureDefinition/ordinalValue";
    check(
        &sheet(),
        &[
            ("item.where(linkId = 'p1').answer.value.ordinal()", "1"),
            ("item.where(linkId = 'p2').answer.weight().sum()", "2.5"),
            ("%resource.descendants().answer.value.ordinal().sum()", "3.5"),
            ("item.where(linkId.startsWith('p')).answer.value.ordinal().sum() >= 3", "true"),
            (&format!("item.where(linkId = 'p1').answer.value.extension('{url}').value"), "1"),
            (&format!("item.answer.value.extension('{url}').valueDecimal.sum()"), "3.5"),
            ("item.where(linkId = 'plain').answer.value.ordinal()", ""),
        ],
    );
}

#[test]
fn an_expression_stands_at_its_item() {
    let sheet = sheet();
    let at = |link_id: &str, within: &[u32], text: &str| {
        run(&sheet.response, Some(sheet.node(link_id, within)), text, Budget::USUAL).expect("a value")
    };
    let bmi = "%context.item.where(linkId = 'weight').answer.value / \
        %context.item.where(linkId = 'height').answer.value.power(2)";
    assert_eq!(at("g", &[], bmi), "22.8571428571428571");
    assert_eq!(at("weight", &[], "$this.answer.value * 2"), "140");
    assert_eq!(at("weight", &[], "answer.value > 200 and %context.linkId = 'weight'"), "false");
    assert_eq!(at("drug", &[4], "item.where(linkId = 'dose').answer.value"), "2");
    assert_eq!(at("drug", &[4], "%resource.item.count()"), "8");
    assert_eq!(at("drug", &[4], "descendants().where(linkId = 'dose').answer.value"), "2");
    let bounds = "%resource.item.where(linkId = 'g').item.where(linkId = 'height').answer.value <= \
        %resource.item.where(linkId = 'g').item.where(linkId = 'weight').answer.value";
    assert_eq!(at("weight", &[], bounds), "true");
}

/// A look-up by linkId takes as many steps in a form of five thousand questions as in a small one.
#[test]
fn looking_up_a_link_id_does_not_walk_the_form() {
    let mut items: Vec<Value> = (0..5000).map(|number| item(&format!("q{number}"), "integer")).collect();
    items.push(group("g", json!([item("x", "integer")])));
    let response = Response::new(Arc::new(load(&form(&json!(items))).expect("loads")), context());
    for text in [
        "%resource.item.where(linkId = 'g').item.where(linkId = 'x').answer.value.empty()",
        "%resource.descendants().where(linkId = 'x').answer.value.empty()",
        "%resource.repeat(item).where(linkId = 'x').answer.value.empty()",
        "item.where(linkId = 'q7' or linkId = 'q9').answer.value.empty()",
    ] {
        assert_eq!(run(&response, None, text, 40).as_deref(), Ok("true"), "{text}");
    }
    assert!(run(&response, None, "descendants().count()", 40).is_err());
    assert_eq!(run(&response, None, "repeat(item).count()", Budget::USUAL).as_deref(), Ok("5002"));
}
