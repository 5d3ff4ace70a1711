//! What is outside the subset is refused by name, and no expression takes more than it may.

use super::{run, value};
use crate::form::sheet::{Sheet, item};
use asesmen::form::fhirpath::{Budget, EvaluationRefusal, Expression};
use proptest::prelude::*;
use serde_json::json;

fn refused(text: &str) -> String {
    Expression::parse(text).map(|_| String::new()).unwrap_or_else(|refusal| refusal.to_string())
}

#[test]
fn what_is_outside_is_refused_by_name_and_place() {
    let table = [
        ("a.trace('x')", "at character 3: the function “trace” is not supported"),
        ("sqrt(2)", "at character 1: the function “sqrt” is not supported"),
        ("a.memberOf('x')", "at character 3: the function “memberOf” is not supported"),
        ("a.count(1)", "at character 3: the function “count” does not take that many arguments"),
        ("a.where()", "at character 3: the function “where” does not take that many arguments"),
        ("'é' is Sausage", "at character 8: the type “Sausage” is not supported"),
        (
            "Patient.name",
            "at character 1: a path cannot begin with “Patient”: other resources are reached through their \
            %variable",
        ),
        ("a.matches(b)", "at character 3: the pattern of “matches” has to be a text literal"),
        ("a.matches('(?=x)')", "at character 3: the pattern cannot be used: it looks around"),
        ("a.matches('(a)\\\\1')", "at character 3: the pattern cannot be used: it refers back to a group"),
        ("'abc", "at character 1: a text or comment is not closed"),
        ("/* abc", "at character 1: a text or comment is not closed"),
        ("'a\\q'", "at character 1: texts have no such escape"),
        ("@2026-13", "at character 1: a number or date cannot be read"),
        ("@T25:00", "at character 1: a number or date cannot be read"),
        ("99999999999999999999", "at character 1: a number or date cannot be read"),
        ("1 +", "at character 4: the expression ends too early"),
        ("", "at character 1: the expression ends too early"),
        ("(1", "at character 3: the expression ends too early"),
        ("1 2", "at character 3: “2” cannot stand here"),
        ("a..b", "at character 3: “.” cannot stand here"),
        ("a = = b", "at character 5: “=” cannot stand here"),
        ("$those", "at character 1: “$those” cannot stand here"),
        ("a ^ b", "at character 3: “^” cannot stand here"),
        ("a; b", "at character 2: “;” cannot stand here"),
    ];
    for (text, refusal) in table {
        assert_eq!(refused(text), refusal, "{text}");
    }
}

#[test]
fn variables_are_listed() {
    let expression = Expression::parse("%b + %a.x(%resource, %b)").err().map(|refusal| refusal.to_string());
    assert_eq!(expression.as_deref(), Some("at character 9: the function “x” is not supported"));
    let expression = Expression::parse("%b + iif(%a, %resource, %context & %b & %ucum & %sct & %loinc & %`c d`)");
    assert_eq!(expression.expect("parses").variables(), ["a", "b", "c d"]);
    assert!(Expression::parse("iif(true, today())").expect("parses").tells_time());
    assert!(!Expression::parse("1").expect("parses").tells_time());
}

#[test]
fn deep_and_long_expressions_are_refused() {
    let too_deep = "the expression is nested too deep";
    for (open, middle, close) in
        [("(", "1", ")"), ("iif(", "1", ", 1)"), ("a[", "1", "]"), ("a.where(", "b", ")"), ("1 + (", "1", ")")]
    {
        let nested = |depth: usize| -> String { [open.repeat(depth), middle.to_owned(), close.repeat(depth)].concat() };
        assert_eq!(refused(&nested(12)), "");
        assert!(refused(&nested(1_000)).ends_with(too_deep), "{open}");
        // The deepest that is read also runs, within the stack of a thread.
        let deepest = (12..100).rev().map(nested).find(|text| refused(text).is_empty()).expect("twelve are read");
        let sheet = Sheet::new(&json!([item("a", "string")]));
        assert!(!value(&sheet, &deepest).contains("work"), "{deepest}");
    }
    let left = format!("{}1{}", "(".repeat(60), " * 2 + 1 | 2)".repeat(60));
    assert!(refused(&left).ends_with(too_deep));
    assert!(refused(&"a".repeat(10_001)).ends_with("the expression is too long"));
    // Long is not deep: chains and paths are lists.
    let sheet = Sheet::new(&json!([]));
    assert_eq!(value(&sheet, &vec!["1"; 2_000].join(" + ")), "2000");
    assert_eq!(value(&sheet, &format!("1{}", ".first()".repeat(1_200))), "1");
    assert_eq!(value(&sheet, &format!("{}5", "- ".repeat(4_000))), "5");
}

#[test]
fn evaluation_ends_within_its_budget() {
    let sheet = Sheet::new(&json!([item("q", "string")]));
    let doubled = format!("'a'{}", ".select($this & $this)".repeat(100));
    let grown = format!("'aaaaaaaaaa'{}", ".replace('a', 'aaaaaaaaaa')".repeat(50));
    let crossed = format!("'{}'.toChars(){}", "abc".repeat(100), ".select(%two | 3 | 4)".repeat(200));
    let combined = format!("(1 | 2){}", ".select($this | 3 | 4 | 5).combine(1 | 2 | 3)".repeat(150));
    let matched = format!("'{0}'.replaceMatches('a(.*b)?', '{0}')", "a".repeat(3_000));
    for text in [
        "1.repeat($this + 1)",
        "1.repeat($this + 1 | $this + 2)",
        "'a'.repeat($this & 'a')",
        &doubled,
        &grown,
        &crossed,
        &combined,
        &matched,
    ] {
        let found = run(&sheet.response, None, text, Budget::USUAL);
        assert_eq!(found, Err(EvaluationRefusal::TooMuchWork), "{}", &text[..text.len().min(60)]);
    }
}

fn words() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "item",
        "answer",
        "value",
        "linkId",
        "where(",
        "select(",
        "repeat(",
        "iif(",
        "exists(",
        "(",
        ")",
        ")",
        ")",
        ",",
        ".",
        ".",
        ".",
        "=",
        "~",
        "<",
        "+",
        "-",
        "*",
        "/",
        "&",
        "|",
        "and",
        "or",
        "implies",
        "in",
        "contains",
        "is",
        "as",
        "Date",
        "1",
        "2.5",
        "'a'",
        "'g'",
        "@2026",
        "@T10:00",
        "4 days",
        "{}",
        "$this",
        "$index",
        "$total",
        "%resource",
        "%context",
        "%patient",
        "%two",
        "today()",
        "first()",
        "sum()",
        "count()",
        "descendants()",
        "children()",
        "aggregate(",
        "toInteger()",
        "replace('', 'ab')",
        "toString()",
        "matches('a*')",
        "round(2)",
        "power(",
        "[",
        "]",
        "0",
        "toDate()",
        "combine(",
        "not()",
    ]);
    proptest::collection::vec(word, 1..14).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn any_text_is_read_or_refused(text in ".{0,80}") {
        let _ = Expression::parse(&text);
    }

    #[test]
    fn whatever_is_read_runs_or_is_refused(text in words()) {
        if Expression::parse(&text).is_ok() {
            let sheet = Sheet::new(&json!([item("g", "string"), item("h", "date")]));
            let _ = run(&sheet.response, None, &text, 20_000);
        }
    }
}
