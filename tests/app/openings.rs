//! Who opens a case's file: entitled roles are noted, others say why first (R6).

use super::story::{Story, sekar};
use super::tablet::Tablet;
use asesmen::app::openings::{access, mark};
use asesmen::app::{Access, Effect, Event, Opening, Part, Records, Screen, StorageProblem};
use asesmen::domain::{Role, Worker};
use asesmen::form::Sensitivity;
use asesmen::json::{Value, parse};

/// A case whose worker has this role.
fn told(role: Role) -> Story {
    let mut story = sekar();
    story.tablet.model.worker =
        Some(Worker::new("Bram Sitanggang", role, "Rumah Singgah Contoh", "").expect("a worker"));
    story
}

fn open(story: &mut Story, part: Part) -> Access {
    story.tablet.act(Event::ScreenRequested(Screen::CaseFile(story.case, part)));
    state(story, part)
}

fn state(story: &Story, part: Part) -> Access {
    access(&story.tablet.model, story.case, part, story.tablet.now())
}

fn reads(tablet: &Tablet) -> usize {
    let is_read = |effect: &&Effect| matches!(effect, Effect::Records(Records::ReadRecord(..)));
    tablet.asked.iter().filter(is_read).count()
}

fn reasons(story: &Story) -> Vec<(Part, Option<&str>)> {
    story.tablet.storage.openings.iter().map(|note| (note.part, note.reason.as_deref())).collect()
}

#[test]
fn each_part_needs_as_much_privacy_as_the_strictest_in_it() {
    let story = sekar();
    let mark = |part: Part| mark(&story.tablet.model, story.case, part);
    assert_eq!(mark(Part::Whole), Sensitivity::X);
    assert_eq!(mark(Part::Others), Sensitivity::X, "what no letter names may hold anything");
    assert!(mark(Part::Letter('a')) < Sensitivity::X);
}

#[test]
fn an_entitled_role_opens_a_part_and_is_noted_once_a_day() {
    let mut story = told(Role::Supervisor);
    assert_eq!(open(&mut story, Part::Contents), Access::Open);
    assert_eq!(reasons(&story), [], "the list of parts tells nothing of the client");
    assert_eq!(open(&mut story, Part::Letter('d')), Access::Open);
    assert!(story.tablet.model.record.as_ref().is_some_and(|record| !record.documents.is_empty()));
    open(&mut story, Part::Contents);
    open(&mut story, Part::Letter('d'));
    story.tablet.act(Event::ScreenRequested(Screen::Home));
    open(&mut story, Part::Letter('d'));
    assert_eq!(reasons(&story), [(Part::Letter('d'), None)]);
    story.tablet.wait(24 * 3_600_000);
    open(&mut story, Part::Letter('d'));
    open(&mut story, Part::Letter('b'));
    assert_eq!(reasons(&story)[1..], [(Part::Letter('d'), None), (Part::Letter('b'), None)]);
    let note = &story.tablet.storage.openings[0];
    assert_eq!((note.name.as_str(), note.role), ("Bram Sitanggang", Role::Supervisor));
}

#[test]
fn another_role_reads_nothing_before_a_reason_is_noted() {
    let mut story = told(Role::DormitoryStaff);
    let part = Part::Letter('d');
    let before = reads(&story.tablet);
    assert_eq!(open(&mut story, part), Access::Reason);
    assert!(story.tablet.model.record.is_none() && reads(&story.tablet) == before);
    story.tablet.act(Event::OpeningReasonTyped("  \n".to_owned()));
    story.tablet.act(Event::OpeningReasonGiven);
    assert!(story.tablet.model.openings.as_ref().is_some_and(|own| own.is_refused));
    assert_eq!((reasons(&story), state(&story, part)), (Vec::new(), Access::Reason));

    story.tablet.act(Event::OpeningReasonTyped(" Menggantikan petugas yang sakit ".to_owned()));
    story.tablet.act(Event::OpeningReasonGiven);
    assert_eq!(reasons(&story), [(part, Some("Menggantikan petugas yang sakit"))]);
    assert_eq!(state(&story, part), Access::Open);
    assert!(story.tablet.model.record.as_ref().is_some_and(|record| !record.documents.is_empty()));

    // For that part, that day and that person only.
    assert_eq!(open(&mut story, Part::Letter('e')), Access::Reason);
    assert!(story.tablet.model.record.is_none(), "what was read for another part is out of sight");
    assert_eq!(story.tablet.model.openings.as_ref().map(|own| own.typed.as_str()), Some(""));
    assert_eq!(open(&mut story, Part::Whole), Access::Reason);
    story.tablet.model.worker.as_mut().expect("a worker").name = "Orang lain".to_owned();
    assert_eq!(state(&story, part), Access::Reason);
    story.tablet.model.worker.as_mut().expect("a worker").name = "Bram Sitanggang".to_owned();
    story.tablet.wait(24 * 3_600_000);
    assert_eq!(open(&mut story, part), Access::Reason);
}

#[test]
fn a_reason_for_all_of_it_holds_for_each_part() {
    let mut story = told(Role::PartnerAgency);
    open(&mut story, Part::Whole);
    story.tablet.act(Event::OpeningReasonTyped("Diminta pengadilan".to_owned()));
    story.tablet.act(Event::OpeningReasonGiven);
    assert_eq!(state(&story, Part::Whole), Access::Open);
    assert_eq!(open(&mut story, Part::Letter('d')), Access::Open);
    assert_eq!(reasons(&story).len(), 1);
}

#[test]
fn what_cannot_be_noted_stays_closed_to_whoever_needs_a_reason() {
    let mut story = told(Role::Trainer);
    let part = Part::Letter('d');
    open(&mut story, part);
    story.tablet.act(Event::OpeningReasonTyped("Pengganti".to_owned()));
    let effects = story.tablet.send(Event::OpeningReasonGiven);
    let noted = effects.into_iter().find_map(|effect| match effect {
        Effect::Records(Records::NoteOpening(opening)) => Some(opening),
        _ => None,
    });
    let noted = noted.expect("a note");
    assert_eq!(story.tablet.send(Event::OpeningReasonGiven).len(), 0, "it is not noted twice");
    story.tablet.act(Event::OpeningNoted(Box::new(noted), Err(StorageProblem::Full)));
    assert_eq!(state(&story, part), Access::Reason);
    let openings = story.tablet.model.openings.as_ref().expect("notes");
    assert_eq!((openings.problem.as_ref(), openings.typed.as_str()), (Some(&StorageProblem::Full), "Pengganti"));
    story.tablet.act(Event::OpeningReasonGiven);
    assert_eq!(state(&story, part), Access::Open);
}

#[test]
fn nothing_opens_before_it_is_known_who_works_and_who_may() {
    let mut story = told(Role::SocialWorker);
    let rules = std::mem::take(&mut story.tablet.model.rules.access);
    assert_eq!(open(&mut story, Part::Letter('d')), Access::Reading);
    story.tablet.model.rules.access = rules;
    story.tablet.model.worker = None;
    assert_eq!(open(&mut story, Part::Letter('d')), Access::Nobody);
    story.tablet.act(Event::WorkerAsked);
    assert_eq!(story.tablet.model.screen, Screen::Worker);
    assert_eq!(story.tablet.model.after_worker, Some(Screen::CaseFile(story.case, Part::Letter('d'))));
}

#[test]
fn notes_come_back_as_they_were_and_those_that_do_not_are_counted() {
    let mut story = told(Role::Trainer);
    for part in [Part::Letter('d'), Part::Others, Part::Whole] {
        open(&mut story, part);
        story.tablet.act(Event::OpeningReasonTyped("Alasan".to_owned()));
        story.tablet.act(Event::OpeningReasonGiven);
    }
    for note in &story.tablet.storage.openings {
        let text = note.to_json().to_string();
        assert_eq!(Opening::from_json(&parse(text.as_bytes()).expect("JSON")).as_ref(), Some(note));
    }
    assert_eq!(Opening::from_json(&Value::Null), None);
    let lost = Err(StorageProblem::Unreadable("profile/opening".to_owned()));
    let kept = Ok(story.tablet.storage.openings[0].clone());
    story.tablet.act(Event::ScreenRequested(Screen::Home));
    story.tablet.send(Event::ScreenRequested(Screen::CaseFile(story.case, Part::Contents)));
    story.tablet.act(Event::OpeningsRead(story.case, Ok(vec![lost, kept])));
    let openings = story.tablet.model.openings.as_ref().expect("notes");
    assert_eq!((openings.notes.len(), openings.unreadable), (1, 1));
}
