//! Sealed documents as FHIR: valid for a validator that is not ours, with signatures that hold there.

use crate::cli::folder::{Folder, program, run};
use crate::outside::{installed, script};
use crate::seal::formats::file;
use crate::seal::package::{contained, package, sealed as packed};
use crate::seal::sealed::{at, body, key, loose, seal, sign, tree};
use asesmen::domain::{Calendar, PartialDate};
use asesmen::fhir::{Form, bundle};
use asesmen::form::{
    About, Answer, Attachment, Coding, Content, Context, DataAbsentReason, Detail, Item, Kind, NodeIx, Operation,
    Quantity, Questionnaire, Response, questionnaire_response,
};
use asesmen::json::{Number, Value, canonical, parse};
use asesmen::seal::{Contained, FormText, Format, InstrumentPin, Package, SealId, assemble, digest};
use std::collections::BTreeSet;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::Arc;

/// How many sealed responses the outside validators found in some Bundles, all of them valid for each.
fn valid(bundles: &[Value]) -> usize {
    let mut python = Command::new("python3");
    python.env("PYTHONPATH", installed("PYTHON_TEST")).arg(script("fhir_check.py"));
    let mut node = Command::new("node");
    node.arg(script("fhir_check.mjs")).arg(format!("{}/node_modules/fhir/fhir.js", installed("NPM_TEST")));
    let lines: String = bundles.iter().map(|bundle| format!("{bundle}\n")).collect();
    let [first, second] = [python, node].map(|command| counted(command, &lines));
    assert_eq!(first, second);
    first
}

fn counted(mut command: Command, lines: &str) -> usize {
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
    // Where it stops early it says why.
    let _ = child.stdin.take().expect("a pipe").write_all(lines.as_bytes());
    let ended = child.wait_with_output().expect("it ends");
    assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
    String::from_utf8_lossy(&ended.stdout).trim().parse().expect("a number")
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("instruments")
}

fn instruments() -> Vec<Vec<u8>> {
    let entries = std::fs::read_dir(folder()).expect("a folder").map(|entry| entry.expect("an entry").path());
    let files = entries.filter(|path| path.extension().is_some_and(|end| end == "json"));
    files.map(|path| std::fs::read(path).expect("a file")).filter(|bytes| Form::read(bytes).is_some()).collect()
}

fn answer(item: &Item, turn: usize) -> Option<Answer> {
    if let Some(option) = item.options.get(turn % item.options.len().max(1)) {
        return Some(option.answer.clone());
    }
    let date = ["2015", "2026-02", "1990-08-17"][turn % 3];
    Some(match item.kind {
        Kind::Boolean => Answer::Boolean(turn.is_multiple_of(2)),
        Kind::Integer => Answer::Integer(3),
        Kind::Decimal => Answer::Decimal(Number::parse("36.6")?),
        Kind::Quantity => {
            Answer::Quantity(Quantity { value: Number::parse("2.5")?, unit: item.unit.clone().unwrap_or_default() })
        }
        Kind::Date => Answer::Date(PartialDate { calendar: Calendar::parse_fhir(date), ..PartialDate::default() }),
        Kind::DateTime => Answer::DateTime("2026-11-22T10:00:00+07:00".to_owned()),
        Kind::Time => Answer::Time("10:00:00".to_owned()),
        Kind::String | Kind::Text => Answer::String(format!("jawaban {turn}")),
        Kind::Url => Answer::Uri("https://example.org/a".to_owned()),
        Kind::Choice | Kind::OpenChoice => Answer::Coding(Coding { code: "a".to_owned(), ..Coding::default() }),
        Kind::Attachment => Answer::Attachment(Attachment {
            content_type: "image/png".to_owned(),
            title: "foto.png".to_owned(),
            size: 3,
            data: "AAEC".to_owned(),
        }),
        _ => return None,
    })
}

/// Fills whatever can be answered, several times, as answers ask further questions; every seventh question is declined.
fn filled(form: &Arc<Questionnaire>) -> Response {
    let mut response = Response::new(Arc::clone(form), Context::at(at("2026-11-22T10:32:00.000+07:00")));
    let _ = response.populate();
    for _ in 0..4 {
        for node in response.walk(response.roots()) {
            if let Some(operation) = operation(&response, node) {
                let _ = response.apply(&operation);
            }
        }
    }
    response
}

fn operation(response: &Response, node: NodeIx) -> Option<Operation> {
    let (item, turn) = (response.item(node), usize::try_from(node.number()).ok()?);
    let at = response.place(node);
    if item.is_list && response.is_unbegun_entry(node) {
        return Some(Operation::Add { at });
    }
    if !item.kind.is_question() || !response.is_enabled(node) || !response.is_blank(node) {
        return None;
    }
    let declined = Content { absent: Some(DataAbsentReason::AskedDeclined), ..Content::default() };
    let content = match answer(item, turn) {
        Some(answer) if turn % 7 != 3 => Content { answers: vec![answer], ..Content::default() },
        _ => declined,
    };
    Some(Operation::Set { at, content })
}

/// A form sealed with answers to all that it asks.
fn sealed(bytes: &[u8], number: u8, kinds: &mut BTreeSet<String>) -> (Value, Form) {
    let form = Arc::new(Questionnaire::load(bytes).expect("a built-in form"));
    let response = filled(&form);
    let worker = key(3);
    let mut body = body(&[("social-worker", &worker)]);
    let case = body.case.to_string();
    let about = About {
        subject: &case,
        subject_display: "Sekar Ayu",
        author_display: "Ratri Wulansari",
        authored: body.times.sealed,
        language: "id",
        detail: Detail::Record,
    };
    body.response = questionnaire_response(&response, &about);
    body.seal_id = SealId::new(body.times.sealed, [number; 10]);
    body.instrument = InstrumentPin { canonical: form.canonical().to_owned(), digest: digest(bytes) };
    let document = body.to_json();
    let text = document.to_string();
    for kind in
        ["Boolean", "Decimal", "Integer", "Date", "DateTime", "Time", "String", "Coding", "Quantity", "Attachment"]
    {
        if text.contains(&format!("\"value{kind}\":")) {
            kinds.insert(kind.to_owned());
        }
    }
    let file = parse(&assemble(&document, &[sign(&document, &worker)])).expect("JSON");
    (file, Form::read(bytes).expect("a form"))
}

#[test]
fn every_built_in_form_with_answers_of_every_type_is_valid_fhir() {
    let (mut bundles, mut kinds) = (Vec::new(), BTreeSet::new());
    for (number, bytes) in (100..).zip(instruments()) {
        let (file, form) = sealed(&bytes, number, &mut kinds);
        bundles.push(bundle(&[file], &[form]));
    }
    bundles.push(bundle(&[parse(&file(Format::Document, true)).expect("JSON")], &[]));
    bundles.push(bundle(&[parse(&file(Format::Document, false)).expect("JSON")], &[]));
    assert_eq!(valid(&bundles), bundles.len());
    assert!(kinds.len() >= 8, "{kinds:?}");
    for (bundle, bytes) in bundles.iter().zip(instruments()) {
        let held = resource(bundle, "Questionnaire");
        let mut given = parse(&bytes).expect("JSON").as_object().expect("a form").clone();
        given.set("id", held.get("id").expect("an id").clone());
        assert_eq!(*held, Value::from(given), "the form is the one that was answered");
    }
}

fn resource<'a>(bundle: &'a Value, kind: &str) -> &'a Value {
    let entries = bundle.get("entry").and_then(Value::as_array).expect("entries");
    let mut resources = entries.iter().filter_map(|entry| entry.get("resource"));
    resources.find(|one| one.get("resourceType").and_then(Value::as_str) == Some(kind)).expect("a resource")
}

#[test]
fn who_signed_in_which_role_and_what_it_corrects_is_told() {
    let bundle = bundle(&[parse(&file(Format::Document, true)).expect("JSON")], &[]);
    let provenance = resource(&bundle, "Provenance").to_string();
    for part in
        ["\"author\"", "\"verifier\"", "\"supervisor\"", "\"revision\"", "1.12.1.1\"", "1.12.1.5\"", "application/jose"]
    {
        assert!(provenance.contains(part), "{part}: {provenance}");
    }
    let practitioner = resource(&bundle, "Practitioner").to_string();
    assert!(practitioner.contains("Ratri Wulansari") && practitioner.contains("STR-0007/2026"));
}

#[test]
fn an_attachment_beside_its_document_is_a_url_in_valid_fhir() {
    let text = String::from_utf8(file(Format::Document, true)).expect("UTF-8");
    let url = format!("\"url\":\"ni:///sha-256;{}\"", "A".repeat(43));
    let named = text.replace("\"data\":\"AAEC\"", &url);
    assert_ne!(named, text);
    let document = parse(named.as_bytes()).expect("JSON").get("document").cloned().expect("a document");
    let signed = assemble(&document, &[sign(&document, &key(3)), sign(&document, &key(4))]);
    let bundle = bundle(&[parse(&signed).expect("JSON")], &[]);
    assert!(bundle.to_string().contains(&url), "named as it was sealed");
    assert_eq!(valid(&[bundle]), 1);
}

#[test]
fn people_and_institutions_of_several_files_stand_once() {
    let bytes = instruments();
    let (first, form) = sealed(&bytes[0], 21, &mut BTreeSet::new());
    let (second, _) = sealed(&bytes[0], 22, &mut BTreeSet::new());
    let bundle = bundle(&[first, second.clone(), second], &[form]);
    let entries = bundle.get("entry").and_then(Value::as_array).expect("entries");
    let named: Vec<_> =
        entries.iter().map(|entry| (entry.get("fullUrl"), entry.at(&["resource", "resourceType"]))).collect();
    eprintln!("{named:?}");
    assert_eq!(entries.len(), 8, "patient, organisation, practitioner, form, and response and provenance of each");
    assert_eq!(valid(std::slice::from_ref(&bundle)), 2);
}

#[test]
fn all_documents_of_a_package_make_one_bundle_with_their_forms() {
    let bytes: Vec<Vec<u8>> = instruments().into_iter().take(3).collect();
    let made: Vec<(Value, Form)> =
        (30..).zip(&bytes).map(|(number, bytes)| sealed(bytes, number, &mut BTreeSet::new())).collect();
    let forms = bytes.iter().map(|bytes| {
        let form = Questionnaire::load(bytes).expect("a built-in form");
        FormText::of(&form.canonical(), bytes).expect("text")
    });
    let documents = made.iter().map(|(file, _)| {
        let instrument = InstrumentPin::from_json(file.at(&["document", "instrument"]).expect("a pin")).expect("a pin");
        Contained { instrument, ..contained(&canonical(file)) }
    });
    let case = body(&[("social-worker", &key(3))]).case.to_string();
    let mut package = Package { documents: documents.collect(), drafts: Vec::new(), ..package() };
    package.forms.extend(forms);
    assert!(package.case.get("id").and_then(Value::as_str) == Some(&case));
    let whole = packed(package);
    let beside = canonical(&made[0].0);
    let twin = {
        let mut body = body(&[("social-worker", &key(3))]);
        body.seal_id = contained(&beside).seal_id;
        let document = body.to_json();
        assemble(&document, &[sign(&document, &key(3))])
    };
    let folder = Folder::new(&[("p.json", &whole), ("beside.json", &beside), ("twin.json", &twin)]);
    let fhir = |arguments: &[&str]| run(program().arg("fhir").args(arguments).current_dir(folder.path()));
    for arguments in [&["p.json"][..], &["p.json", "beside.json"]] {
        let ended = fhir(arguments);
        assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""), "no form is missing");
        let printed = parse(ended.out.trim_end().as_bytes()).expect("JSON");
        let kinds = |kind: &str| {
            let entries = printed.get("entry").and_then(Value::as_array).expect("entries").iter();
            entries
                .filter(|entry| entry.at(&["resource", "resourceType"]).and_then(Value::as_str) == Some(kind))
                .count()
        };
        assert_eq!(["Questionnaire", "QuestionnaireResponse", "Provenance", "Patient"].map(kinds), [3, 3, 3, 1]);
        assert_eq!(valid(std::slice::from_ref(&printed)), 3);
    }
    let ended = fhir(&["p.json", "twin.json"]);
    assert_eq!((ended.code, ended.out.as_str()), (Some(1), ""), "two documents under one seal: {}", ended.err);
}

#[test]
fn a_package_with_a_document_that_does_not_hold_makes_no_bundle() {
    let mut broken = loose(&package().to_json());
    broken["documents"][1]["file"]["document"]["author"]["name"] = "Orang lain".into();
    broken["documents"][1]["digest"] = digest(&canonical(&tree(&broken["documents"][1]["file"]))).into();
    let bytes = packed(Package::from_json(&tree(&broken)).expect("a package"));
    let folder = Folder::new(&[("p.json", &bytes)]);
    let ended = run(program().args(["fhir", "p.json"]).current_dir(folder.path()));
    assert_eq!((ended.code, ended.out.as_str()), (Some(1), ""));
    assert!(ended.err.contains(&format!("p.json#{}", package().documents[1].seal_id)), "{}", ended.err);
}

#[test]
fn the_command_prints_what_holds_and_refuses_what_does_not() {
    let whole = seal(&[("social-worker", &key(3))]);
    let changed = String::from_utf8(whole.clone()).expect("UTF-8").replace("52.5", "52.6");
    let folder = Folder::new(&[
        ("a.asesmen.json", &whole),
        ("changed.asesmen.json", changed.as_bytes()),
        ("receipt.asesmen.json", &file(Format::Receipt, true)),
        ("form.json", b"{\"resourceType\":\"Patient\"}"),
    ]);
    let fhir = |arguments: &[&str]| run(program().arg("fhir").args(arguments).current_dir(folder.path()));
    let good = fhir(&["a.asesmen.json"]);
    assert_eq!(good.code, Some(0), "{}", good.err);
    assert!(good.err.contains("was not given"), "{}", good.err);
    let printed = parse(good.out.trim_end().as_bytes()).expect("JSON");
    assert_eq!(printed, bundle(&[parse(&whole).expect("JSON")], &[]));
    for (arguments, code) in [
        (&["changed.asesmen.json"][..], 1),
        (&["a.asesmen.json", "changed.asesmen.json"], 1),
        (&["receipt.asesmen.json"], 2),
        (&["missing.json"], 2),
        (&["a.asesmen.json", "--form", "form.json"], 2),
        (&["a.asesmen.json", "--form", "missing.json"], 2),
    ] {
        let ended = fhir(arguments);
        assert_eq!((ended.code, ended.out.as_str()), (Some(code), ""), "{arguments:?}: {}", ended.err);
    }
}
