//! Protected headers: other algorithms, keys that the file brings along, parameters that change the meaning.

use super::{
    Variant, base64, document, edited, file, forged, forger, header_of, same, signed_under, supervisor, worker,
};
use crate::seal::sealed::loose;
use serde_json::{Value, json};

pub fn variants() -> Vec<Variant> {
    let mut variants = algorithms();
    variants.extend(parameters());
    variants.extend(names_of_keys());
    variants.extend(shapes());
    variants.extend(encodings());
    variants
}

/// The file with the worker's signature made anew under a header of this text, by the worker's own key: so that nothing but
/// the header speaks against it.
fn under(header: &str) -> Vec<u8> {
    edited(|file| file["signatures"][0] = signed_under(header, &loose(&document()), &worker()))
}

fn kid() -> String {
    worker().jwk.kid().to_string()
}

fn algorithms() -> Vec<Variant> {
    let others = [
        "none",
        "None",
        "NONE",
        "nOnE",
        "",
        "es256",
        "Es256",
        "ES256 ",
        " ES256",
        "ES256K",
        "ES384",
        "ES512",
        "EdDSA",
        "Ed25519",
        "HS256",
        "HS512",
        "RS256",
        "PS256",
        "ECDH-ES",
        "ES256\u{0}",
        "\u{415}S256",
        "dir",
        "SHA256withECDSA",
    ];
    let mut variants: Vec<Variant> = others
        .iter()
        .map(|alg| forged(format!("alg {alg:?}"), under(&json!({"alg": alg, "kid": kid()}).to_string())))
        .collect();
    for alg in [json!(null), json!(256), json!(["ES256"]), json!({"": "ES256"}), json!(true)] {
        variants.push(forged(format!("alg {alg}"), under(&json!({"alg": alg, "kid": kid()}).to_string())));
    }
    variants.push(forged("no alg", under(&json!({"kid": kid()}).to_string())));
    let empty = edited(|file| {
        let protected = base64(json!({"alg": "none", "kid": kid()}).to_string().as_bytes());
        file["signatures"][0] = json!({"protected": protected, "signature": ""});
    });
    variants.push(forged("alg none and no signature", empty));
    variants
}

fn parameters() -> Vec<Variant> {
    let own = loose(&forger().jwk.to_json());
    let parameters = [
        ("jwk", own.clone()),
        ("jwk", loose(&worker().jwk.to_json())),
        ("jku", json!("https://forger.example/keys.json")),
        ("x5c", json!(["MIIB"])),
        ("x5u", json!("https://forger.example/key.pem")),
        ("x5t", json!("AAAA")),
        ("x5t#S256", json!("AAAA")),
        ("crit", json!(["b64"])),
        ("crit", json!([])),
        ("b64", json!(false)),
        ("b64", json!(true)),
        ("zip", json!("DEF")),
        ("typ", json!("JOSE+JSON")),
        ("cty", json!("application/json")),
        ("iat", json!(1)),
        ("exp", json!(1)),
        ("url", json!("https://forger.example")),
        ("nonce", json!("x")),
        ("enc", json!("A256GCM")),
        ("", json!("")),
        ("Kid", json!("x")),
        ("ALG", json!("none")),
        ("__proto__", json!({"alg": "none"})),
    ];
    let mut variants = Vec::new();
    for (number, (name, value)) in parameters.into_iter().enumerate() {
        let mut header = json!({"alg": "ES256", "kid": kid()});
        header[name] = value;
        variants.push(forged(format!("header with {name:?} ({number})"), under(&header.to_string())));
    }
    let critical = json!({"alg": "ES256", "kid": kid(), "b64": false, "crit": ["b64"]});
    variants.push(forged("header with b64 and crit", under(&critical.to_string())));
    let brought = json!({"alg": "ES256", "kid": forger().jwk.kid().to_string(), "jwk": own});
    let document = loose(&document());
    let file = edited(|file| file["signatures"][0] = signed_under(&brought.to_string(), &document, &forger()));
    variants.push(forged("a key that the header brings along", file));
    variants
}

fn names_of_keys() -> Vec<Variant> {
    let (own, forger) = (kid(), forger().jwk.kid().to_string());
    let mut swapped = own.clone();
    swapped.replace_range(0..1, if own.starts_with('A') { "B" } else { "A" });
    let last = own.chars().last().expect("a letter");
    let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let next = letters.find(last).and_then(|at| letters.chars().nth(at + 1)).expect("a next letter");
    let loose_bits = format!("{}{next}", &own[..42]);
    let names = [
        json!(""),
        json!(forger),
        json!(swapped),
        json!(loose_bits),
        json!(format!("{own}=")),
        json!(format!("{own} ")),
        json!(format!(" {own}")),
        json!(own.to_lowercase()),
        json!(own.to_uppercase()),
        json!(own.replace(['-', '_'], "+") + "x"),
        json!(&own[..42]),
        json!(format!("{own}A")),
        json!(format!("{own}\u{0}")),
        json!(null),
        json!(0),
        json!([own]),
        json!({ "kid": own }),
        json!("../../etc/passwd"),
        json!("' OR '1'='1"),
        json!("0"),
        json!(worker().jwk.kid().fingerprint().to_string()),
        json!(supervisor().jwk.kid().to_string()),
    ];
    let mut variants: Vec<Variant> = names
        .iter()
        .enumerate()
        .map(|(number, name)| {
            forged(format!("kid of the header ({number})"), under(&json!({"alg": "ES256", "kid": name}).to_string()))
        })
        .collect();
    variants.push(forged("no kid", under(r#"{"alg":"ES256"}"#)));
    variants
}

/// Headers that are JSON of another kind, or in two ways.
fn shapes() -> Vec<Variant> {
    let (kid, forger) = (kid(), forger().jwk.kid());
    let texts = [
        String::new(),
        "null".into(),
        "[]".into(),
        "\"ES256\"".into(),
        "{}".into(),
        "{".into(),
        "ES256".into(),
        format!(r#"{{"alg":"ES256","alg":"none","kid":"{kid}"}}"#),
        format!(r#"{{"alg":"none","alg":"ES256","kid":"{kid}"}}"#),
        format!(r#"{{"alg":"ES256","\u0061lg":"none","kid":"{kid}"}}"#),
        format!(r#"{{"alg":"ES256","kid":"{kid}","kid":"{forger}"}}"#),
        format!(r#"{{"alg":"ES256","kid":"{forger}","kid":"{kid}"}}"#),
        format!(r#"[{{"alg":"ES256","kid":"{kid}"}}]"#),
        format!(r#"{{"alg":"ES256","kid":"{kid}"}}{{}}"#),
        format!(r#"{{"alg":"ES256","kid":"{kid}",}}"#),
        format!(r#"{{'alg':'ES256','kid':'{kid}'}}"#),
        format!("\u{feff}{{\"alg\":\"ES256\",\"kid\":\"{kid}\"}}"),
        format!("{{\"alg\":\"ES256\",\"kid\":\"{kid}\"}}\u{0}"),
        format!(r#"{{"alg":"ES256","kid":"{kid}"}}//"#),
        "[".repeat(100_000),
    ];
    let mut variants: Vec<Variant> = texts
        .iter()
        .enumerate()
        .map(|(number, text)| forged(format!("header of another shape ({number})"), under(text)))
        .collect();
    variants.push(same("header in another order", under(&format!(r#"{{"kid":"{kid}","alg":"ES256"}}"#))));
    variants.push(same("header with spaces", under(&format!("{{ \"alg\" : \"ES256\" ,\n \"kid\" : \"{kid}\" }}"))));
    variants.push(same("header with escapes", under(&format!(r#"{{"alg":"\u0045S256","kid":"{kid}"}}"#))));
    variants
}

/// Base64url with padding, with other letters, with bits that say nothing.
fn encodings() -> Vec<Variant> {
    let signatures = file()["signatures"].clone();
    let part = |name: &str| signatures[0][name].as_str().expect("text").to_owned();
    let mut variants = Vec::new();
    for name in ["protected", "signature"] {
        let own = part(name);
        let with = |text: String| edited(|file| file["signatures"][0][name] = Value::String(text));
        let odd = |own: &str| {
            let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
            let last = own.chars().last().and_then(|last| letters.find(last)).expect("a letter");
            format!("{}{}", &own[..own.len() - 1], &letters[(last ^ 1)..=(last ^ 1)])
        };
        let ways = [
            ("padded once", format!("{own}=")),
            ("padded twice", format!("{own}==")),
            ("in standard letters", own.replace('-', "+").replace('_', "/") + "+"),
            ("with a space", format!("{} {}", &own[..20], &own[20..])),
            ("with a line break", format!("{}\n{}", &own[..20], &own[20..])),
            ("with a space behind", format!("{own} ")),
            ("with a NUL", format!("{own}\0")),
            ("cut by one", own[..own.len() - 1].to_owned()),
            ("longer by one", format!("{own}A")),
            ("longer by four", format!("{own}AAAA")),
            ("with other last bits", odd(&own)),
            ("empty", String::new()),
            ("as hexadecimal digits", "ab".repeat(64)),
            ("twice", format!("{own}{own}")),
            ("in full-width letters", own.replace('A', "\u{ff21}") + "\u{ff21}"),
        ];
        variants.extend(ways.map(|(way, text)| forged(format!("{name} {way}"), with(text))));
        let number = json!([1, 2, 3]);
        variants
            .push(forged(format!("{name} is a list of bytes"), edited(|file| file["signatures"][0][name] = number)));
    }
    variants.push(forged(
        "header of the other one",
        edited(|file| {
            file["signatures"][0]["protected"] = json!(base64(header_of(&supervisor()).as_bytes()));
        }),
    ));
    variants
}
