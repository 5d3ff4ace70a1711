//! The canonical form of RFC 8785: the numbers of its appendix B as bits of a double, and texts of the kinds that the RFC's
//! own test data hold.

use asesmen::json::{canonical, interoperable, parse};

fn form(text: &str) -> String {
    String::from_utf8(canonical(&parse(text.as_bytes()).expect("strict JSON"))).expect("UTF-8")
}

/// The bits of a double, and how ECMAScript writes it.
const NUMBERS: [(u64, &str); 37] = [
    (0x0000_0000_0000_0000, "0"),
    (0x8000_0000_0000_0000, "0"),
    (0x0000_0000_0000_0001, "5e-324"),
    (0x8000_0000_0000_0001, "-5e-324"),
    (0x7fef_ffff_ffff_ffff, "1.7976931348623157e+308"),
    (0xffef_ffff_ffff_ffff, "-1.7976931348623157e+308"),
    (0x4340_0000_0000_0000, "9007199254740992"),
    (0xc340_0000_0000_0000, "-9007199254740992"),
    (0x4430_0000_0000_0000, "295147905179352830000"),
    (0x44b5_2d02_c7e1_4af5, "9.999999999999997e+22"),
    (0x44b5_2d02_c7e1_4af6, "1e+23"),
    (0x44b5_2d02_c7e1_4af7, "1.0000000000000001e+23"),
    (0x444b_1ae4_d6e2_ef4e, "999999999999999700000"),
    (0x444b_1ae4_d6e2_ef4f, "999999999999999900000"),
    (0x444b_1ae4_d6e2_ef50, "1e+21"),
    (0x3eb0_c6f7_a0b5_ed8c, "9.999999999999997e-7"),
    (0x3eb0_c6f7_a0b5_ed8d, "0.000001"),
    (0x41b3_de43_5555_5553, "333333333.3333332"),
    (0x41b3_de43_5555_5554, "333333333.33333325"),
    (0x41b3_de43_5555_5555, "333333333.3333333"),
    (0x41b3_de43_5555_5556, "333333333.3333334"),
    (0x41b3_de43_5555_5557, "333333333.33333343"),
    (0xbecb_f647_612f_3696, "-0.0000033333333333333333"),
    (0x4314_3ff3_c1cb_0959, "1424953923781206.2"),
    // The ends of the normal and the subnormal range, powers of two, and the largest whole number that all readers keep.
    (0x0010_0000_0000_0000, "2.2250738585072014e-308"),
    (0x000f_ffff_ffff_ffff, "2.225073858507201e-308"),
    (0x0000_0000_0000_0002, "1e-323"),
    (0x433f_ffff_ffff_ffff, "9007199254740991"),
    (0xc33f_ffff_ffff_ffff, "-9007199254740991"),
    (0x3ff0_0000_0000_0000, "1"),
    (0x3ff0_0000_0000_0001, "1.0000000000000002"),
    (0x3fef_ffff_ffff_ffff, "0.9999999999999999"),
    (0x3fb9_9999_9999_999a, "0.1"),
    (0x3fd3_3333_3333_3334, "0.30000000000000004"),
    (0x4059_0000_0000_0000, "100"),
    (0x400921fb54442d18, "3.141592653589793"),
    (0x3e7a_d7f2_9abc_af48, "1e-7"),
];

#[test]
fn the_numbers_of_appendix_b_come_out_as_printed() {
    for (bits, expected) in NUMBERS {
        let double = f64::from_bits(bits);
        // The shortest decimal, seventeen digits, and every digit that the double has.
        for written in [format!("{double:e}"), format!("{double:.16e}"), format!("{double:.1100}")] {
            assert_eq!(form(&written), expected, "{bits:016x} as {written}");
        }
        assert_eq!(form(expected), expected, "a canonical number is its own form");
    }
}

/// The middle of two doubles in full: half of the sum of all their digits.
fn middle(one: f64, two: f64) -> String {
    let digits = |double: f64| -> Vec<u8> {
        let written = format!("{double:01500.1100}");
        written.bytes().filter(u8::is_ascii_digit).map(|digit| digit - b'0').collect()
    };
    let (one, two) = (digits(one), digits(two));
    let (mut carry, mut sum) = (0, Vec::new());
    for (first, second) in one.iter().zip(&two).rev() {
        let digit = (first + second) * 5 + carry;
        sum.push(char::from(b'0' + digit % 10));
        carry = digit / 10;
    }
    sum.push(char::from(b'0' + carry));
    let whole = sum.len() - 1101;
    let text: String = sum.into_iter().rev().collect();
    let (whole, fraction) = text.split_at(whole);
    let whole = whole.trim_start_matches('0');
    format!("{}.{fraction}", if whole.is_empty() { "0" } else { whole })
}

#[test]
fn halves_between_two_doubles_go_to_the_even_one() {
    for (bits, _) in NUMBERS.into_iter().filter(|(bits, _)| *bits < 0x7fe0_0000_0000_0000) {
        let written = middle(f64::from_bits(bits), f64::from_bits(bits + 1));
        let even = f64::from_bits(bits + bits % 2);
        assert_eq!(written.parse(), Ok(even), "{bits:016x}: the middle is written as it should be");
        assert_eq!(form(&written), serde_json_canonicalizer::to_string(&even).expect("finite"), "{bits:016x}");
        let above = format!("{written}1");
        assert_eq!(form(&above), serde_json_canonicalizer::to_string(&f64::from_bits(bits + 1)).expect("finite"));
    }
}

/// A text and its canonical form.
const TEXTS: [(&str, &str); 14] = [
    ("[56,{\"d\":true,\"10\":null,\"1\":[]}]", "[56,{\"1\":[],\"10\":null,\"d\":true}]"),
    (
        "{\"peach\":\"1\",\"péché\":\"2\",\"pêche\":\"3\",\"sin\":\"4\"}",
        "{\"peach\":\"1\",\"péché\":\"2\",\"pêche\":\"3\",\"sin\":\"4\"}",
    ),
    (
        "{\"1\":{\"f\":{\"f\":\"hi\",\"F\":5},\"\\n\":56.0},\"10\":{},\"\":\"empty\",\"a\":{},\"111\":[{\"e\":\"yes\",\"E\":\"no\"}],\"A\":{}}",
        "{\"\":\"empty\",\"1\":{\"\\n\":56,\"f\":{\"F\":5,\"f\":\"hi\"}},\"10\":{},\"111\":[{\"E\":\"no\",\"e\":\"yes\"}],\"A\":{},\"a\":{}}",
    ),
    ("{\"Unnormalized Unicode\":\"A\\u030a\"}", "{\"Unnormalized Unicode\":\"A\u{30a}\"}"),
    (
        "{\"\\u20ac\":\"Euro\",\"\\r\":\"CR\",\"\\u000a\":\"LF\",\"1\":\"One\",\"\\u0080\":\"C1\",\"\\ud83d\\ude02\":\"joy\",\"\\u00f6\":\"o\",\"\\ufb33\":\"dalet\",\"</script>\":\"tag\"}",
        "{\"\\n\":\"LF\",\"\\r\":\"CR\",\"1\":\"One\",\"</script>\":\"tag\",\"\u{80}\":\"C1\",\"ö\":\"o\",\"€\":\"Euro\",\"😂\":\"joy\",\"\u{fb33}\":\"dalet\"}",
    ),
    ("\"\\u0000\\u0001\\u001f\\u007f\"", "\"\\u0000\\u0001\\u001f\u{7f}\""),
    ("\"\\u0008\\u0009\\u000a\\u000b\\u000c\\u000d\"", "\"\\b\\t\\n\\u000b\\f\\r\""),
    ("\"\\/\\u002f\\\\\\u005c\\\"\\u0022\"", "\"//\\\\\\\\\\\"\\\"\""),
    ("\"\\u2028\\u2029\\u00a0\\ufeff\"", "\"\u{2028}\u{2029}\u{a0}\u{feff}\""),
    ("\"\\uD834\\uDD1E\"", "\"\u{1d11e}\""),
    (" [ 1.0 , -0 , 1E2 , 0.10 , 1e-0 ] ", "[1,0,100,0.1,1]"),
    ("{\"b\":[{\"z\":1,\"a\":2},[]],\"a\":{}}", "{\"a\":{},\"b\":[{\"a\":2,\"z\":1},[]]}"),
    ("{\"\\ud800\\udc00\":1,\"\\uffff\":2}", "{\"\u{10000}\":1,\"\u{ffff}\":2}"),
    ("[[],{},\"\",null,true,false]", "[[],{},\"\",null,true,false]"),
];

#[test]
fn texts_come_out_as_the_rfc_asks() {
    for (text, expected) in TEXTS {
        assert_eq!(form(text), expected);
        assert_eq!(form(expected), expected, "a canonical form is its own");
        let theirs: serde_json::Value = serde_json::from_str(text).expect("JSON");
        assert_eq!(serde_json_canonicalizer::to_string(&theirs).expect("finite"), expected, "another implementation");
    }
}

#[test]
fn a_canonical_form_can_be_read_by_all_that_could_read_the_text() {
    for text in ["1e20", "1e16", "-1e20", "9007199254740993.0", "[1e21,1e-7,0.1,9007199254740991]"] {
        let value = parse(text.as_bytes()).expect("JSON");
        let again = parse(&canonical(&value)).expect("JSON");
        assert_eq!(interoperable(&value).is_ok(), interoperable(&again).is_ok(), "{text}");
    }
}
