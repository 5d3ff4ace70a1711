//! What has to hold by the form's own expressions: where, how strictly, and in which words it says so.

use super::sheet::{Sheet, also, at_top, context, fhirpath, form, group, item, launched, list, load, text, with};
use asesmen::form::{Answer, Problem, Reading, Severity, Text, issues};
use serde_json::{Value, json};
use std::sync::Arc;

const CORE: &str = "http://hl7.org/fhir/StructureDefinition/";
const TARGET: &str = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-targetConstraint";

/// A constraint of SDC.
fn target(element: Value, severity: &str, human: &str, text: &str) -> Value {
    let parts = json!([{"url": "key", "valueId": "k"}, {"url": "severity", "valueCode": severity},
        {"url": "human", "valueString": human}, {"url": "expression", "valueExpression": fhirpath(text)}]);
    also(element, json!({"url": TARGET, "extension": parts}))
}

/// The older extension of FHIR itself, with the expression as plain text.
fn core(element: Value, severity: &str, human: &str, text: &str) -> Value {
    let parts = json!([{"url": "key", "valueId": "k"}, {"url": "severity", "valueCode": severity},
        {"url": "human", "valueString": human}, {"url": "expression", "valueString": text}]);
    also(element, json!({"url": format!("{CORE}questionnaire-constraint"), "extension": parts}))
}

/// What a person reads when a constraint is broken is a text of the form like any other.
#[test]
fn messages_ask_for_their_translations() {
    let translated = |human: &str| {
        let url = format!("{CORE}translation");
        let beside = json!({"extension": [{"url": url, "extension": [
            {"url": "lang", "valueCode": "en"}, {"url": "content", "valueString": human}]}]});
        with(item("a", "integer"), json!({"_text": beside}))
    };
    let whole = target(form(&json!([target(translated("a"), "error", "kurang", "true")])), "error", "semua", "true");
    let missing = load(&whole).expect("loads");
    assert_eq!(missing.untranslated(), [("", "en"), ("a", "en")], "the messages of the form and of the item");
}

/// Where and what is wrong; the form as a whole is named by nothing.
fn found(sheet: &Sheet) -> Vec<(String, String, Severity)> {
    let place = |node| sheet.response.place(node).to_string();
    let wrong = issues(&sheet.response).into_iter();
    wrong
        .map(|issue| match issue.problem {
            Problem::Constraint(human, severity) => {
                (issue.node.map(place).unwrap_or_default(), human.in_language("id").to_owned(), severity)
            }
            other => panic!("{other:?}"),
        })
        .collect()
}

fn broken(place: &str, human: &str, severity: Severity) -> (String, String, Severity) {
    (place.to_owned(), human.to_owned(), severity)
}

fn whole(number: i32) -> [Answer; 1] {
    [Answer::Integer(number)]
}

#[test]
fn both_extensions_hold_with_their_severities() {
    for constrained in [target, core] {
        for (code, severity) in [("error", Severity::Error), ("warning", Severity::Warning)] {
            let question = constrained(item("q", "integer"), code, "genap", "answer.value mod 2 = 0");
            let mut sheet = Sheet::new(&json!([question]));
            assert_eq!(found(&sheet), [], "without an answer there is nothing to say");
            sheet.answer("q", &[], &whole(3));
            assert_eq!(found(&sheet), [broken("q", "genap", severity)]);
            sheet.answer("q", &[], &whole(4));
            assert_eq!(found(&sheet), []);
        }
    }
}

#[test]
fn without_a_severity_it_is_an_error() {
    let parts = json!([{"url": "expression", "valueExpression": fhirpath("false")}]);
    let sheet = Sheet::new(&json!([also(item("q", "integer"), json!({"url": TARGET, "extension": parts}))]));
    assert_eq!(found(&sheet), [broken("q", "", Severity::Error)]);
}

#[test]
fn what_is_empty_or_cannot_be_evaluated_breaks_nothing() {
    for expression in ["{}", "answer.value > 3", "(1 | 2) > 1", "%patient.active", "answer.value"] {
        let question = target(item("q", "integer"), "error", "x", expression);
        let sheet = Sheet::launched(&launched(form(&json!([question])), "patient"), context());
        assert_eq!(found(&sheet), [], "{expression}");
    }
}

#[test]
fn it_stands_at_questions_groups_entries_and_the_form() {
    let period = target(
        group("period", json!([item("from", "integer"), item("to", "integer")])),
        "error",
        "sampai setelah dari",
        "item.where(linkId = 'from').answer.value <= item.where(linkId = 'to').answer.value",
    );
    let visit = target(
        list("visit", json!([item("day", "integer")])),
        "warning",
        "hari kerja",
        "item.where(linkId = 'day').answer.value < 6",
    );
    let whole_form = target(
        form(&json!([period, visit])),
        "error",
        "paling banyak dua",
        "item.where(linkId = 'visit').count() <= 2",
    );
    let mut sheet = Sheet::launched(&whole_form, context());
    sheet.answer("from", &[], &whole(5));
    assert_eq!(found(&sheet), []);
    sheet.answer("to", &[], &whole(4));
    sheet.answer("day", &[0], &whole(1));
    for entry in [3, 4] {
        sheet.add("visit", &[entry]);
        sheet.answer("day", &[entry], &whole(7));
    }
    let expected = [
        broken("", "paling banyak dua", Severity::Error),
        broken("period", "sampai setelah dari", Severity::Error),
        broken("visit[3]", "hari kerja", Severity::Warning),
        broken("visit[4]", "hari kerja", Severity::Warning),
    ];
    assert_eq!(found(&sheet), expected);
    sheet.remove("visit", &[3]);
    sheet.answer("to", &[], &whole(9));
    assert_eq!(found(&sheet), [broken("visit[4]", "hari kerja", Severity::Warning)]);
}

#[test]
fn several_may_stand_at_one_place() {
    let two =
        core(target(item("q", "integer"), "error", "satu", "answer.value > 5"), "warning", "dua", "answer.value > 9");
    let mut sheet = Sheet::new(&json!([two]));
    sheet.answer("q", &[], &whole(1));
    assert_eq!(found(&sheet), [broken("q", "satu", Severity::Error), broken("q", "dua", Severity::Warning)]);
    sheet.answer("q", &[], &whole(7));
    assert_eq!(found(&sheet), [broken("q", "dua", Severity::Warning)]);
}

#[test]
fn a_question_that_is_not_asked_breaks_nothing() {
    let question =
        super::sheet::when(target(item("q", "integer"), "error", "x", "false"), "a", "=", "answerBoolean", json!(true));
    let mut sheet = Sheet::new(&json!([item("a", "boolean"), question]));
    assert_eq!(found(&sheet), []);
    sheet.answer("a", &[], &[Answer::Boolean(true)]);
    assert_eq!(found(&sheet).len(), 1);
}

#[test]
fn what_it_says_is_translated() {
    let translation = json!({"extension": [{"url": format!("{CORE}translation"), "extension": [
        {"url": "lang", "valueCode": "en"}, {"url": "content", "valueString": "an even number"}]}]});
    let mut question = target(item("q", "integer"), "error", "bilangan genap", "answer.value mod 2 = 0");
    question["extension"][0]["extension"][2]["_valueString"] = translation;
    let mut sheet = Sheet::new(&json!([question]));
    sheet.answer("q", &[], &whole(3));
    let Problem::Constraint(human, _) = &issues(&sheet.response)[0].problem else { panic!("a constraint") };
    assert_eq!(
        ["id", "en", "en-GB", "jv"].map(|tag| human.in_language(tag)),
        ["bilangan genap", "an even number", "an even number", "bilangan genap"]
    );
    assert_ne!(*human, Text::plain("bilangan genap"));
}

/// The screen redraws what an operation names, so it has to name everyone whose constraint looks at what changed.
#[test]
fn who_looks_at_an_answer_hears_of_it() {
    let last = target(item("last", "integer"), "error", "x", &format!("answer.value > {}", at_top("first")));
    let phone = "%resource.item.where(linkId = 'phone').answer.value.isDistinct()";
    let phones = with(target(item("phone", "string"), "error", "dua kali", phone), json!({"repeats": true}));
    let mut sheet = Sheet::new(&json!([item("first", "integer"), last, item("other", "integer"), phones]));
    sheet.answer("last", &[], &whole(5));
    let last = sheet.node("last", &[]);
    let changed = sheet.answer("first", &[], &whole(1));
    assert!(!changed.nodes.contains(&last), "it holds as before");
    let changed = sheet.answer("first", &[], &whole(9));
    assert!(changed.nodes.contains(&last));
    assert!(!changed.nodes.contains(&sheet.node("other", &[])), "and nobody else");
    assert_eq!(found(&sheet), [broken("last", "x", Severity::Error)]);
    let changed = sheet.answer("first", &[], &whole(3));
    assert!(changed.nodes.contains(&last), "also when it holds again");
    sheet.answer("phone", &[0], &[text("081")]);
    sheet.add("phone", &[1]);
    let changed = sheet.answer("phone", &[1], &[text("081")]);
    assert!(changed.nodes.contains(&sheet.node("phone", &[0])), "another entry of the same list too");
    assert_eq!(
        found(&sheet),
        [broken("phone[0]", "dua kali", Severity::Error), broken("phone[1]", "dua kali", Severity::Error)]
    );
}

#[test]
fn a_constraint_that_cannot_be_read_is_named() {
    let with_parts = |parts: Value| also(item("q", "integer"), json!({"url": TARGET, "extension": parts}));
    let expression = |text: &str| json!({"url": "expression", "valueExpression": fhirpath(text)});
    for (parts, words) in [
        (json!([{"url": "key", "valueId": "k"}]), "no expression"),
        (json!([expression("exp(")]), "targetConstraint"),
        (json!([expression("2.exp() > 1")]), "“exp”"),
        (json!([expression("true"), {"url": "severity", "valueCode": "fatal"}]), "severity fatal"),
        (json!([{"url": "expression", "valueExpression": {"language": "text/cql", "expression": "true"}}]), "text/cql"),
    ] {
        let refusal = load(&form(&json!([with_parts(parts)]))).expect_err("refused");
        assert!(refusal.is_exclusion() && refusal.to_string().contains(words), "{refusal}");
        assert_eq!(refusal.link_id(), Some("q"));
    }
}

/// A response from elsewhere is held to the same, with the place of what is wrong.
#[test]
fn responses_from_elsewhere_keep_them_too() {
    let question = target(item("q", "integer"), "warning", "genap", "answer.value mod 2 = 0");
    let whole_form = target(
        form(&json!([question, item("r", "integer")])),
        "error",
        "r ada",
        "item.where(linkId = 'r').answer.exists()",
    );
    let given = json!({"resourceType": "QuestionnaireResponse", "status": "completed",
        "item": [{"linkId": "q", "answer": [{"valueInteger": 3}]}]});
    let questionnaire = Arc::new(load(&whole_form).expect("loads"));
    let reading = Reading::read(questionnaire, context(), given.to_string().as_bytes()).expect("a response");
    let findings: Vec<_> = reading
        .findings()
        .into_iter()
        .map(|finding| (finding.severity, finding.code, finding.text, finding.place))
        .collect();
    let expected = [
        (Severity::Error, "invariant", "r ada".to_owned(), "QuestionnaireResponse".to_owned()),
        (Severity::Warning, "invariant", "“q”: genap".to_owned(), "QuestionnaireResponse.item[0]".to_owned()),
    ];
    assert_eq!(findings, expected);
}
