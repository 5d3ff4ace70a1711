//! Identifiers sort by the time they were made and never collide.

use asesmen::domain::{CaseId, DocumentId, IdRefusal, SealId, Timestamp};
use asesmen::json::Value;
use proptest::prelude::*;

fn at(millis: i64) -> Timestamp {
    Timestamp::from_millis(millis, 420).expect("a time")
}

#[test]
fn an_identifier_is_a_uuid_of_version_7() {
    // RFC 9562, appendix A.6, with its time and its random bits.
    let random = [0x0C, 0xC3, 0x18, 0xC4, 0xDC, 0x0C, 0x0C, 0x07, 0x39, 0x8F];
    let id = CaseId::new(at(0x017F_22E2_79B0), random).to_string();
    assert_eq!(id, "017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
}

#[test]
fn text_that_is_no_uuid_is_refused() {
    let id = SealId::new(at(1), [9; 10]);
    assert_eq!(SealId::parse(&id.to_string()), Ok(id));
    for text in ["", "x", "017f22e2-79b0-7cc3-98c4-dc0c0c07398", "017f22e2-79b0-7cc3-98c4-dc0c0c07398g"] {
        assert_eq!(SealId::parse(text), Err(IdRefusal(text.to_owned())));
    }
    assert_eq!(SealId::from_json(&Value::from(5_u32)), None);
    assert_eq!(SealId::from_json(&Value::from(id)), Some(id));
}

#[test]
fn a_clock_before_1970_still_makes_identifiers() {
    let (one, two) = (DocumentId::new(at(-5), [1; 10]), DocumentId::new(at(-5), [2; 10]));
    assert_ne!(one, two);
    assert_eq!(DocumentId::parse(&one.to_string()), Ok(one));
}

proptest! {
    /// A later identifier sorts behind an earlier one, as value and as text, whatever the random bits.
    #[test]
    fn identifiers_sort_by_time(millis in 0..4_000_000_000_000_i64, later in 1..1_000_000_000_i64,
        one in any::<[u8; 10]>(), two in any::<[u8; 10]>()) {
        let (first, second) = (DocumentId::new(at(millis), one), DocumentId::new(at(millis + later), two));
        prop_assert!(first < second && first.to_string() < second.to_string());
    }

    /// Made in the same millisecond, different random bytes make different identifiers.
    #[test]
    fn random_bytes_tell_identifiers_apart(one in any::<[u8; 7]>(), two in any::<[u8; 7]>()) {
        prop_assume!(one != two);
        let id = |bytes: [u8; 7]| {
            // Version and variant take bits of the first three bytes.
            let mut random = [0; 10];
            random[3..].copy_from_slice(&bytes);
            CaseId::new(at(7), random)
        };
        prop_assert_ne!(id(one), id(two));
    }
}
