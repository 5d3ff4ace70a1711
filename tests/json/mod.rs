//! JSON: strict reading, lossless writing, and the canonical form against an outside implementation.

mod cases;
mod jcs;

use asesmen::json::{JsonRefusal, Number, Reason, canonical, interoperable, object, parse};
use proptest::prelude::*;

fn canonical_text(text: &str) -> String {
    String::from_utf8(canonical(&parse(text.as_bytes()).expect("strict JSON"))).expect("UTF-8")
}

#[test]
fn the_example_of_rfc_8785_comes_out_as_printed() {
    let input = r#"{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],
        "string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]}"#;
    let expected = "{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],\
        \"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}";
    assert_eq!(canonical_text(input), expected);
}

#[test]
fn members_sort_by_utf_16() {
    let input = r#"{"\u20ac":1,"\r":2,"\ufb33":3,"1":4,"\ud83d\ude00":5,"\u0080":6,"\u00f6":7}"#;
    assert_eq!(canonical_text(input), "{\"\\r\":2,\"1\":4,\"\u{80}\":6,\"ö\":7,\"€\":1,\"😀\":5,\"\u{fb33}\":3}");
}

#[test]
fn numbers_take_their_ecmascript_form() {
    // RFC 8785, appendix B, and the ends of the range of doubles.
    let cases = [
        ("-0", "0"),
        ("0e5", "0"),
        ("1.0", "1"),
        ("0.1e1", "1"),
        ("1e21", "1e+21"),
        ("123456789012345680000", "123456789012345680000"),
        ("0.000001", "0.000001"),
        ("0.0000001", "1e-7"),
        ("5e-324", "5e-324"),
        ("2.4703282292062327e-324", "0"),
        ("2.4703282292062328e-324", "5e-324"),
        ("1e-400", "0"),
        ("1e-99999999999999999999", "0"),
        ("1.7976931348623157e308", "1.7976931348623157e+308"),
        ("9007199254740993.0", "9007199254740992"),
        ("295147905179352830000", "295147905179352830000"),
        ("999999999999999700000", "999999999999999700000"),
        ("999999999999999900000", "999999999999999900000"),
        ("1e+23", "1e+23"),
        ("333333333.3333332", "333333333.3333332"),
        ("333333333.33333325", "333333333.33333325"),
        ("1424953923781206.2", "1424953923781206.2"),
        ("-0.0000033333333333333333", "-0.0000033333333333333333"),
    ];
    for (written, form) in cases {
        assert_eq!(canonical_text(written), form, "{written}");
    }
}

#[test]
fn numbers_beyond_doubles_are_not_interoperable() {
    for text in [
        "9007199254740992",
        "-9007199254740992",
        "1e400",
        "1.7976931348623159e308",
        "[{\"a\":1e999999999}]",
        "1e16",
        "1e20",
        "9007199254740992.5",
    ] {
        assert!(interoperable(&parse(text.as_bytes()).expect("JSON")).is_err(), "{text}");
    }
    for text in [
        "9007199254740991",
        "-9007199254740991",
        "1e21",
        "90071992547409.5e2",
        "1.7976931348623157e308",
        "1e-999999999",
    ] {
        assert_eq!(interoperable(&parse(text.as_bytes()).expect("JSON")), Ok(()), "{text}");
    }
}

#[test]
fn a_million_digits_cost_no_time() {
    let long = format!("0.{}1", "3".repeat(1_000_000));
    assert_eq!(canonical_text(&long), "0.3333333333333333");
}

#[test]
fn what_readers_could_take_differently_is_refused() {
    let cases: [(&[u8], Reason); 22] = [
        (b"\xEF\xBB\xBF{}", Reason::ByteOrderMark),
        (b"{} x", Reason::Trailing),
        (b"{\"a\":1} {}", Reason::Trailing),
        (b"{\"a\":1,\"a\":2}", Reason::Duplicate("a".to_owned())),
        (b"{\"a\":{\"b\":1,\"\\u0062\":2}}", Reason::Duplicate("b".to_owned())),
        (b"\"\\ud800\"", Reason::String),
        (b"\"\\ud800\\u0041\"", Reason::String),
        (b"{\"\\udc00\":1}", Reason::String),
        (b"\"a\x01b\"", Reason::String),
        (b"\"\\x\"", Reason::String),
        (b"\"\xff\"", Reason::NotUtf8),
        (b"NaN", Reason::Unexpected),
        (b"01", Reason::Number),
        (b"1.", Reason::Number),
        (b"+1", Reason::Unexpected),
        (b"-", Reason::Number),
        (b"1e", Reason::Number),
        (b"[1,]", Reason::Unexpected),
        (b"{\"a\":1,}", Reason::Unexpected),
        (b"'a'", Reason::Unexpected),
        (b"tru", Reason::End),
        (b"", Reason::End),
    ];
    for (case, reason) in cases {
        assert_eq!(parse(case).expect_err("refused").reason, reason, "{:?}", String::from_utf8_lossy(case));
    }
    assert_eq!(parse(&vec![b'['; 100_000]).expect_err("refused").reason, Reason::Depth);
    let many: String = (0..50_000).map(|number| format!("\"m{number}\":0,")).collect();
    let repeated = format!("{{{many}\"m7\":1}}");
    assert_eq!(parse(repeated.as_bytes()).expect_err("refused").reason, Reason::Duplicate("m7".to_owned()));
}

#[test]
fn refusals_say_where() {
    let refusal = parse(b"{\n  \"a\": @\n}").expect_err("no JSON");
    assert_eq!(refusal, JsonRefusal { reason: Reason::Unexpected, line: 2, column: 8 });
}

#[test]
fn numbers_and_order_survive() {
    let text = r#"{"z":1.50,"a":[1e5,-0.0,12345678901234567890.123456789],"m":{"é":"\n"}}"#;
    assert_eq!(parse(text.as_bytes()).expect("JSON").to_string(), text);
    assert!(Number::parse("1.").is_none() && Number::parse("1 ").is_none() && Number::parse("").is_none());
}

#[test]
fn objects_are_equal_in_any_order() {
    let one = object([("a", 1_u32.into()), ("b", 2_u32.into())]);
    let two = object([("b", 2_u32.into()), ("a", 1_u32.into())]);
    assert_eq!(one, two);
    assert_ne!(one, object([("a", 1_u32.into())]));
}

fn json_value() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        (-(1_i64 << 53) + 1..(1_i64 << 53)).prop_map(Into::into),
        any::<f64>().prop_filter("finite", |f| f.is_finite()).prop_map(Into::into),
        any::<String>().prop_map(Into::into),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..6).prop_map(Into::into),
            proptest::collection::btree_map(any::<String>(), inner, 0..6)
                .prop_map(|map| serde_json::Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    /// The canonical form is the one that another implementation makes, and reads back to itself.
    #[test]
    fn canonical_form_agrees_with_another_implementation(value in json_value()) {
        let text = value.to_string();
        let ours = canonical(&parse(text.as_bytes()).expect("serde_json writes JSON"));
        let theirs = serde_json_canonicalizer::to_vec(&value).expect("finite numbers");
        prop_assert_eq!(String::from_utf8_lossy(&ours), String::from_utf8_lossy(&theirs));
        prop_assert_eq!(&canonical(&parse(&ours).expect("canonical JSON")), &ours);
    }

    /// Any double, whatever its bits, is written as another implementation writes it.
    #[test]
    fn every_double_agrees(bits in any::<u64>()) {
        let double = f64::from_bits(bits);
        prop_assume!(double.is_finite());
        let theirs = serde_json_canonicalizer::to_string(&double).expect("finite");
        prop_assert_eq!(canonical_text(&format!("{double:e}")), theirs);
    }

    /// Decimals between doubles go to the nearest, as the standard library reads them.
    #[test]
    fn every_decimal_goes_to_the_nearest_double(digits in "[1-9][0-9]{0,30}", exponent in -345_i32..300) {
        let written = format!("{digits}e{exponent}");
        let double: f64 = written.parse().expect("a float");
        prop_assume!(double.is_finite());
        let theirs = serde_json_canonicalizer::to_string(&double).expect("finite");
        prop_assert_eq!(canonical_text(&written), theirs);
    }

    /// What is read is what is written.
    #[test]
    fn reading_and_writing_lose_nothing(value in json_value()) {
        let text = value.to_string();
        let again = parse(text.as_bytes()).expect("JSON").to_string();
        prop_assert_eq!(serde_json::from_str::<serde_json::Value>(&again).expect("JSON"), value);
    }

    /// No bytes make the reader panic.
    #[test]
    fn no_input_panics(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = parse(&bytes);
    }

    /// Nearly JSON makes the reader agree with another implementation on what is JSON, duplicates apart.
    #[test]
    fn near_misses_agree_with_another_implementation(text in "[\\[\\]{}\",:0-9a-eE.\\-+tfnrul \\\\]{0,24}") {
        let theirs = serde_json::from_str::<serde_json::Value>(&text).is_ok();
        match parse(text.as_bytes()) {
            Ok(_) => prop_assert!(theirs || text.contains(['e', 'E']), "{}", text),
            Err(JsonRefusal { reason: Reason::Duplicate(_), .. }) => {}
            Err(refusal) => prop_assert!(!theirs, "{}: {:?}", text, refusal),
        }
    }
}
