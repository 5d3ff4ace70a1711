//! A genogram as JSON, and back.

use super::made::anything;
use asesmen::diagram::{Genogram, RecordRefusal};
use asesmen::json::parse;

#[test]
fn what_is_written_is_read_again() {
    for seed in 0..20 {
        let family = anything(20, 20, seed);
        let text = family.to_json().to_string();
        assert_eq!(Genogram::from_json(&parse(text.as_bytes()).expect("JSON")), Ok(family));
    }
}

#[test]
fn what_is_absent_is_unknown() {
    let text = br#"{"people": [{"id": "a"}, {"id": "b"}], "couples": [{"id": "c", "a": "a"}], "children": [{"child": "b", "couple": "c"}]}"#;
    let family = Genogram::from_json(&parse(text).expect("JSON")).expect("a family");
    assert_eq!((family.people.len(), family.couples[0].b.clone(), family.feelings.len()), (2, None, 0));
}

#[test]
fn what_cannot_be_read_is_named() {
    let refused = |text: &str| Genogram::from_json(&parse(text.as_bytes()).expect("JSON")).expect_err("a refusal");
    let refusal = |list, number, member| RecordRefusal { list, number, member };
    assert_eq!(refused("[]"), refusal("people", 0, "people"));
    assert_eq!(refused(r#"{"people": {}}"#), refusal("people", 0, "people"));
    assert_eq!(refused(r#"{"people": [{"id": "a"}, {"name": "b"}]}"#), refusal("people", 2, "id"));
    assert_eq!(refused(r#"{"people": [{"id": "a", "sex": "m"}]}"#), refusal("people", 1, "sex"));
    assert_eq!(refused(r#"{"people": [{"id": "a", "age": -1}]}"#), refusal("people", 1, "age"));
    assert_eq!(refused(r#"{"couples": [{"id": "a", "kind": "happy"}]}"#), refusal("couples", 1, "kind"));
    assert_eq!(refused(r#"{"children": [{"child": "a"}]}"#), refusal("children", 1, "couple"));
    assert_eq!(
        refused(r#"{"children": [{"child": "a", "couple": "c", "parent": "b"}]}"#),
        refusal("children", 1, "couple")
    );
    assert_eq!(refused(r#"{"feelings": [{"a": "a"}]}"#), refusal("feelings", 1, "b"));
}
