//! What is JSON and what is not, case by case: RFC 8259, and what this reader refuses beyond it because two readers could
//! take it differently.

use asesmen::json::parse;

/// Texts that are JSON.
const TAKEN: &[&str] = &[
    "null",
    "true",
    "false",
    "0",
    "-0",
    "1",
    "-1",
    "10",
    "123456789",
    "0.0",
    "-0.0",
    "1.5",
    "0.1",
    "10.01",
    "1e1",
    "1E1",
    "1e+1",
    "1e-1",
    "1E+01",
    "1e00",
    "0e0",
    "0e+1",
    "-1.5e-3",
    "1.0000000000000000000000000000001",
    "1e400",
    "-1e400",
    "1e-400",
    "123123123123123123123123123123",
    "9007199254740993",
    "0.00000000000000000000000000000000000000001",
    "\"\"",
    "\"a\"",
    "\" \"",
    "\"\\\"\"",
    "\"\\\\\"",
    "\"\\/\"",
    "\"/\"",
    "\"\\b\\f\\n\\r\\t\"",
    "\"\\u0000\"",
    "\"\\u0061\"",
    "\"\\u00e9\"",
    "\"\\u00E9\"",
    "\"\\uFFFF\"",
    "\"\\ud83d\\ude00\"",
    "\"\\uD83D\\uDE00\"",
    "\"\\u0060\\u012a\\u12AB\"",
    "\"\\uDBFF\\uDFFF\"",
    "\"\\u200B\"",
    "\"\\u2028\\u2029\"",
    "\"\\u005c\\u0022\"",
    "\"\\\\u0061\"",
    "\"\\\\\\\"\"",
    "\"é\"",
    "\"€\"",
    "\"😀\"",
    "\"e\u{301}\"",
    "\"\u{7f}\"",
    "\"\u{80}\"",
    "\"\u{2028}\u{2029}\"",
    "\"\u{feff}\"",
    "\"\u{fffe}\"",
    "\"\u{10ffff}\"",
    "\"/* no comment */ // nor this\"",
    "\"null\"",
    "\"[]\"",
    "[]",
    "[ ]",
    "[[]]",
    "[[],[]]",
    "[null]",
    "[1]",
    "[1,2]",
    "[ 1 , 2 ]",
    "[\"\"]",
    "[true,false]",
    "[[[[[]]]]]",
    "[{}]",
    "{}",
    "{ }",
    "{\"a\":1}",
    "{\"\":0}",
    "{\"a\":{}}",
    "{\"a\":[]}",
    "{\"a\":1,\"b\":2}",
    "{ \"a\" : 1 , \"b\" : [ ] }",
    "{\"\\u0061\":1}",
    "{\"a\\u0000b\":1}",
    "{\"a\":{\"a\":{\"a\":1}}}",
    "\t1\n",
    "\r\n[]\r\n",
    " {} ",
];

/// Texts that are none, or not one alone.
const REFUSED: &[&str] = &[
    "",
    " ",
    "\n",
    "nul",
    "nulll",
    "Null",
    "NULL",
    "nil",
    "None",
    "tru",
    "True",
    "TRUE",
    "truefalse",
    "fals",
    "False",
    "undefined",
    "NaN",
    "nan",
    "-NaN",
    "Infinity",
    "-Infinity",
    "+Infinity",
    "inf",
    "-inf",
    "+1",
    "+0",
    "++1",
    "--1",
    "-",
    "- 1",
    "-a",
    "-.5",
    ".5",
    "1.",
    "1.e1",
    "-1.",
    "0.",
    "0.e1",
    ".",
    "..1",
    "1..2",
    "1.2.3",
    "01",
    "-01",
    "00",
    "-00",
    "012",
    "0123.4",
    "1e",
    "1e+",
    "1e-",
    "1E",
    "1ee1",
    "1e1e1",
    "1e1.5",
    "1e 1",
    "1 e1",
    "1e+-1",
    "0x1",
    "0xFF",
    "0b1",
    "0o7",
    "1_000",
    "1,000",
    "1 000",
    "1a",
    "1f",
    "1L",
    "1n",
    "1/2",
    "$1",
    "1%",
    "\u{ff11}",
    "\u{661}",
    "\u{2212}1",
    "\"",
    "\"a",
    "a\"",
    "'a'",
    "`a`",
    "\u{201c}a\u{201d}",
    "a",
    "\"a\"b\"",
    "\"\\\"",
    "\"\\x41\"",
    "\"\\a\"",
    "\"\\0\"",
    "\"\\'\"",
    "\"\\ \"",
    "\"\\é\"",
    "\"\\U0041\"",
    "\"\\u\"",
    "\"\\u0\"",
    "\"\\u00\"",
    "\"\\u004\"",
    "\"\\u00g1\"",
    "\"\\u 041\"",
    "\"\\u+041\"",
    "\"\\u-041\"",
    "\"\\u{41}\"",
    "\"\\ud800\"",
    "\"\\udbff\"",
    "\"\\udc00\"",
    "\"\\udfff\"",
    "\"\\ud800\\ud800\"",
    "\"\\udc00\\ud800\"",
    "\"\\ud800a\"",
    "\"\\ud800\\n\"",
    "\"\\ud800\\u0041\"",
    "\"\\ud800\\u\"",
    "\"\\ud800\\udc0\"",
    "\"\\ud83d \\ude00\"",
    "\"\\\n\"",
    "\"a\nb\"",
    "\"a\tb\"",
    "\"a\rb\"",
    "\"a\u{0}b\"",
    "[",
    "]",
    "[[",
    "[]]",
    "[[]",
    "[1",
    "[1,",
    "[1,]",
    "[,1]",
    "[,]",
    "[1,,2]",
    "[1 2]",
    "[1;2]",
    "[1:2]",
    "[\"a\":1]",
    "[1}",
    "[\"a\",\n4\n,1,",
    "[a]",
    "[1,\u{b}2]",
    "[1,\u{c}2]",
    "[1,\u{a0}2]",
    "(1)",
    "<null>",
    "[...]",
    "[1,...]",
    "{",
    "}",
    "{{}}",
    "{]",
    "{\"a\"",
    "{\"a\":",
    "{\"a\":1",
    "{\"a\":1,",
    "{\"a\":1,}",
    "{,\"a\":1}",
    "{,}",
    "{\"a\" 1}",
    "{\"a\"::1}",
    "{\"a\",1}",
    "{\"a\":}",
    "{:1}",
    "{a:1}",
    "{'a':1}",
    "{1:1}",
    "{null:1}",
    "{\"a\":1 \"b\":2}",
    "{\"a\":1;\"b\":2}",
    "{\"a\"=1}",
    "{\"a\":1,,\"b\":2}",
    "{\"a\":1}}",
    "{} {}",
    "[] []",
    "1 2",
    "null,",
    "{}\u{0}",
    "{}//",
    "/**/{}",
    "# a\n{}",
    "\u{feff}{}",
    "\u{feff}",
    "\u{2028}{}",
    "\u{200b}1",
];

/// Objects in which a name stands twice, however it is written.
const TWICE: &[&str] = &[
    "{\"a\":1,\"a\":1}",
    "{\"a\":1,\"a\":2}",
    "{\"a\":1,\"b\":2,\"a\":3}",
    "{\"\":1,\"\":2}",
    "{\"a\":1,\"\\u0061\":2}",
    "{\"\\u0061\":1,\"\\u0061\":2}",
    "{\"é\":1,\"\\u00e9\":2}",
    "{\"😀\":1,\"\\ud83d\\ude00\":2}",
    "[{\"a\":1,\"a\":2}]",
    "{\"b\":{\"a\":1,\"a\":2}}",
    "{\"a\":{},\"a\":[]}",
    "{\"/\":1,\"\\/\":2}",
    "{\"\\n\":1,\"\\u000a\":2}",
    "{\"a\":1,\"b\":1,\"c\":1,\"d\":1,\"e\":1,\"f\":1,\"g\":1,\"h\":1,\"i\":1,\"j\":1,\"k\":1,\"l\":1,\"m\":1,\"n\":1,\"o\":1,\"p\":1,\"q\":1,\"c\":2}",
];

/// Names that only look alike.
const DIFFERENT: &[&str] = &[
    "{\"a\":1,\"A\":2}",
    "{\"é\":1,\"e\u{301}\":2}",
    "{\"a\":1,\"a \":2}",
    "{\"a\":1,\"a\\u0000\":2}",
    "{\"1\":1,\"01\":2}",
    "{\"\u{212b}\":1,\"\u{c5}\":2}",
];

/// Bytes that are no UTF-8.
const NO_UTF8: &[&[u8]] = &[
    b"\xff",
    b"\xfe",
    b"\x80",
    b"\xbf",
    b"\xc0\x80",
    b"\xc0\xaf",
    b"\xc1\xbf",
    b"\xc3",
    b"\xc3\x28",
    b"\xe0\x80\x80",
    b"\xe0\x9f\xbf",
    b"\xe2\x82",
    b"\xe2\x28\xa1",
    b"\xed\xa0\x80",
    b"\xed\xbf\xbf",
    b"\xed\xa0\xbd\xed\xb8\x80",
    b"\xf0\x80\x80\x80",
    b"\xf0\x9f\x98",
    b"\xf4\x90\x80\x80",
    b"\xf5\x80\x80\x80",
    b"\xf8\x88\x80\x80\x80",
    b"\xfc\x84\x80\x80\x80\x80",
];

#[test]
fn json_is_taken() {
    for text in TAKEN.iter().chain(DIFFERENT) {
        assert!(parse(text.as_bytes()).is_ok(), "{text:?}");
        assert!(serde_json::from_str::<serde_json::Value>(text).is_ok() || text.contains("e400"), "{text:?}");
        for inside in [format!("[{text}]"), format!("{{\"a\":{text}}}"), format!(" \t\r\n{text}\n")] {
            assert!(parse(inside.as_bytes()).is_ok(), "{inside:?}");
        }
    }
}

#[test]
fn what_is_no_json_is_refused() {
    for text in REFUSED.iter().chain(TWICE) {
        assert!(parse(text.as_bytes()).is_err(), "{text:?}");
    }
    for text in REFUSED {
        assert!(serde_json::from_str::<serde_json::Value>(text).is_err(), "another reader takes {text:?}");
    }
}

#[test]
fn every_control_character_in_a_text_needs_an_escape() {
    for code in 0..0x20_u8 {
        let raw = [b"\"a", &[code][..], b"\""].concat();
        assert!(parse(&raw).is_err(), "{code}");
        let escaped = format!("\"a\\u{code:04x}\"");
        assert_eq!(parse(escaped.as_bytes()).expect("JSON").as_str(), Some(format!("a{}", char::from(code)).as_str()));
    }
}

#[test]
fn only_eight_letters_and_a_number_follow_a_backslash() {
    for letter in (0..=255_u8).filter(u8::is_ascii) {
        let escaped = [b"\"\\", &[letter][..], b"\""].concat();
        let taken = b"\"\\/bfnrt".contains(&letter);
        let closed = if letter == b'"' { [&escaped[..], b"\""].concat() } else { escaped };
        // Behind \" the text goes on, so it needs an end of its own.
        assert_eq!(parse(&closed[..if letter == b'"' { 4 } else { closed.len() }]).is_ok(), taken, "{letter}");
    }
}

#[test]
fn only_four_characters_may_stand_between() {
    for letter in (0..=255_u8).filter(|letter| !matches!(letter, b'0'..=b'9' | b'.' | b'e' | b'E' | b',')) {
        let text = [b"[1", &[letter][..], b"]"].concat();
        assert_eq!(parse(&text).is_ok(), matches!(letter, b' ' | b'\t' | b'\r' | b'\n'), "{letter}");
    }
}

#[test]
fn bytes_that_are_no_utf8_are_refused_wherever_they_stand() {
    for bytes in NO_UTF8 {
        for (before, behind) in [(&b"\""[..], &b"\""[..]), (b"", b""), (b"{}", b""), (b"{\"", b"\":1}")] {
            assert!(parse(&[before, bytes, behind].concat()).is_err(), "{bytes:02x?}");
        }
    }
}

#[test]
fn utf16_and_utf32_are_refused() {
    for text in ["{}", "[1]", "\"é\""] {
        let units: Vec<u16> = text.encode_utf16().collect();
        let letters: Vec<u32> = text.chars().map(u32::from).collect();
        let forms: [Vec<u8>; 4] = [
            units.iter().flat_map(|unit| unit.to_le_bytes()).collect(),
            units.iter().flat_map(|unit| unit.to_be_bytes()).collect(),
            letters.iter().flat_map(|letter| letter.to_le_bytes()).collect(),
            letters.iter().flat_map(|letter| letter.to_be_bytes()).collect(),
        ];
        for form in forms {
            assert!(parse(&form).is_err());
            assert!(parse(&[&b"\xff\xfe"[..], &form].concat()).is_err());
        }
    }
}

#[test]
fn nesting_ends_at_128() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let nested = |depth: usize| format!("{}0{}", open.repeat(depth), close.repeat(depth));
        assert!(parse(nested(128).as_bytes()).is_ok());
        assert!(parse(nested(129).as_bytes()).is_err());
        assert!(parse(nested(1_000_000).as_bytes()).is_err());
        assert!(parse(open.repeat(1_000_000).as_bytes()).is_err());
    }
}

#[test]
fn a_text_cut_anywhere_is_refused() {
    let whole = r#"{"a":[1.5e-3,true,null,"\u00e9\n€"],"b":{"c":-0,"d":[]}}"#;
    for at in (0..whole.len()).filter(|at| whole.is_char_boundary(*at)) {
        assert!(parse(&whole.as_bytes()[..at]).is_err(), "{}", &whole[..at]);
    }
    assert!(parse(whole.as_bytes()).is_ok());
}
