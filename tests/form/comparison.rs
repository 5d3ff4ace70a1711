//! What changed between two answers: more, less, other words, and what nobody may compare.

use super::sheet::{Sheet, also, choice, coded, decimal, item, text, with};
use asesmen::form::{Answer, Change, Coding, Content, DataAbsentReason, Item, Quantity, Stretch, change, words};
use asesmen::json::Number;
use proptest::prelude::*;
use serde_json::{Value, json};

fn given(answers: &[Answer]) -> Content {
    Content { answers: answers.to_vec(), ..Content::default() }
}

/// Compares two contents of one question.
fn compared(question: &Value, before: &Content, after: &Content) -> Change {
    let sheet = Sheet::new(&json!([question]));
    let form = sheet.response.questionnaire();
    let item: &Item = form.items().next().expect("a question");
    change(item, before, after)
}

fn between(question: &Value, before: &[Answer], after: &[Answer]) -> Change {
    compared(question, &given(before), &given(after))
}

/// A choice whose options count 0, 1, 2; the last two count the same.
fn scale() -> Value {
    let mut scale = choice("scale", "choice", &["never", "some", "much", "always"]);
    for (option, score) in scale["answerOption"].as_array_mut().expect("options").iter_mut().zip([0, 1, 2, 2]) {
        let url = "http://hl7.org/fhir/StructureDefinition/ordinalValue";
        *option = also(option.clone(), json!({"url": url, "valueDecimal": score}));
    }
    scale
}

#[test]
fn numbers_go_up_and_down_by_value_and_not_by_digits() {
    let question = item("weight", "decimal");
    let pairs = [("9.5", "10", Change::Up), ("10", "9.5", Change::Down), ("1.50", "1.5", Change::Same)];
    for (before, after, expected) in pairs {
        assert_eq!(between(&question, &[decimal(before)], &[decimal(after)]), expected, "{before} {after}");
    }
    let whole = item("count", "integer");
    assert_eq!(between(&whole, &[Answer::Integer(-2)], &[Answer::Integer(1)]), Change::Up);
}

#[test]
fn options_go_up_and_down_by_their_scores_alone() {
    assert_eq!(between(&scale(), &[coded("never")], &[coded("much")]), Change::Up);
    assert_eq!(between(&scale(), &[coded("much")], &[coded("some")]), Change::Down);
    assert_eq!(between(&scale(), &[coded("much")], &[coded("always")]), Change::Other, "as much, in other words");
    let plain = choice("plain", "choice", &["a", "b"]);
    assert_eq!(between(&plain, &[coded("a")], &[coded("b")]), Change::Other, "no order was ever said");
    assert_eq!(between(&plain, &[coded("a")], &[coded("a")]), Change::Same);
}

#[test]
fn what_is_missing_is_no_zero_and_compares_with_nothing() {
    let question = item("count", "integer");
    let zero = given(&[Answer::Integer(0)]);
    let declined = Content { absent: Some(DataAbsentReason::AskedDeclined), ..Content::default() };
    for missing in [Content::default(), declined, given(&[text("  ")])] {
        assert_eq!(compared(&question, &missing, &zero), Change::NotComparable);
        assert_eq!(compared(&question, &zero, &missing), Change::NotComparable);
        assert_eq!(compared(&question, &missing, &missing), Change::Unanswered);
    }
    assert_eq!(compared(&scale(), &Content::default(), &given(&[coded("never")])), Change::NotComparable);
}

#[test]
fn quantities_compare_within_one_unit() {
    let quantity = |value: &str, unit: &str| {
        let unit = Coding { code: unit.to_owned(), display: Some(unit.to_owned()), ..Coding::default() };
        Answer::Quantity(Quantity { value: Number::parse(value).expect("a number"), unit })
    };
    let question = item("weight", "quantity");
    assert_eq!(between(&question, &[quantity("2", "kg")], &[quantity("3", "kg")]), Change::Up);
    assert_eq!(between(&question, &[quantity("2", "kg")], &[quantity("3", "g")]), Change::NotComparable);
}

#[test]
fn of_several_answers_some_come_and_some_go() {
    let several = with(choice("docs", "choice", &["ktp", "kk", "akta"]), json!({"repeats": true}));
    let change = between(&several, &[coded("ktp"), coded("kk")], &[coded("kk"), coded("akta")]);
    let expected = Change::Several { kept: vec![coded("kk")], gone: vec![coded("ktp")], new: vec![coded("akta")] };
    assert_eq!(change, expected);
    assert_eq!(between(&several, &[coded("ktp"), coded("kk")], &[coded("kk"), coded("ktp")]), Change::Same);
}

#[test]
fn texts_show_their_changed_words() {
    let question = item("note", "text");
    let change = between(&question, &[text("tidur di kolong jembatan")], &[text("tidur di rumah bibi")]);
    let expected = vec![
        Stretch::Kept("tidur di".to_owned()),
        Stretch::Gone("kolong jembatan".to_owned()),
        Stretch::New("rumah bibi".to_owned()),
    ];
    assert_eq!(change, Change::Words(expected));
    assert_eq!(between(&question, &[text("sama")], &[text("sama")]), Change::Same);
    let long = "kata ".repeat(2000);
    assert_eq!(words(&long, &format!("{long} lagi")).len(), 2, "what is too long is not gone through");
}

proptest! {
    #[test]
    fn the_words_of_both_texts_are_all_there(one in "([abc] ?){0,12}", two in "([abc] ?){0,12}") {
        let pieces = words(&one, &two);
        let side = |later: bool| {
            let words = pieces.iter().filter_map(|piece| match piece {
                Stretch::Kept(words) => Some(words.as_str()),
                Stretch::Gone(words) if !later => Some(words.as_str()),
                Stretch::New(words) if later => Some(words.as_str()),
                _ => None,
            });
            words.collect::<Vec<_>>().join(" ")
        };
        let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        prop_assert_eq!(side(false), plain(&one));
        prop_assert_eq!(side(true), plain(&two));
    }
}
