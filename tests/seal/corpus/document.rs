//! What is signed, bent: every member of another kind or gone, other signers, other authors, other times.

use super::{Variant, document, edited, file, forged, forger, header_of, signed_under, supervisor, worker};
use crate::seal::sealed::{Key, loose};
use serde_json::{Value, json};

pub fn variants() -> Vec<Variant> {
    let mut variants = every_member();
    variants.extend(signers());
    variants.extend(sealed_anew());
    variants.extend(outside());
    variants
}

/// The places of a tree, as JSON pointers, outermost first.
fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match value {
        Value::Object(members) => {
            members.iter().for_each(|(name, inner)| places(inner, &format!("{at}/{name}"), found))
        }
        Value::Array(list) => {
            list.iter().enumerate().for_each(|(place, inner)| places(inner, &format!("{at}/{place}"), found));
        }
        _ => {}
    }
}

/// Each part of the file as each other kind of JSON, and each member gone.
fn every_member() -> Vec<Variant> {
    let (whole, mut found) = (file(), Vec::new());
    places(&whole, "", &mut found);
    let mut variants = Vec::new();
    for at in &found {
        for other in [json!(null), json!(false), json!(7), json!(""), json!("x"), json!([]), json!({}), json!([{}])] {
            let mut bent = whole.clone();
            let place = bent.pointer_mut(at).expect("a place");
            if *place != other {
                *place = other.clone();
                variants.push(forged(format!("{at} is {other}"), bent.to_string()));
            }
        }
        let Some((parent, name)) = at.rsplit_once('/') else { continue };
        let mut bent = whole.clone();
        match bent.pointer_mut(parent) {
            Some(Value::Object(members)) => drop(members.remove(name)),
            Some(Value::Array(list)) => drop(list.remove(name.parse().expect("a place"))),
            _ => continue,
        }
        variants.push(forged(format!("{at} is gone"), bent.to_string()));
    }
    variants
}

/// Changes of who has to sign, without new signatures.
fn signers() -> Vec<Variant> {
    let change = |name: &str, change: fn(&mut Vec<Value>)| {
        forged(name, edited(|file| change(file["document"]["requiredSigners"].as_array_mut().expect("a list"))))
    };
    vec![
        change("nobody has to sign", Vec::clear),
        change("the first signer is dropped", |list| drop(list.remove(0))),
        change("the second signer is dropped", |list| drop(list.remove(1))),
        change("a signer stands twice", |list| list.push(list[0].clone())),
        change("signers in another order", |list| list.swap(0, 1)),
        change("a signer in another role", |list| list[1]["role"] = json!("head-of-institution")),
        change("roles changed places", |list| {
            list[0]["role"] = json!("supervisor");
            list[1]["role"] = json!("social-worker");
        }),
        change("keys changed places", |list| {
            let first = list[0]["jwk"].take();
            list[0]["jwk"] = list[1]["jwk"].take();
            list[1]["jwk"] = first;
        }),
        change("names of keys changed places", |list| {
            let first = list[0]["kid"].take();
            list[0]["kid"] = list[1]["kid"].take();
            list[1]["kid"] = first;
        }),
        change("another key under the old name", |list| list[0]["jwk"] = loose(&forger().jwk.to_json())),
        change("one more signer", |list| list.push(signer(&forger(), "psychologist"))),
        change("seventeen signers", |list| {
            (0..15).for_each(|seed| list.push(signer(&crate::seal::sealed::key(90 + seed), "trainer")))
        }),
        change("a key with a private part", |list| list[0]["jwk"]["d"] = json!("A".repeat(43))),
        change("a key with a use", |list| list[0]["jwk"]["use"] = json!("sig")),
        change("a key of another curve", |list| list[0]["jwk"]["crv"] = json!("P-384")),
        change("a key of a curve in small letters", |list| list[0]["jwk"]["crv"] = json!("p-256")),
        change("a key of another type", |list| list[0]["jwk"]["kty"] = json!("OKP")),
        change("a symmetric key", |list| list[0]["jwk"] = json!({"kty": "oct", "k": "AAAA"})),
        change("a signer with another member", |list| list[0]["note"] = json!("x")),
    ]
}

fn signer(key: &Key, role: &str) -> Value {
    json!({"role": role, "kid": key.jwk.kid().to_string(), "jwk": loose(&key.jwk.to_json())})
}

fn entry(document: &Value, key: &Key) -> Value {
    signed_under(&header_of(key), document, key)
}

/// The document changed and signed anew by somebody who is not trusted, in whole or in part.
fn sealed_anew() -> Vec<Variant> {
    let (worker, supervisor, forger) = (worker(), supervisor(), forger());
    let whole = loose(&document());
    let kid = |key: &Key| json!(key.jwk.kid().to_string());
    let made = |name: &str, document: &Value, signatures: Value| {
        forged(name, json!({"document": document, "signatures": signatures}).to_string())
    };
    let mut own = whole.clone();
    own["author"]["kid"] = kid(&forger);
    own["requiredSigners"] = json!([signer(&forger, "social-worker")]);
    let mut beside = whole.clone();
    beside["requiredSigners"] = json!([signer(&worker, "social-worker"), signer(&forger, "supervisor")]);
    let mut posing = whole.clone();
    posing["requiredSigners"] = json!([
        {"role": "social-worker", "kid": kid(&worker), "jwk": loose(&forger.jwk.to_json())},
        signer(&supervisor, "supervisor")
    ]);
    let mut alone = whole.clone();
    alone["author"]["kid"] = kid(&forger);
    let posed = signed_under(&header_of(&worker), &posing, &forger);
    vec![
        made("sealed by a stranger", &own, json!([entry(&own, &forger)])),
        made(
            "a stranger in place of the supervisor",
            &beside,
            json!([entry(&beside, &worker), entry(&beside, &forger)]),
        ),
        made("a stranger under the name of the worker's key", &posing, json!([posed, entry(&posing, &supervisor)])),
        made("an author who does not sign", &alone, json!([entry(&alone, &worker), entry(&alone, &supervisor)])),
        made(
            "signed by a stranger besides",
            &whole,
            json!([entry(&whole, &worker), entry(&whole, &supervisor), entry(&whole, &forger)]),
        ),
        made("signed by a stranger alone", &whole, json!([entry(&whole, &forger)])),
        made(
            "both signatures by the worker",
            &whole,
            json!([entry(&whole, &worker), signed_under(&header_of(&supervisor), &whole, &worker)]),
        ),
    ]
}

/// Members that only pretend to belong to what is signed, and other shapes of the file.
fn outside() -> Vec<Variant> {
    let mut variants = Vec::new();
    for member in ["payload", "header", "protected", "signature", "unprotected", "Document", "documents", "", "$schema"]
    {
        let text = format!("beside the document stands {member:?}");
        variants.push(forged(text, edited(|file| file[member] = json!("eyJ9"))));
    }
    for member in ["header", "payload", "unprotected", "kid", "alg", ""] {
        let text = format!("beside a signature stands {member:?}");
        variants.push(forged(text, edited(|file| file["signatures"][0][member] = json!({"alg": "ES256"}))));
    }
    let payload = super::base64(&asesmen::json::canonical(&document()));
    variants.push(forged("the payload is there as well", edited(|file| file["payload"] = json!(payload))));
    let flat = edited(|file| {
        let signature = file["signatures"][0].clone();
        (file["protected"], file["signature"]) = (signature["protected"].clone(), signature["signature"].clone());
    });
    variants.push(forged("a flattened signature besides", flat));
    let first = file()["signatures"][0].clone();
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    let compact = format!("{}.{payload}.{}", text(&first["protected"]), text(&first["signature"]));
    variants.push(forged("compact serialisation", compact.clone()));
    variants.push(forged("compact serialisation as a JSON text", json!(compact).to_string()));
    variants.push(forged("the document alone", file()["document"].to_string()));
    variants.push(forged("the file in a list", json!([file()]).to_string()));
    variants.push(forged(
        "the file in a file",
        json!({"document": file(), "signatures": file()["signatures"]}).to_string(),
    ));
    for member in ["extra", "payload", "Type", "sealid", "__proto__"] {
        let text = format!("the document has {member:?} as well");
        variants.push(forged(text, edited(|file| file["document"][member] = json!(1))));
    }
    for (name, url) in [
        ("another version", "https://asesmen.id/formats/sealed-document/2"),
        ("no version", "https://asesmen.id/formats/sealed-document"),
        ("a slash more", "https://asesmen.id/formats/sealed-document/1/"),
        ("capital letters", "https://asesmen.id/formats/Sealed-Document/1"),
        ("a receipt", "https://asesmen.id/formats/receipt/1"),
        ("a credential", "https://asesmen.id/formats/credential/1"),
        ("a register", "https://asesmen.id/formats/key-register/1"),
        ("a package", "https://asesmen.id/formats/package/1"),
    ] {
        variants.push(forged(format!("the type is {name}"), edited(|file| file["document"]["type"] = json!(url))));
    }
    let capital = edited(|file| {
        let id = file["document"]["sealId"].as_str().expect("text").to_uppercase();
        file["document"]["sealId"] = json!(id);
    });
    variants.push(forged("the seal in capital letters", capital));
    for (name, id) in [
        ("in braces", "{019aa9f5-5abb-7707-8707-070707070707}"),
        ("without hyphens", "019aa9f55abb77078707070707070707"),
        ("as a URN", "urn:uuid:019aa9f5-5abb-7707-8707-070707070707"),
        ("with a space", " 019aa9f5-5abb-7707-8707-070707070707"),
        ("of another document", "019aa9f5-5abb-7707-8707-070707070708"),
    ] {
        variants.push(forged(format!("the seal {name}"), edited(|file| file["document"]["sealId"] = json!(id))));
    }
    variants
}
