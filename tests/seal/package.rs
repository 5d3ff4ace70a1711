//! Packages: read strictly, and true in what they say of what is in them.

use super::sealed::{at, body, check, key, loose, seal, sign, tree};
use asesmen::domain::{CaseId, InstrumentPin, SealId};
use asesmen::json::{canonical, parse};
use asesmen::seal::{
    About, Contained, Deliberate, DocumentBody, Draft, FormText, LeftOut, LeftOutWhy, Package, PackageBody,
    PackagePurpose, PackageRefusal, Receiver, Terms, Trust, Unreadable, Verdict, assemble, detach, digest, examine,
};
use proptest::prelude::*;
use serde_json::{Value, json};

const FORM: &str = "{\"resourceType\": \"Questionnaire\", \"url\": \"https://example.org/f\", \"version\": \"1\",\n \
    \"title\": \"Uji – “é”\", \"status\": \"active\", \"item\": [{\"linkId\": \"note\", \"type\": \"string\", \"text\": \"Catatan\"}]}";

pub fn pin() -> InstrumentPin {
    InstrumentPin { canonical: "https://example.org/f|1".to_owned(), digest: digest(FORM.as_bytes()) }
}

/// A sealed document of the package's case.
pub fn document(seed: u8) -> Vec<u8> {
    let worker = key(3);
    let sealed = at("2026-11-22T10:32:05.123+07:00");
    let own = body(&[("social-worker", &worker)]);
    let own = DocumentBody { seal_id: SealId::new(sealed, [seed; 10]), instrument: pin(), ..own }.to_json();
    assemble(&own, &[sign(&own, &worker)])
}

pub fn contained(bytes: &[u8]) -> Contained {
    let file = parse(bytes).expect("JSON");
    let seal_id = file.at(&["document", "sealId"]).and_then(SealId::from_json).expect("a seal");
    let begun = at("2026-11-22T09:00:00.000+07:00");
    let id = "01a1ee56-7d40-707d-96ee-a1010000407d".to_owned();
    Contained { id, begun, seal_id, digest: digest(bytes), instrument: pin(), file }
}

/// A package of two documents and a draft.
pub fn package() -> Package {
    let opened = "2026-11-20T08:00:00.000+07:00";
    let case = CaseId::new(at("2026-11-22T10:32:05.123+07:00"), [1; 10]);
    let head = json!({"id": "01a1ee56-7d40-707d-96ee-a1010000407e", "case": case.to_string(), "revision": 1,
        "instrument": {"canonical": pin().canonical, "digest": pin().digest}, "begun": opened});
    Package {
        purpose: PackagePurpose::Handover,
        receiver: Receiver {
            name: "Bima Prasetya".to_owned(),
            organisation: "Balai Contoh".to_owned(),
            kid: Some("portal-1".to_owned()),
        },
        case: tree(&json!({"id": case.to_string(), "name": "Sekar", "registerNumber": "014/2026",
            "birth": {"calendar": "1987", "qualifier": "exact"}, "opened": opened, "changed": opened})),
        documents: vec![contained(&document(7)), contained(&document(8))],
        attachments: Vec::new(),
        forms: vec![FormText::of("https://example.org/f|1", FORM.as_bytes()).expect("text")],
        drafts: vec![Draft { head: tree(&head), journal: Vec::new() }],
        left_out: vec![LeftOut {
            id: "x".to_owned(),
            instrument: "https://example.org/g|1".to_owned(),
            seal_id: None,
            why: LeftOutWhy::Sensitive,
            mark: Some("X".to_owned()),
        }],
        deliberate: vec![Deliberate { id: "y".to_owned(), mark: "X".to_owned(), reason: "Diminta dokter".to_owned() }],
        terms: Some(Terms { consent: None, introduced: Some("2026-11-28".to_owned()), note: None }),
    }
}

/// A package with everything that it may hold.
pub fn whole() -> Package {
    let mut whole = package();
    whole.documents = vec![contained(&super::formats::document(true))];
    whole.drafts[0].journal = vec![tree(&json!({"sequence": 0, "operation": "answer"}))];
    whole.left_out[0].seal_id = Some(whole.documents[0].seal_id);
    let terms = whole.terms.get_or_insert_with(Terms::default);
    terms.consent = Some(whole.documents[0].seal_id);
    terms.note = Some("Sekar lebih suka dihubungi sore hari".to_owned());
    whole
}

/// A package with nothing that it need not hold.
pub fn bare() -> Package {
    let mut bare = Package { documents: Vec::new(), forms: Vec::new(), drafts: Vec::new(), ..package() };
    (bare.purpose, bare.terms) = (PackagePurpose::Export, None);
    (bare.left_out, bare.deliberate) = (Vec::new(), Vec::new());
    bare.receiver.kid = None;
    let mut case = loose(&bare.case);
    let members = case.as_object_mut().expect("an object");
    members.retain(|name, _| !matches!(name.as_str(), "registerNumber" | "birth"));
    bare.case = tree(&case);
    bare
}

/// A package as its seal has it.
pub fn sealed(package: Package) -> Vec<u8> {
    let worker = key(3);
    let head = body(&[("social-worker", &worker)]);
    let own = PackageBody {
        seal_id: SealId::new(head.times.sealed, [9; 10]),
        author: head.author,
        sealed: head.times.sealed,
        required_signers: head.required_signers,
        package,
    };
    let own = own.to_json();
    assemble(&own, &[sign(&own, &worker)])
}

#[test]
fn a_package_comes_back_as_it_was_and_its_documents_byte_for_byte() {
    let bytes = sealed(package());
    let report = check(&bytes, &Trust::only([key(3).jwk.kid()])).expect("readable");
    assert_eq!((report.verdict, &report.findings[..]), (Verdict::Valid, &[][..]));
    let About::Package(read) = &report.about else { panic!("a package") };
    assert_eq!(**read, package());
    assert_eq!(read.documents[0].bytes(), document(7));
    assert_eq!(read.forms[0].text, FORM);
    let machine = loose(&report.to_json().into());
    assert_eq!(machine["documents"].as_array().map(Vec::len), Some(2));
    assert!(!machine.to_string().contains("Sekar"), "no client's name for machines");
}

/// A package of a document with a large attachment beside it.
pub fn enclosing(bytes: &[u8]) -> Package {
    let file = json!({"contentType": "application/pdf", "title": "surat.pdf", "size": bytes.len(),
        "data": <base64ct::Base64 as base64ct::Encoding>::encode_string(bytes)});
    let response = tree(&json!({"resourceType": "QuestionnaireResponse", "item": [
        {"linkId": "a", "answer": [{"valueAttachment": file}]}]}));
    let detached = detach(&response);
    let worker = key(3);
    let own = body(&[("social-worker", &worker)]);
    let own = DocumentBody { instrument: pin(), response: detached.response, ..own }.to_json();
    let document = assemble(&own, &[sign(&own, &worker)]);
    Package { documents: vec![contained(&document)], attachments: detached.files, ..package() }
}

#[test]
fn attachments_beside_its_documents_are_enclosed_checked_and_never_strange() {
    let bytes = super::attachments::paper(1_500_000);
    let whole = enclosing(&bytes);
    let digest = digest(&bytes);
    let read = |package: &Value| Package::from_json(&tree(package));
    let written = loose(&whole.to_json());
    assert_eq!(read(&written), Ok(whole.clone()));
    assert_eq!((whole.attachment(&digest), whole.attachments_missing().len()), (Some(&bytes[..]), 0));
    let with = |change: &dyn Fn(&mut Value)| {
        let mut package = written.clone();
        change(&mut package);
        read(&package)
    };
    let without =
        with(&|package| drop(package.as_object_mut().expect("members").remove("attachments"))).expect("no lie");
    let lacks = without.attachments_missing();
    assert_eq!((lacks.len(), lacks[0].digest.as_str()), (1, digest.as_str()));
    let data = written["attachments"][&digest]["data"].as_str().expect("base64").to_owned();
    let changed = format!("AAAA{}", &data[4..]);
    assert_eq!(
        with(&|package| package["attachments"][&digest]["data"] = changed.as_str().into()),
        Err(PackageRefusal::OtherDigest(digest.clone()))
    );
    let strange = format!("sha-256:{}", "0".repeat(64));
    assert_eq!(
        with(&|package| package["attachments"][&strange] = json!({"data": "AAEC"})),
        Err(PackageRefusal::Stranger(strange.clone()))
    );
    let missing = Err(PackageRefusal::Missing("package.attachments"));
    assert_eq!(with(&|package| package["attachments"] = json!([])), missing);
    assert_eq!(with(&|package| package["attachments"][&digest] = json!({})), missing);
    assert_eq!(with(&|package| package["attachments"][&digest]["data"] = json!("%")), missing);
    let unknown = PackageRefusal::Unknown { place: "package.attachments", member: "title".to_owned() };
    assert_eq!(with(&|package| package["attachments"][&digest]["title"] = json!("a")), Err(unknown));
    assert!(!loose(&package().to_json()).as_object().expect("members").contains_key("attachments"), "as before");
}

/// The `package` member with something changed in it.
fn changed(change: impl FnOnce(&mut Value)) -> Result<Package, PackageRefusal> {
    let mut package = loose(&package().to_json());
    change(&mut package);
    Package::from_json(&tree(&package))
}

#[test]
fn what_breaks_the_format_is_refused_by_name() {
    use PackageRefusal as R;
    assert!(changed(|_| ()).is_ok());
    let missing = |member: &'static str, name| {
        let refused = changed(|package| drop(package.as_object_mut().expect("an object").remove(member)));
        assert_eq!(refused, Err(R::Missing(name)), "{member}");
    };
    missing("purpose", "package.purpose");
    missing("receiver", "package.receiver");
    missing("case", "package.case");
    missing("documents", "package.documents");
    missing("forms", "package.forms");
    missing("drafts", "package.drafts");
    missing("leftOut", "package.leftOut");
    missing("deliberate", "package.deliberate");
    assert_eq!(changed(|package| package["purpose"] = "gift".into()), Err(R::Missing("package.purpose")));
    for (pointer, place) in [
        ("", "package"),
        ("/receiver", "package.receiver"),
        ("/case", "package.case"),
        ("/documents/0", "package.documents[]"),
        ("/forms/0", "package.forms[]"),
        ("/drafts/0", "package.drafts[]"),
        ("/leftOut/0", "package.leftOut[]"),
        ("/deliberate/0", "package.deliberate[]"),
        ("/handover", "package.handover"),
    ] {
        let refused = changed(|package| package.pointer_mut(pointer).expect("a part")["extra"] = 1.into());
        assert_eq!(refused, Err(R::Unknown { place, member: "extra".to_owned() }), "{pointer}");
    }
    let many = changed(|package| package["leftOut"] = vec![package["leftOut"][0].clone(); 1001].into());
    assert_eq!(many, Err(R::TooMany { place: "package.leftOut", most: 1000 }));
}

#[test]
fn what_is_not_so_is_refused_by_name() {
    use PackageRefusal as R;
    let first = package().documents[0].seal_id;
    assert_eq!(changed(|p| p["documents"][0]["digest"] = "sha-256:00".into()), Err(R::OtherDigest(first.to_string())));
    assert_eq!(changed(|p| p["forms"][0]["text"] = "{}".into()), Err(R::OtherDigest(pin().canonical)));
    assert_eq!(changed(|p| p["documents"][0]["file"]["document"]["author"]["name"] = "N".into()), {
        Err(R::OtherDigest(first.to_string()))
    });
    let other = package().documents[1].seal_id;
    assert_eq!(changed(|p| p["documents"][0]["sealId"] = other.to_string().into()), Err(R::OtherSeal(other)));
    assert_eq!(changed(|p| p["documents"][1] = p["documents"][0].clone()), Err(R::Twice(first.to_string())));
    assert_eq!(changed(|p| p["forms"] = json!([])), Err(R::FormMissing(pin().canonical)));
    let case = CaseId::new(at("2026-11-22T10:32:05.123+07:00"), [2; 10]).to_string();
    assert_eq!(changed(|p| p["case"]["id"] = case.clone().into()), Err(R::OtherCase(first.to_string())));
    let draft = package().drafts[0].id().to_owned();
    assert_eq!(changed(|p| p["drafts"][0]["head"]["case"] = case.into()), Err(R::OtherCase(draft)));
    assert_eq!(changed(|p| p["purpose"] = "export".into()), Err(R::NoHandover("package.drafts")));
    let no_drafts = |p: &mut Value| (p["purpose"], p["drafts"]) = ("export".into(), json!([]));
    assert_eq!(changed(no_drafts), Err(R::NoHandover("package.handover")));
}

#[test]
fn something_else_than_a_document_in_it_is_no_document() {
    let receipt = sealed(package());
    let own = Contained { file: parse(&receipt).expect("JSON"), ..contained(&document(7)) };
    assert_eq!(own.examine().map(|_| ()), Err(Unreadable::NotSealed("document.type")));
}

#[test]
fn a_document_file_is_no_package_and_the_other_way_round() {
    let document = examine(&seal(&[("social-worker", &key(3))])).expect("readable");
    assert!(matches!(document.about(), About::Document(_)));
    let text = String::from_utf8(sealed(package())).expect("text").replace("formats/package/1", "formats/package/2");
    assert!(matches!(examine(text.as_bytes()), Err(Unreadable::UnknownFormat(_))));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// A changed byte is refused, or breaks the seal of the package.
    #[test]
    fn no_changed_byte_passes(salt in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut file = sealed(package());
        let position = salt.index(file.len());
        prop_assume!(file[position] != byte);
        file[position] = byte;
        match check(&file, &Trust::not_checked()) {
            Err(_) => {}
            Ok(report) => prop_assert_eq!(report.verdict, Verdict::Invalid),
        }
    }

    /// Any JSON in any place is refused or read, and what is read is written the same.
    #[test]
    fn no_value_in_any_place_panics(place in 0..12_usize, value in prop_oneof![
        Just(json!(null)), Just(json!([])), Just(json!({})), Just(json!("")), Just(json!(7)), Just(json!([[1]])),
    ]) {
        const PLACES: [&str; 12] = ["purpose", "receiver", "case", "documents", "forms", "drafts", "leftOut", "deliberate",
            "handover", "documents/0", "drafts/0", "drafts/0/head"];
        let mut package = loose(&package().to_json());
        *package.pointer_mut(&format!("/{}", PLACES[place])).expect("a place") = value;
        if let Ok(read) = Package::from_json(&tree(&package)) {
            prop_assert_eq!(canonical(&read.to_json()), canonical(&tree(&package)));
        }
    }
}
