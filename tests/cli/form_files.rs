//! `asesmen form` with whatever files there are: standard input, other JSON, forms of another time, misspelt rules.

use super::folder::{Folder, Run, program};
use super::form::{answered, asesmen, files, printed};
use crate::form::sheet::{form, group, item, ruled, variable, when, with};
use serde_json::{Value, json};
use std::io::Write;
use std::process::Stdio;

fn fed(folder: &Folder, arguments: &[&str], input: &Value) -> Run {
    let mut command = program();
    command.arg("form").args(arguments).current_dir(folder.path());
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("starts");
    let mut pipe = child.stdin.take().expect("a pipe");
    pipe.write_all(input.to_string().as_bytes()).expect("takes its input");
    drop(pipe);
    let output = child.wait_with_output().expect("ends");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    Run { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

#[test]
fn a_hyphen_is_the_standard_input() {
    let folder = files(&[]);
    let plain = form(&json!([item("a", "string")]));
    assert_eq!(fed(&folder, &["check", "-"], &plain).out, "ok       \"-\": 1 items\n");
    let now = ["--now", "2026-11-22T10:32:00+07:00"];
    let filled = fed(&folder, &[&["run", "visits.json", "--answers", "-"], &now[..]].concat(), &answered());
    assert_eq!(printed(&filled), answered());
    let checked = fed(&folder, &["validate", "--questionnaire", "visits.json", "-"], &answered());
    assert_eq!((checked.code, checked.err.as_str()), (Some(0), ""));
}

#[test]
fn what_is_no_form_is_refused_by_what_it_is() {
    let bundle = json!({"resourceType": "Bundle", "entry": [{"resource": form(&json!([]))}]});
    let folder =
        files(&[("bundle.json", &bundle), ("list.json", &json!([form(&json!([]))])), ("word.json", &json!("a"))]);
    folder.put("mark.json", format!("\u{feff}{}", form(&json!([]))).as_bytes());
    folder.put("empty.json", b"");
    folder.put("latin.json", b"{\"resourceType\":\"Questionnaire\",\"title\":\"\xe9\"}");
    for (name, words) in [
        ("bundle.json", "resourceType is “Bundle”, not “Questionnaire”"),
        ("list.json", "it has no resourceType"),
        ("word.json", "it has no resourceType"),
        ("mark.json", "byte order mark"),
        ("empty.json", "ends too early"),
        ("latin.json", "not UTF-8"),
        ("folder", "cannot be read"),
    ] {
        let ended = asesmen(&folder, &["check", name]);
        assert_eq!((ended.code, ended.err.as_str()), (Some(2), ""), "{name}");
        assert!(ended.out.starts_with(&format!("unusable \"{name}\": ")) && ended.out.contains(words), "{}", ended.out);
    }
    let ended = asesmen(&folder, &["run", "visits.json", "--answers", "bundle.json"]);
    assert!(ended.err.contains("resourceType is “Bundle”, not “QuestionnaireResponse”"), "{}", ended.err);
}

/// A misspelt member gives nothing, so the form runs; its author is told.
#[test]
fn check_names_members_that_no_response_has() {
    let total = "%resource.item.where(linkId = 'a').anwser.value";
    let items = json!([
        item("a", "integer"),
        ruled(item("b", "integer"), "calculatedExpression", total),
        ruled(item("c", "integer"), "calculatedExpression", "%resource.item.where(linkId = 'a').answer.value")
    ]);
    let misspelt = variable(form(&items), "who", "%resource.itme");
    let folder = files(&[("misspelt.json", &misspelt)]);
    let ended = asesmen(&folder, &["check", "misspelt.json"]);
    assert_eq!(ended.code, Some(0), "it runs all the same");
    let lines: Vec<&str> = ended.out.lines().skip(1).collect();
    assert_eq!(lines.len(), 2, "{}", ended.out);
    assert!(lines[0].starts_with("  always empty: the form itself asks for “itme”"), "{}", lines[0]);
    assert!(
        lines[1].starts_with("  always empty: item “b” asks for “anwser”") && lines[1].ends_with(&format!("“{total}”"))
    );
    let list = printed(&asesmen(&folder, &["check", "--json", "misspelt.json"]));
    assert_eq!(list[0]["alwaysEmpty"][1], json!({"linkId": "b", "member": "anwser", "expression": total}));
}

/// A misspelt member is ignored like anything unknown, so its author is told.
#[test]
fn check_names_members_that_fhir_does_not_know() {
    let wrong = with(
        item("b", "boolean"),
        json!({"enablewhen": [], "_text": {"id": "x"}, "answerOption": [
        {"valueString": "x", "valueText": "y"}], "initial": [{"valueBoolean": true, "value": 1}]}),
    );
    let items =
        json!([group("g", json!([item("a", "string"), wrong])), with(item("c", "string"), json!({"mandatory": true}))]);
    let folder = files(&[("odd.json", &with(form(&items), json!({"author": "x"})))]);
    let ended = asesmen(&folder, &["check", "odd.json"]);
    assert_eq!(ended.code, Some(0), "it runs all the same");
    let told: Vec<&str> = ended.out.lines().filter_map(|line| line.strip_prefix("  not known: ")).collect();
    let expected = [
        "the form itself has “author”",
        "item “b” has “enablewhen”",
        "item “b” has “valueText”",
        "item “b” has “value”",
        "item “c” has “mandatory”",
    ];
    assert_eq!(told, expected.map(|words| format!("{words}, which FHIR R4 does not know")));
    let list = printed(&asesmen(&folder, &["check", "--json", "odd.json"]));
    assert_eq!(list[0]["unknownMembers"][1], json!({"linkId": "b", "member": "enablewhen"}));
}

/// A part that cannot be read is named with what it would have to be.
#[test]
fn check_says_what_a_part_has_to_be() {
    let number =
        json!([{"url": "http://hl7.org/fhir/StructureDefinition/questionnaire-minOccurs", "valueInteger": -1}]);
    for (more, words) in [
        (json!({"required": "true"}), "required cannot be read: it has to be true or false"),
        (
            json!({"initial": [{"valueInteger": 1}]}),
            "initial cannot be read: it has to be a list of values of the item's type",
        ),
        (json!({"item": {}}), "item cannot be read: it has to be a list of elements"),
        (json!({"extension": number}), "questionnaire-minOccurs cannot be read: it has to be a whole number"),
    ] {
        let folder = files(&[("wrong.json", &form(&json!([with(item("q", "string"), more)])))]);
        let ended = asesmen(&folder, &["check", "wrong.json"]);
        assert!(ended.out.contains(&format!("item “q”: {words}")), "{}", ended.out);
    }
}

/// What is left out of a response is said, beside it and not in it.
#[test]
fn run_says_which_answers_are_not_asked_for() {
    let items = json!([item("a", "boolean"), when(item("b", "string"), "a", "=", "answerBoolean", json!(true))]);
    let given = json!({"resourceType": "QuestionnaireResponse", "status": "completed",
        "item": [{"linkId": "b", "answer": [{"valueString": "x"}]}]});
    let folder = files(&[("small.json", &form(&items)), ("given.json", &given)]);
    let ended = asesmen(&folder, &["run", "small.json", "--answers", "given.json"]);
    assert_eq!((ended.code, printed(&ended).get("item")), (Some(0), None));
    let told =
        "asesmen form run: QuestionnaireResponse.item[0]: “b” is answered, though it is not enabled; it is left out\n";
    assert_eq!(ended.err, told);
}

#[test]
fn validate_warns_of_forms_that_were_not_meant_to_be_used() {
    let issues = |form: &Value, response: &Value| {
        let folder = files(&[("form.json", form), ("given.json", response)]);
        let ended = asesmen(&folder, &["validate", "--questionnaire", "form.json", "given.json"]);
        assert_eq!(ended.code, Some(0), "{}", ended.out);
        let issues = printed(&ended)["issue"].as_array().cloned().unwrap_or_default();
        let shown =
            |issue: &Value| format!("{} {}", issue["severity"].as_str().unwrap_or_default(), issue["expression"][0]);
        issues.iter().map(shown).collect::<Vec<_>>()
    };
    let plain = form(&json!([]));
    let on = |authored: &str| {
        json!({"resourceType": "QuestionnaireResponse", "status": "completed", "authored": authored,
            "questionnaire": "https://example.org/form|1"})
    };
    let period = with(plain.clone(), json!({"effectivePeriod": {"start": "2026-03", "end": "2026-11-22"}}));
    let (authored, named) = ("\"QuestionnaireResponse.authored\"", "\"QuestionnaireResponse.questionnaire\"");
    assert_eq!(issues(&period, &on("2026-11-22")), ["information null"]);
    assert_eq!(issues(&period, &on("2026-11-23T07:00:00+07:00")), [format!("warning {authored}")]);
    assert_eq!(issues(&period, &on("2026-02-28")), [format!("warning {authored}")]);
    for status in ["draft", "retired"] {
        let form = with(plain.clone(), json!({"status": status}));
        assert_eq!(issues(&form, &on("2026")), [format!("warning {named}")]);
    }
    let other = with(on("2026"), json!({"questionnaire": "https://example.org/form|2"}));
    assert_eq!(issues(&plain, &other), [format!("warning {named}")]);
}
