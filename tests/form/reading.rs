//! Responses from elsewhere: what fits is kept to the last member, what does not is named with its place.

use super::sheet::{choice, context, extended, form, group, item, list, load, when, with};
use asesmen::form::{Misfit, Questionnaire, ReadRefusal, Reading, Severity, as_given};
use serde_json::{Value, json};
use std::sync::Arc;

fn items() -> Value {
    let nested = with(item("pet", "boolean"), json!({"item": [item("pet-name", "string")]}));
    json!([
        item("name", "string"),
        group("g", json!([item("age", "integer"), choice("colour", "open-choice", &["red", "blue"])])),
        list("drug", json!([item("drug-name", "string"), list("dose", json!([item("amount", "decimal")]))])),
        nested,
        with(item("phone", "string"), json!({"repeats": true})),
        with(item("visit", "date"), json!({"repeats": true, "item": [item("why", "text")]})),
        item("note", "display"),
        with(item("must", "string"), json!({"required": true})),
        when(item("only-red", "string"), "colour", "=", "answerCoding", json!({"system": "urn:test", "code": "red"}))
    ])
}

pub fn response(items: &Value) -> Value {
    let response = json!({"resourceType": "QuestionnaireResponse", "id": "r1", "meta": {"versionId": "7"},
        "questionnaire": "https://example.org/form|1", "status": "completed"});
    if *items == json!([]) { response } else { with(response, json!({"item": items})) }
}

pub fn questionnaire(items: &Value) -> Arc<Questionnaire> {
    Arc::new(load(&form(items)).expect("loads"))
}

fn read(given: &Value) -> Result<Reading, ReadRefusal> {
    Reading::read(questionnaire(&items()), context(), given.to_string().as_bytes())
}

fn reading(given: &Value) -> Reading {
    read(&response(given)).expect("a response to this form")
}

pub fn said(link_id: &str, values: &[Value]) -> Value {
    let item = json!({"linkId": link_id});
    if values.is_empty() { item } else { with(item, json!({"answer": values})) }
}

pub fn text(words: &str) -> Value {
    json!({"valueString": words})
}

#[test]
fn what_was_read_is_written_again_to_the_last_member() {
    let given = response(&json!([
        {"linkId": "name", "id": "i1", "definition": "urn:x", "text": "name",
            "answer": [{"id": "a1", "valueString": "Sekar", "extension": [{"url": "urn:e", "valueInteger": 1}]}]},
        {"linkId": "g", "extension": [{"url": "urn:e", "valueDecimal": 1.50}], "item": [
            {"linkId": "age", "answer": [{"valueInteger": 41}]},
            {"linkId": "colour", "answer": [{"valueCoding":
                {"system": "urn:test", "code": "red", "display": "red", "userSelected": true}}]}]},
        {"linkId": "drug", "item": [{"linkId": "drug-name", "answer": [text("satu")]},
            {"linkId": "dose", "item": [{"linkId": "amount", "answer": [{"valueDecimal": 2.50}]}]},
            {"linkId": "dose", "item": [{"linkId": "amount", "answer": [{"valueDecimal": 3}]}]}]},
        {"linkId": "drug", "item": [{"linkId": "drug-name", "answer": [text("dua")]}]},
        {"linkId": "pet", "answer": [{"valueBoolean": true, "item": [{"linkId": "pet-name", "answer": [text("Belang")]}]}]},
        {"linkId": "phone", "answer": [text("081"), text("082"), text("083")]},
        {"linkId": "visit", "answer": [
            {"valueDate": "2026-01", "item": [{"linkId": "why", "answer": [text("sakit")]}]},
            {"valueDate": "2026-03-04", "item": [{"linkId": "why", "answer": [text("kontrol")]}]}]},
        {"linkId": "note", "text": "note"},
        {"linkId": "must", "answer": [text("ada")]},
        {"linkId": "only-red", "answer": [text("merah")]}
    ]));
    let bytes = given.to_string().replace("1.5}", "1.50}").replace("2.5}", "2.50}");
    let reading = Reading::read(questionnaire(&items()), context(), bytes.as_bytes()).expect("a response to this form");
    assert_eq!(reading.misfits, []);
    assert_eq!(reading.findings(), []);
    let written = as_given(&reading.response, "id").to_string();
    assert!(written.contains("1.50") && written.contains("2.50"), "digits stay as they were written");
    assert_eq!(serde_json::from_str::<Value>(&written).expect("JSON"), given);
}

/// What stands beside answers stays, also where one would not expect both.
#[test]
fn reasons_and_bases_beside_answers_stay() {
    let url = "http://hl7.org/fhir/StructureDefinition/data-absent-reason";
    let basis = "https://asesmen.id/fhir/StructureDefinition/answer-basis";
    let beside = json!([{"url": basis, "valueCode": "administrative"}, {"url": url, "valueCode": "asked-declined"},
        {"url": "urn:e"}, {"url": url, "valueCode": "asked-unknown"}]);
    for answer in [json!({}), json!({"answer": [text("a")]})] {
        let item = with(json!({"linkId": "name", "extension": beside}), answer);
        let given = json!({"resourceType": "QuestionnaireResponse", "status": "completed", "item": [item]});
        let items = json!([super::sheet::item("name", "string")]);
        let reading = Reading::read(questionnaire(&items), context(), given.to_string().as_bytes()).expect("reads");
        let written = as_given(&reading.response, "id").to_string();
        assert_eq!(serde_json::from_str::<Value>(&written).expect("JSON"), given);
    }
}

/// Two items of one question hold what was said in both.
#[test]
fn answers_in_several_items_of_a_question_are_all_kept() {
    let colours = with(choice("colours", "choice", &["a", "b", "c"]), json!({"repeats": true}));
    let code = |code: &str| json!({"valueCoding": {"system": "urn:test", "code": code}});
    let items = [said("colours", &[code("a"), code("b")]), said("colours", &[code("c")])];
    let given = json!({"resourceType": "QuestionnaireResponse", "status": "completed", "item": items});
    let form = questionnaire(&json!([colours]));
    let reading = Reading::read(form, context(), given.to_string().as_bytes()).expect("reads");
    let written: Value = serde_json::from_str(&as_given(&reading.response, "id").to_string()).expect("JSON");
    assert_eq!(written["item"], json!([said("colours", &[code("a"), code("b"), code("c")])]));
}

/// What a form begins with was not said by whoever answered elsewhere.
#[test]
fn nothing_is_added_to_what_was_given() {
    let begun = json!({"initial": [{"valueString": "satu"}, {"valueString": "dua"}], "repeats": true});
    let mut chosen = choice("chosen", "choice", &["a", "b"]);
    chosen["answerOption"][0]["initialSelected"] = json!(true);
    let items = json!([item("name", "string"), with(item("begun", "string"), begun), chosen]);
    let given =
        json!({"resourceType": "QuestionnaireResponse", "status": "completed", "item": [said("name", &[text("a")])]});
    let reading = Reading::read(questionnaire(&items), context(), given.to_string().as_bytes()).expect("reads");
    let written = as_given(&reading.response, "id").to_string();
    assert_eq!(serde_json::from_str::<Value>(&written).expect("JSON"), given);
}

#[test]
fn what_does_not_fit_is_named_with_its_place() {
    let top = "QuestionnaireResponse";
    let unknown = |link_id: &str| Misfit::UnknownItem(link_id.to_owned());
    let cases = [
        (json!([{"text": "x"}]), Misfit::NoLinkId, top),
        (json!([said("ghost", &[text("x")])]), unknown("ghost"), top),
        (json!([{"linkId": "g", "item": [said("ghost", &[])]}]), unknown("ghost"), "QuestionnaireResponse.item[0]"),
        (json!([said("age", &[])]), Misfit::Misplaced("age".to_owned()), top),
        (json!([said("must", &[text("x")]), said("name", &[text("x")])]), Misfit::OutOfOrder("name".to_owned()), top),
        (json!([said("name", &[]), said("name", &[])]), Misfit::Repeated("name".to_owned(), 2), top),
        (
            json!([said("phone", &[text("1")]), said("phone", &[text("2")])]),
            Misfit::Repeated("phone".to_owned(), 2),
            top,
        ),
        (json!([{"linkId": "name", "answer": text("a")}]), Misfit::NoList("answer"), "QuestionnaireResponse.item[0]"),
        (json!([{"linkId": "g", "item": [3]}]), Misfit::NoList("item"), "QuestionnaireResponse.item[0]"),
        (json!([{"linkId": "name", "extension": {}}]), Misfit::NoList("extension"), "QuestionnaireResponse.item[0]"),
        (json!([said("name", &[json!({})])]), Misfit::NoValue, "QuestionnaireResponse.item[0].answer[0]"),
        (json!([said("name", &[text(" ")])]), Misfit::NoValue, "QuestionnaireResponse.item[0].answer[0]"),
        (
            json!([said("name", &[json!({"valueString": "a", "valueInteger": 1})])]),
            Misfit::SeveralValues,
            "QuestionnaireResponse.item[0].answer[0]",
        ),
        (json!([said("name", &[text("a"), text("b")])]), Misfit::SeveralAnswers, "QuestionnaireResponse.item[0]"),
        (json!([said("g", &[text("a")])]), Misfit::GroupAnswered, "QuestionnaireResponse.item[0]"),
        (json!([said("note", &[text("a")])]), Misfit::DisplayAnswered, "QuestionnaireResponse.item[0]"),
        (json!([{"linkId": "pet", "item": []}]), Misfit::ItemsBesideAnswers, "QuestionnaireResponse.item[0]"),
        (json!([{"linkId": "name", "answer": "a"}]), Misfit::NoList("answer"), "QuestionnaireResponse.item[0]"),
        (json!([{"linkId": "g", "item": ["a"]}]), Misfit::NoList("item"), "QuestionnaireResponse.item[0]"),
        (
            json!([said("name", &[json!({"vanueString": "a"})])]),
            Misfit::NoValue,
            "QuestionnaireResponse.item[0].answer[0]",
        ),
        (json!([{"linkId": "name", "text": "other"}]), Misfit::OtherText, "QuestionnaireResponse.item[0]"),
        (
            json!([said("visit", &[json!({"valueDate": "2026"}), text("x")])]),
            Misfit::WrongType(asesmen::form::Kind::Date),
            "QuestionnaireResponse.item[0].answer[1]",
        ),
    ];
    for (given, misfit, place) in cases {
        let misfits = reading(&given).misfits;
        assert_eq!(misfits.len(), 1, "{given}: {misfits:?}");
        assert_eq!((&misfits[0].misfit, misfits[0].place.as_str()), (&misfit, place), "{given}");
    }
}

#[test]
fn what_is_no_response_to_the_form_is_refused() {
    assert!(matches!(read(&json!({"resourceType": "Patient"})), Err(ReadRefusal::NotAResponse(_))));
    assert!(matches!(
        Reading::read(questionnaire(&items()), context(), b"{\"a\":1,\"a\":2}"),
        Err(ReadRefusal::NotJson(_))
    ));
    let mut other = response(&json!([]));
    other["questionnaire"] = json!("https://example.org/other|1");
    let refused = ReadRefusal::OtherForm {
        expected: "https://example.org/form|1".to_owned(),
        found: "https://example.org/other|1".to_owned(),
    };
    assert_eq!(read(&other).expect_err("refused"), refused);
    for near in ["https://example.org/form", "https://example.org/form|9", "#inside", "Questionnaire/beside"] {
        other["questionnaire"] = json!(near);
        assert!(read(&other).is_ok(), "{near}");
    }
}

#[test]
fn a_bar_in_the_name_of_a_form_parts_nothing() {
    let mut barred = form(&items());
    barred["url"] = json!("https://example|org/form");
    let barred = Arc::new(load(&barred).expect("loads"));
    let mut given = response(&json!([]));
    for (name, is_this) in [("https://example|org/form|1", true), ("https://example|org/former|1", false)] {
        given["questionnaire"] = json!(name);
        let read = Reading::read(Arc::clone(&barred), context(), given.to_string().as_bytes());
        assert_eq!(read.is_ok(), is_this, "{name}");
    }
}

fn findings(given: &Value, status: &str) -> Vec<(Severity, &'static str, String)> {
    let mut given = response(given);
    given["status"] = json!(status);
    let found = read(&given).expect("a response to this form").findings();
    found.into_iter().map(|finding| (finding.severity, finding.code, finding.place)).collect()
}

/// Only options can say that a choice is answered by anything but a coding.
#[test]
fn a_choice_without_options_takes_codings_alone() {
    let fits = |kind: &str, answer: Value| {
        let given = response(&json!([said("q", &[answer])])).to_string();
        let form = questionnaire(&json!([item("q", kind)]));
        Reading::read(form, context(), given.as_bytes()).expect("a response").misfits.is_empty()
    };
    let coding = json!({"valueCoding": {"system": "urn:test", "code": "red"}});
    assert!(fits("choice", coding.clone()) && fits("open-choice", coding) && fits("open-choice", text("ungu")));
    for answer in
        [json!({"valueInteger": 1}), json!({"valueDate": "2026"}), json!({"valueReference": {"display": "x"}})]
    {
        assert!(!fits("choice", answer.clone()) && !fits("open-choice", answer.clone()), "{answer}");
    }
    assert!(!fits("choice", text("ungu")));
}

fn written(items: &Value) -> Value {
    let reading = reading(items);
    assert_eq!(reading.misfits, []);
    serde_json::from_str(&as_given(&reading.response, "id").to_string()).expect("JSON")
}

/// An answer may be a reason why there is none, and lists may be there with nothing in them.
#[test]
fn what_says_nothing_stays_where_it_stood() {
    let why = json!({"extension": [{"url": "urn:why", "valueCode": "lupa"}]});
    let beside = json!({"_valueString": {"extension": [{"url": "urn:why", "valueCode": "lupa"}]}});
    for items in [
        json!([said("name", std::slice::from_ref(&why))]),
        json!([said("name", &[beside])]),
        json!([said("phone", &[why.clone(), text("081"), why.clone(), text("082"), why.clone()])]),
        json!([said("phone", &[text("081"), why])]),
        json!([{"linkId": "name", "answer": []}, {"linkId": "g", "item": []}]),
    ] {
        assert_eq!(written(&items), response(&items));
    }
    let empty = with(response(&json!([])), json!({"item": []}));
    let reading = read(&empty).expect("a response to this form");
    assert_eq!(serde_json::from_str::<Value>(&as_given(&reading.response, "id").to_string()).expect("JSON"), empty);
}

#[test]
fn answers_that_say_the_same_keep_what_each_held() {
    let named = |words: &str, id: &str| json!({"valueString": words, "id": id});
    let phones = json!([said("phone", &[named("081", "a"), named("081", "b"), named("082", "c"), named("081", "d")])]);
    assert_eq!(written(&phones), response(&phones));
    let coded = |id: &str| json!({"valueCoding": {"system": "urn:test", "code": "red"}, "id": id});
    let boxes = with(choice("many", "choice", &["red", "blue"]), json!({"repeats": true}));
    let given = response(&json!([said("many", &[coded("a"), coded("b")])]));
    let reading = Reading::read(questionnaire(&json!([boxes])), context(), given.to_string().as_bytes());
    let response = reading.expect("a response").response;
    assert_eq!(serde_json::from_str::<Value>(&as_given(&response, "id").to_string()).expect("JSON"), given);
}

/// A draft may still be put right, so it is told and not held against it.
#[test]
fn several_answers_are_an_error_only_in_what_is_complete() {
    let two = json!([said("name", &[text("a"), text("b")]), said("must", &[text("x")])]);
    let at = "QuestionnaireResponse.item[0]".to_owned();
    assert_eq!(findings(&two, "completed"), [(Severity::Error, "invalid", at.clone())]);
    assert_eq!(findings(&two, "in-progress"), [(Severity::Warning, "invalid", at)]);
}

#[test]
fn what_is_missing_is_an_error_only_when_the_response_says_it_is_complete() {
    let missing = |severity| vec![(severity, "required", "QuestionnaireResponse".to_owned())];
    for (status, severity) in [
        ("completed", Severity::Error),
        ("amended", Severity::Error),
        ("in-progress", Severity::Warning),
        ("stopped", Severity::Warning),
    ] {
        assert_eq!(findings(&json!([]), status), missing(severity), "{status}");
    }
    let present = findings(&json!([said("must", &[])]), "completed");
    assert_eq!(present, [(Severity::Error, "required", "QuestionnaireResponse.item[0]".to_owned())]);
}

#[test]
fn answers_that_were_not_asked_for_and_no_options_are_errors() {
    let must = said("must", &[text("x")]);
    let unasked = findings(&json!([must, said("only-red", &[text("x")])]), "completed");
    assert_eq!(unasked, [(Severity::Error, "invalid", "QuestionnaireResponse.item[1]".to_owned())]);
    let colour = |answer: Value| json!([{"linkId": "g", "item": [said("colour", &[answer])]}, must.clone()]);
    let at = "QuestionnaireResponse.item[0].item[0].answer[0]".to_owned();
    let foreign = json!({"valueCoding": {"system": "urn:other", "code": "red"}});
    assert_eq!(findings(&colour(foreign), "completed"), [(Severity::Error, "invariant", at.clone())]);
    assert_eq!(findings(&colour(text("ungu")), "completed"), []);
    assert_eq!(findings(&colour(text("red")), "completed"), [(Severity::Warning, "invariant", at)]);
}

#[test]
fn a_question_in_a_group_that_is_not_there_was_not_asked_for() {
    let form = json!([group("g", json!([with(item("q", "string"), json!({"required": true}))]))]);
    let check = |items: Value| {
        let given = response(&items).to_string();
        Reading::read(questionnaire(&form), context(), given.as_bytes()).expect("fits").findings().len()
    };
    assert_eq!(check(json!([])), 0);
    assert_eq!(check(json!([{"linkId": "g"}])), 1);
}

#[test]
fn bounds_of_every_kind_hold_for_what_was_given() {
    let core = "http://hl7.org/fhir/StructureDefinition/";
    let sdc = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-";
    let bound = |kind: &str, name: &str, field: &str, value: Value| extended(item("q", kind), name, field, value);
    let kg = |value: i32| json!({"value": value, "unit": "kg", "system": "urn:u", "code": "kg"});
    let ucum = |value: i32, code: &str| json!({"value": value, "system": "http://unitsofmeasure.org", "code": code});
    let file = |size: i32| json!({"valueAttachment": {"contentType": "image/png", "size": size, "data": "AAAA"}});
    let cases = [
        (
            bound("date", &format!("{core}minValue"), "valueDate", json!("2020")),
            json!({"valueDate": "2019-12-31"}),
            false,
        ),
        (bound("date", &format!("{core}minValue"), "valueDate", json!("2020")), json!({"valueDate": "2020-01"}), true),
        (
            bound("time", &format!("{core}maxValue"), "valueTime", json!("12:00:00")),
            json!({"valueTime": "12:00:01"}),
            false,
        ),
        (
            bound("quantity", &format!("{sdc}minQuantity"), "valueQuantity", kg(5)),
            json!({"valueQuantity": kg(4)}),
            false,
        ),
        (
            bound("quantity", &format!("{sdc}minQuantity"), "valueQuantity", kg(5)),
            json!({"valueQuantity": kg(5)}),
            true,
        ),
        (
            bound("quantity", &format!("{sdc}maxQuantity"), "valueQuantity", ucum(5, "km")),
            json!({"valueQuantity": ucum(5000, "m")}),
            true,
        ),
        (
            bound("quantity", &format!("{sdc}maxQuantity"), "valueQuantity", ucum(5, "km")),
            json!({"valueQuantity": ucum(5001, "m")}),
            false,
        ),
        (
            bound("quantity", &format!("{sdc}maxQuantity"), "valueQuantity", ucum(5, "km")),
            json!({"valueQuantity": ucum(1, "kg")}),
            false,
        ),
        (bound("string", &format!("{core}minLength"), "valueInteger", json!(3)), text("ab"), false),
        (bound("string", &format!("{core}minLength"), "valueInteger", json!(3)), text("abc"), true),
        (bound("attachment", &format!("{core}maxSize"), "valueDecimal", json!(3)), file(3), true),
        (bound("attachment", &format!("{core}maxSize"), "valueDecimal", json!(2)), file(3), false),
        (item("q", "attachment"), file(99), false),
        (
            bound("decimal", &format!("{core}maxDecimalPlaces"), "valueInteger", json!(1)),
            json!({"valueDecimal": 1.25}),
            false,
        ),
        (
            bound("quantity", &format!("{core}questionnaire-unitOption"), "valueCoding", json!({"code": "g"})),
            json!({"valueQuantity": kg(5)}),
            false,
        ),
        (with(item("q", "integer"), json!({"answerOption": [{"valueInteger": 1}]})), json!({"valueInteger": 2}), false),
        (with(item("q", "integer"), json!({"answerOption": [{"valueInteger": 1}]})), json!({"valueInteger": 1}), true),
    ];
    for (question, answer, fits) in cases {
        let given = response(&json!([said("q", std::slice::from_ref(&answer))])).to_string();
        let found = Reading::read(questionnaire(&json!([question])), context(), given.as_bytes())
            .expect("a response")
            .findings();
        assert_eq!(found.is_empty(), fits, "{question} {answer}: {found:?}");
    }
}
