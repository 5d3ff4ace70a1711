//! Rules for every file in the instruments folder.

use crate::form::sheet::context;
use asesmen::app::Catalogue;
use asesmen::form::{About, Detail, Questionnaire, Response, issues, questionnaire_response};
use asesmen::json::{canonical, parse};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("instruments")
}

/// Every instrument: its file name and bytes.
pub fn files() -> Vec<(String, Vec<u8>)> {
    let entries = std::fs::read_dir(folder()).expect("a folder").map(|entry| entry.expect("an entry").path());
    let forms = entries.filter(|path| path.extension().is_some_and(|end| end == "json"));
    let named = forms.map(|path| {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        (name, std::fs::read(path).expect("a file"))
    });
    named.filter(|(name, _)| !["index.json", "rules.json"].contains(&name.as_str())).collect()
}

pub fn form(bytes: &[u8]) -> Value {
    serde_json::from_slice(bytes).expect("JSON")
}

pub fn catalogue() -> Catalogue {
    Catalogue::read(&std::fs::read(folder().join("index.json")).expect("a file")).expect("a catalogue")
}

/// Calls on every object of a form, from the outside in.
pub fn each(value: &Value, see: &mut impl FnMut(&Value)) {
    match value {
        Value::Object(members) => {
            see(value);
            members.values().for_each(|value| each(value, see));
        }
        Value::Array(elements) => elements.iter().for_each(|value| each(value, see)),
        _ => {}
    }
}

/// The English text beside a primitive field.
pub fn english<'a>(element: &'a Value, field: &str) -> Option<&'a str> {
    let translations = element[format!("_{field}")]["extension"]
        .as_array()?
        .iter()
        .filter(|extension| extension["url"] == "http://hl7.org/fhir/StructureDefinition/translation");
    let parts = translations.filter_map(|translation| translation["extension"].as_array());
    let part = |parts: &'a Vec<Value>, name: &str| parts.iter().find(|part| part["url"] == name);
    parts
        .filter(|parts| part(parts, "lang").is_some_and(|lang| lang["valueCode"] == "en"))
        .find_map(|parts| part(parts, "content")?["valueString"].as_str())
}

#[test]
fn the_list_names_every_file_and_says_what_is_in_it() {
    let (list, files) = (catalogue(), files());
    let listed: BTreeSet<&str> = list.instruments.iter().map(|entry| entry.file.as_str()).collect();
    assert_eq!(listed, files.iter().map(|(name, _)| name.as_str()).collect(), "no file unlisted, none missing");
    for (name, bytes) in &files {
        let form = form(bytes);
        let entry = list.instruments.iter().find(|entry| entry.file == *name).expect("listed");
        assert_eq!(
            (&form["url"], &form["version"]),
            (&entry.url.as_str().into(), &entry.version.as_str().into()),
            "{name}"
        );
        assert_eq!(form["title"], entry.title.id, "{name}");
        assert_eq!(english(&form, "title"), Some(entry.title.en.as_str()), "{name}");
        assert_eq!((&form["language"], &form["status"]), (&"id".into(), &"active".into()), "{name}");
    }
}

#[test]
fn every_instrument_loads_and_what_is_empty_seals_to_one_canonical_form() {
    for (name, bytes) in files() {
        let form = Questionnaire::load(&bytes).unwrap_or_else(|refusal| unreachable!("{name}: {refusal}"));
        let response = Response::new(Arc::new(form), context());
        let authored = asesmen::domain::Timestamp::from_millis(0, 420).expect("a time");
        let about = About {
            subject: "s",
            subject_display: "S",
            author_display: "R",
            authored,
            language: "id",
            detail: Detail::Record,
        };
        let exported = questionnaire_response(&response, &about);
        assert_eq!(parse(&canonical(&exported)).as_ref(), Ok(&exported), "{name}");
        // Nothing but required questions may be wrong with a form nobody touched.
        for issue in issues(&response) {
            assert_eq!(
                issue.problem,
                asesmen::form::Problem::Required,
                "{name}: {}",
                response.place(issue.node.expect("a question"))
            );
        }
    }
}

#[test]
fn every_text_is_there_in_both_languages() {
    let mut broken = Vec::new();
    for (name, bytes) in files() {
        let mut see = |element: &Value| {
            let texts = ["title", "description", "text", "display", "valueString", "prefix"];
            for field in texts.into_iter().filter(|field| element.get(*field).is_some_and(Value::is_string)) {
                let own = element[field].as_str().expect("a string");
                // Units and translations are the same in every language.
                let bare = element.get("url").is_some() && element.get("extension").is_none() && field == "valueString";
                let unit = element["system"] == "http://unitsofmeasure.org";
                let translated = english(element, field).is_some_and(|text| !text.trim().is_empty());
                if own.trim().is_empty() || !(bare || unit || translated) {
                    broken.push(format!("{name}: {field} {own:?}"));
                }
            }
        };
        let mut form = form(&bytes);
        forget_identifiers(&mut form);
        each(&form, &mut see);
    }
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

/// What a hidden item begins with is for programs and in no language.
fn forget_identifiers(element: &mut Value) {
    let is_hidden = |extension: &Value| {
        extension["url"] == "http://hl7.org/fhir/StructureDefinition/questionnaire-hidden"
            && extension["valueBoolean"] == true
    };
    if element["extension"].as_array().is_some_and(|list| list.iter().any(is_hidden))
        && let Some(members) = element.as_object_mut()
    {
        members.remove("initial");
    }
    let below = element.get_mut("item").and_then(Value::as_array_mut);
    below.into_iter().flatten().for_each(forget_identifiers);
}

#[test]
fn every_question_can_be_read_out() {
    for (name, bytes) in files() {
        let form = Questionnaire::load(&bytes).expect("loads");
        for item in form.items() {
            for language in ["id", "en"] {
                assert!(!item.text.in_language(language).trim().is_empty(), "{name}: {} has no words", item.link_id);
            }
            let codes: BTreeSet<String> = item.options.iter().map(|option| format!("{:?}", option.answer)).collect();
            assert_eq!(codes.len(), item.options.len(), "{name}: {} offers an option twice", item.link_id);
        }
    }
}

#[test]
fn options_of_one_question_differ_in_each_language() {
    for (name, bytes) in files() {
        let form = Questionnaire::load(&bytes).expect("loads");
        for (item, language) in form.items().flat_map(|item| [(item, "id"), (item, "en")]) {
            let texts: BTreeSet<&str> = item.options.iter().map(|option| option.text.in_language(language)).collect();
            assert_eq!(texts.len(), item.options.len(), "{name}: {} in {language}", item.link_id);
        }
    }
}

#[test]
fn link_ids_are_plain_words_that_can_stand_in_an_address() {
    for (name, bytes) in files() {
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "._-".contains(c);
        each(&form(&bytes), &mut |element| {
            if let Some(link_id) = element["linkId"].as_str() {
                assert!(link_id.chars().all(plain), "{name}: {link_id}");
            }
        });
    }
}
