//! Cases, documents and workers: what may be kept, and that a record is read whole or not at all.

use asesmen::domain::{
    Case, CaseId, CaseRefusal, Document, DocumentId, Initials, InstrumentPin, PartialDate, Role, Seal, SealId,
    Timestamp, Worker, WorkerRefusal,
};
use asesmen::json::{Object, Value, parse};
use serde_json::json;

fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).expect("a time")
}

fn now() -> Timestamp {
    at("2026-11-22T10:32:00.000+07:00")
}

fn case() -> Case {
    let birth = PartialDate::from_age("30", now()).expect("an age");
    Case::open(CaseId::new(now(), [1; 10]), " Sekar Ayu ", " 014/2026 ", Some(birth), now()).expect("a name")
}

fn pin(version: &str) -> InstrumentPin {
    InstrumentPin { canonical: format!("https://example.org/f|{version}"), digest: format!("sha-256:0{version}") }
}

fn document() -> Document {
    let seal = |byte| SealId::new(now(), [byte; 10]);
    Document {
        id: DocumentId::new(now(), [2; 10]),
        case: case().id,
        instrument: pin("1"),
        earlier: Vec::new(),
        revision: 2,
        replaces: Some(seal(3)),
        begun: now(),
        seal: Some(Seal { id: seal(4), at: now() }),
        awaits: Vec::new(),
        facts: Object::default(),
    }
}

fn worker() -> Worker {
    Worker::new(" Ratri ", Role::Psychologist, " Rumah Contoh ", " 7 ").expect("complete")
}

/// Reads a record after a change to its JSON.
fn changed<T>(
    record: &Value,
    read: fn(&Value) -> Option<T>,
    member: &str,
    value: Option<serde_json::Value>,
) -> Option<T> {
    let mut loose: serde_json::Value = serde_json::from_str(&record.to_string()).expect("JSON");
    match value {
        Some(value) => loose[member] = value,
        None => drop(loose.as_object_mut().expect("an object").remove(member)),
    }
    read(&parse(loose.to_string().as_bytes()).expect("JSON"))
}

/// Each member of a record: without it, whether the record is still one; with another type in it, never.
fn members<T>(record: &Value, read: fn(&Value) -> Option<T>, table: &[(&str, bool)]) {
    assert!(read(record).is_some());
    assert_eq!(record.as_object().expect("an object").len(), table.len(), "the table names every member");
    for (member, may_lack) in table {
        assert_eq!(changed(record, read, member, None).is_some(), *may_lack, "without {member}");
        for wrong in [json!(null), json!(-7), json!(["x"]), json!(true)] {
            assert!(changed(record, read, member, Some(wrong.clone())).is_none(), "{member}: {wrong}");
        }
    }
    for other in ["[]", "null", "\"x\"", "{}"] {
        assert!(read(&parse(other.as_bytes()).expect("JSON")).is_none(), "{other}");
    }
}

#[test]
fn records_survive_and_are_read_whole_or_not_at_all() {
    assert_eq!(Case::from_json(&case().to_json()), Some(case()));
    assert_eq!(Document::from_json(&document().to_json()), Some(document()));
    assert_eq!(Worker::from_json(&worker().to_json()), Some(worker()));
    let case_members = [
        ("id", false),
        ("name", false),
        ("registerNumber", true),
        ("birth", true),
        ("opened", false),
        ("changed", false),
    ];
    members(&case().to_json(), Case::from_json, &case_members);
    let document_members = [
        ("id", false),
        ("case", false),
        ("instrument", false),
        ("revision", false),
        ("replaces", true),
        ("begun", false),
        ("seal", true),
    ];
    members(&document().to_json(), Document::from_json, &document_members);
    let worker_members = [("name", false), ("role", false), ("organisation", false), ("licenceNumber", true)];
    members(&worker().to_json(), Worker::from_json, &worker_members);
}

#[test]
fn a_revision_or_seal_of_another_shape_is_not_read() {
    let read = |member, value| changed(&document().to_json(), Document::from_json, member, Some(value));
    assert_eq!(read("revision", json!(4_294_967_296_u64)), None);
    assert_eq!(read("seal", json!({"id": document().id.to_string()})), None);
    assert_eq!(read("seal", json!({"at": now().to_string()})), None);
    assert_eq!(read("instrument", json!({"canonical": "x"})), None);
}

#[test]
fn a_document_that_was_moved_names_all_its_versions_and_only_those_who_know_of_moving_read_it() {
    let moved = Document { instrument: pin("3"), earlier: vec![pin("1"), pin("2")], ..document() };
    let record = moved.to_json();
    assert_eq!(Document::from_json(&record), Some(moved));
    assert!(record.get("instrument").is_none(), "what an older app needs to open it is not there");
    let with = |value| changed(&record, Document::from_json, "instruments", Some(value));
    for wrong in [json!(null), json!([]), json!({}), json!([{"canonical": "x"}]), json!(7)] {
        assert_eq!(with(wrong.clone()), None, "{wrong}");
    }
    assert_eq!(changed(&record, Document::from_json, "instruments", None), None);
}

#[test]
fn a_pin_tells_address_and_version() {
    assert_eq!((pin("1").url(), pin("1").version()), ("https://example.org/f", "1"));
    let bare = InstrumentPin { canonical: "urn:x".to_owned(), digest: String::new() };
    assert_eq!((bare.url(), bare.version()), ("urn:x", ""));
}

#[test]
fn a_document_is_a_draft_until_it_has_a_seal() {
    assert!(!document().is_draft() && Document { seal: None, ..document() }.is_draft());
}

#[test]
fn a_case_needs_a_name_and_a_refused_change_changes_nothing() {
    assert_eq!((case().name.as_str(), case().register_number.as_deref()), ("Sekar Ayu", Some("014/2026")));
    assert_eq!(Case::open(case().id, " ", "1", None, now()), Err(CaseRefusal::NameMissing));
    let mut changed = case();
    assert_eq!(changed.describe("\t", "", None, at("2027-01-01T00:00:00Z")), Err(CaseRefusal::NameMissing));
    assert_eq!(changed, case());
    changed.describe("S", " ", None, at("2027-01-01T00:00:00Z")).expect("a name");
    assert_eq!((changed.register_number, changed.birth, changed.opened), (None, None, now()));
}

#[test]
fn a_worker_needs_a_name_and_an_organisation() {
    let new = |name, organisation| Worker::new(name, Role::SocialWorker, organisation, "");
    assert_eq!(new(" ", "R"), Err(WorkerRefusal::NameMissing));
    assert_eq!(new("R", " "), Err(WorkerRefusal::OrganisationMissing));
    assert_eq!(new("R", "O").expect("complete").licence_number, None);
    for role in Role::ALL {
        assert_eq!(Role::from_code(role.code()), Some(role));
    }
    assert_eq!(Role::from_code("boss"), None);
    // Codes that were ever written are read for ever.
    for code in ["social-worker", "case-manager", "supervisor", "medical-staff", "psychologist", "operational-staff"] {
        assert_eq!(Role::from_code(code).map(Role::code), Some(code));
    }
}

#[test]
fn initials_name_nobody_and_make_a_file_name() {
    let cases = [
        ("Sekar Ayu Lestari Dewi", "SAL"),
        ("sekar", "S"),
        ("  (alm.) \"Jaka\" ", "AJ"),
        ("../../etc/passwd", "E"),
        ("S.", "S"),
        ("", "X"),
        (" -- . ", "X"),
        ("émile", "é"),
        ("王小明", "王"),
        ("Ömer ибн عمر", "Öиع"),
        ("ꦱꦸꦠ (ᬩᬮᬶ)", "ꦱᬩ"),
    ];
    for (name, initials) in cases {
        assert_eq!(Initials::of(name).0, initials, "{name}");
    }
}

/// A name may be pasted with characters that no file name can bear or that turn the text around.
#[test]
fn initials_are_letters_or_digits_only() {
    for name in ["\u{202e}Sekar", "\u{0}Sekar", "\u{200d}Sekar", "\u{feff}Sekar", "“Sekar”", "«Sekar»"] {
        assert_eq!(Initials::of(name).0, "S", "{name:?}");
    }
}
