//! Moving a draft to another version of its form: offered and shown, chosen, kept whole or not at all, and undone.

use super::tablet::{Tablet, URL, appended, catalogue_of, instrument};
use asesmen::app::{
    Effect, Event, InstrumentProblem, JournalEntry, Moved, MovingStep, Notice, Records, SaveState, Screen,
    StorageProblem, Way, view,
};
use asesmen::domain::{Document, DocumentId};
use asesmen::form::{Answer, Attachment, Difference, Edit, Operation, Place, Unfit};
use asesmen::json::parse;
use asesmen::seal::digest;
use serde_json::{Value, json};

const NEWER: &str = "2.0.0";

/// The form with a question less, one more, and one that asks for another type.
fn newer_instrument() -> Vec<u8> {
    let mut form: Value = serde_json::from_slice(&instrument()).expect("JSON");
    form["version"] = json!(NEWER);
    let questions = form["item"][0]["item"].as_array_mut().expect("a list");
    questions.retain(|question| question["linkId"] != "note");
    questions.push(json!({"linkId": "phone", "type": "string"}));
    form["item"][1]["item"][2]["item"][0]["type"] = json!("integer");
    form.to_string().into_bytes()
}

/// The app comes with a newer version of the form from now on.
fn update_app(tablet: &mut Tablet) {
    tablet.built_in = (catalogue_of(NEWER), newer_instrument());
    tablet.act(Event::CatalogueFetched(Ok(tablet.built_in.0.clone())));
}

/// A draft with answers to everything that differs, and the newer form.
fn filled() -> (Tablet, DocumentId) {
    let (mut tablet, id) = Tablet::with_draft();
    for (link_id, words) in [("name", "Sekar"), ("note", "catatan lama")] {
        tablet.type_into(link_id, words);
    }
    let dose = tablet.node("dose", &[0]);
    tablet.send(Event::Edited(dose, Edit::Typed("dua tablet".to_owned())));
    tablet.act(Event::FlushDue);
    update_app(&mut tablet);
    (tablet, id)
}

/// The same, looking at what would change.
fn looking() -> (Tablet, DocumentId) {
    let (mut tablet, id) = filled();
    tablet.act(Event::ScreenRequested(Screen::Version(id, Way::Newer)));
    assert_eq!(step(&tablet), Some(&MovingStep::Shown));
    (tablet, id)
}

fn moved() -> (Tablet, DocumentId) {
    let (mut tablet, id) = looking();
    tablet.act(Event::MoveAsked);
    assert_eq!(tablet.filling().document.instrument.version(), NEWER);
    (tablet, id)
}

fn step(tablet: &Tablet) -> Option<&MovingStep> {
    tablet.model.moving.as_ref().map(|moving| &moving.step)
}

fn differences(tablet: &Tablet) -> Vec<Difference> {
    let prospect = tablet.model.moving.as_ref().and_then(|moving| moving.prospect.as_ref());
    prospect.expect("compared").comparison.differences.clone()
}

/// The linkIds and reasons of what would leave.
fn leaving(tablet: &Tablet) -> Vec<(String, Unfit)> {
    let response = &tablet.filling().response;
    let leaves = |difference: Difference| match difference {
        Difference::Leaves(left) => Some((response.place(left.node).to_string(), left.why)),
        _ => None,
    };
    differences(tablet).into_iter().filter_map(leaves).collect()
}

fn told(back: Screen, from: &str, to: &str) -> Notice {
    Notice::Moved { back, from: from.to_owned(), to: to.to_owned() }
}

fn dose(tablet: &Tablet) -> Option<Answer> {
    let node = tablet.node("dose", &[0]);
    tablet.filling().response.node(node).content.answers.first().cloned()
}

/// Another window on the same tablet, with the same document open.
fn window(tablet: &Tablet) -> Tablet {
    let mut other = Tablet::closed(Screen::Home);
    other.model = tablet.model.clone();
    other.built_in = tablet.built_in.clone();
    other
}

fn give_storage(from: &mut Tablet, to: &mut Tablet) {
    to.storage = std::mem::take(&mut from.storage);
}

/// The tablet as it is found after a crash.
fn reopened(mut tablet: Tablet, id: DocumentId) -> Tablet {
    let mut again = Tablet::closed(Screen::Section(id, 0));
    again.model.worker = Some(super::tablet::worker());
    again.built_in = tablet.built_in.clone();
    give_storage(&mut tablet, &mut again);
    again.act(Event::Connected);
    again
}

#[test]
fn a_newer_version_is_offered_and_the_draft_goes_on_as_it_is() {
    let (mut tablet, id) = Tablet::with_draft();
    let offered = |tablet: &Tablet| {
        let case = tablet.storage.heads[&id].case;
        let offer = view::tasks(&tablet.model, case)[0].newer.clone();
        offer.map(|(head, entry)| (head.instrument.version().to_owned(), entry.version))
    };
    assert_eq!(offered(&tablet), None);
    update_app(&mut tablet);
    assert_eq!(offered(&tablet), Some(("1.0.0".to_owned(), NEWER.to_owned())));
    tablet.type_into("note", "masih versi lama");
    tablet.act(Event::FlushDue);
    assert_eq!(tablet.kept(id, "note").as_deref(), Some("masih versi lama"));
    let case = tablet.storage.heads[&id].case;
    tablet.act(Event::InstrumentChosen(case, URL.to_owned()));
    assert_eq!(tablet.filling().document.instrument.version(), "1.0.0");
}

#[test]
fn a_sealed_document_is_never_offered_another_version() {
    let (mut tablet, id) = super::sealing::ready();
    tablet.act(Event::SealAsked);
    update_app(&mut tablet);
    let head = tablet.storage.heads[&id].clone();
    assert!(!head.is_draft() && view::newer(&tablet.model, &head).is_none());
    tablet.act(Event::ScreenRequested(Screen::Version(id, Way::Newer)));
    assert_eq!((tablet.model.screen, step(&tablet)), (Screen::Sealed(id), None));
}

#[test]
fn a_form_from_outside_is_known_by_its_digest_also_where_its_version_stays() {
    let outside = |text: &str| {
        json!({"resourceType": "Questionnaire", "url": "https://example.org/Questionnaire/survei", "version": "1",
            "item": [{"linkId": "a", "type": "string", "text": text}]})
        .to_string()
        .into_bytes()
    };
    let mut tablet = Tablet::new();
    tablet.open_case("Sekar");
    let case = *tablet.storage.cases.keys().next().expect("a case");
    let give = |tablet: &mut Tablet, text| tablet.act(Event::FormGiven("survei.json".to_owned(), Ok(outside(text))));
    give(&mut tablet, "Satu");
    tablet.act(Event::InstrumentChosen(case, "https://example.org/Questionnaire/survei".to_owned()));
    let id = tablet.filling().document.id;
    tablet.type_into("a", "jawaban");
    give(&mut tablet, "Satu");
    assert!(view::newer(&tablet.model, &tablet.filling().document).is_none(), "the same bytes are the same form");
    give(&mut tablet, "Dua");
    let newer = view::newer(&tablet.model, &tablet.filling().document).expect("offered").clone();
    assert_eq!((newer.version.as_str(), newer.file), ("1", digest(&outside("Dua"))));
    tablet.act(Event::ScreenRequested(Screen::Version(id, Way::Newer)));
    assert!(matches!(differences(&tablet)[..], [Difference::Stays { .. }]));
    tablet.act(Event::MoveAsked);
    assert_eq!(tablet.filling().document.instrument.digest, digest(&outside("Dua")));
    assert_eq!(tablet.kept(id, "a").as_deref(), Some("jawaban"));
    // Put away, the form is not offered any more, and the version before still is.
    tablet.act(Event::FormDropped("https://example.org/Questionnaire/survei".to_owned()));
    let head = tablet.filling().document.clone();
    assert!(view::newer(&tablet.model, &head).is_none());
    assert_eq!(view::earlier(&tablet.model, &head).map(|pin| pin.digest.clone()), Some(digest(&outside("Satu"))));
}

#[test]
fn looking_changes_nothing() {
    let (mut tablet, id) = filled();
    let (operations, head) = (tablet.storage.operations[&id].clone(), tablet.storage.heads[&id].clone());
    tablet.act(Event::ScreenRequested(Screen::Section(id, 1)));
    tablet.act(Event::ScreenRequested(Screen::Version(id, Way::Newer)));
    let dose = ("dose[0]".to_owned(), Unfit::Type);
    assert_eq!(leaving(&tablet), [("note".to_owned(), Unfit::Gone), dose]);
    assert_eq!(tablet.model.moving.as_ref().map(|moving| moving.back), Some(Screen::Section(id, 1)));
    tablet.act(Event::ScreenRequested(Screen::Section(id, 1)));
    assert!(tablet.model.moving.is_none());
    assert_eq!((&tablet.storage.operations[&id], &tablet.storage.heads[&id]), (&operations, &head));
    assert_eq!(tablet.shown("note").as_deref(), Some("catatan lama"));
    tablet.act(Event::MoveAsked);
    assert_eq!(tablet.storage.heads[&id], head, "what is not looked at is not moved");
}

#[test]
fn a_move_is_one_more_entry_of_the_journal_and_what_was_there_stays() {
    let (mut tablet, id) = looking();
    let before = tablet.journal(id);
    let old = tablet.storage.heads[&id].clone();
    tablet.act(Event::MoveAsked);
    let after = tablet.journal(id);
    assert_eq!(after[..before.len()], before);
    assert!(matches!(&after[before.len()..], [(_, JournalEntry::Moved(_))]));
    let head = tablet.storage.heads[&id].clone();
    assert_eq!(head.earlier, std::slice::from_ref(&old.instrument));
    assert_eq!((head.instrument.version(), head.instrument.digest.as_str()), (NEWER, &*digest(&newer_instrument())));
    assert_eq!(tablet.storage.forms[&old.instrument.digest], instrument(), "the old form stays too");
    assert_eq!((tablet.model.screen, &tablet.filling().document), (Screen::Section(id, 0), &head));
    assert_eq!(tablet.model.notice, Some(told(Screen::Version(id, Way::Earlier), "1.0.0", NEWER)));
    assert_eq!(tablet.shown("name").as_deref(), Some("Sekar"));
    tablet.type_into("phone", "0812");
    tablet.act(Event::FlushDue);
    let again = reopened(tablet, id);
    assert_eq!(again.shown("name").as_deref(), Some("Sekar"));
    assert_eq!(again.shown("phone").as_deref(), Some("0812"));
    assert_eq!((dose(&again), again.filling().unreadable), (None, 0));
    assert!(view::newer(&again.model, &again.filling().document).is_none());
}

#[test]
fn the_last_answer_is_written_over_the_old_version_first() {
    let (mut tablet, id) = looking();
    let node = tablet.node("note", &[]);
    let effects = tablet.send(Event::Edited(node, Edit::Typed("catatan baru".to_owned())));
    assert!(appended(&effects).is_none());
    let save = tablet.send(Event::MoveAsked);
    let (document, operations) = appended(&save).expect("saved first");
    assert_eq!(step(&tablet), Some(&MovingStep::AwaitingSave));
    let kept = tablet.append(document, operations);
    let store = tablet.send(Event::Appended(id, kept));
    assert_eq!(step(&tablet), Some(&MovingStep::Storing));
    assert!(tablet.send(Event::Edited(node, Edit::Typed("terlambat".to_owned()))).is_empty(), "nothing is taken now");
    tablet.run(store);
    assert_eq!(tablet.filling().document.instrument.version(), NEWER);
    tablet.act(Event::ScreenRequested(Screen::Version(id, Way::Earlier)));
    tablet.act(Event::MoveAsked);
    assert_eq!(tablet.shown("note").as_deref(), Some("catatan baru"));
}

#[test]
fn what_is_answered_while_the_last_answer_is_saved_is_seen_before_it_is_moved() {
    let (mut tablet, id) = looking();
    let node = tablet.node("since", &[]);
    tablet.send(Event::Edited(node, Edit::Typed("kemarin".to_owned())));
    let (document, operations) = appended(&tablet.send(Event::MoveAsked)).expect("saved first");
    assert_eq!(step(&tablet), Some(&MovingStep::AwaitingSave));
    tablet.send(Event::Edited(node, Edit::Cleared));
    assert_eq!(step(&tablet), Some(&MovingStep::Shown));
    let kept = tablet.append(document, operations);
    tablet.act(Event::Appended(id, kept));
    assert!(!tablet.storage.moves.contains_key(&id));
    tablet.act(Event::MoveAsked);
    assert!(tablet.storage.moves.contains_key(&id));
}

#[test]
fn whatever_fails_leaves_the_draft_whole_and_can_be_tried_again() {
    let (mut tablet, id) = filled();
    tablet.send(Event::ScreenRequested(Screen::Version(id, Way::Newer)));
    let problem = InstrumentProblem::NotFetched("uji.json".to_owned());
    let fetched = |outcome| Event::InstrumentFetched {
        wish: asesmen::app::Wish::Compare(id),
        file: "uji.json".to_owned(),
        outcome,
    };
    tablet.act(fetched(Err(problem.clone())));
    assert_eq!(step(&tablet), Some(&MovingStep::Failed(problem)));
    tablet.send(Event::ScreenRequested(Screen::Version(id, Way::Newer)));
    tablet.act(fetched(Ok(instrument())));
    assert!(matches!(step(&tablet), Some(MovingStep::Failed(InstrumentProblem::OtherVersion { .. }))));
    tablet.act(Event::MoveAsked);
    tablet.act(Event::ScreenRequested(Screen::Version(id, Way::Newer)));
    let before = tablet.journal(id);
    for problem in [StorageProblem::Full, StorageProblem::Failed("closed".to_owned())] {
        let effects = tablet.send(Event::MoveAsked);
        assert!(effects.iter().any(|effect| matches!(effect, Effect::Records(Records::MoveDocument { .. }))));
        tablet.act(Event::DocumentMoved(id, Err(problem.clone())));
        assert_eq!(step(&tablet), Some(&MovingStep::NotKept(problem)));
        assert_eq!((tablet.journal(id), tablet.filling().document.earlier.len()), (before.clone(), 0));
    }
    let node = tablet.node("note", &[]);
    tablet.send(Event::Edited(node, Edit::Typed("lagi".to_owned())));
    let effects = tablet.send(Event::MoveAsked);
    assert!(appended(&effects).is_some());
    tablet.act(Event::Appended(id, Err(StorageProblem::Full)));
    assert_eq!(step(&tablet), Some(&MovingStep::NotKept(StorageProblem::Full)));
    tablet.act(Event::MoveAsked);
    assert_eq!(tablet.filling().document.instrument.version(), NEWER);
}

#[test]
fn a_crash_leaves_the_old_draft_or_the_moved_one() {
    let (mut tablet, id) = looking();
    tablet.send(Event::MoveAsked);
    let again = reopened(tablet, id);
    assert_eq!(again.filling().document.instrument.version(), "1.0.0");
    assert_eq!(again.shown("note").as_deref(), Some("catatan lama"));
    let (mut tablet, id) = looking();
    for effect in tablet.send(Event::MoveAsked) {
        // Storage has it; nobody is there any more to hear of it.
        tablet.outcome(effect);
    }
    let again = reopened(tablet, id);
    assert_eq!(again.filling().document.instrument.version(), NEWER);
    assert_eq!(again.shown("name").as_deref(), Some("Sekar"));
}

/// The outcome may be unknown: it was kept, but the answer said it failed.
#[test]
fn a_move_that_was_kept_but_reported_as_failed_is_found() {
    let (mut tablet, id) = looking();
    for effect in tablet.send(Event::MoveAsked) {
        tablet.outcome(effect);
    }
    tablet.act(Event::DocumentMoved(id, Err(StorageProblem::Failed("lost".to_owned()))));
    assert_eq!(tablet.filling().document.earlier.len(), 0);
    tablet.act(Event::MoveAsked);
    assert_eq!(tablet.filling().document.instrument.version(), NEWER);
    assert_eq!(tablet.storage.moves[&id].len(), 1, "moved once");
    assert!(matches!(tablet.model.notice, Some(Notice::MovedElsewhere(_))));
}

#[test]
fn going_back_brings_back_what_left_and_keeps_what_was_answered_since() {
    let (mut tablet, id) = moved();
    tablet.type_into("name", "Sekar Ayu");
    tablet.type_into("phone", "0812");
    tablet.act(Event::FlushDue);
    let journal = tablet.journal(id);
    tablet.act(Event::ScreenRequested(Screen::Version(id, Way::Earlier)));
    assert_eq!(leaving(&tablet), [("phone".to_owned(), Unfit::Gone)]);
    let returning = differences(&tablet).iter().filter(|one| matches!(one, Difference::Returns(_))).count();
    assert_eq!(returning, 2);
    tablet.act(Event::MoveAsked);
    assert_eq!(tablet.filling().document.instrument.version(), "1.0.0");
    let undone = told(Screen::Version(id, Way::Newer), NEWER, "1.0.0");
    assert_eq!(tablet.model.notice, Some(undone), "the way back is the newer version again");
    assert_eq!(tablet.shown("note").as_deref(), Some("catatan lama"));
    assert_eq!(dose(&tablet), Some(Answer::String("dua tablet".to_owned())));
    assert_eq!(tablet.kept(id, "name").as_deref(), Some("Sekar Ayu"));
    assert_eq!(tablet.journal(id)[..journal.len()], journal, "and the journal only grows");
    // The newer version is offered again, and what was answered there comes back too.
    tablet.act(Event::ScreenRequested(Screen::Version(id, Way::Newer)));
    tablet.act(Event::MoveAsked);
    assert_eq!(tablet.kept(id, "phone").as_deref(), Some("0812"));
    assert_eq!(tablet.storage.heads[&id].earlier.len(), 3);
    let again = reopened(tablet, id);
    assert_eq!(again.shown("name").as_deref(), Some("Sekar Ayu"));
}

#[test]
fn answers_that_should_come_back_and_cannot_be_read_are_told() {
    let (mut tablet, id) = moved();
    let effects = tablet.send(Event::ScreenRequested(Screen::Version(id, Way::Earlier)));
    let read = effects.into_iter().filter_map(|effect| tablet.outcome(effect)).collect::<Vec<_>>();
    for event in read {
        tablet.send(event);
    }
    let head = tablet.storage.heads[&id].clone();
    let mut opened = tablet.opened(&head).expect("stored");
    opened.journal[0] = Err(StorageProblem::Unreadable("0".to_owned()));
    tablet.act(Event::DocumentOpened(id, Ok(Box::new(opened))));
    assert!(matches!(step(&tablet), Some(MovingStep::Unreadable(_))));
    tablet.act(Event::MoveAsked);
    assert_eq!(tablet.storage.moves[&id].len(), 1);
}

#[test]
fn a_draft_with_a_part_that_cannot_be_read_is_not_moved() {
    let (mut tablet, id) = filled();
    tablet.act(Event::ScreenRequested(Screen::Home));
    tablet.send(Event::ScreenRequested(Screen::Version(id, Way::Newer)));
    let head = tablet.storage.heads[&id].clone();
    let mut opened = tablet.opened(&head).expect("stored");
    opened.journal[1] = Err(StorageProblem::Unreadable("1".to_owned()));
    tablet.act(Event::DocumentOpened(id, Ok(Box::new(opened))));
    assert_eq!((tablet.model.screen, step(&tablet)), (Screen::Section(id, 0), None));
    assert_eq!(tablet.model.notice, Some(Notice::PartUnreadable(id, 1)));
}

#[test]
fn a_move_that_cannot_be_read_is_not_passed_over() {
    let (mut tablet, id) = moved();
    tablet.act(Event::ScreenRequested(Screen::Home));
    tablet.send(Event::ScreenRequested(Screen::Section(id, 0)));
    let head = tablet.storage.heads[&id].clone();
    let mut opened = tablet.opened(&head).expect("stored");
    *opened.journal.last_mut().expect("the move") = Err(StorageProblem::Unreadable("2".to_owned()));
    tablet.act(Event::DocumentOpened(id, Ok(Box::new(opened))));
    assert!(matches!(&tablet.model.notice, Some(Notice::DocumentUnreadable(of, _)) if *of == id));
    assert!(tablet.model.filling().is_none(), "old answers are not shown in the new form");
}

#[test]
fn two_windows_move_once() {
    let (mut tablet, id) = looking();
    let mut other = window(&tablet);
    tablet.act(Event::MoveAsked);
    give_storage(&mut tablet, &mut other);
    other.act(Event::MoveAsked);
    assert_eq!(other.storage.moves[&id].len(), 1);
    assert_eq!(other.filling().document, other.storage.heads[&id]);
    assert_eq!(other.model.screen, Screen::Version(id, Way::Newer));
    assert!(other.model.moving.is_none(), "there is nothing to move to any more");
    assert!(other.model.strays.is_empty(), "what had left was kept before");
    assert_eq!(other.model.notice, Some(Notice::MovedElsewhere(NEWER.to_owned())));
}

#[test]
fn what_another_window_wrote_is_seen_before_it_is_moved() {
    let (mut tablet, id) = looking();
    let mut other = window(&tablet);
    other.act(Event::ScreenRequested(Screen::Section(id, 0)));
    give_storage(&mut tablet, &mut other);
    other.type_into("note", "dari jendela lain");
    other.act(Event::FlushDue);
    give_storage(&mut other, &mut tablet);
    tablet.act(Event::MoveAsked);
    assert!(!tablet.storage.moves.contains_key(&id));
    assert_eq!((step(&tablet), &tablet.model.notice), (Some(&MovingStep::Shown), &Some(Notice::ChangedElsewhere)));
    assert_eq!(tablet.shown("note").as_deref(), Some("dari jendela lain"));
    tablet.act(Event::MoveAsked);
    assert_eq!(tablet.filling().document.instrument.version(), NEWER);
}

/// A window that still shows the old version of a draft that another window has moved.
fn overtaken() -> (Tablet, DocumentId) {
    let (mut tablet, id) = looking();
    let mut other = window(&tablet);
    other.act(Event::ScreenRequested(Screen::Section(id, 0)));
    tablet.act(Event::MoveAsked);
    tablet.type_into("phone", "0812");
    tablet.act(Event::FlushDue);
    give_storage(&mut tablet, &mut other);
    (other, id)
}

#[test]
fn what_is_written_over_a_version_that_was_left_goes_along_and_what_has_no_place_is_told() {
    let (mut other, id) = overtaken();
    let old = other.storage.operations[&id].len();
    other.type_into("name", "dari sini");
    other.type_into("note", "tanpa tempat");
    other.act(Event::FlushDue);
    assert_eq!(other.filling().document.instrument.version(), NEWER);
    assert_eq!((other.shown("name").as_deref(), other.shown("phone").as_deref()), (Some("dari sini"), Some("0812")));
    assert_eq!(other.kept(id, "name").as_deref(), Some("dari sini"));
    let written = &other.storage.operations[&id][old..];
    let places: Vec<String> = written.iter().map(|stored| stored.operation.place().to_string()).collect();
    assert_eq!(places, ["name"], "nothing of the version that was left is written");
    let strays = &other.model.strays;
    assert_eq!(strays.iter().map(|stray| stray.item().link_id.as_str()).collect::<Vec<_>>(), ["note"]);
    assert_eq!(strays[0].content.answers, [Answer::String("tanpa tempat".to_owned())]);
    assert_eq!(other.model.notice, Some(Notice::MovedElsewhere(NEWER.to_owned())));
    other.act(Event::ScreenRequested(Screen::Home));
    assert_eq!(other.model.strays.len(), 1, "told until it is put away");
    let effects = other.send(Event::StraysDismissed);
    assert!(other.model.strays.is_empty());
    assert!(effects.iter().any(|effect| matches!(effect, Effect::GuardLeaving(false))));
}

#[test]
fn reading_the_version_moved_to_may_fail_and_be_tried_again() {
    let (mut other, id) = overtaken();
    other.type_into("name", "dari sini");
    let mut effects = other.send(Event::FlushDue);
    while !effects.iter().any(|effect| matches!(effect, Effect::Records(Records::OpenDocument(_)))) {
        let effect = effects.into_iter().find(|effect| matches!(effect, Effect::Records(_))).expect("a record effect");
        let outcome = other.outcome(effect).expect("an outcome");
        effects = other.send(outcome);
    }
    let problem = StorageProblem::Failed("closed".to_owned());
    other.act(Event::DocumentOpened(id, Err(problem.clone())));
    assert_eq!(*other.state(), SaveState::Failed(problem));
    other.type_into("name", "dari sini juga");
    assert!(appended(&other.send(Event::FlushDue)).is_none(), "it waits for the version that it is about");
    assert_eq!(other.kept(id, "name").as_deref(), Some("Sekar"), "nothing is written over the version that was left");
    other.act(Event::RetryAsked);
    assert_eq!(other.kept(id, "name").as_deref(), Some("dari sini juga"));
}

#[test]
fn a_window_that_knows_the_old_head_opens_the_moved_draft() {
    let (mut tablet, id) = looking();
    let mut other = window(&tablet);
    other.act(Event::ScreenRequested(Screen::Home));
    tablet.act(Event::MoveAsked);
    give_storage(&mut tablet, &mut other);
    other.act(Event::ScreenRequested(Screen::Section(id, 0)));
    assert_eq!(other.filling().document, other.storage.heads[&id]);
    assert_eq!(other.model.documents.get(id), Some(&other.storage.heads[&id]));
    assert_eq!(other.shown("name").as_deref(), Some("Sekar"));
}

#[test]
fn the_task_list_of_a_window_that_knows_the_old_head_learns_of_the_move() {
    let (mut tablet, id) = looking();
    let mut other = window(&tablet);
    tablet.act(Event::MoveAsked);
    give_storage(&mut tablet, &mut other);
    let case = other.storage.heads[&id].case;
    other.act(Event::ScreenRequested(Screen::Case(case)));
    assert!(view::tasks(&other.model, case)[0].newer.is_none());
    other.act(Event::ScreenRequested(Screen::Section(id, 0)));
    assert_eq!(other.filling().document, other.storage.heads[&id]);
}

/// Answers what has to be answered before sealing.
fn answer_required(tablet: &mut Tablet) {
    let contact = tablet.node("contact", &[]);
    tablet.act(Event::Edited(contact, Edit::Typed("2026-11-20T08:30".to_owned())));
    tablet.act(Event::FlushDue);
}

#[test]
fn sealing_pins_the_version_moved_to() {
    let (mut tablet, id) = moved();
    answer_required(&mut tablet);
    tablet.act(Event::ScreenRequested(Screen::Review(id)));
    tablet.act(Event::SealAsked);
    let sealed = super::sealing::sealed(&tablet);
    assert_eq!(sealed["document"]["instrument"]["digest"], digest(&newer_instrument()));
    let head = &tablet.storage.heads[&id];
    assert_eq!((head.is_draft(), head.earlier.len()), (false, 1));
    assert!(view::earlier(&tablet.model, head).is_none(), "nothing goes back behind a seal");
    let again = reopened(tablet, id);
    assert_eq!((again.model.screen, again.filling().sealed.is_some()), (Screen::Sealed(id), true));
    assert_eq!(again.shown("name").as_deref(), Some("Sekar"));
}

#[test]
fn a_window_that_shows_the_old_version_does_not_seal_it() {
    let (mut other, id) = overtaken();
    other.act(Event::ScreenRequested(Screen::Review(id)));
    other.act(Event::SealAsked);
    assert!(other.storage.seals.is_empty() && other.model.sealing.is_none());
    assert_eq!(other.filling().document.instrument.version(), NEWER);
    other.act(Event::SealAsked);
    assert_eq!(super::sealing::sealed(&other)["document"]["instrument"]["digest"], digest(&newer_instrument()));
}

#[test]
fn a_correction_begun_with_the_old_form_can_be_moved() {
    let (mut tablet, id) = filled();
    answer_required(&mut tablet);
    tablet.act(Event::ScreenRequested(Screen::Review(id)));
    tablet.act(Event::SealAsked);
    let seal = tablet.storage.heads[&id].seal.expect("sealed").id;
    tablet.act(Event::CorrectionAsked);
    let correction = tablet.filling().document.clone();
    assert_eq!(correction.instrument.version(), "1.0.0");
    tablet.act(Event::ScreenRequested(Screen::Version(correction.id, Way::Newer)));
    tablet.act(Event::MoveAsked);
    let head: &Document = &tablet.storage.heads[&correction.id];
    assert_eq!((head.replaces, head.revision, head.instrument.version()), (Some(seal), 2, NEWER));
    assert_eq!(tablet.storage.heads[&id].instrument.version(), "1.0.0", "what was sealed stays");
    tablet.act(Event::ScreenRequested(Screen::Review(correction.id)));
    tablet.act(Event::SealAsked);
    assert_eq!(tablet.storage.seals.len(), 2);
}

#[test]
fn answers_for_a_version_that_was_left_and_sealed_go_into_a_correction() {
    let (mut other, id) = overtaken();
    let mut first = window(&other);
    first.act(Event::ScreenRequested(Screen::Home));
    give_storage(&mut other, &mut first);
    first.act(Event::ScreenRequested(Screen::Section(id, 0)));
    answer_required(&mut first);
    first.act(Event::ScreenRequested(Screen::Review(id)));
    first.act(Event::SealAsked);
    assert_eq!(first.storage.seals.len(), 1);
    give_storage(&mut first, &mut other);
    other.type_into("name", "sesudahnya");
    other.type_into("note", "tanpa tempat");
    other.act(Event::FlushDue);
    let seal = *other.storage.seals.keys().next().expect("a seal");
    let correction = other.storage.heads.values().find(|head| head.replaces == Some(seal)).expect("a correction");
    assert_eq!(correction.instrument.version(), NEWER);
    assert_eq!(other.kept(correction.id, "name").as_deref(), Some("sesudahnya"));
    assert_eq!(other.model.strays.len(), 1, "what has no place is told there too");
}

#[test]
fn a_link_to_a_comparison_waits_for_the_list_of_instruments() {
    let (tablet, id) = filled();
    let mut again = Tablet::closed(Screen::Version(id, Way::Newer));
    again.built_in = tablet.built_in.clone();
    let (mut tablet, list) = (tablet, again.built_in.0.clone());
    give_storage(&mut tablet, &mut again);
    let effects = again.send(Event::Connected);
    again.built_in.0 = asesmen::app::Catalogue::default();
    again.run(effects);
    assert_eq!((step(&again), again.model.filling().is_some()), (None, true));
    again.act(Event::CatalogueFetched(Ok(list)));
    assert_eq!(step(&again), Some(&MovingStep::Shown));
    again.act(Event::LocationChanged(Screen::Version(id, Way::Earlier)));
    assert_eq!(step(&again), None, "there is no earlier version");
}

#[test]
fn a_file_that_comes_late_changes_what_is_shown() {
    let (mut tablet, id) = filled();
    let mut form: Value = serde_json::from_slice(&newer_instrument()).expect("JSON");
    form["item"][0]["item"].as_array_mut().expect("a list").retain(|question| question["linkId"] != "name");
    tablet.built_in.1 = form.to_string().into_bytes();
    tablet.act(Event::ScreenRequested(Screen::Version(id, Way::Newer)));
    let before = leaving(&tablet).len();
    let file = Attachment { content_type: String::new(), title: "x".to_owned(), size: 0, data: String::new() };
    let place = Place { link_id: "since".to_owned(), within: Vec::new() };
    tablet.send(Event::FileAttached(id, place, file));
    assert_eq!(leaving(&tablet).len(), before, "a file is no answer to a question for words");
    let node = tablet.node("since", &[]);
    tablet.send(Event::Edited(node, Edit::Typed("kemarin".to_owned())));
    let unchanged = tablet.model.moving.as_ref().and_then(|moving| moving.prospect.as_ref());
    assert_eq!(unchanged.map(|prospect| prospect.comparison.unchanged), Some(1));
}

#[test]
fn screens_of_versions_have_addresses() {
    let (_, id) = Tablet::with_draft();
    for way in [Way::Newer, Way::Earlier] {
        let screen = Screen::Version(id, way);
        assert_eq!((Screen::from_location(&screen.location()), screen.document()), (screen, Some(id)));
    }
}

#[test]
fn a_move_survives_its_record() {
    let (tablet, id) = moved();
    let moved = &tablet.storage.moves[&id][0];
    assert!(moved.operations.iter().any(|operation| matches!(operation, Operation::Set { .. })));
    let record = moved.to_json();
    assert_eq!(JournalEntry::from_json(&record), Some(JournalEntry::Moved(moved.clone())));
    let text = record.to_string();
    for (from, to) in
        [("\"from\"", "\"fro\""), ("\"sequence\"", "\"seq\""), ("\"set\"", "\"zet\""), ("\"at\"", "\"a\"")]
    {
        let broken = parse(text.replace(from, to).as_bytes()).expect("JSON");
        assert_eq!(JournalEntry::from_json(&broken), None, "{from}");
    }
    let Moved { from, to, .. } = moved;
    assert_eq!((from.version(), to.version()), ("1.0.0", NEWER));
}
