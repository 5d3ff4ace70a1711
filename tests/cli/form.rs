//! `asesmen form`: forms checked, responses validated and forms filled without a browser, with exit codes for scripts.

use super::folder::{Folder, Run, program, run};
use crate::form::sheet::{form, group, item, launched, list, ruled, when, with};
use serde_json::{Value, json};

/// A form with a list, a condition, a total and what it is launched with.
fn visits() -> Value {
    let total = "%resource.item.where(linkId = 'visit').item.where(linkId = 'cost').answer.value.sum()";
    let visit = list("visit", json!([item("day", "string"), item("cost", "integer")]));
    let items = json!([
        ruled(item("name", "string"), "initialExpression", "%patient.name.text"),
        visit,
        ruled(item("total", "integer"), "calculatedExpression", total),
        when(with(item("why", "string"), json!({"required": true})), "total", ">", "answerInteger", json!(10)),
        with(item("phone", "string"), json!({"repeats": true})),
        ruled(item("today", "date"), "calculatedExpression", "today()"),
    ]);
    launched(form(&items), "patient")
}

pub fn answered() -> Value {
    json!({"resourceType": "QuestionnaireResponse", "id": "r1", "questionnaire": "https://example.org/form|1",
    "status": "completed", "item": [
        {"linkId": "visit", "item": [{"linkId": "cost", "answer": [{"valueInteger": 4}]}]},
        {"linkId": "visit", "extension": [{"url": "urn:e", "valueString": "tetap"}],
            "item": [{"linkId": "cost", "answer": [{"valueInteger": 5}]}]},
        {"linkId": "total", "answer": [{"valueInteger": 9}]},
        {"linkId": "phone", "answer": [{"valueString": "081", "id": "a1"}, {"valueString": "082"}]},
        {"linkId": "today", "answer": [{"valueDate": "2026-11-22"}]}
    ]})
}

fn patient() -> Value {
    json!({"resourceType": "Patient", "name": [{"text": "Sekar Ayu"}]})
}

pub fn files(more: &[(&str, &Value)]) -> Folder {
    let folder = Folder::new(&[("cut.json", b"{\"resourceType\":"), ("folder/x", b"")]);
    for (name, value) in
        [("visits.json", &visits()), ("answered.json", &answered()), ("patient.json", &patient())].iter().chain(more)
    {
        folder.put(name, value.to_string().as_bytes());
    }
    folder
}

pub fn asesmen(folder: &Folder, arguments: &[&str]) -> Run {
    run(program().arg("form").args(arguments).current_dir(folder.path()))
}

pub fn printed(ended: &Run) -> Value {
    assert_eq!(ended.out.lines().count(), 1, "{}", ended.out);
    serde_json::from_str(&ended.out).unwrap_or_else(|error| panic!("{error}: {}", ended.out))
}

fn refused() -> Value {
    form(&json!([
        with(item("far", "choice"), json!({"answerValueSet": "urn:far"})),
        ruled(item("e", "decimal"), "calculatedExpression", "2.exp()")
    ]))
}

#[test]
fn check_ends_with_0_for_forms_that_run() {
    let ended = asesmen(&files(&[]), &["check", "visits.json"]);
    assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""));
    assert_eq!(ended.out, "ok       \"visits.json\": 8 items\n");
}

#[test]
fn check_ends_with_1_and_names_everything_that_does_not_run() {
    let folder = files(&[("refused.json", &refused())]);
    let ended = asesmen(&folder, &["check", "visits.json", "refused.json"]);
    assert_eq!(ended.code, Some(1));
    let lines: Vec<&str> = ended.out.lines().collect();
    assert_eq!(lines.len(), 4, "{}", ended.out);
    assert!(lines[1].starts_with("refused  \"refused.json\": 2 items"));
    assert!(lines[2].contains("“far”") && lines[2].contains("answerValueSet urn:far"), "{}", lines[2]);
    assert!(lines[3].contains("“e”") && lines[3].contains("“exp”"), "{}", lines[3]);
}

#[test]
fn check_ends_with_2_for_what_is_no_usable_form() {
    let circle = form(&json!([when(item("a", "boolean"), "a", "=", "answerBoolean", json!(true))]));
    let folder = files(&[("circle.json", &circle), ("refused.json", &refused())]);
    for (name, words) in [
        ("cut.json", "not JSON"),
        ("patient.json", "“Patient”"),
        ("circle.json", "a → a"),
        ("missing.json", "cannot be read"),
        ("folder", "cannot be read"),
    ] {
        let ended = asesmen(&folder, &["check", "visits.json", "refused.json", name]);
        assert_eq!(ended.code, Some(2), "the worst of all files counts: {name}");
        let last = ended.out.lines().last().expect("a line");
        assert!(last.starts_with(&format!("unusable \"{name}\": ")) && last.contains(words), "{last}");
    }
}

#[test]
fn check_tells_which_texts_lack_a_language() {
    let url = "http://hl7.org/fhir/StructureDefinition/translation";
    let english = json!({"extension": [{"url": url, "extension": [
        {"url": "lang", "valueCode": "en"}, {"url": "content", "valueString": "one"}]}]});
    let half = form(&json!([with(item("satu", "string"), json!({"_text": english})), item("dua", "string")]));
    let folder = files(&[("half.json", &half)]);
    let ended = asesmen(&folder, &["check", "half.json"]);
    assert_eq!(ended.code, Some(0), "it runs all the same");
    assert!(
        ended.out.contains("not translated: item “dua” has no en") && !ended.out.contains("“satu”"),
        "{}",
        ended.out
    );
}

#[test]
fn check_gives_machines_one_array() {
    let folder = files(&[("refused.json", &refused())]);
    let ended = asesmen(&folder, &["check", "--json", "visits.json", "refused.json", "cut.json", "missing.json"]);
    assert_eq!(ended.code, Some(2));
    let list = printed(&ended);
    let states: Vec<&str> =
        list.as_array().expect("an array").iter().filter_map(|file| file["status"].as_str()).collect();
    assert_eq!(states, ["ok", "refused", "unusable", "unusable"]);
    let ok = json!({"file": "visits.json", "url": "https://example.org/form|1", "items": 8, "untranslated": [], "unknownMembers": [], "alwaysEmpty": [], "status": "ok", "refusals": []});
    assert_eq!(list[0], ok);
    assert_eq!(list[1]["refusals"][0]["linkId"], "far");
    assert!(list[1]["refusals"][0]["text"].as_str().is_some_and(|text| text.contains("urn:far")));
    for unusable in [&list[2], &list[3]] {
        assert_eq!((unusable.get("items"), unusable["refusals"].as_array().map(Vec::len)), (None, Some(1)));
    }
    let half = with(
        form(&json!([with(item("a", "string"), json!({"text": "a"}))])),
        json!({"_title": {"extension": [
        {"url": "http://hl7.org/fhir/StructureDefinition/translation", "extension": [{"url": "lang", "valueCode": "en"},
            {"url": "content", "valueString": "Example"}]}]}}),
    );
    let folder = files(&[("half.json", &half)]);
    let list = printed(&asesmen(&folder, &["check", "--json", "half.json"]));
    assert_eq!(list[0]["untranslated"], json!([{"linkId": "a", "language": "en"}]));
}

fn validate(folder: &Folder, response: &str, more: &[&str]) -> Run {
    asesmen(folder, &[&["validate", "--questionnaire", "visits.json", response], more].concat())
}

#[test]
fn validate_ends_with_0_and_an_outcome_without_problems() {
    let ended = validate(&files(&[]), "answered.json", &[]);
    assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""));
    let none = json!({"severity": "information", "code": "informational", "details": {"text": "no problems found"}});
    assert_eq!(printed(&ended), json!({"resourceType": "OperationOutcome", "issue": [none]}));
}

#[test]
fn validate_ends_with_1_and_says_where() {
    let mut wrong = answered();
    wrong["item"][1]["item"][0]["answer"][0] = json!({"valueString": "banyak"});
    wrong["item"][2]["answer"][0]["valueInteger"] = json!(11);
    let ended = validate(&files(&[("wrong.json", &wrong)]), "wrong.json", &[]);
    assert_eq!(ended.code, Some(1));
    let issues = printed(&ended)["issue"].as_array().expect("issues").clone();
    let shown: Vec<[&Value; 3]> =
        issues.iter().map(|issue| [&issue["severity"], &issue["code"], &issue["expression"][0]]).collect();
    let expected = [
        [json!("error"), json!("invariant"), json!("QuestionnaireResponse.item[1].item[0].answer[0]")],
        [json!("error"), json!("required"), json!("QuestionnaireResponse")],
    ];
    assert_eq!(shown, expected.each_ref().map(|issue| issue.each_ref()), "{}", ended.out);
    assert!(issues.iter().all(|issue| issue["details"]["text"].is_string()));
}

/// A warning is said and holds nothing up; nor does what only the app cannot run.
#[test]
fn validate_ends_with_0_where_there_are_only_warnings() {
    let open = form(&json!([
        with(item("q", "string"), json!({"required": true})),
        with(item("far", "choice"), json!({"answerValueSet": "urn:far"}))
    ]));
    let begun = json!({"resourceType": "QuestionnaireResponse", "status": "in-progress"});
    let folder = files(&[("open.json", &open), ("begun.json", &begun)]);
    let ended = asesmen(&folder, &["validate", "--questionnaire", "open.json", "begun.json"]);
    assert_eq!(ended.code, Some(0));
    let outcome = printed(&ended);
    assert_eq!(
        (&outcome["issue"][0]["severity"], &outcome["issue"][0]["code"]),
        (&json!("warning"), &json!("required"))
    );
    assert_eq!(
        (&outcome["issue"][1]["severity"], &outcome["issue"][1]["code"]),
        (&json!("information"), &json!("not-supported"))
    );
}

#[test]
fn validate_ends_with_2_and_still_prints_an_outcome() {
    let other = with(answered(), json!({"questionnaire": "https://example.org/other"}));
    let folder = files(&[("other.json", &other)]);
    for name in ["cut.json", "missing.json", "folder", "patient.json", "other.json"] {
        let ended = validate(&folder, name, &[]);
        assert_eq!(ended.code, Some(2), "{name}");
        let issue = &printed(&ended)["issue"][0];
        assert_eq!((&issue["severity"], &issue["code"]), (&json!("fatal"), &json!("processing")), "{name}");
        assert!(ended.err.starts_with("asesmen form validate: ") && ended.err.contains(name), "{}", ended.err);
    }
    assert_eq!(asesmen(&folder, &["validate", "answered.json"]).code, Some(2), "no form");
    assert_eq!(asesmen(&folder, &["validate", "--questionnaire", "cut.json", "answered.json"]).code, Some(2));
}

fn filled(folder: &Folder, answers: &Value, more: &[&str]) -> Run {
    folder.put("answers.json", answers.to_string().as_bytes());
    asesmen(
        folder,
        &[&["run", "visits.json", "--answers", "answers.json", "--now", "2026-11-22T10:32:00.000+07:00"], more]
            .concat(),
    )
}

/// The answers of the filled form by linkId, in the order of the export.
fn said(ended: &Run) -> Vec<(String, Value)> {
    let response = printed(ended);
    let mut open: Vec<&Value> = response["item"].as_array().into_iter().flatten().rev().collect();
    let mut said = Vec::new();
    while let Some(item) = open.pop() {
        open.extend(item["item"].as_array().into_iter().flatten().rev());
        for answer in item["answer"].as_array().into_iter().flatten() {
            let value = answer.as_object().and_then(|answer| answer.values().next()).cloned();
            said.push((item["linkId"].as_str().unwrap_or_default().to_owned(), value.unwrap_or_default()));
        }
    }
    said
}

fn expected(said: &[(&str, Value)]) -> Vec<(String, Value)> {
    said.iter().map(|(link_id, value)| ((*link_id).to_owned(), value.clone())).collect()
}

#[test]
fn run_without_answers_begins_a_form() {
    let folder = files(&[]);
    let ended = asesmen(
        &folder,
        &["run", "visits.json", "--context", "patient=patient.json", "--now", "2026-11-22T10:32:00+07:00"],
    );
    assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""));
    assert_eq!(said(&ended), expected(&[("name", json!("Sekar Ayu")), ("today", json!("2026-11-22"))]));
    let response = printed(&ended);
    assert_eq!(
        (&response["status"], &response["questionnaire"]),
        (&json!("in-progress"), &json!("https://example.org/form|1"))
    );
    let without = asesmen(&folder, &["run", "visits.json", "--now", "2026-02-28T23:59:00-03:00"]);
    assert_eq!(said(&without), expected(&[("today", json!("2026-02-28"))]), "the day is that of the place");
}

#[test]
fn run_fills_lists_by_their_entries() {
    let answers = json!([
        {"linkId": "cost", "answer": [{"valueInteger": 4}]},
        {"linkId": "cost", "answer": [{"valueInteger": 7}], "within": [2]},
        {"linkId": "day", "answer": [{"valueString": "Senin"}], "within": [2]},
        {"linkId": "phone", "answer": [{"valueString": "081"}, {"valueString": "082"}]},
        {"linkId": "phone", "answer": [{"valueString": "083"}], "within": [5]},
        {"linkId": "why", "answer": [{"valueString": "mahal"}]}
    ]);
    let ended = filled(&files(&[]), &answers, &[]);
    assert_eq!(ended.code, Some(0), "{}", ended.err);
    let all = [
        ("cost", json!(4)),
        ("day", json!("Senin")),
        ("cost", json!(7)),
        ("total", json!(11)),
        ("why", json!("mahal")),
        ("phone", json!("081")),
        ("phone", json!("082")),
        ("phone", json!("083")),
        ("today", json!("2026-11-22")),
    ];
    assert_eq!(said(&ended), expected(&all));
}

#[test]
fn run_takes_operations_as_storage_keeps_them() {
    let at = |link_id: &str, within: &[u32]| json!({"linkId": link_id, "within": within});
    let answers = json!([
        {"linkId": "cost", "answer": [{"valueInteger": 4}]},
        {"add": {"at": at("visit", &[1])}},
        {"set": {"at": at("cost", &[1]), "content": {"answers": [{"valueInteger": 5}]}}},
        {"remove": {"at": at("visit", &[0])}}
    ]);
    let ended = filled(&files(&[]), &answers, &[]);
    assert_eq!(said(&ended), expected(&[("cost", json!(5)), ("total", json!(5)), ("today", json!("2026-11-22"))]));
}

/// What was given comes out as it was, to the last member, where the form reckons the same.
#[test]
fn run_gives_back_a_response_as_it_was() {
    let folder = files(&[]);
    let ended =
        asesmen(&folder, &["run", "visits.json", "--answers", "answered.json", "--now", "2026-11-22T10:32:00+07:00"]);
    assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""));
    assert_eq!(printed(&ended), answered());
    let mut without = answered();
    without["item"].as_array_mut().expect("items").remove(2);
    folder.put("without.json", without.to_string().as_bytes());
    let ended =
        asesmen(&folder, &["run", "visits.json", "--answers", "without.json", "--now", "2026-11-22T10:32:00+07:00"]);
    assert!(said(&ended).contains(&("total".to_owned(), json!(9))), "what is missing is reckoned");
    let corrected =
        asesmen(&folder, &["run", "visits.json", "--answers", "answered.json", "--now", "2026-11-23T10:32:00+07:00"]);
    assert!(
        said(&corrected).contains(&("today".to_owned(), json!("2026-11-22"))),
        "what was said otherwise stays as it was said"
    );
}

#[test]
fn run_ends_with_2_and_prints_nothing_where_something_does_not_fit() {
    let folder = files(&[("refused.json", &refused())]);
    for (answers, words) in [
        (json!([{"linkId": "ghost", "answer": []}]), "entry 0"),
        (json!([{"linkId": "day", "answer": []}, {"linkId": "cost", "answer": [{"valueString": "x"}]}]), "entry 1"),
        (json!([{"answer": []}]), "entry 0"),
        (json!([{"remove": {"at": {"linkId": "name"}}}]), "entry 0"),
        (json!([{"linkId": "cost", "answer": [{"valueInteger": 1.5}]}]), "entry 0"),
        (json!([{"linkId": "cost", "answer": [], "within": [-1]}]), "entry 0"),
        (json!(true), "neither"),
        (patient(), "“Patient”"),
        (with(answered(), json!({"item": [{"linkId": "ghost"}]})), "the form has no item “ghost”"),
        (
            with(answered(), json!({"item": [{"linkId": "total", "answer": [{"valueString": "x"}]}]})),
            "item[0].answer[0]: the answer is not what a question of type “integer” asks for",
        ),
        (with(answered(), json!({"item": {}})), "QuestionnaireResponse: “item” has to be a list of elements"),
    ] {
        let ended = filled(&folder, &answers, &[]);
        assert_eq!((ended.code, ended.out.as_str()), (Some(2), ""), "{answers}");
        assert!(ended.err.starts_with("asesmen form run: ") && ended.err.contains(words), "{answers}: {}", ended.err);
    }
    for form in ["refused.json", "cut.json", "missing.json", "folder"] {
        let ended = asesmen(&folder, &["run", form]);
        assert_eq!((ended.code, ended.out.as_str()), (Some(2), ""), "{form}");
        assert!(ended.err.contains(form), "{}", ended.err);
    }
    for arguments in [
        &["run", "visits.json", "--answers", "missing.json"][..],
        &["run", "visits.json", "--context", "patient=missing.json"],
        &["run", "visits.json", "--context", "patient=cut.json"],
        &["run", "visits.json", "--context", "patient"],
        &["run", "visits.json", "--now", "kemarin"],
        &["run"],
        &["fill", "visits.json"],
    ] {
        let ended = asesmen(&folder, arguments);
        assert_eq!((ended.code, ended.out.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(!ended.err.is_empty(), "{arguments:?}");
    }
}

/// Names and contents are their maker's words: they must not write to the terminal.
#[test]
fn hostile_names_and_contents_write_nothing_to_the_terminal() {
    let hostile = "a\u{1b}[2J\n\u{9b}\u{202e}ok";
    let far = with(item(hostile, "choice"), json!({"answerValueSet": hostile}));
    let bad = with(form(&json!([far])), json!({"url": hostile}));
    let twice = form(&json!([item(hostile, "string"), item(hostile, "string")]));
    let lost = ruled(item("lost", "string"), "calculatedExpression", &format!("%resource.`{hostile}`"));
    let unasked = when(item("unasked", "string"), "lost", "=", "answerString", json!("x"));
    let odd = with(item(hostile, "string"), json!({hostile: 1}));
    let plain = form(&json!([group("g", json!([odd])), lost, unasked]));
    let name = |stem: &str| format!("{stem}\u{1b}[31m\u{202e}\n.json");
    let (bad_file, twice_file, plain_file, answers_file) = (name("bad"), name("twice"), name("plain"), name("answers"));
    let answers = json!([{"linkId": hostile, "answer": [{"valueString": hostile}]}]);
    let ghost = json!({"resourceType": "QuestionnaireResponse", "item": [{"linkId": format!("x{hostile}")}]});
    let unasked_answer = json!({"resourceType": "QuestionnaireResponse", "status": hostile, "authored": hostile,
        "item": [{"linkId": "unasked", hostile: 1, "answer": [{"valueString": hostile}]}]});
    let folder = files(&[
        (&bad_file, &bad),
        (&twice_file, &twice),
        (&plain_file, &plain),
        (&answers_file, &answers),
        ("ghost.json", &ghost),
        ("unasked.json", &unasked_answer),
    ]);
    for arguments in [
        &["check", &bad_file, &twice_file, "no\u{1b}[2Jfile"][..],
        &["check", "--json", &bad_file, &twice_file, "no\u{1b}[2Jfile"],
        &["check", &twice_file, &plain_file],
        &["validate", "--questionnaire", &plain_file, "unasked.json"],
        &["run", &plain_file, "--answers", "unasked.json"],
        &["validate", "--questionnaire", &plain_file, "ghost.json"],
        &["validate", "--questionnaire", &twice_file, "ghost.json"],
        &["run", &plain_file, "--answers", &answers_file],
        &["run", &plain_file, "--answers", "ghost.json"],
        &["run", &twice_file],
        &["run", &bad_file],
    ] {
        let ended = asesmen(&folder, arguments);
        let printed = [&ended.out[..], &ended.err].concat();
        assert!(!printed.is_empty());
        let steers = |c: char| c != '\n' && (c.is_control() || c == '\u{202e}');
        assert!(!printed.contains(steers), "{arguments:?}: {printed:?}");
        let honest = format!("ok       {plain_file:?}: 4 items");
        let forged = |line: &str| line.starts_with("ok") && line != honest;
        assert!(!printed.lines().any(forged), "{arguments:?}: {printed:?}");
    }
    let list = printed(&asesmen(&folder, &["check", "--json", &bad_file]));
    assert_eq!(
        (&list[0]["file"], &list[0]["refusals"][0]["linkId"]),
        (&json!(bad_file), &json!(hostile)),
        "machines read the exact words"
    );
    let response = printed(&asesmen(&folder, &["run", &plain_file, "--answers", &answers_file]));
    assert_eq!(response["item"][0]["item"][0]["answer"][0]["valueString"], hostile);
}
