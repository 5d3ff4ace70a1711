//! The QuestionnaireResponse: what was asked and answered, what was asked and not, and nothing else.

use super::sheet::{Sheet, choice, extended, group, item, list, now, text, when, with};
use asesmen::domain::{Calendar, PartialDate, Qualifier};
use asesmen::form::{Answer, Attachment, Basis, DataAbsentReason, DateParts, Edit};
use serde_json::{Value, json};

const OWN: &str = "https://asesmen.id/fhir/StructureDefinition/";
const ABSENT: &str = "http://hl7.org/fhir/StructureDefinition/data-absent-reason";

fn administrative(element: Value) -> Value {
    extended(element, &format!("{OWN}answer-basis"), "valueCode", json!("administrative"))
}

#[test]
fn it_says_what_it_answers_for_whom_and_by_whom() {
    let export = Sheet::new(&json!([])).export();
    let expected = json!({"resourceType": "QuestionnaireResponse", "language": "id",
        "questionnaire": "https://example.org/form|1", "status": "completed",
        "subject": {"identifier": {"value": "case-7"}, "display": "Sekar L."},
        "authored": now().to_string(), "author": {"display": "Ratri Wulansari"}});
    assert_eq!(export, expected);
}

#[test]
fn items_stand_in_the_order_of_the_form_not_of_answering() {
    let mut sheet = Sheet::new(&json!([
        item("one", "string"),
        group("two", json!([item("x", "string"), item("y", "string")])),
        item("three", "string")
    ]));
    for link_id in ["three", "y", "x", "one"] {
        sheet.typed(link_id, "a");
    }
    let items = sheet.items();
    assert_eq!(items.iter().map(|item| &item["linkId"]).collect::<Vec<_>>(), ["one", "two", "three"]);
    assert_eq!((&items[1]["item"][0]["linkId"], &items[1]["item"][1]["linkId"]), (&json!("x"), &json!("y")));
    assert_eq!(items[1].get("answer"), None, "a group answers nothing");
    assert_eq!(items[0]["text"], "one");
}

#[test]
fn an_untouched_question_is_recorded_as_not_asked() {
    let sheet = Sheet::new(&json!([item("q", "string"), administrative(item("own", "string")), item("d", "display")]));
    let expected = json!([{"linkId": "q", "text": "q", "extension": [{"url": ABSENT, "valueCode": "not-asked"}]}]);
    assert_eq!(json!(sheet.items()), expected, "the worker's own unwritten notes and display texts leave no trace");
}

#[test]
fn a_reason_stands_in_place_of_the_answer_with_its_note() {
    for reason in DataAbsentReason::ALL {
        let mut sheet = Sheet::new(&json!([item("q", "integer")]));
        sheet.edit("q", &[], Edit::Missing(Some(reason)));
        sheet.edit("q", &[], Edit::MissingNote("ada orang lain".to_owned()));
        let exported = &sheet.items()[0];
        let note = format!("{OWN}data-absent-note");
        let expected =
            json!([{"url": ABSENT, "valueCode": reason.code()}, {"url": note, "valueString": "ada orang lain"}]);
        assert_eq!((&exported["extension"], exported.get("answer")), (&expected, None));
    }
}

#[test]
fn an_answer_says_what_it_rests_on() {
    let mut sheet = Sheet::new(&json!([item("q", "string"), administrative(item("own", "string"))]));
    sheet.typed("q", "a");
    sheet.typed("own", "b");
    let basis = |sheet: &Sheet| sheet.items()[0]["extension"].clone();
    assert_eq!(basis(&sheet), json!([{"url": format!("{OWN}answer-basis"), "valueCode": "self-report"}]));
    sheet.edit("q", &[], Edit::Basis(Basis::Document));
    assert_eq!(basis(&sheet)[0]["valueCode"], "document");
    assert_eq!(sheet.items()[1].get("extension"), None, "the worker's own act rests on nothing else");
}

#[test]
fn what_is_not_asked_leaves_the_record_and_comes_back() {
    let inner = when(
        group("g", json!([item("x", "string"), list("l", json!([item("y", "string")]))])),
        "a",
        "=",
        "answerBoolean",
        json!(true),
    );
    let mut sheet = Sheet::new(&json!([item("a", "boolean"), inner]));
    sheet.answer("a", &[], &[Answer::Boolean(true)]);
    sheet.typed("x", "rahasia");
    sheet.answer("y", &[0], &[text("rahasia")]);
    let asked = sheet.items();
    assert_eq!(json!(asked).to_string().matches("rahasia").count(), 2);
    sheet.answer("a", &[], &[Answer::Boolean(false)]);
    assert!(!json!(sheet.items()).to_string().contains("rahasia"));
    sheet.answer("a", &[], &[Answer::Boolean(true)]);
    assert_eq!(sheet.items(), asked);
}

/// An entry that nobody began is an invitation; where a question asked for the list it is a gap.
#[test]
fn an_unbegun_entry_is_a_gap_only_where_the_list_was_asked_for() {
    let on_demand = when(list("aids", json!([item("aid", "string")])), "has", "=", "answerBoolean", json!(true));
    let mut sheet = Sheet::new(&json!([list("free", json!([item("x", "string")])), item("has", "boolean"), on_demand]));
    sheet.answer("has", &[], &[Answer::Boolean(true)]);
    let items = sheet.items();
    assert_eq!(items.iter().map(|item| &item["linkId"]).collect::<Vec<_>>(), ["has", "aids"]);
    assert_eq!(items[1]["item"][0]["extension"][0]["valueCode"], "not-asked");
    sheet.add("free", &[3]);
    sheet.answer("x", &[3], &[text("a")]);
    assert_eq!(sheet.items().iter().filter(|item| item["linkId"] == "free").count(), 1, "the unbegun one stays out");
}

#[test]
fn text_not_yet_read_and_blanks_are_no_answers() {
    let mut sheet = Sheet::new(&json!([item("n", "integer"), choice("o", "open-choice", &["a"])]));
    sheet.typed("n", "dua");
    sheet.edit("o", &[], Edit::Other(Some(" ".to_owned())));
    for exported in sheet.items() {
        assert_eq!((exported.get("answer"), &exported["extension"][0]["valueCode"]), (None, &json!("not-asked")));
    }
}

#[test]
fn a_partial_date_keeps_all_that_was_told() {
    let partial = extended(item("q", "date"), &format!("{OWN}partial-date"), "valueBoolean", json!(true));
    let mut sheet = Sheet::new(&json!([partial]));
    let parts = DateParts {
        year: "2015".to_owned(),
        month: "3".to_owned(),
        qualifier: Qualifier::After,
        event: "banjir".to_owned(),
        ..DateParts::default()
    };
    sheet.edit("q", &[], Edit::Date(parts));
    let expected = json!({"valueDate": "2015-03", "_valueDate": {"extension": [
        {"url": format!("{OWN}date-qualifier"), "valueCode": "after"},
        {"url": format!("{OWN}date-event"), "valueString": "banjir"}]}});
    assert_eq!(sheet.items()[0]["answer"][0], expected);
    sheet.edit("q", &[], Edit::Age("30".to_owned()));
    let told = &sheet.items()[0]["answer"][0]["_valueDate"]["extension"][1];
    assert_eq!(*told, json!({"url": format!("{OWN}told-age"), "valueInteger": 30}));
    let event = PartialDate { event: Some("gempa".to_owned()), ..PartialDate::default() };
    sheet.answer("q", &[], &[Answer::Date(event)]);
    assert_eq!(sheet.items()[0]["answer"][0].get("valueDate"), None, "an event alone needs no invented year");
    let day = PartialDate { calendar: Calendar::parse_fhir("2015-03-01"), ..PartialDate::default() };
    sheet.answer("q", &[], &[Answer::Date(day)]);
    assert_eq!(sheet.items()[0]["answer"][0], json!({"valueDate": "2015-03-01"}));
}

#[test]
fn several_choices_and_files_take_their_fhir_form() {
    let many = with(choice("c", "open-choice", &["a", "b"]), json!({"repeats": true}));
    let mut sheet = Sheet::new(&json!([many, item("f", "attachment")]));
    sheet.edit("c", &[], Edit::Option { position: 1, chosen: true });
    sheet.edit("c", &[], Edit::Other(Some("lain".to_owned())));
    let coding = json!({"system": "urn:test", "code": "b", "display": "b"});
    assert_eq!(sheet.items()[0]["answer"], json!([{"valueCoding": coding}, {"valueString": "lain"}]));
    let title = "hasil.png".to_owned();
    let file = Attachment { content_type: "image/png".to_owned(), title, size: 3, data: "QUJD".to_owned() };
    sheet.edit("f", &[], Edit::File(file));
    let expected = json!({"contentType": "image/png", "title": "hasil.png", "size": 3, "data": "QUJD"});
    assert_eq!(sheet.items()[1]["answer"], json!([{"valueAttachment": expected}]));
}
