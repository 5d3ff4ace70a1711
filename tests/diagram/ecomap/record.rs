//! Ecomaps as JSON.

use super::anything;
use asesmen::diagram::ecomap::{Ecomap, EcomapRecordRefusal, Kind, SystemKind};
use asesmen::json::parse;

fn read(text: &str) -> Result<Ecomap, EcomapRecordRefusal> {
    Ecomap::from_json(&parse(text.as_bytes()).expect("JSON"))
}

#[test]
fn a_record_is_read_as_it_was_written() {
    for seed in 0..20 {
        let ecomap = anything(30, seed);
        assert_eq!(Ecomap::from_json(&ecomap.to_json()), Ok(ecomap));
    }
}

#[test]
fn what_is_absent_is_unknown_and_other_kinds_are_words() {
    assert_eq!(read("{}"), Ok(Ecomap::default()));
    let ecomap = read(r#"{"systems": [{"id": "a"}, {"id": "b", "kind": "arisan"}, {"id": "c", "kind": "work"}]}"#);
    let kinds: Vec<_> = ecomap.expect("an ecomap").systems.into_iter().map(|system| system.kind).collect();
    assert_eq!(kinds, [None, Some(Kind::Own("arisan".to_owned())), Some(Kind::Of(SystemKind::Work))]);
}

#[test]
fn what_cannot_be_read_is_named() {
    for (text, refusal) in [
        ("[]", "“systems” cannot be read"),
        (r#"{"systems": 3}"#, "“systems” cannot be read"),
        (r#"{"centre": "both"}"#, "“centre” cannot be read"),
        (r#"{"name": 3}"#, "“name” cannot be read"),
        (r#"{"systems": [{"id": "a"}, {}]}"#, "system number 2: “id” cannot be read"),
        (r#"{"systems": [{"id": "a", "strength": "thick"}]}"#, "system number 1: “strength” cannot be read"),
        (r#"{"systems": [{"id": "a", "wish": null}]}"#, "system number 1: “wish” cannot be read"),
    ] {
        assert_eq!(read(text).expect_err("refused").to_string(), refusal, "{text}");
    }
}
