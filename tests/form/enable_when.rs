//! The seven operators over every type of answer, and how several conditions act together.

use super::sheet::{Sheet, coded, item, now, text, when, with};
use asesmen::domain::{Calendar, PartialDate};
use asesmen::form::{Answer, Basis, Coding, Content, DataAbsentReason, Edit, Operation, Quantity};
use asesmen::json::Number;
use serde_json::{Value, json};

fn number(text: &str) -> Number {
    Number::parse(text).expect("a number")
}

fn date(text: &str) -> Answer {
    Answer::Date(PartialDate { calendar: Calendar::parse_fhir(text), ..PartialDate::default() })
}

fn kilos(value: &str) -> Answer {
    let unit = Coding {
        system: Some("urn:unit".to_owned()),
        code: "kg".to_owned(),
        display: Some("kg".to_owned()),
        version: None,
    };
    Answer::Quantity(Quantity { value: number(value), unit })
}

const OPERATORS: [&str; 6] = ["=", "!=", ">", "<", ">=", "<="];

/// Whether an item is asked when the question holds these answers.
fn asked(kind: &str, operator: &str, field: &str, expected: &Value, answers: &[Answer]) -> bool {
    let question = match kind {
        "choice" => super::sheet::choice("q", "choice", &["a", "b"]),
        _ => item("q", kind),
    };
    let mut sheet = Sheet::new(&json!([question, when(item("d", "string"), "q", operator, field, expected.clone())]));
    sheet.answer("q", &[], answers);
    sheet.asked("d", &[])
}

/// Which of the six comparing operators hold for one answer.
fn holding(kind: &str, field: &str, expected: &Value, answer: &Answer) -> String {
    let answers = std::slice::from_ref(answer);
    OPERATORS
        .into_iter()
        .filter(|operator| asked(kind, operator, field, expected, answers))
        .collect::<Vec<_>>()
        .join(" ")
}

const SAME: &str = "= >= <=";
const MORE: &str = "!= > >=";
const LESS: &str = "!= < <=";
const OTHER: &str = "!=";
const EQUAL: &str = "=";

#[test]
fn each_type_is_compared_by_its_value() {
    let kg = json!({"value": 50, "unit": "kg", "system": "urn:unit", "code": "kg"});
    let pounds = json!({"value": 50, "unit": "lb", "system": "urn:unit", "code": "lb"});
    let moment = json!("2026-11-22T10:00:00+07:00");
    let decimal = |text: &str| Answer::Decimal(number(text));
    let moment_of = |text: &str| Answer::DateTime(text.to_owned());
    let time = |text: &str| Answer::Time(text.to_owned());
    let cases = [
        ("boolean", "answerBoolean", json!(true), Answer::Boolean(true), EQUAL),
        ("boolean", "answerBoolean", json!(true), Answer::Boolean(false), OTHER),
        ("integer", "answerInteger", json!(9), Answer::Integer(9), SAME),
        ("integer", "answerInteger", json!(9), Answer::Integer(10), MORE),
        ("integer", "answerInteger", json!(9), Answer::Integer(-10), LESS),
        ("decimal", "answerDecimal", json!(1.5), decimal("1.50"), SAME),
        ("decimal", "answerDecimal", json!(1.5), decimal("10"), MORE),
        ("decimal", "answerInteger", json!(2), decimal("1.99999999999999999999"), LESS),
        ("integer", "answerDecimal", json!(2.5), Answer::Integer(3), MORE),
        ("quantity", "answerQuantity", kg.clone(), kilos("50.0"), SAME),
        ("quantity", "answerQuantity", kg, kilos("49.9"), LESS),
        ("quantity", "answerQuantity", pounds, kilos("50"), OTHER),
        ("date", "answerDate", json!("2026-11-22"), date("2026-11-22"), SAME),
        ("date", "answerDate", json!("2026-11-22"), date("2025-12-31"), LESS),
        ("date", "answerDate", json!("2026"), date("2027-01"), MORE),
        ("date", "answerDate", json!("2026-11-22"), date("2026-11"), OTHER),
        ("dateTime", "answerDateTime", moment.clone(), moment_of("2026-11-22T03:00:00Z"), SAME),
        ("dateTime", "answerDateTime", moment, moment_of("2026-11-22T10:00:00+08:00"), LESS),
        ("time", "answerTime", json!("09:30:00"), time("10:00:00"), MORE),
        ("string", "answerString", json!("ya"), text("ya"), SAME),
        ("string", "answerString", json!("ya"), text("Ya"), LESS),
        ("choice", "answerCoding", json!({"code": "a"}), coded("a"), EQUAL),
        ("choice", "answerCoding", json!({"system": "urn:test", "code": "a"}), coded("b"), OTHER),
        ("choice", "answerCoding", json!({"system": "urn:else", "code": "a"}), coded("a"), OTHER),
        ("url", "answerUri", json!("urn:x"), Answer::Uri("urn:x".to_owned()), EQUAL),
        ("integer", "answerString", json!("9"), Answer::Integer(9), OTHER),
    ];
    for (kind, field, expected, answer, wanted) in cases {
        assert_eq!(holding(kind, field, &expected, &answer), wanted, "{kind}: {answer:?} against {expected}");
    }
}

#[test]
fn one_of_several_answers_is_enough_and_not_equal_looks_at_all() {
    let expected = json!({"code": "a"});
    let both = [coded("a"), coded("b")];
    assert!(asked("choice", "=", "answerCoding", &expected, &both));
    assert!(!asked("choice", "!=", "answerCoding", &expected, &both));
    assert!(asked("choice", "!=", "answerCoding", &expected, &both[1..]));
}

#[test]
fn exists_asks_for_an_answer_and_an_empty_text_is_none() {
    for (answers, there) in [(vec![], false), (vec![text(" ")], false), (vec![text("x")], true)] {
        assert_eq!(asked("string", "exists", "answerBoolean", &json!(true), &answers), there, "{answers:?}");
        assert_eq!(asked("string", "exists", "answerBoolean", &json!(false), &answers), !there, "{answers:?}");
    }
}

/// A reason why there is no answer is no answer, and neither is text that cannot be read yet.
#[test]
fn a_missing_answer_satisfies_no_comparison() {
    let missing = [
        Content::default(),
        Content { absent: Some(DataAbsentReason::AskedDeclined), ..Content::default() },
        Content { absent: Some(DataAbsentReason::NotApplicable), basis: Some(Basis::Informant), ..Content::default() },
        Content { typed: Some("5 tahun".to_owned()), ..Content::default() },
    ];
    for content in missing {
        let find = |operator: &str, field, value| {
            let mut sheet =
                Sheet::new(&json!([item("q", "integer"), when(item("d", "string"), "q", operator, field, value)]));
            sheet.apply(&Operation::Set { at: super::sheet::place("q", &[]), content: content.clone() });
            sheet.asked("d", &[])
        };
        let holding: Vec<&str> = OPERATORS.into_iter().filter(|o| find(o, "answerInteger", json!(5))).collect();
        // FHIR R4: "!=" is true when no answer equals the expected one.
        assert_eq!(holding, ["!="], "{content:?}");
        assert!(!find("exists", "answerBoolean", json!(true)));
        assert!(find("exists", "answerBoolean", json!(false)));
    }
}

fn two_conditions(behaviour: &str) -> Sheet {
    let yes = |question: &str| json!({"question": question, "operator": "=", "answerBoolean": true});
    let d = with(item("d", "string"), json!({"enableWhen": [yes("a"), yes("b")], "enableBehavior": behaviour}));
    Sheet::new(&json!([item("a", "boolean"), item("b", "boolean"), d]))
}

#[test]
fn all_and_any_join_conditions() {
    for (behaviour, table) in [("all", [false, false, false, true]), ("any", [false, true, true, true])] {
        for (row, wanted) in (0_u8..).zip(table) {
            let mut sheet = two_conditions(behaviour);
            sheet.answer("a", &[], &[Answer::Boolean(row & 1 > 0)]);
            sheet.answer("b", &[], &[Answer::Boolean(row & 2 > 0)]);
            assert_eq!(sheet.asked("d", &[]), wanted, "{behaviour} of row {row}");
        }
    }
}

#[test]
fn an_answer_wakes_only_what_looks_at_it() {
    let mut sheet = two_conditions("any");
    let (a, d) = (sheet.node("a", &[]), sheet.node("d", &[]));
    assert_eq!(sheet.answer("a", &[], &[Answer::Boolean(true)]).nodes, [a, d]);
    let b = sheet.node("b", &[]);
    assert_eq!(sheet.answer("b", &[], &[Answer::Boolean(true)]).nodes, [b], "d was asked already");
    assert!(sheet.answer("b", &[], &[Answer::Boolean(true)]).nodes.is_empty(), "nothing changed");
    let before = sheet.content("a", &[]).clone();
    let noted = Edit::Basis(Basis::Informant).applied(sheet.response.item(a), &before, now());
    let changed = sheet.apply(&Operation::Set { at: super::sheet::place("a", &[]), content: noted });
    assert_eq!(changed.nodes, [a], "what an answer rests on opens no question");
}
