//! Any bytes as JSON: read or refused; what is read is written and read again as it was, its canonical form is one, and
//! is the form that another implementation makes.

#![no_main]

use asesmen_seal::json::{Reason, canonical, interoperable, parse};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let theirs = serde_json::from_slice::<serde_json::Value>(bytes);
    let value = match parse(bytes) {
        Ok(value) => value,
        Err(refusal) => {
            // What only we refuse: a name that stands twice, and depth, which both bound, each in its own way.
            let stricter = matches!(refusal.reason, Reason::Duplicate(_) | Reason::Depth);
            assert!(stricter || theirs.is_err(), "refused alone: {refusal}");
            return;
        }
    };
    let text = value.to_string();
    assert_eq!(parse(text.as_bytes()).as_ref(), Ok(&value), "what was written is read as it was");
    if interoperable(&value).is_err() {
        return;
    }
    let form = canonical(&value);
    let again = parse(&form).expect("canonical JSON");
    assert_eq!(canonical(&again), form, "a canonical form is its own");
    assert!(interoperable(&again).is_ok(), "a canonical form means the same to every reader");
    if let Ok(theirs) = theirs {
        let theirs = serde_json_canonicalizer::to_vec(&theirs).expect("finite numbers");
        assert_eq!(String::from_utf8_lossy(&form), String::from_utf8_lossy(&theirs));
    }
});
