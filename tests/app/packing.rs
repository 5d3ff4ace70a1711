//! Packages: what goes into them and what stays out, and that taking them in loses nothing, whatever the order.

use super::story::{Story, instrument};
use super::tablet::Tablet;
use crate::seal::sealed::{Key, at, key, loose};
use asesmen::app::casework::Rulebook;
use asesmen::app::outbox::{Confirmation, Endpoint, OutboxEvent, Receiver, Stored};
use asesmen::app::{
    Catalogue, DraftFate, Event, Fate, KeyProblem, KeysEvent, Made, PackageEvent, PackingField, PackingRefusal,
    PackingStep, Plan, Screen, UnpackRefusal, UnpackingStep, passage,
};
use asesmen::domain::{CaseId, DocumentId, Role, SealId, Worker};
use asesmen::json::{Value, canonical, parse};
use asesmen::seal::{About, LeftOutWhy, Package, PackagePurpose, SigningInput, assemble, examine};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// A case with two sealed documents, one of them marked X, and a draft.
fn story() -> Story {
    let mut story = Story::of("Sekar Ayu Lestari");
    story.seal("seleksi", &[("contact_at", "2026-11-16T09:00"), ("decision", "diterima")]);
    story.seal("sosial", &[("alone_now", "ya"), ("coerced", "dulu"), ("summary", "Tinggal bersama bibi.")]);
    story.begin("evaluasi", &[("purpose", "Melihat hasil")]);
    story
}

/// Another tablet of another worker.
fn other(seed: u8) -> Tablet {
    let mut tablet = Tablet::new();
    tablet.key = key(seed);
    // Its clock and its identifiers are not those of the first.
    tablet.wait(i64::from(seed) * 1_000_003);
    tablet.model.worker = Worker::new("Bima Prasetya", Role::CaseManager, "Balai Contoh", "").ok();
    tablet.model.key = Ok(tablet.key.jwk.clone());
    tablet.act(Event::CatalogueFetched(Ok(Catalogue::read(&instrument("index.json")).expect("a catalogue"))));
    let rules = Rulebook::read(&instrument("rules.json")).expect("the rules");
    tablet.act(Event::RulesFetched(Ok(Rulebook { rules: Vec::new(), ..rules })));
    tablet
}

pub fn does(tablet: &mut Tablet, event: PackageEvent) {
    tablet.act(Event::Package(event));
}

/// Begins a package to somebody, with a reason for whatever is marked.
fn choose(tablet: &mut Tablet, case: CaseId, purpose: PackagePurpose) {
    tablet.act(Event::ScreenRequested(Screen::Pack(case)));
    does(tablet, PackageEvent::PurposeChosen(purpose));
    does(tablet, PackageEvent::Typed(PackingField::Name, "Bima Prasetya".to_owned()));
    does(tablet, PackageEvent::Typed(PackingField::Organisation, "Balai Contoh".to_owned()));
}

fn choose_all(tablet: &mut Tablet) {
    let pieces = &tablet.model.packages.packing.as_ref().expect("a package").pieces;
    for id in pieces.iter().map(|piece| piece.head.id).collect::<Vec<_>>() {
        does(tablet, PackageEvent::Chosen(id, true));
    }
    does(tablet, PackageEvent::Typed(PackingField::Reason, "Petugas baru melanjutkan layanan".to_owned()));
}

fn step(tablet: &Tablet) -> &PackingStep {
    &tablet.model.packages.packing.as_ref().expect("a package").step
}

fn seal(tablet: &mut Tablet) -> Made {
    does(tablet, PackageEvent::PreviewAsked);
    assert!(matches!(step(tablet), PackingStep::Preview(_)), "{:?}", tablet.model.packages.packing);
    does(tablet, PackageEvent::SealAsked);
    let PackingStep::Done(made) = step(tablet) else { panic!("{:?}", step(tablet)) };
    let last = tablet.downloads.last().expect("a file");
    assert_eq!((&last.0, &last.1), (&made.name, &made.bytes));
    made.clone()
}

pub fn exported(tablet: &mut Tablet, case: CaseId) -> Vec<u8> {
    choose(tablet, case, PackagePurpose::Export);
    choose_all(tablet);
    seal(tablet).bytes
}

fn handed_over(tablet: &mut Tablet, case: CaseId) -> Vec<u8> {
    choose(tablet, case, PackagePurpose::Handover);
    choose_all(tablet);
    seal(tablet).bytes
}

fn read(bytes: &[u8]) -> Package {
    let examination = examine(bytes).expect("readable");
    let About::Package(package) = examination.about() else { panic!("a package") };
    (**package).clone()
}

pub fn given(tablet: &mut Tablet, bytes: &[u8]) -> UnpackingStep {
    tablet.act(Event::ScreenRequested(Screen::Unpack));
    does(tablet, PackageEvent::FileGiven("paket.json".to_owned(), Ok(bytes.to_vec())));
    tablet.model.packages.unpacking.clone().expect("a package").step
}

pub fn plan(tablet: &mut Tablet, bytes: &[u8]) -> Box<Plan> {
    match given(tablet, bytes) {
        UnpackingStep::Ready(plan) => plan,
        other => panic!("{other:?}"),
    }
}

fn refused(tablet: &mut Tablet, bytes: &[u8]) -> UnpackRefusal {
    match given(tablet, bytes) {
        UnpackingStep::Refused(refusal) => *refusal,
        other => panic!("{other:?}"),
    }
}

pub fn take_in(tablet: &mut Tablet, bytes: &[u8]) -> Box<Plan> {
    let plan = plan(tablet, bytes);
    if plan.brings_something() {
        does(tablet, PackageEvent::TakingInAsked);
        let step = &tablet.model.packages.unpacking.as_ref().expect("a package").step;
        assert!(matches!(step, UnpackingStep::Kept(_)), "{step:?}");
    }
    plan
}

#[test]
fn what_is_marked_stays_out_and_is_named() {
    let Story { mut tablet, case } = story();
    choose(&mut tablet, case, PackagePurpose::Export);
    let made = seal(&mut tablet);
    let package = read(&made.bytes);
    assert_eq!(package.documents.len(), 1, "the document with an answer marked X stays out");
    let left: Vec<_> = package.left_out.iter().map(|left| (left.why, left.mark.as_deref())).collect();
    assert!(left.contains(&(LeftOutWhy::Sensitive, Some("X"))), "{left:?}");
    assert!(left.iter().any(|(why, _)| *why == LeftOutWhy::Draft), "{left:?}");
    assert!(package.deliberate.is_empty() && package.drafts.is_empty() && package.terms.is_none());
    assert_eq!(package.forms.len(), 1);
    assert!(made.name.starts_with("SAL-paket-20") && made.name.ends_with(".asesmen-package.json"), "{}", made.name);
    assert!(!String::from_utf8(made.bytes).expect("text").contains("Tinggal bersama bibi"));
}

#[test]
fn with_a_reason_it_goes_along_and_the_reason_with_it() {
    let Story { mut tablet, case } = story();
    choose(&mut tablet, case, PackagePurpose::Export);
    choose_all(&mut tablet);
    does(&mut tablet, PackageEvent::Typed(PackingField::Reason, "  ".to_owned()));
    does(&mut tablet, PackageEvent::PreviewAsked);
    let packing = tablet.model.packages.packing.as_ref().expect("a package");
    assert_eq!(packing.refusal, Some(PackingRefusal::ReasonMissing));
    does(&mut tablet, PackageEvent::Typed(PackingField::Reason, "Diminta dokter".to_owned()));
    let package = read(&seal(&mut tablet).bytes);
    assert_eq!(package.documents.len(), 2);
    assert_eq!((package.deliberate[0].mark.as_str(), package.deliberate[0].reason.as_str()), ("X", "Diminta dokter"));
    assert!(package.left_out.iter().all(|left| left.why == LeftOutWhy::Draft));
}

#[test]
fn what_is_specific_stays_out_as_well_where_that_is_asked() {
    let Story { mut tablet, case } = story();
    choose(&mut tablet, case, PackagePurpose::Export);
    does(&mut tablet, PackageEvent::SpecificLeftOut(true));
    let pieces = tablet.model.packages.packing.clone().expect("a package");
    let free: Vec<_> = pieces.pieces.iter().filter(|piece| pieces.is_chosen(piece)).collect();
    assert!(free.iter().all(|piece| piece.mark.code() != Some("S")), "{free:?}");
}

#[test]
fn nobody_and_nothing_make_no_package() {
    let Story { mut tablet, case } = story();
    tablet.act(Event::ScreenRequested(Screen::Pack(case)));
    let refusal = |tablet: &mut Tablet| {
        does(tablet, PackageEvent::PreviewAsked);
        tablet.model.packages.packing.as_ref().expect("a package").refusal
    };
    assert_eq!(refusal(&mut tablet), Some(PackingRefusal::ReceiverMissing));
    choose(&mut tablet, case, PackagePurpose::Handover);
    does(&mut tablet, PackageEvent::Typed(PackingField::Introduced, "31 Februari".to_owned()));
    assert_eq!(refusal(&mut tablet), Some(PackingRefusal::NotADay));
    let pieces = tablet.model.packages.packing.clone().expect("a package").pieces;
    for piece in pieces {
        does(&mut tablet, PackageEvent::Chosen(piece.head.id, false));
    }
    assert_eq!(refusal(&mut tablet), Some(PackingRefusal::Empty));
    assert!(tablet.downloads.is_empty());
}

#[test]
fn an_exported_case_comes_in_whole_and_can_be_corrected() {
    let Story { mut tablet, case } = story();
    let bytes = exported(&mut tablet, case);
    let mut there = other(5);
    let plan = take_in(&mut there, &bytes);
    assert!(plan.known.is_none() && plan.namesakes.is_empty());
    assert!(plan.documents.iter().all(|document| matches!(document.fate, Fate::New)));
    assert_eq!(there.storage.cases, tablet.storage.cases);
    assert_eq!(there.storage.seals, tablet.storage.seals, "byte for byte");
    for (id, head) in &there.storage.heads {
        assert_eq!(Some(head), tablet.storage.heads.get(id), "facts included");
    }
    let id = *there.storage.heads.keys().last().expect("a document");
    there.act(Event::ScreenRequested(Screen::Sealed(id)));
    there.act(Event::CorrectionAsked);
    let draft = there.filling().document.id;
    assert_ne!(draft, id);
    assert_eq!(there.kept(draft, "summary").as_deref(), Some("Tinggal bersama bibi."));
}

#[test]
fn what_was_sealed_elsewhere_is_sent_from_here_as_well() {
    let Story { mut tablet, case } = story();
    let bytes = exported(&mut tablet, case);
    let mut there = other(5);
    let url = "https://portal.example".to_owned();
    let receiver = Receiver { name: "Portal".to_owned(), organisation: "Dinas".to_owned(), jwk: key(9).jwk };
    let (confirmed, how) = (at("2026-11-22T10:32:05.123+07:00"), Confirmation::Fingerprint);
    let endpoint = Endpoint { url: url.clone(), receiver, how, confirmed, paused: true };
    let stored = Stored { endpoints: vec![Ok(endpoint)], ..Stored::default() };
    there.act(Event::Outbox(OutboxEvent::Read(Ok(Box::new(stored)))));
    take_in(&mut there, &bytes);
    let sealed = there.model.documents.iter().filter(|document| document.seal.is_some()).count();
    assert!(sealed > 0);
    assert_eq!(there.model.outbox.line(&url).expect("the endpoint").pending.len(), sealed);
}

#[test]
fn what_is_here_is_skipped_and_what_differs_is_refused() {
    let Story { mut tablet, case } = story();
    let bytes = exported(&mut tablet, case);
    let mut there = other(5);
    take_in(&mut there, &bytes);
    let again = plan(&mut there, &bytes);
    assert!(again.documents.iter().all(|document| matches!(document.fate, Fate::Here)) && !again.brings_something());
    let seal = *there.storage.seals.keys().next().expect("a seal");
    there.storage.seals.insert(seal, b"{}".to_vec());
    let differs = plan(&mut there, &bytes);
    assert!(differs.documents.iter().any(|own| own.seal_id == seal && matches!(own.fate, Fate::OtherBytes)));
    assert!(!differs.brings_something());
    assert_eq!(there.storage.seals[&seal], b"{}");
}

#[test]
fn the_same_person_under_another_case_is_told() {
    let Story { mut tablet, case } = story();
    tablet.storage.cases.get_mut(&case).expect("the case").register_number = Some("014/2026".to_owned());
    tablet.model.cases.get_mut(case).expect("the case").register_number = Some("014/2026".to_owned());
    let bytes = exported(&mut tablet, case);
    let mut there = other(5);
    there.open_case("Seorang lain");
    let own = *there.storage.cases.keys().next().expect("a case");
    assert!(plan(&mut there, &bytes).namesakes.is_empty());
    there.model.cases.get_mut(own).expect("the case").register_number = Some("014/2026".to_owned());
    assert_eq!(plan(&mut there, &bytes).namesakes, [own]);
}

/// The package of the tablet with the first key with something changed in it, sealed anew.
fn forged(bytes: &[u8], change: impl FnOnce(&mut serde_json::Value)) -> Vec<u8> {
    forged_by(&key(3), bytes, change)
}

/// A package with something changed in it, sealed anew with a key.
fn forged_by(key: &Key, bytes: &[u8], change: impl FnOnce(&mut serde_json::Value)) -> Vec<u8> {
    let mut document = loose(parse(bytes).expect("JSON").get("document").expect("a document"));
    change(&mut document["package"]);
    let document = crate::seal::sealed::tree(&document);
    let input = SigningInput::new(&document, key.jwk.kid());
    let signature = key.sign(&input.bytes());
    assemble(&document, &[(input, signature)])
}

#[test]
fn a_document_whose_seal_does_not_hold_stays_out_and_the_others_come_in() {
    let Story { mut tablet, case } = story();
    let bytes = exported(&mut tablet, case);
    let broken = forged(&bytes, |package| {
        let file = &mut package["documents"][0]["file"];
        file["document"]["author"]["name"] = "Orang lain".into();
        let digest = asesmen::seal::digest(&canonical(&crate::seal::sealed::tree(file)));
        package["documents"][0]["digest"] = digest.into();
    });
    let mut there = other(5);
    let plan = take_in(&mut there, &broken);
    assert!(matches!(plan.documents[0].fate, Fate::Broken(_)) && matches!(plan.documents[1].fate, Fate::New));
    assert_eq!(there.storage.seals.len(), 1);
}

#[test]
fn a_broken_package_brings_nothing() {
    let Story { mut tablet, case } = story();
    let bytes = exported(&mut tablet, case);
    let mut there = other(5);
    let changed = String::from_utf8(bytes.clone()).expect("text").replace("Petugas baru", "Petugas lama");
    assert!(matches!(refused(&mut there, changed.as_bytes()), UnpackRefusal::Broken(_)));
    assert!(matches!(refused(&mut there, &bytes[..bytes.len() / 2]), UnpackRefusal::Unreadable(_)));
    let sealed = tablet.storage.seals.values().next().expect("a file").clone();
    assert!(matches!(refused(&mut there, &sealed), UnpackRefusal::NoPackage));
    let other_digest = forged(&bytes, |package| package["documents"][0]["digest"] = "sha-256:00".into());
    assert!(matches!(refused(&mut there, &other_digest), UnpackRefusal::Package(_)));
    let no_case = forged(&bytes, |package| package["case"]["birth"] = 7.into());
    assert!(matches!(refused(&mut there, &no_case), UnpackRefusal::Record));
    assert!(there.storage.cases.is_empty() && there.storage.seals.is_empty());
}

#[test]
fn a_case_handed_over_goes_on_there_and_rests_here() {
    let Story { mut tablet, case } = story();
    let draft = *tablet.storage.heads.iter().find(|(_, head)| head.is_draft()).expect("a draft").0;
    let bytes = handed_over(&mut tablet, case);
    // Here it rests.
    let note = passage::given(&tablet.model, case).expect("handed over");
    assert_eq!(note.who, ["Bima Prasetya", "Balai Contoh"]);
    let length = tablet.journal(draft).len();
    tablet.act(Event::ScreenRequested(Screen::Section(draft, 0)));
    assert_eq!(tablet.model.screen, Screen::Review(draft));
    let node = tablet.node("purpose", &[]);
    tablet.act(Event::Edited(node, asesmen::form::Edit::Typed("Lain".to_owned())));
    tablet.act(Event::FlushDue);
    assert_eq!(tablet.journal(draft).len(), length, "nothing is written in a case that is elsewhere");
    // There it goes on.
    let mut there = other(5);
    let taken = take_in(&mut there, &bytes);
    assert_eq!(taken.drafts[0].fate, DraftFate::New);
    assert_eq!(there.kept(draft, "purpose").as_deref(), Some("Melihat hasil"));
    there.act(Event::ScreenRequested(Screen::Section(draft, 0)));
    let node = there.node("purpose", &[]);
    there.act(Event::Edited(node, asesmen::form::Edit::Typed("Melihat hasil dua bulan".to_owned())));
    there.act(Event::FlushDue);
    assert_eq!(there.kept(draft, "purpose").as_deref(), Some("Melihat hasil dua bulan"));
    assert_eq!(there.journal(draft).len(), length + 1);
    // Back here, with more.
    let back = handed_over(&mut there, case);
    let returned = take_in(&mut tablet, &back);
    assert_eq!(returned.drafts[0].fate, DraftFate::Longer(1));
    assert!(passage::given(&tablet.model, case).is_none() && passage::given(&there.model, case).is_some());
    assert_eq!(tablet.kept(draft, "purpose").as_deref(), Some("Melihat hasil dua bulan"));
    // One's own package brings nothing back.
    assert!(!plan(&mut there, &back).brings_something());
}

#[test]
fn the_head_of_a_draft_that_is_here_is_not_for_the_sender_to_say() {
    let Story { mut tablet, case } = story();
    let draft = *tablet.storage.heads.iter().find(|(_, head)| head.is_draft()).expect("a draft").0;
    let own = tablet.storage.heads[&draft].clone();
    let bytes = handed_over(&mut tablet, case);
    let mut there = other(5);
    take_in(&mut there, &bytes);
    there.act(Event::ScreenRequested(Screen::Section(draft, 0)));
    let node = there.node("purpose", &[]);
    there.act(Event::Edited(node, asesmen::form::Edit::Typed("Lebih lanjut".to_owned())));
    there.act(Event::FlushDue);
    let back = handed_over(&mut there, case);
    let corrects = forged_by(&there.key, &back, |package| {
        package["drafts"][0]["head"]["revision"] = 7.into();
        package["drafts"][0]["head"]["replaces"] = "01a1ee56-7d40-707d-96ee-a1010000407e".into();
    });
    let taken = take_in(&mut tablet, &corrects);
    assert_eq!(taken.drafts[0].fate, DraftFate::Longer(1));
    let head = &tablet.storage.heads[&draft];
    assert_eq!((head.revision, head.replaces, head.begun), (own.revision, own.replaces, own.begun));
    assert_eq!(tablet.kept(draft, "purpose").as_deref(), Some("Lebih lanjut"));
}

#[test]
fn a_case_is_taken_back_with_a_reason() {
    let Story { mut tablet, case } = story();
    handed_over(&mut tablet, case);
    does(&mut tablet, PackageEvent::TakingBackAsked(case));
    assert!(tablet.model.packages.taking_back.is_refused);
    assert!(passage::given(&tablet.model, case).is_some());
    does(&mut tablet, PackageEvent::TakingBackTyped("Petugas baru sakit".to_owned()));
    does(&mut tablet, PackageEvent::TakingBackAsked(case));
    assert!(passage::given(&tablet.model, case).is_none());
    let last = passage::last(&tablet.model, case).expect("a note");
    assert_eq!(last.reason.as_deref(), Some("Petugas baru sakit"));
    let stored = last.to_json().to_string();
    assert_eq!(asesmen::app::Passage::from_json(&parse(stored.as_bytes()).expect("JSON")).as_ref(), Some(last));
}

/// A draft sealed on the other tablet closes the one here, if nobody wrote in it meanwhile; else both stay.
#[test]
fn a_draft_sealed_there_closes_the_one_here() {
    for writes in [false, true] {
        let Story { mut tablet, case } = story();
        let draft = *tablet.storage.heads.iter().find(|(_, head)| head.is_draft()).expect("a draft").0;
        let bytes = handed_over(&mut tablet, case);
        let mut there = Story { tablet: other(5), case };
        take_in(&mut there.tablet, &bytes);
        there.tablet.act(Event::ScreenRequested(Screen::Section(draft, 0)));
        there.complete();
        there.tablet.act(Event::ScreenRequested(Screen::Review(draft)));
        there.tablet.act(Event::SealAsked);
        assert_eq!(there.tablet.model.screen, Screen::Sealed(draft));
        if writes {
            does(&mut tablet, PackageEvent::TakingBackTyped("Masih di sini".to_owned()));
            does(&mut tablet, PackageEvent::TakingBackAsked(case));
            tablet.act(Event::ScreenRequested(Screen::Section(draft, 0)));
            let node = tablet.node("purpose", &[]);
            tablet.act(Event::Edited(node, asesmen::form::Edit::Typed("Dari sini".to_owned())));
            tablet.act(Event::FlushDue);
        }
        let back = handed_over(&mut there.tablet, case);
        take_in(&mut tablet, &back);
        assert_eq!(tablet.storage.seals.len(), 3);
        let head = &tablet.model.documents.get(draft).expect("the draft");
        assert_eq!(head.is_draft(), writes);
        if writes {
            assert_eq!(tablet.kept(draft, "purpose").as_deref(), Some("Dari sini"));
        } else {
            // A correction of it begins with what was sealed.
            tablet.act(Event::ScreenRequested(Screen::Sealed(draft)));
            tablet.act(Event::CorrectionAsked);
            assert_eq!(tablet.shown("purpose").as_deref(), Some("Melihat hasil"));
        }
    }
}

#[test]
fn each_of_two_drafts_keeps_what_the_other_has_not() {
    let Story { mut tablet, case } = story();
    let draft = *tablet.storage.heads.iter().find(|(_, head)| head.is_draft()).expect("a draft").0;
    let bytes = handed_over(&mut tablet, case);
    let mut there = other(5);
    take_in(&mut there, &bytes);
    for (tablet, words) in [(&mut tablet, "Dari sini"), (&mut there, "Dari sana")] {
        does(tablet, PackageEvent::TakingBackTyped("Masih di sini".to_owned()));
        does(tablet, PackageEvent::TakingBackAsked(case));
        tablet.act(Event::ScreenRequested(Screen::Section(draft, 0)));
        let node = tablet.node("purpose", &[]);
        tablet.act(Event::Edited(node, asesmen::form::Edit::Typed(words.to_owned())));
        tablet.act(Event::FlushDue);
    }
    let back = handed_over(&mut there, case);
    let plan = take_in(&mut tablet, &back);
    assert_eq!(plan.drafts[0].fate, DraftFate::Apart);
    assert_eq!(tablet.kept(draft, "purpose").as_deref(), Some("Dari sini"));
}

/// Cases, sealed files by their seals, and drafts with the length of their journals.
type Content = (BTreeSet<CaseId>, BTreeMap<SealId, Vec<u8>>, BTreeMap<DocumentId, usize>);

/// What a tablet holds, whatever lies where.
fn content(tablet: &Tablet) -> Content {
    let drafts = tablet.storage.heads.values().filter(|head| head.is_draft());
    let drafts = drafts.map(|head| (head.id, tablet.journal(head.id).len()));
    (tablet.storage.cases.keys().copied().collect(), tablet.storage.seals.clone(), drafts.collect())
}

/// Packages of one case at different times and from two tablets: parts of it, drafts as they grow, the draft sealed.
fn packages() -> Vec<Vec<u8>> {
    let mut story = story();
    let case = story.case;
    let mut made = vec![exported(&mut story.tablet, case)];
    choose(&mut story.tablet, case, PackagePurpose::Export);
    made.push(seal(&mut story.tablet).bytes);
    made.push(handed_over(&mut story.tablet, case));
    let mut there = Story { tablet: other(5), case };
    take_in(&mut there.tablet, &made[2]);
    let draft = *there.tablet.storage.heads.iter().find(|(_, head)| head.is_draft()).expect("a draft").0;
    there.begin("evaluasi", &[("purpose", "Melihat hasil dua bulan")]);
    made.push(handed_over(&mut there.tablet, case));
    does(&mut there.tablet, PackageEvent::TakingBackTyped("Lanjut".to_owned()));
    does(&mut there.tablet, PackageEvent::TakingBackAsked(case));
    there.tablet.act(Event::ScreenRequested(Screen::Section(draft, 0)));
    there.complete();
    there.tablet.act(Event::ScreenRequested(Screen::Review(draft)));
    there.tablet.act(Event::SealAsked);
    assert_eq!(
        there.tablet.model.screen,
        Screen::Sealed(draft),
        "{:?} {:?}",
        there.tablet.model.sealing,
        there.tablet.model.notice
    );
    there.seal("gad-7", &[]);
    made.push(handed_over(&mut there.tablet, case));
    made
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, ..ProptestConfig::default() })]

    /// Any order, some of them twice, comes to the same, and nothing that was in one of them is missing.
    #[test]
    fn the_order_of_packages_does_not_matter(order in proptest::collection::vec(0..5_usize, 0..4)) {
        thread_local! {
            static MADE: Vec<Vec<u8>> = packages();
        }
        let made = MADE.with(Clone::clone);
        let mut straight = other(7);
        made.iter().for_each(|bytes| drop(take_in(&mut straight, bytes)));
        let mut mixed = other(8);
        // The rest follows backwards, so that each package comes once at least.
        for at in order.into_iter().chain((0..5).rev()) {
            take_in(&mut mixed, &made[at]);
        }
        prop_assert_eq!(content(&straight), content(&mixed));
        let named = made.iter().flat_map(|bytes| read(bytes).documents);
        for document in named {
            prop_assert_eq!(straight.storage.seals.get(&document.seal_id), Some(&document.bytes()));
        }
        let heads = |tablet: &Tablet| tablet.storage.heads.values().map(|head| head.to_json().to_string()).collect::<Vec<_>>();
        let facts = |tablet: &Tablet| {
            let sealed = tablet.storage.heads.values().filter(|head| !head.is_draft());
            sealed.map(|head| Value::from(head.facts.clone()).to_string()).collect::<BTreeSet<_>>()
        };
        prop_assert_eq!(heads(&straight).len(), heads(&mixed).len());
        prop_assert_eq!(facts(&straight), facts(&mixed));
    }
}

#[test]
fn a_passphrase_brings_back_a_package_that_waited_for_the_key() {
    let Story { mut tablet, case } = story();
    choose(&mut tablet, case, PackagePurpose::Export);
    does(&mut tablet, PackageEvent::PreviewAsked);
    tablet.send(Event::Package(PackageEvent::SealAsked));
    does(&mut tablet, PackageEvent::Signed(Err(KeyProblem::Locked)));
    assert!(matches!(step(&tablet), PackingStep::KeyFailed(_, KeyProblem::Locked)) && tablet.downloads.is_empty());
    tablet.act(Event::Keys(KeysEvent::PassphraseGiven("empat kata yang panjang".to_owned())));
    assert!(matches!(step(&tablet), PackingStep::Preview(_)), "as it was before: {:?}", step(&tablet));
    does(&mut tablet, PackageEvent::SealAsked);
    assert!(matches!(step(&tablet), PackingStep::Done(_)));
}

#[test]
fn what_cannot_be_encrypted_to_its_receiver_is_not_given_out() {
    let Story { mut tablet, case } = story();
    choose(&mut tablet, case, PackagePurpose::Export);
    let file = asesmen::seal::EncryptionKey::of(key(9).jwk, "Bima Prasetya", "Balai Contoh").to_json().to_string();
    does(&mut tablet, PackageEvent::KeyGiven(Ok(file.into_bytes())));
    does(&mut tablet, PackageEvent::PreviewAsked);
    does(&mut tablet, PackageEvent::SealAsked);
    assert!(matches!(step(&tablet), PackingStep::NotEncrypted(..)) && tablet.downloads.is_empty());
    does(&mut tablet, PackageEvent::ChoosingAsked);
    assert!(matches!(step(&tablet), PackingStep::Choosing), "another key can be chosen");
}
