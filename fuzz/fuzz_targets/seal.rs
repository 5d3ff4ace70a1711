//! A sealed file, or a package that holds it, bent by bytes, and any bytes as one: whatever holds says the very same as what
//! was sealed, by the very same signers, and no signature is put to another document.

#![no_main]

use asesmen_seal::es256::{SigningKey, check, verify_contained};
use asesmen_seal::json::{Object, Value, array, canonical, parse};
use asesmen_seal::{
    About, Author, CaseId, Contained, DocumentBody, FormText, Package, PackageBody, PackagePurpose, Receiver, SealId,
    Signer, SigningInput, Times, Timestamp, Trust, Verdict, assemble, digest, examine, merge, signatures_of,
};
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

/// A document and a package with it, each the file and what is signed of it.
struct Sealed {
    file: Vec<u8>,
    document: Vec<u8>,
    package: Vec<u8>,
    packed: Vec<u8>,
    trust: Trust,
}

fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32]).expect("a scalar")
}

static SEALED: LazyLock<Sealed> = LazyLock::new(|| {
    let keys = [key(3), key(4)];
    let sealed = Timestamp::parse("2026-11-22T10:32:05.123+07:00").expect("a time");
    let response = r#"{"resourceType":"QuestionnaireResponse","subject":{"display":"S. A."},"item":[
        {"linkId":"weight","answer":[{"valueDecimal":52.5}]},{"linkId":"count","answer":[{"valueInteger":100}]},
        {"linkId":"note","answer":[{"valueString":"Andr\u00e9 \u2014 \ud83c\udf3f"}]}]}"#;
    let body = DocumentBody {
        seal_id: SealId::new(sealed, [7; 10]),
        case: CaseId::new(sealed, [1; 10]),
        register_number: Some("014/2026".to_owned()),
        instrument: form().pin,
        revision: 1,
        replaces: None,
        author: Author {
            name: "Ratri Wulansari".to_owned(),
            role: "social-worker".to_owned(),
            organisation: "Rumah Singgah Contoh".to_owned(),
            licence_number: None,
            kid: keys[0].jwk().kid(),
        },
        times: Times { contact: None, written: sealed, sealed },
        required_signers: (["social-worker", "supervisor"].iter().zip(&keys))
            .map(|(role, key)| Signer { role: (*role).to_owned(), jwk: key.jwk() })
            .collect(),
        response: parse(response.as_bytes()).expect("JSON"),
    };
    let document = body.to_json();
    let file = signed(&document, &keys);
    let packed = packed(&file, &body).to_json();
    let trust = Trust::only(keys.iter().map(|key| key.jwk().kid()));
    let package = signed(&packed, &keys[..1]);
    Sealed { file, document: canonical(&document), package, packed: canonical(&packed), trust }
});

fn form() -> FormText {
    FormText::of("https://example.org/f|1", b"{\"resourceType\":\"Questionnaire\"}").expect("text")
}

fn signed(document: &Value, keys: &[SigningKey]) -> Vec<u8> {
    let signature = |key: &SigningKey| {
        let input = SigningInput::new(document, key.jwk().kid());
        let signature = key.sign(&input);
        (input, signature)
    };
    assemble(document, &keys.iter().map(signature).collect::<Vec<_>>())
}

fn packed(file: &[u8], body: &DocumentBody) -> PackageBody {
    let case = format!(
        "{{\"id\":\"{}\",\"name\":\"S\",\"opened\":\"{sealed}\",\"changed\":\"{sealed}\"}}",
        body.case,
        sealed = body.times.sealed
    );
    let contained = Contained {
        id: body.seal_id.to_string(),
        begun: body.times.sealed,
        seal_id: body.seal_id,
        digest: digest(file),
        instrument: body.instrument.clone(),
        file: parse(file).expect("JSON"),
    };
    let package = Package {
        purpose: PackagePurpose::Export,
        receiver: Receiver::default(),
        case: parse(case.as_bytes()).expect("JSON"),
        documents: vec![contained],
        forms: vec![form()],
        drafts: Vec::new(),
        left_out: Vec::new(),
        deliberate: Vec::new(),
        terms: None,
    };
    PackageBody {
        seal_id: SealId::new(body.times.sealed, [9; 10]),
        author: body.author.clone(),
        sealed: body.times.sealed,
        required_signers: body.required_signers[..1].to_vec(),
        package,
    }
}

fuzz_target!(|bytes: &[u8]| {
    let Some((way, rest)) = bytes.split_first() else { return };
    let sealed = &*SEALED;
    let base = if way & 4 == 0 { &sealed.file } else { &sealed.package };
    let file = match way % 4 {
        0 => rest.to_vec(),
        1 | 2 => spliced(base, rest),
        _ => bent(base, rest).to_string().into_bytes(),
    };
    let at = Timestamp::parse("2026-11-23T00:00:00Z").expect("a time");
    let Ok(examination) = examine(&file) else { return };
    let outcomes: Vec<bool> = examination.checks.iter().map(check).collect();
    let _ = examination.clone().conclude(&outcomes, &Trust::not_checked(), at).to_json();
    let report = examination.conclude(&outcomes, &sealed.trust, at);
    let document = canonical(parse(&file).expect("it was read").get("document").expect("it was read"));
    if let About::Package(package) = &report.about {
        for own in &package.documents {
            let held = verify_contained(own, &sealed.trust, at).is_ok_and(|own| own.verdict == Verdict::Valid);
            let same = own.file.get("document").map(canonical).as_ref() == Some(&sealed.document);
            assert!(!held || same, "a forgery holds in a package: {}", String::from_utf8_lossy(&file));
        }
    }
    if report.verdict == Verdict::Valid {
        let whose = [(&sealed.document, 2), (&sealed.packed, 1)].map(|(own, keys)| (document == *own).then_some(keys));
        let Some(keys) = whose.into_iter().flatten().next() else {
            panic!("a forgery holds: {}", String::from_utf8_lossy(&file))
        };
        assert_eq!(report.signatures.len(), keys, "who signed is somebody else");
    }
    let _ = signatures_of(&file);
    let both = [(&*sealed.file, &[true, true][..]), (&*file, &outcomes[..])];
    if let Ok(merged) = merge(&both) {
        assert!(merged == sealed.file && document == sealed.document, "signatures went to another document");
    }
});

/// Replaces, takes out, repeats and moves pieces of bytes: each step is a kind, a place, a length and some bytes.
fn spliced(file: &[u8], script: &[u8]) -> Vec<u8> {
    let mut file = file.to_vec();
    let mut script = script.iter().copied();
    while let (Some(kind), Some(high), Some(low), Some(length)) =
        (script.next(), script.next(), script.next(), script.next())
    {
        let at = usize::from(high) * 256 + usize::from(low);
        let at = at % (file.len() + 1);
        let end = (at + usize::from(length % 32)).min(file.len());
        let given: Vec<u8> = script.by_ref().take(usize::from(length / 32)).collect();
        match kind % 4 {
            0 => drop(file.splice(at..end, given)),
            1 => drop(file.splice(at..at, given)),
            2 => {
                let piece = file[at..end].to_vec();
                drop(file.splice(at..at, piece));
            }
            _ => {
                let piece: Vec<u8> = file.splice(at..end, given).collect();
                let to = (at * 7 + usize::from(length)) % (file.len() + 1);
                drop(file.splice(to..to, piece));
            }
        }
    }
    file
}

/// Changes the tree: each step names a place, and what is put there: a part from elsewhere, another kind of value, or
/// nothing.
fn bent(file: &[u8], script: &[u8]) -> Value {
    let mut file = parse(file).expect("the sealed file");
    for step in script.chunks_exact(3).take(20) {
        let places = count(&file);
        let part = match step[0] % 8 {
            0 => None,
            1 => Some(Value::Null),
            2 => Some(Value::from(u32::from(step[2]))),
            3 => Some(Value::from(String::from_utf8_lossy(&step[1..]).into_owned())),
            4 => Some(array([])),
            5 => Some(Object::default().into()),
            _ => taken(&file, &mut (usize::from(step[2]) % places)),
        };
        file = put(&file, &mut (usize::from(step[1]) % places), &part).unwrap_or(Value::Null);
    }
    file
}

fn count(value: &Value) -> usize {
    1 + match value {
        Value::Array(list) => list.iter().map(count).sum(),
        Value::Object(object) => object.iter().map(|(_, inner)| count(inner)).sum(),
        _ => 0,
    }
}

/// The part at a place, counted outermost first.
fn taken(value: &Value, place: &mut usize) -> Option<Value> {
    if *place == 0 {
        return Some(value.clone());
    }
    *place -= 1;
    match value {
        Value::Array(list) => list.iter().find_map(|inner| reached(inner, place)),
        Value::Object(object) => object.iter().find_map(|(_, inner)| reached(inner, place)),
        _ => None,
    }
}

fn reached(inner: &Value, place: &mut usize) -> Option<Value> {
    let size = count(inner);
    if *place < size {
        return taken(inner, place);
    }
    *place -= size;
    None
}

/// The tree with another part at a place.
fn put(value: &Value, place: &mut usize, part: &Option<Value>) -> Option<Value> {
    if *place == 0 {
        *place = usize::MAX;
        return part.clone();
    }
    *place -= 1;
    Some(match value {
        Value::Array(list) => array(list.iter().filter_map(|inner| put(inner, place, part))),
        Value::Object(object) => {
            let mut other = Object::default();
            for (name, inner) in object.iter() {
                other.set_some(name, put(inner, place, part));
            }
            other.into()
        }
        other => other.clone(),
    })
}
