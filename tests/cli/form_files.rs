//! `asesmen form` with whatever files there are: standard input, other JSON, forms of another time, misspelt rules.

use super::folder::{Folder, Run, program};
use super::form::{answered, asesmen, files, printed};
use crate::form::sheet::{form, item, ruled, variable, when, with};
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
