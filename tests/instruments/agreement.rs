//! What every form that is shown to clients keeps to, and the fields of the service agreement.

use super::house::{english, files, form};
use crate::form::sheet::context;
use asesmen::form::{Audience, Item, Kind, Questionnaire};
use serde_json::Value;
use std::collections::BTreeSet;

fn loaded() -> Vec<(String, Questionnaire)> {
    let load = |bytes: &[u8]| Questionnaire::load(bytes).expect("loads");
    files().into_iter().map(|(name, bytes)| (name, load(&bytes))).collect()
}

fn agreement() -> Questionnaire {
    loaded().into_iter().find(|(name, _)| name == "kesepakatan.json").expect("it is there").1
}

/// Whether an item stands in a card that is read to the client.
fn is_read(form: &Questionnaire, item: &Item) -> bool {
    let above = std::iter::successors(Some(item), |item| item.parent.map(|parent| form.item(parent)));
    above.into_iter().any(|item| item.audience == Some(Audience::Client))
}

#[test]
fn what_is_read_to_a_client_is_short_and_has_a_picture() {
    for (name, form) in loaded() {
        for item in form.items().filter(|item| is_read(&form, item)) {
            assert!(item.audience.is_none() || item.picture.is_some(), "{name}: {} has no picture", item.link_id);
            if item.kind == Kind::Display {
                for language in ["id", "en"] {
                    let words = item.text.in_language(language).split_whitespace().count();
                    assert!(words <= 15, "{name}: {} has {words} words in {language}", item.link_id);
                }
            }
        }
    }
}

#[test]
fn what_is_read_to_a_client_has_a_sentence_in_both_languages() {
    for (name, form) in loaded() {
        for item in form.items().filter(|item| item.kind.is_question() && is_read(&form, item)) {
            let sentence = item.client_text.as_ref().unwrap_or_else(|| panic!("{name}: {}", item.link_id));
            for language in ["id", "en"] {
                assert_eq!(sentence.in_language(language).matches("{}").count(), 1, "{name}: {}", item.link_id);
            }
        }
    }
}

#[test]
fn what_is_bound_to_the_content_is_no_part_of_it() {
    for (name, form) in loaded() {
        for item in form.items().filter(|item| item.binds_content) {
            assert!(!is_read(&form, item), "{name}: {} would change what it is bound to", item.link_id);
            assert!(form.items().any(|item| item.audience == Some(Audience::Client)), "{name} shows nothing");
        }
    }
}

#[test]
fn steps_lead_to_what_is_there() {
    for (name, form) in loaded() {
        for covered in form.items().flat_map(|item| item.options.iter()).flat_map(|option| &option.covers) {
            assert!(form.find(covered).is_some(), "{name}: a step is about {covered}");
        }
    }
}

#[test]
fn all_rights_and_duties_of_the_three_parties_are_clauses_of_their_own() {
    let form = agreement();
    let clauses: BTreeSet<&str> = form
        .items()
        .filter(|item| item.audience == Some(Audience::Client))
        .filter_map(|item| item.link_id.strip_prefix("clauses."))
        .collect();
    let parties = [("klien", "abcdefg"), ("lembaga", "abcde"), ("peksos", "abcde")];
    let expected: Vec<String> =
        parties.iter().flat_map(|(party, letters)| letters.chars().map(move |c| format!("{party}_{c}"))).collect();
    assert_eq!(clauses, expected.iter().map(String::as_str).collect());
}

#[test]
fn everybody_who_signs_is_bound_to_the_text() {
    let form = agreement();
    let marks = form.items().filter(|item| item.link_id.starts_with("sign_") && item.kind == Kind::Attachment);
    let marks: Vec<&Item> = marks.collect();
    assert_eq!(marks.len(), 7, "client and guardian draw or print; worker, institution and witness draw");
    for item in marks.iter().copied().chain([form.item(form.find("sign_client.spoken.words").expect("an item"))]) {
        assert!(item.binds_content, "{}", item.link_id);
    }
    assert_eq!(form.find("read_aloud").map(|item| form.item(item).binds_content), Some(true));
    assert_eq!(form.find("outcome").map(|item| form.item(item).binds_content), Some(true));
}

/// What the agreement says is wrong, by the key of the constraint.
#[test]
fn the_rules_of_the_agreement_speak_when_they_are_broken() {
    use asesmen::form::{Problem, Response, issues};
    let bytes = files().into_iter().find(|(name, _)| name == "kesepakatan.json").expect("it is there").1;
    let document = form(&bytes);
    let words = |key: &str| {
        let mut found = None;
        super::house::each(&document, &mut |element| {
            let is_own = |part: &Value| part["url"] == "key" && part["valueId"] == key;
            if element["extension"].as_array().is_some_and(|parts| parts.iter().any(is_own)) {
                let parts = element["extension"].as_array().expect("parts");
                let human = parts.iter().find(|part| part["url"] == "human").expect("words");
                assert!(english(human, "valueString").is_some(), "{key} in English");
                found = human["valueString"].as_str().map(str::to_owned);
            }
        });
        found.unwrap_or_else(|| panic!("no constraint {key}"))
    };
    let set = |link_id: &str, answer: Value| (link_id.to_owned(), answer);
    let day = |day: &str| serde_json::json!({ "valueDate": day });
    let text = |text: &str| serde_json::json!({ "valueString": text });
    let signed = set("date", serde_json::json!({"valueDateTime": "2026-11-20T09:00:00+07:00"}));
    let code = |code: &str| serde_json::json!({"valueCoding": {"system": "https://asesmen.id/fhir/CodeSystem/kesepakatan", "code": code}});
    for (key, answers) in [
        ("O5", vec![set("objectives.objective", text("Lebih mandiri"))]),
        ("O4", vec![set("outcome", code("setuju"))]),
        ("T6", vec![signed.clone(), set("review_date", day("2027-02-21"))]),
        ("tinjau-sesudah", vec![signed.clone(), set("review_date", day("2026-11-19"))]),
        ("urutan-waktu", vec![set("time_place.from", day("2027-01-02")), set("time_place.to", day("2027-01-01"))]),
        ("batas-objectives-by-date", vec![signed.clone(), set("objectives.by_date", day("2026-11-19"))]),
        ("tempat-mengadu", vec![set("outcome", code("setuju"))]),
        ("tanggal-tinjau", vec![set("outcome", code("setuju"))]),
    ] {
        let form = std::sync::Arc::new(Questionnaire::load(&bytes).expect("loads"));
        let mut response = Response::new(form, context());
        let said = |response: &Response| {
            let found = issues(response).into_iter().map(|issue| issue.problem);
            let own = words(key);
            found
                .into_iter()
                .any(|problem| matches!(problem, Problem::Constraint(text, _) if text.in_language("id") == own))
        };
        assert!(!said(&response), "{key} waits");
        for (link_id, answer) in answers {
            let item = response.questionnaire().find(&link_id).expect("an item");
            let node = response.nodes_of(item).next().expect("a node");
            let read = asesmen::json::parse(answer.to_string().as_bytes()).expect("JSON");
            let answer = asesmen::form::Answer::from_fhir(read.as_object().expect("an object"), "value");
            let content = asesmen::form::Content { answers: answer.into_iter().collect(), ..Default::default() };
            let operation = asesmen::form::Operation::Set { at: response.place(node), content };
            response.apply(&operation).expect("fits");
        }
        assert!(said(&response), "{key} speaks");
    }
}

#[test]
fn the_paper_says_where_each_part_of_its_head_comes_from() {
    let form = agreement();
    for place in ["institution", "address", "number", "client-number", "place", "signed-on"] {
        let found: Vec<&str> =
            form.items().filter(|item| item.stands_at(place)).map(|item| item.link_id.as_str()).collect();
        assert_eq!(found.len(), 1, "{place}: {found:?}");
    }
}

#[test]
fn what_was_asked_while_reading_is_on_the_copy_and_changes_nothing_of_what_is_signed() {
    let form = agreement();
    for link_id in ["questions", "read_aloud.by"] {
        let item = form.item(form.find(link_id).expect("an item"));
        assert_eq!(item.audience, Some(Audience::Copy), "{link_id}");
        assert!(!is_read(&form, item), "{link_id}");
    }
    let told = |link_id: &str| form.item(form.find(link_id).expect("an item")).client_text.is_some();
    assert!(told("questions.question") && told("questions.answer"));
}

#[test]
fn where_ways_of_signing_are_asked_the_pad_does_not_ask_again() {
    for (name, form) in loaded() {
        let photo = |item: &&Item| item.kind == Kind::Attachment && item.link_id.ends_with(".thumb");
        for thumb in form.items().filter(photo) {
            let drawing = thumb.link_id.replace(".thumb", ".drawing");
            let drawing = form.item(form.find(&drawing).expect("a place to draw"));
            let takes = |kind: &str| drawing.bounds.takes_kind(kind);
            assert!(takes("image/svg+xml") && !takes("image/jpeg") && !takes("image/png"), "{name}");
        }
    }
}
