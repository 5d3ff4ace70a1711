//! Stored operations that do not fit the form, by damage or malice, are refused and change nothing.

use super::sheet::{Sheet, group, item, list, place, text, with};
use asesmen::form::{Content, Operation, OperationRefusal};
use asesmen::json::parse;
use serde_json::{Value, json};

fn sheet() -> Sheet {
    let mut sheet = Sheet::new(&json!([
        group("g", json!([item("q", "string"), item("d", "display")])),
        list("l", json!([item("x", "string"), list("m", json!([item("y", "string")]))]))
    ]));
    sheet.answer("q", &[], &[text("satu")]);
    sheet.answer("x", &[0], &[text("dua")]);
    sheet
}

fn set(link_id: &str, within: &[u32]) -> Operation {
    Operation::Set {
        at: place(link_id, within),
        content: Content { answers: vec![text("jahat")], ..Content::default() },
    }
}

fn add(link_id: &str, within: &[u32]) -> Operation {
    Operation::Add { at: place(link_id, within) }
}

fn remove(link_id: &str, within: &[u32]) -> Operation {
    Operation::Remove { at: place(link_id, within) }
}

#[test]
fn operations_on_places_the_form_does_not_have_change_nothing() {
    let wrong = [
        set("ghost", &[]),
        set("", &[]),
        set("q", &[0]),
        set("x", &[]),
        set("x", &[1]),
        set("x", &[0, 0]),
        set("y", &[0]),
        set("y", &[0, u32::MAX]),
        add("ghost", &[1]),
        add("l", &[]),
        add("l", &[1, 1]),
        add("m", &[1]),
        add("m", &[8, 1]),
        remove("ghost", &[0]),
        remove("l", &[]),
        remove("m", &[8, 0]),
    ];
    for operation in wrong {
        let mut sheet = sheet();
        let before = (sheet.export(), sheet.response.operations());
        let refused = Err(OperationRefusal::NoSuchPlace(operation.place().clone()));
        assert_eq!(sheet.response.apply(&operation), refused, "{operation:?}");
        assert_eq!((sheet.export(), sheet.response.operations()), before, "{operation:?}");
    }
}

#[test]
fn operations_of_the_wrong_kind_change_nothing() {
    for operation in [set("g", &[]), set("d", &[]), set("l", &[0]), add("g", &[]), add("q", &[]), remove("x", &[0])] {
        let mut sheet = sheet();
        let before = (sheet.export(), sheet.response.operations());
        let refused = Err(OperationRefusal::WrongKind(operation.place().clone()));
        assert_eq!(sheet.response.apply(&operation), refused, "{operation:?}");
        assert_eq!((sheet.export(), sheet.response.operations()), before, "{operation:?}");
    }
}

/// What does not have the type of its question would be no valid record, so it never becomes part of one.
#[test]
fn answers_of_another_type_than_their_question_change_nothing() {
    let answers = [
        json!({"valueBoolean": true}),
        json!({"valueDecimal": 1.5}),
        json!({"valueInteger": 1}),
        json!({"valueDate": "2026"}),
        json!({"valueDateTime": "2026-11-22T10:00:00Z"}),
        json!({"valueTime": "10:00:00"}),
        json!({"valueString": "a"}),
        json!({"valueUri": "urn:a"}),
        json!({"valueCoding": {"code": "a"}}),
        json!({"valueQuantity": {"value": 1, "unit": "kg"}}),
        json!({"valueAttachment": {"data": "QQ=="}}),
    ];
    let own = [
        ("boolean", "valueBoolean"),
        ("decimal", "valueDecimal"),
        ("integer", "valueInteger"),
        ("date", "valueDate"),
        ("dateTime", "valueDateTime"),
        ("time", "valueTime"),
        ("string", "valueString"),
        ("text", "valueString"),
        ("url", "valueUri"),
        ("quantity", "valueQuantity"),
        ("attachment", "valueAttachment"),
    ];
    for (kind, field) in own {
        for answer in &answers {
            let record = json!({"set": {"at": {"linkId": "q"}, "content": {"answers": [answer]}}});
            let mut sheet = Sheet::new(&json!([item("q", kind)]));
            let before = sheet.export();
            let fits = sheet.response.apply(&read(&record).expect("readable")).is_ok();
            assert_eq!(fits, answer.get(field).is_some(), "{kind}: {answer}");
            assert_eq!(sheet.export() == before, !fits, "{kind}: {answer}");
        }
    }
}

#[test]
fn a_refusal_says_where() {
    assert_eq!(OperationRefusal::NoSuchPlace(place("y", &[3, 12])).to_string(), "there is no place y[3][12]");
}

fn read(record: &Value) -> Option<Operation> {
    Operation::from_json(&parse(record.to_string().as_bytes()).expect("JSON"))
}

#[test]
fn a_record_that_is_only_partly_understood_is_not_read() {
    let at = json!({"linkId": "q", "within": [0]});
    let whole = json!({"set": {"at": at, "content": {"answers": [{"valueString": "a"}], "absentNote": "n", "typed": "t",
        "basis": "observed", "absent": "not-asked"}}});
    assert!(read(&whole).is_some());
    let content = |member: &str, value: Value| {
        let content = with(whole["set"]["content"].clone(), json!({ member: value }));
        json!({"set": {"at": at, "content": content}})
    };
    let broken = [
        json!({}),
        json!([]),
        json!({"erase": {"at": at}}),
        json!({"set": {"at": at}}),
        json!({"set": {"content": {}}}),
        json!({"add": {"at": {"within": [0]}}}),
        json!({"add": {"at": {"linkId": 5}}}),
        json!({"add": {"at": {"linkId": "q", "within": [-1]}}}),
        json!({"add": {"at": {"linkId": "q", "within": [4_294_967_296_u64]}}}),
        json!({"add": {"at": {"linkId": "q", "within": "0"}}}),
        json!({"add": {"at": at}, "remove": {"at": at}}),
        content("answers", json!({"valueString": "a"})),
        content("answers", json!([{"valueReference": 1}])),
        content("answers", json!(["a"])),
        content("answers", json!([{"valueDate": "2026-13-01"}])),
        content("answers", json!([{"valueInteger": 1.5}])),
        content("absent", json!("lost")),
        content("absent", json!(1)),
        content("absentNote", json!(1)),
        content("basis", json!("guess")),
        content("typed", json!(["t"])),
    ];
    for record in broken {
        assert_eq!(read(&record), None, "{record}");
    }
}
