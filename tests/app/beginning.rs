//! Start-up, and beginning documents.

use super::tablet::{Tablet, URL, instrument};
use asesmen::app::{
    Effect, Event, InstrumentProblem, KeyProblem, Loaded, Notice, Records, Screen, Settings, Startup, StorageProblem,
    Theme, Wish,
};
use asesmen::domain::CaseId;
use asesmen::seal::digest;

fn with_case() -> (Tablet, CaseId) {
    let mut tablet = Tablet::new();
    tablet.open_case("Sekar");
    let case = *tablet.storage.cases.keys().next().expect("a case");
    (tablet, case)
}

fn loaded() -> Loaded {
    Loaded {
        settings: Settings { theme: Theme::Dark, ..Settings::default() },
        worker: None,
        key: Err(KeyProblem::Missing),
        cases: Vec::new(),
        documents: Vec::new(),
        forms: Vec::new(),
        passages: Vec::new(),
    }
}

#[test]
fn start_up_reads_storage_and_fails_by_name() {
    let mut tablet = Tablet::closed(Screen::Home);
    assert!(matches!(tablet.send(Event::Connected)[..], [Effect::Start]));
    assert_eq!(tablet.model.startup, Startup::Loading);
    tablet.act(Event::StartFailed(StorageProblem::NewerVersion));
    assert_eq!(tablet.model.startup, Startup::Failed(StorageProblem::NewerVersion));
    tablet.act(Event::Loaded(Box::new(loaded())));
    assert_eq!((&tablet.model.startup, tablet.model.settings.theme), (&Startup::Ready, Theme::Dark));
}

#[test]
fn records_that_cannot_be_read_are_kept_apart_and_hide_no_others() {
    let (source, case) = with_case();
    let mut tablet = Tablet::closed(Screen::Case(case));
    let broken = |name: &str| StorageProblem::Unreadable(name.to_owned());
    let cases = vec![Err(broken("cases/7")), Ok(source.storage.cases[&case].clone())];
    let documents = vec![Err(broken("documents/9"))];
    let effects = tablet.send(Event::Loaded(Box::new(Loaded { cases, documents, ..loaded() })));
    assert_eq!(tablet.model.unreadable, [broken("cases/7"), broken("documents/9")]);
    assert!(tablet.model.cases.contains(case));
    assert!(matches!(&effects[..], [Effect::Records(Records::ReadDrafts(drafts)), ..] if drafts.is_empty()));
}

#[test]
fn a_document_is_created_with_the_exact_form_it_answers() {
    let (mut tablet, case) = with_case();
    tablet.act(Event::InstrumentChosen(case, URL.to_owned()));
    let head = tablet.storage.heads.values().next().expect("a draft").clone();
    assert_eq!((head.case, head.revision, head.replaces, head.seal), (case, 1, None, None));
    assert_eq!(head.instrument.canonical, format!("{URL}|1.0.0"));
    assert_eq!(head.instrument.digest, digest(&instrument()));
    assert_eq!(tablet.storage.forms[&head.instrument.digest], instrument());
    assert_eq!(tablet.model.screen, Screen::Section(head.id, 0));
    assert_eq!(tablet.filling().document, head);
}

#[test]
fn an_instrument_whose_draft_is_open_is_not_begun_again() {
    let (mut tablet, case) = with_case();
    tablet.act(Event::InstrumentChosen(case, URL.to_owned()));
    let draft = tablet.model.screen;
    tablet.act(Event::ScreenRequested(Screen::Case(case)));
    tablet.act(Event::InstrumentChosen(case, URL.to_owned()));
    assert_eq!((tablet.storage.heads.len(), tablet.model.screen), (1, draft));
}

#[test]
fn choosing_twice_fetches_once() {
    let (mut tablet, case) = with_case();
    assert!(matches!(tablet.send(Event::InstrumentChosen(case, URL.to_owned()))[..], [Effect::FetchInstrument { .. }]));
    assert!(tablet.send(Event::InstrumentChosen(case, URL.to_owned())).is_empty());
    assert!(tablet.send(Event::InstrumentChosen(case, "https://example.org/else".to_owned())).is_empty());
}

#[test]
fn a_form_that_cannot_be_used_is_named_and_can_be_tried_again() {
    let other = String::from_utf8(instrument()).expect("text").replace("1.0.0", "2.0.0").into_bytes();
    let not_fetched = InstrumentProblem::NotFetched("uji.json".to_owned());
    let outcomes = [Err(not_fetched.clone()), Ok(other), Ok(b"{}".to_vec())];
    for outcome in outcomes {
        let (mut tablet, case) = with_case();
        tablet.send(Event::InstrumentChosen(case, URL.to_owned()));
        tablet.act(Event::InstrumentFetched {
            wish: Wish::Begin(case),
            file: "uji.json".to_owned(),
            outcome: outcome.clone(),
        });
        let Some(Notice::FormUnusable(None, problem)) = &tablet.model.notice else { unreachable!("{outcome:?}") };
        match outcome {
            Err(_) => assert_eq!(*problem, not_fetched),
            Ok(bytes) if bytes.len() > 2 => assert!(matches!(problem, InstrumentProblem::OtherVersion { .. })),
            Ok(_) => assert!(matches!(problem, InstrumentProblem::Refused(_))),
        }
        assert!(tablet.storage.heads.is_empty());
        tablet.act(Event::InstrumentChosen(case, URL.to_owned()));
        assert_eq!(tablet.storage.heads.len(), 1);
    }
}

#[test]
fn a_document_that_could_not_be_created_is_not_listed() {
    let (mut tablet, case) = with_case();
    tablet.send(Event::InstrumentChosen(case, URL.to_owned()));
    tablet.send(Event::InstrumentFetched {
        wish: Wish::Begin(case),
        file: "uji.json".to_owned(),
        outcome: Ok(instrument()),
    });
    let id = tablet.model.documents.iter().next().expect("on its way").id;
    tablet.act(Event::DocumentCreated(id, Err(StorageProblem::Full)));
    assert_eq!(tablet.model.notice, Some(Notice::NotCreated(StorageProblem::Full)));
    assert!(!tablet.model.documents.contains(id));
    assert_eq!(tablet.model.screen, Screen::Case(case));
}
