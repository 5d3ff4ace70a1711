//! What is wrong with a response: each problem at its question, in the order of the form.

use super::sheet::{Sheet, choice, extended, item, list, place, text, when, with};
use asesmen::domain::PartialDateRefusal;
use asesmen::form::{Answer, Attachment, Content, DataAbsentReason, Edit, EntryRefusal, Operation, Problem, issues};
use asesmen::json::Number;
use serde_json::{Value, json};

const CORE: &str = "http://hl7.org/fhir/StructureDefinition/";

fn bounded(kind: &str, bounds: &[(&str, &str, Value)]) -> Value {
    let bounds: Vec<Value> =
        bounds.iter().map(|(name, field, value)| json!({"url": format!("{CORE}{name}"), *field: value})).collect();
    with(item("q", kind), json!({"extension": bounds}))
}

fn number(text: &str) -> Number {
    Number::parse(text).expect("a number")
}

fn whole_of(text: &str) -> Answer {
    Answer::Integer(text.parse().expect("a whole number"))
}

fn exact_of(text: &str) -> Answer {
    Answer::Decimal(number(text))
}

fn problems(sheet: &Sheet) -> Vec<Problem> {
    issues(&sheet.response).into_iter().map(|issue| issue.problem).collect()
}

fn problems_of(question: &Value, words: &str) -> Vec<Problem> {
    let mut sheet = Sheet::new(&json!([question]));
    sheet.typed("q", words);
    problems(&sheet)
}

#[test]
fn numbers_keep_their_bounds() {
    let (min, max) = (("minValue", "valueInteger", json!(20)), ("maxValue", "valueDecimal", json!(42.5)));
    let question = bounded("decimal", &[min, max, ("maxDecimalPlaces", "valueInteger", json!(1))]);
    let cases = [
        ("20", vec![]),
        ("42,5", vec![]),
        ("42,50", vec![]),
        ("19,9", vec![Problem::BelowMin(whole_of("20"))]),
        ("42,6", vec![Problem::AboveMax(exact_of("42.5"))]),
        ("36,55", vec![Problem::DecimalPlaces(1)]),
        ("-0,55", vec![Problem::BelowMin(whole_of("20")), Problem::DecimalPlaces(1)]),
    ];
    for (words, found) in cases {
        assert_eq!(problems_of(&question, words), found, "{words}");
    }
    let whole = bounded("integer", &[("minValue", "valueInteger", json!(0))]);
    assert_eq!(problems_of(&whole, "-1"), [Problem::BelowMin(whole_of("0"))]);
    assert_eq!(problems_of(&whole, "0"), []);
    let weight = bounded("quantity", &[("maxValue", "valueInteger", json!(300))]);
    assert_eq!(problems_of(&weight, "300,1"), [Problem::AboveMax(whole_of("300"))]);
}

#[test]
fn typed_text_is_named_for_what_it_lacks() {
    let partial = extended(
        item("q", "date"),
        "https://asesmen.id/fhir/StructureDefinition/partial-date",
        "valueBoolean",
        json!(true),
    );
    let cases = [
        (item("q", "integer"), "1,5", Problem::Number(EntryRefusal::NotWhole)),
        (item("q", "integer"), "99999999999", Problem::Number(EntryRefusal::TooLong)),
        (item("q", "decimal"), "1.000", Problem::Number(EntryRefusal::Ambiguous)),
        (item("q", "decimal"), "dua", Problem::Number(EntryRefusal::NotANumber)),
        (item("q", "quantity"), "12kg", Problem::Number(EntryRefusal::NotANumber)),
        (item("q", "dateTime"), "besok", Problem::Time),
        (item("q", "time"), "24:00", Problem::Time),
        (item("q", "date"), "22-11-2026", Problem::Time),
    ];
    for (question, words, problem) in cases {
        assert_eq!(problems_of(&question, words), [problem], "{words}");
    }
    let dates = [
        (["31", "2", "2020"], PartialDateRefusal::Day),
        (["1", "13", "2020"], PartialDateRefusal::Month),
        (["", "", "1700"], PartialDateRefusal::Year),
        (["1", "", "2020"], PartialDateRefusal::Gap),
        (["x", "1", "2020"], PartialDateRefusal::NotANumber),
        (["31/12", "1", "2020"], PartialDateRefusal::NotANumber),
    ];
    for ([day, month, year], refusal) in dates {
        let parts = asesmen::form::DateParts {
            day: day.to_owned(),
            month: month.to_owned(),
            year: year.to_owned(),
            ..Default::default()
        };
        let mut sheet = Sheet::new(&json!([partial]));
        sheet.edit("q", &[], Edit::Date(parts));
        assert_eq!(problems(&sheet), [Problem::Date(refusal)], "{day} {month} {year}");
    }
    let mut sheet = Sheet::new(&json!([partial]));
    sheet.edit("q", &[], Edit::Age("131".to_owned()));
    assert_eq!(problems(&sheet), [Problem::Date(PartialDateRefusal::Age)]);
}

#[test]
fn texts_are_counted_in_characters() {
    let question = with(item("q", "string"), json!({"maxLength": 3}));
    assert_eq!(problems_of(&question, "é🌿a"), []);
    assert_eq!(problems_of(&question, "é🌿ab"), [Problem::TooLong(3)]);
}

#[test]
fn required_is_satisfied_by_an_answer_or_a_reason() {
    let mut sheet = Sheet::new(&json!([with(item("q", "string"), json!({"required": true}))]));
    assert_eq!(problems(&sheet), [Problem::Required]);
    sheet.typed("q", "ada");
    assert_eq!(problems(&sheet), []);
    sheet.answer("q", &[], &[text("  ")]);
    assert_eq!(problems(&sheet), [Problem::Required], "blanks are no answer");
    sheet.edit("q", &[], Edit::Missing(Some(DataAbsentReason::AskedDeclined)));
    assert_eq!(problems(&sheet), []);
}

#[test]
fn a_choice_takes_its_options_and_an_open_one_words_too() {
    let stray = [Answer::Coding(asesmen::form::Coding { code: "zz".to_owned(), ..Default::default() })];
    for (kind, words, blank) in [
        ("choice", vec![Problem::NotAnOption], vec![Problem::NotAnOption]),
        ("open-choice", vec![], vec![Problem::OtherEmpty]),
    ] {
        let mut sheet = Sheet::new(&json!([choice("q", kind, &["a"])]));
        sheet.answer("q", &[], &stray);
        assert_eq!(problems(&sheet), [Problem::NotAnOption], "{kind}");
        sheet.answer("q", &[], &[text("lain")]);
        assert_eq!(problems(&sheet), words, "{kind}");
        sheet.answer("q", &[], &[text(" ")]);
        assert_eq!(problems(&sheet), blank, "{kind}");
    }
}

#[test]
fn files_keep_their_size_and_kind() {
    let question =
        bounded("attachment", &[("maxSize", "valueDecimal", json!(10)), ("mimeType", "valueCode", json!("image/png"))]);
    let mut sheet = Sheet::new(&json!([question]));
    let file = |content_type: &str, size, data: &str| {
        Edit::File(Attachment {
            content_type: content_type.to_owned(),
            title: "f".to_owned(),
            size,
            data: data.to_owned(),
        })
    };
    sheet.edit("q", &[], file("image/png", 10, "AAAAAAAAAAAAAA=="));
    assert_eq!(problems(&sheet), []);
    sheet.edit("q", &[], file("image/png", 10, "AAAA"));
    assert_eq!(problems(&sheet), [Problem::FileSize]);
    sheet.edit("q", &[], file("text/html", 11, "AAAAAAAAAAAAAAA="));
    assert_eq!(problems(&sheet), [Problem::FileTooLarge(10), Problem::FileKind("text/html".to_owned())]);
}

#[test]
fn questions_that_are_not_asked_have_no_problems() {
    let required = with(item("x", "integer"), json!({"required": true}));
    let mut sheet = Sheet::new(&json!([
        item("a", "boolean"),
        when(list("l", json!([required])), "a", "=", "answerBoolean", json!(true))
    ]));
    sheet.apply(&Operation::Set {
        at: place("x", &[0]),
        content: Content { typed: Some("dua".to_owned()), ..Content::default() },
    });
    assert_eq!(problems(&sheet), []);
    sheet.answer("a", &[], &[Answer::Boolean(true)]);
    assert_eq!(problems(&sheet), [Problem::Number(EntryRefusal::NotANumber)]);
    sheet.remove("l", &[0]);
    assert_eq!(problems(&sheet), [], "removed entries neither");
}

#[test]
fn problems_stand_in_the_order_of_the_form() {
    let required = |link_id: &str| with(item(link_id, "string"), json!({"required": true}));
    let mut sheet =
        Sheet::new(&json!([required("z"), list("l", json!([required("m"), item("n", "string")])), required("a")]));
    sheet.add("l", &[4]);
    [0, 4].iter().for_each(|entry| drop(sheet.answer("n", &[*entry], &[text("begun")])));
    let places: Vec<String> = issues(&sheet.response)
        .iter()
        .map(|issue| sheet.response.place(issue.node.expect("a question")).to_string())
        .collect();
    assert_eq!(places, ["z", "m[0]", "m[4]", "a"]);
}

/// Nobody could mend these: no screen shows them.
#[test]
fn what_no_screen_shows_blocks_nothing() {
    let required = |link_id: &str| with(item(link_id, "string"), json!({"required": true}));
    let hidden = "http://hl7.org/fhir/StructureDefinition/questionnaire-hidden";
    let hide = |element| extended(element, hidden, "valueBoolean", json!(true));
    let group = super::sheet::group("g", json!([required("below")]));
    let entry = list("l", json!([required("m"), item("n", "string")]));
    let mut sheet = Sheet::new(&json!([hide(required("h")), hide(group), entry]));
    assert_eq!(problems(&sheet), []);
    sheet.answer("n", &[0], &[text("begun")]);
    assert_eq!(problems(&sheet), [Problem::Required], "an entry once begun has to be finished");
}
