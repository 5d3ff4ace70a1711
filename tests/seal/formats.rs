//! One file of each format, with everything that it may hold and with nothing that it need not.

use super::sealed::{Key, at, body, key, sign, tree};
use asesmen::json::{Object, Value};
use asesmen::seal::{
    Author, Credential, Format, KnownKey, Receipt, Revocation, SealId, Signer, Timestamp, assemble, digest,
};
use serde_json::json;

/// The name of a format's schema.
pub fn schema(format: Format) -> &'static str {
    match format {
        Format::Document => "sealed-document-1",
        Format::Package => "package-1",
        Format::Receipt => "receipt-1",
        Format::Credential => "credential-1",
        Format::Register => "key-register-1",
    }
}

fn worker() -> Key {
    key(3)
}

fn supervisor() -> Key {
    key(4)
}

fn office() -> Key {
    key(9)
}

fn time() -> Timestamp {
    at("2026-11-22T10:32:05.123+07:00")
}

/// A file of a format: with all that it may hold, or with what it must.
pub fn file(format: Format, whole: bool) -> Vec<u8> {
    match format {
        Format::Document => document(whole),
        Format::Package => super::package::sealed(if whole { super::package::whole() } else { super::package::bare() }),
        Format::Receipt => {
            let file = document(whole);
            let receipt = Receipt {
                seal_id: body(&[("social-worker", &worker())]).seal_id,
                digest: digest(&file),
                size: file.len() as u64,
                received: at("2026-11-22T12:00:00.000+07:00"),
            };
            by_office(format, "receiver", "receipt", receipt.to_json(), whole)
        }
        Format::Credential => {
            let (mut key, licence_number) = (known(whole), whole.then(|| "STR-0007/2026".to_owned()));
            key.revoked = None;
            (key.name, key.valid_from) = (Some("Ratri Wulansari".to_owned()), Some(time()));
            by_office(format, "issuer", "credential", Credential { key, licence_number }.to_json(), whole)
        }
        Format::Register => by_office(format, "issuer", "register", KnownKey::list_to_json(&keys(whole)), whole),
    }
}

/// The keys of a register.
pub fn keys(whole: bool) -> Vec<KnownKey> {
    vec![known(whole)]
}

fn known(whole: bool) -> KnownKey {
    let mut known = KnownKey::of(worker().jwk.kid());
    if whole {
        known.jwk = Some(worker().jwk);
        known.name = Some("Ratri Wulansari".to_owned());
        known.role = Some("social-worker".to_owned());
        known.organisation = Some("Rumah Singgah Contoh".to_owned());
        known.valid_from = Some(at("2026-01-01T00:00:00.000+07:00"));
        known.valid_until = Some(at("2028-12-31T23:59:59.000+07:00"));
        let reason = Some("Tablet hilang".to_owned());
        known.revoked = Some(Revocation { at: at("2028-03-01T08:00:00.000+07:00"), reason });
    }
    known
}

fn by_office(format: Format, role: &str, member: &str, content: Value, whole: bool) -> Vec<u8> {
    let author = Author {
        name: "Layanan Penerima".to_owned(),
        role: role.to_owned(),
        organisation: "Dinas Sosial Contoh".to_owned(),
        licence_number: whole.then(|| "SK-12/2026".to_owned()),
        kid: office().jwk.kid(),
    };
    let sealed = at("2026-11-22T12:00:00.000+07:00");
    let signers = [Signer { role: role.to_owned(), jwk: office().jwk }];
    let mut document: Object =
        format.head(SealId::new(sealed, [u8::try_from(member.len()).expect("short"); 10]), &author, sealed, &signers);
    document.set(member, content);
    let document = document.into();
    assemble(&document, &[sign(&document, &office())])
}

/// A sealed document, whole with two signers and answers of every type.
pub fn document(whole: bool) -> Vec<u8> {
    let (worker, supervisor) = (worker(), supervisor());
    let signers = [("social-worker", &worker), ("supervisor", &supervisor)];
    let mut body = body(if whole { &signers } else { &signers[..1] });
    body.instrument = super::package::pin();
    body.response = tree(&response(whole, &body.case.to_string()));
    if whole {
        body.author.licence_number = Some("STR-0007/2026".to_owned());
        body.times.contact = Some(at("2026-11-22T09:00:00.000+07:00"));
        (body.revision, body.replaces) = (2, Some(SealId::new(time(), [6; 10])));
    } else {
        body.register_number = None;
    }
    let document = body.to_json();
    let keys = [&worker, &supervisor];
    let signatures: Vec<_> = keys[..body.required_signers.len()].iter().map(|key| sign(&document, key)).collect();
    assemble(&document, &signatures)
}

fn response(whole: bool, case: &str) -> serde_json::Value {
    let basis =
        json!([{"url": "https://asesmen.id/fhir/StructureDefinition/answer-basis", "valueCode": "self-report"}]);
    let absent = json!([
        {"url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": "asked-declined"},
        {"url": "https://asesmen.id/fhir/StructureDefinition/data-absent-note", "valueString": "ingin nanti"}
    ]);
    let about = json!({"extension": [
        {"url": "https://asesmen.id/fhir/StructureDefinition/date-qualifier", "valueCode": "about"},
        {"url": "https://asesmen.id/fhir/StructureDefinition/told-age", "valueInteger": 31}
    ]});
    let quantity = json!({"value": 2.5, "unit": "km", "system": "http://unitsofmeasure.org", "code": "km"});
    let attachment = json!({"contentType": "image/png", "data": "AAEC", "size": 3, "title": "foto.png"});
    let answers = [
        json!({"valueBoolean": true}),
        json!({"valueDecimal": 52.5}),
        json!({"valueInteger": 100}),
        json!({"valueDate": "1995", "_valueDate": about}),
        json!({"valueDate": "2026-11"}),
        json!({"valueDateTime": "2026-11-22T10:00:00+07:00"}),
        json!({"valueTime": "10:00:00"}),
        json!({"valueString": "André — 🌿"}),
        json!({"valueUri": "https://example.org/a"}),
        json!({"valueCoding": {"system": "https://example.org/s", "code": "a", "display": "Satu"}}),
        json!({ "valueQuantity": quantity }),
        json!({ "valueAttachment": attachment }),
    ];
    let asked = (1..).zip(answers).map(|(number, answer)| {
        let (link_id, text) = (format!("q{number}"), format!("Pertanyaan {number}"));
        json!({"linkId": link_id, "text": text, "extension": basis, "answer": [answer]})
    });
    let gap = json!({"linkId": "gap", "text": "Penghasilan", "extension": absent});
    let group = json!({"linkId": "group", "text": "Keluarga", "item": [gap]});
    let items: Vec<_> = if whole { asked.chain([group]).collect() } else { Vec::new() };
    json!({"resourceType": "QuestionnaireResponse", "language": "id", "questionnaire": "https://example.org/f|1",
        "status": "completed", "subject": {"identifier": {"value": case}, "display": "S. A."},
        "authored": "2026-11-22T10:32:05.123+07:00", "author": {"display": "Ratri Wulansari"}, "item": items})
}

/// A register as an administrator writes it.
pub fn plain_register(whole: bool) -> Vec<u8> {
    let mut list = keys(whole);
    if whole {
        list.extend([supervisor().jwk.kid(), office().jwk.kid()].map(KnownKey::of));
    }
    KnownKey::list_to_json(&list).to_string().into_bytes()
}
