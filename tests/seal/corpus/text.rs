//! The bytes of the file: twice the same name, other writings of a letter or a number, and what is no JSON.

use super::{Variant, edited, file, forged, replaced, same, sealed};
use serde_json::{Value, json};

pub fn variants() -> Vec<Variant> {
    let mut variants = duplicates();
    variants.extend(letters());
    variants.extend(numbers());
    variants.extend(ends());
    variants.extend(other_writings());
    variants
}

fn text() -> String {
    String::from_utf8(sealed()).expect("UTF-8")
}

/// A name twice at each level, the false one first or last, plain or escaped.
fn duplicates() -> Vec<Variant> {
    let places = [
        ("{\"document\":", "\"document\":{}"),
        ("\"signatures\":[", "\"signatures\":[]"),
        ("\"author\":{", "\"author\":{}"),
        ("\"name\":\"Ratri Wulansari\"", "\"name\":\"Orang Lain\""),
        ("\"valueDecimal\":52.5", "\"valueDecimal\":99.5"),
        ("\"linkId\":\"weight\"", "\"linkId\":\"height\""),
        ("\"revision\":1", "\"revision\":2"),
        ("\"resourceType\":\"QuestionnaireResponse\"", "\"resourceType\":\"Patient\""),
        ("\"sealed\":\"2026", "\"sealed\":\"2020-01-01T00:00:00Z\""),
        ("\"crv\":\"P-256\"", "\"crv\":\"P-384\""),
        ("\"protected\":\"", "\"protected\":\"e30\""),
        ("\"signature\":\"", "\"signature\":\"\""),
    ];
    let mut variants = Vec::new();
    for (place, (own, false_one)) in places.into_iter().enumerate() {
        let brace = own.starts_with('{');
        let inner = own.trim_start_matches('{');
        let before = if brace { format!("{{{false_one},{inner}") } else { format!("{false_one},{own}") };
        variants.push(forged(format!("twice the same name, false first ({place})"), replaced(own, &before)));
        let escaped = false_one.replacen("\"", "\"\\u", 1);
        let letter = u32::from(false_one.as_bytes()[1]);
        let escaped =
            escaped.replacen(&format!("\\u{}", char::from(false_one.as_bytes()[1])), &format!("\\u{letter:04x}"), 1);
        let before = if brace { format!("{{{escaped},{inner}") } else { format!("{escaped},{own}") };
        variants.push(forged(format!("twice the same name, escaped ({place})"), replaced(own, &before)));
    }
    let whole = text();
    let behind = |member: &str| format!("{},{member}}}", &whole[..whole.len() - 1]);
    variants.push(forged("a second document behind", behind("\"document\":{}")));
    variants.push(forged("a second list of signatures behind", behind("\"signatures\":[]")));
    variants.push(forged("the same document twice", behind(&format!("\"document\":{}", file()["document"]))));
    variants
}

/// Letters that look alike.
fn letters() -> Vec<Variant> {
    let changes = [
        ("decomposed", "Andr\u{e9}", "Andre\u{301}"),
        ("without accent", "Andr\u{e9}", "Andre"),
        ("another dash", "\u{2014}", "\u{2013}"),
        ("a space that does not break", "Andr\u{e9} ", "Andr\u{e9}\u{a0}"),
        ("a joiner that is not seen", "Andr\u{e9}", "Andr\u{e9}\u{200d}"),
        ("text turned around", "Andr\u{e9}", "\u{202e}Andr\u{e9}"),
        ("a Cyrillic letter", "Ratri", "R\u{430}tri"),
        ("a letter of the other case", "Ratri", "ratri"),
        ("a space behind", "Wulansari", "Wulansari "),
        ("full-width letters", "Ratri", "\u{ff32}atri"),
        ("a NUL, escaped", "Ratri", "Ratri\\u0000"),
        ("a NUL", "Ratri", "Ratri\u{0}"),
        ("a tab", "Ratri", "Ratri\t"),
        ("a line break", "Ratri", "Ratri\n"),
        ("a lone high surrogate", "Ratri", "Ratri\\ud800"),
        ("a lone low surrogate", "Ratri", "Ratri\\udc00"),
        ("surrogates the wrong way round", "Ratri", "Ratri\\udf3f\\ud83c"),
        ("a replacement character", "\u{1f33f}", "\u{fffd}"),
        ("an escape that is none", "Ratri", "Rat\\ri\\x"),
        ("another role that looks alike", "\"role\":\"supervisor\"", "\"role\":\"supervisor\u{200b}\""),
    ];
    changes.map(|(name, from, to)| forged(format!("letters: {name}"), replaced(from, to))).into_iter().collect()
}

/// Numbers that are nearly the same, or nearly numbers.
fn numbers() -> Vec<Variant> {
    let (decimal, integer, zero) = ("\"valueDecimal\":52.5", "\"valueInteger\":100", "\"valueInteger\":0");
    let changes = [
        (decimal, "52.500000000000007"),
        (decimal, "52.49999999999999"),
        (decimal, "52.51"),
        (decimal, "525"),
        (decimal, "\"52.5\""),
        (decimal, "52,5"),
        (decimal, "-52.5"),
        (decimal, "52.5e1"),
        (decimal, "52.5e-1"),
        (decimal, "1e400"),
        (decimal, "-1e400"),
        (decimal, "NaN"),
        (decimal, "Infinity"),
        (decimal, "0x34"),
        (decimal, "052.5"),
        (decimal, "+52.5"),
        (decimal, "52."),
        (decimal, ".525e2"),
        (decimal, "52.5f"),
        (integer, "101"),
        (integer, "100.00000000000001"),
        (integer, "9007199254740992"),
        (integer, "9007199254740993"),
        (integer, "-100"),
        (integer, "1e20"),
        (integer, "99999999999999999999999999999999"),
        (integer, "1_00"),
        (zero, "1e-323"),
        (zero, "5e-324"),
        (zero, "1"),
        (zero, "null"),
        (zero, "00"),
        (zero, "-"),
        ("\"revision\":1", "4294967297"),
        ("\"revision\":1", "18446744073709551617"),
        ("\"revision\":1", "0"),
        ("\"valueBoolean\":true", "True"),
        ("\"valueBoolean\":true", "1"),
        ("\"valueBoolean\":true", "tru"),
    ];
    let name_of = |own: &str| own.split_once(':').expect("a member").0.to_owned();
    let mut variants: Vec<Variant> = changes
        .iter()
        .map(|(own, other)| {
            forged(format!("{own} becomes {other}"), replaced(own, &format!("{}:{other}", name_of(own))))
        })
        .collect();
    for (own, other) in [
        (decimal, "52.50"),
        (decimal, "5.25e1"),
        (decimal, "5.25E+1"),
        (decimal, "525e-1"),
        (decimal, "52.500000000000001"),
        (integer, "1E2"),
        (integer, "100.0"),
        (integer, "1e+2"),
        (zero, "-0"),
        (zero, "0.0"),
        (zero, "0e400"),
        (zero, "1e-400"),
    ] {
        variants.push(same(format!("{own} is written {other}"), replaced(own, &format!("{}:{other}", name_of(own)))));
    }
    variants
}

/// What stands before, behind or deep inside.
fn ends() -> Vec<Variant> {
    let whole = sealed();
    let with = |before: &[u8], behind: &[u8]| [before, &whole[..], behind].concat();
    let utf16 = |little: bool| {
        let units = text().encode_utf16().collect::<Vec<u16>>();
        units.iter().flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect::<Vec<u8>>()
    };
    let deep = |count: usize| {
        replaced("\"valueBoolean\":true", &format!("\"valueBoolean\":{}true{}", "[".repeat(count), "]".repeat(count)))
    };
    let mut latin: Vec<u8> = Vec::new();
    whole.iter().filter(|byte| **byte != 0xc3).for_each(|byte| latin.push(*byte));
    let huge = edited(|file| {
        file["document"]["response"]["item"][4]["answer"][0]["valueString"] = json!("x".repeat(4_000_000))
    });
    let many = edited(|file| {
        let items: Vec<Value> = (0..50_000).map(|place| json!({"linkId": place.to_string()})).collect();
        file["document"]["response"]["item"] = json!(items);
    });
    vec![
        forged("a byte order mark", with(b"\xEF\xBB\xBF", b"")),
        forged("UTF-16, little end first", utf16(true)),
        forged("UTF-16, big end first", utf16(false)),
        forged("Latin letters", latin),
        forged("a NUL behind", with(b"", b"\0")),
        forged("a comma behind", with(b"", b",")),
        forged("a second text behind", with(b"", b"{}")),
        forged("the file twice", with(&whole, b"")),
        forged("a comment in front", with(b"/* */", b"")),
        forged("a comment behind", with(b"", b"//")),
        forged("a guard in front", with(b")]}',\n", b"")),
        forged("a form feed in front", with(b"\x0c", b"")),
        forged("a space that does not break in front", with("\u{a0}".as_bytes(), b"")),
        forged("nothing", b""),
        forged("a brace", b"{"),
        forged("cut by one", &whole[..whole.len() - 1]),
        forged("cut in the middle", &whole[..whole.len() / 2]),
        forged("without the first byte", &whole[1..]),
        forged("nested deeper", deep(1)),
        forged("nested too deep", deep(200)),
        forged("nested without end", deep(200_000)),
        forged("brackets alone", "[".repeat(1_000_000)),
        forged("a text of four million letters", huge),
        forged("fifty thousand items", many),
        forged("bytes that are no UTF-8", replace_byte(&whole, b'R', 0xff)),
        forged("a surrogate in bytes", splice(&whole, b"Ratri", b"\xED\xA0\x80")),
        forged("a letter in too many bytes", splice(&whole, b"Ratri", b"\xC1\x92atri")),
    ]
}

fn replace_byte(bytes: &[u8], from: u8, to: u8) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    let at = bytes.iter().position(|byte| *byte == from).expect("the byte");
    bytes[at] = to;
    bytes
}

fn splice(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let at = bytes.windows(from.len()).position(|part| part == from).expect("the part");
    [&bytes[..at], to, &bytes[at + from.len()..]].concat()
}

/// Other bytes for the same JSON.
fn other_writings() -> Vec<Variant> {
    let whole = file();
    let mut reversed = String::from("{\"signatures\":");
    reversed.push_str(&format!("{},\"document\":{}}}", whole["signatures"], whole["document"]));
    vec![
        same("the same file", sealed()),
        same("with line breaks", serde_json::to_string_pretty(&whole).expect("JSON")),
        same("with other line breaks", serde_json::to_string_pretty(&whole).expect("JSON").replace('\n', "\r\n\t")),
        same("spaces before and behind", format!(" \r\n\t{} \n", text())),
        same("signatures in front", reversed),
        same("letters escaped", replaced("Andr\u{e9}", "\\u0041ndr\\u00e9")),
        same("letters escaped in capital digits", replaced("\u{1f33f}", "\\uD83C\\uDF3F")),
        same("a name escaped", replaced("\"document\":", "\"\\u0064ocument\":")),
        same("a slash escaped", replaced("https://asesmen.id", "https:\\/\\/asesmen.id")),
    ]
}
